"""From the day's objects to the columns of its log: coverage against a slow loop that asks every unit at every time."""

from __future__ import annotations

import numpy as np
import pytest

from sim.coverage.reach import Places
from sim.day import Day, draw_day
from sim.day.record import COVERAGE_STEP_MINUTES
from sim.day.world import prepare
from sim.log import DayLog
from sim.region.position import Spot
from sim.response.fleet import Unit
from sim.vocabulary import Role
from tests.conftest import small_scenario
from tests.day.conftest import NAME, RICH


def reaches(day: Day, unit: Unit, station: int) -> bool:
    """Whether a unit that waits for orders now is at a station, or there within the standard time."""
    if not unit.is_idle:
        return False
    here, places = day.fleet.position(unit), day.world.places
    spot = Spot((int(places.node[station]),), float(places.access[station]), station)
    return day.roads.minutes(unit.spec.vehicle, here, spot) <= day.world.scenario.response.standard_minutes


def slowly(day: Day) -> dict[str, list[int]]:
    """What the log should say of this moment: one number a district."""
    places: Places = day.world.places
    police = [u for u in day.fleet.units if u.officers and u.spec.request_delay == 0]
    sendable = [u for u in police if u.spec.role in (Role.PATROL, Role.RESERVE, Role.ATTACHED)]
    guards = [u for u in police if u.spec.role is Role.GUARD]
    found: dict[str, list[int]] = {}
    for district in range(places.districts):
        here = np.flatnonzero(places.district == district).tolist()
        covered = [s for s in here if any(reaches(day, u, s) for u in sendable)]
        any_of = [s for s in here if s in covered or any(reaches(day, u, s) for u in guards)]
        mine = [u for u in sendable if u.spec.district == district]
        going_on = [i for i in day.incidents.values() if not i.is_over and i.place.district == district]
        for name, number in {
            "voters": sum(int(places.registered[s]) for s in here),
            "voters_covered": sum(int(places.registered[s]) for s in covered),
            "voters_covered_any": sum(int(places.registered[s]) for s in any_of),
            "stations": len(here),
            "stations_covered": len(covered),
            "free_units": sum(u.is_idle for u in mine),
            "busy_units": sum(not u.is_idle for u in mine),
            "active_incidents": len(going_on),
        }.items():
            found.setdefault(name, []).append(number)
    return found


def step_through(day: Day) -> tuple[list[dict[str, list[int]]], DayLog]:
    voting, moments = day.world.scenario.voting, []
    for time in np.arange(voting.open, voting.close + 1e-9, COVERAGE_STEP_MINUTES):
        day.until(float(time))
        moments.append(slowly(day))
    return moments, day.run()


@pytest.mark.parametrize("number", [0, 1])
def test_coverage_is_what_a_slow_loop_over_all_units_finds(number: int) -> None:
    world = prepare(small_scenario(*RICH, "response.standard_minutes=9"))
    moments, log = step_through(Day(world, NAME, number, draw_day(world, number)))
    table, districts = log.tables["coverage"], len(world.region.districts)
    for name in moments[0]:
        expected = np.array([moment[name] for moment in moments])
        told = table[name].reshape(-1, districts)
        # What happens at the very moment of a row (a road that closes at 10:15) is under way when it is looked at.
        calm = [k for k in range(len(moments)) if not _eventful(log, float(table["time"][k * districts]))]
        assert len(calm) > 50
        assert np.array_equal(told[calm], expected[calm]), name
    assert len(set(table["voters_covered"].tolist())) > 5, "coverage comes and goes"
    assert (table["voters_covered_any"] > table["voters_covered"]).any()


def _eventful(log: DayLog, time: float) -> bool:
    states, incidents = log.tables["unit_states"], log.tables["incidents"]
    closures = (615.0, 690.0)
    return time in closures or bool((states["start"] == time).any() or (incidents["onset"] == time).any())


def test_a_unit_that_is_called_away_was_on_its_round_until_then() -> None:
    """The stretch that ends with an order is recorded with the round on which it was spent."""
    world = prepare(small_scenario(*RICH))
    day = Day(world, NAME, 0, draw_day(world, 0))
    seen: dict[int, list[tuple[float, object]]] = {}
    for time in range(420, 780, 3):
        day.until(float(time))
        for unit in day.fleet.units:
            if unit.is_idle:
                seen.setdefault(unit.index, []).append((float(time), day.fleet.position(unit)))
    day.run()
    for stretch in day.fleet.idle_stretches:
        for time, position in seen.get(stretch.unit, []):
            if stretch.start < time < stretch.end:
                assert stretch.motion.at(time) == position
