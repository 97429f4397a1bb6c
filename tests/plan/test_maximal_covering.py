"""The solver against every placement there is, and what must not lower, or not change, the best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.plan.classes import merged
from sim.plan.maximal_covering import maximal_covering
from sim.plan.objective import Model, Objective
from sim.plan.problem import Problem
from sim.plan.solution import Solution, Status

ONCE, TWICE = Objective(Model.MAXIMAL_COVERING), Objective(Model.BACKUP_COVERAGE)
OBJECTIVES = (ONCE, TWICE, Objective(Model.EXPECTED_COVERAGE, 0.3), Objective(Model.EXPECTED_COVERAGE, 1.0))
objectives = st.sampled_from(OBJECTIVES)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Small problems: up to two kinds of team, three sites and seven points, some of which are covered already."""
    kinds, sites, points = draw(st.integers(1, 2)), draw(st.integers(1, 3)), draw(st.integers(1, 7))

    def whole(low: int, high: int, count: int) -> np.ndarray:
        return np.array(draw(st.lists(st.integers(low, high), min_size=count, max_size=count)), dtype=np.int64)

    weight = whole(0, 9, points).astype(float)
    weight[0] += 1
    cover = whole(0, 1, kinds * sites * points).astype(np.bool_).reshape(kinds, sites, points)
    return Problem(weight, cover, whole(0, 2, kinds), whole(0, 2, points), whole(0, 3, sites))


def worth(objective: Objective, times: int) -> float:
    """What it is worth to be covered so many times, as the models say it."""
    if objective.model is Model.EXPECTED_COVERAGE:
        return sum((1 - objective.busy) * objective.busy ** (k - 1) for k in range(1, times + 1))
    return float(times >= (1 if objective.model is Model.MAXIMAL_COVERING else 2))


def every_placement(problem: Problem) -> Iterator[np.ndarray]:
    kinds, sites, _ = problem.cover.shape
    each = [range(int(problem.teams[k]) + 1) for k in range(kinds) for _ in range(sites)]
    for numbers in product(*each):
        placed = np.array(numbers).reshape(kinds, sites)
        if (placed.sum(axis=1) <= problem.teams).all() and (placed.sum(axis=0) <= problem.room).all():
            yield placed


def by_hand(problem: Problem, objective: Objective, placed: np.ndarray) -> float:
    kinds, sites, points = problem.cover.shape
    total = 0.0
    for i in range(points):
        there = sum(placed[k, j] for k in range(kinds) for j in range(sites) if problem.cover[k, j, i])
        total += problem.weight[i] * worth(objective, int(problem.already[i] + there))
    return total


def best(problem: Problem, objective: Objective = ONCE) -> Solution:
    found = maximal_covering(problem, objective)
    assert found.status is Status.OPTIMAL and found.bound == found.value and found.gap == 0.0
    return found


@settings(max_examples=150, deadline=None)
@given(problems(), objectives)
def test_no_placement_of_all_is_better(problem: Problem, objective: Objective) -> None:
    found = best(problem, objective)
    assert found.value == pytest.approx(max(by_hand(problem, objective, p) for p in every_placement(problem)), abs=1e-9)
    assert found.value == pytest.approx(by_hand(problem, objective, found.placed), abs=1e-9)
    assert any(np.array_equal(found.placed, placed) for placed in every_placement(problem))
    assert np.array_equal(found.spare, problem.teams - found.placed.sum(axis=1))


@settings(max_examples=60, deadline=None)
@given(problems(), objectives)
def test_who_stands_somewhere_adds_something(problem: Problem, objective: Objective) -> None:
    found = best(problem, objective)
    for kind, site in zip(*np.nonzero(found.placed), strict=True):
        fewer = found.placed.copy()
        fewer[kind, site] -= 1
        assert by_hand(problem, objective, fewer) < found.value


@settings(max_examples=60, deadline=None)
@given(problems(), objectives, st.randoms(use_true_random=False))
def test_merging_demand_changes_nothing(problem: Problem, objective: Objective, random: object) -> None:
    """Points that are split into halves, and put into another order, are the same demand."""
    order = np.arange(len(problem.weight)).repeat(2)
    random.shuffle(order)  # type: ignore[attr-defined]
    split = replace(
        problem, weight=problem.weight[order] / 2, cover=problem.cover[:, :, order], already=problem.already[order]
    )
    assert len(merged(split).weight) == len(merged(problem).weight)
    assert best(split, objective).value == pytest.approx(best(problem, objective).value, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_classes_are_points_that_no_placement_tells_apart(problem: Problem) -> None:
    classes = merged(problem)
    assert np.array_equal(classes.cover[:, :, classes.of], problem.cover)
    assert np.array_equal(classes.already[classes.of], problem.already)
    assert np.array_equal(np.bincount(classes.of, problem.weight), classes.weight)
    apart = {
        (column.tobytes(), int(n)) for column, n in zip(problem.cover.transpose(2, 0, 1), problem.already, strict=True)
    }
    assert len(apart) == len(classes.weight)


@settings(max_examples=60, deadline=None)
@given(problems(), objectives, st.data())
def test_one_more_team_or_place_for_it_never_lowers(
    problem: Problem, objective: Objective, data: st.DataObject
) -> None:
    before = best(problem, objective).value
    kind = data.draw(st.integers(0, len(problem.teams) - 1))
    site = data.draw(st.integers(0, len(problem.room) - 1))
    teams, room = problem.teams.copy(), problem.room.copy()
    teams[kind] += 1
    room[site] += 1
    for more in (replace(problem, teams=teams), replace(problem, room=room), replace(problem, teams=teams, room=room)):
        assert best(more, objective).value >= before - 1e-9


@settings(max_examples=60, deadline=None)
@given(problems(), objectives)
def test_a_site_that_reaches_nobody_changes_nothing(problem: Problem, objective: Objective) -> None:
    kinds, _, points = problem.cover.shape
    more = replace(
        problem,
        cover=np.concatenate([np.zeros((kinds, 1, points), dtype=np.bool_), problem.cover], axis=1),
        room=np.concatenate([[9], problem.room]),
    )
    found = best(more, objective)
    assert found.value == pytest.approx(best(problem, objective).value, abs=1e-9)
    assert not found.placed[:, 0].any()


@settings(max_examples=60, deadline=None)
@given(problems())
def test_backup_is_never_above_single_coverage(problem: Problem) -> None:
    once, twice = best(problem, ONCE), best(problem, TWICE)
    assert twice.value <= once.value
    assert problem.value(TWICE, twice.placed) <= problem.value(ONCE, twice.placed) <= once.value


@settings(max_examples=60, deadline=None)
@given(problems(), objectives, st.integers(0, 20), st.integers(0, 20), st.integers(0, 2**32 - 1))
def test_a_larger_standard_never_lowers(
    problem: Problem, objective: Objective, one: int, other: int, seed: int
) -> None:
    minutes = np.random.default_rng(seed).integers(0, 20, problem.cover.shape)
    low, high = (
        best(replace(problem, cover=minutes <= standard), objective).value for standard in sorted((one, other))
    )
    assert low <= high + 1e-9


def test_a_team_goes_where_its_own_kind_reaches_somebody() -> None:
    """The first kind covers both points from the first site, the second kind only from the second."""
    cover = np.array([[[1, 1], [0, 0]], [[0, 0], [0, 1]]], dtype=np.bool_)
    found = best(Problem.of(np.array([3.0, 4.0]), cover, np.array([0, 1])))
    assert found.placed.tolist() == [[0, 0], [0, 1]] and found.value == 4.0
    found = best(Problem.of(np.array([3.0, 4.0]), cover, np.array([1, 1])), TWICE)
    assert found.placed.tolist() == [[1, 0], [0, 1]] and found.value == 4.0 and found.times.tolist() == [1, 2]


def test_large_demand_is_covered_to_the_last_voter() -> None:
    """A solver that stops at its usual gap of a ten thousandth may take the worse of two sites."""
    rng = np.random.default_rng(3)
    cover = rng.random((40, 300)) < 0.12
    weight = rng.integers(1, 2_000_000, 300).astype(float)
    found = best(Problem.of(weight, cover, 4))
    assert found.value == weight[cover[found.placed[0] > 0].any(axis=0)].sum()
    assert found.value == max(weight[cover[list(four)].any(axis=0)].sum() for four in combinations(range(40), 4))
