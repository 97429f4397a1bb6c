"""What the boxes' way home promises on whole days: officers make it safer, and nobody's boxes are later for them."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.day import draw_day, simulate_day
from sim.day.world import World, prepare
from sim.log import DayLog
from sim.vocabulary import EscortRule
from tests.conftest import QUIET, small_scenario

GONE = ("strategy.patrols=[]", "strategy.reserves=[]", "response.sector_patrol_size=0")
NO_GUARDS = tuple(f"strategy.guards.{c}={{police: 0, stations: 4, wardens: 8}}" for c in ("very_high", "high", "low"))
PAIRS = tuple(f"strategy.guards.{c}={{police: 2, stations: 4, wardens: 8}}" for c in ("very_high", "high", "low"))
ROADS = 'closures=[{between: [T2.1, T3.1], closed_at: "14:10", reopened_at: "17:30"}]'
"""Closed when the first boxes are on their way; no district is cut off whole from its own office."""


def settings(*overrides: str) -> Scenario:
    return small_scenario(*QUIET, "run.check=true", "region.forces.police=400", *overrides)


def teams(number: int) -> str:
    return f"strategy.reserves=[{{base: POLRES, teams: {number}, size: 4, vehicle: car}}]" if number else GONE[1]


@cache
def world(
    rule: str,
    reserves: int,
    guards: bool = True,
    wait: float = 0.0,
    roads: str = ROADS,
    dark: float = 0.7,
    gather: float | None = None,
) -> World:
    people = PAIRS if guards else NO_GUARDS
    night = ",".join(f"{c}: {dark}" for c in ("town", "trunk", "secondary", "hill", "local"))
    gathers = () if gather is None else (f"response.escort.gather_minutes={gather}",)
    return prepare(settings(
        f"response.night.speed_factor={{{night}}}", *people, GONE[0], GONE[2], teams(reserves), f"strategy.escort={rule}",
        f"response.escort.wait_minutes={wait}", *gathers, roads,
    ))  # fmt: skip


@cache
def days(world: World, count: int) -> list[DayLog]:
    return [simulate_day(world, "even_spread", day) for day in range(count)]


def column(logs: list[DayLog], name: str) -> np.ndarray:
    return np.concatenate([log.tables["stations"][name] for log in logs])


@pytest.mark.parametrize("count", [8, pytest.param(100, marks=pytest.mark.slow)])
@pytest.mark.parametrize("rule", list(EscortRule))
def test_officers_bring_no_box_home_later_than_nobody_does(rule: EscortRule, count: int) -> None:
    """Pairs of days with the same counts and the same closed road, station by station, with the packaged settings."""
    many, none = days(world(rule, 6), count), days(world("crew_and_warden", 0, guards=False), count)
    assert np.array_equal(column(many, "counted"), column(none, "counted"), equal_nan=True)
    later = column(many, "boxes_home") - column(none, "boxes_home")
    assert np.isfinite(later).mean() > 0.9
    assert np.nanmax(np.abs(later)) < 1e-6, "nor sooner: they go with the boxes, they do not carry them"
    assert np.array_equal(np.isnan(column(many, "boxes_home")), np.isnan(column(none, "boxes_home")))
    assert np.all(column(many, "unescorted_minutes") <= column(none, "unescorted_minutes") + 1e-6)
    assert np.all(column(none, "escorted") == 0)
    whole = np.isfinite(
        column(none, "boxes_home") - column(none, "counted")
    )  # the others were given up, or not counted
    alone = column(none, "boxes_home") - column(none, "counted")
    assert whole.mean() > 0.9 and np.allclose(column(none, "unescorted_minutes")[whole], alone[whole])
    if rule is not EscortRule.CREW_AND_WARDEN:
        together = days(world(rule, 6, gather=240.0), count)
        assert column(together, "escorted").mean() > 0.2 and column(many, "escorted").mean() > 0.1
        for which in (many, together):
            assert column(which, "unescorted_minutes").sum() < 0.9 * column(none, "unescorted_minutes").sum()
    else:
        assert np.all(column(many, "escorted") == 0)


@pytest.mark.parametrize("rule", [rule for rule in EscortRule if rule is not EscortRule.CREW_AND_WARDEN])
def test_boxes_that_wait_with_officers_for_others_are_later_by_no_more_and_safer(rule: EscortRule) -> None:
    """In daylight all along and with all roads open: who sets out later is slowed by the dark besides."""
    clear = {"roads": "closures=[]", "dark": 1.0}
    none = days(world("crew_and_warden", 0, guards=False, **clear), 8)
    at_once, waits, long = (days(world(rule, 6, gather=gather, **clear), 8) for gather in (0.0, 30.0, 120.0))
    later = column(waits, "boxes_home") - column(none, "boxes_home")
    assert np.nanmin(later) > -1e-6 and 5.0 < np.nanmax(later) <= 30.0 + 1e-6
    assert (later < 1e-6).mean() > 0.5, "nobody waits without officers, and the last of a village for nobody"
    assert np.all(column(waits, "unescorted_minutes") <= column(none, "unescorted_minutes") + 1e-6)
    for name, better in (("escorted", 1), ("unescorted_minutes", -1), ("boxes_home", 1)):
        means = [better * np.nanmean(column(which, name)) for which in (at_once, waits, long)]
        assert means == sorted(means) and means[0] != means[-1], name


@pytest.mark.parametrize("rule", [EscortRule.RESERVE_ESCORTS, EscortRule.CONVOY_BY_DISTRICT])
def test_more_officers_never_lower_the_share_escorted(rule: EscortRule) -> None:
    share = [column(days(world(rule, n, guards=False), 8), "escorted").mean() for n in (0, 1, 2, 4, 8)]
    assert share[0] == 0.0 and share[1] > 0.0
    assert share == sorted(share)


def test_posts_of_fewer_stations_escort_more_boxes() -> None:
    def with_posts(stations: int) -> float:
        guards = [
            f"strategy.guards.{c}={{police: 2, stations: {stations}, wardens: 0}}" for c in ("very_high", "high", "low")
        ]
        made = prepare(settings(*guards, *GONE))
        return float(column(days(made, 5), "escorted").mean())

    shares = [with_posts(stations) for stations in (16, 8, 4, 2)]
    assert shares == sorted(shares) and shares[0] < shares[-1]


def test_boxes_wait_for_officers_no_longer_than_they_are_told() -> None:
    """In daylight all along: who sets out later is slowed by the dark besides."""
    none = days(world("reserve_escorts", 0, guards=False, roads="closures=[]", dark=1.0), 8)
    waits = days(world("reserve_escorts", 3, guards=False, wait=20.0, roads="closures=[]", dark=1.0), 8)
    at_once = days(world("reserve_escorts", 3, guards=False, roads="closures=[]", dark=1.0), 8)
    later = column(waits, "boxes_home") - column(none, "boxes_home")
    assert np.nanmin(later) > -1e-6 and 5.0 < np.nanmax(later) <= 20.0 + 1e-6
    assert column(waits, "escorted").mean() > column(at_once, "escorted").mean(), "which is what it is for"


def test_disturbances_take_the_officers_and_not_the_boxes_time() -> None:
    """On disturbed days of the real regency counts differ with who was free; where they do not, boxes do not either."""
    scenario = load("riot_kecamatan3", ["strategy=forward_reserve,minimum_pattern", "run.check=true"])
    made = prepare(scenario)
    for number in range(2):
        draws = draw_day(made, number)
        for name, plan in made.responses.items():
            with_officers = simulate_day(made, name, number, draws).tables["stations"]
            alone = dataclasses.replace(plan, boxes=dataclasses.replace(plan.boxes, parties=plan.boxes.alone))
            bare = dataclasses.replace(made, responses={name: alone})
            without = simulate_day(bare, name, number, draws).tables["stations"]
            same = with_officers["boxes_left"] == without["boxes_left"]
            assert same.mean() > 0.8
            assert np.nanmax(with_officers["boxes_home"][same] - without["boxes_home"][same]) < 1e-6
            assert with_officers["escorted"].mean() > 0.05 and not without["escorted"].any()


def test_a_strategy_that_can_escort_nobody_says_so_before_the_run() -> None:
    made = world("reserve_escorts", 0, guards=False)
    (remark,) = [text for text in made.remarks if "escort" in text]
    assert "strategy 'even_spread': escort: reserve_escorts" in remark and "no patrol and no reserve" in remark
    assert not [text for text in world("reserve_escorts", 1, guards=False).remarks if "escort" in text]
