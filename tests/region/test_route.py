"""Positions and routes by hand on a line of four villages 6 km apart (10 minutes), stations 2 minutes off the middle."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.compose import load
from sim.region.position import ELSEWHERE, Position, Spot, Stop, exits, paced, soonest, travel_minutes
from sim.region.road_state import OPEN, RoadState
from sim.region.round import Round, go_round, joining
from sim.region.route import nowhere_to_go, plan_route, way_to_closure
from sim.region.travel import RoadNetwork
from tests.response.conftest import line_region


def network(villages: int = 4) -> RoadNetwork:
    scenario = load("calm_day", ["strategy=even_spread"])
    return RoadNetwork(
        line_region(villages), scenario.region.speed_kmh, scenario.weather.speed_factor, scenario.response.vehicles
    )


LINE = network()
ROAD_12 = LINE.region.edge(1, 2) or 0
SLOW = RoadState.of(frozenset(), {ROAD_12: 0.25})
AT = [Spot((i // 2,), 2.0, i) for i in range(8)]
"""Station i, two in each village."""


def test_a_route_is_where_the_clock_says() -> None:
    route = plan_route(Position(0), [Stop(AT[4], 15.0), Stop(Spot((3,)))], LINE, "car")
    assert route.minutes == pytest.approx(20 + 2 + 15 + 2 + 10)
    assert route.reached == pytest.approx((22, 49))
    assert route.km == pytest.approx(18)
    assert route.at(5) == Position(0, 5.0, 1, pytest.approx(5.0))
    assert route.at(21) == Position(2, pytest.approx(1.0))
    assert route.at(30) == Position(2, 2.0, station=4)
    assert route.at(38) == Position(2, pytest.approx(1.0))
    assert route.at(44) == Position(2, pytest.approx(5.0), 3, pytest.approx(5.0))
    assert route.at(1000) == route.end == Position(3)
    assert route.km_at(5) == pytest.approx(3.0) and route.km_at(30) == pytest.approx(12.0)


def test_many_moments_at_once_are_the_same_as_one_by_one() -> None:
    route = plan_route(Position(0), [Stop(AT[4], 15.0), Stop(AT[7], 3.0), Stop(Spot((1,)))], LINE, "car")
    elapsed = np.linspace(0, route.minutes - 0.01, 400)
    found = route.table.at(elapsed)
    for k, e in enumerate(elapsed):
        here = route.at(float(e))
        assert found.node[k] == here.node and found.minutes[k] == pytest.approx(here.minutes)
        assert found.ahead[k] == (ELSEWHERE if here.ahead is None else here.ahead)
        assert found.ahead_minutes[k] == pytest.approx(here.ahead_minutes)
        assert found.station[k] == (ELSEWHERE if here.station is None else here.station)


def test_who_is_on_the_road_may_go_on_or_turn_round() -> None:
    on_the_way = Position(1, 3.0, 2, 7.0)
    assert travel_minutes(on_the_way, Spot((2,)), LINE, "car") == 7.0
    assert travel_minutes(on_the_way, Spot((0,)), LINE, "car") == pytest.approx(13.0)
    back = plan_route(on_the_way, [Stop(Spot((0,)))], LINE, "car")
    assert back.minutes == pytest.approx(13.0) and back.km == pytest.approx(1.8 + 6)
    assert back.at(1.0) == Position(2, pytest.approx(8.0), 1, pytest.approx(2.0))


def test_who_is_on_a_road_that_is_closed_can_only_go_back() -> None:
    closed = RoadState(frozenset({ROAD_12}))
    on_the_way = Position(1, 3.0, 2, 7.0)
    assert exits(on_the_way, LINE, "car", closed) == ((1, 3.0),)
    assert travel_minutes(on_the_way, Spot((2,)), LINE, "car", closed) == np.inf
    route = plan_route(on_the_way, [Stop(Spot((3,)))], LINE, "car", closed)
    assert route.reached == () and route.minutes == 0.0 and route.end == on_the_way


@pytest.mark.parametrize("roads", [OPEN, SLOW, RoadState(frozenset({ROAD_12}))])
@pytest.mark.parametrize("goals", [(0,), (2,), (3,), (0, 3), (3, 1)])
@pytest.mark.parametrize("start", [Position(1, 3.0, 2, 7.0), Position(2, 6.0, 1, 4.0), Position(1, 2.0), Position(2)])
def test_the_quickest_way_on_is_the_shortest_of_all_that_there_are(
    start: Position, goals: tuple[int, ...], roads: RoadState
) -> None:
    here, minutes = paced(start, LINE, "car", roads), LINE.minutes("car", roads)
    ways = [(out + minutes[node, goal], node, goal) for node, out in exits(start, LINE, "car", roads) for goal in goals]
    found, ahead, node, goal = soonest(here, goals, LINE, "car", roads)
    assert (found, node, goal) in ways and found == min(ways)[0] and ahead == (node != here.node)
    assert found == travel_minutes(start, Spot(goals), LINE, "car", roads)


def test_a_place_with_two_ends_is_reached_from_the_nearer_one() -> None:
    road = Spot((1, 2))
    assert travel_minutes(Position(0), road, LINE, "car") == pytest.approx(10.0)
    assert travel_minutes(Position(3), road, LINE, "car") == pytest.approx(10.0)
    assert plan_route(Position(3), [Stop(road)], LINE, "car").end == Position(2)


def test_a_round_comes_back_to_its_beginning_and_takes_the_time_of_the_roads() -> None:
    cycle = go_round([Stop(AT[0], 15), Stop(AT[1], 15), Stop(AT[4], 15)], LINE, "car", OPEN)
    stays, between = 45, (2 + 2) + (2 + 20 + 2) + (2 + 20 + 2)
    assert cycle.minutes == pytest.approx(stays + between)
    pair = Round(nowhere_to_go(Position(0, 2.0, station=0)), cycle, began=420.0)
    assert pair.at(420) == pair.at(420 + cycle.minutes) == Position(0, 2.0, station=0)
    assert pair.at(420 + 16).station is None, "between two stations it is at none"
    assert pair.at(420 + 15 + 4 + 1).station == 1


@pytest.mark.parametrize("joins", [0.0, 20.0, 70.0])
def test_the_next_visit_is_when_the_round_says_so(joins: float) -> None:
    cycle = go_round([Stop(AT[0], 15), Stop(AT[1], 15), Stop(AT[4], 15)], LINE, "car", OPEN)
    pair = Round(nowhere_to_go(cycle.at(joins)), cycle, began=420.0, joins=joins)
    minutes = np.arange(420.0, 420.0 + 3 * cycle.minutes, 0.25)
    at = np.array([pair.at(t).station == 4 for t in minutes])
    for k in range(0, len(minutes) // 2, 7):
        first = minutes[k:][at[k:]][0]
        assert first - 0.25 <= pair.visit(4, float(minutes[k])) <= first + 1e-9
    assert pair.visit(7, 420.0) == np.inf


def test_a_round_leaves_out_what_cannot_be_reached() -> None:
    closed = RoadState(frozenset({ROAD_12}))
    stops = [Stop(AT[0], 15), Stop(AT[2], 15), Stop(AT[6], 15)]
    cycle = go_round(stops, LINE, "car", closed)
    assert cycle.minutes == pytest.approx(30 + 2 * (2 + 10 + 2))
    assert ROAD_12 not in cycle.roads and not closed.changes(cycle.roads)
    alone = go_round([Stop(AT[6], 15), Stop(AT[0], 15)], LINE, "car", closed)
    assert alone.minutes == 0.0 and alone.end == Position(3, 2.0, station=6)


def test_a_round_is_joined_where_one_stands() -> None:
    cycle = go_round([Stop(AT[0], 15), Stop(AT[4], 15)], LINE, "car", OPEN)
    assert joining(cycle, Position(0, 2.0, station=0)) == 0.0
    assert joining(cycle, Position(2, 2.0, station=4)) == pytest.approx(15 + 24)
    assert joining(cycle, Position(1)) is None
    assert joining(cycle, Position(0, 3.0, 1, 7.0)) is None


def test_the_stay_that_comes_next_is_the_one_that_begins_soonest_after_the_last_the_first() -> None:
    cycle = go_round([Stop(AT[i], 15.0) for i in (0, 3, 4)], LINE, "car", OPEN)
    assert len(cycle.stays) == 3
    for elapsed in np.linspace(0.0, cycle.minutes, 200, endpoint=False).tolist():
        soonest = min(cycle.stays, key=lambda stay: (cycle.stays[stay] - elapsed) % cycle.minutes)
        assert cycle.stay_after(elapsed) == soonest
    for stay, begin in cycle.stays.items():
        assert cycle.stay_after(begin) == stay, "one that begins at this very moment is the next"


def test_a_slow_road_takes_longer_and_who_is_on_it_is_as_far_as_he_was() -> None:
    on_the_way = Position(1, 3.0, 2, 7.0)
    here = paced(on_the_way, LINE, "car", SLOW)
    assert here == Position(1, pytest.approx(12.0), 2, pytest.approx(28.0))
    assert exits(on_the_way, LINE, "car", SLOW) == ((1, pytest.approx(12.0)), (2, pytest.approx(28.0)))
    assert travel_minutes(on_the_way, Spot((3,)), LINE, "car", SLOW) == pytest.approx(38.0)
    route = plan_route(on_the_way, [Stop(Spot((3,)))], LINE, "car", SLOW)
    assert route.minutes == pytest.approx(38.0) and route.km == pytest.approx(0.7 * 6 + 6)
    assert paced(here, LINE, "car", OPEN) == Position(1, pytest.approx(3.0), 2, pytest.approx(7.0))


def test_where_nothing_has_changed_a_position_stays_the_same_to_the_last_bit() -> None:
    route = plan_route(Position(0), [Stop(Spot((3,)))], LINE, "truck")
    for elapsed in np.linspace(0.1, route.minutes - 0.1, 50):
        here = route.at(float(elapsed))
        assert paced(here, LINE, "truck", OPEN) is here


def test_who_is_cut_off_goes_as_far_as_the_closure() -> None:
    closed = RoadState(frozenset({ROAD_12}))
    way = way_to_closure(Position(0, 2.0, station=0), Spot((3,)), LINE, "car", closed)
    assert way.end == Position(1) and way.minutes == pytest.approx(12.0)
    stuck = Position(1, 3.0, 2, 7.0)
    assert way_to_closure(stuck, Spot((3,)), LINE, "car", closed).end == stuck, "he stands on the closed road itself"
    assert way_to_closure(Position(1), Spot((3,)), LINE, "car", closed).minutes == 0.0
