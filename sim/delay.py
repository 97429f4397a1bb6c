"""One way to draw a delay: lognormal by its mean and coefficient of variation."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.compiled import compiled
from sim.config.distribution import Delay
from sim.streams import Uniform


def lognormal(quantile: NDArray[np.float64] | float, mean: float, cv: float) -> NDArray[np.float64] | float:
    """Return the lognormal value with this mean and coefficient of variation at standard normal scores.

    Args:
        quantile: Standard normal scores (not probabilities).
        mean: Mean of the distribution; 0 gives 0.
        cv: Coefficient of variation; 0 gives the mean itself.

    The parameters follow from the moments: sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2 / 2. Exact functions give
    the same bits on every processor.
    """
    if mean == 0 or cv == 0:
        return np.full_like(quantile, mean, dtype=float) if isinstance(quantile, np.ndarray) else float(mean)
    variance = exact.log1p(cv * cv)
    sigma = math.sqrt(variance)
    if not isinstance(quantile, np.ndarray):
        return mean * float(exact.exp(sigma * quantile - variance / 2.0))
    value = np.ascontiguousarray(sigma * quantile - variance / 2.0, dtype=np.float64)
    exact.exp_each(value.reshape(-1), value.reshape(-1))
    value *= mean
    return value


@compiled
def _at_share(share: float, mean: float, cv: float) -> float:
    """Return the lognormal value below which a share lies, as :func:`lognormal` does of its score."""
    variance = exact.log1p(cv * cv)
    return mean * exact.exp(np.sqrt(variance) * exact.normal(max(share, exact.LEAST_SHARE)) - variance / 2.0)


@lru_cache(maxsize=16_384)
def _minutes(share: float, mean: float, cv: float) -> float:
    """Return the delay below which a share lies; kept, as all strategies of a day draw the same shares."""
    return float(mean) if mean == 0 or cv == 0 else _at_share(share, float(mean), float(cv))


def draw(delay: Delay, rng: Uniform) -> float:
    """Draw a delay in minutes: lognormal by its mean and coefficient of variation; constant where that is 0."""
    return _minutes(rng.random(), delay.mean_minutes, delay.cv)  # drawn in any case: what follows is not moved by it
