"""The order of placing teams against every order there is, and what it may not be."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.plan import nested as module
from sim.plan.maximal_covering import maximal_covering
from sim.plan.nested import nested_covering
from sim.plan.objective import Model, Objective
from sim.plan.problem import Problem
from sim.plan.solution import Status
from sim.solver import Found
from tests.plan.test_maximal_covering import by_hand, objectives, problems

PROBLEM = Problem.of(np.array([5.0, 3, 2, 1]), np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]], dtype=np.bool_), 3)


def mean(problem: Problem, objective: Objective, order: list[tuple[int, int]], weights: np.ndarray) -> float:
    placed, found = np.zeros(problem.cover.shape[:2], dtype=np.int64), []
    for kind, site in order:
        placed[kind, site] += 1
        found.append(by_hand(problem, objective, placed))
    return float(weights @ found / weights.sum())


def every_order(problem: Problem, count: int) -> list[list[tuple[int, int]]]:
    kinds, sites, _ = problem.cover.shape
    found = []
    for order in product(product(range(kinds), range(sites)), repeat=count):
        placed = np.zeros((kinds, sites), dtype=np.int64)
        np.add.at(placed, tuple(np.array(order).reshape(-1, 2).T), 1)
        if problem.allows(placed):
            found.append(list(order))
    return found


@settings(max_examples=80, deadline=None)
@given(problems(), objectives, st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_no_order_of_all_is_better(problem: Problem, objective: Objective, numbers: list[int]) -> None:
    count = int(min(problem.teams.sum(), problem.room.sum()))
    weights = np.array(numbers[:count], dtype=float)
    found = nested_covering(problem, objective, weights=weights.tolist())
    assert found.status is Status.OPTIMAL and found.gap == 0.0 and len(found.steps) == count
    if count:
        orders = every_order(problem, count) if count < 4 else _of_four(problem)
        assert found.value == pytest.approx(max(mean(problem, objective, o, weights) for o in orders), abs=1e-6)
        mine = [(step.kind, step.site) for step in found.steps]
        assert found.value == pytest.approx(mean(problem, objective, mine, weights), abs=1e-9)


def _of_four(problem: Problem) -> list[list[tuple[int, int]]]:
    """Two teams of each of two kinds: every order of the kinds with every site of each."""
    kinds = set(permutations(np.repeat(np.arange(len(problem.teams)), problem.teams).tolist(), 4))
    found = []
    for kind, site in product(kinds, product(range(len(problem.room)), repeat=4)):
        if (np.bincount(site, minlength=len(problem.room)) <= problem.room).all():
            found.append(list(zip(kind, site, strict=True)))
    return found


@settings(max_examples=40, deadline=None)
@given(problems(), objectives)
def test_with_all_weight_on_the_last_it_ends_in_a_best_placement_and_no_number_of_teams_covers_more_than_its_best(
    problem: Problem, objective: Objective
) -> None:
    count = int(min(problem.teams.sum(), problem.room.sum()))
    if not count:
        return
    last = nested_covering(problem, objective, weights=[0.0] * (count - 1) + [1.0])
    best = maximal_covering(problem, objective).value
    assert last.steps[-1].value == pytest.approx(best, abs=1e-6)
    alike = nested_covering(problem, objective)
    covered = [step.value for step in alike.steps]
    assert covered == sorted(covered) and covered[-1] <= best + 1e-6


def test_the_order_is_not_that_of_greed_where_greed_does_not_pay() -> None:
    """Who covers most first, (1, 2, 3), is best for one team; where two are what counts, the best pair comes first."""
    sites = {tuple(w): [s.site + 1 for s in nested_covering(PROBLEM, weights=w).steps] for w in ([1, 0, 0], [0, 1, 0])}
    assert sites[1, 0, 0][0] == 1 and set(sites[0, 1, 0][:2]) == {2, 3}


def test_backup_looks_ahead() -> None:
    """The first team alone covers nobody twice; it stands where the second will."""
    problem = Problem.of(np.array([2.0, 3.0]), np.eye(2, dtype=np.bool_), 2)
    found = nested_covering(problem, Objective(Model.BACKUP_COVERAGE))
    assert [(step.site, step.value) for step in found.steps] == [(1, 0.0), (1, 3.0)]


def test_out_of_time_the_order_of_greed_is_not_called_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "maximise", lambda **_: Found(None, 0.0, np.inf, False))
    found = nested_covering(PROBLEM)
    assert [step.site + 1 for step in found.steps] == [1, 2, 3] and found.value == pytest.approx(29 / 3)
    assert (found.status, found.bound) == (Status.TIME_LIMIT, 11.0) and found.gap == pytest.approx(4 / 33)


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (Found(None, 0.0, 9.0, False), "more than the solver says that any is"),
        (Found(np.zeros(21), 11.0, 11.0, True), "not 11.0 as it says"),
    ],
)
def test_what_the_solver_says_and_is_not_so_is_refused(
    found: Found, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "maximise", lambda **_: found)
    with pytest.raises(RuntimeError, match=message):
        nested_covering(PROBLEM)


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0, 1.0], [0.0, 0.0, 0.0], [1.0, np.nan, 1.0], [1.0, np.inf, 1.0]])
def test_weights_that_do_not_fit(weights: list[float]) -> None:
    with pytest.raises(UserError, match="weights: "):
        nested_covering(PROBLEM, weights=weights)


@pytest.mark.parametrize("seconds", [0.0, np.nan, np.inf])
def test_a_time_that_is_none(seconds: float) -> None:
    with pytest.raises(UserError, match="time limit"):
        nested_covering(PROBLEM, seconds=seconds)


def test_no_team_is_no_order() -> None:
    found = nested_covering(Problem.of(np.ones(1), np.ones((1, 1), dtype=np.bool_), 0))
    assert found.steps == () and found.value == found.bound == 0.0 and found.status is Status.OPTIMAL
