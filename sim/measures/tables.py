"""The tables of one strategy, with its days numbered from 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.sample import Quantile, Ratio, Worst

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Tables:
    """One strategy's tables.

    Attributes:
        get: Gives a table of the log by name, this strategy's rows only.
        days: Numbers of the days, in order.
        standard_minutes: The time within which officers should be on scene.
        open: When stations open, minutes after midnight.
        close: When they close, minutes after midnight.
    """

    get: Callable[[str], pd.DataFrame]
    days: NDArray[np.int64]
    standard_minutes: float
    open: float
    close: float

    def day_of(self, frame: pd.DataFrame) -> NDArray[np.int64]:
        """Return the position of each row's day."""
        return np.searchsorted(self.days, frame["replication"].to_numpy())

    def sum_by_day(self, frame: pd.DataFrame, values: Floats | NDArray[np.int64] | NDArray[np.bool_]) -> Floats:
        """Return the sum of values on each day."""
        sums = np.zeros(len(self.days))
        np.add.at(sums, self.day_of(frame), np.asarray(values, dtype=np.float64))
        return sums

    def ratio(self, frame: pd.DataFrame, above: Floats, below: Floats) -> Ratio:
        """Return a ratio of sums over rows."""
        return Ratio(self.sum_by_day(frame, above), self.sum_by_day(frame, below))

    def per_day(self, frame: pd.DataFrame, values: Floats | NDArray[np.bool_]) -> Ratio:
        """Return an average per day of a sum over rows."""
        return Ratio(self.sum_by_day(frame, values), np.ones(len(self.days)))

    def worst(self, frame: pd.DataFrame, part: str, above: Floats, below: Floats) -> Worst:
        """Return the smallest of the ratios of sums over rows, one ratio for each value of a column."""
        codes, parts = pd.factorize(frame[part])
        sums = np.zeros((2, len(self.days), len(parts)))
        for total, values in zip(sums, (above, below), strict=True):
            np.add.at(total, (self.day_of(frame), codes), values)
        return Worst(*sums)

    def largest_by_day(self, frame: pd.DataFrame, values: Floats) -> Floats:
        """Return the largest value of each day, NaN left out; NaN on days without any."""
        largest = np.full(len(self.days), np.nan)
        np.fmax.at(largest, self.day_of(frame), values)
        return largest

    def quantile(self, frame: pd.DataFrame, values: Floats, share: float) -> Quantile:
        """Return a quantile over rows; NaN counts as never."""
        return Quantile(np.where(np.isnan(values), np.inf, values), self.day_of(frame), share)
