"""The table of coverage beside potential response (which ``tests/coverage/test_slow_way.py`` holds): units, roads."""

from __future__ import annotations

import numpy as np
import pytest

from sim.day import Day, draw_day
from sim.day.coverage import potential_response
from sim.day.decisions import AskForArmy, Hold
from sim.day.world import COVERAGE_STEP_MINUTES, World, prepare
from sim.log import DayLog
from sim.response.readiness import FORCES
from sim.vocabulary import Force, Role
from tests.conftest import small_scenario
from tests.day.conftest import NAME


def slowly(day: Day) -> dict[str, list[int]]:
    """What the log should say of this moment: one number a district."""
    region = day.world.region
    sendable = (Role.PATROL, Role.RESERVE, Role.ATTACHED)
    units = [u for u in day.fleet.units if u.officers and u.spec.role in sendable]
    found: dict[str, list[int]] = {}
    for district in range(len(region.districts)):
        mine = [u for u in units if u.spec.district == district]
        going_on = [i for i in day.incidents.values() if not i.is_over and i.place.district == district]
        firsts = [next(d for d in (ends(day, road)) if d >= 0) for road in day.roads.closed]
        for name, number in {
            "voters": int(region.stations.registered[region.stations.district == district].sum()),
            "stations": int((region.stations.district == district).sum()),
            "free_units": sum(u.is_idle and not u.is_held for u in mine),
            "busy_units": sum(not u.is_idle for u in mine),
            "closed_roads": firsts.count(district),
            "active_incidents": len(going_on),
        }.items():
            found.setdefault(name, []).append(number)
    return found


def ends(day: Day, road: int) -> list[int]:
    region = day.world.region
    return [region.nodes[int(end[road])].district for end in (region.roads.u, region.roads.v)]


def step_through(day: Day) -> tuple[list[dict[str, list[int]]], DayLog]:
    voting, moments = day.world.scenario.voting, []
    for time in np.arange(voting.open, voting.close + 1e-9, COVERAGE_STEP_MINUTES):
        day.until(float(time))
        moments.append(slowly(day))
    return moments, day.run()


def test_units_and_roads_are_counted_as_they_are_at_each_moment(rich_world: World) -> None:
    moments, log = step_through(Day(rich_world, NAME, 1, draw_day(rich_world, 1)))
    table, districts = log.tables["coverage"], len(rich_world.region.districts)
    # What happens at the very moment of a row (a road that closes at 10:15) is under way when it is looked at.
    calm = [k for k in range(len(moments)) if not _eventful(log, float(table["time"][k * districts]))]
    assert len(calm) > 50
    for name in moments[0]:
        expected = np.array([moment[name] for moment in moments])
        assert np.array_equal(table[name].reshape(-1, districts)[calm], expected[calm]), name
    assert table["busy_units"].any() and table["closed_roads"].any()


def _eventful(log: DayLog, time: float) -> bool:
    states, incidents = log.tables["unit_states"], log.tables["incidents"]
    closures = (615.0, 690.0)
    return time in closures or bool((states["start"] == time).any() or (incidents["onset"] == time).any())


def test_area_is_that_of_the_villages(rich_world: World) -> None:
    log = Day(rich_world, NAME, 0, draw_day(rich_world, 0)).run()
    table, region = log.tables["coverage"], rich_world.region
    for district in range(len(region.districts)):
        whole = sum(village.area_km2 for village in region.villages if village.district == district)
        assert table["area"][district] == pytest.approx(whole)
    assert (table["area_covered"] > 0).any()


def test_looking_at_a_day_twice_says_the_same(rich_world: World) -> None:
    day = Day(rich_world, NAME, 0, draw_day(rich_world, 0))
    day.run()
    one, other = (potential_response(rich_world, NAME, day.fleet, day.roads).minutes for _ in range(2))
    assert np.array_equal(one, other)


def test_a_force_that_can_never_be_met_is_never() -> None:
    world = prepare(small_scenario("response.force.red.presence=10000"))
    log = Day(world, NAME, 0, draw_day(world, 0)).run()
    table = log.tables["potential"]
    assert np.isnan(table["minutes"][table["force"] == Force.RED]).all()
    assert not log.tables["coverage"]["voters_red"].any()
    assert not np.isnan(table["minutes"][table["force"] == Force.YELLOW]).all()


def test_every_force_is_told_of(rich_world: World) -> None:
    log = Day(rich_world, NAME, 0, draw_day(rich_world, 0)).run()
    assert set(log.tables["potential"]["force"]) == {str(force) for force in FORCES}


def first_minutes(*decisions: tuple[float, object], force: Force = Force.FIRST) -> np.ndarray:
    """Mean potential response of a calm day at each moment, when somebody decides something."""
    world = prepare(small_scenario("response.force.yellow.presence=30", "response.sector_patrol_size=0"))
    day = Day(world, NAME, 0, draw_day(world, 0))
    for time, decision in decisions:
        day.until(time)
        day.act(decision)  # type: ignore[arg-type]
    day.run()
    minutes = potential_response(world, NAME, day.fleet, day.roads, day.posko.requests).minutes[FORCES.index(force)]
    return np.where(np.isinf(minutes), 1000.0, minutes).mean(axis=1)


def test_a_unit_that_is_held_back_does_not_count_until_it_is_let_go() -> None:
    held, before = (
        first_minutes((502.0, Hold("patrol/T1/1")), (603.0, Hold("patrol/T1/1", held=False))),
        first_minutes(),
    )
    assert np.array_equal(held[:17], before[:17])
    assert (held[17:37] >= before[17:37]).all() and (held[17:37] > before[17:37]).any()
    assert np.array_equal(held[37:], before[37:])


def test_an_army_that_is_asked_for_counts_from_then_on() -> None:
    asked, before = first_minutes((502.0, AskForArmy()), force=Force.YELLOW), first_minutes(force=Force.YELLOW)
    assert np.array_equal(asked[:17], before[:17])
    assert (asked[17:] <= before[17:]).all() and (asked[17:] < before[17:]).any()


@pytest.mark.parametrize(
    ("shift", "free", "busy"),
    [
        ("", 1, 0),
        (", shift: {from_time: '20:00', to_time: '22:00'}", 0, 0),
        (", shift: {from_time: '05:00', to_time: '06:00'}", 0, 0),
    ],
)
def test_who_is_off_duty_is_neither_free_nor_busy(shift: str, free: int, busy: int) -> None:
    """One team at headquarters and nobody else; nothing happens."""
    world = prepare(
        small_scenario(
            "disturbance.background.rate_per_station_hour=0", "response.reporting.false_reports.per_hour=0",
            "response.attached=[]", "response.sector_patrol_size=0", "strategy.patrols=[]",
            f"strategy.reserves=[{{base: POLRES, teams: 1, size: 12, vehicle: truck{shift}}}]",
        )
    )  # fmt: skip
    table = Day(world, NAME, 0, draw_day(world, 0)).run().tables["coverage"]
    moments = len(np.unique(table["time"]))
    assert (table["free_units"].sum(), table["busy_units"].sum()) == (free * moments, busy * moments)
