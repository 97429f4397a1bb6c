"""How a measure is estimated from numbers by day, under any weights of the days: no resample reads the log again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_AT_ONCE = 400_000
"""Things times resamples that are counted in one array: 3 MB. Of more, block by block is quicker."""


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
class Worst:
    """The smallest of several ratios of sums over days, such as the district that is covered least.

    Attributes:
        numerator: One number a day and part, shape (days, parts).
        denominator: One number a day and part.
    """

    numerator: Floats
    denominator: Floats

    def estimate(self, weights: NDArray[np.float64]) -> Floats:
        """Return the smallest ratio under each row of day weights; NaN where no part has anything to divide by."""
        below = weights @ self.denominator
        with np.errstate(invalid="ignore", divide="ignore"):
            ratios = np.where(below > 0, (weights @ self.numerator) / below, np.inf)
        smallest: Floats = ratios.min(axis=1, initial=np.inf)
        return np.where(np.isinf(smallest), np.nan, smallest)

    @property
    def n(self) -> int:
        """Number of parts."""
        return int(self.numerator.shape[1])


@dataclass(frozen=True, eq=False)
class Quantile:
    """A quantile of things that happened on days, all days together. Infinite values are things that never happened.

    Attributes:
        value: One number a thing, or one for equal things of one day; possibly infinite.
        day: Position of its day.
        share: Which quantile, 0 to 1.
        count: How many things each value stands for; None: one.
    """

    value: Floats
    day: NDArray[np.int64]
    share: float
    count: Floats | None = None

    @property
    def counts(self) -> Floats:
        """How many things each value stands for."""
        return np.ones(len(self.value)) if self.count is None else self.count

    def estimate(self, weights: NDArray[np.float64]) -> Floats:
        """Return the quantile under each row of day weights; NaN where nothing happened.

        It is the smallest value that at least ``share`` of the things do not exceed (inverse of the empirical
        distribution), so infinite values are handled without arithmetic on them. Counting block by block first and
        then inside one block gives the same value as counting one by one, and keeps thousands of resamples of tens of
        thousands of things fast; of few things, as in one district, all resamples are counted one by one at once.
        """
        if not len(self.value):
            return np.full(len(weights), np.nan)
        order = np.argsort(self.value, kind="stable")
        value, day, count = self.value[order], self.day[order], self.counts[order]
        if len(value) * len(weights) <= _AT_ONCE:
            reached = np.cumsum(weights[:, day] * count, axis=1)
            first = (reached < self.share * reached[:, -1:] - 1e-9).sum(axis=1)
            return np.where(reached[:, -1] > 0, value[np.minimum(first, len(value) - 1)], np.nan)
        width = int(np.ceil(np.sqrt(len(value))))
        blocks = np.zeros((-(-len(value) // width), weights.shape[1]))
        np.add.at(blocks, (np.arange(len(value)) // width, day), count)
        reached = weights @ np.cumsum(blocks, axis=0).T  # by the end of each block, shape (resamples, blocks)
        found = np.full(len(weights), np.nan)
        for i, row in enumerate(weights):
            wanted = self.share * reached[i, -1] - 1e-9
            if reached[i, -1] > 0:
                block = int(np.searchsorted(reached[i], wanted))
                inside = slice(block * width, (block + 1) * width)
                before = reached[i, block - 1] if block else 0.0
                found[i] = value[inside][np.searchsorted(before + np.cumsum(row[day[inside]] * count[inside]), wanted)]
        return found

    @property
    def n(self) -> int:
        """Number of things."""
        return int(self.counts.sum())


Estimator = Ratio | Worst | Quantile
