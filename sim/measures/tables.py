"""The tables of some days under every strategy, and what each of their rows contributes to a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.sample import Floats

LABELS = {"district": "district", "kind": "kind", "severity": "peak_severity"}
"""What a sample can be broken down by, and the column of the incidents that holds it."""
_INCIDENT = ["strategy", "replication", "incident"]


@dataclass(frozen=True, eq=False)
class Rows:
    """What the rows of a table contribute to a sample.

    Attributes:
        frame: The rows, with ``strategy``, ``replication`` and what they can be broken down by.
        key: Key of each row (see :class:`sim.measures.sums.Sums`).
        above: What each adds to what is counted.
        below: What each adds to what that is compared with.
        largest: Whether only the largest key of each day counts, once.
    """

    frame: pd.DataFrame
    key: Floats
    above: Floats
    below: Floats
    largest: bool = False


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of some days.

    Attributes:
        read: Gives a table of the log by name, rows of every strategy.
        standard_minutes: The time within which officers should be on scene.
        open: When stations open, minutes after midnight.
        close: When they close, minutes after midnight.
        strategies: How many strategies were played on each of the days.
    """

    read: Callable[[str], pd.DataFrame]
    standard_minutes: float
    open: float
    close: float
    strategies: int
    _seen: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _made: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def get(self, name: str) -> pd.DataFrame:
        """Return a table; rows that belong to an incident have its district, kind and severity."""
        if name not in self._seen:
            frame = self.read(name)
            missing = [column for column in LABELS.values() if column not in frame]
            if name != "incidents" and "incident" in frame and missing:
                known = self.get("incidents")[[*_INCIDENT, *missing]]
                frame = frame.merge(known, on=_INCIDENT, how="left", validate="many_to_one")
            self._seen[name] = frame
        return self._seen[name]

    def made(self, name: str, make: Callable[[Tables], pd.DataFrame]) -> pd.DataFrame:
        """Return a frame that several samples are taken from; it is made once."""
        if name not in self._made:
            self._made[name] = make(self)
        return self._made[name]

    def ratio(self, frame: pd.DataFrame, above: Floats, below: Floats) -> Rows:
        """Return what a ratio of sums over rows is made of."""
        return Rows(frame, np.zeros(len(frame)), above, below)

    def per_day(self, frame: pd.DataFrame, values: Floats | NDArray[np.bool_]) -> Rows:
        """Return what an average per day of a sum over rows is made of."""
        return Rows(frame, np.zeros(len(frame)), np.asarray(values, dtype=np.float64), np.zeros(len(frame)))

    def keyed(self, frame: pd.DataFrame, part: str, above: Floats, below: Floats) -> Rows:
        """Return what several ratios are made of, one for each value of a column of numbers."""
        return Rows(frame, frame[part].to_numpy(dtype=np.float64), above, below)

    def values(self, frame: pd.DataFrame, values: Floats) -> Rows:
        """Return what quantiles over rows are made of; NaN counts as never."""
        key = np.where(np.isnan(values), np.inf, values)
        return Rows(frame, key, np.ones(len(frame)), np.zeros(len(frame)))

    def clock(self, frame: pd.DataFrame, values: Floats, marks_a_minute: int = 1) -> Rows:
        """Return the same for times of which a day has hundreds: rounded up to marks, where equal ones add.

        Args:
            frame: The rows.
            values: Times, minutes after midnight.
            marks_a_minute: Marks in a minute; more of them keep finer differences, and more rows.
        """
        return self.values(frame, np.ceil(values * marks_a_minute) / marks_a_minute)

    def largest(self, frame: pd.DataFrame, values: Floats) -> Rows:
        """Return the largest value of each day; days without any have none."""
        known = ~np.isnan(values)
        count = np.ones(int(known.sum()))
        return Rows(frame[known], values[known], count, np.zeros(len(count)), largest=True)
