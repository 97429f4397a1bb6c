"""One station alone against published traces, closed formulas and exact numerical solutions.

Stochastic cases: at least 30 independent replications, |z| at most 3.5 and a standard error of at most 1 % of the
reference; steady states from an empty start without the first tenth of the customers.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from sim.errors import UserError
from sim.voting import fates
from sim.voting.conditions import Conditions, flatten, undisturbed
from sim.voting.draws import VoterDraws
from sim.voting.engine import VoterTimes, follow_voters
from sim.voting.rules import Rules
from sim.voting.station import run_station, station_voters

Draw = Callable[[np.random.Generator, int], np.ndarray]


def accept(values: list[float], reference: float, precision: float = 0.01) -> None:
    mean, error = np.mean(values), np.std(values, ddof=1) / np.sqrt(len(values))
    assert len(values) >= 30
    assert error <= precision * abs(reference), f"standard error {error} of {reference}"
    assert abs(mean - reference) <= 3.5 * error, f"{mean} +- {error}, not {reference}"


def steady(
    rate: float,
    services: list[Draw],
    servers: list[int],
    measure: Callable[[VoterTimes, slice], float],
    *,
    replications: int = 40,
    customers: int = 150_000,
    patience: Draw | None = None,
) -> list[float]:
    found = []
    for replication in range(replications):
        g = np.random.default_rng([7, replication])
        arrivals = np.cumsum(g.exponential(1 / rate, customers))
        service = np.array([draw(g, customers) for draw in services])
        impatience = patience(g, customers) if patience is not None else None
        times = run_station(arrivals, service, servers, patience=impatience)
        found.append(measure(times, slice(customers // 10, None)))
    return found


def exponential(mean: float) -> Draw:
    return lambda g, n: g.exponential(mean, n)


def constant(mean: float) -> Draw:
    return lambda g, n: np.full(n, mean)


def lognormal(mean: float, cv: float) -> Draw:
    sigma = np.sqrt(np.log1p(cv * cv))
    return lambda g, n: mean * np.exp(sigma * g.standard_normal(n) - sigma * sigma / 2)


def mean_wait(stage: int = 0) -> Callable[[VoterTimes, slice], float]:
    return lambda times, kept: float(times.wait[stage, kept].mean())


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


@pytest.mark.parametrize(
    ("rate", "mean", "servers", "expected"),
    [(1.2, 2.0, 3, 2.157303), (5.0, 1 / 3, 2, 0.757576), (5.0, 1 / 8, 1, 0.208333)],
)
def test_m_m_c(rate: float, mean: float, servers: int, expected: float) -> None:
    """Erlang's formula; the first is in the HP-12C solutions handbook, p. 144 (2.16)."""
    accept(steady(rate, [exponential(mean)], [servers], mean_wait()), expected)


@pytest.mark.parametrize(
    ("service", "expected"),
    [(constant(1.0), 2.0), (exponential(1.0), 4.0), (lognormal(1.0, 0.5), 2.5)],
)
def test_m_g_1_pollaczek_khinchine(service: Draw, expected: float) -> None:
    accept(steady(0.8, [service], [1], mean_wait()), expected)


def test_m_d_c() -> None:
    """Exact solution of the M/D/5 queue at load 0.8."""
    accept(steady(4.0, [constant(1.0)], [5], mean_wait()), 0.289060)


def test_tandem_polling_place() -> None:
    """Jackson network: check-in with 2 officers, 6 booths, a scanner; one voter a minute."""
    services, servers = [exponential(1.5), exponential(5.0), exponential(0.5)], [2, 6, 1]

    def spent(times: VoterTimes, kept: slice) -> float:
        return float((times.left - times.joined)[kept].mean())

    cases = ((mean_wait(0), 1.928571), (mean_wait(1), 2.937580), (mean_wait(2), 0.5), (spent, 12.366154))
    for measure, expected in cases:
        accept(steady(1.0, services, servers, measure), expected)


@pytest.mark.parametrize(
    ("rate", "mean", "patience", "servers", "leaving", "waited"),
    [(2.0, 5.0, 15.0, 10, 0.091926, 1.378890), (2.4, 5.0, 20.0, 10, 0.181083, 3.621650)],
)
def test_erlang_a(rate: float, mean: float, patience: float, servers: int, leaving: float, waited: float) -> None:
    """M/M/c+M by its birth-death chain: share that leaves, and the shorter of wait and patience."""

    def left(t: VoterTimes, kept: slice) -> float:
        return float((t.fate == fates.LOST_IMPATIENT)[kept].mean())

    def spent(t: VoterTimes, kept: slice) -> float:
        until = np.where(t.fate == fates.LOST_IMPATIENT, t.left, t.start[0])
        return float((until - t.joined)[kept].mean())

    for measure, expected in ((left, leaving), (spent, waited)):
        accept(steady(rate, [exponential(mean)], [servers], measure, patience=exponential(patience)), expected)


def test_first_customers_of_an_empty_queue() -> None:
    """Mean of the first 25 delays of M/M/1 at load 0.9 from empty: 2.12449 (exact; Law and Kelton print 2.12)."""
    days, n = 40_000, 25
    g = np.random.default_rng(5)
    arrival = np.cumsum(g.exponential(1.0, (days, n)), axis=1).ravel()
    times = batch(days, arrival, g.exponential(0.9, days * n)[None, :], [1], 1e9)
    accept(times.wait[0].reshape(days, n).mean(axis=1).tolist(), 2.12449, 0.01)


def batch(days: int, arrival: np.ndarray, service: np.ndarray, servers: list[int], closing: float) -> VoterTimes:
    """Play independent days side by side, as if they were stations."""
    n = len(arrival)
    draws = VoterDraws(
        np.linspace(0, n, days + 1).astype(np.int64), arrival, service, np.full(n, np.inf), np.ones(n), np.ones(n),
        np.zeros(n), np.ones(days),
    )  # fmt: skip
    return follow_voters(draws, Rules(np.array(servers), 0.0, closing), undisturbed(np.zeros(days)))[1]


def varying_day(voters: int, days: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Arrivals of Edelstein and Edelstein (EVT/WOTE 2010): Poisson in each of 13 hours; padded to one length a day."""
    share = np.array([0.1, 0.1, 0.05, 0.05, 0.05, 0.1, 0.1, 0.05, 0.05, 0.05, 0.1, 0.1, 0.1])
    g = np.random.default_rng(seed)
    counts = g.poisson(voters * share, (days, 13))
    first = np.concatenate(([0], np.cumsum(counts.sum(axis=1))))
    arrival = np.concatenate([np.sort(np.repeat(np.arange(13) * 60.0, c) + g.uniform(0, 60, c.sum())) for c in counts])
    return first, arrival


@pytest.mark.parametrize(
    ("voters", "servers", "mean", "wait", "over30", "inside", "drain"),
    [
        (1250, 10, 5.0, 4.86626, 0.00648, (20.2839, 28.5116, 5.8290, 20.8314, 35.9380), 27.6009),
        (300, 2, 5.0, 24.80077, 0.33630, (9.3811, 15.9189, 8.8780, 11.1524, 24.2163), 63.0348),
    ],
)
def test_time_varying_arrivals_against_the_forward_equations(
    voters: int, servers: int, mean: float, wait: float, over30: float, inside: tuple[float, ...], drain: float
) -> None:
    """Exact forward equations of the M_t/M/c day: waits by the ratio rule, people, time to empty."""
    days = 1000
    first, arrival = varying_day(voters, days, 11)
    n = len(arrival)
    service = np.random.default_rng(12).exponential(mean, (1, n))
    draws = VoterDraws(first, arrival, service, np.full(n, np.inf), np.ones(n), np.ones(n), np.zeros(n), np.ones(days))
    rules, calm = Rules(np.array([servers]), 0.0, 780.0), undisturbed(np.zeros(days))
    table, times = follow_voters(draws, rules, calm)
    ratio(times.wait[0], first, wait)
    ratio((times.wait[0] > 30).astype(float), first, over30)
    for clock, expected in zip((60, 120, 180, 360, 780), inside, strict=True):
        there, _ = follow_voters(draws, rules, calm, until=clock)
        near((there.in_line + there.in_room).astype(float), expected)
    near(np.maximum(table.last_voted, 780.0) - 780.0, drain)


def near(values: np.ndarray, expected: float) -> None:
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - expected) <= 3.5 * error


def ratio(values: np.ndarray, first: np.ndarray, expected: float) -> None:
    """Accept a ratio of sums over days, by the standard error of its linearisation."""
    total, number = np.add.reduceat(values, first[:-1]), np.diff(first)
    rest = total - expected * number
    error = rest.std(ddof=1) / np.sqrt(len(rest)) / number.mean()
    assert abs(rest.mean() / number.mean()) <= 3.5 * error


def test_fluid_limit_of_a_rush() -> None:
    """Newell: capacity 100 an hour, 150 an hour for two hours, then 50: delays 60 minutes at most, 200 person-hours."""
    for scale, tolerance in ((1, 0.02), (10, 0.003)):
        arrivals = np.concatenate([np.arange(300 * scale) * 0.4 / scale, 120 + np.arange(100 * scale) * 1.2 / scale])
        times = run_station(arrivals, np.full(400 * scale, 0.6 / scale), [1])
        assert times.wait[0].max() == pytest.approx(60, rel=tolerance)
        assert times.wait[0].sum() / 60 / scale == pytest.approx(200, rel=tolerance)
        assert times.left.max() == pytest.approx(240, rel=tolerance)
        inside = np.count_nonzero((times.joined <= 120) & (times.left > 120))
        assert inside / scale == pytest.approx(100, rel=tolerance)


def test_littles_law_holds_on_every_path_with_interruptions() -> None:
    g = np.random.default_rng(8)
    arrivals = np.sort(g.uniform(0, 300, 250))
    service = g.exponential(1.0, (3, 250))
    c = Conditions().changing(80, 0.0, 0.0).changing(110, 0.6, 0.0).changing(190, 1.0, 0.0)
    times = run_station(arrivals, service, [2, 3, 1], closing=300.0, patience=g.exponential(60, 250), conditions=c)
    edges = np.sort(np.concatenate([times.joined, times.left]))
    inside = [np.count_nonzero((times.joined <= t) & (times.left > t)) for t in edges[:-1]]
    assert np.sum(inside * np.diff(edges)) == pytest.approx(np.sum(times.left - times.joined), rel=1e-12)
    voters = station_voters(arrivals, service, patience=None)
    rules = Rules(np.array([2, 3, 1]), 0.0, 300.0)
    whole, everyone = follow_voters(voters, rules, flatten([c]))
    for t in np.arange(0.5, 400, 17):
        look, _ = follow_voters(voters, rules, flatten([c]), until=float(t))
        assert look.in_line[0] + look.in_room[0] == np.count_nonzero((everyone.joined <= t) & (everyone.left > t))
    assert whole.voted[0] == 250


def test_doubling_every_rate_halves_every_time() -> None:
    g = np.random.default_rng(9)
    arrivals, service = np.sort(g.uniform(0, 100, 80)), g.exponential(2.0, (2, 80))
    one = run_station(arrivals, service, [2, 2])
    two = run_station(arrivals / 2, service / 2, [2, 2])
    np.testing.assert_allclose(two.left, one.left / 2, rtol=1e-12)


@pytest.mark.parametrize(
    ("kwargs", "named"),
    [
        ({"servers": []}, "stages"),
        ({"servers": [0]}, "servers"),
        ({"servers": [1, 1]}, "2 stages, but service has 1"),
        ({"arrivals": [2.0, 1.0]}, "arrivals"),
        ({"arrivals": [1.0, float("nan")]}, "arrivals"),
        ({"service": [1.0, -1.0]}, "service"),
        ({"service": [1.0, float("nan")]}, "service"),
        ({"service": [1.0]}, "1 service times a stage for 2 voters"),
        ({"closing": 0.0}, "close"),
        ({"closing": 1.5}, "after closing"),
        ({"patience": [1.0]}, "patience"),
        ({"patience": [1.0, -2.0]}, "patience"),
    ],
)
def test_bad_input_is_refused(kwargs: dict, named: str) -> None:
    given = {"arrivals": [1.0, 2.0], "service": [1.0, 1.0], "servers": [1], **kwargs}
    with pytest.raises(UserError, match=named):
        run_station(**given)
