"""Resampling whole days (cluster bootstrap): one mechanism for every measure.

The same resampled days are used for every strategy, because strategies are played on the same days: differences are
paired. Intervals are percentiles of the resampled estimates (Efron and Tibshirani 1993, chapters 13 and 8).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def day_weights(days: int, resamples: int, seed: int, family: int = 0) -> Floats:
    """Return how often each day counts in each resample, shape (resamples, days).

    Args:
        days: Number of days.
        resamples: Number of resamples.
        seed: Seed of the run.
        family: Number of the family of runs that met the same days; each is resampled independently of the others.
    """
    rng = np.random.default_rng([seed, 0x5EED, family] if family else [seed, 0x5EED])
    return rng.multinomial(days, np.full(days, 1.0 / days), size=resamples).astype(np.float64)


def interval(resampled: Floats, confidence: float) -> tuple[float, float]:
    """Return the percentile interval; NaN where estimates are undefined in more than a tenth of the resamples."""
    defined = np.sort(resampled[~np.isnan(resampled)])
    if len(defined) < 0.9 * len(resampled) or len(defined) == 0:
        return float("nan"), float("nan")
    tail = (1.0 - confidence) / 2.0
    low = defined[int(np.floor(tail * (len(defined) - 1)))]
    high = defined[int(np.ceil((1.0 - tail) * (len(defined) - 1)))]
    return float(low), float(high)


def difference(value: Floats, baseline: Floats) -> Floats:
    """Return value - baseline; 0 where both are infinite (both never)."""
    both = np.isinf(value) & np.isinf(baseline)
    with np.errstate(invalid="ignore"):
        return np.where(both, 0.0, value - baseline)


def probability_below(value: Floats, baseline: Floats) -> float:
    """Return the share of resamples in which value is below the baseline, ties counted half."""
    apart = difference(value, baseline)
    apart = apart[~np.isnan(apart)]
    return float(np.mean((apart < 0) + 0.5 * (apart == 0))) if len(apart) else float("nan")
