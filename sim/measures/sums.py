"""Sums by day and key: all that a comparison needs of any number of days. Those of different days add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.sample import Floats, Quantile, Ratio, Worst

Ints = NDArray[np.int64]
ANY_DAY = -1
"""Stands for the day where days are summed at once."""


@dataclass(frozen=True, eq=False)
class Sums:
    """One sample under one strategy: two sums for each day and key.

    What a key is depends on the sample: 0 where there is but one, a value (``above`` is how often it occurred), a
    district, a time of the day. Rows are in the order of day and key, no pair twice.

    Attributes:
        days: Numbers of the days that were played, in order; those on which nothing happened have no row.
        day: Number of each row's day, or ANY_DAY.
        key: Key of each row.
        above: Sum of what is counted.
        below: Sum of what it is compared with.
    """

    days: Ints
    day: Ints
    key: Floats
    above: Floats
    below: Floats

    @classmethod
    def of(cls, days: Ints, day: Ints, key: Floats, above: Floats, below: Floats) -> Sums:
        """Sum rows of the same day and key, in the order in which they come."""
        order, first = grouped(day, key)
        group = np.cumsum(first) - 1
        sums = [total(part[order], group, int(first.sum())) for part in (above, below)]
        return cls(np.sort(days), day[order][first], key[order][first], *sums)

    def __add__(self, other: Sums) -> Sums:
        """Return the sums of both; the order does not matter.

        Raises:
            ValueError: When a day is in both.
        """
        twice = np.intersect1d(self.days, other.days)
        if len(twice):
            raise ValueError(f"day {twice[0]} is in both: each counts once")
        pairs = ((getattr(self, name), getattr(other, name)) for name in ("days", "day", "key", "above", "below"))
        return Sums.of(*(np.concatenate(pair) for pair in pairs))

    @property
    def position(self) -> Ints:
        """Position of each row's day among the days."""
        return np.searchsorted(self.days, self.day)

    def _by_day(self, values: Floats) -> Floats:
        return total(values, self.position, len(self.days))

    def ratio(self) -> Ratio:
        """Return one sum over the other, all keys together."""
        return Ratio(self._by_day(self.above), self._by_day(self.below))

    def per_day(self) -> Ratio:
        """Return the average per day, days on which nothing happened included."""
        return Ratio(self._by_day(self.above), np.ones(len(self.days)))

    def mean(self) -> Ratio:
        """Return the mean of the keys, as often as each occurred."""
        return Ratio(self._by_day(self.above * self.key), self._by_day(self.above))

    def mean_per_day(self) -> Ratio:
        """Return the average over days of the keys; 0 on a day without any."""
        return Ratio(self._by_day(self.above * self.key), np.ones(len(self.days)))

    def worst(self) -> Worst:
        """Return the smallest of the ratios of the keys."""
        parts, part = np.unique(self.key, return_inverse=True)
        sums = np.zeros((2, len(self.days), len(parts)))
        for total, values in zip(sums, (self.above, self.below), strict=True):
            np.add.at(total, (self.position, part), values)
        return Worst(*sums)

    def quantile(self, share: float) -> Quantile:
        """Return a quantile of the keys, as often as each occurred."""
        return Quantile(self.key, self.position, share, self.above)

    def quantile_of_days(self, share: float) -> Quantile:
        """Return a quantile of keys of which a day has one; 0 on a day without any."""
        empty = np.setdiff1d(np.arange(len(self.days)), self.position)
        day = np.concatenate([self.position, empty])
        return Quantile(np.concatenate([self.key, np.zeros(len(empty))]), day, share)

    def by_key(self) -> tuple[Floats, Floats, Floats]:
        """Return the keys in order and both sums of each, all days together."""
        keys, part = np.unique(self.key, return_inverse=True)
        return keys, total(self.above, part, len(keys)), total(self.below, part, len(keys))

    def ratios_by_key(self) -> Floats:
        """Return the ratio of each day and key, shape (days, keys); NaN where there is nothing to divide by."""
        keys, part = np.unique(self.key, return_inverse=True)
        found = np.full((len(self.days), len(keys)), np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            found[self.position, part] = self.above / self.below
        return found


def no_sums(days: Sequence[int]) -> Sums:
    """Return the sums of days on which nothing happened."""
    none = np.zeros(0)
    return Sums(np.array(sorted(days), dtype=np.int64), none.astype(np.int64), none, none, none)


def total(values: Floats, group: Ints, groups: int) -> Floats:
    """Return the sum of the values of each group, added one by one in their order."""
    return np.bincount(group, values, groups).astype(np.float64)


def grouped(*codes: NDArray[np.generic]) -> tuple[Ints, NDArray[np.bool_]]:
    """Return an order of rows that brings equal ones together, and which of them begin a group; ties keep their order.

    Args:
        codes: What rows are put in order by, the first counts most.
    """
    order = np.lexsort(codes[::-1])
    first = np.ones(len(order), dtype=np.bool_)
    if len(order):
        first[1:] = np.logical_or.reduce([code[order][1:] != code[order][:-1] for code in codes])
    return order, first
