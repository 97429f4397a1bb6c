"""Where and when a plan is weakest, and why responses were late under it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.config.fields import clock_in_words
from sim.inference.causes import causes
from sim.inference.source import Source
from sim.measures.sums import no_sums
from sim.report.wording import number
from sim.vocabulary import Cause
from sim.words import brief as words
from sim.words import why as why_words

_HOUR = 60.0
_NOT_LATE = (Cause.IN_TIME, Cause.OVER_BEFORE, Cause.TOO_FEW)
_MOST_CAUSES = 3


def worst_sentence(run: Source, strategy: str, names: Mapping[int, str], standard: str) -> list[str]:
    """Say which district and which hour of the polling hours are covered least under a plan, by name.

    Args:
        run: A run with at least one finished day.
        strategy: The plan.
        names: Names of the districts.
        standard: The standard time in words.
    """
    empty = no_sums(run.finished)
    districts = run.sums("coverage_in_districts").get((strategy, ""), empty).by_key()
    moments = run.sums("coverage_by_time").get((strategy, ""), empty).by_key()
    if not len(districts[0]) or not len(moments[0]):
        return []
    district, share = least(*districts)
    start, in_hour = least(np.floor(moments[0] / _HOUR) * _HOUR, moments[1], moments[2])
    return [
        words.WEAK["worst"].format(
            district=names[int(district)],
            share=number(share, "share"),
            standard=standard,
            start=clock_in_words(start),
            end=clock_in_words(start + _HOUR),
            all=number(in_hour, "share"),
        )
    ]


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
