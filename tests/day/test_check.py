"""The accounts notice every kind of false entry in a log that was right before."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import pytest

from sim.day import simulate_day
from sim.day.check import FATES, AccountsError, check_day, check_stations
from sim.day.world import World, prepare
from sim.log import NEVER, Columns, DayLog, StationDay, columns
from tests.conftest import small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 30, followers: 1}]'


@pytest.fixture(scope="module")
def played() -> tuple[DayLog, World]:
    world = prepare(small_scenario(RIOT))
    return simulate_day(world, "even_spread", 0), world


def add_a_voter(log: DayLog) -> None:
    log.tables["stations"]["voted"][0] += 1


def negative_loss(log: DayLog) -> None:
    log.tables["stations"]["lost_impatient"][0] -= 1
    log.tables["stations"]["voted"][0] += 1


def leave_a_gap(log: DayLog) -> None:
    log.tables["unit_states"]["end"][0] -= 1


def be_in_two_places(log: DayLog) -> None:
    log.tables["unit_states"]["start"][1] -= 1


def arrive_too_soon(log: DayLog) -> None:
    t = log.tables["tasks"]
    i = int(np.flatnonzero((t["outcome"] == "done") & (t["purpose"] == "incident"))[0])
    t["arrived"][i] = t["departed"][i] + t["shortest_minutes"][i] - 0.01


def end_in_no_way(log: DayLog) -> None:
    log.tables["tasks"]["outcome"][0] = "vanished"


def report_before_onset(log: DayLog) -> None:
    log.tables["incidents"]["reported"][0] = log.tables["incidents"]["onset"][0] - 1


def outgrow_both_sides(log: DayLog) -> None:
    t = log.tables["incidents"]
    t["peak_other"][0] = t["peak_active"][0] + 1


def cover_too_many(log: DayLog) -> None:
    log.tables["coverage"]["voters_covered"][0] = log.tables["coverage"]["voters_covered_any"][0] + 1


def be_later_at_best(log: DayLog) -> None:
    log.tables["bounds"]["best_late"][0] = log.tables["bounds"]["late"][0] + 1


def forget_a_late_one(log: DayLog) -> None:
    log.tables["incidents"]["first_on_scene"][:] = NEVER
    log.tables["bounds"]["late"][0] = 0


ORDINARY = StationDay(
    station=4, district=0, due=115, voted=100, lost_deterred=1, lost_balked=2, lost_impatient=3, lost_unsupplied=4,
    lost_evacuated=5, deferred=0, in_line=0, wait_sum=500.0, waited_over_30=10, priority_voted=20,
    priority_wait_sum=60.0, opened=420.0, closed=780.0, last_voted=790.0, suspended_minutes=10.0, evacuations=1,
    abandoned=0, untold=0, calm_voted=110, calm_deferred=0, calm_wait_sum=400.0, calm_waited_over_30=5, calm_last_voted=785.0, counted=1000.0,
    boxes_left=1005.0, boxes_home=1060.0, escorted=1, unescorted_minutes=5.0, held_minutes=3.0,
)  # fmt: skip
LATE = ORDINARY._replace(
    station=7, opened=480.0, closed=800.0, counted=NEVER, boxes_left=NEVER, boxes_home=NEVER, escorted=0
)
EMPTY = StationDay(*[0] * len(StationDay._fields))._replace(
    station=8,
    due=6,
    lost_deterred=6,
    opened=420.0,
    closed=780.0,
    last_voted=NEVER,
    counted=900.0,
    boxes_left=905.0,
    boxes_home=950.0,
    unescorted_minutes=50.0,
)
GIVEN_UP = ORDINARY._replace(
    station=9, lost_evacuated=0, deferred=5, abandoned=1, counted=NEVER, boxes_left=790.0, boxes_home=800.0
)
NOT_SERVED = ORDINARY._replace(
    station=11, lost_evacuated=0, in_line=5, counted=NEVER, boxes_left=NEVER, boxes_home=NEVER, escorted=0
)


def stations_with(**wrong: float) -> Columns:
    """Stations whose second one has some columns changed."""
    return columns("stations", [EMPTY, ORDINARY._replace(**wrong), LATE, GIVEN_UP, NOT_SERVED])


def test_true_stations_pass() -> None:
    check_stations(stations_with())
    check_stations(columns("stations", []))


@pytest.mark.parametrize("fate", FATES)
def test_every_fate_is_counted_and_never_negative(fate: str) -> None:
    had = getattr(ORDINARY, fate)
    with pytest.raises(AccountsError, match=r"voters: at station \[4\] \[115\] were due, \[116\] found"):
        check_stations(stations_with(**{fate: had + 1}))
    with pytest.raises(AccountsError, match=rf"voters: {fate} is negative at station \[4\]"):
        check_stations(stations_with(**{fate: -1, "due": ORDINARY.due - had - 1}))


@pytest.mark.parametrize(
    ("wrong", "account"),
    [
        ({"wait_sum": -1.0}, "wait_sum is negative"),
        ({"waited_over_30": -1}, "waited_over_30 is negative"),
        ({"waited_over_30": 101}, "more waited long than voted"),
        ({"priority_voted": -1}, "priority_voted is negative"),
        ({"priority_voted": 101}, "more went first than voted"),
        ({"priority_wait_sum": -0.5}, "priority_wait_sum is negative"),
        ({"priority_wait_sum": 500.1}, "those who went first waited longer than all"),
        ({"suspended_minutes": -1.0}, "suspended_minutes is negative"),
        ({"calm_voted": -1}, "calm_voted is negative"),
        ({"calm_deferred": -1}, "calm_deferred is negative"),
        ({"opened": 781.0}, "closed comes before opened"),
        ({"last_voted": 419.0}, "voting was over before it began"),
        ({"opened": NEVER}, "voting was over before it began"),
        ({"last_voted": NEVER}, "votes without a last one"),
        ({"counted": 789.0}, "counted comes before last_voted"),
        ({"boxes_left": 999.0}, "boxes_left comes before counted"),
        ({"boxes_home": 1004.0}, "boxes_home comes before boxes_left"),
        ({"counted": NEVER, "boxes_left": NEVER, "boxes_home": 780.0}, "boxes_home comes before last_voted"),
        ({"unescorted_minutes": -1.0}, "unescorted_minutes is negative"),
        ({"held_minutes": -1.0}, "held_minutes is negative"),
        ({"held_minutes": 60.1}, "boxes were held for longer than they were away"),
        ({"boxes_home": NEVER}, "escorted all the way without coming home"),
    ],
)
def test_a_false_entry_at_a_station_is_noticed(wrong: dict[str, float], account: str) -> None:
    with pytest.raises(AccountsError, match=account):
        check_stations(stations_with(**wrong))


def test_a_last_vote_without_votes_is_noticed() -> None:
    with pytest.raises(AccountsError, match=r"votes without a last one, or the reverse, at station \[8\]"):
        check_stations(columns("stations", [EMPTY._replace(last_voted=500.0)]))


def test_sums_of_waits_may_differ_by_rounding() -> None:
    check_stations(stations_with(priority_wait_sum=500.0 + 1e-9))


def test_a_true_log_passes(played: tuple[DayLog, World]) -> None:
    check_day(*played)


@pytest.mark.parametrize(
    "spoil",
    [
        add_a_voter,
        negative_loss,
        leave_a_gap,
        be_in_two_places,
        arrive_too_soon,
        end_in_no_way,
        report_before_onset,
        outgrow_both_sides,
        cover_too_many,
        be_later_at_best,
        forget_a_late_one,
    ],
)
def test_a_false_entry_is_noticed(played: tuple[DayLog, World], spoil: Callable[[DayLog], None]) -> None:
    log, world = played
    spoiled = copy.deepcopy(log)
    spoil(spoiled)
    with pytest.raises(AccountsError):
        check_day(spoiled, world)
