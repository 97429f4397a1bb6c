"""An answer is written as plain data and read again as it was; what anybody else wrote is refused with one message."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.exercise.futures.answer import Answer, answer_of
from sim.exercise.futures.measure import NEVER, NOT_ASKED, Measure, Unit, title
from sim.exercise.futures.play import Future, Left, Played
from sim.exercise.futures.question import Course, Moment, Question
from sim.words import futures as words
from sim.words.language import Language, spoken

VALUES = st.one_of(st.just(NEVER), st.just(NOT_ASKED), st.floats(-600.0, 1800.0))
SAMPLES = st.fixed_dictionaries({measure: VALUES for measure in Measure})
TITLES = st.text(max_size=40)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer from made-up futures."""
    titles = draw(st.lists(TITLES, min_size=1, max_size=3))
    number = draw(st.integers(1, 8))
    futures = []
    for k in range(1, number + 1):
        left = draw(st.lists(st.builds(Left, st.integers(0, 3), TITLES), max_size=2, unique_by=lambda one: one.number))
        played = [Played(draw(SAMPLES), tuple(left)) for _course in range(len(titles) + 1)]
        futures.append(Future(k, "s0", 780.0, frozenset({"s0"}), tuple(played)))
    question = Question(Moment("plan", draw(st.integers(0, 10**6)), 600.0), tuple(map(Course, titles)), number)
    return answer_of(question, draw(st.permutations(futures)))


SOME = answer_of(
    Question(Moment("plan", 0, 600.0), (Course("a"),), 1),
    [Future(1, "s0", 780.0, frozenset({"s0"}), (Played(dict.fromkeys(Measure, 3.0), ()),) * 2)],
)


@given(answers())
def test_written_and_read_it_is_the_same(answer: Answer) -> None:
    text = json.dumps(answer.written(), allow_nan=False)
    assert Answer.read(json.loads(text)) == answer


@given(answers())
def test_the_order_in_which_futures_come_does_not_matter(answer: Answer) -> None:
    assert json.dumps(answer.written()) == json.dumps(Answer.read(answer.written()).written())


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    data: Any = copy.deepcopy(SOME.written())
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return dict(data)


RANGES = ("options", 0, "ranges")


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "answer",
        {},
        float("nan"),
        {1, 2},
        changed(("more",), 1),
        changed(("time",), "ten"),
        changed(("time",), float("inf")),
        changed(("futures",), 2),
        changed(("futures",), True),
        changed(("futures",), 10**9),
        changed(("focus",), "x" * 5000),
        changed(("options",), [SOME.written()["options"][0]] * 50),
        changed((*RANGES, "votes_lost"), None),
        changed((*RANGES, "votes"), SOME.written()["plan"]["ranges"]["votes_lost"]),
        changed((*RANGES, "votes_lost", "middle"), "<script>"),
        changed((*RANGES, "votes_lost", "low"), 99.0),
        changed((*RANGES, "votes_lost", "happened"), 0),
        changed(("options", 0, "differences", "over", "less"), 5),
        changed(("options", 0, "left_out"), [{"number": 0, "futures": 3, "why": "no"}]),
        changed(("options", 0, "left_out"), [{"number": -1, "futures": 1, "why": "no"}]),
    ],
)
def test_what_is_no_answer_is_refused_with_one_message(data: object) -> None:
    with pytest.raises(UserError, match=r"^this is not an answer about futures") as refused:
        Answer.read(data)
    assert len(str(refused.value)) < 1000 and "\n" not in str(refused.value)


def test_data_without_end_are_refused() -> None:
    deep: list[Any] = []
    for _level in range(100_000):
        deep = [deep]
    with pytest.raises(UserError, match="not an answer"):
        Answer.read(deep)


def test_a_measure_that_is_missing_is_missed() -> None:
    data = SOME.written()
    del data["plan"]["ranges"]["over"]
    with pytest.raises(UserError, match="ranges are missing"):
        Answer.read(data)


def test_every_measure_has_a_title_in_both_languages_and_a_unit() -> None:
    for of_one in (True, False):
        english = {measure: title(measure, 780.0, of_one=of_one) for measure in Measure}
        with spoken(Language.INDONESIAN):
            indonesian = {measure: title(measure, 780.0, of_one=of_one) for measure in Measure}
        assert len(set(english.values())) == len(Measure) == len(set(indonesian.values()))
        assert "13:00" in english[Measure.VOTES_LOST] and "13.00" in indonesian[Measure.VOTES_LOST]
    assert set(words.MEASURES) == set(Measure) and set(words.UNITS) == set(Unit)


def test_each_measure_says_whether_less_is_better() -> None:
    assert [m for m in Measure if m.less_is_better is None] == [Measure.STATIONS_EVACUATED]
    assert {m.unit for m in Measure} == set(Unit)
