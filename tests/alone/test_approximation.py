"""The approximation of Larson and Jarvis against Larson's own, and against the exact hypercube."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.alone.theory import MOST_APPROXIMATED, corrections, hypercube, larson
from sim.errors import UserError

RATES, ORDERS = [30, 15, 21, 24], [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1]]


def a_city(seed: int, load: float, spread: float, units: int = 6) -> tuple[np.ndarray, list[list[int]], np.ndarray]:
    """Return rates, orders by distance, and mean services of made-up places and units; the slowest by the quickest."""
    rng = np.random.default_rng(seed)
    means = 8.0 * spread ** np.linspace(-0.5, 0.5, units)[rng.permutation(units)]
    rates, at, where = rng.uniform(0.2, 1.0, 15), rng.random((units, 2)), rng.random((15, 2))
    orders = [np.argsort(np.hypot(*(at - point).T)).tolist() for point in where]
    return rates * (load * 60.0 * (1.0 / means).sum() / rates.sum()), orders, means


def of_one_mean(rates: Any, orders: list[list[int]], service: float) -> np.ndarray:
    """Larson's own, as the book has it: one mean service time, and a line."""
    n, offered = len(orders[0]), np.asarray(rates) * service / 60.0
    load = float(offered.sum())
    q, chance = corrections(load, n), np.cumprod([1.0, *(load / k for k in range(1, n + 1))])
    waits = chance[-1] / (1 - load / n) / (chance[:-1].sum() + chance[-1] / (1 - load / n))
    r = np.full(n, load / n)
    for _ in range(500):
        come = np.zeros(n)
        for rate, order in zip(offered, orders, strict=True):
            for j, unit in enumerate(order):
                come[unit] += rate * q[j] * np.prod(r[order[:j]])
        r = (come + load * waits / n) / (1 + come)
        r *= load / r.sum()
    return r


@pytest.mark.parametrize("load", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("seed", range(5))
def test_jarvis_1985_reduces_to_larson_1975_for_equal_means(seed: int, load: float) -> None:
    rates, orders, means = a_city(seed, load, spread=1.0)
    expected = of_one_mean(rates, orders, float(means[0]))
    assert larson(rates, orders, means) == pytest.approx(expected, abs=1e-11)
    assert larson(rates, orders, float(means[0])) == pytest.approx(expected, abs=1e-11)


@pytest.mark.parametrize("when_busy", ["queued", "lost"])
@pytest.mark.parametrize("load", [0.3, 0.5, 0.7])
def test_jarvis_1985_is_within_two_percent_of_the_exact_hypercube(load: float, when_busy: str) -> None:
    """Twenty cities, their slowest unit taking twice as long as their quickest: what it is off, of the mean workload.

    The paper's abstract says that it is for light to moderate traffic, and gives no number.
    """
    off = []
    for seed in range(20):
        rates, orders, means = a_city(seed, load, spread=2.0)
        exact = hypercube(rates, orders, means, when_busy).workload
        off.append(np.abs(larson(rates, orders, means, when_busy) - exact).mean() / exact.mean())
    assert np.mean(off) < 0.02 and np.max(off) < 0.03


def test_it_is_nearer_than_with_one_mean_for_all() -> None:
    """What there was before: units that are not alike were given their common mean."""
    for seed in range(10):
        rates, orders, means = a_city(seed, 0.5, spread=4.0)
        exact = hypercube(rates, orders, means).workload
        one = larson(rates, orders, len(means) / float((1 / means).sum()))
        assert np.abs(larson(rates, orders, means) - exact).max() < 0.5 * np.abs(one - exact).max()


@pytest.mark.parametrize("when_busy", ["queued", "lost"])
def test_one_unit_is_exact(when_busy: str) -> None:
    exact = hypercube([6, 12], [[0], [0]], 2.0, when_busy).workload
    assert larson([6, 12], [[0], [0]], 2.0, when_busy) == pytest.approx(exact, abs=1e-12)


def test_all_that_is_served_is_work() -> None:
    """With a line all calls are served; without, as many as Erlang says of the mean as they are served."""
    rates, orders, means = a_city(3, 0.6, spread=3.0)
    assert float((larson(rates, orders, means) / means).sum()) == pytest.approx(rates.sum() / 60.0)
    lost = larson(rates, orders, means, "lost")
    load = rates.sum() / 60.0 * lost.sum() / (lost / means).sum()
    chance = np.cumprod([1.0, *(load / k for k in range(1, 7))])
    assert float((lost / means).sum()) == pytest.approx(rates.sum() / 60.0 * (1 - chance[-1] / chance.sum()))


def test_a_slower_unit_works_more_and_so_do_the_others_behind_it() -> None:
    before = larson(RATES, ORDERS, [1.0, 1.0, 1.0])
    slower = larson(RATES, ORDERS, [1.2, 1.0, 1.0])
    quicker = larson(RATES, ORDERS, [0.8, 1.0, 1.0])
    assert (slower > before).all() and (quicker < before).all()
    assert (larson([0.9 * rate for rate in RATES], ORDERS, 1.0) < before).all()


def test_more_units_than_the_hypercube_can_hold() -> None:
    rates, orders, means = a_city(1, 0.5, spread=2.0, units=MOST_APPROXIMATED)
    found = larson(rates, orders, means)
    assert ((found > 0) & (found < 1)).all()
    assert float((found / means).sum()) == pytest.approx(rates.sum() / 60.0)
    first = np.array([order[0] for order in orders])
    alone = np.bincount(first, rates / 5_000 / 60.0, len(means)) * means
    assert larson(rates / 5_000, orders, means) == pytest.approx(alone, abs=1e-3)


@pytest.mark.parametrize(
    ("service", "units", "message"),
    [
        ([1.0, 2.0], 3, "service: one mean for all, or one for each of 3 units, not 2"),
        (3.0, 3, "calls come in a mean service time, to 3 units: the line would grow for ever"),
        (1.0, MOST_APPROXIMATED + 1, "preference"),
    ],
)
def test_what_cannot_be_approximated_is_refused(service: Any, units: int, message: str) -> None:
    with pytest.raises(UserError, match=message):
        larson([90], [list(range(units))], service)


def test_what_is_lost_need_not_be_less_than_they_can_serve() -> None:
    found = larson([600], [[0, 1, 2]], [1.0, 2.0, 3.0], "lost")
    assert ((found > 0.5) & (found < 1)).all()
