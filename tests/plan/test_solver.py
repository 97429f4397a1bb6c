"""What the solver says is not believed; what it has not shown is said so."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import scipy.optimize

from sim.plan import maximal_covering as module
from sim.plan.classes import merged
from sim.plan.maximal_covering import maximal_covering
from sim.plan.objective import Model, Objective
from sim.plan.problem import Problem
from sim.plan.program import program
from sim.plan.solution import Status
from sim.solver import Found

PROBLEM = Problem.of(np.array([2.0, 2, 1, 1]), np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]], dtype=np.bool_), 2)
BEST = np.array([[0, 1, 1]])
"""Covers all 6."""
WORSE = np.array([[1, 1, 0]])
"""Covers 5."""


def says(monkeypatch: pytest.MonkeyPatch, answer: Found) -> None:
    monkeypatch.setattr(module, "solve", lambda *_: answer)


def test_a_placement_that_is_not_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, Found(np.array([[1, 1, 1]]), 6.0, 6.0, True))
    with pytest.raises(RuntimeError, match="more teams than there are"):
        maximal_covering(PROBLEM)


@pytest.mark.parametrize("value", [4.0, 6.0])
def test_a_value_that_is_not_that_of_the_placement_is_refused(value: float, monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, Found(WORSE, value, 6.0, True))
    with pytest.raises(RuntimeError, match=r"is worth 5\.0, not"):
        maximal_covering(PROBLEM)


def test_a_bound_that_a_known_placement_exceeds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, Found(WORSE, 5.0, 5.0, True))
    with pytest.raises(RuntimeError, match=r"is worth 6\.0, more than the 5\.0"):
        maximal_covering(PROBLEM, known=[BEST])


def test_out_of_time_the_best_so_far_is_not_called_optimal(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, Found(WORSE, 5.0, 5.5, False))
    found = maximal_covering(PROBLEM)
    assert (found.status, found.value, found.bound) == (Status.TIME_LIMIT, 5.0, 5.5)
    assert found.gap == pytest.approx(0.5 / 5.5)


def test_out_of_time_a_known_placement_is_the_better_one(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, Found(WORSE, 5.0, 7.0, False))
    found = maximal_covering(PROBLEM, known=[BEST])
    assert found.placed.tolist() == BEST.tolist() and found.value == 6.0
    assert found.bound == 6.0 and found.status is Status.OPTIMAL, "all the demand there is is covered"


def test_out_of_time_with_nothing_found_nobody_is_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, Found(None, 0.0, np.inf, False))
    found = maximal_covering(PROBLEM)
    assert (found.status, found.value, found.bound, found.gap) == (Status.TIME_LIMIT, 0.0, 6.0, 1.0)
    assert maximal_covering(PROBLEM, known=[WORSE]).value == 5.0


def test_the_solver_is_asked_for_no_gap_within_the_time_and_a_failure_is_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {}

    def milp(*_: object, options: dict[str, float], **__: object) -> SimpleNamespace:
        asked.update(options)
        return SimpleNamespace(status=4, message="numerical difficulties", x=None, fun=None, mip_dual_bound=None)

    monkeypatch.setattr(scipy.optimize, "milp", milp)
    with pytest.raises(RuntimeError, match="the solver failed: numerical difficulties"):
        maximal_covering(PROBLEM, Objective(Model.BACKUP_COVERAGE), seconds=7.0)
    assert asked == {"time_limit": 7.0, "mip_rel_gap": 0.0, "presolve": False}


@pytest.mark.parametrize(
    ("model", "busy", "most"),
    [(Model.MAXIMAL_COVERING, None, 1), (Model.BACKUP_COVERAGE, None, 2), (Model.EXPECTED_COVERAGE, 0.5, 3)],
)
def test_no_more_teams_may_stand_at_a_site_than_add_something_there(
    model: Model, busy: float | None, most: int
) -> None:
    three = Problem.of(PROBLEM.weight, PROBLEM.cover[0], 3)
    aim = Objective(model) if busy is None else Objective(model, busy)
    assert program(three, merged(three), aim.levels(3)).most.tolist() == [most] * 3
