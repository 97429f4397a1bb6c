"""Erlang's loss formula, and that it does not ask how service times are distributed; verification cases of section 1.5."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.alone.accept import EXPONENTIAL, accept, runs

ERLANG = {
    (1, 1): 0.5, (2, 1): 0.2, (3, 2): 0.210526, (5, 3): 0.110054, (10, 8): 0.121661, (10, 10): 0.214582, (15, 12): 0.085729,
    (10, 5): 0.018385, (20, 15): 0.045593, (50, 40): 0.018691, (100, 90): 0.026957,
}  # fmt: skip
"""B(units, calls in a mean service time)."""
SLOW = ((10, 5), (10, 8), (10, 10), (15, 12), (20, 15), (50, 40), (100, 90))
LAWS: dict[str, Any] = {
    "exponential": EXPONENTIAL,
    "always the same": 1.0,
    "gamma": {"distribution": "gamma", "mean_minutes": 1, "cv": 0.5},
    "lognormal": {"mean_minutes": 1, "cv": 1.5},
    "triangular": {"distribution": "triangular", "low_minutes": 0, "mode_minutes": 0.5, "high_minutes": 2.5},
    "measured": {"distribution": "empirical", "values": [0.25, 0.25, 2.5], "unit": "minutes"},
    "a function of one's own": lambda rng, n: rng.weibull(1.5, n) / 0.902745,
}
"""Distributions with a mean of one minute; that of a Weibull time of shape 1.5 is the gamma function at 1 + 1 / 1.5."""


@pytest.mark.parametrize("case", [pytest.param(c, marks=pytest.mark.slow) if c in SLOW else c for c in ERLANG])
def test_erlang_loss(case: tuple[int, int]) -> None:
    units, load = case
    calls = 16_000 * (1 - ERLANG[case]) / ERLANG[case] * (1 + load) / 2  # so that the standard error is below 1 %
    hours = min(calls, 5.4e6) / 30 / load / 60
    found = runs(
        30, units=units, rates=[60 * load], service=EXPONENTIAL, when_busy="lost", hours=hours + 1, warm_up_hours=1
    )
    accept([run.lost_share for run in found], ERLANG[case])


@pytest.mark.parametrize(("hours", "precision"), [(12, 0.03), pytest.param(80, 0.01, marks=pytest.mark.slow)])
@pytest.mark.parametrize("law", LAWS)
def test_erlang_loss_whatever_the_service_times(law: str, hours: float, precision: float) -> None:
    found = runs(30, units=5, rates=[180], service=LAWS[law], when_busy="lost", hours=hours + 1, warm_up_hours=1)
    accept([run.lost_share for run in found], ERLANG[5, 3], precision)
    accept([run.workload.mean() for run in found], 3 * (1 - ERLANG[5, 3]) / 5, precision)


def test_calls_that_are_lost_are_those_that_find_all_busy() -> None:
    """PASTA: the share of calls that are lost is the share of time in which all units are busy."""
    found = runs(30, units=3, rates=[120], service=LAWS["gamma"], when_busy="lost", hours=60, warm_up_hours=2)
    full = [
        (states := run.states())["share"][states[["unit 1", "unit 2", "unit 3"]].all(axis=1)].sum() for run in found
    ]
    accept(full, ERLANG[3, 2])
    apart = np.array(full) - [run.lost_share for run in found]
    assert abs(apart.mean()) <= 3.5 * apart.std(ddof=1) / np.sqrt(30)
    assert apart.std() > 0, "they are counted apart from each other"
