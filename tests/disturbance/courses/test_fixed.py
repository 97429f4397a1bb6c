"""A disturbance without a crowd: how long it lasts, and what is known of it once it has lasted a while."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.config.distribution import Delay
from sim.disturbance.courses.fixed import longer_than


def lognormal(delay: Delay) -> stats.rv_frozen:
    sigma = np.sqrt(np.log1p(delay.cv**2))
    return stats.lognorm(sigma, scale=delay.mean_minutes * np.exp(-sigma * sigma / 2))


@pytest.mark.parametrize("elapsed", [0.0, 1.0, 30.0, 90.0, 400.0])
def test_what_has_lasted_a_while_has_the_conditional_distribution(elapsed: float) -> None:
    delay = Delay(mean_minutes=60, cv=0.5)
    whole = lognormal(delay)
    for mark in (0.0, 0.01, 0.3, 0.5, 0.9, 0.999):
        minutes = longer_than(elapsed, delay, mark)
        assert minutes >= elapsed
        # P(longer than this | longer than elapsed) = 1 - mark
        assert whole.sf(minutes) / whole.sf(elapsed) == pytest.approx(1 - mark, abs=1e-9)


def test_marks_give_the_whole_distribution_at_the_start() -> None:
    delay, marks = Delay(mean_minutes=45, cv=0.5), np.random.default_rng(1).random(4_000)
    drawn = np.array([longer_than(0.0, delay, float(mark)) for mark in marks])
    assert stats.kstest(drawn, lognormal(delay).cdf).pvalue > 0.001


def test_far_beyond_all_that_is_likely_it_is_still_longer_and_finite() -> None:
    delay = Delay(mean_minutes=10, cv=0.1)
    for mark in (0.0, 0.5, 1 - 2**-53):
        minutes = longer_than(1e6, delay, mark)
        assert 1e6 <= minutes < np.inf


@pytest.mark.parametrize("delay", [Delay(mean_minutes=30, cv=0), Delay(mean_minutes=0, cv=0.5)])
def test_a_constant_stays_what_it_is(delay: Delay) -> None:
    assert longer_than(0.0, delay, 0.4) == delay.mean_minutes
    assert longer_than(50.0, delay, 0.4) == 50.0
