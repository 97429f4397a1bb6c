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
from tests.coverage.slow_way import Moment, Target, targets
from tests.day.conftest import NAME, RICH

ATTACHED = (
    "response.attached=[{base: BRIMOB, agency: mobile_brigade, teams: 1, size: 10, vehicle: truck,"
    " from_severity: yellow, request_delay: 0},{base: YONIF-144, agency: army, teams: 2, size: 6, vehicle: truck,"
    " from_severity: red, request_delay: 20}]"
)
VARIANTS = {
    "as it is": (),
    "guards from yellow, one reserve held back": (
        ATTACHED,
        "strategy.dispatch.take_guards_from=yellow",
        "strategy.dispatch.guards_within_minutes=9",
        "strategy.dispatch={policy: hold_reserve, hold_back: 1, within_minutes: 15, busy: 0.3}",
        "response.force={yellow: {presence: 9}, red: {presence: 34, medical: 2, rescue: 9}}",
    ),
    "guards from green, all reserves held back": (
        "strategy.dispatch.take_guards_from=green",
        "strategy.dispatch.guards_within_minutes=14",
        "strategy.dispatch={policy: hold_reserve, hold_back: 5, within_minutes: 15, busy: 0.3}",
        "response.force={yellow: {presence: 23, rescue: 3}, red: {presence: 46}}",
    ),
    "no guard is taken, pairs of many stations": (
        ATTACHED,
        "strategy.dispatch.take_guards_from=null",
        "strategy.guards.low={police: 4, stations: 9, wardens: 8}",
        "strategy.guards.high={police: 0, stations: 3, wardens: 8}",
        "response.force={yellow: {presence: 6}, red: {presence: 400}}",
        "response.sector_posts.desks=0",
    ),
    "who drives home, or is moved, can be sent": (
        ATTACHED,
        "strategy.dispatch.take_guards_from=yellow",
        "strategy.dispatch.guards_within_minutes=14",
        "+strategy.retasking={way_home: true, keep_officers: 0}",
        "+strategy.relocation={rule: dynamic, every_minutes: 20, within_minutes: 12, busy: 0.5, least_gain: 0, most_minutes: 90}",
        "response.force={yellow: {presence: 9}, red: {presence: 34, medical: 2, rescue: 9}}",
    ),
    "shifts, rest, and tired teams": (
        ATTACHED,
        "strategy.reserves=[{base: POLRES, teams: 1, size: 6, vehicle: truck}, {base: SEK-PUT, teams: 1, size: 6,"
        " vehicle: truck, shift: {from_time: '09:00', to_time: '12:00'}}]",
        "+strategy.duty={longest_minutes: 240, rest_minutes: 60, tired_after_minutes: 45, tired_factor: 2.5}",
        "+strategy.retasking={way_home: true}",
        "response.force={yellow: {presence: 9}, red: {presence: 34, medical: 2, rescue: 9}}",
    ),
    "sector posts save more than their patrols take to get ready": (
        "response.posko.alarm_handling={mean_minutes: 6, cv: 0.5}",
        "response.sector_posts.alarm_handling={mean_minutes: 0.5, cv: 0.5}",
        "response.force={yellow: {presence: 9}, red: {presence: 34, medical: 2, rescue: 9}}",
    ),
}


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
