"""Lines: where they part, and what was decided on each from then on."""

from __future__ import annotations

import pytest

from sim.day.decisions import Hold
from sim.errors import UserError
from sim.exercise.room.console.lines import lines, parted, question
from sim.exercise.session.actions import Ask, Back, Decide, GoTo, Jump, Option
from sim.exercise.session.room import Room
from tests.exercise.room.console.conftest import Does, hold, reserve


def texts(entries: tuple[object, ...]) -> list[str]:
    return [entry.action.text for entry in entries]  # type: ignore[attr-defined]


def test_one_line_is_compared_with_nothing(room: Room) -> None:
    found = lines(room, {})
    assert [one["name"] for one in found["lines"]] == ["first line"]
    assert found["compared"] is None


def test_two_lines_share_what_was_decided_before_they_part(room: Room, does: Does) -> None:
    does(Jump(to=585))
    does(Decide(text="shared"))
    does(Jump(to=600))
    does(Decide(text="first way"))
    does(Back(to=590, name="other"))
    does(Jump(to=610))
    does(Decide(text="other way"))
    found = parted(room, (0, 1))
    assert found.time == 590
    assert {line: texts(entries) for line, entries in found.decisions.items()} == {0: ["first way"], 1: ["other way"]}
    shown = lines(room, {})
    assert [one["here"] for one in shown["lines"]] == [False, True]
    assert [side["name"] for side in shown["compared"]["sides"]] == ["other", "first line"]
    assert shown["compared"]["time"] == "09:50"
    assert shown["lines"][1]["decisions"] == 2


def test_lines_that_left_the_same_one_part_where_the_first_of_them_left_it(room: Room, does: Does) -> None:
    does(Jump(to=700))
    does(Back(to=650, name="late"))
    does(GoTo(line=0))
    does(Back(to=600, name="early"))
    assert parted(room, (1, 2)).time == 600
    assert parted(room, (0, 1, 2)).time == 600
    assert parted(room, (0, 1)).time == 650


def test_a_line_that_is_not_there_is_passed_over(room: Room, does: Does) -> None:
    does(Jump(to=600))
    does(Back(to=590))
    for asked in ({"a": "7"}, {"a": "x", "b": "1"}, {"a": "1", "b": "1"}, {"b": "9" * 400}):
        assert sorted(side["number"] for side in lines(room, asked)["compared"]["sides"]) == [0, 1]


def test_lines_are_played_on_from_where_they_part_each_decision_at_its_own_time(room: Room, does: Does) -> None:
    does(Jump(to=585))
    does(Decide(text="shared", orders=(hold(room),)))
    does(Jump(to=600))
    does(Decide(text="free again", orders=(hold(room).model_copy(update={"held": False}),)))
    does(Back(to=590, name="kept"))
    asked = question(room, (0, 1))
    unit = reserve(room)
    assert [(one.time, one.decision) for one in asked.moment.past] == [(585, Hold(unit))]
    assert asked.moment.time == 590
    assert [(one.title, [(t.time, t.decision) for t in one.decisions]) for one in asked.courses] == [
        ("first line", [(600, Hold(unit, False))]),
        ("kept", []),
    ]


@pytest.mark.parametrize("ask", [Ask(), Ask(lines=(0,)), Ask(lines=(0, 7)), Ask(lines=(0, 0)),
                                 Ask(lines=(0, 1), options=(Option(title="A"),))])  # fmt: skip
def test_a_question_about_nothing_or_about_a_line_that_is_not_there_is_refused(
    room: Room, does: Does, ask: Ask
) -> None:
    does(Jump(to=600))
    does(Back(to=590))
    with pytest.raises(UserError):
        does(ask)
    does(Ask(lines=(0, 1)))
