"""Potential response and coverage against the slow way: other code, on networkx, asking every unit at its moment."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.coverage.covered import MARKS_A_MINUTE
from sim.day import Day, World, draw_day, prepare
from sim.day.coverage import potential_response
from sim.log import DayLog
from sim.response.readiness import FORCES
from sim.vocabulary import Force
from tests.conftest import small_scenario
from tests.coverage.conftest import VARIANTS
from tests.coverage.slow_way import Moment, Target, targets
from tests.day.conftest import NAME, RICH


def world_of(variant: str) -> World:
    return prepare(small_scenario(*RICH, "response.standard_minutes=12", *VARIANTS[variant]))


def compare(world: World, number: int, moments: int, rng: np.random.Generator) -> int:
    """Play a day up to some random moments and look; return how many of the places looked at were never reached.

    Where something happens at the moment itself, what is told is what holds just after it.
    """
    day, slow = Day(world, NAME, number, draw_day(world, number)), {}
    places: list[Target] = targets(world)
    for k in sorted(rng.choice(len(world.moments), moments, replace=False).tolist()):
        day.until(float(np.nextafter(world.moments[k], np.inf)))
        moment = Moment(day)
        slow[k] = np.array([[moment.minutes(force, place) for place in places] for force in FORCES])
    log = day.run()
    fast = potential_response(world, NAME, day.fleet, day.roads).minutes
    for k, minutes in slow.items():
        same(fast[:, k], minutes)
        same_table(world, log, k, minutes, places)
    return sum(int(np.isinf(minutes).sum()) for minutes in slow.values())


def same(fast: np.ndarray, slow: np.ndarray) -> None:
    """Never where never, and else the same minutes to 1e-9."""
    never = np.isinf(slow)
    assert np.array_equal(np.isinf(fast), never)
    assert np.abs(fast[~never] - slow[~never]).max() <= 1e-9


def same_table(world: World, log: DayLog, k: int, minutes: np.ndarray, places: list[Target]) -> None:
    """The row of coverage of every district at this moment says what the slow way says."""
    n, table = len(world.region.districts), log.tables["coverage"]
    standard = world.scenario.response.standard_minutes
    names = {Force.FIRST: "covered", Force.BACKUP: "backup", Force.YELLOW: "yellow", Force.RED: "red"}
    for district in range(n):
        row = k * n + district
        for force, name in names.items():
            found = minutes[FORCES.index(force)]
            near = [p for p, m in zip(places, found, strict=True) if m <= standard + 1e-9 and p.district == district]
            assert table[f"voters_{name}"][row] == sum(p.voters for p in near)
            assert table[f"stations_{name}"][row] == sum(p.station is not None for p in near)
            assert table[f"area_{name}"][row] == pytest.approx(sum(p.area for p in near))
        guarded = minutes[FORCES.index(Force.FIRST_WITH_GUARDS)]
        near = [p for p, m in zip(places, guarded, strict=True) if m <= standard + 1e-9 and p.district == district]
        assert table["voters_covered_any"][row] == sum(p.voters for p in near)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_few_moments_of_a_day(variant: str) -> None:
    compare(world_of(variant), 0, 6, np.random.default_rng(1))


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS)
def test_two_hundred_moments(variant: str) -> None:
    world, rng = world_of(variant), np.random.default_rng(2)
    never = sum(compare(world, number, 50, rng) for number in range(4))
    assert never > 0, "somebody is never reached"


def test_the_table_of_potential_response_is_every_place_and_moment_rounded_up() -> None:
    world = prepare(small_scenario(*RICH))
    day = Day(world, NAME, 0, draw_day(world, 0))
    log = day.run()
    minutes = potential_response(world, NAME, day.fleet, day.roads).minutes[:, :, : world.places.stations]
    table = log.tables["potential"]
    for f, force in enumerate(FORCES):
        expected: dict[float, int] = {}
        for moment in minutes[f]:
            for voters, m in zip(world.places.voters.tolist(), moment.tolist(), strict=False):
                key = math.inf if math.isinf(m) else math.ceil(m * MARKS_A_MINUTE - 1e-9) / MARKS_A_MINUTE
                expected[key] = expected.get(key, 0) + voters
        mine = table["force"] == force
        keys = np.where(np.isnan(table["minutes"][mine]), math.inf, table["minutes"][mine])
        assert dict(zip(keys.tolist(), table["voters"][mine].tolist(), strict=True)) == expected
