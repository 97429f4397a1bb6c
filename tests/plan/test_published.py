"""Cases with known answers, each named after its source."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from sim.plan.classes import merged
from sim.plan.maximal_covering import maximal_covering
from sim.plan.nested import nested_covering
from sim.plan.objective import Model, Objective
from sim.plan.problem import Problem
from sim.plan.solution import Status

WEIGHT = np.array([2.0, 2.0, 1.0, 1.0])
COVER = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]], dtype=np.bool_)
"""Site 1 covers points 1 and 2, site 2 covers 2 and 3, site 3 covers 1 and 4."""


def stands(placed: np.ndarray) -> list[int]:
    """The sites, counted from 1, one entry a team."""
    return np.repeat(np.arange(placed.shape[1]) + 1, placed[0]).tolist()


@pytest.mark.parametrize(("teams", "value", "sites"), [(0, 0, []), (1, 4, [1]), (2, 6, [2, 3]), (3, 6, [2, 3])])
def test_jemss_mclp(teams: int, value: float, sites: list[int]) -> None:
    """test_mclp.jl of JEMSS.jl at fb92cef6; with a third team nothing more is covered, so it is left over."""
    found = maximal_covering(Problem.of(WEIGHT, COVER, teams))
    assert (found.value, found.bound, found.status, found.gap) == (value, value, Status.OPTIMAL, 0.0)
    assert stands(found.placed) == sites and found.spare.tolist() == [teams - len(sites)]


@pytest.mark.parametrize(
    ("busy", "teams", "value", "sites"),
    [
        (0.3, 1, 2.8, [1]), (0.3, 2, 4.2, [2, 3]), (0.3, 3, 5.04, [1, 2, 3]), (0.3, 4, 5.46, [2, 2, 3, 3]),
        (0.5, 1, 2.0, None), (0.5, 2, 3.0, None), (0.5, 3, 4.0, None), (0.5, 4, 4.5, None),
    ],
)  # fmt: skip
def test_mexclp_of_daskin_1983_on_the_data_of_jemss(
    busy: float, teams: int, value: float, sites: list[int] | None
) -> None:
    found = maximal_covering(Problem.of(WEIGHT, COVER, teams), Objective(Model.EXPECTED_COVERAGE, busy))
    assert found.value == pytest.approx(value, abs=1e-12) and found.status is Status.OPTIMAL
    assert sites is None or stands(found.placed) == sites


@pytest.mark.parametrize("busy", [0.3, 0.5])
@pytest.mark.parametrize("teams", [1, 2, 3, 4])
def test_mexclp_is_the_sum_of_demand_by_the_odds_that_somebody_is_free(busy: float, teams: int) -> None:
    def expected(where: tuple[int, ...]) -> float:
        return sum(d * (1 - busy ** COVER[list(where), i].sum()) for i, d in enumerate(WEIGHT))

    best = max(expected(where) for where in combinations_with_replacement(range(3), teams))
    found = maximal_covering(Problem.of(WEIGHT, COVER, teams), Objective(Model.EXPECTED_COVERAGE, busy))
    assert found.value == pytest.approx(best, abs=1e-12)


@pytest.mark.parametrize("teams", [0, 1, 2, 3])
def test_daskin_1983_with_units_that_are_never_busy_is_church_and_revelle_1974(teams: int) -> None:
    once, never_busy = Objective(Model.MAXIMAL_COVERING), Objective(Model.EXPECTED_COVERAGE, 0.0)
    problem = Problem.of(WEIGHT, COVER, teams)
    assert maximal_covering(problem, once).value == maximal_covering(problem, never_busy).value


@pytest.mark.parametrize(("teams", "value"), [(0, 0), (1, 0), (2, 4), (3, 4), (4, 6)])
def test_backup_coverage_of_hogan_and_revelle_1986_on_the_data_of_jemss(teams: int, value: float) -> None:
    """By hand: two teams at site 1 cover points 1 and 2 twice; two each at sites 2 and 3 cover everything twice."""
    found = maximal_covering(Problem.of(WEIGHT, COVER, teams), Objective(Model.BACKUP_COVERAGE))
    assert (found.value, found.bound) == (value, value)


@pytest.mark.parametrize(("points", "least", "most"), [(10_000, 1_000, 3_000), (100_000, 1_500, 4_000)])
def test_random_points_and_a_hundred_sites_fall_into_some_two_thousand_classes(
    points: int, least: int, most: int
) -> None:
    """Points in [0, 30]^2, radius 5.5, demand 1 to 100: 1,657 classes of 10,000 and 2,379 of 100,000 in another program.

    It hangs on the points that are drawn. How long it takes, benchmarks/covering.py says.
    """
    rng = np.random.default_rng(1)
    where, sites = rng.random((points, 2)) * 30, rng.random((100, 2)) * 30
    near = np.array([np.hypot(*(where - site).T) <= 5.5 for site in sites])
    weight = rng.integers(1, 101, points).astype(float)
    problem = Problem.of(weight, near, 5)
    classes = merged(problem)
    assert least < len(classes.weight) < most
    assert len({column.tobytes() for column in near.T}) == len(classes.weight) and classes.weight.sum() == weight.sum()
    found = maximal_covering(problem)
    assert found.status is Status.OPTIMAL and found.classes == len(classes.weight)
    assert found.value == weight[near[found.placed[0] > 0].any(axis=0)].sum() == found.bound
    assert found.placed.sum() == 5


@pytest.mark.parametrize(
    ("demand", "cover", "weights", "order", "covered"),
    [
        ([1.0], [[1]], [1.0], [1], [1]),
        ([5.0, 3, 2, 1], [[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]], [1 / 3] * 3, [1, 2, 3], [8, 10, 11]),
        ([5.0, 3, 2, 1], [[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]], [1 / 6, 4 / 6, 1 / 6], [3, 2, 1], [6, 11, 11]),
    ],
)  # fmt: skip
def test_jemss_nested_mclp(
    demand: list[float], cover: list[list[int]], weights: list[float], order: list[int], covered: list[float]
) -> None:
    """test_nested_mclp.jl of JEMSS.jl: each site opens once, and the weights are those of one, two, … open sites."""
    problem = Problem.of(np.array(demand), np.array(cover, dtype=np.bool_), len(cover), room=1)
    found = nested_covering(problem, weights=weights)
    assert [step.site + 1 for step in found.steps] == order and [step.value for step in found.steps] == covered
    assert found.value == found.bound == pytest.approx(np.dot(weights, covered)) and found.status is Status.OPTIMAL
