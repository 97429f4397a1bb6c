"""One measure broken down: by district, by kind of disturbance, by severity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import UserError, nearest
from sim.inference.resample import day_weights, interval
from sim.inference.source import Source
from sim.measures.registry import MEASURES
from sim.measures.sample import Estimator
from sim.measures.sums import no_sums
from sim.words.language import gettext as _

COLUMNS: dict[str, Callable[[str], Any]] = {"district": int, "kind": str, "severity": int}
"""What a measure can be broken down by, and what its labels are."""


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
        UserError: For an unknown measure or column, a measure that does not know the column, or an empty run.
    """
    broken = _broken_down(run, measure, column)
    settings = run.scenario.run
    weights = day_weights(len(run.finished), settings.resamples, settings.seed)
    rows = []
    for strategy, value, sample in broken:
        point = _point(sample, weights.shape[1])
        single = weights.shape[1] == 1
        low, high = (np.nan, np.nan) if single else interval(sample.estimate(weights), settings.confidence)
        rows.append((strategy, value, measure, point, low, high, sample.n))
    return pd.DataFrame(rows, columns=["strategy", column, "measure", "value", "low", "high", "n"])


def values_by(run: Source, measure: str, column: str) -> pd.DataFrame:
    """Break one measure down without intervals: strategy, the column, value, n; as :func:`by` does, but quickly.

    Raises:
        UserError: As :func:`by`.
    """
    rows = [
        (strategy, value, _point(sample, len(run.finished)), sample.n)
        for strategy, value, sample in _broken_down(run, measure, column)
    ]
    return pd.DataFrame(rows, columns=["strategy", column, "value", "n"])


def _point(sample: Estimator, days: int) -> float:
    return float(sample.estimate(np.ones((1, days)))[0])


def _broken_down(run: Source, measure: str, column: str) -> list[tuple[str, object, Estimator]]:
    """Return what estimates a measure under each strategy for each value that occurs under any, in order."""
    if measure not in MEASURES:
        raise UserError(
            _("unknown measure '{measure}'; {hint}").format(measure=measure, hint=nearest(measure, MEASURES))
        )
    if column not in COLUMNS:
        raise UserError(
            _("a measure cannot be broken down by '{column}'; {hint}").format(
                column=column, hint=nearest(column, COLUMNS)
            )
        )
    made = MEASURES[measure]
    if column not in made.by:
        can_be = _("{measure} cannot be broken down by {column}; it can be by {columns}")
        whole = _("{measure} cannot be broken down by {column}; it is of the whole place")
        columns = _(" and ").join(made.by)
        raise UserError((can_be if made.by else whole).format(measure=measure, column=column, columns=columns))
    if not run.finished:
        raise UserError(_("the run has no finished day; there is nothing to break down"))
    sums, empty, read = run.sums(made.sample, column), no_sums(run.finished), COLUMNS[column]
    values = sorted({read(label) for _, label in sums})
    return [
        (strategy, value, made.estimator(sums.get((strategy, str(value)), empty)))
        for strategy in run.strategies
        for value in values
    ]
