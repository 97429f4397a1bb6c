"""The answer to a question: ranges for the plan without a decision, and for each option beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass as checked

from sim.errors import UserError, nearest, shortened
from sim.exercise.futures.measure import Measure
from sim.exercise.futures.play import Future
from sim.exercise.futures.question import MOST_COURSES, MOST_FUTURES, Question
from sim.exercise.futures.ranges import Difference, Range, difference_of, range_of
from sim.words.language import gettext as _

_DATA = ConfigDict(extra="forbid", allow_inf_nan=False, strict=True)
_MOST_TEXT = 2_000
_MOST_DECISIONS = 1_000
_Text = Annotated[str, Field(max_length=_MOST_TEXT)]
_Futures = Annotated[int, Field(ge=1, le=MOST_FUTURES)]


@checked(frozen=True, config=_DATA)
class LeftOut:
    """A decision of a course that could not be carried out in some futures, and was left out there.

    Attributes:
        number: Its place among the decisions of the course, from 0.
        futures: In how many futures.
        why: Why not, in the first of them.
    """

    number: Annotated[int, Field(ge=0, lt=_MOST_DECISIONS)]
    futures: _Futures
    why: _Text


@checked(frozen=True, config=_DATA)
class Told:
    """What is told of the plan that goes on without a decision.

    Attributes:
        ranges: The range of every measure.
    """

    ranges: dict[Measure, Range]


@checked(frozen=True, config=_DATA)
class Option:
    """What is told of an option.

    Attributes:
        title: What it is called.
        ranges: The range of every measure.
        differences: What it changes against the plan, for every measure.
        left_out: Decisions that could not be carried out in some futures.
    """

    title: _Text
    ranges: dict[Measure, Range]
    differences: dict[Measure, Difference]
    left_out: Annotated[tuple[LeftOut, ...], Field(max_length=_MOST_DECISIONS)]


@checked(frozen=True, config=_DATA)
class Answer:
    """The answer to a question.

    Attributes:
        strategy: Name of the strategy in force.
        replication: Number of the day.
        time: From when on the futures differ from the day, minutes after midnight.
        until: Until when votes, people hurt and stations are counted.
        futures: How many futures.
        focus: Identity of the disturbance that times are about; None: all that begin from now on.
        plan: The plan goes on without a decision.
        options: The options, in the order of the question.
    """

    strategy: _Text
    replication: Annotated[int, Field(ge=0)]
    time: float
    until: float
    futures: _Futures
    focus: _Text | None
    plan: Told
    options: Annotated[tuple[Option, ...], Field(max_length=MOST_COURSES)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """Refuse an answer that lacks a measure, or tells of other futures than it says."""
        for ranges in (self.plan.ranges, *(option.ranges for option in self.options)):
            if set(ranges) != set(Measure) or any(r.futures != self.futures for r in ranges.values()):
                raise ValueError(_("ranges are missing, or are of other futures"))
        for option in self.options:
            found = option.differences
            if set(found) != set(Measure) or any(d.futures != self.futures for d in found.values()):
                raise ValueError(_("differences are missing, or are of other futures"))
            if any(left.futures > self.futures for left in option.left_out):
                raise ValueError(_("decisions are left out in more futures than there are"))
        return self

    def written(self) -> dict[str, Any]:
        """Return the answer as plain data for JSON; ``read`` makes the same answer of it."""
        data: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return data

    @staticmethod
    def read(data: object) -> Answer:
        """Read an answer from plain data, which may be anybody's.

        Raises:
            UserError: For anything that no answer can be.
        """
        try:
            return _ADAPTER.validate_json(json.dumps(data, allow_nan=False))
        except (TypeError, ValueError, RecursionError) as error:
            if not isinstance(error, ValidationError):
                raise UserError(_("this is not an answer about futures: it is no plain data")) from None
            first = error.errors()[0]
            where = shortened(".".join(map(str, first["loc"])), 200)
            raise UserError(
                _("this is not an answer about futures ({where}: {why})").format(where=where, why=first["msg"])
            ) from None


_ADAPTER = TypeAdapter(Answer)


def answer_of(question: Question, futures: Sequence[Future]) -> Answer:
    """Put an answer together from the futures that were played.

    Args:
        question: The question.
        futures: All of them, in any order.

    Raises:
        UserError: When the disturbance that was asked about came in none.
    """
    ordered = sorted(futures, key=lambda future: future.number)
    if not any(future.seen for future in ordered):
        known = sorted({identity for future in ordered for identity in future.known})
        raise UserError(
            _("focus: there is no incident '{focus}' on this day; {hint}").format(
                focus=question.focus, hint=nearest(str(question.focus), known)
            )
        )
    plan = _columns(ordered, 0)
    options = []
    for number, course in enumerate(question.courses, start=1):
        found = _columns(ordered, number)
        options.append(
            Option(
                title=course.title,
                ranges={measure: range_of(values) for measure, values in found.items()},
                differences={measure: difference_of(found[measure], plan[measure]) for measure in Measure},
                left_out=_left_out(ordered, number),
            )
        )
    return Answer(
        strategy=question.moment.strategy,
        replication=question.moment.replication,
        time=float(question.moment.time),
        until=ordered[0].until,
        futures=len(ordered),
        focus=ordered[0].focus,
        plan=Told({measure: range_of(values) for measure, values in plan.items()}),
        options=tuple(options),
    )


def _columns(futures: Sequence[Future], course: int) -> dict[Measure, list[float]]:
    """Return the values of every measure on one course, a future each."""
    return {measure: [future.played[course].sample[measure] for future in futures] for measure in Measure}


def _left_out(futures: Sequence[Future], course: int) -> tuple[LeftOut, ...]:
    """Count the decisions that could not be carried out on one course."""
    left = [one for future in futures for one in future.played[course].left]
    count = Counter(one.number for one in left)
    why = {one.number: one.why for one in reversed(left)}
    return tuple(LeftOut(number, count[number], shortened(why[number], _MOST_TEXT)) for number in sorted(count))
