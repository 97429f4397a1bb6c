"""Voters and disturbances act on each other: who is really there, who stays away, and the way home of the boxes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.day import draw_day, simulate_day
from sim.day.world import World, prepare
from sim.disturbance.plan import noticing
from sim.voting.engine import run_stations
from sim.voting.rules import rules_of
from sim.voting.trouble import calm_conditions
from tests.conftest import small_scenario

QUIET = (
    "disturbance.background.rate_per_station_hour=0",
    "disturbance.spread.followers=0",
    "voting.trouble.out_of_use.share=0",
    "voting.turnout_share=0.9",
)
RIOT = "kinds.riot.course."
AT = "kinds.riot.severities."
JOINS_AT_ONCE = (
    *(f"{RIOT}{key}" for key in (
        "join_per_minute=500", "calm_per_minute=0.0001", "disperse_per_minute=0", "deterrence=0", "bystander_share=0.5",
        "onlookers=0", "neighbours=null", "supporters=0",
    )),
    *(f"{AT}{severity}.effects=[]" for severity in ("green", "yellow", "red")),
)  # fmt: skip


def riot_at(clock: str, starters: int = 20) -> str:
    return f'incidents=[{{kind: riot, onset: "{clock}", place: district 1, starters: {starters}, followers: 0}}]'


def one_day(*overrides: str, day: int = 0) -> tuple[World, dict[str, Any]]:
    world = prepare(small_scenario(*QUIET, *overrides))
    return world, simulate_day(world, "even_spread", day).tables


def where(world: World, log: dict[str, Any]) -> int:
    """The station of the one disturbance."""
    (code,) = log["incidents"]["place"]
    return world.region.stations.code.index(code)


def there(world: World, station: int, time: float, day: int = 0) -> int:
    """People in line and inside at a moment of a day on which nothing has happened to the station before."""
    draws, voting = draw_day(world, day), world.scenario.voting
    calm = calm_conditions(voting, np.zeros(len(world.region.stations)), draws.troubles)
    look = run_stations(draws.voters, rules_of(voting), calm, None, time)
    return int(look.in_line[station] + look.in_room[station])


@pytest.mark.parametrize(("clock", "time"), [("07:05", 425.0), ("09:10", 550.0), ("12:40", 760.0)])
@pytest.mark.parametrize("day", range(3))
def test_those_who_can_be_drawn_in_are_half_of_those_who_are_there_at_that_moment(
    clock: str, time: float, day: int
) -> None:
    """Contagion so fast that every bystander joins, and a share of bystanders of one half."""
    world, log = one_day(*JOINS_AT_ONCE, riot_at(clock), day=day)
    station, (joined,) = where(world, log), log["incidents"]["joined"]
    assert joined == round(0.5 * there(world, station, time, day))


def test_a_full_station_gives_a_larger_crowd_than_an_empty_one() -> None:
    joined = {
        clock: sum(one_day(*JOINS_AT_ONCE, riot_at(clock), day=d)[1]["incidents"]["joined"][0] for d in range(4))
        for clock in ("07:05", "12:40")
    }
    assert joined["07:05"] > 2 * joined["12:40"]


def test_while_votes_are_counted_the_spectators_are_the_crowd() -> None:
    for spectators in (0, 60):
        _, log = one_day(*JOINS_AT_ONCE, riot_at("14:00"), f"voting.counting.spectators={spectators}")
        assert log["incidents"]["joined"].tolist() == [spectators / 2]


def test_an_evacuation_brings_out_who_is_there_at_that_moment() -> None:
    at_once = "evacuation.site.decision.chair={mean_minutes: 0, cv: 0}"
    world, log = one_day(riot_at("07:10"), f"{AT}yellow.effects=[{{effect: evacuate}}]", at_once)
    station = where(world, log)
    people = there(world, station, 430.0)
    assert log["evacuations"]["people"].tolist() == [people + world.scenario.evacuation.site.crew]
    assert log["evacuations"]["ordered"].tolist() == [430.0]
    assert people > 5
    assert log["stations"]["evacuations"][station] == 1
    assert log["stations"]["lost_evacuated"][station] > 0
    assert log["stations"]["lost_evacuated"].sum() == log["stations"]["lost_evacuated"][station]


def test_a_disturbance_keeps_voters_away_around_it_and_only_while_it_lasts() -> None:
    never_back = ("voting.absence.deterred_return_share=0", "disturbance.deterred_reach_km=4")
    share: dict[str, list[float]] = {"here": [], "same village": [], "farther": []}
    for day in range(4):
        world, log = one_day(riot_at("08:00"), *never_back, day=day)
        station = where(world, log)
        lost, due = log["stations"]["lost_deterred"], log["stations"]["due"]
        near, felt = noticing(world.disturbances, world.gazetteer.station_place(station))
        assert lost[station] > 0
        assert lost.sum() == lost[station] + lost[near].sum()
        parts = {"here": np.array([station]), "same village": near[felt == 1.0], "farther": near[felt < 1.0]}
        for name, stations in parts.items():
            share[name].append(lost[stations].sum() / due[stations].sum())
    assert min(share["farther"]) > 0
    # Who is due in the same village feels all of it: only with distance are there fewer who stay away.
    assert np.mean(share["farther"]) < 0.7 * min(np.mean(share["here"]), np.mean(share["same village"]))
    _, shorter = one_day(riot_at("08:00"), *never_back, f"{RIOT}calm_per_minute=5", day=3)
    assert shorter["incidents"]["ended"][0] < log["incidents"]["ended"][0]
    assert 0 <= shorter["stations"]["lost_deterred"].sum() < lost.sum()
    _, after = one_day(riot_at("13:30"), *never_back)
    assert after["stations"]["lost_deterred"].sum() == 0


def test_a_station_that_stood_still_loses_fewer_votes_where_hours_are_extended() -> None:
    late = (riot_at("11:40", 60), f"{AT}green.effects=[{{effect: suspend}}]", f"{AT}yellow.effects=[{{effect: suspend}}]",
            f"{AT}red.effects=[{{effect: suspend}}]")  # fmt: skip
    lost = {}
    for extended in ("false", "true"):
        world = prepare(small_scenario(*QUIET, *late, f"voting.extension.after_interruption={extended}"))
        tables = [simulate_day(world, "even_spread", day).tables["stations"] for day in range(6)]
        lost[extended] = sum(int((t["calm_voted"] - t["voted"]).sum()) for t in tables)
    assert lost["true"] < 0.8 * lost["false"]


def test_the_more_votes_the_later_they_are_counted_and_boxes_go_home_after_that() -> None:
    _, quick = one_day()
    _, slow = one_day("voting.counting.minutes_per_voter=1.2")
    for log in (quick, slow):
        stations = log["stations"]
        home = np.isfinite(stations["boxes_home"])
        assert home.mean() > 0.7, "the rest are on their way when the simulated day ends"
        assert np.all(stations["boxes_home"][home] > stations["counted"][home])
        assert np.all(stations["counted"] > stations["last_voted"])
    assert np.all(slow["stations"]["counted"] > quick["stations"]["counted"])
    work = slow["stations"]["counted"] - np.maximum(slow["stations"]["last_voted"], 780.0)
    assert np.corrcoef(slow["stations"]["voted"], work)[0, 1] > 0.5


def test_boxes_travel_with_the_pairs_of_their_own_posts() -> None:
    world, log = one_day()
    plan = world.response("even_spread")
    escorted = log["stations"]["escorted"] == 1
    assert escorted.any()
    assert not (escorted & (world.deployments["even_spread"].post_of_station < 0)).any()
    boxes = log["tasks"]["purpose"] == "boxes"
    names = {plan.deployment.units[i].name for party in plan.boxes.parties for i in party.escorts}
    assert set(log["tasks"]["unit"][boxes]) <= names
    notice = world.scenario.response.escort.notice_minutes
    assert log["tasks"]["ordered"][boxes].min() >= np.nanmin(log["stations"]["boxes_left"]) - notice
