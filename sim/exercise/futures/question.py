"""What is asked about the futures of a moment: what has been decided, what could be, and how many futures."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sim.day.decisions import Decision
from sim.errors import UserError
from sim.words.language import gettext as _

MOST_FUTURES = 10_000
MOST_COURSES = 12
"""Courses of one question; an exercise compares two to four, and each costs as much as the plan."""
DEFAULT_FUTURES = 200


@dataclass(frozen=True)
class Timed:
    """A decision and when it is carried out, minutes after midnight."""

    time: float
    decision: Decision


@dataclass(frozen=True)
class Course:
    """An option: what is decided from the moment on.

    Attributes:
        title: What it is called.
        decisions: In order of time; what is decided now has the time of the moment. One that cannot be carried out in
            a future (the unit is gone, the incident never came) is left out there, and counted.
    """

    title: str
    decisions: tuple[Timed, ...] = ()


@dataclass(frozen=True)
class Moment:
    """A moment of a day that is played.

    Attributes:
        strategy: Name of the strategy in force.
        replication: Number of the day.
        time: When it is, minutes after midnight.
        past: All that has been decided before, in order of time; every future replays it.
    """

    strategy: str
    replication: int
    time: float
    past: tuple[Timed, ...] = ()


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        moment: From when on the futures differ from the day.
        courses: The options; the plan that goes on without a decision is played beside them unasked.
        futures: How many futures, 1 to MOST_FUTURES.
        focus: Identity of the disturbance that the times are about. None: the worst one going on that the operations
            centre knows of, else the worst one going on; where nothing goes on, all that begin from now on.
        until: Until when votes, people hurt and stations are counted, minutes after midnight. None: until stations
            close, and to the end of the day where the moment is later than that. The disturbance that times are about
            is followed beyond it, until it is over.

    Raises:
        UserError: For what cannot be asked: a time that is none, a decision out of order, a number that is none.
    """

    moment: Moment
    courses: tuple[Course, ...]
    futures: int = DEFAULT_FUTURES
    focus: str | None = None
    until: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        _check_number(_("futures"), self.futures, MOST_FUTURES)
        _check_number(_("courses"), len(self.courses), MOST_COURSES)
        now = self.moment.time
        if not _is_time(now):
            raise UserError(_("time = {time!r}: minutes after midnight are needed").format(time=now))
        if self.until is not None and not (_is_time(self.until) and self.until > now):
            raise UserError(
                _("until = {until!r}: minutes after midnight are needed, later than {now:g}").format(
                    until=self.until, now=now
                )
            )
        _check_order(_("past"), self.moment.past)
        if any(timed.time > now for timed in self.moment.past):
            raise UserError(_("past: a decision is later than the moment itself"))
        for course in self.courses:
            _check_order(course.title, course.decisions)
            if any(timed.time < now for timed in course.decisions):
                raise UserError(
                    _("'{course}': a decision is earlier than the moment of the question").format(course=course.title)
                )


def _check_number(name: str, value: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise UserError(
            _("{name} = {value!r}: a whole number from 1 to {most:,} is needed").format(
                name=name, value=value, most=most
            )
        )


def _check_order(name: str, decisions: tuple[Timed, ...]) -> None:
    times = [timed.time for timed in decisions]
    if not all(map(_is_time, times)):
        raise UserError(_("'{name}': every decision needs a time, minutes after midnight").format(name=name))
    if times != sorted(times):
        raise UserError(_("'{name}': its decisions are not in order of time").format(name=name))


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
