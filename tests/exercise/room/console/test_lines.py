"""Lines: where they part, and what was decided on each from then on."""

from __future__ import annotations

from sim.exercise.room.console.lines import lines, parted
from sim.exercise.session.actions import Back, Decide, GoTo, Jump
from sim.exercise.session.room import Room
from tests.exercise.room.console.conftest import Does


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
