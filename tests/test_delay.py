import numpy as np
import pytest

from sim.config.distribution import Delay
from sim.delay import draw, lognormal


@pytest.mark.parametrize(("mean", "cv"), [(5.0, 0.5), (0.1, 2.0)])
def test_lognormal_has_the_mean_and_spread_asked_for(mean: float, cv: float) -> None:
    x = lognormal(np.random.default_rng(1).standard_normal(400_000), mean, cv)
    assert isinstance(x, np.ndarray)
    assert abs(x.mean() - mean) < 4 * cv * mean / np.sqrt(len(x))
    assert x.std() / x.mean() == pytest.approx(cv, rel=0.06)


def test_lognormal_without_spread_is_the_mean() -> None:
    assert lognormal(1.3, 4.0, 0.0) == 4.0
    assert lognormal(1.3, 0.0, 0.5) == 0.0
    assert np.array_equal(lognormal(np.array([-1.0, 2.0]), 4.0, 0.0), [4.0, 4.0])


def test_a_delay_is_drawn_by_its_mean_and_spread() -> None:
    rng = np.random.default_rng(2)
    drawn = np.array([draw(Delay(mean_minutes=4.0, cv=0.5), rng) for _ in range(20_000)])
    assert abs(drawn.mean() - 4.0) < 4 * 2.0 / np.sqrt(len(drawn))
    assert draw(Delay(mean_minutes=4.0, cv=0.0), rng) == 4.0
