"""Driving on roads that close and open under the wheels, by hand on a line of four places 6 km apart (10 min each)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import simpy

from sim.config.compose import load
from sim.region.region import Node, Region, RoadTable, Stations
from sim.region.travel import RoadNetwork
from sim.response.roads import Roads, Trip


def line(*, detour: bool = False) -> Region:
    """0 - 1 - 2 - 3, and with a detour also 1 - 3 of 30 km (50 min)."""
    u, v, km = [0, 1, 2], [1, 2, 3], [6.0, 6.0, 6.0]
    if detour:
        u, v, km = [*u, 1], [*v, 3], [*km, 30.0]
    none = np.zeros(0)
    stations = Stations(
        (), (), *(none.astype(np.int64),) * 3, none.astype(np.int8), none, none.astype(bool), none, none
    )
    nodes = tuple(Node(f"n{i}", f"n{i}", 0.0, 0.0, 0) for i in range(4))
    roads = RoadTable(np.array(u), np.array(v), np.array(km), np.full(len(u), 1, dtype=np.int8))
    return Region("line", (), (), nodes, stations, roads, (), frozenset())


def drive(region: Region, closures: list[tuple[int, float, float]], **kwargs: Any) -> tuple[Trip, float]:
    """Drive from 0 to 3 at time 0, and return the trip and when it ended."""
    scenario = load("calm_day", ["strategy=even_spread"])
    vehicles = scenario.response.vehicles
    network = RoadNetwork(region, scenario.region.speed_kmh, scenario.weather.speed_factor, vehicles)
    env = simpy.Environment()
    roads = Roads(env, network)
    for road, closed, reopened in closures:
        env.process(roads.close_and_reopen(road, closed, reopened))
    stop = None
    if "stop_at" in kwargs:
        stop = env.event()

        def press(at: float) -> Any:
            yield env.timeout(at)
            stop.succeed()

        env.process(press(kwargs["stop_at"]))
    way = roads.reach("car", 0, 3) if kwargs.get("patient") else roads.drive("car", 0, 3, stop)
    process = env.process(way)
    trip = env.run(process)
    return trip, env.now


def test_an_open_road_takes_the_shortest_time() -> None:
    trip, when = drive(line(), [])
    assert trip == Trip(3, 18.0, arrived=True)
    assert when == pytest.approx(30.0)


def test_a_closure_ahead_sends_a_vehicle_round_by_the_detour() -> None:
    trip, when = drive(line(detour=True), [(2, 5.0, np.inf)])
    assert trip.arrived and trip.km == pytest.approx(36.0)
    assert when == pytest.approx(60.0)


def test_a_vehicle_on_the_closed_road_turns_back() -> None:
    trip, when = drive(line(detour=True), [(1, 14.0, np.inf)])  # four minutes beyond node 1
    assert trip.arrived and trip.km == pytest.approx(6 + 2 * 2.4 + 30)
    assert when == pytest.approx(14 + 4 + 50)


def test_a_vehicle_that_is_cut_off_ends_where_it_is() -> None:
    trip, when = drive(line(), [(2, 5.0, np.inf)])
    assert trip == Trip(1, 6.0, arrived=False)
    assert when == pytest.approx(10.0)


def test_a_patient_vehicle_waits_until_the_road_opens() -> None:
    trip, when = drive(line(), [(2, 5.0, 47.0)], patient=True)
    assert trip == Trip(3, 18.0, arrived=True)
    assert when == pytest.approx(47.0 + 20.0)


def test_a_closure_behind_changes_nothing() -> None:
    trip, when = drive(line(), [(0, 15.0, np.inf)])
    assert trip == Trip(3, 18.0, arrived=True)
    assert when == pytest.approx(30.0)


def test_whoever_is_stopped_goes_on_to_the_next_place() -> None:
    trip, when = drive(line(), [], stop_at=12.0)
    assert trip == Trip(2, 12.0, arrived=False)
    assert when == pytest.approx(20.0)


def test_a_drive_to_where_one_is_takes_no_time() -> None:
    scenario = load("calm_day", ["strategy=even_spread"])
    network = RoadNetwork(line(), scenario.region.speed_kmh, scenario.weather.speed_factor, scenario.response.vehicles)
    env = simpy.Environment()
    trip = env.run(env.process(Roads(env, network).drive("car", 2, 2)))
    assert trip == Trip(2, 0.0, arrived=True)
    assert env.now == 0.0


def test_times_fall_under_the_roads_closed_then() -> None:
    scenario = load("calm_day", ["strategy=even_spread"])
    network = RoadNetwork(line(), scenario.region.speed_kmh, scenario.weather.speed_factor, scenario.response.vehicles)
    env = simpy.Environment()
    roads = Roads(env, network)
    env.process(roads.close_and_reopen(1, 12.0, 30.0))
    env.process(roads.close_and_reopen(2, 20.0, np.inf))
    env.run(100)
    times = np.array([0.0, 10.0, 12.0, 20.0, 25.0, 30.0, 90.0])
    found = [(times[part].tolist(), sorted(closed)) for part, closed in roads.periods(times)]
    assert found == [([0.0, 10.0], []), ([12.0], [1]), ([20.0, 25.0], [1, 2]), ([30.0, 90.0], [2])]
