"""``simulate roads``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.say import say
from sim.cli.show import Warnings


@click.command()
@click.argument("file", type=GivenPath())
@click.option("--region", required=True, help="A packaged region, or a folder with villages.csv.")
@click.option("--out", type=GivenPath(), required=True, help="Where the table of roads is written (.csv).")
@click.option("--overwrite", is_flag=True, help="Replace that table if it is there.")
@click.option("--property", "key", default="highway", show_default=True, help="What says of a line which road it is.")
@click.option("--class", "rules", multiple=True, metavar="VALUE=CLASS",
              help="The class of lines with this value: town, trunk, secondary, hill, local, or drop.")  # fmt: skip
@click.option("--snap", type=float, default=2.0, show_default=True, help="How far a place may be from its road, km.")
@click.option("--through", type=float, default=1.0, show_default=True,
              help="A way through a place that is at most this longer replaces the road past it, km.")  # fmt: skip
@click.option(
    "--quickest", is_flag=True, help="Join places along the quickest way, at the region's speeds, not the shortest."
)
def command(
    file: Path, region: str, out: Path, overwrite: bool, key: str, rules: tuple[str, ...], snap: float, through: float,
    quickest: bool,
) -> None:  # fmt: skip
    """Make a region's table of roads of a GeoJSON file or an OpenStreetMap extract.

    FILE ends in .geojson, .json, .osm, .osm.gz, .osm.bz2 or .osm.pbf. Villages and outside nodes are put on the nearest
    road; two of them are joined where the shortest way passes no other. What was read, dropped, snapped and left
    apart is printed. Nothing is downloaded.
    """
    from sim.errors import UserError
    from sim.experiment.interrupt import put_off
    from sim.experiment.store import write_atomically
    from sim.region.load import region_folder
    from sim.region.road_import.importing import ImportSettings, import_roads, places_of, rules_of
    from sim.region.road_import.telling import report, warnings, written_roads
    from sim.words import roads as words

    if out.suffix != ".csv":
        raise UserError(words.NOT_CSV.format(out=out))
    if not overwrite and (out.exists() or out.is_symlink()):
        raise UserError(words.THERE.format(out=out))
    settings = ImportSettings(key, rules_of(rules), snap, through, _speeds(region) if quickest else None)
    imported = import_roads(file, places_of(region_folder(region, "--region")), settings)
    for line in report(imported):
        say(line)
    Warnings().say(warnings(imported))
    try:
        with put_off():
            write_atomically(out, imported.csv().encode())
    except OSError as error:
        raise UserError(words.NOT_WRITTEN.format(out=out, why=error.strerror)) from None
    say(written_roads(imported, str(out)))


def _speeds(region: str) -> tuple[float, ...]:
    """Return the speeds of a region where nothing else is said, by class."""
    from sim.config.compose import load
    from sim.config.own_region import speeds
    from sim.config.reach import is_packaged
    from sim.config.region import ROAD_CLASSES

    found = load(None, []).region.speed_kmh if is_packaged(region) else speeds(region)
    return tuple(getattr(found, name) for name in ROAD_CLASSES)
