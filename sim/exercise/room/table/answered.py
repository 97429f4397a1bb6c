"""Answers of the simulation that were shown to everybody, as the projector has them: ranges side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.day.day import Day
from sim.errors import UserError
from sim.exercise.futures.answer import Answer, Option, Told
from sim.exercise.futures.measure import Measure, title
from sim.exercise.futures.ranges import Range
from sim.exercise.futures.wording import range_in_words
from sim.exercise.room.table import called
from sim.exercise.room.table.known import is_known
from sim.exercise.session.actions import Ask, Overrule
from sim.exercise.session.state import Asked, State
from sim.words import futures as measures
from sim.words import room_table as words

MOST = 2
"""Of answers that stand on the page at once, the newest: more cannot be read from afar."""
_LETTERS = "ABCDEFGH"


def shown(state: State, day: Day) -> list[dict[str, Any]]:
    """Return the answers that everybody may see, the newest first, and what was ruled instead."""
    asked = [one for one in state.questions.values() if one.shown]
    return [_answer(one, day) for one in reversed(asked)][:MOST]


def _answer(asked: Asked, day: Day) -> dict[str, Any]:
    action = asked.entry.action
    assert isinstance(action, Ask)
    answer = _read(asked.answer)
    return {
        "number": asked.entry.seq,
        "time": called.clock(asked.entry.time),
        "focus": called.incident(day, answer.focus) if answer and answer.focus and is_known(day, answer.focus) else "",
        "courses": [measures.BASELINE, *(option.title for option in answer.options)] if answer else [],
        "letters": _LETTERS,
        "measures": _measures(answer) if answer else [],
        "alike": _alike(answer) if answer else [],
        "futures": words.SCREEN["futures"].format(futures=answer.futures, time=called.clock(answer.time))
        if answer
        else "",
        "rulings": [one.action.text for one in asked.overruled if isinstance(one.action, Overrule)],
    }


def _read(found: Mapping[str, object] | None) -> Answer | None:
    """Read an answer from the log; None where it is none."""
    try:
        return Answer.read(found) if found is not None else None
    except UserError:
        return None


def _measures(answer: Answer) -> list[dict[str, Any]]:
    """Return the measures on which some option differs, and the range of each course."""
    return [
        {
            "title": _title(measure, answer),
            "rows": _rows(measure, answer),
        }
        for measure in _telling(answer)
        if not _is_alike(measure, answer)
    ]


def _alike(answer: Answer) -> list[str]:
    """Return the measures on which no option differs from the plan in any future, and what they are on all courses."""
    found = []
    for measure in _telling(answer):
        if _is_alike(measure, answer):
            found.append(f"{_title(measure, answer)}: {range_in_words(answer.plan.ranges[measure], measure)}")
    return found


def _title(measure: Measure, answer: Answer) -> str:
    return title(measure, answer.until, of_one=answer.focus is not None)


def _telling(answer: Answer) -> list[Measure]:
    return [measure for measure in Measure if any(_says(one.ranges[measure]) for one in _courses(answer))]


def _is_alike(measure: Measure, answer: Answer) -> bool:
    return bool(answer.options) and all(one.differences[measure].same == answer.futures for one in answer.options)


def _courses(answer: Answer) -> list[Told | Option]:
    return [answer.plan, *answer.options]


def _says(one: Range) -> bool:
    """Say whether there is anything to tell: something happened that is more than nothing, or was asked for in vain."""
    return bool(one.never or (one.happened and one.high))


def _rows(measure: Measure, answer: Answer) -> list[dict[str, Any]]:
    courses = _courses(answer)
    most = max((one.ranges[measure].high or 0.0) for one in courses) or 1.0
    return [
        {
            "letter": _LETTERS[place],
            "text": range_in_words(one.ranges[measure], measure),
            "bar": _bar(one.ranges[measure], most),
            "better": _better(one, measure, answer.futures) if isinstance(one, Option) else "",
        }
        for place, one in enumerate(courses)
    ]


def _bar(one: Range, most: float) -> dict[str, float] | None:
    """Return where a range lies, as shares of the greatest of its measure, in percent; None where it happened never."""
    if one.low is None or one.middle is None or one.high is None:
        return None
    return {
        "x": round(100 * one.low / most, 1),
        "width": round(max(100 * (one.high - one.low) / most, 0.6), 1),
        "middle": round(100 * one.middle / most, 1),
    }


def _better(option: Option, measure: Measure, futures: int) -> str:
    """Return in how many futures an option does better than the plan; nothing where less is not simply better."""
    found = option.differences[measure]
    if measure.less_is_better is None:
        return ""
    better = found.less if measure.less_is_better else found.more
    worse = found.more if measure.less_is_better else found.less
    return words.SCREEN["better"].format(better=better, worse=worse, futures=futures)
