"""The sentence a commander can read: what can be concluded, and what cannot."""

from __future__ import annotations

from collections.abc import Mapping
from math import isinf, isnan

import pandas as pd

from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES
from sim.report.text import PHRASES, SUBJECTS
from sim.report.wording import amount


def conclude(comparison: Comparison, titles: Mapping[str, str]) -> list[str]:
    """Return the conclusions, one sentence for each strategy against the baseline, and one on the whole.

    A difference is stated only when its simultaneous interval excludes zero.

    Args:
        comparison: The comparison.
        titles: Titles of the strategies by name.
    """
    sentences = [_against(comparison, str(name), rows, titles) for name, rows in _by_strategy(comparison.differences)]
    if not sentences:
        only = titles[comparison.baseline]
        return [f"Only {only} was played, on {comparison.days} days; there is nothing to compare it with."]
    sentences.append(_whole(comparison, titles))
    return sentences


def _by_strategy(differences: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    if differences.empty:
        return []
    return [(str(name), rows) for name, rows in differences.groupby("strategy", sort=False)]


def _against(comparison: Comparison, name: str, rows: pd.DataFrame, titles: Mapping[str, str]) -> str:
    found, unclear = [], []
    percent = f"{100 * comparison.confidence:.0f} %"
    for row in rows[rows["measure"].isin(list(PHRASES))].to_dict("records"):
        measure = str(row["measure"])
        low, high, value = (float(row[name]) for name in ("low_all", "high_all", "difference"))
        if value == low == high == 0:
            continue
        if isnan(low) or isnan(high) or low <= 0 <= high:
            unclear.append(SUBJECTS[measure])
            continue
        unit, better = MEASURES[measure].unit, MEASURES[measure].better
        phrase = PHRASES[measure][0 if (value < 0) == (better == "lower") else 1]
        said = phrase.format(amount=amount(value, unit))
        if not (isinf(low) or isinf(high)):
            said += f" ({percent} interval {_span(low, high, unit)})"
        found.append(said)
    beginning = f"Against {titles[comparison.baseline]}, with {titles[name]} "
    nothing = f"nothing can be concluded about {_listed(unclear)}" if unclear else ""
    if found:
        return beginning + _listed(found) + (f"; {nothing}." if nothing else ".")
    return beginning + (nothing or "nothing differs") + "."


def _span(low: float, high: float, unit: str) -> str:
    """Write an interval of sizes, the smaller first."""
    a, b = sorted((abs(low), abs(high)))
    scale = 100 if unit == "share" else 1
    digits = 0 if scale * b >= 10 else 1
    return f"{scale * a:.{digits}f} to {scale * b:.{digits}f}"


def _whole(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """Say whether one strategy is shown best on everything the sentences speak of."""
    best = comparison.best
    spoken = best[best["measure"].isin(list(PHRASES))]
    leaders = {
        str(measure): str(rows["strategy"].to_numpy()[rows["best"].to_numpy().argmax()])
        for measure, rows in spoken.groupby("measure", sort=False)
        if rows["best"].max() >= comparison.confidence
    }
    if not leaders:
        return f"On {comparison.days} days no strategy is shown to be the best on any of these measures."
    if len(leaders) == len(PHRASES) and len(set(leaders.values())) == 1:
        return f"{titles[next(iter(leaders.values()))]} is best on every one of these measures."
    clauses = [
        f"{titles[name]} on {_listed([SUBJECTS[m] for m, who in leaders.items() if who == name])}"
        for name in dict.fromkeys(leaders.values())
    ]
    return f"No strategy is shown best on everything; shown best are {_listed(clauses)}."


def _listed(things: list[str]) -> str:
    if len(things) <= 1:
        return "".join(things)
    return ", ".join(things[:-1]) + " and " + things[-1]
