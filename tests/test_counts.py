from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.counts import counts


class Given:
    """A generator that gives these uniform numbers."""

    def __init__(self, u: np.ndarray) -> None:
        self.u = u

    def random(self, n: int) -> np.ndarray:
        assert n == len(self.u)
        return self.u


def drawn(how: str, number: np.ndarray, share: np.ndarray | float, u: np.ndarray) -> np.ndarray:
    return counts(how, number, share, Given(u))  # type: ignore[arg-type]


@pytest.mark.parametrize("most", [3, 40, 1000, 1_000_000])
def test_numbers_are_the_quantiles_of_their_distribution(most: int) -> None:
    g = np.random.default_rng(most)
    u, number, share = g.random(3000), g.integers(0, most, 3000), g.random(3000) ** 2
    assert np.array_equal(drawn("binomial", number, share, u), np.maximum(stats.binom.ppf(u, number, share), 0))
    assert np.array_equal(drawn("poisson", number, share, u), np.maximum(stats.poisson.ppf(u, number * share), 0))


def test_nobody_everybody_and_the_extremes() -> None:
    number = np.array([0, 7, 7])
    u = np.full(3, 0.5)
    assert drawn("binomial", number, np.array([0.5, 0.0, 1.0]), u).tolist() == [0, 0, 7]
    assert drawn("poisson", number, np.array([0.5, 0.0, 1.0]), u)[:2].tolist() == [0, 0]
    low, high = drawn("binomial", np.full(2, 500), 0.7, np.array([0.0, 1 - 2.0**-53]))
    assert 250 < low < 275 and 420 < high < 440
    low, high = drawn("poisson", np.full(2, 300), 1.0, np.array([0.0, 1 - 2.0**-53]))
    assert 150 < low < 180 and 440 < high < 470


def test_a_larger_share_only_adds() -> None:
    number = np.full(2000, 480)
    for how in ("binomial", "poisson"):
        few, more = (counts(how, number, share, np.random.default_rng(1)) for share in (0.7, 0.71))
        assert np.all(more >= few)
        assert more.sum() > few.sum()


def test_mean_and_variance_of_both() -> None:
    number = np.full(20_000, 500)
    binomial, poisson = (counts(how, number, 0.7, np.random.default_rng(2)) for how in ("binomial", "poisson"))
    for found, variance in ((binomial, 105), (poisson, 350)):
        assert found.mean() == pytest.approx(350, abs=4 * np.sqrt(variance / 20_000))
        assert found.var() == pytest.approx(variance, rel=0.05)
