"""Ways over the roads are remembered, but not without end, and what was forgotten comes out the same again."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from sim.config.compose import load
from sim.region.load import load_region
from sim.region.position import Position, Spot, Stop, travel_minutes
from sim.region.road_state import OPEN, RoadState
from sim.region.route import plan_route
from sim.region.travel import KEPT_PATHS, KEPT_STATES, KEPT_TURNS, Kept, RoadNetwork
from tests.conftest import SMALL


@pytest.fixture
def network() -> RoadNetwork:
    s = load("calm_day", [*SMALL, "strategy=even_spread"])
    return RoadNetwork(load_region(s.region), s.region.speed_kmh, s.weather.speed_factor, s.response.vehicles)


def random_closures(network: RoadNetwork, count: int) -> list[RoadState]:
    """Different sets of closed roads, none of them empty."""
    rng = np.random.default_rng(7)
    roads = len(network.region.roads.km)
    found: dict[RoadState, None] = {}
    while len(found) < count:
        found[RoadState(frozenset(rng.choice(roads, rng.integers(1, roads), replace=False).tolist()))] = None
    return list(found)


def test_a_thousand_closures_leave_no_more_than_are_kept_and_give_the_same_again(network: RoadNetwork) -> None:
    closures = random_closures(network, 1000)
    first = [(network.minutes("car", c).copy(), network.path("car", 0, 5, c)) for c in closures]
    assert network.kept == (KEPT_STATES, len(closures))
    assert network.kept[1] <= KEPT_PATHS
    for closed, (minutes, path) in zip(closures, first, strict=True):
        assert np.array_equal(network.minutes("car", closed), minutes)
        assert network.path("car", 0, 5, closed) == path
    assert network.kept[0] == KEPT_STATES


def test_paths_are_kept_up_to_their_number(network: RoadNetwork) -> None:
    nodes = len(network.region.nodes)
    for closed in random_closures(network, KEPT_PATHS // (nodes * nodes) + 2):
        for start in range(nodes):
            for goal in range(nodes):
                network.path("car", start, goal, closed)
    assert network.kept[1] == KEPT_PATHS


def test_minutes_from_where_somebody_stands_are_found_once_and_are_those_of_the_way(network: RoadNetwork) -> None:
    goal = Spot((5, 2), 1.5, station=3, walked=4.0)
    for vehicle, here in (("car", Position(0)), ("motorcycle", Position(1, 2.5, station=7)), ("car", Position(2))):
        minutes = network.by_day[vehicle, here, goal]
        assert minutes == travel_minutes(here, goal, network, vehicle) > 0
        assert network.by_day[vehicle, here._replace(), goal] is minutes
    assert len(network.by_day) == 3 and not len(pickle.loads(pickle.dumps(network)).by_day)


def test_a_way_by_day_or_by_night_is_made_once_and_is_the_one_that_is_planned(network: RoadNetwork) -> None:
    goal = Spot((5,))
    for roads in (OPEN, RoadState(dark=True)):
        way = network.way("car", Position(0), goal, roads)
        planned = plan_route(Position(0), [Stop(goal)], network, "car", roads)
        assert (way.minutes, way.km, way.end) == (planned.minutes, planned.km, planned.end) and way.minutes > 0
        assert network.way("car", Position(0), goal, roads) is way


def test_a_way_from_a_road_is_kept_for_the_day_and_takes_no_room_from_those_of_every_day(network: RoadNetwork) -> None:
    u, v = int(network.region.roads.u[0]), int(network.region.roads.v[0])
    by_day = network.way("car", Position(0), Spot((5,)), OPEN)
    for roads in (OPEN, random_closures(network, 1)[0]):
        way = network.way("car", Position(u, 1.0, v, 2.0), Spot((5,)), roads)
        assert network.way("car", Position(u, 1.0, v, 2.0), Spot((5,)), roads) is way
        planned = plan_route(Position(u, 1.0, v, 2.0), [Stop(Spot((5,)))], network, "car", roads)
        assert (way.minutes, way.km, way.end) == (planned.minutes, planned.km, planned.end)
        for k in range(KEPT_TURNS):
            network.way("car", Position(u, 1.0, v, 2.0 + 0.001 * (k + 1)), Spot((5,)), roads)
        assert network.way("car", Position(u, 1.0, v, 2.0), Spot((5,)), roads) is not way
    assert network.way("car", Position(0), Spot((5,)), OPEN) is by_day


def test_the_minutes_of_one_state_of_the_roads_are_not_taken_for_those_of_another(network: RoadNetwork) -> None:
    one, other = random_closures(network, 2)
    alone = [network.minutes("car", roads).copy() for roads in (one, other, OPEN)]
    assert not np.array_equal(alone[0], alone[2])
    for _ in range(2):
        for roads, minutes in zip((one, other, OPEN), alone, strict=True):
            assert np.array_equal(network.minutes("car", roads), minutes)


def test_open_roads_are_never_forgotten(network: RoadNetwork) -> None:
    before = network.minutes("car")
    for closed in random_closures(network, 3 * KEPT_STATES):
        network.minutes("truck", closed)
    assert network.minutes("car") is before
    assert network.minutes("car", OPEN) is before and network.minutes("car", RoadState()) is before


def test_nobody_can_change_the_remembered_times(network: RoadNetwork) -> None:
    with pytest.raises(ValueError, match="read-only"):
        network.minutes("car")[0, 1] = 0.0


def test_a_network_goes_to_another_process_and_answers_the_same(network: RoadNetwork) -> None:
    closed = RoadState(frozenset({0, 1}))
    here = network.minutes("car", closed)
    other = pickle.loads(pickle.dumps(network))
    assert np.array_equal(other.minutes("car", closed), here)
    assert other.path("car", 0, 5, closed) == network.path("car", 0, 5, closed)


def test_what_was_asked_for_longest_ago_is_forgotten_first_and_nothing_is_made_twice_while_kept() -> None:
    made: list[str] = []

    def make(key: str) -> str | None:
        made.append(key)
        return None if key == "b" else key.upper()

    kept: Kept[str, str | None] = Kept(2, make)
    assert [kept[key] for key in ("a", "b", "a", "c", "a", "b")] == ["A", None, "A", "C", "A", None]
    assert made == ["a", "b", "c", "b"]
    assert len(kept) == 2
