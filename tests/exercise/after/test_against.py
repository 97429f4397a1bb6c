"""What decisions are worth: which question is played, its statistics by hand, and the way the numbers move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf, isclose

import pytest

from sim.day.decisions import Hold
from sim.exercise.after.against import PLAN, against, question_of
from sim.exercise.after.blocks import Mark, Text
from sim.exercise.after.compared import before_parting, line_blocks, worth, worth_blocks
from sim.exercise.after.lines import parted, shared, tried
from sim.exercise.after.ranges import Shares, difference_cell, range_cell
from sim.exercise.after.read import Played, read_session
from sim.exercise.after.sign import is_shown, sign_test
from sim.exercise.futures.measure import NEVER, NOT_ASKED, Measure, Unit
from sim.exercise.futures.play import Future, Left
from sim.exercise.futures.play import Played as PlayedFuture
from sim.exercise.futures.question import Question
from sim.exercise.session.actions import Back, Decide, Jump
from sim.exercise.session.state import Line
from tests.exercise.after.conftest import Hands, hold_back, player
from tests.exercise.session.conftest import ONSET

A, B, C = ((float(580 + i), Hold(f"unit {i}")) for i in range(3))


def test_a_question_begins_with_the_first_decision_that_differs() -> None:
    alone = question_of("plan", 3, [("line", (A, B))], (), 390.0, 200)
    assert alone.moment.time == A[0] and alone.moment.past == () and alone.futures == 200
    assert [one.time for one in alone.courses[0].decisions] == [A[0], B[0]]
    both = question_of("plan", 3, [("line", (A, C)), ("other", (A, B))], (A,), 390.0, 50)
    assert both.moment.time == B[0] and [one.time for one in both.moment.past] == [A[0]]
    assert [[one.time for one in course.decisions] for course in both.courses] == [[C[0]], [B[0]]]


def test_without_a_decision_it_begins_when_the_exercise_does() -> None:
    assert question_of("plan", 0, [("line", ())], (), 390.0, 5).moment.time == 390.0
    assert question_of("plan", 0, [("line", (A,))], (A,), 390.0, 5).moment.time == A[0]


LINES = {
    0: Line(0, None, -inf, "", 700.0),
    1: Line(1, 0, 600.0, "", 650.0),
    2: Line(2, 1, 620.0, "", 660.0),
    3: Line(3, 1, 590.0, "", 600.0),
}


@pytest.mark.parametrize(
    ("a", "b", "time"), [(0, 1, 600.0), (1, 0, 600.0), (1, 2, 620.0), (0, 2, 600.0), (2, 3, 590.0)]
)
def test_where_two_lines_part(a: int, b: int, time: float) -> None:
    assert parted(LINES, a, b) == time


def test_what_two_lines_share_is_what_both_decided_first() -> None:
    assert shared((A, B), (A, C)) == (A,) and shared((A,), (A, B)) == (A,) and shared((), (A,)) == ()


def made(*samples: tuple[float, float]) -> list[Future]:
    """Futures of a plan and one line, in which every measure has the same value."""
    return [
        Future(
            number, None, 780.0, frozenset(),
            tuple(PlayedFuture(dict.fromkeys(Measure, value), ()) for value in pair),
        )
        for number, pair in enumerate(samples, start=1)
    ]  # fmt: skip


def test_ranges_and_differences_by_hand() -> None:
    question = question_of("plan", 0, [("line", (A,))], (), 390.0, 5)
    found = against(question, lambda _: made((10, 8), (20, 20), (30, 31), (NEVER, 7), (NOT_ASKED, NEVER)))
    plan, line = (found.ranges[i][Measure.RED_FORCE] for i in (PLAN, 1))
    assert (plan.happened, plan.never, plan.not_asked, plan.middle) == (3, 1, 1, 20)
    assert (line.happened, line.never, line.middle) == (4, 1, 14.0)
    change = found.differences(1)[Measure.RED_FORCE]
    assert (change.both, change.middle, change.less, change.same, change.more) == (3, 0, 2, 1, 2)
    assert isclose(change.low or 0, -1.6) and isclose(change.high or 0, 0.8)
    back = found.differences(PLAN, 1)[Measure.RED_FORCE]
    assert (back.less, back.same, back.more) == (2, 1, 2) and back.low == -(change.high or 0)


def test_decisions_that_could_not_be_carried_out_are_counted() -> None:
    question = question_of("plan", 0, [("line", (A, B))], (), 390.0, 3)
    futures = made((1, 1), (1, 1), (1, 1))
    for number in (1, 2):
        left = PlayedFuture(futures[number].played[1].sample, (Left(1, f"gone {number}"),))
        futures[number] = replace(futures[number], played=(futures[number].played[0], left))
    found = against(question, lambda _: futures)
    assert [(one.number, one.futures, one.why) for one in found.left_out[1]] == [(1, 2, "gone 1")]
    assert found.left_out[PLAN] == ()


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 2 / 32), (10, 0, 2 / 1024), (9, 1, 22 / 1024), (5, 5, 1.0)],
)
def test_sign_test_of_dixon_and_mood(better: int, worse: int, p: float) -> None:
    assert isclose(sign_test(better, worse), p) and sign_test(better, worse) == sign_test(worse, better)


def test_a_mark_is_for_the_whole_table() -> None:
    assert is_shown(9, 1, 1) and not is_shown(9, 1, 12), "0.0215 is below 0.05, and not below 0.05 / 12"
    assert Shares(200, 0, 0, True).mark(12) is Mark.BETTER and Shares(0, 0, 200, True).mark(12) is Mark.WORSE
    assert Shares(101, 0, 99, True).mark(1) is Mark.NONE and Shares(200, 0, 0, False).mark(1) is Mark.NONE


def test_a_range_says_of_how_many_futures_it_is() -> None:
    found = against(
        question_of("p", 0, [("l", (A,))], (), 390.0, 4), lambda _: made((10, 1), (NEVER, 1), (-3, 1), (20, 1))
    )
    cell = range_cell(found.ranges[PLAN][Measure.RED_FORCE], Unit.MINUTES)
    assert cell.text == "15 (11 to 19)" and cell.small == "in 2 of 4, before already in 1, never in 1"
    assert range_cell(found.ranges[1][Measure.RED_FORCE], Unit.MINUTES).whole == "1.0 (1.0 to 1.0)"
    assert difference_cell(found.differences(1)[Measure.RED_FORCE], Unit.MINUTES).small == "of 3"


def test_a_room_without_decisions_differs_nowhere(begun: Callable[..., Hands]) -> None:
    do = begun()
    do(Jump(to=700.0))
    do(Decide(text="we watch", who="all"))
    session = read_session(do.room.folder)
    found = worth(session, player(session), 4).found
    assert found is not None and found.question.courses[0].decisions == ()
    for change in found.differences(1).values():
        assert (change.less, change.same, change.more) == (0, 4, 0)
        assert {change.low, change.middle, change.high} <= {0.0, None}
    said = " ".join(
        block.text for block in worth_blocks(session, worth(session, player(session), 2)) if isinstance(block, Text)
    )
    assert "decided nothing that moves the model: every difference is 0" in said


def test_holding_everything_back_is_worse_than_the_plan(begun: Callable[..., Hands]) -> None:
    do = begun()
    do(Jump(to=ONSET - 1))
    everybody = do.units
    for first in range(0, len(everybody), 50):
        do(Decide(text="nobody moves", orders=hold_back(*everybody[first : first + 50])))
    session = read_session(do.room.folder)
    found = worth(session, player(session), 12).found
    assert found is not None
    change = found.differences(1)
    assert change[Measure.REINFORCEMENT].more == 12, "nobody who has to be sent comes, on any future"
    assert found.ranges[1][Measure.REINFORCEMENT].never + found.ranges[1][Measure.REINFORCEMENT].not_asked == 12
    crowd = change[Measure.PEAK_CROWD]
    assert crowd.more >= 10 and (crowd.middle or 0) >= 5, "the crowd grows by people, not by a rounding"
    assert change[Measure.VOTES_LOST].more > change[Measure.VOTES_LOST].less


def test_lines_are_compared_from_where_they_part(whole: Played) -> None:
    asked: list[Question] = []

    def play(question: Question) -> list[Future]:
        asked.append(question)
        pair = (1.0,) * (len(question.courses) + 1)
        return [Future(1, None, 780.0, frozenset(), tuple(PlayedFuture(dict.fromkeys(Measure, v), ()) for v in pair))]

    found = worth(whole, play, 1)
    assert [one.tried.line.number for one in found.others] == [1] and len(asked) == 2
    mine, other = tried(whole)
    assert before_parting(whole, mine, other) == () and len(mine.taken) >= 1
    assert asked[1].moment.time == ONSET + 10 and [len(course.decisions) for course in asked[1].courses] == [
        len(mine.taken),
        1,
    ]
    told = " ".join(block.text for block in line_blocks(whole, found) if isinstance(block, Text))
    assert "at once" in told and "left Line 0 at 09:50" in told


def test_a_shared_past_is_played_on_every_course(begun: Callable[..., Hands]) -> None:
    do = begun()
    do(Jump(to=ONSET + 5))
    do(Decide(text="first", orders=hold_back(do.reserve[0])))
    do(Jump(to=ONSET + 20))
    do(Decide(text="then", orders=hold_back(do.units[0])))
    do(Jump(to=ONSET + 30))
    do(Back(to=ONSET + 15, name="again"))
    session = read_session(do.room.folder)
    first, again = tried(session)
    assert len(before_parting(session, again, first)) == 1
    found = worth(session, player(session), 2)
    beside = found.others[0].found
    assert beside is not None and len(beside.question.moment.past) == 1
    assert all(change.same == 2 for change in beside.differences(1).values()), "the line that goes on decides no more"
