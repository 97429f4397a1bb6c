"""Voters who go first, nobody's service broken off, against Cobham's formulas (1954) and conservation laws."""

from __future__ import annotations

import numpy as np
import pytest

from tests.voting.theory import (
    Draw,
    Replications,
    accept,
    constant,
    erlang_c,
    exponential,
    hyperexponential,
    lognormal,
    play,
    stations,
    steady,
)


def waits(found: Replications, stage: int = 0) -> tuple[list[float], list[float]]:
    """Return the mean waits of those who go first and of the others, in each replication."""
    wait, first = found.wait[:, stage], found.priority
    return (
        [float(w[p].mean()) for w, p in zip(wait, first, strict=True)],
        [float(w[~p].mean()) for w, p in zip(wait, first, strict=True)],
    )


def test_two_classes_without_interruption_m_m_1() -> None:
    """Rates 0.2 and 0.6, service 1: in the system 2.0 and 6.0 on average, as Ciw's literature test states."""
    found = steady(0.8, [exponential(1.0)], [1], first_served=0.25, customers=40_000)
    spent = found.left - found.joined
    for goes_first, expected in ((True, 2.0), (False, 6.0)):
        accept([s[p == goes_first].mean() for s, p in zip(spent, found.priority, strict=True)], expected)


@pytest.mark.parametrize(
    ("law", "squared_cv", "customers"),
    [
        (constant(1.0), 0.0, 15_000),
        (lognormal(1.0, 0.5), 0.25, 18_000),
        pytest.param(hyperexponential(1.0, 4.0), 4.0, 150_000, marks=pytest.mark.slow),
    ],
)
def test_two_classes_without_interruption_m_g_1(law: Draw, squared_cv: float, customers: int) -> None:
    """Cobham: W0 = lambda E[S^2] / 2; Wq1 = W0 / (1 - rho1), Wq2 = W0 / ((1 - rho1)(1 - rho))."""
    load, share = 0.7, 0.3
    found = steady(load, [law], [1], first_served=share, customers=customers)
    left_over = load * (1 + squared_cv) / 2
    first, others = waits(found)
    accept(first, left_over / (1 - share * load))
    accept(others, left_over / ((1 - share * load) * (1 - load)))


def test_those_who_go_first_may_take_longer() -> None:
    """Cobham with unlike classes: a share of 0.12, served twice as long as the others."""
    rate, share, factor = 0.7, 0.12, 2.0
    found = steady(rate, [exponential(1.0)], [1], first_served=share, priority_factor=factor, customers=75_000)
    first_load, load = rate * share * factor, rate * (1 - share + share * factor)
    left_over = rate * (share * factor**2 + 1 - share)  # half of E[S^2] = 2 m^2
    first, others = waits(found)
    accept(first, left_over / (1 - first_load))
    accept(others, left_over / ((1 - first_load) * (1 - load)))


@pytest.mark.parametrize(
    ("servers", "load", "customers"), [(3, 0.8, 60_000), pytest.param(6, 0.85, 110_000, marks=pytest.mark.slow)]
)
def test_two_classes_without_interruption_m_m_c(servers: int, load: float, customers: int) -> None:
    """Cobham: Wq1 = C / (c mu) / (1 - rho1), Wq2 = Wq1 / (1 - rho), with Erlang's share C that waits."""
    share = 0.25
    found = steady(servers * load, [exponential(1.0)], [servers], first_served=share, customers=customers)
    short = erlang_c(servers, servers * load) / servers / (1 - share * load)
    first, others = waits(found)
    accept(first, short)
    accept(others, short / (1 - load))


def test_only_some_stages_let_them_go_first() -> None:
    """A tandem of M/M/1: Burke's theorem holds, so each stage is one of its own; going first only at the second."""
    found = steady(
        0.7, [exponential(1.0), exponential(1.0)], [1, 1], first_served=0.3, priority_stages=[False, True],
        customers=50_000,
    )  # fmt: skip
    for values in waits(found, 0):
        accept(values, 0.7 / 0.3)
    for values, expected in zip(waits(found, 1), (0.7 / 0.79, 0.7 / 0.79 / 0.3), strict=True):
        accept(values, expected)


def test_who_goes_first_changes_no_sum_of_waits_when_all_services_are_alike() -> None:
    """Conservation (Kleinrock 1965), here on every path: with equal services the line is as long at every moment."""
    days, n = 100, 500
    g = np.random.default_rng(14)
    arrival = np.cumsum(g.exponential(1 / 1.8, (days, n)), axis=1).ravel()
    draws = stations(np.arange(days + 1) * n, arrival, np.ones(days * n), priority=g.random(days * n) < 0.3)
    (_, plain), (_, first) = (play(draws, [2], priority_stages=[on]) for on in (False, True))
    each = [np.sort(times.start[0].reshape(days, n), axis=1) for times in (plain, first)]
    np.testing.assert_allclose(each[1], each[0], rtol=1e-12)
    assert first.wait[0].sum() == pytest.approx(plain.wait[0].sum(), rel=1e-10)
    assert first.wait[0][draws.priority].mean() < 0.5 * plain.wait[0].mean()
