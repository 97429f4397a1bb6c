"""Potential response and coverage from the tables of a log alone: other code, on networkx, no day beside it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from sim.day import Day, World, draw_day, prepare
from sim.day.coverage import potential_response
from sim.log import DayLog
from sim.response.readiness import FORCES
from tests.conftest import small_scenario
from tests.coverage.from_tables import Tables
from tests.coverage.slow_way import Moment, targets
from tests.coverage.test_slow_way import ATTACHED, same, same_table
from tests.day.conftest import NAME, RICH

STANDING = (
    *(f"strategy.guards.{name}={{police: 2, stations: 1, wardens: 2}}" for name in ("very_high", "high", "low")),
    "strategy.patrols=[]",
)
"""A pair at every station, and nobody who goes rounds: the tables say where everybody waits."""
FORCE = "response.force={yellow: {presence: 9}, red: {presence: 34, medical: 2, rescue: 9}}"
TWO_BASES = (
    "strategy.reserves=[{base: POLRES, teams: 1, size: 6, vehicle: truck}, {base: SEK-PUT, teams: 1, size: 6,"
    " vehicle: truck, shift: {from_time: '09:00', to_time: '12:00'}}]"
)
VARIANTS = {
    "as it is": (),
    "guards from yellow, one reserve held back": (
        ATTACHED,
        "strategy.dispatch.take_guards_from=yellow",
        "strategy.dispatch.guards_within_minutes=9",
        "strategy.dispatch={policy: hold_reserve, hold_back: 1, within_minutes: 15, busy: 0.3}",
        FORCE,
    ),
    "guards from green": (
        "strategy.dispatch.take_guards_from=green",
        "strategy.dispatch.guards_within_minutes=14",
        "response.force={yellow: {presence: 23, rescue: 3}, red: {presence: 46}}",
    ),
    "no guard is taken, no sector posts": (
        ATTACHED,
        "strategy.dispatch.take_guards_from=null",
        "response.sector_posts.desks=0",
    ),
    "shifts, rest, and tired teams": (
        ATTACHED,
        TWO_BASES,
        "+strategy.duty={longest_minutes: 240, rest_minutes: 60, tired_after_minutes: 45, tired_factor: 2.5}",
        FORCE,
    ),
}


def world_of(variant: str) -> World:
    return prepare(small_scenario(*RICH, *STANDING, "response.standard_minutes=12", *VARIANTS[variant]))


def changes_at(log: DayLog, time: float) -> bool:
    """Whether somebody begins something else at a moment, or a disturbance begins."""
    return bool((log.tables["unit_states"]["start"] == time).any() or (log.tables["incidents"]["onset"] == time).any())


def compare(world: World, number: int, moments: Iterable[int]) -> int:
    """Look at some moments in the tables of a day; return at how many of them something happened."""
    day = Day(world, NAME, number, draw_day(world, number))
    log = day.run()
    fast = potential_response(world, NAME, day.fleet, day.roads).minutes
    tables, places, eventful = Tables(world, log), targets(world), 0
    for k in moments:
        time = float(world.moments[k])
        moment = Moment(tables.at(time))
        slow = np.array([[moment.minutes(force, place) for place in places] for force in FORCES])
        same(fast[:, k], slow)
        same_table(world, log, k, slow, places)
        eventful += changes_at(log, time)
    return eventful


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_few_moments_from_the_tables_and_those_at_which_something_happens(variant: str) -> None:
    """A landslide at 9:00, with it the shift; a riot and a closed road at 10:15, which opens at 11:30."""
    world = world_of(variant)
    happens = np.searchsorted(world.moments, (540.0, 615.0, 690.0)).tolist()
    some = np.random.default_rng(1).choice(len(world.moments), 4, replace=False).tolist()
    assert compare(world, 0, [*happens, *some]) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS)
def test_two_hundred_random_moments_from_the_tables(variant: str) -> None:
    world, rng = world_of(variant), np.random.default_rng(2)
    assert sum(compare(world, n, rng.choice(len(world.moments), 50, replace=False).tolist()) for n in range(4)) >= 4
