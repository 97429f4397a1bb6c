"""Lines with known answers, of calls that wait for units: verification cases of sections 1.1, 1.2 and 1.3."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.alone.choices import Engine
from tests.alone.accept import EXPONENTIAL, accept, runs

LENGTHS = pytest.mark.parametrize(
    ("hours", "precision"), [(60, 0.05), pytest.param(1500, 0.01, marks=pytest.mark.slow)]
)
"""Short ones that see a mistake of some percent, and those that the rule of acceptance asks for."""


@LENGTHS
def test_m_m_3_of_the_hp_12c_handbook(hours: float, precision: float) -> None:
    """Arrivals 1.2 a minute, mean service 2 minutes: Wq 2.157303 (printed 2.16), C .647191, Lq 2.588764 (printed 2.59)."""
    found = runs(
        40, units=3, rates=[72], service={**EXPONENTIAL, "mean_minutes": 2}, hours=1.5 * hours, warm_up_hours=10
    )
    accept([run.mean_wait for run in found], 2.157303, precision)
    accept([float((run.wait[run.counted] > 0).mean()) for run in found], 0.647191, precision)
    accept([float((s := run.states())["waiting"] @ s["share"]) for run in found], 2.588764, precision)


@LENGTHS
def test_m_m_10_of_the_calculator_for_polling_places(hours: float, precision: float) -> None:
    """100 arrivals an hour, 5 minutes, 10 servers: Wq 1.46283 minutes, C .48761 (web.mit.edu/vtp)."""
    found = runs(
        40, units=10, rates=[100], service={**EXPONENTIAL, "mean_minutes": 5}, hours=2 * hours, warm_up_hours=10
    )
    accept([run.mean_wait for run in found], 1.46283, 2 * precision)
    accept([run.waited_longer(0)[0] for run in found], 0.48761, precision)


@pytest.mark.slow
def test_m_m_10_of_the_calculator_for_polling_places_long_waits() -> None:
    """The same: P(W > 10 minutes) .017395; so rare that its standard error is 4 % of it after four million calls."""
    found = runs(40, units=10, rates=[100], service={**EXPONENTIAL, "mean_minutes": 5}, hours=1_010, warm_up_hours=10)
    accept([run.waited_longer(10)[0] for run in found], 0.017395, precision=0.05)


@LENGTHS
@pytest.mark.parametrize(("units", "wait"), [(2, 0.903284), (5, 0.289060), (10, 0.109828)])
def test_m_d_c(units: int, wait: float, hours: float, precision: float) -> None:
    """Services that always take a minute, units loaded to .8."""
    found = runs(30, units=units, rates=[48 * units], service=1.0, hours=1 + hours / 2, warm_up_hours=1)
    accept([run.mean_wait for run in found], wait, precision)


@LENGTHS
def test_m_m_1(hours: float, precision: float) -> None:
    """Arrivals 5, service rate 8 a minute: Wq .208333."""
    found = runs(
        30, units=1, rates=[300], service={**EXPONENTIAL, "mean_minutes": 1 / 8}, hours=hours / 5, warm_up_hours=1
    )
    accept([run.mean_wait for run in found], 0.208333, precision)


@LENGTHS
@pytest.mark.parametrize(
    ("service", "wait"),
    [
        (1.0, 2.0),
        ({"distribution": "gamma", "mean_minutes": 1, "cv": 0.5**0.5}, 3.0),
        ({"mean_minutes": 1, "cv": 0.5}, 2.5),
    ],
    ids=["always the same", "Erlang 2", "lognormal"],
)
def test_pollaczek_and_khinchine(service: Any, wait: float, hours: float, precision: float) -> None:
    """M/G/1 loaded to .8: Wq = rho (1 + c^2) E[S] / (2 (1 - rho))."""
    found = runs(30, units=1, rates=[48], service=service, hours=2 * hours, warm_up_hours=10)
    accept([run.mean_wait for run in found], wait, precision)


def by_severity(run: sim.DispatchResult, severity: str) -> float:
    """Mean minutes from a call to its end."""
    calls = run.calls[run.counted & (run.calls["severity"] == severity)]
    return float((calls["released"] - calls["came"]).mean())


PRIORITIES: dict[str, Any] = {"rates": [48], "severity": {"red": 0.25, "green": 0.75}, "service": EXPONENTIAL}


@LENGTHS
def test_priorities_of_calls_that_wait(hours: float, precision: float) -> None:
    """M/M/1, .2 red and .6 green calls a minute, mean service 1; nobody is called off: times in system 2.0 and 6.0."""
    found = runs(40, units=1, **PRIORITIES, hours=1.5 * hours, warm_up_hours=10)
    accept([by_severity(run, "red") for run in found], 2.0, precision)
    accept([by_severity(run, "green") for run in found], 6.0, precision)


@LENGTHS
def test_priorities_at_a_desk(hours: float, precision: float) -> None:
    """The same line before a desk of the operations centre, with units for everybody behind it."""
    given = {"rates": [48], "severity": PRIORITIES["severity"], "handling": EXPONENTIAL, "desks": 1}
    found = runs(40, units=100, **given, hours=1.5 * hours, warm_up_hours=10)
    accept([by_severity(run, "red") for run in found], 2.0, precision)
    accept([by_severity(run, "green") for run in found], 6.0, precision)


@pytest.mark.slow
def test_priorities_at_the_days_own_posko() -> None:
    """The same by the day's own posko, twelve hours a replication; too short to be at rest, so it is held against ours."""
    theirs = [sim.simulate_dispatch(1, **PRIORITIES, hours=12, day=day, engine=Engine.POSKO) for day in range(10)]
    for day, run in enumerate(theirs):
        ours = sim.simulate_dispatch(1, **PRIORITIES, hours=12, day=day)
        np.testing.assert_allclose(run.wait, ours.wait, atol=1e-9)
