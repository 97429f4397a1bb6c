import numpy as np
import pytest

from sim.inference.resample import day_weights, difference, interval, probability_below


def test_every_resample_has_as_many_days_as_there_are() -> None:
    weights = day_weights(20, 300, seed=1)
    assert weights.shape == (300, 20)
    assert np.all(weights.sum(axis=1) == 20)
    assert np.array_equal(weights, day_weights(20, 300, seed=1))
    assert not np.array_equal(weights, day_weights(20, 300, seed=2))


def test_interval_of_a_mean_covers_it_as_often_as_it_says() -> None:
    """Skewed daily values (exponential), 40 days, nominal 90 %: the bootstrap covers a little less, as theory has it."""
    rng, covered, repeats = np.random.default_rng(5), 0, 400
    weights = day_weights(40, 400, seed=3) / 40
    for _ in range(repeats):
        low, high = interval(weights @ rng.exponential(1.0, 40), 0.90)
        covered += low <= 1.0 <= high
    assert 0.83 <= covered / repeats <= 0.94


def test_interval_says_nothing_where_there_is_nothing() -> None:
    assert np.isnan(interval(np.full(100, np.nan), 0.95)).all()
    assert np.isnan(interval(np.r_[np.full(20, np.nan), np.ones(80)], 0.95)).all()
    assert interval(np.r_[np.full(5, np.nan), np.ones(95)], 0.95) == (1.0, 1.0)


def test_more_confidence_is_wider() -> None:
    x = np.random.default_rng(1).standard_normal(1000)
    low90, high90 = interval(x, 0.90)
    low99, high99 = interval(x, 0.99)
    assert low99 < low90 < high90 < high99


def test_never_less_never_is_no_difference() -> None:
    apart = difference(np.array([np.inf, np.inf, 3.0]), np.array([np.inf, 3.0, np.inf]))
    assert apart.tolist() == [0.0, np.inf, -np.inf]


def test_probability_counts_ties_half() -> None:
    assert probability_below(np.array([1.0, 2.0, 3.0, 5.0]), np.array([2.0, 2.0, 4.0, 4.0])) == pytest.approx(0.625)
    assert np.isnan(probability_below(np.array([np.nan]), np.array([1.0])))
