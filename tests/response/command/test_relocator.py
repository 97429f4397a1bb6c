"""Reserves that are moved before anybody calls, on a clock of their own; times reckoned by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.vocabulary import Outcome, Purpose, Severity
from tests.response.command.test_posko import NOBODY, strategy
from tests.response.conftest import Bench, line_region

DYNAMIC = {"rule": "dynamic", "every_minutes": 30, "within_minutes": 20, "busy": 0.1, "least_gain": 0.05, "most_minutes": 60}  # fmt: skip
FORWARD = {"rule": "forward_on_yellow", "most_minutes": 60}


def bench(rule: dict[str, Any] | None, teams: int = 2, **changes: Any) -> Bench:
    mine = strategy(NOBODY, teams=teams)
    return Bench(line_region(), {**mine, "relocation": {**rule, **changes}} if rule else mine)


def moves(b: Bench) -> list[tuple[str, str, Outcome | None]]:
    tasks = [task for task in b.ledger.tasks if task.goal.purpose is Purpose.RELOCATION]
    return [(task.unit.spec.name, task.goal.place, task.outcome) for task in tasks]


def test_nobody_moves_unless_the_strategy_says_so() -> None:
    b = bench(None)
    b.env.run(700.0)
    assert not b.ledger.tasks


def test_the_worst_gap_is_filled_once_and_the_new_place_is_home() -> None:
    b = bench(DYNAMIC)
    b.env.run(700.0)
    assert moves(b) == [("reserve/POLRES/1", "SEK-TIMUR", Outcome.DONE)]
    task, unit = b.ledger.tasks[0], b.unit("reserve/POLRES/1")
    assert task.ordered == 420.0, "as soon as stations open"
    assert unit.is_idle and b.fleet.position(unit).node == 3 and unit.home.spot.nodes == (3,)


@pytest.mark.parametrize("changes", [{"least_gain": 0.9}, {"most_minutes": 10}, {"within_minutes": 5.9}, {"busy": 1.0}])
def test_no_move_is_made_that_is_not_worth_it(changes: dict[str, float]) -> None:
    b = bench(DYNAMIC, **changes)
    b.env.run(700.0)
    assert not b.ledger.tasks


@pytest.mark.parametrize("every", [30.0, 7.0])
def test_who_is_home_again_is_moved_when_the_centre_looks_next(every: float) -> None:
    mine = {**strategy(NOBODY), "relocation": {**DYNAMIC, "every_minutes": every}}
    b = Bench(line_region(), mine, start=400.0)
    trouble = b.begin(b.trouble(0, presence=24))
    b.at(425.0, trouble.over.succeed)
    b.env.run(700.0)
    home = [task.returned for task in b.ledger.tasks[:2]]
    assert all(when > 420.0 for when in home), "both teams were away when stations opened"
    looks = 420.0 + every * np.arange(40)
    assert b.ledger.tasks[2].goal.purpose is Purpose.RELOCATION
    assert b.ledger.tasks[2].ordered == looks[looks >= max(home)][0]


def test_with_one_team_it_stays_where_it_covers_as_much_as_anywhere() -> None:
    b = bench(DYNAMIC, teams=1)
    b.env.run(700.0)
    assert len(moves(b)) <= 1, "it is never sent to and fro"


def test_who_is_moved_can_be_sent_and_need_not_get_ready_again() -> None:
    b = bench(DYNAMIC)
    b.at(430.0, lambda: b.begin(b.trouble(7, presence=12)))
    b.env.run(600.0)
    moved, sent = b.ledger.tasks[0], b.ledger.tasks[1]
    assert moved.outcome is Outcome.DIVERTED and moved.departed == 426.0
    assert sent.unit is moved.unit and sent.ordered == 437.0 and sent.departed == 437.0
    assert sent.arrived == pytest.approx(bench_arrival())
    assert not b.fleet.moving_up


def bench_arrival() -> float:
    """When a team is at the last station that leaves headquarters at 07:06 and never stops."""
    b = bench(None)
    return 426.0 + b.roads.minutes("car", b.fleet.position(b.unit("reserve/POLRES/1")), b.plan.stations[7])


def test_somebody_moves_up_when_it_is_yellow_and_goes_back_when_it_is_over() -> None:
    b = bench(FORWARD, teams=3)
    trouble = b.begin(b.trouble(7, severity=Severity.YELLOW, presence=12))
    b.env.run(500.0)
    assert moves(b) == [("reserve/POLRES/2", "SEK-TIMUR", Outcome.DONE)], "the second: the first has been sent"
    assert b.fleet.position(b.unit("reserve/POLRES/2")).node == 3
    b.at(510.0, trouble.over.succeed)
    b.env.run(700.0)
    assert moves(b)[1:] == [("reserve/POLRES/2", "POLRES", Outcome.DONE)]
    assert b.fleet.position(b.unit("reserve/POLRES/2")).node == 0 and b.unit("reserve/POLRES/2").home.spot.nodes == (0,)


def test_who_is_still_on_the_way_up_turns_round_when_it_is_over() -> None:
    b = bench(FORWARD, teams=3)
    trouble = b.begin(b.trouble(7, severity=Severity.YELLOW, presence=12))
    b.at(440.0, trouble.over.succeed)
    b.env.run(700.0)
    assert moves(b) == [("reserve/POLRES/2", "SEK-TIMUR", Outcome.RECALLED)]
    assert b.fleet.position(b.unit("reserve/POLRES/2")).node == 0


def test_nobody_moves_up_for_something_green_or_where_one_waits_as_near() -> None:
    b = bench(FORWARD, teams=3)
    b.begin(b.trouble(7, severity=Severity.GREEN, presence=12))
    b.env.run(500.0)
    assert not moves(b)
    near = bench(FORWARD, teams=3)
    near.begin(near.trouble(0, severity=Severity.RED, presence=12))
    near.env.run(500.0)
    assert not moves(near), "headquarters is the nearest base, and others wait there"
