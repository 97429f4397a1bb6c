"""A polling day from opening to the last voter, arrivals varying: exact forward equations and deterministic limits."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.voting.station import run_station
from tests.voting.theory import Floats, accept, accept_ratio, play, stations

SHARE = np.array([0.1, 0.1, 0.05, 0.05, 0.05, 0.1, 0.1, 0.05, 0.05, 0.05, 0.1, 0.1, 0.1])
CLOSING = 780.0
CLOCKS = (60, 120, 180, 360, 780)
_APART = 4096.0
"""Days are kept apart by this many minutes while they are sorted together; a power of two, to lose few digits."""


def varying_days(voters: int, days: int, seed: int) -> tuple[NDArray[np.int64], Floats]:
    """Arrivals of Edelstein and Edelstein (EVT/WOTE 2010): a Poisson number in each of 13 hours, evenly within it.

    Their program: arthuredelstein/votingQueueSimulator, voteQueueSimulator.py.
    """
    g = np.random.default_rng(seed)
    counts = g.poisson(voters * SHARE, (days, 13))
    offset = np.arange(days)[:, None] * _APART + np.arange(13) * 60.0
    arrival = np.sort(np.repeat(offset.ravel(), counts.ravel()) + g.uniform(0, 60, counts.sum()))
    due = counts.sum(axis=1)
    return np.concatenate(([0], np.cumsum(due))), arrival - np.repeat(np.arange(days) * _APART, due)


@functools.cache
def forward(machines: int, voters: int, mean: float) -> tuple[float, float, tuple[float, ...], float]:
    """Solve Kolmogorov's forward equations of the M_t/M/c day, without any simulation.

    Return the mean wait per voter, the share who wait over 30 minutes, people there at ``CLOCKS``, and the mean time
    from closing until everybody has gone. Fourth-order Runge-Kutta; Simpson's rule for the integrals over time.
    """
    most, step = 40 * machines + 150, 0.05
    n = np.arange(most + 1)
    death = np.minimum(n, machines) / mean
    phases = np.maximum(n - machines + 1, 0)  # services that must end before an arrival who finds n there begins
    wait = phases * mean / machines
    long = _poisson_below(phases, 30.0 * machines / mean)

    def change(p: Floats, rate: float) -> Floats:
        out = -(rate + death) * p
        out[:-1] += death[1:] * p[1:]
        out[1:] += rate * p[:-1]
        out[-1] += rate * p[-1]
        return out

    p, waited, over, people = np.eye(1, most + 1).ravel(), 0.0, 0.0, {}
    for k in range(round(CLOSING / step)):
        rate = voters * SHARE[int((k + 0.5) * step // 60)] / 60
        one = change(p, rate)
        two = change(p + step / 2 * one, rate)
        three = change(p + step / 2 * two, rate)
        after = p + step / 6 * (one + 2 * two + 2 * three + change(p + step * three, rate))
        middle = p + step / 2 * two
        mass = rate * step / 6 * (p + 4 * middle + after)
        waited, over, p = waited + wait @ mass, over + long @ mass, after
        people[round((k + 1) * step, 6)] = float(n @ p)
    drain = np.concatenate(([0.0], np.cumsum(1 / death[1:]))) @ p
    total = voters * SHARE.sum()
    return waited / total, over / total, tuple(people[c] for c in CLOCKS), float(drain)


def _poisson_below(phases: NDArray[np.int64], expected: float) -> Floats:
    """Return the share of Poisson numbers below each of these: an Erlang wait of so many phases is not yet over."""
    terms = np.exp(np.arange(phases.max()) * math.log(expected) - expected - _log_factorials(int(phases.max())))
    return np.concatenate(([0.0], np.cumsum(terms)))[phases]


def _log_factorials(n: int) -> Floats:
    return np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, n)))))


ROWS = [
    (10, 1000, 5.0, 0.82454, 0.0, (10.3154, 10.6726, 4.1753, 10.3586, 10.7469), 14.8064),
    (10, 1250, 5.0, 4.86626, 0.00648, (20.2839, 28.5116, 5.8290, 20.8314, 35.9380), 27.6009),
    (5, 500, 7.0, 13.46726, 0.14459, (13.4024, 21.4288, 8.7090, 14.3447, 29.8228), 50.7254),
    (2, 300, 5.0, 24.80077, 0.33630, (9.3811, 15.9189, 8.8780, 11.1524, 24.2163), 63.0348),
]


@pytest.mark.parametrize(("machines", "voters", "mean", "wait", "over30", "inside", "drain"), ROWS)
def test_forward_equations_give_the_stored_table(
    machines: int, voters: int, mean: float, wait: float, over30: float, inside: tuple[float, ...], drain: float
) -> None:
    """The same numbers from an independent solution, stored to the digits shown."""
    found = forward(machines, voters, mean)
    assert found[0] == pytest.approx(wait, abs=2e-5)
    assert found[1] == pytest.approx(over30, abs=1e-5)
    assert found[2] == pytest.approx(inside, abs=2e-4)
    assert found[3] == pytest.approx(drain, abs=2e-4)


@pytest.mark.parametrize(
    ("machines", "voters", "mean", "days", "precision"),
    [
        (10, 1000, 5.0, 1500, 0.04),
        (10, 1250, 5.0, 1000, 0.03),
        (5, 500, 7.0, 2000, 0.03),
        (2, 300, 5.0, 3000, 0.02),
        pytest.param(10, 1000, 5.0, 20_000, 0.01, marks=pytest.mark.slow),
        pytest.param(10, 1250, 5.0, 8_000, 0.01, marks=pytest.mark.slow),
        pytest.param(5, 500, 7.0, 10_000, 0.01, marks=pytest.mark.slow),
        pytest.param(2, 300, 5.0, 12_000, 0.01, marks=pytest.mark.slow),
    ],
)
def test_time_varying_arrivals_against_the_forward_equations(
    machines: int, voters: int, mean: float, days: int, precision: float
) -> None:
    """Mean wait by the ratio of sums over days (the mean of daily means is lower), long waits, people, time to empty."""
    wait, over30, inside, drain = forward(machines, voters, mean)
    first, arrival = varying_days(voters, days, 11)
    service = np.random.default_rng(12).exponential(mean, len(arrival))
    table, times = play(stations(first, arrival, service), [machines], closing=CLOSING)
    due = np.diff(first).astype(float)
    assert np.array_equal(table.due, np.diff(first))
    accept_ratio(table.wait_sum, due, wait, precision)
    if over30 > 0.01:
        accept_ratio(table.waited_over_30.astype(float), due, over30, 2 * precision)
    elif over30 > 1e-5:
        accept_ratio(table.waited_over_30.astype(float), due, over30, 0.3)
    else:
        assert table.waited_over_30.sum() / due.sum() < 1e-4
    accept(np.maximum(table.last_voted, CLOSING) - CLOSING, drain, precision)
    for clock, expected in zip(CLOCKS, inside, strict=True):
        there = (times.joined <= clock) & (times.left > clock)
        accept(np.add.reduceat(there.astype(float), first[:-1]), expected, precision)


def test_a_look_at_a_moment_counts_the_people_who_are_there() -> None:
    first, arrival = varying_days(300, 40, 3)
    draws = stations(first, arrival, np.random.default_rng(4).exponential(5.0, (2, len(arrival))))
    _, times = play(draws, [2, 2], closing=CLOSING)
    for clock in (*CLOCKS, 800.0):
        look, _ = play(draws, [2, 2], closing=CLOSING, until=clock)
        come, begun, gone = (
            np.add.reduceat(x <= clock, first[:-1]) for x in (times.joined, times.start[0], times.left)
        )
        assert np.array_equal(look.in_line, come - begun)
        assert np.array_equal(look.in_room, begun - gone)
        assert np.array_equal(look.voted, gone)
        assert np.array_equal(look.away, np.diff(first) - come)


@pytest.mark.parametrize(
    ("voters", "wait", "longest", "over15", "over30", "last"),
    [
        (780, (0.087, 0.001), (2.69, 0.01), 0.0, 0.0, None),
        (1000, (0.493, 0.003), (5.27, 0.02), 0.0004, 0.0, (785.2, 0.1)),
        (1250, (4.131, 0.021), (17.68, 0.08), 0.654, 0.027, (796.0, 0.1)),
    ],
)
def test_ten_machines_and_five_minutes_for_everybody(
    voters: int,
    wait: tuple[float, float],
    longest: tuple[float, float],
    over15: float,
    over30: float,
    last: tuple[float, float] | None,
) -> None:
    """Constant voting time, 20,000 days of an independent recursion of Kiefer and Wolfowitz: value and its error.

    780 voters are as many as the queue stop rule allows: (minutes open / time per voter) / 2 for each machine; there
    nobody waits 15 minutes. Daily means of the wait, daily longest waits, shares of days, last departures.
    """
    days = 1500
    first, arrival = varying_days(voters, days, 21)
    table, times = play(stations(first, arrival, np.full(len(arrival), 5.0)), [10], closing=CLOSING)
    agree(table.wait_sum / table.voted, *wait)
    most = np.maximum.reduceat(times.wait[0], first[:-1])
    agree(most, *longest)
    agree((most > 15).astype(float), over15, 0.004)
    agree((most > 30).astype(float), over30, 0.002)
    if last is not None:
        agree(table.last_voted, *last)


def agree(values: Floats, reference: float, error: float) -> None:
    """Accept a mean against a reference that has an error of its own."""
    both = math.hypot(values.std(ddof=1) / math.sqrt(len(values)), error)
    assert abs(values.mean() - reference) <= 3.5 * both, f"{values.mean():.6g}, not {reference:.6g}"


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


def test_random_days_come_nearer_to_the_fluid_as_speed_and_voters_grow() -> None:
    """The rush of Newell with Poisson arrivals: the distance of a day's mean wait from 30 minutes halves with each
    four times as many voters, served four times as fast."""
    far = []
    for scale in (1, 4, 16):
        g, waits = np.random.default_rng(31), []
        for _ in range(60):
            early, late = g.poisson(300 * scale), g.poisson(100 * scale)
            arrivals = np.sort(np.concatenate([g.uniform(0, 120, early), g.uniform(120, 240, late)]))
            waits.append(run_station(arrivals, g.exponential(0.6 / scale, len(arrivals)), [1]).wait[0].mean())
        far.append(float(np.mean(np.abs(np.array(waits) - 30))))
    assert far[2] < 0.7 * far[1] < 0.49 * far[0]
    assert far[2] < 2
