"""What a measure is made of, day by day, so that days can be resampled without reading the log again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ratio:
    """A sum over days divided by another sum over days.

    Attributes:
        numerator: One number a day.
        denominator: One number a day; all ones for an average per day.
    """

    numerator: Floats
    denominator: Floats

    def estimate(self, weights: NDArray[np.float64]) -> Floats:
        """Return the ratio under each row of day weights; NaN where there is nothing to divide by.

        Args:
            weights: How often each day counts, shape (resamples, days).
        """
        below = weights @ self.denominator
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(below > 0, (weights @ self.numerator) / below, np.nan)

    @property
    def n(self) -> int:
        """Number of things counted: the denominator's sum."""
        return int(self.denominator.sum())


@dataclass(frozen=True, eq=False)
class Quantile:
    """A quantile of things that happened on days, all days together. Infinite values are things that never happened.

    Attributes:
        value: One number a thing, possibly infinite.
        day: Position of its day.
        share: Which quantile, 0 to 1.
    """

    value: Floats
    day: NDArray[np.int64]
    share: float

    def estimate(self, weights: NDArray[np.float64]) -> Floats:
        """Return the quantile under each row of day weights; NaN where nothing happened.

        It is the smallest value that at least ``share`` of the things do not exceed (inverse of the empirical
        distribution), so infinite values are handled without arithmetic on them.
        """
        if not len(self.value):
            return np.full(len(weights), np.nan)
        order = np.argsort(self.value, kind="stable")
        value, day = self.value[order], self.day[order]
        found = np.empty(len(weights))
        for i, row in enumerate(weights):
            reached = np.cumsum(row[day])
            total = reached[-1]
            found[i] = value[np.searchsorted(reached, self.share * total - 1e-9)] if total > 0 else np.nan
        return found

    @property
    def n(self) -> int:
        """Number of things."""
        return len(self.value)


Sample = Ratio | Quantile
