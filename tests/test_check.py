"""The accounts notice every kind of false entry in a log that was right before."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import pytest

from sim.check import AccountsError, check_day
from sim.day import simulate_day
from sim.log import DayLog
from sim.world import World, prepare
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
    t = log.tables["dispatches"]
    i = int(np.flatnonzero(t["outcome"] == "arrived")[0])
    t["arrived"][i] = t["departed"][i] + t["shortest_minutes"][i] - 0.01


def end_in_no_way(log: DayLog) -> None:
    log.tables["dispatches"]["outcome"][0] = "vanished"


def report_before_onset(log: DayLog) -> None:
    log.tables["incidents"]["reported"][0] = log.tables["incidents"]["onset"][0] - 1


def cover_too_many(log: DayLog) -> None:
    log.tables["coverage"]["voters_covered"][0] = log.tables["coverage"]["voters_covered_any"][0] + 1


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
        cover_too_many,
    ],
)
def test_a_false_entry_is_noticed(played: tuple[DayLog, World], spoil: Callable[[DayLog], None]) -> None:
    log, world = played
    spoiled = copy.deepcopy(log)
    spoil(spoiled)
    with pytest.raises(AccountsError):
        check_day(spoiled, world)
