"""How a case and a list of responses are written down, for the terminal and as plain data."""

from __future__ import annotations

from math import isinf, isnan
from typing import Any

import pandas as pd

from sim.config.fields import clock_in_words
from sim.experiment.again import Again
from sim.experiment.store import Run
from sim.measures.causes import USUAL
from sim.report.case import sentences, timeline, units
from sim.report.why import Found, kind_title, place_namer
from sim.words import why as words
from sim.words.language import number as written_number


def again_sentence(again: Again) -> str:
    """Say what came of playing the day again."""
    tables = ", ".join(again.differing)
    if not again.differing:
        return words.AGAIN["same"] if again.changed is None else words.AGAIN["same_but"].format(changed=again.changed)
    if again.changed is None:
        return words.AGAIN["edited"].format(tables=tables)
    return words.AGAIN["differs"].format(tables=tables, changed=again.changed)


def written(found: Found, again: Again | None) -> list[str]:
    """Write one case: what happened and why, the timeline, what became of each unit, what came of playing it again.

    Returns:
        Paragraphs and lines, in order.
    """
    case = found.case
    told = sentences(case)
    if found.days is not None:
        told.insert(1, words.STORY["latest"].format(day=found.day, count=found.days, strategy=case.strategy))
    parts = [*told[:1], " ".join(told[1:]), "", f"{words.HEADINGS['timeline']}:"]
    parts += [f"  {clock_in_words(time)}  {text}" for time, text in timeline(case)]
    if case.tasks:
        parts += ["", f"{words.HEADINGS['units']}:"]
        parts += [f"  {clock_in_words(time)}  {text}" for time, text in units(case)]
    if again is not None:
        parts += ["", again_sentence(again)]
    return parts


def answer(run: Run, found: Found, strategy: str, again: Again | None) -> dict[str, Any]:
    """Return one case as plain data; times are minutes after midnight."""
    case = found.case
    return {
        "run": str(run.path),
        "strategy": strategy,
        "replication": found.day,
        "incident": case.incident["incident"],
        "cause": None if case.cause is None else str(case.cause),
        "handled_by": case.incident["handled_by"] or None,
        "wait": number(case.incident["wait"]),
        "parts": {part: number(case.incident[part]) for part in USUAL},
        "sentences": sentences(case),
        "timeline": [{"time": float(time), "event": text} for time, text in timeline(case)],
        "units": [{"time": float(time), "unit": text} for time, text in units(case)],
        "again": None
        if again is None
        else {"same": not again.differing, "tables": list(again.differing), "changed": again.changed},
    }


def number(value: float) -> float | str | None:
    """Return a number as plain data: never is written "never", undefined is null."""
    return None if isnan(value) else "never" if isinf(value) else float(value)


def rows(run: Run, found: pd.DataFrame) -> list[list[str]]:
    """Return a list of responses as cells, a heading for each column in the first row."""
    name = place_namer(run)
    cells = [
        [
            str(one["replication"]),
            one["strategy"],
            one["incident"],
            kind_title(run, one["kind"]),
            name(one["place_kind"], one["place"]),
            clock_in_words(one["onset"]),
            _waited(one),
            words.CAUSES[one["cause"]] if one["needed"] > 0 else words.LISTS["asks_none"],
        ]
        for one in found.to_dict("records")
    ]
    return [list(words.COLUMNS.values()), *cells]


def _waited(one: Any) -> str:
    if isnan(one["wait"]):
        return ""
    if isinf(one["wait"]):
        return words.LISTS["still"]
    minutes = written_number(one["wait"], ".1f")
    return minutes if one["first_on_scene"] == one["first_on_scene"] else words.LISTS["never"].format(minutes=minutes)


def list_answer(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a list of responses as plain data."""
    return [
        {
            **{name: one[name] for name in ("replication", "strategy", "incident", "kind", "place")},
            "onset": float(one["onset"]),
            "wait": number(one["wait"]),
            "came": one["first_on_scene"] == one["first_on_scene"],
            **{part: number(one[part]) for part in USUAL},
            "cause": one["cause"] if one["needed"] > 0 else None,
        }
        for one in found.to_dict("records")
    ]
