"""One measure broken down: by district, by kind of disturbance, by severity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from sim.errors import UserError, nearest
from sim.inference.resample import day_weights, interval
from sim.inference.source import Source, Split
from sim.measures.registry import MEASURES
from sim.measures.tables import Tables

COLUMNS = {"district": "district", "kind": "kind", "severity": "peak_severity"}
"""What a measure can be broken down by, and the column of the incidents that holds it."""
_KEY = ["replication", "incident"]


def by(run: Source, measure: str, column: str) -> pd.DataFrame:
    """Break one measure down.

    Args:
        run: A run with at least one finished day.
        measure: Name of a measure.
        column: ``district`` (index), ``kind`` or ``severity`` (0 green, 1 yellow, 2 red, at its worst).

    Returns:
        strategy, the column, measure, value, low, high, n; one row for each value that occurs under any strategy.
        Intervals are pointwise: with many rows some will miss.

    Raises:
        UserError: For an unknown measure or column, a measure whose tables do not know the column, or an empty run.
    """
    if measure not in MEASURES:
        raise UserError(f"unknown measure '{measure}'; {nearest(measure, MEASURES)}")
    if column not in COLUMNS:
        raise UserError(f"a measure cannot be broken down by '{column}'; {nearest(column, COLUMNS)}")
    if not run.finished:
        raise UserError("the run has no finished day; there is nothing to break down")
    settings, split = run.scenario.run, _Labelled(run, measure, column)
    weights = day_weights(len(run.finished), settings.resamples, settings.seed)
    rows = []
    for strategy in run.strategies:
        for value in split.values():
            sample = MEASURES[measure].compute(split.tables_of(strategy, value))
            point = float(sample.estimate(np.ones((1, weights.shape[1])))[0])
            single = weights.shape[1] == 1
            low, high = (np.nan, np.nan) if single else interval(sample.estimate(weights), settings.confidence)
            rows.append((strategy, value, measure, point, low, high, sample.n))
    return pd.DataFrame(rows, columns=["strategy", column, "measure", "value", "low", "high", "n"])


class _Labelled:
    """A run's tables with the column that they are broken down by."""

    def __init__(self, run: Source, measure: str, column: str) -> None:
        self._split, self._run = Split(run), run
        self._measure, self._column = measure, column
        self._labels: dict[tuple[str, str], pd.Series] = {}

    def values(self) -> list[object]:
        """Return the values that occur in the tables this measure reads, under any strategy, in order."""
        for strategy in self._run.strategies:
            MEASURES[self._measure].compute(replace(self._split.tables(strategy), get=self._getter(strategy, None)))
        found = [labels.dropna().unique() for labels in self._labels.values()]
        return sorted({value for part in found for value in part.tolist()})

    def tables_of(self, strategy: str, value: object) -> Tables:
        """Return one strategy's tables, the rows of one value only."""
        return replace(self._split.tables(strategy), get=self._getter(strategy, value))

    def _getter(self, strategy: str, value: object | None) -> Callable[[str], pd.DataFrame]:
        def get(name: str) -> pd.DataFrame:
            labels = self._labels_of(name, strategy)
            frame = self._split.part(name, strategy)
            return frame if value is None else frame[(labels == value).to_numpy()]

        return get

    def _labels_of(self, name: str, strategy: str) -> pd.Series:
        """Return each row's value of the column: its own, or that of the incident it belongs to."""
        if (name, strategy) not in self._labels:
            frame, own = self._split.part(name, strategy), COLUMNS[self._column]
            if own in frame:
                self._labels[name, strategy] = frame[own]
            elif "incident" in frame:
                incidents = self._split.part("incidents", strategy).set_index(_KEY)[own]
                rows = pd.MultiIndex.from_frame(frame[_KEY])
                self._labels[name, strategy] = incidents.reindex(rows)
            else:
                raise UserError(f"{self._measure} cannot be broken down by {self._column}: {name} do not know it")
        return self._labels[name, strategy]
