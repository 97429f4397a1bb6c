"""Voters who leave the entrance line against Erlang-A (Palm 1957): M/M/c with exponential patience."""

from __future__ import annotations

import numpy as np
import pytest

from sim.voting.kernel import fates
from tests.voting.theory import accept, birth_death, constant, exponential, steady


@pytest.mark.parametrize(
    ("rate", "mean", "patience", "servers", "leaving", "waited", "waiting", "customers"),
    [
        (2.0, 5.0, 15.0, 10, 0.091926, 1.378890, 0.663531, 30_000),
        (2.4, 5.0, 20.0, 10, 0.181083, 3.621650, 0.925599, 14_000),
        (1.0, 2.0, 10.0, 2, 0.171446, 1.714458, 0.742831, 8_000),
    ],
)
def test_erlang_a(
    rate: float, mean: float, patience: float, servers: int, leaving: float, waited: float, waiting: float,
    customers: int,
) -> None:  # fmt: skip
    """Birth-death chain: who leaves, who waits, and the shorter of wait and patience."""
    people = birth_death(
        lambda _: rate, lambda k: min(k, servers) / mean + max(k - servers, 0) / patience, 60 * servers
    )
    line = np.maximum(np.arange(len(people)) - servers, 0) @ people
    assert line / patience / rate == pytest.approx(leaving, rel=1e-5)
    found = steady(
        rate, [exponential(mean)], [servers], patience=exponential(patience), customers=customers
    )  # fmt: skip
    until = np.where(found.fate == fates.LOST_IMPATIENT, found.left, found.start[:, 0])
    accept(found.share(fates.LOST_IMPATIENT), leaving)
    accept((until - found.joined).mean(axis=1), waited)
    accept((until > found.joined + 1e-9).mean(axis=1), waiting)


def test_constant_patience() -> None:
    """M/M/1+D (Barrer 1957): the virtual wait has density proportional to exp(-(mu - lambda) x) below the patience."""
    rate, mu, patience = 0.9, 1.0, 4.0
    # balance of the virtual wait: f(x) = rate P0 exp((rate - mu) x) for x < patience, and beyond it falls as exp(-mu x)
    below = rate * (1 - np.exp((rate - mu) * patience)) / (mu - rate)
    beyond = rate * np.exp((rate - mu) * patience) / mu
    empty = 1 / (1 + below + beyond)
    found = steady(rate, [exponential(1 / mu)], [1], patience=constant(patience), customers=12_000)
    accept(found.share(fates.LOST_IMPATIENT), beyond * empty)
    spent = rate * empty * (1 / (mu - rate) ** 2 - np.exp((rate - mu) * patience) * (
        patience / (mu - rate) + 1 / (mu - rate) ** 2
    ))  # fmt: skip
    accept(found.mean_wait(), spent / (1 - beyond * empty))


def test_line_limits_of_one_half_and_more_send_away_from_a_line_that_is_as_long() -> None:
    """K = c + 1 places whether the limit is 1 or a fraction of it: nobody goes away who finds an empty line."""
    people = birth_death(lambda _: 1.5, lambda k: min(k, 2), 3)
    for limit in (0.5, 1.0):
        found = steady(1.5, [exponential(1.0)], [2], line_limit=limit, customers=5_000)
        accept(found.share(fates.LOST_BALKED), people[-1])
