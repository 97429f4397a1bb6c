"""Whose boxes go together, and who may go with them: on a line of six villages, three of each district."""

from __future__ import annotations

from functools import partial
from math import inf
from typing import Any

import pytest

from sim.region.position import Position
from sim.region.road_state import OPEN, RoadState
from sim.vocabulary import EscortRule
from tests.response.conftest import Bench, line_region

PAIRS = {"police": 2, "stations": 4, "wardens": 8}
RESERVES = [
    {"base": "POLRES", "teams": 1, "size": 4, "vehicle": "car"},
    {"base": "SEK-TIMUR", "teams": 1, "size": 4, "vehicle": "motorcycle"},
]


def bench(rule: EscortRule, **strategy: Any) -> Bench:
    guards = {"rule": "pattern", "very_high": PAIRS, "high": PAIRS, "low": PAIRS}
    return Bench(line_region(6), {"guards": guards, "reserves": RESERVES, "escort": rule, **strategy})


def names(b: Bench, party: int) -> set[str]:
    return {b.plan.deployment.units[i].name for i in b.plan.boxes.parties[party].escorts}


@pytest.mark.parametrize("rule", list(EscortRule))
def test_every_station_is_in_one_party_of_its_own_village_and_district(rule: EscortRule) -> None:
    b = bench(rule)
    stations = b.region.stations
    found = [s for party in b.plan.boxes.parties for s in party.stations]
    assert sorted(found) == list(range(12))
    for party in b.plan.boxes.parties:
        (node,), (district,) = {*stations.node[list(party.stations)]}, {*stations.district[list(party.stations)]}
        assert party.middle.nodes == (node,)
        assert party.office.nodes == (b.region.districts[district].office_node,)
        assert len(party.stations) == (1 if rule is EscortRule.CREW_AND_WARDEN else 2)
        assert bool(party.escorts) is (rule is not EscortRule.CREW_AND_WARDEN)
    assert b.plan.boxes.access == pytest.approx([2.0] * 12)
    assert [set(party.escorts) for party in b.plan.boxes.alone] == [set()] * len(b.plan.boxes.parties)


def test_who_may_go_with_the_boxes_of_a_village() -> None:
    assert names(bench(EscortRule.CREW_AND_WARDEN), 0) == set()
    pairs = bench(EscortRule.PAIR_EACH_VILLAGE)
    for party in pairs.plan.boxes.parties:
        posts = {int(pairs.plan.deployment.post_of_station[s]) for s in party.stations}
        assert party.escorts == {pairs.plan.deployment.posts[post].unit for post in posts}
    convoys = bench(EscortRule.CONVOY_BY_DISTRICT)
    assert names(convoys, 0) == {"reserve/POLRES/1"} and names(convoys, 5) == {"reserve/SEK-TIMUR/1"}
    free = bench(EscortRule.RESERVE_ESCORTS)
    assert names(free, 0) == names(free, 5) == {"reserve/POLRES/1", "reserve/SEK-TIMUR/1"}


def test_a_convoy_begins_at_the_farthest_village_and_makes_no_detour() -> None:
    b = bench(EscortRule.CONVOY_BY_DISTRICT)
    calls = [party.calls_at for party in b.plan.boxes.parties]
    assert calls == [None, None, 1, None, None, 4], "2 joins 1, 5 joins 4; 0 and 3 are the villages of the offices"
    for party in b.plan.boxes.parties:
        if party.calls_at is not None:
            after = b.plan.boxes.parties[party.calls_at]
            here, there = (Position(p.middle.nodes[0]) for p in (party, after))
            way = partial(b.network.way, b.plan.boxes.settings.vehicle)
            by_there = way(here, after.middle, OPEN).minutes + way(there, after.office, OPEN).minutes
            assert by_there == pytest.approx(way(here, party.office, OPEN).minutes)


def test_boxes_go_straight_to_the_office_or_to_those_they_join_from_where_they_are_on_the_roads_as_they_are() -> None:
    boxes = bench(EscortRule.CONVOY_BY_DISTRICT).plan.boxes
    party, joined = boxes.parties[2], boxes.parties[1]
    slow, on_the_road = RoadState.of(frozenset(), {0: 0.5}), Position(1, 2.0, 2, 8.0)
    ways = [(party.start, OPEN), (party.start, OPEN._replace(dark=True)), (party.start, slow), (on_the_road, OPEN)]
    for here, roads in [*ways, *ways]:
        for joins, goal in ((None, party.office), (joined, joined.middle)):
            expected = boxes.network.way(boxes.settings.vehicle, here, goal, roads)
            assert vars(boxes.way(party, here, joins, roads)) == vars(expected)
    assert boxes.way(party, party.start, None, OPEN) is boxes.way(party, party.start, None, OPEN)


def test_minutes_home_are_those_of_the_way_of_each_station_on_the_roads_as_they_are() -> None:
    boxes = bench(EscortRule.PAIR_EACH_VILLAGE).plan.boxes
    cut_off = RoadState.of(frozenset({0}), {1: 0.5})
    for roads in (OPEN, OPEN._replace(dark=True), cut_off, OPEN):
        minutes = boxes.minutes_home(roads)
        for station, number in enumerate(boxes.party_of):
            party = boxes.parties[number]
            way = boxes.network.way(boxes.settings.vehicle, party.start, party.office, roads)
            assert minutes[station] == (way.minutes if way.reached else inf)
    assert boxes.minutes_home(cut_off)[2] == inf and boxes.minutes_home(OPEN) is boxes.minutes_home(OPEN)


def test_ambulances_and_attached_units_do_not_go_with_boxes() -> None:
    army = {
        "base": "KODIM",
        "agency": "army",
        "teams": 1,
        "size": 30,
        "vehicle": "car",
        "from_severity": "red",
        "request_delay": 20,
    }
    b = Bench(line_region(), {"escort": "reserve_escorts"}, attached=[army])
    assert len(b.plan.deployment.units) > 2 and all(not party.escorts for party in b.plan.boxes.parties)
