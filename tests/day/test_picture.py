"""A picture of a day shows how things stand, and no more than is so."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.day import Day, draw_day
from sim.day.decisions import Hold, Send
from sim.day.picture import point
from sim.day.world import World, prepare
from sim.log import DayLog
from sim.region.position import Position
from sim.vocabulary import Purpose, Severity, StationState, UnitState
from tests.conftest import small_scenario
from tests.day.conftest import NAME

ONE = "reserve/POLRES/1"


def test_before_the_day_everybody_waits_and_nothing_goes_on(day: Day) -> None:
    picture = day.picture()
    region = day.world.region
    assert picture.time == day.world.start
    assert [s.code for s in picture.stations] == list(region.stations.code)
    assert {s.state for s in picture.stations} == {StationState.UNOPENED}
    assert sum(s.voted + s.in_room for s in picture.stations) == 0
    assert [u.name for u in picture.units] == [u.spec.name for u in day.fleet.units]
    assert {u.state for u in picture.units} == {UnitState.POST, UnitState.FREE}
    assert not picture.incidents and not picture.closed_roads
    assert all(u.purpose is None and u.incident == "" and not u.held for u in picture.units)


@pytest.mark.parametrize("time", [480.0, 600.0, 655.0, 720.0])
def test_votes_so_far_never_fall_and_are_those_of_the_table_in_the_end(day: Day, time: float) -> None:
    day.until(time)
    before = day.picture()
    day.until(1750.0)
    after = day.picture()
    table = day.run().tables["stations"]
    for early, late, voted in zip(before.stations, after.stations, table["voted"], strict=True):
        assert 0 <= early.voted <= late.voted == voted
        assert late.in_line == late.in_room == 0 or late.state is StationState.ABANDONED
    assert sum(s.voted for s in before.stations) > 0


def test_units_are_in_the_state_and_on_the_task_that_the_log_tells(day: Day, whole: DayLog) -> None:
    states, tasks = whole.tables["unit_states"], whole.tables["tasks"]
    busy = 0
    for time in np.arange(421.5, 1700.0, 13.0):
        day.until(float(time))
        for unit in day.picture().units:
            (row,) = np.flatnonzero((states["unit"] == unit.name) & (states["start"] <= time) & (states["end"] > time))
            assert states["state"][row] == unit.state
            if unit.purpose is not None:
                busy += 1
                last = np.flatnonzero((tasks["unit"] == unit.name) & (tasks["ordered"] <= time))[-1]
                assert (tasks["purpose"][last], tasks["incident"][last]) == (unit.purpose, unit.incident)
    assert busy > 20


def test_incidents_are_shown_while_they_go_on_and_known_when_reported(day: Day, whole: DayLog) -> None:
    t = whole.tables["incidents"]
    unknown = 0
    for time in np.arange(421.5, 1000.0, 7.0):
        day.until(float(time))
        shown = {i.identity: i for i in day.picture().incidents}
        over = np.where(np.isnan(t["ended"]), np.inf, t["ended"])
        assert set(shown) == set(t["incident"][(t["onset"] < time) & (over > time)])
        for i, name in enumerate(t["incident"]):
            if name in shown:
                known = shown[name].known_severity is not None
                assert known == bool(t["handled"][i] < time)
                unknown += not known
                assert (shown[name].kind, shown[name].place) == (t["kind"][i], t["place"][i])
                assert shown[name].active <= t["peak_active"][i] and shown[name].severity <= t["peak_severity"][i]
    assert unknown > 0


def test_what_the_centre_knows_is_what_was_last_reported() -> None:
    quiet = ("disturbance.background.rate_per_station_hour=0", "disturbance.spread.followers=0")
    riot = 'incidents=[{kind: riot, onset: "09:40", place: "Hulu Sungai", starters: 10, followers: 0}]'
    grows = ("kinds.riot.course.join_per_minute=2", "kinds.riot.course.calm_per_minute=0.001")
    alone = ("response.attached=[]", "response.sector_patrol_size=0", "strategy.patrols=[]")
    slow = ("response.reporting.by_phone={mean_minutes: 30, cv: 0}", "response.reporting.no_signal={mean_minutes: 30, cv: 0}")  # fmt: skip
    nobody = "{police: 0, stations: 4, wardens: 0}"
    guards = f"strategy.guards={{very_high: {nobody}, high: {nobody}, low: {nobody}}}"
    world = prepare(small_scenario(*quiet, riot, *grows, *alone, *slow, guards))
    day = Day(world, NAME, 0, draw_day(world, 0))
    day.until(609.0)
    (riot_now,) = day.picture().incidents
    assert riot_now.known_severity is None and riot_now.severity is Severity.RED and riot_now.active > 50
    day.until(610.1)
    assert day.picture().incidents[0].known_severity is None, "the report lies at a desk"
    day.until(625.0)
    (riot_now,) = day.picture().incidents
    assert riot_now.known_severity is Severity.RED and riot_now.officers == 0


def test_who_is_held_and_who_is_sent_is_seen_at_once(day: Day) -> None:
    day.until(620.0)
    day.act(Hold(ONE))
    assert {u.name for u in day.picture().units if u.held} == {ONE}
    day.act(Send(ONE, "s0"))
    (unit,) = (u for u in day.picture().units if u.name == ONE)
    assert (unit.state, unit.purpose, unit.incident) == (UnitState.MOBILISING, Purpose.INCIDENT, "s0")


def test_closed_roads_are_named_by_their_codes(day: Day) -> None:
    day.until(616.0)
    assert set(day.picture().closed_roads) == {"T1.1--T2.1", "T2.1--T2.3"}


def test_a_picture_cannot_be_changed(day: Day) -> None:
    picture = day.picture()
    with pytest.raises(dataclasses.FrozenInstanceError):
        picture.time = 0.0  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        picture.units[0].held = True  # type: ignore[misc]


def test_points_lie_at_stations_at_nodes_and_on_the_line_of_a_road(rich_world: World) -> None:
    region = rich_world.region
    stations, a, b = region.stations, region.nodes[0], region.nodes[4]
    assert point(region, Position(0, 2.0, station=3)) == (stations.lat[3], stations.lon[3])
    assert point(region, Position(4)) == (b.lat, b.lon)
    quarter = point(region, Position(0, 5.0, 4, 15.0))
    assert quarter == (pytest.approx(a.lat + 0.25 * (b.lat - a.lat)), pytest.approx(a.lon + 0.25 * (b.lon - a.lon)))
    assert point(region, Position(4, 15.0, 0, 5.0)) == (pytest.approx(quarter[0]), pytest.approx(quarter[1]))
