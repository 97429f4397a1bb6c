"""One more unit, when the day goes otherwise for it: what holds at every moment, and what may be lower over the day.

`tests/day/test_one_more.py` holds the same for a unit that is never sent, and `test_coverage.py` for quiet days.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.coverage.inputs import Floats, Whereabouts
from sim.day import Day, World, draw_day, prepare
from sim.day.coverage import minutes_through
from sim.day.whereabouts import can_be_sent, held, whereabouts
from sim.log import Columns
from sim.region.road_state import RoadState
from sim.response.readiness import Readiness, readiness
from tests.behaviour.moves import team

DAYS = 8
FEW = (team("POLRES", 3, 38),)
MANY = (*FEW, team("SEK-SINDANG", 1, 12))
"""Three platoons at headquarters, and a team more near the riot."""
WHERE = ("node", "minutes", "ahead", "ahead_minutes", "station", "kept", "phase")


@dataclass(frozen=True, eq=False)
class Looked:
    """A day under one strategy: where its units are at each moment, and from it potential response and coverage."""

    world: World
    day: Day
    can: Whereabouts
    roads: list[RoadState]
    asked_for: list[frozenset[str]]
    minutes: Floats
    coverage: Columns

    def without(self, unit: int) -> Floats:
        """Potential response at each moment if one of the units were not free at it."""
        free = self.can.free.copy()
        free[unit] = False
        return _minutes(self.day, self.world, self.can._replace(free=free))


def _minutes(day: Day, world: World, can: Whereabouts) -> Floats:
    plan = world.response(day.strategy)

    def ready(requested: frozenset[int]) -> Readiness:
        return readiness(plan, requested)

    return minutes_through(world, can, day.roads, world.moments, ready, day.posko.requests)


@cache
def _world(strategy: str, *reserves: str) -> World:
    overrides = ("region.forces.police=3000", f"strategy.reserves=[{','.join(reserves)}]")
    return prepare(load("riot_kecamatan3", [f"strategy={strategy}", *overrides]))


def looked(strategy: str, reserves: tuple[str, ...], number: int) -> Looked:
    world = _world(strategy, *reserves)
    day = Day(world, strategy, number, draw_day(world, number))
    coverage, times, plan = day.run().tables["coverage"], world.moments, world.response(strategy)
    can = can_be_sent(
        whereabouts(world, strategy, day.fleet, day.roads, times), held(day.fleet, times), plan, day.roads, times
    )
    roads = [state for part, state in day.roads.periods(times) for _ in range(part.stop - part.start)]
    names = [unit.name for unit in plan.deployment.units]
    asked = [
        frozenset(names[unit] for when, units in day.posko.requests if when <= time for unit in units) for time in times
    ]
    return Looked(world, day, can, roads, asked, _minutes(day, world, can), coverage)


def alike(few: Looked, many: Looked, common: list[int]) -> np.ndarray:
    """At which moments all units but the added one are as free under both, at the same places, on the same roads."""
    free = few.can.free
    same = (free == many.can.free[common]).all(axis=0) & (few.can.visit == many.can.visit).all(axis=0)
    for name in WHERE:
        same &= ((getattr(few.can, name) == getattr(many.can, name)[common]) | ~free).all(axis=0)
    same &= np.array([a == b for a, b in zip(few.roads, many.roads, strict=True)])
    return same & np.array([a == b for a, b in zip(few.asked_for, many.asked_for, strict=True)])


def lower(few: Looked, many: Looked) -> np.ndarray:
    """At which moments anything is covered less anywhere with one unit more."""
    found = np.zeros(len(few.world.moments), dtype=np.bool_)
    columns = [name for name in few.coverage if name.startswith(("voters_", "stations_", "area_"))]
    for name in columns:
        less = many.coverage[name] < few.coverage[name]
        found |= less.reshape(len(found), -1).any(axis=1)
    return found


@pytest.mark.parametrize("strategy", ["central_reserve", "forward_reserve"])
def test_a_unit_that_is_sent_like_all_others_lowers_coverage_only_through_where_others_are_then(strategy: str) -> None:
    compared = otherwise = 0
    for number in range(DAYS):
        few, many = (looked(strategy, reserves, number) for reserves in (FEW, MANY))
        names = [[u.name for u in one.world.response(strategy).deployment.units] for one in (few, many)]
        common = [names[1].index(name) for name in names[0]]
        (added,) = set(range(len(names[1]))) - set(common)
        same, less = alike(few, many, common), lower(few, many)
        assert not less[0], "when stations open"
        assert not (less & same).any(), "where all others are where they were"
        assert (many.minutes[:, same] <= few.minutes[:, same]).all()
        without = many.without(added)
        assert (many.minutes <= without).all(), "at no moment at all would anybody be sooner without it"
        assert (many.minutes < without).any()
        compared, otherwise = compared + int(same.sum()), otherwise + int(less.sum())
    assert compared > 20 * DAYS, "at many moments"
    assert otherwise > 0, "others go elsewhere for it: over a day it may be lower"
