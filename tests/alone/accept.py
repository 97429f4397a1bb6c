"""What the tests of dispatch alone share: replications, and the acceptance of a random result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

import sim

EXPONENTIAL = {"distribution": "exponential", "mean_minutes": 1}


def runs(count: int, *, units: Any, **given: Any) -> list[sim.DispatchResult]:
    """Play independent replications."""
    return [sim.simulate_dispatch(units, **given, day=day) for day in range(count)]


def accept(values: Sequence[float] | np.ndarray, reference: float, precision: float = 0.01) -> None:
    """Accept the means of independent replications: within 3.5 standard errors, of at most 1 % of the reference."""
    mean, error = np.mean(values), np.std(values, ddof=1) / np.sqrt(len(values))
    assert len(values) >= 30
    assert error <= precision * abs(reference), f"standard error {error:.6g} of {reference:.6g}: too few"
    assert abs(mean - reference) <= 3.5 * error, f"{mean:.6g} +- {error:.2g}, not {reference:.6g}"


def shares_of_states(run: sim.DispatchResult) -> np.ndarray:
    """The share of time in each state without a line: entry 1 is the first unit alone, entry 2 the second, 3 both."""
    states = run.states()
    states = states[states["waiting"] == 0]
    units = list(states.columns[:-2])
    number = (states[units].to_numpy() @ (1 << np.arange(len(units)))).astype(int)
    return np.bincount(number, states["share"], 1 << len(units))
