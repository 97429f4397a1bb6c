"""``simulate check FILE``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sim.region.gazetteer import Gazetteer
    from sim.world import Scripted


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Check a scenario file: its settings, its places and roads, and what its strategies spend."""
    from sim.config.compose import check_file
    from sim.config.fields import format_clock
    from sim.region.gazetteer import Gazetteer
    from sim.world import prepare

    scenario = check_file(file)
    world = prepare(scenario)
    gazetteer = Gazetteer(world.region)
    click.echo(f"{file}: fine. {scenario.title}; {len(scenario.strategies)} strategies in {world.region.title}.")
    for one in world.scripted:
        title = scenario.disturbance.kinds[one.kind].title
        click.echo(f"  {format_clock(one.onset)} {title} at {_where(one, gazetteer)}")
    for road in world.closures:
        until = f" to {format_clock(road.reopened)}" if road.reopened < float("inf") else ""
        name = gazetteer.name_of(gazetteer.road_place(road.road))
        click.echo(f"  {format_clock(road.closed)}{until} road closed: {name}")


def _where(one: Scripted, gazetteer: Gazetteer) -> str:
    """Return the name of the place of an incident, as a scenario may write it."""
    return gazetteer.name_of(gazetteer.station_place(one.station))
