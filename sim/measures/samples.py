"""The samples of some days: taken from their tables once, added up, asked for by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.registry import SAMPLES, Sample
from sim.measures.sample import Floats
from sim.measures.sums import ANY_DAY, Ints, Sums, grouped, total
from sim.measures.tables import LABELS, Rows, Tables

WHOLE = "whole"
BREAKDOWNS = (WHOLE, *LABELS, "state")
"""What samples are broken down by; the whole first."""
"""Stands for what a sample is broken down by where it is not broken down."""
COLUMNS = ("sample", "strategy", "label", "day", "key", "above", "below")
"""Columns of samples on disk."""


@dataclass(frozen=True, eq=False)
class Samples:
    """Samples in memory.

    Attributes:
        days: Numbers of the days that they are of, in order.
        parts: One frame for each way to break down (``whole`` first), with COLUMNS; ``label`` is empty in the first.
    """

    days: Ints
    parts: dict[str, pd.DataFrame]

    def __add__(self, other: Samples) -> Samples:
        """Return the samples of the days of both; the order does not matter.

        Raises:
            ValueError: When a day is in both.
        """
        twice = np.intersect1d(self.days, other.days)
        if len(twice):
            raise ValueError(f"day {twice[0]} is in both: each counts once")
        parts = {by: pd.concat([part, other.parts[by]], ignore_index=True) for by, part in self.parts.items()}
        return Samples(np.sort(np.concatenate([self.days, other.days])), parts)

    def sums(self, sample: str, by: str = WHOLE) -> dict[tuple[str, str], Sums]:
        """Return one sample by strategy and label."""
        rows = self.parts[by]
        mine = rows[rows["sample"] == sample]
        columns = [mine[name].to_numpy() for name in ("day", "key", "above", "below")]
        places = cast(dict[tuple[str, str], Ints], mine.groupby(["strategy", "label"]).indices)
        return {
            (str(strategy), str(label)): Sums.of(self.days, *(column[here] for column in columns))
            for (strategy, label), here in sorted(places.items())
        }


def take(tables: Tables, days: Sequence[int]) -> Samples:
    """Take every sample of some days.

    Args:
        tables: Their tables, rows of every strategy.
        days: Their numbers; one without any row counts in averages per day.
    """
    names = _Names()
    found: dict[str, list[dict[str, NDArray[Any]]]] = {by: [] for by in BREAKDOWNS}
    for sample in SAMPLES.values():
        rows = sample.compute(tables)
        for by in ((WHOLE,) if sample.whole else ()) + sample.by:
            found[by].append(_summed(sample, rows, by, names))
    words = dict.fromkeys(("sample", "strategy", "label"), "str")
    parts = {
        by: pd.DataFrame({name: np.concatenate([one[name] for one in some]) for name in COLUMNS}).astype(words)
        for by, some in found.items()
    }
    return Samples(np.array(sorted(days), dtype=np.int64), parts)


class _Names:
    """Columns of names as numbers; those of a frame that several samples share are made once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, str], tuple[pd.DataFrame, Ints, NDArray[Any]]] = {}

    def codes(self, frame: pd.DataFrame, column: str) -> tuple[Ints, NDArray[Any]]:
        """Return each row's place in the list of the column's names, -1 where it has none, and the list, in order."""
        key = (id(frame), column)
        if key not in self._seen:
            codes, values = pd.factorize(frame[column], sort=True)
            whole = [str(int(v)) if isinstance(v, int | float | np.number) else str(v) for v in values]
            self._seen[key] = (frame, codes.astype(np.int64), np.array(whole, dtype=object))  # kept, so is its id
        return self._seen[key][1:]


def _summed(sample: Sample, rows: Rows, by: str, names: _Names) -> dict[str, NDArray[Any]]:
    """Return a sample's rows with those of the same strategy, label, day and key summed, in that order."""
    frame, n = rows.frame, len(rows.frame)
    strategy, strategies = names.codes(frame, "strategy")
    everything = (np.zeros(n, dtype=np.int64), np.array([""], dtype=object))
    label, labels = everything if by == WHOLE else names.codes(frame, LABELS.get(by, by))
    day = frame["replication"].to_numpy(dtype=np.int64) if sample.dated else np.full(n, ANY_DAY)
    known = label >= 0
    codes: list[NDArray[Any]] = [part[known] for part in (strategy, label, day, rows.key)]
    above, below = rows.above[known], rows.below[known]
    if rows.largest:
        *codes, above, below = _largest(codes, above, below)
    order, first = grouped(*codes)
    group = np.cumsum(first) - 1
    s, la, d, key = (code[order][first] for code in codes)
    return {
        "sample": np.full(len(s), sample.name, dtype=object),
        "strategy": strategies[s],
        "label": labels[la],
        "day": d,
        "key": key.astype(np.float64),
        "above": total(above[order], group, len(s)),
        "below": total(below[order], group, len(s)),
    }


def _largest(codes: list[NDArray[Any]], above: Floats, below: Floats) -> list[NDArray[Any]]:
    """Keep the row with the largest key of each strategy, label and day; of equal ones the first."""
    *group, key = codes
    order, _ = grouped(*group, -key)
    _, begins = grouped(*(part[order] for part in group))
    kept = order[begins]
    return [part[kept] for part in (*codes, above, below)]
