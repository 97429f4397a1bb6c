"""The best possible dispatch beside each strategy's own: a table, and what the table cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

import pandas as pd

from sim.inference.compare import Comparison
from sim.report.wording import with_interval
from sim.words import report as words
from sim.words.language import number

LATE, BEST, RATIO, PROVED = "late_per_day", "best_late_per_day", "late_to_best", "best_late_proved"
ROWS = (LATE, BEST, RATIO)
"""The measures of the table, in its order."""


def bound_days(comparison: Comparison) -> int:
    """Return the days on which the best possible was worked out."""
    rows = comparison.measures
    return int(rows.loc[rows["measure"] == LATE, "n"].max()) if len(rows) else 0


def bound_heading(comparison: Comparison) -> str:
    """Return what stands above the table."""
    return words.BOUND["heading"].format(days=bound_days(comparison))


def bound_sentences(comparison: Comparison, titles: Mapping[str, str]) -> list[str]:
    """Say where nothing need have been late, and on how many days the search was ended before it was sure.

    Args:
        comparison: The comparison.
        titles: Titles of the strategies by name.
    """
    found = []
    for name, title in titles.items():
        late, best, proved = (_value(comparison.measures, name, measure) for measure in (LATE, BEST, PROVED))
        if isnan(best):
            continue
        if best == 0:
            found.append(
                words.BOUND["none_late" if late == 0 else "none_need"].format(title=title, late=number(late, ".1f"))
            )
        if proved < 1:
            unsure = round((1 - proved) * bound_days(comparison))
            found.append(words.BOUND["unproved"].format(title=title, days=unsure))
    return found


def bound_cells(comparison: Comparison) -> list[tuple[str, list[str]]]:
    """Return the rows of the table as measures and cells, a cell for each strategy."""
    rows = comparison.measures
    return [
        (measure, [with_interval(float(r["value"]), float(r["low"]), float(r["high"]), unit) for r in part])
        for measure, unit in zip(ROWS, ("count", "count", "times"), strict=True)
        if (part := rows[rows["measure"] == measure].to_dict("records"))
    ]


def _value(measures: pd.DataFrame, strategy: str, measure: str) -> float:
    row = measures[(measures["strategy"] == strategy) & (measures["measure"] == measure)]
    return float(row["value"].iloc[0]) if len(row) else float("nan")
