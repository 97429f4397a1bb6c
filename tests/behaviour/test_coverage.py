"""Coverage and potential response move the right way: more units, slower ones, closed roads, other names."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.coverage.inputs import Floats
from sim.day import Day, World, draw_day, prepare
from sim.day.coverage import potential_response
from sim.response.readiness import FORCES
from sim.vocabulary import Force
from tests.conftest import small_scenario

NAME = "even_spread"
QUIET = (
    "disturbance.background.rate_per_station_hour=0",
    "strategy.reserves=[]",
    "strategy.patrols=[]",
    "response.reporting.false_reports.per_hour=0",
)
"""A day without disturbances or false reports, so that nobody is away, and units that stand still."""
BASE = (
    *QUIET,
    "response.attached=[]",
    "response.force={yellow: {presence: 9, crowd_control: 0}, red: {presence: 18, crowd_control: 0, medical: 1}}",
)


@cache
def played(*overrides: str) -> tuple[World, dict[Force, Floats], dict[str, np.ndarray]]:
    """A day's world, its potential response by force, and its coverage."""
    world = prepare(small_scenario(*BASE, *overrides))
    day = Day(world, NAME, 0, draw_day(world, 0))
    log = day.run()
    minutes = potential_response(world, NAME, day.fleet, day.roads).minutes
    return world, dict(zip(FORCES, minutes, strict=True)), log.tables["coverage"]


def never_worse(more: tuple[str, ...], fewer: tuple[str, ...] = ()) -> dict[Force, bool]:
    """Assert that nothing takes longer and nothing is covered less; return which forces are sooner somewhere."""
    (_, sooner, covers), (_, later, covered) = played(*more), played(*fewer)
    for force in FORCES:
        assert (sooner[force] <= later[force] + 1e-9).all(), force
    for name in covers:
        if name.startswith(("voters_", "stations_", "area_")):
            assert (covers[name] >= covered[name]).all(), name
    return {force: bool((sooner[force] < later[force] - 1e-9).any()) for force in FORCES}


@pytest.mark.parametrize("base", ["POLRES", "SEK-PUT", "POST-SUBAN"])
def test_one_more_unit_never_makes_anything_later(base: str) -> None:
    better = never_worse((f"strategy.reserves=[{{base: {base}, teams: 1, size: 6, vehicle: truck}}]",))
    assert better[Force.BACKUP] or better[Force.YELLOW]
    assert better[Force.RED]


def test_one_more_ambulance_can_only_help() -> None:
    never_worse(("evacuation.care.ambulances=[{base: PSC-119, count: 5, vehicle: ambulance}]",),
                ("evacuation.care.ambulances=[{base: PSC-119, count: 1, vehicle: ambulance}]",))  # fmt: skip
    _, none, _ = played("evacuation.care.ambulances=[{base: PSC-119, count: 1, vehicle: ambulance}]",
                        "response.force.red.medical=2")  # fmt: skip
    assert np.isinf(none[Force.RED]).all(), "one is not two"


def test_units_everywhere_leave_alarm_mobilisation_and_access() -> None:
    """A base in every village, with more people than any force asks for."""
    region = prepare(small_scenario(*BASE)).region
    teams = ",".join(
        f"{{base: {base.code}, teams: 4, size: 40, vehicle: truck}}" for base in region.bases if base.agency == "police"
    )
    overrides = (f"strategy.reserves=[{teams}]", "region.forces.police=100000", "response.force.red.medical=0")
    world, minutes, _ = played(*overrides)
    there = {base.node for base in region.bases if base.agency == "police"}
    here = np.isin(world.places.node, list(there))
    assert here.sum() > 10
    settings = world.scenario.response
    least = settings.posko.alarm_handling.mean_minutes + settings.mobilisation.reserve.mean_minutes
    for force in (Force.BACKUP, Force.YELLOW, Force.RED):
        slow = minutes[force][:, here]
        assert (slow <= least + world.places.access[here] + 1e-9).all(), force
    assert np.abs(minutes[Force.RED][:, here] - least - world.places.access[here]).max() < 1e-9


@pytest.mark.parametrize("road", ["[T1.1, T2.1]", "[T3.1, T3.3]"])
def test_a_closed_road_never_makes_anything_sooner(road: str) -> None:
    closure = f'closures=[{{between: {road}, closed_at: "06:30"}}]'
    worse = never_worse((STILL,), (STILL, closure))
    assert worse[Force.FIRST] or worse[Force.RED]


STILL = "strategy.guards={rule: pattern, very_high: {police: 2, stations: 1, wardens: 2}, high: {police: 2, stations: 1, wardens: 2}, low: {police: 0, stations: 1, wardens: 2}}"
"""Pairs that stay at their one station: where those are who walk depends on the roads too."""


@pytest.mark.parametrize("setting", ["mobilisation.patrol", "mobilisation.reserve", "posko.alarm_handling"])
def test_what_takes_longer_makes_nothing_sooner(setting: str) -> None:
    reserve = "strategy.reserves=[{base: POLRES, teams: 1, size: 6, vehicle: truck}]"
    worse = never_worse((reserve,), (reserve, f"response.{setting}={{mean_minutes: 15, cv: 0.5}}"))
    assert worse[Force.RED]
    if setting == "posko.alarm_handling":
        alone = "response.sector_posts.desks=0"
        _, slow, _ = played(reserve, f"response.{setting}={{mean_minutes: 15, cv: 0.5}}", alone)
        _, fast, _ = played(reserve, alone)
        reached = np.isfinite(fast[Force.FIRST])
        assert np.allclose(slow[Force.FIRST][reached] - fast[Force.FIRST][reached], 13.0)


def test_reserves_that_are_held_back_cover_red_only() -> None:
    reserve = "strategy.reserves=[{base: POST-SUBAN, teams: 2, size: 5, vehicle: truck}]"
    worse = never_worse(
        (reserve,), (reserve, "strategy.dispatch={policy: hold_reserve, hold_back: 1, within_minutes: 15, busy: 0.3}")
    )
    assert worse[Force.YELLOW] and not worse[Force.RED]
    _, held, _ = played(
        reserve, "strategy.dispatch={policy: hold_reserve, hold_back: 2, within_minutes: 15, busy: 0.3}"
    )
    _, none, _ = played()
    for force in (Force.FIRST, Force.BACKUP, Force.YELLOW):
        assert np.array_equal(held[force], none[force]), force


def test_an_army_counts_for_red_only_and_with_its_request() -> None:
    police = "response.attached=[]"
    army = (
        "response.attached=[{{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red,"
        " request_delay: {delay}}}]"
    )
    better = never_worse((army.format(delay=20),), (police,))
    assert [force for force, sooner in better.items() if sooner] == [Force.RED]
    (_, late, _), (_, later, _) = played(army.format(delay=20)), played(army.format(delay=27))
    waits = (later[Force.RED] - late[Force.RED])[np.isfinite(late[Force.RED])]
    assert waits.max() == pytest.approx(7.0) and waits.min() >= 0


def test_guards_are_taken_from_near_by_only() -> None:
    taken, further = "strategy.dispatch.take_guards_from=yellow", "strategy.dispatch.guards_within_minutes=30"
    assert never_worse((taken,))[Force.YELLOW]
    assert never_worse((taken, further), (taken,))[Force.RED]


def test_the_pair_that_stands_at_its_station_needs_no_order() -> None:
    world, minutes, table = played(STILL)
    guarded = world.readiness[NAME].units.own >= 0
    officers = np.array([u.officers for u in world.responses[NAME].deployment.units])
    guarded &= np.where(guarded, officers[world.readiness[NAME].units.own] > 0, False)
    stations = minutes[Force.FIRST_WITH_GUARDS][:, : world.places.stations]
    assert guarded.any() and not stations[:, guarded].any()
    assert np.array_equal(stations[:, ~guarded], minutes[Force.FIRST][:, : world.places.stations][:, ~guarded])
    assert table["voters_covered_any"].sum() > table["voters_covered"].sum()


def test_in_which_order_units_are_listed_changes_nothing() -> None:
    one = "strategy.reserves=[{base: POLRES, teams: 1, size: 6, vehicle: truck},{base: SEK-PUT, teams: 1, size: 9, vehicle: truck}]"
    other = "strategy.reserves=[{base: SEK-PUT, teams: 1, size: 9, vehicle: truck},{base: POLRES, teams: 1, size: 6, vehicle: truck}]"
    (_, first, covers), (_, second, covered) = played(one), played(other)
    for force in FORCES:
        assert np.array_equal(first[force], second[force])
    for name in covers:
        assert np.array_equal(covers[name], covered[name]), name


def test_cooperation_is_worth_something_and_only_where_other_agencies_count() -> None:
    army = (
        "response.attached=[{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red,"
        " request_delay: 20}]"
    )
    joint = (army, "+strategy.command={rule: joint_command}")
    separate = (army, "+strategy.command={rule: separate, desks: 1, handling: {mean_minutes: 5, cv: 0.5}}")
    for better, worse, minutes in ((joint, (army,), 20.0), ((army,), separate, 5.0)):
        sooner = never_worse(better, worse)
        assert [force for force, is_sooner in sooner.items() if is_sooner] == [Force.RED]
        (_, early, _), (_, late, _) = played(*better), played(*worse)
        gain = (late[Force.RED] - early[Force.RED])[np.isfinite(late[Force.RED])]
        assert gain.max() == pytest.approx(minutes) and gain.min() >= 0
