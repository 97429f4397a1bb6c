"""Expected times from a simulation, as ranges over its days: never one run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.config.fields import clock_in_words
from sim.words import exercise as words


@dataclass(frozen=True)
class Expected:
    """When something happens, over the simulated days.

    Attributes:
        happened: Days on which it happened.
        days: Days simulated.
        low: A tenth of the days have it earlier, minutes after midnight; NaN when it never happened.
        middle: The middle day.
        high: A tenth of the days have it later.
    """

    happened: int
    days: int
    low: float
    middle: float
    high: float

    @property
    def words(self) -> str:
        """The range in words."""
        if not self.happened:
            return words.RANGE_NONE.format(days=self.days)
        text = words.RANGE if self.happened == self.days else words.RANGE_SOME
        low, middle, high = map(clock_in_words, (self.low, self.middle, self.high))
        return text.format(low=low, middle=middle, high=high, happened=self.happened, days=self.days)


def expect(times: pd.Series, days: int) -> Expected:
    """Return the range of a time over days: median, 10 % and 90 % of the days on which it happened.

    Args:
        times: One time a day on which it could happen, minutes after midnight; NaN: it did not.
        days: Days simulated.
    """
    seen = np.sort(times.dropna().to_numpy(dtype=np.float64))
    if not len(seen):
        return Expected(0, days, np.nan, np.nan, np.nan)
    low, middle, high = np.quantile(seen, [0.1, 0.5, 0.9])
    return Expected(len(seen), days, float(low), float(middle), float(high))


def milestones(incidents: pd.DataFrame, incident: str, strategy: str, days: int) -> dict[str, Expected]:
    """Return the expected times of one incident's milestones under one strategy."""
    rows = incidents[(incidents["incident"] == incident) & (incidents["strategy"] == strategy)]
    return {column: expect(rows[column], days) for column in words.MILESTONES}


def votes_lost(stations: pd.DataFrame, strategy: str) -> tuple[float, float, float]:
    """Return votes lost or deferred because of disturbances: 10 %, middle and 90 % of the days."""
    rows = stations[stations["strategy"] == strategy]
    lost = (rows["calm_voted"] - rows["voted"]).groupby(rows["replication"]).sum()
    low, middle, high = np.quantile(lost, [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high)
