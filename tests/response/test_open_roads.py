"""Roads that close and open on a clock: who counts, who is told."""

from __future__ import annotations

import numpy as np
import simpy

from sim.config.compose import load
from sim.region.load import load_region
from sim.region.position import Position, Spot
from sim.region.road_state import OPEN, RoadState
from sim.region.travel import RoadNetwork
from sim.response.open_roads import OpenRoads
from tests.region.test_route import LINE

CLOSED = RoadState(closed=frozenset({1}))


def roads() -> tuple[simpy.Environment, OpenRoads]:
    env = simpy.Environment()
    return env, OpenRoads(env, LINE)


def test_a_road_that_two_closures_share_opens_when_both_are_over() -> None:
    env, here = roads()
    env.process(here.close_between(1, 10.0, 30.0))
    env.process(here.close_between(1, 20.0, 50.0))
    env.run(35.0)
    assert here.closed == {1}
    env.run(51.0)
    assert here.closed == frozenset()
    assert here.history == [(0, OPEN), (10.0, CLOSED), (50.0, OPEN)]


def test_opening_a_road_that_is_open_changes_nothing() -> None:
    _, here = roads()
    here.open(1)
    assert here.closed == frozenset()
    here.close(1)
    assert here.closed == {1}


def test_a_closure_cuts_off_where_a_node_has_no_other_way() -> None:
    _, line = roads()
    assert not line.cuts_off
    line.close(1)
    assert line.cuts_off
    line.open(1)
    assert not line.cuts_off
    scenario = load("calm_day", ["strategy=even_spread"])
    region = load_region(scenario.region)
    speeds, weather = scenario.region.speed_kmh, scenario.weather.speed_factor
    real = OpenRoads(simpy.Environment(), RoadNetwork(region, speeds, weather, scenario.response.vehicles))
    found = set()
    for road in range(0, len(region.roads.km), 7):
        real.close(road)
        found.add(real.cuts_off)
        assert real.cuts_off == np.isinf(real.network.minutes("car", real.state)).any()
        real.open(road)
    assert found == {False, True}


def test_a_closure_without_an_end_stays() -> None:
    env, here = roads()
    env.process(here.close_between(0, 10.0, np.inf))
    env.run(10_000)
    assert here.closed == {0}


def test_ways_are_those_of_the_roads_as_they_are_now() -> None:
    _, here = roads()
    assert here.minutes("car", Position(0), Spot((3,))) == 30.0
    here.close(1)
    assert here.minutes("car", Position(0), Spot((3,))) == np.inf


def test_times_fall_under_what_was_closed_then() -> None:
    env, here = roads()
    env.process(here.close_between(1, 10.0, 20.0))
    env.run(30.0)
    times = np.array([0.0, 5.0, 10.0, 15.0, 20.0, 25.0])
    assert here.periods(times) == [(slice(0, 2), OPEN), (slice(2, 4), CLOSED), (slice(4, 6), OPEN)]


def test_who_is_under_way_is_told_once_for_each_change() -> None:
    class Somebody:
        told = 0

        def roads_changed(self) -> None:
            self.told += 1

    _, here = roads()
    somebody = Somebody()
    here.travellers[somebody] = None
    here.close(1)
    here.close(1)
    here.open(1)
    assert somebody.told == 1
    here.open(1)
    assert somebody.told == 2


def test_of_several_causes_that_slow_a_road_the_worst_is_felt_until_it_is_over() -> None:
    env, here = roads()
    env.process(here.slow_between(1, 0.5, 10.0, 40.0))
    env.process(here.slow_between(1, 0.25, 20.0, 30.0))
    env.process(here.slow_between(1, 0.5, 15.0, 50.0))
    env.run(60.0)
    half, quarter = (RoadState(slowed=((1, f),)) for f in (0.5, 0.25))
    assert here.history == [(0, OPEN), (10.0, half), (20.0, quarter), (30.0, half), (50.0, OPEN)]


def test_a_lesser_cause_that_comes_later_makes_it_no_faster() -> None:
    _, here = roads()
    here.slow(1, 0.25)
    here.slow(1, 0.5)
    assert here.state == RoadState(slowed=((1, 0.25),))


def test_freeing_a_road_that_is_not_slow_changes_nothing() -> None:
    _, here = roads()
    here.free(1, 0.5)
    here.slow(1, 0.5)
    here.free(1, 0.4)
    assert here.state == RoadState(slowed=((1, 0.5),))


def test_a_slow_road_takes_longer_and_can_be_closed_too() -> None:
    _, here = roads()
    here.slow(1, 0.5)
    assert here.minutes("car", Position(0), Spot((3,))) == 40.0
    here.close(1)
    assert here.minutes("car", Position(0), Spot((3,))) == np.inf
    here.open(1)
    assert here.minutes("car", Position(0), Spot((3,))) == 40.0


def test_a_night_that_has_begun_already_is_dark_at_once() -> None:
    env = simpy.Environment(initial_time=300.0)
    here = OpenRoads(env, LINE)
    env.process(here.dark_between(-350.0, 345.0))
    env.run(301.0)
    assert here.state == RoadState(dark=True)
    env.run(346.0)
    assert here.state is OPEN


def test_how_the_roads_were_is_remembered() -> None:
    env, here = roads()
    env.process(here.close_between(1, 10.0, 30.0))
    env.run(50.0)
    assert [here.state_at(time) for time in (0.0, 9.9, 10.0, 29.9, 30.0, 50.0)] == [
        OPEN,
        OPEN,
        CLOSED,
        CLOSED,
        OPEN,
        OPEN,
    ]
