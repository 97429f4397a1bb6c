"""What cannot be asked is refused at once, with one message."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from sim.day.decisions import AskForArmy
from sim.errors import UserError
from sim.exercise.futures.question import MOST_COURSES, Course, Moment, Question, Timed

COURSE = Course("a")


def at(time: float) -> Timed:
    return Timed(time, AskForArmy())


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: Question(Moment("p", 0, 600.0), ()), r"courses = 0: a whole number from 1 to"),
        (lambda: Question(Moment("p", 0, 600.0), (COURSE,) * (MOST_COURSES + 1)), r"courses = 13"),
        (lambda: Question(Moment("p", 0, 600.0), (COURSE,), 0), r"futures = 0: a whole number from 1 to 10,000"),
        (lambda: Question(Moment("p", 0, 600.0), (COURSE,), True), r"futures = True"),
        (lambda: Question(Moment("p", 0, 600.0), (COURSE,), 10**7), r"futures = 10000000"),
        (lambda: Question(Moment("p", 0, math.nan), (COURSE,)), r"time = nan: minutes after midnight are needed"),
        (lambda: Question(Moment("p", 0, 600.0), (COURSE,), until=600.0), r"until = 600.0: .*later than 600"),
        (lambda: Question(Moment("p", 0, 600.0, (at(601.0),)), (COURSE,)), r"past: a decision is later"),
        (lambda: Question(Moment("p", 0, 600.0, (at(9.0), at(8.0))), (COURSE,)), r"'past': .*not in order of time"),
        (lambda: Question(Moment("p", 0, 600.0), (Course("b", (at(599.0),)),)), r"'b': a decision is earlier"),
        (lambda: Question(Moment("p", 0, 600.0), (Course("b", (at(math.inf),)),)), r"'b': every decision needs a time"),
        (lambda: Question(Moment("p", 0, 600.0), (Course("b", (at(700.0), at(650.0))),)), r"'b': .*not in order"),
    ],
)
def test_it_is_refused(ask: Callable[[], Question], said: str) -> None:
    with pytest.raises(UserError, match=said):
        ask()
