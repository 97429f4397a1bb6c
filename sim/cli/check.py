"""``simulate check FILE``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.show import Warnings

_SPARED = {"OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}


@contextmanager
def _spared() -> Iterator[None]:
    """Let libraries that are loaded here leave out what a check has no use for, unless the user says otherwise.

    OpenBLAS, which numpy and scipy bring along one each, starts a thread for each processor when it is loaded, to
    multiply matrices; they keep the processors busy while they wait. Pydantic searches all packages that are installed
    for plugins of its own.
    """
    unsaid = _SPARED.keys() - os.environ.keys()
    os.environ.update({name: _SPARED[name] for name in unsaid})
    try:
        yield
    finally:
        for name in unsaid:
            del os.environ[name]


@click.command()
@click.argument("file", type=GivenPath())
@_spared()
def command(file: Path) -> None:
    """Check a scenario file: its settings, its places and roads, and what its strategies spend."""
    from sim.cli.say import say
    from sim.config.compose import check_file
    from sim.config.fields import format_clock
    from sim.day.world import prepare
    from sim.disturbance.scripted import where_of

    scenario = check_file(file)
    world = prepare(scenario)
    Warnings().say(world.remarks)
    names = world.gazetteer
    say(f"{file}: fine. {scenario.title}; {len(scenario.strategies)} strategies in {world.region.title}.")
    for sentence in world.routine:
        say(f"  {sentence}")
    for one in world.disturbances.scripted:
        until = f" to {format_clock(one.latest)}" if one.window else ""
        title, where = scenario.kinds[one.start.kind_name].title, where_of(one, names)
        say(f"  {format_clock(one.onset)}{until} {title} at {where}")
    for road in world.closures:
        until = f" to {format_clock(road.reopened)}" if road.reopened < float("inf") else ""
        name = names.name_of(names.road_place(road.road))
        say(f"  {format_clock(road.closed)}{until} road closed: {name}")
    for slow in world.slow_stretches:
        until = f" to {format_clock(slow.ends)}" if slow.ends < float("inf") else ""
        name = names.name_of(names.road_place(slow.road))
        say(f"  {format_clock(slow.begins)}{until} road slow ({slow.factor:.0%} of its speed): {name}")
