"""Answers as ranges side by side: better and worse by the measure's own direction, never one run."""

from __future__ import annotations

import pytest

from sim.exercise.futures.answer import Answer, LeftOut, Option, Told
from sim.exercise.futures.measure import Measure, title
from sim.exercise.futures.ranges import Difference, Range
from sim.exercise.room.console.options import questions, ranges
from sim.exercise.room.console.said import Said
from sim.exercise.room.lobby import Progress
from sim.exercise.session import actions as a
from sim.exercise.session.room import Room
from tests.exercise.room.console.conftest import Does, hold

FUTURES = 200
NOTHING = Range(None, None, None, 0, 0, 0, FUTURES)
SAME = Difference(None, None, None, 0, 0, FUTURES, 0)


def answer(
    measure: Measure, plan: Range, option: Range, difference: Difference, left_out: tuple[LeftOut, ...] = ()
) -> Answer:
    """Return an answer that tells of one measure alone."""
    every = dict.fromkeys(Measure, NOTHING)
    return Answer(
        "central_reserve", 0, 600.0, 780.0, FUTURES, "s0", Told(every | {measure: plan}),
        (Option("Send", every | {measure: option}, dict.fromkeys(Measure, SAME) | {measure: difference}, left_out),),
    )  # fmt: skip


FASTER = answer(
    Measure.FIRST_OFFICERS,
    Range(10, 20, 40, 190, 0, 10, FUTURES),
    Range(5, 8, 20, 200, 0, 0, FUTURES),
    Difference(-25, -12, -4.5, 190, 173, 20, 7),
)


def test_bars_of_a_measure_share_one_scale(room: Room) -> None:
    measure = ranges(FASTER, Said(room))["measures"][0]
    plan, option = measure["rows"]
    assert plan["bar"] == {"x": 25.0, "width": 75.0, "middle": 50.0}
    assert option["bar"] == {"x": 12.5, "width": 37.5, "middle": 20.0}
    assert (plan["range"], measure["unit"]) == ("10 · 20 · 40", "min")
    assert option["range"] == "5.0 · 8.0 · 20"


def test_an_option_is_told_in_how_many_futures_it_is_better_and_by_how_much(room: Room) -> None:
    plan, option = ranges(FASTER, Said(room))["measures"][0]["rows"]
    assert option["against"] == "better in 173, the same in 20, worse in 7 of 200 futures"
    assert option["change"] == "change −25 · −12 · −4.5 min (of 190 futures)"
    assert (plan["against"], plan["verdict"], option["verdict"]) == ("", "", "better")


def test_futures_in_which_it_never_happens_are_counted_because_the_range_is_of_the_others(room: Room) -> None:
    plan, option = ranges(FASTER, Said(room))["measures"][0]["rows"]
    assert (plan["counts"], option["counts"]) == ("never in 10 of 200", "")


@pytest.mark.parametrize(("measure", "verdict"), [(Measure.VOTES_LOST, "worse"), (Measure.STATIONS_EVACUATED, "")])
def test_more_is_worse_where_less_is_better_and_is_not_judged_elsewhere(
    room: Room, measure: Measure, verdict: str
) -> None:
    found = answer(
        measure, Range(0, 10, 20, 200, 0, 0, 200), Range(0, 30, 90, 200, 0, 0, 200),
        Difference(0, 20, 70, 200, 5, 15, 180),
    )  # fmt: skip
    row = ranges(found, Said(room))["measures"][0]["rows"][1]
    assert row["verdict"] == verdict
    assert "180" in row["against"]


def test_what_never_happens_in_any_future_has_counts_and_no_bar(room: Room) -> None:
    never = answer(
        Measure.RED_FORCE, Range(None, None, None, 0, 0, 200, 200), Range(None, None, None, 0, 0, 200, 200), SAME
    )
    row = ranges(never, Said(room))["measures"][0]["rows"][1]
    assert (row["bar"], row["range"], row["counts"]) == (None, "", "never in 200 of 200")
    assert row["against"] == "the same in every future"


def test_measures_that_are_nought_everywhere_are_named_in_one_line(room: Room) -> None:
    nought = Range(0, 0, 0, 200, 0, 0, 200)
    found = ranges(answer(Measure.PEOPLE_HURT, nought, nought, Difference(0, 0, 0, 200, 0, 200, 0)), Said(room))
    assert found["measures"] == []
    assert found["same"] == [title(Measure.PEOPLE_HURT, 780, of_one=True)]


def test_an_option_that_cannot_be_carried_out_says_in_how_many_futures_and_why(room: Room) -> None:
    left = answer(
        Measure.FIRST_OFFICERS, NOTHING, NOTHING, SAME, (LeftOut(number=0, futures=12, why="the unit is gone"),)
    )
    assert ranges(left, Said(room))["left_out"] == [
        "Option A cannot be carried out in 12 of 200 futures: the unit is gone"
    ]


def test_a_question_is_at_work_then_answered_shown_and_overruled(room: Room, does: Does) -> None:
    ask = does(a.Ask(options=(a.Option(title="Hold", orders=(hold(room),)),)))
    found = questions(room, {ask.seq: Progress(40, 200)})["questions"][0]
    assert (found["progress"], found["answer"], found["shown"]) == (Progress(40, 200), None, False)
    room.do(a.Answer(question=ask.seq, found=FASTER.written()), by="siaga", role=None)
    found = questions(room, {})["questions"][0]
    assert (found["progress"], found["answer"]["futures"]) == (None, "200")
    does(a.Show(question=ask.seq))
    does(a.Overrule(question=ask.seq, text="The bridge is gone"))
    found = questions(room, {})["questions"][0]
    assert found["shown"]
    assert "The bridge is gone" in found["overruled"][0][1]


def test_an_answer_of_another_version_is_said_not_to_be_one(room: Room, does: Does) -> None:
    ask = does(a.Ask(options=(a.Option(title="Hold"),)))
    room.do(a.Answer(question=ask.seq, found={"plan": 1}), by="siaga", role=None)
    found = questions(room, {})["questions"][0]
    assert (found["answer"], found["progress"]) == (None, None)
    assert found["fault"].startswith("this is not an answer about futures")


def test_the_question_asked_last_comes_first(room: Room, does: Does) -> None:
    first = does(a.Ask(options=(a.Option(title="A"),)))
    second = does(a.Ask(options=(a.Option(title="B"),)))
    assert [one["number"] for one in questions(room, {})["questions"]] == [second.seq, first.seq]
