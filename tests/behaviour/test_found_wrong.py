"""What was found wrong once, watched over whole days: units that jump, orders of tables that matter, people who wait."""

from __future__ import annotations

import copy
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from sim.config import compose
from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.day import Day, draw_day, simulate_day
from sim.day.world import World, prepare
from sim.log import BOXES, Columns, DayLog
from sim.region.position import Position, paced, travel_minutes
from sim.region.road_state import OPEN
from sim.vocabulary import Capability, Purpose
from tests.conftest import SMALL, small_scenario
from tests.day.conftest import RICH, as_bytes

NAME = "even_spread"
QUIET = ("disturbance.background.rate_per_station_hour=0", "disturbance.spread.followers=0")
RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 60, followers: 0}]'


@pytest.fixture(scope="module")
def rich() -> World:
    return prepare(small_scenario(*RICH))


@pytest.mark.parametrize("name", [NAME, "central_reserve"])
def test_equal_scenarios_give_equal_days(name: str) -> None:
    """The tables of vehicles and of kinds have no order that means anything: turned round they are the same scenario."""
    overrides = [o for o in RICH if not o.startswith("strategy.")]
    no_guards = "strategy.guards.high.police=0"  # their boxes go home in the village's own car
    everything = [*SMALL, *overrides, f"strategy={name}", no_guards, "region.forces.police=300", "scenario=calm_day"]
    data = compose._composed(everything, None)
    other = copy.deepcopy(data)
    other["response"]["vehicles"] = dict(reversed(list(other["response"]["vehicles"].items())))
    other["kinds"] = dict(reversed(list(other["kinds"].items())))
    one, two = Scenario.model_validate(data), Scenario.model_validate(other)
    assert one == two
    assert list(one.response.vehicles) != list(two.response.vehicles)
    worlds = prepare(one), prepare(two)
    for number in range(2):
        first, second = (as_bytes(simulate_day(world, name, number)) for world in worlds)
        assert first == second


class Watched:
    """A day stepped from minute to minute: where each unit was."""

    def __init__(self, day: Day, step: float) -> None:
        self.day = day
        self.moments: list[tuple[float, list[Position]]] = []
        for time in np.arange(day.world.start, day.world.end, step):
            day.until(float(time))
            self.moments.append((float(time), [day.fleet.position(unit) for unit in day.fleet.units]))
        self.log = day.run()


def shortest(day: Day, vehicle: str, a: Position, b: Position) -> float:
    """The shortest time between two positions with every road open, however one goes."""
    if a == b:
        return 0.0
    network = day.world.network
    a, b = (paced(position, network, vehicle, OPEN) for position in (a, b))
    minutes = network.minutes(vehicle)
    if a.ahead is not None and {a.node, a.ahead} == {b.node, b.ahead}:  # both on one road
        along = b.minutes if a.node == b.node else b.ahead_minutes
        return abs(along - a.minutes)
    if a.ahead is None and b.ahead is None and a.node == b.node:  # between one village and its stations
        return abs(a.minutes - b.minutes) if None in (a.station, b.station) else a.minutes + b.minutes
    out = [(a.node, a.minutes), *([(a.ahead, a.ahead_minutes)] if a.ahead is not None else [])]
    into = [(b.node, b.minutes), *([(b.ahead, b.ahead_minutes)] if b.ahead is not None else [])]
    return min(x + minutes[u, v] + y for u, x in out for v, y in into)


@pytest.mark.parametrize("number", range(3))
def test_no_unit_is_ever_faster_than_the_roads(rich: World, number: int) -> None:
    watched = Watched(Day(rich, NAME, number, draw_day(rich, number)), step=1.0)
    units = watched.day.fleet.units
    moved = 0
    for (earlier, before), (later, after) in pairwise(watched.moments):
        for unit, a, b in zip(units, before, after, strict=True):
            took = shortest(watched.day, unit.spec.vehicle, a, b)
            assert took <= later - earlier + 1e-6, f"{unit.spec.name} at {earlier}: {a} to {b}"
            moved += took > 0.5
    assert moved > 500


def test_a_unit_that_is_sent_again_starts_from_where_it_can_be(riot_world: World) -> None:
    """Between two tasks of a unit: the order of the second finds it no farther from the first place than it drove."""
    reused = 0
    for number in range(2):
        for strategy in ("even_spread", "risk_weighted"):
            day = Day(riot_world, strategy, number, draw_day(riot_world, number))
            log = day.run()
            tasks = log.tables["tasks"]
            vehicles = {unit.spec.name: unit.spec.vehicle for unit in day.fleet.units}
            gazetteer, network = riot_world.gazetteer, riot_world.network
            for first, second in following(tasks):
                if np.isnan(tasks["arrived"][first]) or tasks["purpose"][first] != Purpose.INCIDENT:
                    continue
                a, b = (day.plan.spot(gazetteer.find(tasks["place"][i], "here")) for i in (first, second))
                apart = travel_minutes(
                    Position(a.nodes[0], a.access, station=a.station), b, network, vehicles[tasks["unit"][first]]
                )
                since = tasks["ordered"][second] - tasks["released"][first]
                # From the first place to where the order found it, and from there to the second place.
                assert apart <= since + tasks["shortest_minutes"][second] + 1e-6
                reused += 1
    assert reused > 15


def following(tasks: Columns) -> list[tuple[int, int]]:
    """Pairs of tasks that one unit had one after the other."""
    order = np.lexsort((tasks["task"], tasks["unit"].astype(str))).tolist()
    return [(i, j) for i, j in pairwise(order) if tasks["unit"][i] == tasks["unit"][j]]


def test_a_pair_that_comes_by_on_its_round_is_on_scene_from_then_on() -> None:
    """Nobody reports it and nobody is sent: only the round brings the pair there, and it counts."""
    nobody_else = ("response.attached=[]", "response.sector_patrol_size=0", "strategy.patrols=[]", "strategy.dispatch.take_guards_from=null")  # fmt: skip
    late = ("response.reporting.by_phone={mean_minutes: 900, cv: 0}", "response.reporting.no_signal={mean_minutes: 900, cv: 0}")  # fmt: skip
    lasting = ("kinds.riot.course.calm_per_minute=0.001", "kinds.riot.course.disperse_per_minute=0")
    world = prepare(small_scenario(*QUIET, RIOT, *nobody_else, *late, *lasting))
    came_by = 0
    for number in range(12):
        day = Day(world, NAME, number, draw_day(world, number))
        day.until(580.0)
        station = world.disturbances.scripted[0].start.place.stations[0]
        guard = day.fleet.guard_of(station)
        assert guard is not None
        due = 580.0 if day.fleet.officers_at(station) else guard.motion.visit(station, 580.0)  # type: ignore[attr-defined]
        log = day.run()
        t, tasks = log.tables["incidents"], log.tables["tasks"]
        assert t["first_on_scene"][0] == pytest.approx(due)
        assert np.isnan(t["first_reinforcement"][0]), "it was there anyway"
        own = (tasks["incident"] == "s0") & (tasks["agency"] == "police")
        assert tasks["sent"][own].tolist() == [0]
        assert t["reported"][0] >= due, "it reports when it is there"
        came_by += due > 580.0
    assert came_by >= 4


def test_units_at_one_incident_work_on_for_times_of_their_own() -> None:
    many = "strategy.reserves=[{base: POLRES, teams: 6, size: 2, vehicle: car}]"
    greedy = tuple(f"kinds.riot.severities.{s}.needs.presence=300" for s in ("green", "yellow", "red"))
    lasting = ("kinds.riot.course.calm_per_minute=0.02", "kinds.riot.course.disperse_per_minute=0")
    all_stay = "+strategy.retasking={keep_officers: null}"
    world = prepare(small_scenario(*QUIET, RIOT, many, all_stay, *greedy, *lasting))
    found = 0
    for number in range(4):
        t = simulate_day(world, NAME, number).tables["tasks"]
        here = (t["incident"] == "s0") & (t["outcome"] == "done") & (t["purpose"] == "incident")
        released = np.round(t["released"][here], 3)
        assert len(set(released.tolist())) == len(released)
        found += int(np.char.startswith(t["unit"][here].astype(str), "reserve").sum())
    assert found >= 12


def test_a_road_that_two_causes_close_opens_at_the_end_of_the_second() -> None:
    two = (
        'closures=[{between: [T1.1, T2.1], closed_at: "08:00", reopened_at: "09:00"},'
        '{between: [T1.1, T2.1], closed_at: "08:30", reopened_at: "10:00"}]'
    )
    slide = 'incidents=[{kind: landslide, onset: "09:30", place: "T1.1--T2.1"}]'
    lasts = ("kinds.landslide.course.duration={mean_minutes: 90, cv: 0}", "kinds.landslide.course.resolve={mean_minutes: 900, cv: 0}")  # fmt: skip
    world = prepare(small_scenario(*QUIET, two, slide, *lasts))
    day = Day(world, NAME, 0, draw_day(world, 0))
    (road,) = {c.road for c in world.closures}
    closed = {}
    for minute in (479, 481, 541, 575, 601, 659, 661):
        day.until(float(minute))
        closed[minute] = road in day.roads.closed
    assert closed == {479: False, 481: True, 541: True, 575: True, 601: True, 659: True, 661: False}


@cache
def bloody_world() -> World:
    hurt = ("kinds.riot.course.injuries_per_active_hour=0.6", "kinds.riot.course.calm_per_minute=0.01")
    few = "evacuation.care.ambulances=[{base: PSC-119, count: 2, vehicle: ambulance}]"
    return prepare(small_scenario(*QUIET, RIOT, *hurt, few))


@pytest.fixture(scope="module")
def bloody() -> list[DayLog]:
    return [simulate_day(bloody_world(), NAME, number) for number in range(4)]


def test_every_way_of_an_ambulance_is_a_task_with_its_kilometres(bloody: list[DayLog]) -> None:
    for log in bloody:
        tasks, casualties = log.tables["tasks"], log.tables["casualties"]
        errands = tasks["purpose"] == "casualty"
        collected = ~np.isnan(casualties["collected"])
        begun, ended = tasks["arrived"][errands], np.nan_to_num(tasks["released"][errands], nan=np.inf)
        assert collected.sum() > 3
        for time in casualties["collected"][collected]:
            assert ((begun < time) & (time <= ended)).any()
        assert set(tasks["agency"][errands]) == {"medical"}
        assert (tasks["km"][errands & (tasks["outcome"] == "done")] > 0).any()
        states = log.tables["unit_states"]
        driving = np.isin(states["state"], ["travelling", "returning"]) & (states["agency"] == "medical")
        assert set(states["unit"][driving]) <= set(tasks["unit"][tasks["agency"] == "medical"])


def test_nobody_who_is_hurt_waits_beside_an_ambulance_that_is_free() -> None:
    """While a place lacks a vehicle that posko knows of, there is none that it could send."""
    lacked = 0
    for number in range(3):
        day = Day(bloody_world(), NAME, number, draw_day(bloody_world(), number))
        for minute in range(580, 1000):
            day.until(minute + 0.5)
            for place in day.casualties.places.values():
                wanted = place.wanted()
                if wanted is not None and place.emergency.identity in day.posko.open:
                    lacked += 1
                    assert day.casualties.soonest(place, wanted) is None, (minute, place.emergency.identity)
    assert lacked > 0, "ambulances are few enough that somebody has to wait"


def test_two_wardens_are_no_officer_who_reports_at_once() -> None:
    wardens = "{police: 0, stations: 1, wardens: 2}"
    guards = f"strategy.guards={{very_high: {wardens}, high: {wardens}, low: {wardens}}}"
    constant = ("response.reporting.guarded={mean_minutes: 1, cv: 0}", "response.reporting.by_phone={mean_minutes: 9, cv: 0}")  # fmt: skip
    world = prepare(small_scenario(*QUIET, RIOT, guards, *constant, "response.warden_strength=1"))
    assert all(
        not unit.provides[Capability.PRESENCE] or unit.role != "guard" or unit.stays
        for unit in world.deployments[NAME].units
    )
    log = simulate_day(world, NAME, 0)
    assert log.tables["incidents"]["reported"][0] == pytest.approx(580.0 + 9.0)


def test_a_protest_at_its_office_draws_nobody_from_a_station() -> None:
    protest = 'incidents=[{kind: office_protest, onset: "08:00", place: KPU, starters: 200}]'
    world, calm = prepare(small_scenario(*QUIET, protest)), prepare(small_scenario(*QUIET, "incidents=[]"))
    for number in range(2):
        log, quiet = (simulate_day(w, NAME, number) for w in (world, calm))
        assert log.tables["incidents"]["place_kind"].tolist() == ["base"]
        assert log.tables["incidents"]["place"].tolist() == ["KPU"]
        voters = [name for name in log.tables["stations"] if name not in BOXES]
        for name in voters:
            assert np.array_equal(log.tables["stations"][name], quiet.tables["stations"][name], equal_nan=True)


def test_a_landslide_closes_its_road_until_it_is_cleared_and_only_then() -> None:
    slide = 'incidents=[{kind: landslide, onset: "08:15", place: "T2.1--T3.1"}]'
    lasts = ("kinds.landslide.course.duration={mean_minutes: 600, cv: 0}", "kinds.landslide.course.resolve={mean_minutes: 60, cv: 0}")  # fmt: skip
    world = prepare(small_scenario(*QUIET, slide, *lasts))
    day = Day(world, NAME, 0, draw_day(world, 0))
    log = day.run()
    t = log.tables["incidents"]
    assert t["outcome"].tolist() == ["resolved"] and t["ended"][0] == pytest.approx(t["force_complete"][0] + 60.0)
    road = world.gazetteer.find("T2.1--T3.1", "here").road  # type: ignore[union-attr]
    closed = [(when, road in state.closed) for when, state in day.roads.history if not state.dark]
    assert closed == [(world.start, False), (495.0, True), (pytest.approx(t["ended"][0]), False), closed[-1]]
    assert not closed[-1][1], "and in the morning it is open"


def test_the_packaged_landslide_is_played_with_its_accounts() -> None:
    world = prepare(load("landslide_trunk", ["run.check=true", "strategies=[forward_reserve]"]))
    log = simulate_day(world, "forward_reserve", 0)
    kinds = log.tables["incidents"]["place_kind"][log.tables["incidents"]["origin"] == "scripted"]
    assert kinds.tolist() == ["road", "road", "station"]
