"""What disturbances do around them, on a clock of its own: forty-five stations in nine villages on a line, 2 km apart."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp
from typing import Any

import numpy as np
import pytest
import simpy
from numpy.typing import NDArray

from sim.config.effects import (
    CloseRoad,
    Deter,
    Effect,
    EndVoting,
    Evacuate,
    HoldBoxes,
    LeaveArea,
    ShutDoor,
    Slow,
    SlowRoad,
    Suspend,
    TakeSignal,
)
from sim.day.effects import EffectsInForce
from sim.region.place import BasePlace, Place
from sim.region.road_state import OPEN
from sim.response.open_roads import OpenRoads
from sim.response.signal import MobileSignal
from tests.disturbance.made_up import PLACES, ROAD, VILLAGE_TWO, VILLAGES, bare_plan
from tests.region.test_route import LINE

SLOW = Slow(effect="slow", speed=0.7)
SUSPEND = Suspend(effect="suspend")
SHUT = ShutDoor(effect="shut_door")
EVACUATE = Evacuate(effect="evacuate")
ROAD_CLOSED = CloseRoad(effect="close_road")
ROAD_SLOW = SlowRoad(effect="slow_road", factor=0.25)
HOLD = HoldBoxes(effect="hold_boxes")
NO_SIGNAL = TakeSignal(effect="take_signal")
HERE = PLACES[12]
ALL_CLEAR = 10.0


def deter(share: float, reach_km: float | None = 0.1) -> Deter:
    """A reach of 100 metres stops in the own village."""
    return Deter(effect="deter", share=share, reach_km=reach_km)


class Trouble:
    """A disturbance of which only its place and its effects are known."""

    def __init__(self, identity: str, place: Place, *effects: Effect) -> None:
        self.identity, self.place, self.effects = identity, place, effects
        self.withdrawn: list[int] = []
        self.eased = False

    def withdraw_bystanders(self, people: int) -> None:
        self.withdrawn.append(people)


class Stations:
    """Notes what is imposed on stations; at each there are 40 people."""

    def __init__(self) -> None:
        self.causes: dict[int, dict[str, dict[str, Any]]] = {}
        self.changes = 0
        self.people = 40

    def impose(self, station: int, cause: str, **what: Any) -> None:
        self.changes += 1
        self.causes.setdefault(station, {})[cause] = {name: value for name, value in what.items() if value is not None}

    def deter(self, stations: NDArray[np.int64], shares: NDArray[np.float64], cause: str) -> None:
        for station, share in zip(stations.tolist(), shares.tolist(), strict=True):
            self.impose(station, cause, deterred=share)

    def lift_all(self, stations: Iterable[int], cause: str) -> None:
        for station in stations:
            self.causes[station].pop(cause)

    def evacuate(self, station: int, cause: str, *, for_good: bool = False) -> int:
        self.causes.setdefault(station, {}).setdefault(cause, {})["emptied"] = True
        if for_good:
            self.causes[station][cause]["for_good"] = True
        return self.people

    def of(self, station: int, cause: str = "s0") -> dict[str, Any] | None:
        return self.causes.get(station, {}).get(cause)


class Leaving:
    """Notes which stations must be left, and which no longer; who is sent home leaves at once."""

    def __init__(self, stations: Stations) -> None:
        self.stations = stations
        self.log: list[tuple[str, str, int]] = []

    def endanger(self, incident: Trouble, station: int) -> None:
        self.log.append(("must be left", incident.identity, station))
        self.stations.evacuate(station, incident.identity)

    def end_voting(self, incident: Trouble, station: int) -> None:
        incident.withdraw_bystanders(self.stations.evacuate(station, incident.identity, for_good=True))

    def relieve(self, station: int) -> None:
        self.log.append(("may stay", "", station))

    def endanger_office(self, incident: Trouble, place: BasePlace) -> None:
        self.log.append(("must be left", incident.identity, place.base))

    def relieve_office(self, place: BasePlace) -> None:
        self.log.append(("may stay", "", place.base))

    def all_clear(self, incident: Trouble) -> None:
        pass


class Areas:
    """Notes which areas must be left."""

    def __init__(self) -> None:
        self.log: list[tuple[str, str]] = []

    def endanger(self, incident: Trouble, effect: LeaveArea) -> None:
        self.log.append((incident.identity, effect.plan))

    def all_clear(self, incident: str) -> None:
        self.log.append((incident, "all-clear"))


class BoxesHeld:
    """Notes which disturbances hold boxes, and when each began and ended to."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.log: list[tuple[float, str, str]] = []

    def hold(self, incident: Trouble) -> None:
        self.log.append((self.env.now, "hold", incident.identity))

    def release(self, identity: str) -> None:
        self.log.append((self.env.now, "release", identity))


class Around:
    """Effects and all that they act on."""

    def __init__(self) -> None:
        self.env = simpy.Environment(initial_time=600.0)
        self.stations = Stations()
        self.roads = OpenRoads(self.env, LINE)
        self.signal = MobileSignal((True,) * VILLAGES)
        self.boxes = BoxesHeld(self.env)
        self.leaving, self.areas = Leaving(self.stations), Areas()
        self.effects = EffectsInForce(
            self.env, bare_plan(), self.stations, self.roads, self.signal, self.leaving, self.areas,  # type: ignore[arg-type]
            self.boxes,  # type: ignore[arg-type]
        )  # fmt: skip

    def turn(self, trouble: Trouble) -> None:
        self.effects.turn(trouble)  # type: ignore[arg-type]

    def end(self, trouble: Trouble) -> None:
        self.effects.end(trouble, ALL_CLEAR)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("effect", "what"),
    [
        (SLOW, {"speed": 0.7, "deterred": 0.0}),
        (SUSPEND, {"speed": 0.0, "deterred": 0.0}),
        (SHUT, {"door_open": False, "deterred": 0.0}),
        (EVACUATE, {"speed": 0.0, "deterred": 0.0, "emptied": True}),
        (EndVoting(effect="end_voting"), {"speed": 0.0, "deterred": 0.0, "emptied": True, "for_good": True}),
        (deter(0.5), {"deterred": 0.5}),
    ],
    ids=lambda value: value.effect if hasattr(value, "effect") else "",
)
def test_each_effect_acts_on_its_station_and_is_lifted_after_the_all_clear(
    effect: Effect, what: dict[str, Any]
) -> None:
    a = Around()
    trouble = Trouble("s0", HERE, effect)
    a.turn(trouble)
    assert a.stations.of(12) == what
    a.env.run(700.0)
    a.end(trouble)
    a.env.run(700.0 + ALL_CLEAR - 0.1)
    assert a.stations.of(12) == what, "until the all-clear"
    a.env.run(700.0 + ALL_CLEAR + 0.1)
    assert all(not causes for causes in a.stations.causes.values())


def test_without_effects_nothing_happens_anywhere() -> None:
    a = Around()
    trouble = Trouble("s0", HERE)
    a.turn(trouble)
    a.end(trouble)
    a.env.run(720.0)
    assert a.stations.changes == 0 and not a.roads.closed


def test_the_next_severity_replaces_what_the_one_before_did() -> None:
    a = Around()
    a.turn(Trouble("s0", HERE, SLOW, deter(0.3)))
    assert a.stations.of(12) == {"speed": 0.7, "deterred": 0.3}
    a.turn(Trouble("s0", HERE, SUSPEND, deter(0.6)))
    assert a.stations.of(12) == {"speed": 0.0, "deterred": 0.6}
    a.turn(Trouble("s0", HERE))
    assert a.stations.of(12) == {"deterred": 0.0}, "it does nothing any more"


def test_a_severity_that_goes_on_with_the_same_changes_nothing() -> None:
    a = Around()
    a.turn(Trouble("s0", HERE, SLOW, deter(0.3)))
    changes = a.stations.changes
    a.turn(Trouble("s0", HERE, SLOW, deter(0.3)))
    assert a.stations.changes == changes


def test_two_disturbances_at_one_station_are_two_causes() -> None:
    a = Around()
    one, two = Trouble("s0", HERE, SLOW), Trouble("b7", HERE, SUSPEND)
    a.turn(one)
    a.turn(two)
    a.end(two)
    a.env.run(650.0)
    assert a.stations.of(12, "b7") is None and a.stations.of(12, "s0") == {"speed": 0.7, "deterred": 0.0}


def test_everybody_at_an_area_feels_it_and_nobody_else() -> None:
    a = Around()
    a.turn(Trouble("s0", VILLAGE_TWO, SUSPEND))
    assert sorted(a.stations.causes) == list(VILLAGE_TWO.stations)


def test_who_stays_away_grows_fewer_with_distance() -> None:
    a = Around()
    a.turn(Trouble("s0", HERE, SLOW, deter(0.8, reach_km=2.0)))
    for station, causes in a.stations.causes.items():
        km = 2.0 * abs(PLACES[station].node - HERE.node)
        assert causes["s0"]["deterred"] == pytest.approx(0.8 * exp(-km / 2.0))
        assert ("speed" in causes["s0"]) == (station == 12), "farther stations only lose voters"
    assert {PLACES[s].node for s in a.stations.causes} == set(range(5)), "two villages on either side: 4.6 km"


def test_the_plan_says_how_far_it_reaches_where_the_effect_does_not() -> None:
    a = Around()
    a.turn(Trouble("s0", HERE, deter(0.8, reach_km=None)))
    reach = bare_plan().deterred_reach_km
    assert a.stations.of(17) == {"deterred": pytest.approx(0.8 * exp(-2.0 / reach))}


def test_a_station_must_be_left_while_its_severity_says_so() -> None:
    a = Around()
    trouble = Trouble("s0", HERE, EVACUATE)
    a.turn(trouble)
    assert a.leaving.log == [("must be left", "s0", 12)]
    trouble.effects = (SUSPEND,)
    a.turn(trouble)
    assert a.leaving.log[1:] == [("may stay", "", 12)]


def test_an_area_must_be_left_by_the_plan_of_the_effect() -> None:
    a = Around()
    trouble = Trouble("s0", VILLAGE_TWO, EVACUATE, LeaveArea(effect="leave_area", plan="ring"))
    a.turn(trouble)
    assert a.areas.log == [("s0", "ring")]
    a.end(trouble)
    a.env.run(until=600.0 + ALL_CLEAR)
    assert len(a.areas.log) == 1
    a.env.run(until=600.1 + ALL_CLEAR)
    assert a.areas.log[1:] == [("s0", "all-clear")]


def test_a_road_is_closed_until_the_end_and_by_each_cause_once() -> None:
    a = Around()
    one, two = Trouble("s0", ROAD, ROAD_CLOSED), Trouble("s1", ROAD, ROAD_CLOSED)
    a.turn(one)
    a.turn(one)
    a.turn(two)
    assert a.roads.closed == {ROAD.road}
    a.end(one)
    a.env.run(601.0)
    assert a.roads.closed == {ROAD.road}, "the other one goes on"
    a.end(two)
    a.env.run(602.0)
    assert not a.roads.closed, "at once: no all-clear is needed"
    assert a.stations.changes == 0


def test_a_severity_that_leaves_the_road_alone_opens_it() -> None:
    a = Around()
    a.turn(Trouble("s0", ROAD, ROAD_CLOSED))
    a.turn(Trouble("s0", ROAD))
    assert not a.roads.closed
    a.roads.close(ROAD.road)
    a.end(Trouble("s0", ROAD))
    a.env.run(601.0)
    assert a.roads.closed == {ROAD.road}, "what others have closed stays closed"


def test_a_slow_road_is_free_at_the_end_and_a_closure_replaces_it() -> None:
    a = Around()
    trouble = Trouble("s0", ROAD, ROAD_SLOW)
    a.turn(trouble)
    a.turn(trouble)
    assert a.roads.state.slowed == ((ROAD.road, 0.25),) and not a.roads.closed
    a.turn(Trouble("s0", ROAD, ROAD_CLOSED))
    assert a.roads.closed == {ROAD.road} and not a.roads.state.slowed
    a.turn(trouble)
    assert not a.roads.closed and a.roads.state.slowed == ((ROAD.road, 0.25),)
    a.end(trouble)
    a.env.run(601.0)
    assert a.roads.state == OPEN, "at once: no all-clear is needed"


def test_two_disturbances_slow_a_road_until_both_are_over() -> None:
    a = Around()
    one, two = Trouble("s0", ROAD, ROAD_SLOW), Trouble("s1", ROAD, SlowRoad(effect="slow_road", factor=0.5))
    a.turn(one)
    a.turn(two)
    assert a.roads.state.slowed == ((ROAD.road, 0.25),)
    a.end(one)
    a.env.run(601.0)
    assert a.roads.state.slowed == ((ROAD.road, 0.5),)


def test_the_signal_is_taken_once_by_each_cause_and_given_back() -> None:
    a = Around()
    station, area = Trouble("s0", HERE, NO_SIGNAL), Trouble("s1", VILLAGE_TWO, NO_SIGNAL)
    a.turn(station)
    a.turn(station)
    a.turn(area)
    assert not a.signal.works(2) and a.signal.works(1)
    a.end(station)
    a.env.run(601.0)
    assert not a.signal.works(2)
    a.end(area)
    a.env.run(602.0)
    assert a.signal.works(2)


def test_boxes_are_held_once_until_the_all_clear_or_a_severity_that_holds_none() -> None:
    a = Around()
    trouble = Trouble("s0", HERE, HOLD)
    a.turn(trouble)
    a.turn(trouble)
    a.turn(Trouble("s1", ROAD, HOLD))
    a.turn(Trouble("s1", ROAD))
    a.env.run(700.0)
    a.end(trouble)
    a.end(Trouble("s1", ROAD))
    a.env.run(800.0)
    assert a.boxes.log == [
        (600.0, "hold", "s0"), (600.0, "hold", "s1"), (600.0, "release", "s1"), (700.0 + ALL_CLEAR, "release", "s0"),
    ]  # fmt: skip


def test_the_end_of_what_never_did_anything_is_nothing() -> None:
    a = Around()
    a.end(Trouble("s9", HERE, SUSPEND))
    a.env.run(650.0)
    assert a.stations.causes == {}
