"""Hypercube queueing models with known answers, through ``simulate_dispatch``; each test is named after its case."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from tests.alone.accept import accept, shares_of_states

THREE = {"rates": [30, 15, 21, 24], "preference": [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1]]}
"""Larson and Odoni, figure 5.11, by groups of atoms with one order each: .50, .25, .35 and .40 calls a mean service."""
EXPONENTIAL = {"distribution": "exponential", "mean_minutes": 1}


@pytest.fixture(scope="module")
def larson_odoni() -> list[sim.DispatchResult]:
    return [
        sim.simulate_dispatch(3, **THREE, service=EXPONENTIAL, hours=220, warm_up_hours=20, day=day)
        for day in range(30)
    ]


def test_larson_odoni_three_units_workloads(larson_odoni: list[sim.DispatchResult]) -> None:
    """Printed .5574 .4734 .4693; exact .557364 .473372 .469264."""
    found = np.array([run.workload for run in larson_odoni])
    for unit, exact in enumerate((0.557364, 0.473372, 0.469264)):
        accept(found[:, unit], exact)


def test_larson_odoni_three_units_states(larson_odoni: list[sim.DispatchResult]) -> None:
    """P(b3 b2 b1), the last without a line; exact numerical solution."""
    exact = (0.210526, 0.136690, 0.088633, 0.094887, 0.090466, 0.088945, 0.053011, 0.118421)
    found = np.array([shares_of_states(run) for run in larson_odoni])
    for state, share in enumerate(exact):
        accept(found[:, state], share)
