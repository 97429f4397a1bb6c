"""Branches: another course of the same day from a moment on; up to it, it is the day itself."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pytest

from sim.day import Day, draw_day
from sim.day.draws import DayDraws
from sim.day.world import World
from sim.log import DayLog
from tests.day.conftest import NAME, as_bytes

FORK = 640.0
ENDS = {"unit_states": "end", "tasks": "returned", "casualties": "in_care", "evacuations": "cleared"}
"""When the records of a table are complete; NaN: not on that day."""


def branch(world: World, number: int, fork: float = FORK) -> Day:
    return Day(world, NAME, 0, draw_day(world, 0, branch=number, fork=fork), branch=number, fork=fork)


def records(log: DayLog, table: str, before: float) -> list[tuple[object, ...]]:
    """The records of a table that were complete before a time, all their columns."""
    columns = log.tables[table]
    done = columns[ENDS[table]] < before
    rows = zip(*(column[done].tolist() for column in columns.values()), strict=True)
    return sorted(tuple("never" if value != value else value for value in row) for row in rows)


def started(log: DayLog, before: float) -> Iterable[tuple[str, str, str, float]]:
    t = log.tables["incidents"]
    return [row for row in zip(t["incident"], t["kind"], t["place"], t["onset"], strict=True) if row[3] < before]


def test_branch_zero_is_the_day(rich_world: World, whole: DayLog) -> None:
    assert as_bytes(branch(rich_world, 0).run()) == as_bytes(whole)
    draws = draw_day(rich_world, 0, branch=0, fork=500.0)
    assert as_bytes(Day(rich_world, NAME, 0, draws, branch=0, fork=500.0).run()) == as_bytes(whole)


@pytest.mark.parametrize("fork", [math.inf, 1799.0])
def test_a_fork_that_never_comes_or_comes_too_late_to_matter_leaves_the_day_as_it_was(
    rich_world: World, whole: DayLog, fork: float
) -> None:
    log = branch(rich_world, 1, fork).run()
    if math.isinf(fork):
        assert as_bytes(log) == as_bytes(whole)
    assert as_bytes(log, ["stations", "coverage"]) == as_bytes(whole, ["stations", "coverage"])


@pytest.mark.parametrize("fork", [600.0, FORK, 700.0])
def test_up_to_the_fork_a_branch_is_the_day_itself(rich_world: World, whole: DayLog, fork: float) -> None:
    log = branch(rich_world, 1, fork).run()
    for table in ENDS:
        assert records(log, table, fork) == records(whole, table, fork)
    assert len(records(log, "unit_states", fork)) > 0
    assert started(log, fork) == started(whole, fork)
    time = whole.tables["coverage"]["time"]
    for name, column in whole.tables["coverage"].items():
        assert np.array_equal(log.tables["coverage"][name][time < fork], column[time < fork])


def test_a_picture_before_the_fork_is_the_same_and_one_after_it_is_not(rich_world: World, rich_draws: DayDraws) -> None:
    day, other = Day(rich_world, NAME, 0, rich_draws), branch(rich_world, 1)
    for time in (430.0, 560.0, FORK):
        day.until(time)
        other.until(time)
        assert day.picture() == other.picture()
    day.until(720.0)
    other.until(720.0)
    assert day.picture() != other.picture()


def test_after_the_fork_voters_disturbances_and_the_response_differ(rich_world: World, whole: DayLog) -> None:
    log = branch(rich_world, 1).run()
    assert started(log, math.inf) != started(whole, math.inf)
    assert not np.array_equal(log.tables["stations"]["voted"], whole.tables["stations"]["voted"])
    for table in ("unit_states", "tasks"):
        assert records(log, table, math.inf) != records(whole, table, math.inf)


def test_what_goes_on_at_the_fork_may_end_otherwise(rich_world: World) -> None:
    """The riot is there at the fork in every branch; from then on it goes its own way in each."""
    ends = set()
    for number in range(5):
        t = branch(rich_world, number, 618.0).run().tables["incidents"]
        (riot,) = np.flatnonzero(t["incident"] == "s0")
        ends.add(float(t["ended"][riot]))
        assert t["onset"][riot] == 615.0
    assert len(ends) == 5


def test_two_branches_differ_and_each_is_the_same_every_time(rich_world: World) -> None:
    one, again, two = (as_bytes(branch(rich_world, number).run()) for number in (1, 1, 2))
    assert one == again
    assert one != two
