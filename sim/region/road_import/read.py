"""Which reader a file of lines gets, by the end of its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.errors import UserError
from sim.region.road_import.drawn import Drawn
from sim.region.road_import.geojson import read_geojson
from sim.region.road_import.openstreetmap import read_osm_pbf, read_osm_xml
from sim.words.language import gettext as _

READERS: dict[str, Callable[[Path, str], Drawn]] = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".osm": read_osm_xml,
    ".osm.gz": read_osm_xml,
    ".osm.bz2": read_osm_xml,
    ".osm.pbf": read_osm_pbf,
}
"""Ends of names, and who reads such a file."""


def read_lines(file: Path, key: str) -> Drawn:
    """Read a file of lines.

    Args:
        file: The file; the end of its name says of which format it is.
        key: The property or tag that says what a line is.

    Raises:
        UserError: When there is no such file, it is of another format, damaged or too large, or no line in it says
            what it is.
    """
    ending = next((ending for ending in READERS if file.name.endswith(ending)), None)
    if ending is None:
        raise UserError(
            _("{file}: its name does not end like a file that can be read: {readers}").format(
                file=file, readers=", ".join(READERS)
            )
        )
    try:
        drawn = READERS[ending](file, key)
    except OSError as error:
        raise UserError(_("{file}: cannot be read ({why})").format(file=file, why=error.strerror)) from None
    if not len(drawn.value):
        raise UserError(
            _(
                "{file}: no line in it has the property '{key}' ({without:,} lines without it, "
                "{no_lines:,} things that are no lines)"
            ).format(file=file, key=key, without=drawn.without, no_lines=drawn.no_lines)
        )
    return drawn
