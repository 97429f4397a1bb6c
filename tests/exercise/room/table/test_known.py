"""What the operations centre knows: no more than it has been told, of nothing that it has not been told of."""

from __future__ import annotations

import pytest

from sim.exercise.inject import Party
from sim.exercise.room.table.drawn import known_map, true_map
from sim.exercise.room.table.known import Known, known, seen, seen_by, seen_on_screen
from sim.exercise.room.table.sight import AGENCIES, SCREEN, SIGHT, Sight
from sim.exercise.session.actions import Decide, Jump, RoomRole, Undo
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from sim.vocabulary import Agency, StationState, UnitState
from tests.exercise.room.table.conftest import BEFORE, KNOWN, LATER, SLIDE, UNKNOWN

F = RoomRole.FACILITATOR


def at(room: Room, time: float) -> Known:
    room.do(Jump(to=time), by="console", role=F)
    return known(room.day())


def test_an_incident_is_known_when_its_report_has_been_handled_and_not_before(room: Room) -> None:
    what = at(room, BEFORE)
    assert [one.identity for one in what.incidents] == [KNOWN]
    assert {name for name, one in room.day().incidents.items() if not one.is_over} == {KNOWN, UNKNOWN, SLIDE}
    assert {one.identity for one in at(room, LATER).incidents} == {KNOWN, UNKNOWN}


def test_it_is_as_bad_as_the_centre_thinks_not_as_it_is(room: Room) -> None:
    room.do(Jump(to=BEFORE), by="console", role=F)
    day = room.day()
    day.reported[KNOWN].severity = max(type(day.incidents[KNOWN].severity))  # a report that took it for worse
    assert day.incidents[KNOWN].severity is not day.reported[KNOWN].severity
    assert known(day).incidents[0].severity is day.reported[KNOWN].severity


def test_a_road_that_an_unknown_landslide_closes_is_not_closed_yet(room: Room) -> None:
    before = at(room, BEFORE)
    slide = set(room.day().roads.closed)
    assert len(slide) == 1
    assert before.roads == ()
    day = room.day()
    day.reported[SLIDE].is_known = True
    assert set(known(day).roads) == slide


def test_a_road_that_a_decision_has_closed_is_known_to_be(room: Room) -> None:
    room.do(Jump(to=BEFORE), by="console", role=F)
    by = room.do(Decide(orders=(Order(lever=Lever.CLOSE_ROAD, road="T2.1--T3.1"),)), by="console", role=F)
    assert len(known(room.day()).roads) == 1
    room.do(Undo(entry=by.seq), by="console", role=F)
    assert known(room.day()).roads == ()


def test_a_station_that_an_unknown_threat_empties_is_not_in_trouble_yet(room: Room) -> None:
    room.do(Jump(to=BEFORE), by="console", role=F)
    day = room.day()
    station = day.world.region.stations.code.index("T3.1/01")
    assert day.polls.state(station) is StationState.EVACUATED
    assert station not in dict(known(day).stations)
    day.reported[UNKNOWN].is_known = True
    assert dict(known(day).stations)[station] is StationState.EVACUATED


def test_a_station_that_a_decision_has_closed_is_known_to_be(room: Room) -> None:
    room.do(Jump(to=BEFORE), by="console", role=F)
    shut = room.day().world.region.stations.code.index("T3.3/01")
    assert shut not in dict(known(room.day()).stations)
    room.do(Decide(orders=(Order(lever=Lever.CLOSE_STATION, station="T3.3/01"),)), by="console", role=F)
    assert dict(known(room.day()).stations)[shut] is StationState.SHUT


def test_a_station_shut_by_a_decision_and_emptied_by_what_is_unknown_is_shut(room: Room) -> None:
    room.do(Jump(to=BEFORE), by="console", role=F)
    room.do(Decide(orders=(Order(lever=Lever.CLOSE_STATION, station="T3.1/01"),)), by="console", role=F)
    day = room.day()
    station = day.world.region.stations.code.index("T3.1/01")
    assert day.polls.state(station) is StationState.EVACUATED
    assert dict(known(day).stations)[station] is StationState.SHUT


def test_units_at_an_unknown_incident_look_as_ever(room: Room) -> None:
    room.do(Jump(to=BEFORE), by="console", role=F)
    day = room.day()
    there = [unit for unit in day.fleet.units if unit.task is not None and unit.task.goal.incident == UNKNOWN]
    assert there  # a sector post has sent its own
    found = {one.name: one for one in known(day).units}
    for unit in there:
        one = found[unit.spec.name]
        assert one.state in (UnitState.POST, UnitState.FREE)
        assert (one.purpose, one.incident) == (None, "")


def test_looking_changes_nothing(room: Room) -> None:
    room.do(Jump(to=LATER), by="console", role=F)
    before = room.live.picture(room.now, room.decisions)
    for party in Party:
        known_map(room.day(), seen_by(room.day(), party))
    true_map(room.day())
    assert room.live.picture(room.now, room.decisions) == before


@pytest.mark.parametrize("party", Party)
def test_a_party_sees_what_its_table_says_and_nothing_else(room: Room, party: Party) -> None:
    what = at(room, LATER)
    found, sight = seen_by(room.day(), party), SIGHT[party]
    assert found.incidents == (what.incidents if Sight.INCIDENTS in sight else ())
    assert found.stations == (what.stations if Sight.STATIONS in sight else ())
    assert found.roads == (what.roads if Sight.ROADS in sight else ())
    agencies = {unit.agency for unit in found.units}
    if Sight.FORCES in sight:
        assert len(found.units) == len(what.units)
    else:
        assert agencies <= (AGENCIES[party] if Sight.OWN_FORCES in sight else set())


def test_who_sees_no_incident_is_not_told_of_one_by_a_unit(room: Room) -> None:
    what = at(room, LATER)
    assert any(unit.incident for unit in what.units)
    found = seen(what, frozenset({Sight.FORCES}))
    assert not any(unit.incident for unit in found.units)


def test_the_screen_shows_all_that_the_centre_knows(room: Room) -> None:
    what = at(room, LATER)
    assert seen_on_screen(room.day()) == what
    assert frozenset(Sight) == SCREEN


def test_every_agency_that_has_units_is_somebodys(room: Room) -> None:
    del room
    assert frozenset().union(*AGENCIES.values()) == frozenset(Agency)


def test_the_console_sees_the_truth_with_what_is_unknown_marked(room: Room) -> None:
    room.do(Jump(to=BEFORE), by="console", role=F)
    found = true_map(room.day())
    marks = {one["id"]: one["unknown"] for one in found["incidents"]}
    assert marks == {KNOWN: False, UNKNOWN: True, SLIDE: True}
    assert found["roads"] == found["unknown_roads"] != []
