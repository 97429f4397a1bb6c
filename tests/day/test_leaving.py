"""Dangerous stations are left by whoever is in charge, past the crowd; later or earlier as the plan has it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from sim.day import prepare, simulate_day
from sim.experiment.frames import frames
from tests.conftest import QUIET, small_scenario

DAYS = 6
RIOT = (
    *QUIET,
    "incidents=[{kind: riot, onset: '09:00', place: kecamatan 1, starters: 45, followers: 0}]",
    "strategy.reserves=[{base: POLRES, teams: 1, size: 12, vehicle: truck}]",
)
BOMB = (*QUIET, "incidents=[{kind: bomb_threat, onset: '09:00', place: kecamatan 1}]")
NEVER_HEARD = (
    "response.reporting.by_phone={mean_minutes: 500, cv: 0}", "response.reporting.guarded={mean_minutes: 500, cv: 0}",
    "response.reporting.no_signal={mean_minutes: 500, cv: 0}",
)  # fmt: skip


@cache
def played(*overrides: str) -> dict[str, pd.DataFrame]:
    """Return the tables of some days, and of stations only those that had to be left."""
    world = prepare(small_scenario(*overrides))
    tables = frames([simulate_day(world, "even_spread", day) for day in range(DAYS)])
    assert len(tables["evacuations"]) >= DAYS - 1, "most days it must be left"
    return tables


def left(*overrides: str) -> pd.DataFrame:
    return played(*overrides)["evacuations"]


def rule(**settings: object) -> str:
    return f"+strategy.evacuation={{{', '.join(f'{name}: {value}' for name, value in settings.items())}}}"


def lost(*overrides: str) -> int:
    stations = played(*overrides)["stations"]
    return int((stations["calm_voted"] - stations["voted"]).sum())


def decision(who: str, minutes: float) -> str:
    return f"evacuation.site.decision.{who}={{mean_minutes: {minutes}, cv: 0}}"


def test_the_chair_orders_it_after_his_delay_and_people_are_exposed_the_longer_he_takes() -> None:
    soon, late = left(*RIOT, decision("chair", 1)), left(*RIOT, decision("chair", 9))
    assert (soon["ordered_by"] == "chair").all()
    assert (soon["ordered"] - soon["due"]).to_numpy() == pytest.approx(1.0)
    assert (late["ordered"] - late["due"]).dropna().to_numpy() == pytest.approx(9.0)
    assert late["exposed_minutes"].sum() > 1.5 * soon["exposed_minutes"].sum()


def test_the_first_officer_orders_it_once_there_is_one() -> None:
    tables = played(*RIOT, rule(decides="first_officer"), decision("first_officer", 2), "strategy.guards.low.police=0")
    both = tables["evacuations"].merge(
        tables["incidents"], on=["strategy", "replication", "incident"], suffixes=("", "_first")
    )
    by_officer = both[both["ordered_by"] == "first_officer"]
    assert len(by_officer)
    since = np.maximum(by_officer["due"], by_officer["first_on_scene"])
    assert (by_officer["ordered"] - since).to_numpy() == pytest.approx(2.0)


def test_the_centre_orders_it_once_it_knows_and_the_chair_when_it_never_does() -> None:
    tables = played(*RIOT, rule(decides="posko"), decision("posko", 2))
    both = tables["evacuations"].merge(
        tables["incidents"], on=["strategy", "replication", "incident"], suffixes=("", "_first")
    )
    by_posko = both[both["ordered_by"] == "posko"]
    assert len(by_posko) and (by_posko["ordered"] >= by_posko["handled"] + 2.0 - 1e-9).all()
    deaf = left(*RIOT, *NEVER_HEARD, rule(decides="posko"), "evacuation.site.decision.patience_minutes=7")
    ordered = deaf[deaf["ordered"].notna()]
    assert len(ordered) and (ordered["ordered_by"] == "chair").all()
    assert (ordered["ordered"] - ordered["due"]).to_numpy() == pytest.approx(7.0)


def test_the_slower_the_news_the_later_the_centre_orders_it_though_it_knew_of_something_milder() -> None:
    waits = (
        *QUIET,
        "incidents=[{kind: riot, onset: '09:00', place: kecamatan 1, starters: 20, followers: 0}]",
        "kinds.riot.severities.red.from_active=23",
        "strategy.guards={very_high: {police: 0}, high: {police: 0}, low: {police: 0}}",
        rule(decides="posko"),
        "evacuation.site.decision.patience_minutes=500",
        decision("posko", 0),
    )
    told = [
        left(
            *waits, "response.reporting.too_mild=0", f"response.reporting.by_phone={{mean_minutes: {minutes}, cv: 0}}",
            f"response.reporting.guarded={{mean_minutes: {minutes}, cv: 0}}",
        )
        for minutes in (1, 15)
    ]  # fmt: skip
    soon, late = (float((t["ordered"] - t["due"]).fillna(500.0).median()) for t in told)
    assert soon < 6.0 and late > soon + 5.0
    assert told[1]["exposed_minutes"].sum() > 1.5 * told[0]["exposed_minutes"].sum()


def test_where_no_telephone_works_and_no_officer_stands_a_messenger_takes_the_order() -> None:
    nobody = ("strategy.guards={very_high: {police: 0}, high: {police: 0}, low: {police: 0}}", "strategy.reserves=[]")
    posko = (*RIOT, *nobody, "response.sector_patrol_size=0", "response.attached=[]", rule(decides="posko"))
    silent = (*posko, "response.reporting.no_signal={mean_minutes: 3, cv: 0}")
    outage = "kinds.riot.severities.{}.effects=[{{effect: take_signal}}, {{effect: {}}}]"
    silent = (
        *silent,
        outage.format("yellow", "suspend"),
        outage.format("red", "evacuate"),
        "kinds.riot.severities.green.effects=[{effect: take_signal}]",
    )
    patient = "evacuation.site.decision.patience_minutes=500"
    near, far = (
        left(*silent, patient, f"evacuation.site.decision.no_signal={{mean_minutes: {m}, cv: 0}}") for m in (5, 25)
    )
    both = near.merge(far, on=["strategy", "replication", "incident", "station", "due"])
    later = (both["ordered_y"] - both["ordered_x"]).to_numpy()
    assert (both["ordered_by_x"] == "posko").all() and (both["ordered_by_y"] == "posko").all()
    told_by_messenger = later[later > 0.0]  # elsewhere an officer with a radio stood there before the centre knew
    assert len(told_by_messenger) >= 3 and told_by_messenger == pytest.approx(20.0)


def test_who_waits_for_an_escort_goes_with_enough_officers_or_when_patience_is_over() -> None:
    many = left(
        *RIOT, rule(manner="wait_for_escort", escort_officers=500), "evacuation.site.decision.patience_minutes=9"
    )
    ordered = many[many["ordered"].notna()]
    assert (ordered["ordered"] - ordered["due"]).to_numpy() == pytest.approx(9.0), "so many never come"
    few = left(*RIOT, rule(manner="wait_for_escort", escort_officers=1))
    assert few["exposed_minutes"].sum() < many["exposed_minutes"].sum()


def test_where_voting_is_over_nobody_waits_for_the_order_any_more() -> None:
    tables = played(
        *RIOT[:-2], "incidents=[{kind: riot, onset: '09:00', place: kecamatan 1, starters: 29, followers: 0}]", RIOT[-1],
        "kinds.riot.severities.yellow.effects=[{effect: evacuate}]",
        "kinds.riot.severities.red.effects=[{effect: end_voting}]",
        "evacuation.site.decision.patience_minutes=400", decision("chair", 300),
    )  # fmt: skip
    both = tables["evacuations"].merge(
        tables["incidents"], on=["strategy", "replication", "incident"], suffixes=("", "_first")
    )
    red = both[both["red"].notna()]
    assert len(red) >= 2 and (red["due"] < red["red"]).all()
    assert red["ordered"].to_numpy() == pytest.approx(red["red"].to_numpy())
    assert (red["cleared"] - red["ordered"]).between(1.0, 20.0).all()


def test_who_is_held_inside_is_exposed_longer_and_fewer_votes_are_lost() -> None:
    held, sent = left(*RIOT, rule(manner="hold_inside")), left(*RIOT)
    assert held["ordered"].isna().all() and (held["ordered_by"] == "").all()
    assert held["exposed_minutes"].sum() > 1.5 * sent["exposed_minutes"].sum()
    assert lost(*RIOT, rule(manner="hold_inside")) < lost(*RIOT)


def test_a_bomb_threat_is_left_at_once_whatever_is_done_before_a_crowd() -> None:
    for manner in ("hold_inside", "wait_for_escort"):
        pd.testing.assert_frame_equal(left(*BOMB, rule(manner=manner)), left(*BOMB))


def clearance(*overrides: str) -> float:
    table = left(*overrides)
    return float((table["cleared"] - table["ordered"]).mean())


def test_a_crowd_before_the_exits_holds_people_up_and_officers_open_them() -> None:
    free = clearance(*RIOT, "evacuation.site.hindrance.half_shut_by=1000000")
    shut = clearance(*RIOT, "evacuation.site.hindrance.half_shut_by=2", "evacuation.site.hindrance.held_per_officer=0")
    opened = clearance(
        *RIOT, "evacuation.site.hindrance.half_shut_by=2", "evacuation.site.hindrance.held_per_officer=1000"
    )
    assert shut > 1.2 * free
    assert opened == pytest.approx(free, abs=0.01)


def test_another_layout_is_left_in_another_time() -> None:
    times = {clearance(*RIOT, f"evacuation.site.layout={name}") for name in ("school_room", "tent", "office")}
    assert len(times) == 3


EVERYBODY = "voters_inside: 1, voters_in_line: 1, crew: 1, officers: 1, spectators: 1"


def one_door(width_m: float) -> tuple[str, str]:
    """Return a layout of one's own: a room with one door, before which the crowd stands."""
    door = f"{{kind: door, from_space: room, width_m: {width_m}, length_m: 5, to_assembly_m: 50, faces_crowd: true}}"
    room = f"{{kind: room, area_m2: 80, people: {{{EVERYBODY}}}}}"
    mine = f"{{title: One door, spaces: {{room: {room}}}, exits: {{door: {door}}}}}"
    return f"evacuation.site.layouts={{mine: {mine}}}", "evacuation.site.layout=mine"


def test_a_layout_of_ones_own_is_left_the_later_the_narrower_its_only_door() -> None:
    wide, narrow = left(*RIOT, *one_door(2.0)), left(*RIOT, *one_door(0.5))
    assert (narrow["least_minutes"] > wide["least_minutes"] + 0.3).all()
    assert (narrow["cleared"] - narrow["ordered"] > wide["cleared"] - wide["ordered"]).all()
    shut = "evacuation.site.hindrance.half_shut_by=2"
    held = clearance(*RIOT, *one_door(0.5), shut, "evacuation.site.hindrance.held_per_officer=0")
    opened = clearance(*RIOT, *one_door(0.5), shut, "evacuation.site.hindrance.held_per_officer=100")
    assert held > 1.5 * opened, "with one door the crowd before it decides"


@pytest.mark.parametrize("overrides", [RIOT, BOMB, (*RIOT, "evacuation.site.layout=office")])
def test_nobody_is_quicker_than_the_bound(overrides: tuple[str, ...]) -> None:
    table = left(*overrides)
    ordered = table[table["ordered"].notna()]
    assert (ordered["cleared"] - ordered["ordered"] >= ordered["least_minutes"] - 1e-9).all()
    assert (ordered["least_minutes"] > 0.5).all()
