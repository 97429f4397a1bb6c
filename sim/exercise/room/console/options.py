"""What was asked of the futures, and the ranges that came of it, side by side with the plan that goes on."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any

from sim.errors import UserError
from sim.exercise.futures.answer import Answer, Option, Told
from sim.exercise.futures.measure import Measure, Unit
from sim.exercise.futures.measure import title as title_of
from sim.exercise.futures.ranges import Difference, Range
from sim.exercise.room.console.requests import filled
from sim.exercise.room.console.said import Said, clock
from sim.exercise.room.console.told import overruled
from sim.exercise.room.lobby import Progress
from sim.exercise.session.actions import Ask
from sim.exercise.session.room import Room
from sim.exercise.session.state import Asked
from sim.words import room_console as words
from sim.words.language import number

LETTERS = ascii_uppercase
"""What the options of a question are called, in order."""
WIDTH = 100.0
"""Length of the scale of a picture of ranges, in its own units."""


def questions(room: Room, progress: Mapping[int, Progress]) -> dict[str, Any]:
    """Return the questions of the line, the last first: at work with how far, answered with ranges, or why not.

    Args:
        room: The room.
        progress: How far each question at work has come, by its number.
    """
    said = Said(room)
    return {"questions": [_question(one, said, progress) for one in reversed(room.state.questions.values())]}


def _question(one: Asked, said: Said, progress: Mapping[int, Progress]) -> dict[str, Any]:
    action = one.entry.action
    assert isinstance(action, Ask)
    answer, fault = _read(one)
    number_ = one.entry.seq
    return {
        "number": number_,
        "time": clock(one.entry.time),
        "by": said.device(one.entry.by),
        "inject": action.inject,
        "options": [
            {
                "letter": LETTERS[i],
                "title": option.title or words.OPTION.format(letter=LETTERS[i]),
                "orders": said.orders(option.orders),
                "fills": filled(option.title, option.orders, inject=action.inject, question=number_),
            }
            for i, option in enumerate(action.options)
        ],
        "progress": progress.get(number_, Progress(0, 0)) if answer is None and not fault else None,
        "fault": fault,
        "answer": None if answer is None else ranges(answer, said),
        "shown": one.shown,
        "overruled": overruled(one.overruled),
    }


def _read(one: Asked) -> tuple[Answer | None, str]:
    """Return the answer, and why there is none."""
    if one.answer is None:
        return None, one.fault
    try:
        return Answer.read(dict(one.answer)), ""
    except UserError as error:
        return None, str(error)


def ranges(answer: Answer, said: Said) -> dict[str, Any]:
    """Return an answer as measures, each with one row a course: the plan first, then the options."""
    shown, same = [], []
    for measure in Measure:
        every = [answer.plan.ranges[measure], *(one.ranges[measure] for one in answer.options)]
        if not any(one.happened or one.never for one in every):
            continue
        title = title_of(measure, answer.until, of_one=answer.focus is not None)
        if _says_nothing(every):
            same.append(title)
        else:
            shown.append(_measure(measure, title, answer))
    return {
        "futures": number(answer.futures, ",d"),
        "time": clock(answer.time),
        "focus": said.incident(answer.focus) if answer.focus is not None else "",
        "measures": shown,
        "same": same,
        "left_out": [
            words.LEFT_OUT.format(letter=LETTERS[i], count=left.futures, futures=answer.futures, why=left.why)
            for i, option in enumerate(answer.options)
            for left in option.left_out
        ],
    }


def _says_nothing(every: list[Range]) -> bool:
    """Say whether a measure is 0 wherever it is told."""
    return all(one.never == 0 and not one.low and not one.high for one in every)


def _measure(measure: Measure, title: str, answer: Answer) -> dict[str, Any]:
    courses: list[Told | Option] = [answer.plan, *answer.options]
    top = max((one.ranges[measure].high or 0.0 for one in courses), default=0.0) or 1.0
    rows = []
    for i, one in enumerate(courses):
        difference = one.differences[measure] if isinstance(one, Option) else None
        rows.append(
            {
                "letter": "" if difference is None else LETTERS[i - 1],
                "title": words.PLAN_GOES_ON if difference is None else one.title,  # type: ignore[union-attr]
                "bar": _bar(one.ranges[measure], top),
                "range": _range_said(one.ranges[measure], measure.unit),
                "counts": _counts_said(one.ranges[measure]),
                "against": "" if difference is None else _against(difference, measure.less_is_better),
                "change": "" if difference is None else _change(difference, measure.unit),
                "verdict": _verdict(difference, measure.less_is_better),
            }
        )
    return {
        "name": str(measure),
        "title": title,
        "unit": words.UNITS[measure.unit],
        "rows": rows,
        "top": _amount(top, measure.unit),
    }


def _bar(one: Range, top: float) -> dict[str, float] | None:
    if one.low is None or one.middle is None or one.high is None:
        return None
    x = one.low / top * WIDTH
    return {"x": x, "width": max(1.0, one.high / top * WIDTH - x), "middle": one.middle / top * WIDTH}


def _amount(value: float, unit: Unit) -> str:
    return number(value, ",.1f" if unit is Unit.MINUTES and abs(value) < 10 else ",.0f")


def _range_said(one: Range, unit: Unit) -> str:
    if one.low is None or one.middle is None or one.high is None:
        return ""
    low, middle, high = (_amount(value, unit) for value in (one.low, one.middle, one.high))
    return str(words.RANGE.format(low=low, middle=middle, high=high))


def _counts_said(one: Range) -> str:
    """Say of how many futures a range is where it is not of all: those are a selection."""
    parts = []
    if one.already:
        parts.append(words.ALREADY.format(count=one.already, futures=one.futures))
    if one.never:
        parts.append(words.NEVER.format(count=one.never, futures=one.futures))
    if one.not_asked:
        parts.append(words.NOT_ASKED.format(count=one.not_asked, futures=one.futures))
    return ", ".join(parts)


def _against(one: Difference, less_is_better: bool | None) -> str:
    if one.same == one.futures:
        return str(words.NO_DIFFERENCE)
    if less_is_better is None:
        return str(words.LESS_MORE.format(less=one.less, same=one.same, more=one.more, futures=one.futures))
    better, worse = (one.less, one.more) if less_is_better else (one.more, one.less)
    return str(words.BETTER_WORSE.format(better=better, same=one.same, worse=worse, futures=one.futures))


def _change(one: Difference, unit: Unit) -> str:
    if one.low is None or one.middle is None or one.high is None or one.same == one.futures:
        return ""
    low, middle, high = (_signed(value, unit) for value in (one.low, one.middle, one.high))
    return str(words.CHANGE.format(low=low, middle=middle, high=high, unit=words.UNITS[unit], both=one.both))


def _signed(value: float, unit: Unit) -> str:
    spec = ".1f" if unit is Unit.MINUTES and abs(value) < 10 else ".0f"
    written = number(abs(value), "," + spec)
    return written if float(format(abs(value), spec)) == 0 else ("+" if value > 0 else "−") + written


def _verdict(one: Difference | None, less_is_better: bool | None) -> str:
    """Return ``better``, ``worse`` or nothing: in more than half of the futures more of the one than of the other."""
    if one is None or less_is_better is None:
        return ""
    better, worse = (one.less, one.more) if less_is_better else (one.more, one.less)
    if 2 * better > one.futures:
        return "better"
    return "worse" if 2 * worse > one.futures else ""
