"""Slow pressure, those who never tell of it, and supporters on closed roads: what they do to whole days."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.log import DayLog
from tests.behaviour.moves import ALONE, NO_FOLLOWERS, QUIET, measured

DAYS = 8
PRESSED = (
    *QUIET,
    "response.reporting.false_reports.per_hour=0",
    'incidents=[{kind: intimidation, onset: "07:30", place: Kota Padang}]',
    "kinds.intimidation.course.duration={mean_minutes: 300, cv: 0}",
    "kinds.intimidation.course.resolve={mean_minutes: 300, cv: 0}",
)


@cache
def played(*overrides: str, scenario: str = "calm_day") -> tuple[DayLog, ...]:
    world = prepare(load(scenario, ["strategy=central_reserve", *overrides]))
    return tuple(simulate_day(world, "central_reserve", day) for day in range(DAYS))


def lost(logs: tuple[DayLog, ...]) -> float:
    return float(np.mean([(t["calm_voted"] - t["voted"] - t["deferred"]).sum() for t in _tables(logs, "stations")]))


def _tables(logs: tuple[DayLog, ...], name: str):  # type: ignore[no-untyped-def]
    return [log.tables[name] for log in logs]


def test_the_longer_the_lag_until_voters_come_again_the_more_votes_are_lost() -> None:
    def with_lag(minutes: float) -> float:
        told = ("kinds.intimidation.telling.share=1", "kinds.intimidation.telling.hesitation={mean_minutes: 0}")
        return lost(played(*PRESSED, *told, f"kinds.intimidation.course.restore={{mean_minutes: {minutes}, cv: 0}}"))

    found = [with_lag(minutes) for minutes in (0, 60, 240)]
    assert found[0] < 0.8 * found[1] and found[1] < 0.9 * found[2], found


def test_what_fewer_tell_of_costs_more_votes_and_what_nobody_tells_of_is_never_reported() -> None:
    def told(share: float) -> tuple[DayLog, ...]:
        return played(*PRESSED, *ALONE, f"kinds.intimidation.telling.share={share}")

    everybody, nobody = told(1.0), told(0.0)
    assert lost(everybody) < 0.9 * lost(nobody)
    assert all(np.isnan(t["reported"]).all() for t in _tables(nobody, "incidents"))
    assert all(t["untold"].sum() == 1 for t in _tables(nobody, "stations"))
    assert all(not np.isnan(t["reported"]).any() for t in _tables(everybody, "incidents"))
    assert all(t["untold"].sum() == 0 for t in _tables(everybody, "stations"))
    for log in nobody:  # and what was lost there is lost at that station
        stations = log.tables["stations"]
        here = stations["untold"] > 0
        assert (stations["calm_voted"] - stations["voted"])[here].sum() > 0


def test_the_fewer_tell_of_it_the_later_officers_come_and_the_more_votes_are_lost() -> None:
    many = ", ".join(
        f'{{kind: intimidation, onset: "0{hour}:30", place: "{place}"}}'
        for hour in (7, 8)
        for place in ("Kota Padang", "Curup", "Binduriang", "Selupu Rejang", "Curup Utara")
    )
    arms = tuple(
        (str(share), (*PRESSED, f"incidents=[{many}]", f"kinds.intimidation.telling.share={share}"))
        for share in (1.0, 0.5, 0.0)
    )
    found = measured(arms, "central_reserve", DAYS, scripted=True)
    assert found.loc["untold_per_day"].is_monotonic_increasing and found.loc["untold_per_day", "0.0"] > 1
    assert found.loc["within_standard"].is_monotonic_decreasing
    for worse in (
        "response_median",
        "arrival_median",
        "driven_median",
        "unanswered",
        "votes_lost_untold",
        "votes_lost_to_disturbances",
    ):
        assert found.loc[worse].is_monotonic_increasing, found.loc[worse]
        assert found.loc[worse, "0.0"] > 1.1 * found.loc[worse, "1.0"], found.loc[worse]


def test_who_hesitates_longer_is_answered_later() -> None:
    def arrival(minutes: float) -> float:
        telling = f"kinds.intimidation.telling={{share: 1, hesitation: {{mean_minutes: {minutes}, cv: 0}}}}"
        return float(
            np.mean([t["first_on_scene"] - t["onset"] for t in _tables(played(*PRESSED, *ALONE, telling), "incidents")])
        )

    assert arrival(0) + 30 == pytest.approx(arrival(30), abs=5)


def test_a_post_that_stands_there_knows_what_nobody_tells_of() -> None:
    everywhere = "strategy.guards={rule: pattern, very_high: X, high: X, low: X}".replace(
        "X", "{police: 2, stations: 1, wardens: 2}"
    )
    logs = played(*PRESSED, everywhere, "region.forces.police=3000", "kinds.intimidation.telling.share=0")
    assert all(not np.isnan(t["reported"]).any() for t in _tables(logs, "incidents"))
    assert lost(logs) < 0.5 * lost(played(*PRESSED, *ALONE, "kinds.intimidation.telling.share=0"))


def test_closed_roads_keep_supporters_out_of_a_riot_that_nobody_hinders() -> None:
    alone = (*QUIET, *NO_FOLLOWERS, *ALONE, "strategy.reserves=[]", "response.sector_patrol_size=0")
    alone += ("kinds.riot.course.supporters=400", "kinds.riot.course.supporters_per_minute=3")
    roads = load("calm_day", ["strategy=central_reserve"])
    world = prepare(roads)
    node = world.gazetteer.find("Sindang Jaya", "place").node
    pairs = [world.gazetteer.road_place(road) for road in range(len(world.region.roads.u))]
    here = [road for road in pairs if node in road.ends]
    shut = ", ".join(
        "{between: [" + ", ".join(f'"{world.region.nodes[end].code}"' for end in road.ends) + '], closed_at: "07:30"}'
        for road in here
    )

    def peak(*more: str) -> float:
        logs = played(*alone, *more, scenario="riot_kecamatan3")
        return float(np.mean([t["peak_active"].max() for t in _tables(logs, "incidents")]))

    assert peak(f"closures=[{shut}]") < 0.75 * peak()
    never_comes = peak("kinds.riot.course.supporters=0")
    assert peak(f"closures=[{shut}]") == pytest.approx(never_comes, rel=0.15)
