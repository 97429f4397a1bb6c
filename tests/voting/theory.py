"""What the theory tests share: replications as stations side by side, acceptance, and the formulas of queueing theory.

Acceptance of a random result: at least 30 independent replications, a standard error of at most 1 % of the reference,
and at most 3.5 standard errors from it. Steady states start empty, without the first tenth of the customers. Shares are
judged by the means of replications, never by counting customers, who are not independent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.voting.conditions import undisturbed
from sim.voting.draws import VoterDraws
from sim.voting.engine import StationTable, VoterTimes, follow_voters
from sim.voting.kernel import fates
from sim.voting.rules import Rules

Draw = Callable[[np.random.Generator, int], np.ndarray]
Floats = NDArray[np.float64]
TOGETHER = 1_000_000
"""Customers played in one call: bounds the memory, changes no number."""


def exponential(mean: float) -> Draw:
    return lambda g, n: g.exponential(mean, n)


def constant(mean: float) -> Draw:
    return lambda g, n: np.full(n, mean)


def erlang(shape: int, mean: float) -> Draw:
    return lambda g, n: g.gamma(shape, mean / shape, n)


def lognormal(mean: float, cv: float) -> Draw:
    sigma = np.sqrt(np.log1p(cv * cv))
    return lambda g, n: mean * np.exp(sigma * g.standard_normal(n) - sigma * sigma / 2)


def hyperexponential(mean: float, squared_cv: float) -> Draw:
    """Two exponentials with balanced means."""
    share = (1 + math.sqrt((squared_cv - 1) / (squared_cv + 1))) / 2

    def draw(g: np.random.Generator, n: int) -> np.ndarray:
        return g.exponential(1.0, n) * np.where(g.random(n) < share, mean / 2 / share, mean / 2 / (1 - share))

    return draw


def accept(values: Sequence[float] | Floats, reference: float, precision: float = 0.01) -> None:
    """Accept replication means of a quantity."""
    mean, error = np.mean(values), np.std(values, ddof=1) / np.sqrt(len(values))
    assert len(values) >= 30
    assert error <= precision * abs(reference), f"standard error {error:.6g} of {reference:.6g}: too few"
    assert abs(mean - reference) <= 3.5 * error, f"{mean:.6g} +- {error:.2g}, not {reference:.6g}"


def accept_ratio(sums: Floats, numbers: Floats, reference: float, precision: float = 0.01) -> None:
    """Accept a ratio of sums over replications, by the standard error of its linearisation."""
    rest = sums - reference * numbers
    error = rest.std(ddof=1) / np.sqrt(len(rest)) / numbers.mean()
    found = sums.sum() / numbers.sum()
    assert len(rest) >= 30
    assert error <= precision * abs(reference), f"standard error {error:.6g} of {reference:.6g}: too few"
    assert abs(found - reference) <= 3.5 * error, f"{found:.6g} +- {error:.2g}, not {reference:.6g}"


def stations(
    first: NDArray[np.int64],
    arrival: Floats,
    service: Floats,
    *,
    patience: Floats | None = None,
    line_limit: float = np.inf,
    priority: NDArray[np.bool_] | None = None,
) -> VoterDraws:
    """Return the voters of independent stations side by side."""
    n = len(arrival)
    return VoterDraws(
        first=first,
        arrival=arrival,
        service=np.atleast_2d(service),
        patience=np.full(n, np.inf) if patience is None else patience,
        line_limit=np.full(n, float(line_limit)),
        priority=np.zeros(n, dtype=np.bool_) if priority is None else priority,
        group=np.zeros(n, dtype=np.int8),
        deterred_mark=np.ones(n),
        return_mark=np.ones(n),
        return_delay=np.zeros(n),
        counting_factor=np.ones(len(first) - 1),
    )


def play(
    draws: VoterDraws,
    servers: Sequence[int],
    *,
    closing: float = np.inf,
    until: float = np.inf,
    priority_stages: Sequence[bool] | None = None,
) -> tuple[StationTable, VoterTimes]:
    """Play stations that open at 0 and that nothing happens to."""
    first_at = None if priority_stages is None else np.array(priority_stages)
    rules = Rules(np.array(servers), 0.0, float(closing), priority=first_at)
    return follow_voters(draws, rules, undisturbed(np.zeros(len(draws.first) - 1)), until=float(until))


@dataclass
class Replications:
    """Customers of independent replications, (replications, customers) each; those of the warm-up left out.

    Attributes:
        joined, left, fate, priority: Of each customer.
        wait: (replications, stages, customers) before each stage.
        finish: (replications, stages, customers).
        start: (replications, stages, customers).
    """

    joined: Floats
    left: Floats
    fate: NDArray[np.int8]
    priority: NDArray[np.bool_]
    wait: Floats
    finish: Floats
    start: Floats

    @property
    def served(self) -> NDArray[np.bool_]:
        return self.fate == fates.VOTED

    def mean_wait(self, stage: int = 0) -> Floats:
        """Mean wait of those served, in each replication."""
        return np.nanmean(self.wait[:, stage], axis=1)

    def share(self, fate: int) -> Floats:
        return np.asarray((self.fate == fate).mean(axis=1))


def steady(
    rate: float,
    services: Sequence[Draw],
    servers: Sequence[int],
    *,
    customers: int,
    gaps: Draw | None = None,
    replications: int = 40,
    patience: Draw | None = None,
    line_limit: float = np.inf,
    first_served: float = 0.0,
    priority_factor: float = 1.0,
    priority_stages: Sequence[bool] | None = None,
    seed: int = 7,
) -> Replications:
    """Run a queue from empty into its steady state; Poisson arrivals unless gaps are given.

    Args:
        rate: Arrivals a minute.
        services: Law of the service times of each stage.
        servers: Servers of each stage.
        customers: In each replication, warm-up included.
        gaps: Law of the times between arrivals, instead of Poisson arrivals.
        replications: How many.
        patience: Law of the patience.
        line_limit: So many in line send a customer away.
        first_served: Share of customers who go first.
        priority_factor: How many times as long these are served.
        priority_stages: Where they go first.
        seed: Of the random numbers, with the numbers above: every case has its own.
    """
    found, each = [], max(1, TOGETHER // customers)
    case = np.frombuffer(repr((rate, list(servers), customers, line_limit, first_served)).encode(), dtype=np.uint8)
    for begin in range(0, replications, each):
        rows = min(each, replications - begin)
        n = rows * customers
        g = np.random.default_rng([seed, begin, *case])
        between = (gaps or exponential(1 / rate))(g, n).reshape(rows, customers)
        service = np.array([draw(g, n) for draw in services])
        goes_first = g.random(n) < first_served
        service[:, goes_first] *= priority_factor
        draws = stations(
            np.arange(rows + 1) * customers,
            np.cumsum(between, axis=1).ravel(),
            service,
            patience=None if patience is None else patience(g, n),
            line_limit=line_limit,
            priority=goes_first,
        )
        _, times = play(draws, servers, priority_stages=priority_stages)
        found.append(_kept(times, goes_first, rows, customers))
    return Replications(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _kept(times: VoterTimes, goes_first: NDArray[np.bool_], rows: int, customers: int) -> tuple[np.ndarray, ...]:
    """Return the parts of ``Replications`` without the warm-up."""
    warm = customers // 10
    flat = [x.reshape(rows, customers)[:, warm:] for x in (times.joined, times.left, times.fate, goes_first)]
    staged = (times.wait, times.finish, times.start)
    return *flat, *(x.reshape(len(x), rows, customers)[:, :, warm:].swapaxes(0, 1) for x in staged)


def erlang_b(servers: int, offered: float) -> float:
    """Share lost of M/G/c/c (Erlang 1917): B(k) = a B(k-1) / (k + a B(k-1))."""
    lost = 1.0
    for k in range(1, servers + 1):
        lost = offered * lost / (k + offered * lost)
    return lost


def erlang_c(servers: int, offered: float) -> float:
    """Share that has to wait in M/M/c (Erlang 1917)."""
    lost = erlang_b(servers, offered)
    return lost / (1 - offered / servers * (1 - lost))


def birth_death(birth: Callable[[int], float], death: Callable[[int], float], most: int) -> Floats:
    """Stationary probabilities of 0 to ``most`` customers."""
    weight = np.ones(most + 1)
    for k in range(1, most + 1):
        weight[k] = weight[k - 1] * birth(k - 1) / death(k)
    return np.asarray(weight / weight.sum())
