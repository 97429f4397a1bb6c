"""One stage or several in the steady state against closed formulas, exact solutions and a published trace."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from scipy import stats

from sim.voting.kernel import fates
from sim.voting.station import run_station
from tests.voting.theory import (
    Draw,
    accept,
    birth_death,
    constant,
    erlang,
    erlang_b,
    erlang_c,
    exponential,
    hyperexponential,
    lognormal,
    play,
    stations,
    steady,
)


def test_trace_of_two_booths() -> None:
    """Stored test data of a university programming course: two booths, first come first served, first ten."""
    rng = random.Random(1438018944)
    arrivals, durations, now = [], [], 0.0
    while True:
        now += rng.expovariate(1 / 6)
        if now > 60:
            break
        arrivals.append(now)
        durations.append(rng.expovariate(0.1))
    times = run_station(arrivals, durations, [2], closing=60.0)
    assert arrivals[1] == 12.39227582413851
    assert durations[2] == 24.453781839245025
    assert times.start[0, :10].tolist() == [
        3.293187599132024, 12.39227582413851, 12.680543138944357, 18.132992421175032, 24.21097183431351,
        37.13432497818938, 42.9241638269688, 59.56964550268871, 62.64010167497426,
        63.84642813425357,
    ]  # fmt: skip


@pytest.mark.parametrize(("rate", "mean", "wait", "spent"), [(5.0, 1 / 8, 0.208333, 0.333333), (0.25, 3.0, 9.0, 12.0)])
def test_m_m_1(rate: float, mean: float, wait: float, spent: float) -> None:
    """Wq = rho / (mu - lambda); the second has the inputs of Rios Insua et al. (2004), example 10.3."""
    found = steady(rate, [exponential(mean)], [1], customers=40_000)
    accept(found.mean_wait(), wait)
    accept((found.left - found.joined).mean(axis=1), spent)


@pytest.mark.parametrize(
    ("rate", "mean", "servers", "expected", "customers"),
    [
        (1.2, 2.0, 3, 2.157303, 75_000),  # HP-12C Solutions Handbook, p. 144 (Trueman 1977): 2.16
        (5.0, 1 / 3, 2, 0.757576, 65_000),  # inputs of Jensen, Operations Research Models and Methods
        # the inputs of the MIT/Caltech voting project's line calculator (M/M/c)
        pytest.param(100 / 60, 5.0, 10, 1.462832, 90_000, marks=pytest.mark.slow),
    ],
)
def test_m_m_c(rate: float, mean: float, servers: int, expected: float, customers: int) -> None:
    """Erlang's formulas (1917): the mean wait, the share that waits, and the exponential tail of the wait."""
    offered = rate * mean
    waiting, spare = erlang_c(servers, offered), servers / mean - rate
    assert waiting / spare == pytest.approx(expected, rel=1e-5)
    found = steady(rate, [exponential(mean)], [servers], customers=customers)
    accept(found.mean_wait(), expected)
    accept((found.wait[:, 0] > 1e-9).mean(axis=1), waiting)
    accept((found.wait[:, 0] > expected).mean(axis=1), waiting * math.exp(-spare * expected))


@pytest.mark.parametrize(
    ("rate", "mu", "servers", "places", "full", "wait", "customers"),
    [
        (5.0, 5.714, 1, 15, 0.019134, 0.815726, 160_000),  # inputs of Rios Insua et al. (2004), example 10.7
        (5.0, 3.0, 2, 5, 0.11513, 0.177992, 15_000),  # Jensen, Operations Research Models and Methods: .115, .178
        (3.0, 4.0, 2, 3, 0.049360, None, 20_000),  # inputs of simmer's vignette on queueing
    ],
)
def test_m_m_c_k_by_going_away_from_a_long_line(
    rate: float, mu: float, servers: int, places: int, full: float, wait: float | None, customers: int
) -> None:
    """K places: who finds K - c in line goes away at once. Share that does, and the wait of the others."""
    people = birth_death(lambda _: rate, lambda k: min(k, servers) * mu, places)
    line = np.maximum(np.arange(places + 1) - servers, 0) @ people
    exact = line / rate / (1 - people[-1])
    assert people[-1] == pytest.approx(full, rel=1e-4)
    assert wait is None or exact == pytest.approx(wait, rel=1e-5)
    found = steady(rate, [exponential(1 / mu)], [servers], line_limit=places - servers, customers=customers)
    accept(found.share(fates.LOST_BALKED), people[-1])
    accept(found.mean_wait(), exact)


LAWS = {
    "constant": (constant(1.0), 0.0, 6_000),
    "erlang 2": (erlang(2, 1.0), 0.5, 8_000),
    "lognormal": (lognormal(1.0, 0.5), 0.25, 8_000),
    "exponential": (exponential(1.0), 1.0, 12_000),
    "hyperexponential": (hyperexponential(1.0, 4.0), 4.0, 50_000),
}


@pytest.mark.parametrize(
    ("law", "load", "longer"),
    [(law, 0.5, 1) for law in LAWS]
    + [(law, 0.8, 4) for law in ("constant", "lognormal")]
    + [pytest.param(law, 0.8, 7, marks=pytest.mark.slow) for law in ("erlang 2", "exponential", "hyperexponential")]
    + [pytest.param(law, 0.9, 20 if law == "hyperexponential" else 30, marks=pytest.mark.slow) for law in LAWS],
)
def test_m_g_1_pollaczek_khinchine(law: str, load: float, longer: int) -> None:
    """Wq = rho (1 + cs2) E[S] / (2 (1 - rho))."""
    service, squared_cv, customers = LAWS[law]
    found = steady(load, [service], [1], customers=longer * customers)
    accept(found.mean_wait(), load * (1 + squared_cv) / (2 * (1 - load)))


@pytest.mark.parametrize(
    ("servers", "load", "expected", "customers"),
    [
        (2, 0.8, 0.903284, 40_000),
        (5, 0.8, 0.289060, 40_000),
        pytest.param(10, 0.8, 0.109828, 60_000, marks=pytest.mark.slow),
        pytest.param(5, 0.9, 0.776695, 200_000, marks=pytest.mark.slow),
        pytest.param(10, 0.95, 0.837083, 500_000, marks=pytest.mark.slow),
    ],
)
def test_m_d_c(servers: int, load: float, expected: float, customers: int) -> None:
    """Exact solution of Crommelin's equations (1932): people one service later = (people now - c)+ + Poisson."""
    found = steady(servers * load, [constant(1.0)], [servers], customers=customers)
    accept(found.mean_wait(), expected)


@pytest.mark.parametrize(
    ("gaps", "load", "expected", "customers"),
    [
        (constant, 0.5, 0.255001, 20_000),
        (constant, 0.8, 1.692731, 40_000),
        (lambda mean: erlang(2, mean), 0.5, 0.618034, 20_000),
        (lambda mean: erlang(2, mean), 0.8, 2.843980, 50_000),
        pytest.param(constant, 0.9, 4.178659, 160_000, marks=pytest.mark.slow),
        pytest.param(lambda mean: erlang(2, mean), 0.9, 6.588284, 200_000, marks=pytest.mark.slow),
    ],
)
def test_gi_m_1(gaps: object, load: float, expected: float, customers: int) -> None:
    """Wq = s / (mu (1 - s)) with s the root of s = A*(mu (1 - s)): Kendall (1953)."""
    between = gaps(1 / load)  # type: ignore[operator]
    found = steady(load, [exponential(1.0)], [1], gaps=between, customers=customers)
    accept(found.mean_wait(), expected)


def test_tandem_polling_place() -> None:
    """Jackson network: check-in with 2 officers, 6 booths, a scanner; one voter a minute. Each stage is an M/M/c."""
    means, servers = (1.5, 5.0, 0.5), [2, 6, 1]
    exact = [erlang_c(c, m) / (c / m - 1.0) for m, c in zip(means, servers, strict=True)]
    assert exact == pytest.approx([1.928571, 2.937580, 0.5], abs=5e-6)
    found = steady(1.0, [exponential(mean) for mean in means], servers, customers=130_000)
    for stage, expected in enumerate(exact):
        accept(found.mean_wait(stage), expected)
    accept((found.left - found.joined).mean(axis=1), 12.366154)


def test_departures_are_poisson() -> None:
    """Burke (1956): what leaves an M/M/c is Poisson of the same rate, as queueing-tool's tests check.

    Gaps between departures: exponential (Kolmogorov and Smirnov, each gap a hundred apart from the next that counts),
    uncorrelated with the gap before.
    """
    found = steady(1.6, [exponential(1.0)], [2], customers=25_000)
    gaps = np.diff(np.sort(found.finish[:, 0], axis=1), axis=1)[:, :-200]
    accept(gaps.mean(axis=1), 1 / 1.6)
    apart = gaps[:, ::100].ravel()
    assert stats.kstest(apart, "expon", args=(0, 1 / 1.6)).pvalue > 0.0005
    correlation = [np.corrcoef(row[:-1], row[1:])[0, 1] for row in gaps]
    assert abs(np.mean(correlation)) <= 3.5 * np.std(correlation, ddof=1) / math.sqrt(len(correlation))


@pytest.mark.parametrize(
    ("servers", "offered", "expected", "law", "customers"),
    [
        (1, 1.0, 0.5, exponential(1.0), 5_000),
        (3, 2.0, 0.210526, constant(1.0), 10_000),
        (3, 2.0, 0.210526, erlang(2, 1.0), 10_000),
        (3, 2.0, 0.210526, lognormal(1.0, 1.5), 10_000),
        (3, 2.0, 0.210526, hyperexponential(1.0, 4.0), 10_000),
        (10, 8.0, 0.121661, lognormal(1.0, 0.5), 20_000),
        pytest.param(20, 15.0, 0.045593, exponential(1.0), 45_000, marks=pytest.mark.slow),
    ],
)
def test_erlang_loss_does_not_depend_on_the_service_law(
    servers: int, offered: float, expected: float, law: Draw, customers: int
) -> None:
    """M/G/c/c (Erlang 1917, Sevastyanov 1957): nobody waits, as nobody has any patience, or as nobody stands in line."""
    assert erlang_b(servers, offered) == pytest.approx(expected, rel=1e-5)
    found = steady(offered, [law], [servers], patience=constant(0.0), customers=customers)
    accept(found.share(fates.LOST_IMPATIENT), expected)
    assert np.all(found.wait[:, 0][found.served] == 0)
    balked = steady(offered, [law], [servers], line_limit=0.0, customers=customers)
    accept(balked.share(fates.LOST_BALKED), expected)
    assert np.all(balked.wait[:, 0][balked.served] == 0)


def test_pasta_arrivals_see_time_averages() -> None:
    """Wolff (1982): the share of customers who find all servers busy is the share of time during which all are."""
    found = steady(3.0, [erlang(2, 1.0)], [4], customers=25_000)
    seen, over_time = [], []
    for joined, start, finish in zip(found.joined, found.start[:, 0], found.finish[:, 0], strict=True):
        times = np.concatenate([start, finish])
        order = np.argsort(times, kind="stable")
        busy = np.cumsum(np.repeat([1, -1], len(start))[order])
        lasting = np.diff(times[order])
        inside = slice(100, len(start) * 2 - 2000)
        over_time.append(np.sum(lasting[inside] * (busy[inside] >= 4)) / lasting[inside].sum())
        found_busy = busy[np.searchsorted(times[order], joined, side="left")[500:-2000] - 1] >= 4
        seen.append(found_busy.mean())
    difference = np.array(seen) - np.array(over_time)
    assert np.std(difference) < 0.02
    assert abs(difference.mean()) <= 3.5 * difference.std(ddof=1) / math.sqrt(len(difference))
    assert 0.4 < np.mean(over_time) < 0.6


@pytest.mark.parametrize(("first", "expected"), [(25, 2.12449), (50, 3.05297)])
def test_first_customers_of_an_empty_queue(first: int, expected: float) -> None:
    """Mean delay of the first customers of M/M/1 at load 0.9 from empty, exact; Law and Kelton print 2.12 for 25."""
    days = 20_000
    g = np.random.default_rng(5)
    arrival = np.cumsum(g.exponential(1.0, (days, first)), axis=1).ravel()
    _, times = play(stations(np.arange(days + 1) * first, arrival, g.exponential(0.9, days * first)), [1])
    wait = times.wait[0].reshape(days, first)
    accept(wait.mean(axis=1), expected)
    if first == 50:
        for n, delay in ((10, 1.97550), (25, 3.30051), (50, 4.49861)):
            accept(wait[:, n - 1], delay, 0.012)
