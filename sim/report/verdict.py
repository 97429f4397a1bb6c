"""The one rule by which a plan is better or worse than the baseline, or shown best: sentences, tables and marks ask it.

Better or worse: the simultaneous interval of the paired difference from the baseline leaves out zero
(:mod:`sim.inference.compare`). The same: the whole interval is so near to zero that no digit of a measure shows it; on
many days the smallest difference is clear, and nobody should choose a plan by it. Best of all: better than the baseline
by this rule, or, of the baseline itself, every other plan worse than it; and first of all plans in so large a share of
the resamples as the intervals are sure. On fewer than ``LEAST_DAYS`` days there is none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from math import isnan
from typing import Any

from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES

LEAST_DAYS = 30
"""On fewer days nothing is concluded: intervals hold the truth less often than they say (docs/intervals.md)."""
ENOUGH_DAYS = 60
"""From so many days on the intervals of every measure hold it about as often as they say (the same study)."""


SHOWN = {"minutes": 0.05, "people": 0.05, "votes": 0.5, "km": 0.5, "share": 0.0005, "count": 0.05, "times": 0.005}
"""Half of the last digit of a value as it is written (:func:`sim.report.wording.number`), by unit: what does not show.
Of a clock time any difference shows."""


class Verdict(StrEnum):
    """What the days say of a plan on one measure, against the baseline."""

    BETTER = "better"
    WORSE = "worse"
    ALIKE = "alike"
    """The two cannot be told apart."""
    SAME = "same"
    """They do not differ by as much as the digits of the measure show."""
    UNMEASURED = "unmeasured"
    """There was nothing to measure."""
    TOO_FEW = "too_few"
    """Too few days to say anything."""


def is_enough(comparison: Comparison) -> bool:
    """Return whether anything can be concluded from so many days."""
    return comparison.days >= LEAST_DAYS


def of_difference(measure: str, value: float, low: float, high: float) -> Verdict:
    """Return what a difference from the baseline says, on enough days.

    Args:
        measure: Name of a measure of which less or more is better.
        value: The difference.
        low: Lower end of its simultaneous interval, NaN where there is none.
        high: Upper end of it.
    """
    if isnan(value):
        return Verdict.UNMEASURED
    if max(abs(low), abs(high)) < SHOWN.get(MEASURES[measure].unit, 0.0) or value == low == high == 0:
        return Verdict.SAME
    if isnan(low) or isnan(high) or low <= 0 <= high:
        return Verdict.ALIKE
    return Verdict.BETTER if (value < 0) == (MEASURES[measure].better == "lower") else Verdict.WORSE


def of_row(row: Mapping[Any, Any]) -> Verdict:
    """Return what one row of a comparison's differences says, on enough days."""
    value, low, high = (float(row[name]) for name in ("difference", "low_all", "high_all"))
    return of_difference(str(row["measure"]), value, low, high)


def verdicts(comparison: Comparison, measures: Iterable[str]) -> dict[str, dict[str, Verdict]]:
    """Return what the days say of each plan but the baseline, on each of some measures."""
    found: dict[str, dict[str, Verdict]] = {}
    if comparison.differences.empty:
        return found
    wanted = comparison.differences[comparison.differences["measure"].isin(list(measures))]
    for row in wanted.to_dict("records"):
        said = of_row(row) if is_enough(comparison) else Verdict.TOO_FEW
        found.setdefault(str(row["strategy"]), {})[str(row["measure"])] = said
    return found


def leaders(comparison: Comparison, measures: Iterable[str]) -> dict[str, str]:
    """Return the plan that is shown best of all on each of some measures; those on which none is are left out."""
    wanted = list(measures)
    if not is_enough(comparison) or comparison.differences.empty:
        return {}
    said, found = verdicts(comparison, wanted), {}
    spoken = comparison.best[comparison.best["measure"].isin(wanted)]
    for name, rows in spoken.groupby("measure", sort=False):
        measure, first = str(name), str(rows["strategy"].to_numpy()[rows["best"].to_numpy().argmax()])
        of_others = [plan[measure] for plan in said.values()]
        shown = (
            all(one is Verdict.WORSE for one in of_others)
            if first == comparison.baseline
            else said[first][measure] is Verdict.BETTER
        )
        if shown and rows["best"].max() >= comparison.confidence:
            found[measure] = first
    return {measure: found[measure] for measure in wanted if measure in found}
