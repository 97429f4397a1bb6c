"""Hypercube queueing models with known answers, through ``simulate_dispatch``; each test is named after its case."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.alone.theory import Hypercube, corrections, hypercube, larson
from tests.alone.accept import EXPONENTIAL, accept, runs, shares_of_states

ATOMS = ("atom 1", "atom 2", "atom 4", "atoms 3, 5, 6", "others")
RATES = (15, 15, 15, 21, 24)
ORDERS = ([0, 1, 2], [0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1])
"""Larson and Odoni, Urban Operations Research, figure 5.11: .25, .25, .25, .35 and .40 calls in a mean service time."""
GROUPS = ([0, 1], [2], [3], [4])
"""Places with the same order of units."""
STATES = (0.210526, 0.136690, 0.088633, 0.094887, 0.090466, 0.088945, 0.053011, 0.118421)
SHARES = (
    (0.173861, 0.086931, 0.051471, 0.059313),
    (0.101527, 0.027982, 0.141301, 0.044771),
    (0.057945, 0.051754, 0.040561, 0.162582),
)
PLACES = {"rates": dict(zip(ATOMS, RATES, strict=True)), "preference": dict(zip(ATOMS, ORDERS, strict=True))}


def grouped(run: sim.DispatchResult) -> np.ndarray:
    shares = run.shares().to_numpy()
    return np.array([shares[:, group].sum(axis=1) for group in GROUPS]).T


@pytest.fixture(scope="module")
def queued() -> list[sim.DispatchResult]:
    return runs(30, units=3, **PLACES, service=EXPONENTIAL, hours=220, warm_up_hours=20)


@pytest.fixture(scope="module")
def lost() -> list[sim.DispatchResult]:
    return runs(30, units=3, **PLACES, service=EXPONENTIAL, hours=110, warm_up_hours=10, when_busy="lost")


def test_larson_odoni_three_units_workloads(queued: list[sim.DispatchResult]) -> None:
    """Printed .5574 .4734 .4693."""
    found = np.array([run.workload for run in queued])
    for unit, exact in enumerate((0.557364, 0.473372, 0.469264)):
        accept(found[:, unit], exact)


def test_larson_odoni_three_units_states(queued: list[sim.DispatchResult]) -> None:
    """P(b3 b2 b1), the last without a line."""
    found = np.array([shares_of_states(run) for run in queued])
    for state, exact in enumerate(STATES):
        accept(found[:, state], exact)


def test_larson_odoni_three_units_calls_that_wait(queued: list[sim.DispatchResult]) -> None:
    """Printed P'(queue) = .23684; as many calls find all units busy as there is time with all busy (PASTA)."""
    accept([float((run.wait[run.counted] > 0).mean()) for run in queued], 0.23684)
    accept([1.0 - shares_of_states(run)[:-1].sum() for run in queued], 0.23684)


def test_larson_odoni_three_units_dispatch_shares(queued: list[sim.DispatchResult]) -> None:
    """Printed: 8.7 % of all dispatches are those of unit 1 to atom 1."""
    found = np.array([grouped(run) for run in queued])
    for unit, row in enumerate(SHARES):
        for group, exact in enumerate(row):
            accept(found[:, unit, group], exact)
    accept([run.shares().loc["unit 1", "atom 1"] for run in queued], 0.087)


def test_larson_odoni_three_units_responses_into_other_areas(queued: list[sim.DispatchResult]) -> None:
    """Printed .43529; the exact solution of the rates above is .435325."""
    accept([1.0 - (found[0, 0] + found[0, 1] + found[1, 2] + found[2, 3]) for found in map(grouped, queued)], 0.435325)


def test_larson_odoni_three_units_calls_lost(lost: list[sim.DispatchResult]) -> None:
    """Loss as Erlang has it, B(3, 1.5) = .134328; workloads and inter-area share of the exact solution."""
    accept([run.lost_share for run in lost], 0.134328)
    found = np.array([run.workload for run in lost])
    for unit, exact in enumerate((0.497905, 0.402631, 0.397971)):
        accept(found[:, unit], exact)
    accept([1.0 - (f[0, 0] + f[0, 1] + f[1, 2] + f[2, 3]) for f in map(grouped, lost)], 0.363530)


def test_two_units_that_are_not_alike() -> None:
    """Calls .3 (1 before 2) and .7 (2 before 1), mean services 1 and 1/2, calls lost."""
    units = [sim.Team("1", service=EXPONENTIAL), sim.Team("2", service={**EXPONENTIAL, "mean_minutes": 0.5})]
    given: dict[str, Any] = {"rates": [18, 42], "preference": [[0, 1], [1, 0]], "when_busy": "lost"}
    found = runs(30, units=units, **given, hours=150, warm_up_hours=10)
    for state, exact in enumerate((0.520833, 0.197917, 0.161458, 0.119792)):
        accept([shares_of_states(run)[state] for run in found], exact)
    for unit, exact in enumerate((0.317708, 0.281250)):
        accept([run.workload[unit] for run in found], exact)
    for unit, row in enumerate(((0.232544, 0.128402), (0.067456, 0.571598))):
        for place, exact in enumerate(row):
            accept([run.shares().to_numpy()[unit, place] for run in found], exact)


def test_morie_police_operations_two_units() -> None:
    """R package morie, test "police operations models": one sort of call, rate 1, calls lost."""
    found = runs(30, units=2, rates=[60], preference=[[0, 1]], service=EXPONENTIAL, when_busy="lost", hours=60)
    for unit, exact in enumerate((0.5, 0.3)):
        accept([run.workload[unit] for run in found], exact)


def test_morie_police_operations_three_units() -> None:
    """The same test: rates .6, .9, .5, services at rate 1.1; every place has its unit first, and then the next in turn."""
    given: dict[str, Any] = {
        "rates": [36, 54, 30],
        "preference": [[0, 1, 2], [1, 2, 0], [2, 0, 1]],
        "when_busy": "lost",
    }
    found = runs(30, units=3, **given, service={**EXPONENTIAL, "mean_minutes": 1 / 1.1}, hours=80, warm_up_hours=5)
    accept([run.lost_share for run in found], 0.183041)
    for unit, exact in enumerate((0.475076, 0.528274, 0.482030)):
        accept([run.workload[unit] for run in found], exact)


def test_the_exact_solution_is_the_published_one() -> None:
    solved = hypercube([30, 15, 21, 24], [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1]], 1.0)
    assert solved.states == pytest.approx(STATES, abs=1e-6)
    assert solved.shares == pytest.approx(np.array(SHARES), abs=1e-6)
    assert solved.workload == pytest.approx((0.557364, 0.473372, 0.469264), abs=1e-6)
    assert solved.waited_share == pytest.approx(0.236842, abs=1e-6)
    gone = hypercube([36, 54, 30], [[0, 1, 2], [1, 2, 0], [2, 0, 1]], 1 / 1.1, "lost")
    assert (gone.lost_share, *gone.workload) == pytest.approx((0.183041, 0.475076, 0.528274, 0.482030), abs=1e-6)
    unlike = hypercube([18, 42], [[0, 1], [1, 0]], [1.0, 0.5], "lost")
    assert unlike.states == pytest.approx((0.520833, 0.197917, 0.161458, 0.119792), abs=1e-6)


def test_larsons_approximation_is_the_published_one() -> None:
    """Q(0..2) = 1, .73684, .63158; workloads .5627 .4716 .4657 after three iterations."""
    assert corrections(1.5, 3) == pytest.approx((1.0, 0.73684, 0.63158), abs=1e-5)
    found = larson([30, 15, 21, 24], [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1]], 1.0, iterations=3)
    assert found == pytest.approx((0.5627, 0.4716, 0.4657), abs=1e-4)


def a_city(seed: int) -> tuple[dict[str, Any], Hypercube]:
    """Return five units that are not alike and seven places, loaded to some seven tenths, and what theory says of them."""
    rng = np.random.default_rng(seed)
    means, rates = rng.uniform(2, 8, 5), rng.uniform(0.2, 1, 7)
    rates *= 0.7 * 60 * (1 / means).sum() / rates.sum()
    orders = [rng.permutation(5).tolist() for _ in rates]
    when_busy = ["queued", "lost"][seed % 2]
    units = [sim.Team(f"{i}", service={**EXPONENTIAL, "mean_minutes": mean}) for i, mean in enumerate(means)]
    given = {"units": units, "rates": rates, "preference": orders, "when_busy": when_busy}
    return given, hypercube(rates, orders, means, when_busy)


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 13))])
def test_a_made_up_city_of_five_units_is_as_theory_has_it(seed: int) -> None:
    given, exact = a_city(seed)
    found = runs(30, **given, hours=250, warm_up_hours=20, seed=seed)
    for unit in range(5):
        accept([run.workload[unit] for run in found], exact.workload[unit])
    if given["when_busy"] == "lost":
        accept([run.lost_share for run in found], exact.lost_share)
    else:
        accept([run.mean_wait for run in found], exact.mean_wait, precision=0.03)
        accept([float((run.wait[run.counted] > 0).mean()) for run in found], exact.waited_share)
