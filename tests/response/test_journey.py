"""Driving on roads that close and open under the wheels, by hand on a line of four places 6 km apart (10 min each)."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import simpy

from sim.config.compose import load
from sim.region.position import Position, Spot
from sim.region.region import RoadTable
from sim.region.travel import RoadNetwork
from sim.response.journey import Journey
from sim.response.open_roads import OpenRoads
from tests.region.test_route import LINE

GOAL = Spot((3,))


class Drive:
    """A journey from the first place at time 0, and how it went."""

    def __init__(
        self,
        *closures: tuple[int, float, float],
        patient: bool = False,
        wait: float = 0.0,
        slow: tuple[int, float, float, float] | None = None,
    ) -> None:
        self.env = simpy.Environment()
        self.roads = OpenRoads(self.env, LINE)
        for road, closed, opened in closures:
            self.env.process(self.roads.close_between(road, closed, opened))
        if slow is not None:
            self.env.process(self.roads.slow_between(*slow))
        self.journey = Journey(self.env, self.roads, "car", Position(0), GOAL)
        self.arrived: bool | None = None
        self.ended = float("nan")
        self.cause: Any = None
        self.process = self.env.process(self._run(patient, wait))

    def _run(self, patient: bool, wait: float) -> Any:
        try:
            self.arrived = yield from self.journey.run(patient=patient, wait=wait)
        except simpy.Interrupt as interrupt:
            self.cause = interrupt.cause
        self.ended = float(self.env.now)

    @property
    def here(self) -> Position:
        return self.journey.at(float(self.env.now))

    @property
    def km(self) -> float:
        return self.journey.km_at(float(self.env.now))


def test_an_open_road_takes_the_shortest_time() -> None:
    drive = Drive()
    assert drive.journey.ends == pytest.approx(30.0)
    drive.env.run()
    assert (drive.arrived, drive.ended, drive.km) == (True, pytest.approx(30.0), pytest.approx(18.0))


def test_it_can_be_asked_where_it_is_at_any_moment() -> None:
    drive = Drive()
    drive.env.run(14.0)
    assert drive.here == Position(1, pytest.approx(4.0), 2, pytest.approx(6.0))
    assert drive.km == pytest.approx(8.4)


@pytest.mark.parametrize("time", [0.0, 4.0, 12.0, 30.0, 40.0])
def test_where_it_is_now_and_how_far_it_came_are_what_they_are_at_this_time(time: float) -> None:
    drive = Drive()
    if time:
        drive.env.run(until=time)
    assert drive.journey.now() == (drive.journey.at(time), drive.journey.km_at(time))


def test_a_vehicle_on_a_road_that_closes_turns_back_and_is_cut_off() -> None:
    drive = Drive((1, 14.0, 1e9))
    drive.env.run(100.0)
    assert (drive.arrived, drive.ended) == (False, pytest.approx(14.0))
    assert drive.here == Position(1, pytest.approx(4.0), 2, pytest.approx(6.0))


def test_a_patient_one_waits_where_it_is_for_the_road_to_open() -> None:
    drive = Drive((1, 14.0, 50.0), patient=True)
    drive.env.run(40.0)
    assert drive.journey.waits and drive.journey.ends == float("inf")
    drive.env.run(200.0)
    assert (drive.arrived, drive.ended) == (True, pytest.approx(50.0 + 6 + 10))
    assert drive.km == pytest.approx(18.0)


def test_a_road_that_closes_ahead_and_opens_in_time_costs_nothing_but_the_wait() -> None:
    drive = Drive((2, 5.0, 25.0), patient=True)
    drive.env.run(200.0)
    assert drive.arrived and drive.ended == pytest.approx(25.0 + 10), "it has driven up to the closure meanwhile"


def test_a_closure_under_the_wheels_sends_it_back_and_round_by_the_detour() -> None:
    line, roads = LINE.region, LINE.region.roads
    table = RoadTable(
        np.append(roads.u, 1),
        np.append(roads.v, 3),
        np.append(roads.km, 30.0),
        np.append(roads.road_class, roads.road_class[:1]),
    )
    scenario = load("calm_day", ["strategy=even_spread"])
    detour = RoadNetwork(
        dataclasses.replace(line, roads=table),
        scenario.region.speed_kmh,
        scenario.weather.speed_factor,
        scenario.response.vehicles,
    )
    env = simpy.Environment()
    here = OpenRoads(env, detour)
    env.process(here.close_between(1, 14.0, np.inf))  # four minutes beyond node 1
    journey = Journey(env, here, "car", Position(0), GOAL)
    assert env.run(env.process(journey.run())) is True
    assert env.now == pytest.approx(14 + 4 + 50)
    assert journey.km_at(float(env.now)) == pytest.approx(6 + 2 * 2.4 + 30)


def test_a_closure_behind_changes_nothing() -> None:
    drive = Drive((0, 15.0, 1e9))
    drive.env.run(100.0)
    assert (drive.arrived, drive.ended, drive.km) == (True, pytest.approx(30.0), pytest.approx(18.0))


def test_called_off_it_stays_where_it_is_and_the_next_journey_begins_there() -> None:
    drive = Drive()
    drive.env.run(14.0)
    drive.journey.call_off("turn round")
    drive.env.run(14.5)
    assert drive.cause == "turn round" and drive.ended == 14.0
    back = Journey(drive.env, drive.roads, "car", drive.journey.at(14.0), Spot((0,)))
    assert back.ends - drive.env.now == pytest.approx(14.0)


def test_called_off_before_it_began_it_does_not_begin() -> None:
    drive = Drive()
    drive.journey.call_off("never mind")
    drive.env.run(50.0)
    assert drive.arrived is None and drive.cause == "called off before it began" and drive.km == 0.0


@pytest.mark.parametrize("closure", [(2, 30.0, 50.0), (0, 30.0, 50.0)])
def test_roads_that_change_in_the_moment_of_arrival_change_nothing(closure: tuple[int, float, float]) -> None:
    drive, alone = Drive(closure), Alone(closure)
    for one in (drive, alone):
        one.env.run(100.0)
        assert one.journey.at(100.0) == Position(3) and not one.roads.travellers
    assert (drive.arrived, drive.ended, alone.ends) == (True, 30.0, [(True, 30.0)])


def test_a_call_off_and_a_closure_in_one_moment_end_it_once() -> None:
    drive = Drive()
    drive.env.run(14.0)
    drive.roads.close(1)
    drive.journey.call_off("first")
    drive.roads.close(2)
    drive.env.run(100.0)
    assert drive.cause == "first" and drive.ended == 14.0 and not drive.roads.travellers


@pytest.mark.parametrize("minutes", [0.1, 1 / 3, 586.0841297188264, 1013.7])
def test_who_has_arrived_at_a_station_stands_there_whatever_the_clock_rounds(minutes: float) -> None:
    """A moment of rounding before the end he would be on the way to it, and have to go back to the village first."""
    env = simpy.Environment(initial_time=minutes)
    goal = Spot((3,), 3.9752874610392226 / 3, 7)
    for n in range(40):
        journey = Journey(env, OpenRoads(env, LINE), "car", Position(0, 0.1 * n / 7), goal)
        env.run(env.process(journey.run()))
        assert journey.at(float(env.now)).station == 7


def test_it_waits_at_the_closure_as_long_as_it_may_and_no_longer() -> None:
    drive = Drive((2, 5.0, np.inf), wait=12.0)
    drive.env.run(25.0)
    assert drive.here == Position(2) and drive.journey.waits and drive.arrived is None
    drive.env.run(200.0)
    assert (drive.arrived, drive.ended) == (False, pytest.approx(20.0 + 12.0)), "from when it stands there"
    assert drive.km == pytest.approx(12.0)


def test_it_goes_on_at_once_when_the_road_opens_in_time() -> None:
    drive = Drive((2, 5.0, 31.0), wait=12.0)
    drive.env.run(200.0)
    assert (drive.arrived, drive.ended, drive.km) == (True, pytest.approx(31.0 + 10), pytest.approx(18.0))


def test_another_road_that_closes_does_not_let_it_wait_anew() -> None:
    drive = Drive((2, 5.0, np.inf), (0, 25.0, 28.0), wait=12.0)
    drive.env.run(200.0)
    assert (drive.arrived, drive.ended) == (False, pytest.approx(20.0 + 12.0))


def test_a_second_closure_has_its_own_wait() -> None:
    drive = Drive((1, 2.0, 18.0), (2, 19.0, 45.0), wait=20.0)
    drive.env.run(200.0)
    assert (drive.arrived, drive.ended) == (True, pytest.approx(45.0 + 10)), "8 minutes there, 17 here"


def test_who_is_called_off_at_a_closure_stands_there() -> None:
    drive = Drive((2, 5.0, np.inf), patient=True)
    drive.env.run(25.0)
    drive.journey.call_off("over")
    drive.env.run(26.0)
    assert drive.cause == "over" and drive.here == Position(2) and drive.km == pytest.approx(12.0)


def test_on_a_road_that_is_slowed_it_goes_on_slowly_from_where_it_is_and_quickly_when_that_is_over() -> None:
    drive = Drive(slow=(1, 0.5, 14.0, 18.0))
    drive.env.run(14.5)
    assert drive.here == Position(1, pytest.approx(8.0 + 0.5), 2, pytest.approx(12.0 - 0.5)), "of 20 minutes now"
    assert drive.km == pytest.approx(8.4 + 0.15)
    assert drive.journey.ends == pytest.approx(14.0 + 12.0 + 10.0)
    drive.env.run()
    assert drive.ended == pytest.approx(18.0 + 4.0 + 10.0), "in four minutes it came as far as else in two"
    assert drive.km == pytest.approx(18.0)


def test_a_slow_stretch_ahead_is_reckoned_with_before_it_is_reached() -> None:
    drive = Drive(slow=(2, 0.25, 0.0, np.inf))
    drive.env.run(1.0)
    assert drive.journey.ends == pytest.approx(10 + 10 + 40)
    drive.env.run()
    assert drive.ended == pytest.approx(60.0)


def test_who_stood_on_a_road_while_its_speed_changed_goes_on_at_the_new_one() -> None:
    drive = Drive()
    drive.env.run(14.0)
    drive.journey.call_off("stop")
    drive.env.run(15.0)
    here = drive.here
    drive.roads.slow(1, 0.5)
    again = Journey(drive.env, drive.roads, "car", here, GOAL)
    assert again.ends == pytest.approx(15.0 + 12.0 + 10.0)
    assert drive.roads.minutes("car", here, Spot((3,))) == pytest.approx(22.0)
    drive.roads.free(1, 0.5)
    assert drive.roads.minutes("car", again.at(15.0), Spot((3,))) == pytest.approx(16.0)


class Alone:
    """The same without a process."""

    def __init__(self, *closures: tuple[int, float, float], patient: bool = True, wait: float = 0.0) -> None:
        self.env = simpy.Environment()
        self.roads = OpenRoads(self.env, LINE)
        for road, closed, opened in closures:
            self.env.process(self.roads.close_between(road, closed, opened))
        self.journey = Journey(self.env, self.roads, "car", Position(0), GOAL)
        self.ends: list[tuple[bool, float]] = []
        self.journey.begin(self._ended, patient=patient, wait=wait)

    def _ended(self, arrived: bool) -> None:
        self.ends.append((arrived, float(self.env.now)))


@pytest.mark.parametrize(("patient", "wait"), [(True, 0.0), (False, 0.0), (False, 12.0), (False, 27.0)])
@pytest.mark.parametrize("off", [None, 0.0, 5.0, 14.0, 25.0, 30.0, 50.0, 60.0])
@pytest.mark.parametrize(
    "closures",
    [
        (),
        ((1, 14.0, 50.0),),
        ((2, 5.0, 25.0),),
        ((0, 15.0, 1e9),),
        ((1, 2.0, 18.0), (2, 19.0, 45.0)),
        ((2, 5.0, 1e9),),
        ((2, 5.0, 1e9), (0, 25.0, 28.0)),
        ((2, 5.0, 32.0),),
    ],
)
def test_without_a_process_it_is_the_same_journey(
    closures: tuple[tuple[int, float, float], ...], off: float | None, patient: bool, wait: float
) -> None:
    """Where it is at every moment, when it ends, and whether it has arrived; whenever it is called off."""
    drive, alone = Drive(*closures, patient=patient, wait=wait), Alone(*closures, patient=patient, wait=wait)
    whole = ((one.env, one.journey) for one in (drive, alone))
    seen = []
    for env, journey in whole:
        found = []
        for time in range(1, 101):
            if off == env.now:
                journey.call_off("elsewhere")
            env.run(float(time))
            found.append((journey.at(env.now), journey.km_at(env.now), journey.waits))
        seen.append(found)
    assert seen[0] == seen[1]
    ended = drive.arrived is not None or drive.cause is not None
    assert alone.ends == ([(bool(drive.arrived), drive.ended)] if ended else [])
    assert bool(drive.roads.travellers) is bool(alone.roads.travellers) is not ended


@pytest.mark.parametrize("first_the_road", [True, False])
def test_a_call_off_and_a_closure_in_one_moment_end_it_once_without_a_process_too(first_the_road: bool) -> None:
    alone = Alone()
    alone.env.run(14.0)
    acts = [lambda: alone.roads.close(1), lambda: alone.journey.call_off("elsewhere")]
    for act in acts if first_the_road else reversed(acts):
        act()
    alone.env.run(100.0)
    assert alone.ends == [(False, 14.0)]
    assert alone.journey.at(100.0).node == 1
