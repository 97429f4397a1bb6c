"""How a case and a list of responses are written down, for the terminal and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf, isnan
from typing import Any

import pandas as pd

from sim.config.fields import clock_in_words
from sim.day.watched import Watched
from sim.experiment.again import Again
from sim.experiment.store import Run
from sim.measures.causes import USUAL
from sim.report.around import BEFORE_MINUTES, around, most_relevant
from sim.report.case import sentences, timeline, units
from sim.report.not_sent import heading, lines, moments, most_telling
from sim.report.why import Found, kind_title, place_namer, places
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


def seen_in(again: Again | None) -> Watched | None:
    """Return what was seen when a day was played again; None where it was not, or where it was another day."""
    return None if again is None or again.differing else again.seen


def written(run: Run, found: Found, again: Again | None, *, everything: bool = False) -> list[str]:
    """Write one case: what happened and why, its timeline, the day around it, its units, who was not sent.

    Args:
        run: The run.
        found: The case.
        again: What came of playing its day again; None: it was not.
        everything: Whether all that happened around it, and everybody who was not sent, is told.

    Returns:
        Paragraphs and lines, in order.
    """
    case = found.case
    told = sentences(case)
    if found.days is not None:
        told.insert(1, words.STORY["latest"].format(day=found.day, count=found.days, strategy=case.strategy))
    parts = [*told[:1], " ".join(told[1:]), "", f"{words.HEADINGS['timeline']}:"]
    parts += [f"  {clock_in_words(time)}  {text}" for time, text in timeline(case)]
    parts += ["", f"{_around_heading()}:", *_around(run, found, again, everything)]
    if case.tasks:
        parts += ["", f"{words.HEADINGS['units']}:"]
        parts += [f"  {clock_in_words(time)}  {text}" for time, text in units(case)]
    parts += _not_sent(found, again, everything)
    if again is not None:
        parts += ["", again_sentence(again)]
    return parts


def _around_heading() -> str:
    return words.HEADINGS["around"].format(minutes=written_number(BEFORE_MINUTES, "g"))


def _around(run: Run, found: Found, again: Again | None, everything: bool) -> Iterator[str]:
    """Give the day around a case, a line each, those that matter most; the others are counted."""
    events = around(found.case, found.stored, seen_in(again), places(run))
    told = events if everything else most_relevant(events)
    for event in told:
        yield f"  {clock_in_words(event.time)}  {event.text}"
    if len(told) < len(events):
        yield f"  {words.AROUND['more'].format(count=len(events) - len(told))}"
    if not events:
        yield f"  {words.AROUND['nothing']}"


def _not_sent(found: Found, again: Again | None, everything: bool) -> Iterator[str]:
    """Give who was not sent at the moments that tell most, by name."""
    seen = seen_in(again)
    if seen is None:
        yield from ("", words.NOT_SENT["stored" if again is None else "another"])
        return
    all_of_them = moments(found.case, seen.judgements)
    for moment in all_of_them if everything else most_telling(found.case, all_of_them):
        yield from ("", f"{heading(moment)}:")
        yield from (f"  {line}" for line in lines(moment, everybody=everything))


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
        "around": [
            {
                "time": float(event.time),
                "event": event.text,
                "person_minutes": None if isinf(event.weight) else event.weight,
            }
            for event in around(case, found.stored, seen_in(again), places(run))
        ],
        "not_sent": _not_sent_answer(found, again),
        "again": None
        if again is None
        else {"same": not again.differing, "tables": list(again.differing), "changed": again.changed},
    }


def _not_sent_answer(found: Found, again: Again | None) -> list[dict[str, Any]] | None:
    """Return every moment at which somebody was not sent as plain data; None where it is not known."""
    seen = seen_in(again)
    if seen is None:
        return None
    return [
        {
            "time": one.judgement.time,
            "severity": one.judgement.severity.word,
            "capability": str(one.judgement.capability),
            "missing": one.judgement.missing,
            "without_it": one.judgement.unable,
            "units": [
                {
                    "unit": unit.unit,
                    "people": unit.people,
                    "minutes": number(unit.minutes),
                    "verdict": str(unit.verdict),
                    "off_duty": unit.off_duty,
                    "busy_with": None if unit.purpose is None else str(unit.purpose),
                    "incident": unit.incident or None,
                }
                for unit in one.units
            ],
        }
        for one in moments(found.case, seen.judgements)
    ]


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
