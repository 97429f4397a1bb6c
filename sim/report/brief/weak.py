"""Where and at which moment a plan is weakest, and why responses were late under it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

import numpy as np
import pandas as pd

from sim.inference.causes import causes
from sim.inference.compare import Comparison
from sim.inference.source import Source
from sim.measures.sums import no_sums
from sim.report.wording import number
from sim.vocabulary import Cause
from sim.words import brief as words
from sim.words import why as why_words

_NOT_LATE = (Cause.IN_TIME, Cause.OVER_BEFORE, Cause.TOO_FEW)
_MOST_CAUSES = 3


def worst_sentence(
    run: Source, measures: Mapping[str, float], strategy: str, names: Mapping[int, str], standard: str
) -> list[str]:
    """Say which district is covered least under a plan, and how much of the region at the worst moment of a day.

    Args:
        run: A run with at least one finished day.
        measures: Values of the comparison's measures under the plan, by name: the report's tables have the same.
        strategy: The plan.
        names: Names of the districts.
        standard: The standard time in words.
    """
    empty = no_sums(run.finished)
    districts = run.sums("coverage_in_districts").get((strategy, ""), empty).by_key()
    if not len(districts[0]) or isnan(measures["coverage_worst_moment"]):
        return []
    district, share = least(*districts)
    return [
        words.WEAK["worst"].format(
            district=names[int(district)],
            share=number(share, "share"),
            standard=standard,
            worst=number(measures["coverage_worst_moment"], "share"),
            start=number(measures["coverage_at_start"], "share"),
            time=number(measures["coverage_worst_time"], "clock"),
        )
    ]


def values_of(comparison: Comparison, strategy: str) -> dict[str, float]:
    """Return the values of all measures under a plan, by name."""
    rows = comparison.measures[comparison.measures["strategy"] == strategy]
    return {str(row["measure"]): float(row["value"]) for row in rows.to_dict("records")}


def least(key: np.ndarray, above: np.ndarray, below: np.ndarray) -> tuple[float, float]:
    """Return the key whose ratio of sums is the smallest, the first of equal ones, and that ratio."""
    keys, part = np.unique(key, return_inverse=True)
    ratio = np.bincount(part, above) / np.bincount(part, below)
    first = int(np.nanargmin(ratio))
    return float(keys[first]), float(ratio[first])


def late_sentence(run: Source, strategy: str) -> str:
    """Say what share of the incidents that asked for officers was late under a plan, and why, most often."""
    frame = causes(run)
    return late_in_words(frame[frame["strategy"] == strategy])


def late_in_words(frame: pd.DataFrame) -> str:
    """Return the sentence of one plan's causes.

    Args:
        frame: cause, share and count, one row for every cause.
    """
    asked = int(frame["count"].sum())
    if asked == 0:
        return words.WEAK["nothing"]
    late = frame[~frame["cause"].isin(list(_NOT_LATE)) & (frame["count"] > 0)]
    if late.empty:
        return words.WEAK["none_late"].format(count=asked)
    most = late.sort_values("count", ascending=False, kind="stable").head(_MOST_CAUSES)
    told = [
        words.WEAK["cause"].format(cause=why_words.CAUSES[str(row["cause"])], share=number(row["share"], "share"))
        for row in most.to_dict("records")
    ]
    return words.WEAK["late"].format(
        share=number(late["count"].sum() / asked, "share"), count=asked, causes=", ".join(told)
    )
