"""The list of injects: late ones stay on top with how late; what is hidden from players is there for the control team."""

from __future__ import annotations

from sim.exercise.inject import Inject, InjectType
from sim.exercise.room.console.injects import chosen, listed
from sim.exercise.session.actions import Add, Deliver, Hold, Jump, Move, Overrule, Skip
from sim.exercise.session.room import Room
from tests.exercise.room.console.conftest import Does


def groups(room: Room) -> dict[str, list[int]]:
    return {one["name"]: [row["number"] for row in one["rows"]] for one in listed(room)["groups"]}


def test_before_their_time_injects_come_in_order_and_a_contingency_is_kept_back(room: Room) -> None:
    assert groups(room) == {"coming": [1, 3, 2], "kept": [4]}


def test_a_late_inject_is_on_top_and_says_how_late(room: Room, does: Does) -> None:
    does(Jump(to=605))
    assert groups(room) == {"late": [1, 2, 3], "kept": [4]}
    said = {row["number"]: row["due"] for row in listed(room)["groups"][0]["rows"]}
    assert said[1] == "since 07:10, 2 h 55 min late"
    assert said[3] == "since 10:00, 5 min late"


def test_the_later_it_is_the_more_late_an_inject_is_said_to_be(room: Room, does: Does) -> None:
    found = []
    for to in (602, 620, 660):
        does(Jump(to=to))
        row = next(row for row in listed(room)["groups"][0]["rows"] if row["number"] == 3)
        found.append(row["due"])
    assert found == ["since 10:00, 2 min late", "since 10:00, 20 min late", "since 10:00, 1 h 00 min late"]


def test_an_inject_of_an_event_is_due_by_the_event_and_not_by_its_time(room: Room, does: Does) -> None:
    does(Jump(to=579))
    assert chosen(room, {"inject": "2"})["row"]["due"] == "when the model's event happens"
    does(Jump(to=605))
    row = chosen(room, {"inject": "2"})["row"]
    assert row["status"] == "due"
    assert row["when"] == room.happened()["incident/s0/reported"]
    assert "happened at" in chosen(room, {"inject": "2"})["event"]


def test_one_that_was_moved_is_due_at_its_new_time(room: Room, does: Does) -> None:
    does(Jump(to=605))
    does(Move(inject=2, to=640))
    assert groups(room)["coming"] == [2]
    assert chosen(room, {"inject": "2"})["row"]["due"] == "10:40, in 35 min"


def test_held_is_kept_back_skipped_and_delivered_go_below_the_last_first(room: Room, does: Does) -> None:
    does(Jump(to=605))
    does(Hold(inject=3, why="too much at once"))
    does(Deliver(inject=1))
    does(Skip(inject=2))
    assert groups(room) == {"kept": [3, 4], "given": [1, 2]}
    assert chosen(room, {"inject": "3"})["why"] == "too much at once"


def test_the_console_shows_what_players_never_see(room: Room, does: Does) -> None:
    does(
        Add(
            inject=Inject(
                9, "1", (), None, InjectType.CONTINGENCY, "", "", "", "hidden title", "text", note="hidden note",
                expected_action="hidden action", objective="hidden objective", learning_point="hidden point",
                decision="hidden decision", condition="hidden condition", controller="hidden controller",
            )
        )
    )  # fmt: skip
    found = chosen(room, {"inject": "9"})
    texts = dict(found["hidden"])
    for name in ("note", "action", "objective", "point", "decision", "condition", "controller"):
        assert f"hidden {name}" in texts.values()
    assert found["row"]["group"] == "control team only"


def test_without_a_number_or_with_a_wrong_one_the_first_late_one_is_looked_at(room: Room, does: Does) -> None:
    assert chosen(room, {})["inject"].seq == 1
    does(Jump(to=605))
    does(Deliver(inject=1))
    for asked in ({}, {"inject": "99"}, {"inject": "²"}, {"inject": "9" * 500}, {"inject": "-1"}):
        assert chosen(room, asked)["inject"].seq == 2


def test_what_may_be_done_follows_its_life(room: Room, does: Does) -> None:
    may = chosen(room, {"inject": "4"})["may"]
    assert (may["deliver"], may["hold"], may["skip"], may["move"], may["close"]) == (True, True, True, True, False)
    does(Deliver(inject=4))
    may = chosen(room, {"inject": "4"})["may"]
    assert (may["deliver"], may["hold"], may["skip"], may["move"], may["close"]) == (False, False, False, False, True)


def test_what_was_overruled_is_marked_in_the_list_and_beside_the_inject(room: Room, does: Does) -> None:
    does(Deliver(inject=1))
    does(Overrule(text="It rains after all", why="the river", inject=1))
    assert listed(room)["groups"][-1]["rows"][0]["overruled"]
    assert "It rains after all" in chosen(room, {"inject": "1"})["overruled"][0][1]
