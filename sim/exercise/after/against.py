"""What a room's decisions are worth: its lines beside the plan on the same futures, each pair future by future."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.exercise.after.ranges import Scope
from sim.exercise.futures.measure import Measure
from sim.exercise.futures.play import Future
from sim.exercise.futures.question import Course, Moment, Question, Timed
from sim.exercise.futures.ranges import Difference, Range, difference_of, range_of
from sim.exercise.session.live import Taken

PLAN = 0
"""Number of the course on which the plan goes on; the lines follow."""
Play = Callable[[Question], Sequence[Future]]
"""Plays every future of a question, such as :meth:`sim.exercise.futures.pool.FuturesPool.play`."""


@dataclass(frozen=True)
class LeftOut:
    """A decision that could not be carried out in some futures, and was left out there.

    Attributes:
        number: Its place among the decisions of its course, from 0.
        futures: In how many futures.
        why: Why not, in the first of them.
    """

    number: int
    futures: int
    why: str


@dataclass(frozen=True)
class Against:
    """Courses on the same futures: the plan going on, then lines.

    Attributes:
        question: What was played.
        futures: How many futures.
        focus: Identity of the disturbance that times are about; None: all that begin from then on.
        until: Until when is counted, minutes after midnight.
        ranges: The range of every measure, of each course.
        left_out: The decisions of each course that could not be carried out in some futures.
    """

    question: Question
    futures: int
    focus: str | None
    until: float
    ranges: tuple[dict[Measure, Range], ...]
    left_out: tuple[tuple[LeftOut, ...], ...]
    _values: tuple[dict[Measure, tuple[float, ...]], ...]

    @property
    def scope(self) -> Scope:
        """What its measures are about."""
        return Scope(self.until, self.focus is not None)

    def differences(self, course: int, against: int = PLAN) -> dict[Measure, Difference]:
        """Return what one course changes against another, for every measure, future by future.

        Args:
            course: Number of the course.
            against: Number of the other: 0, the plan.
        """
        mine, others = self._values[course], self._values[against]
        return {measure: difference_of(mine[measure], others[measure]) for measure in Measure}


def question_of(
    strategy: str, day: int, lines: Sequence[tuple[str, Taken]], past: Taken, begins: float, futures: int
) -> Question:
    """Return the question that plays some lines beside the plan.

    It is asked from the first decision on which the lines differ from each other or from the plan; where none decides
    anything, from ``begins``.

    Args:
        strategy: Name of the plan in force.
        day: Number of the day.
        lines: Each line's title, and all its decisions, ``past`` among them.
        past: What all lines have decided before they part.
        begins: When the exercise begins, minutes after midnight.
        futures: How many futures.
    """
    own = [(title, taken[len(past) :]) for title, taken in lines]
    time = min((taken[0][0] for _, taken in own if taken), default=max(begins, *(when for when, _ in past), begins))
    return Question(
        Moment(strategy, day, time, _timed(past)),
        tuple(Course(title, _timed(taken)) for title, taken in own),
        futures=futures,
    )


def _timed(taken: Taken) -> tuple[Timed, ...]:
    return tuple(Timed(time, decision) for time, decision in taken)


def against(question: Question, play: Play) -> Against:
    """Play a question and return what came of it.

    Raises:
        UserError: When it cannot be played.
    """
    futures = sorted(play(question), key=lambda future: future.number)
    courses = range(len(question.courses) + 1)
    values = tuple(
        {measure: tuple(future.played[course].sample[measure] for future in futures) for measure in Measure}
        for course in courses
    )
    return Against(
        question=question,
        futures=len(futures),
        focus=futures[0].focus,
        until=futures[0].until,
        ranges=tuple({measure: range_of(found) for measure, found in course.items()} for course in values),
        left_out=tuple(_left_out(futures, course) for course in courses),
        _values=values,
    )


def _left_out(futures: Sequence[Future], course: int) -> tuple[LeftOut, ...]:
    left = [one for future in futures for one in future.played[course].left]
    count = Counter(one.number for one in left)
    why = {one.number: one.why for one in reversed(left)}
    return tuple(LeftOut(number, count[number], why[number]) for number in sorted(count))
