"""The log in words: every action has a sentence, and it can be narrowed to a sort, a word, a line."""

from __future__ import annotations

from collections.abc import Callable

from sim.exercise.inject import EVERYBODY, Inject, InjectType
from sim.exercise.room.console.log import KINDS, MOST_SHOWN, log
from sim.exercise.room.console.said import Said
from sim.exercise.room.console.told import told
from sim.exercise.session import actions as a
from sim.exercise.session.entry import Entry
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from tests.exercise.room.console.conftest import Does

INJECT = Inject(9, "1", EVERYBODY, None, InjectType.EVENT, "", "", "", "a title", "a text")
ACTIONS: tuple[object, ...] = (
    a.Join(device="d-1", role=a.RoomRole.PROJECTOR), a.Leave(device="d-1"), a.Run(speed=2), a.Pause(), a.Jump(to=600),
    a.Add(inject=INJECT), a.Edit(inject=INJECT), a.Approve(inject=1), a.Deliver(inject=1), a.Hold(inject=1),
    a.Skip(inject=1), a.Move(inject=1, to=600), a.Acknowledge(inject=1), a.Close(inject=1), a.Propose(text="{why}"),
    a.Decline(proposal=1), a.Decide(text="{do}"), a.Ask(options=(a.Option(title="A"),)), a.Answer(question=1),
    a.Show(question=1), a.Overrule(text="no"), a.Note(text="n"), a.Rate(inject=1, rating=a.Rating.M),
    a.Observe(text="o"), a.Find(kind=a.FindingKind.STRENGTH, text="f"), a.Improve(action="i"), a.Back(to=500),
    a.GoTo(line=0), a.Undo(entry=1), a.End(),
)  # fmt: skip


def entry(action: object) -> Entry:
    return Entry.model_validate(
        {"seq": 1, "at": "2024-11-27T01:00:00+00:00", "line": 0, "time": 600, "by": "d-f", "action": action}
    )


def test_every_action_has_a_sentence_and_a_sort(room: Room) -> None:
    every = {cls for cls in vars(a).values() if isinstance(cls, type) and "do" in getattr(cls, "model_fields", {})}
    assert {type(action) for action in ACTIONS} == every
    assert {cls for kind in KINDS.values() for cls in kind} == every
    said = Said(room)
    for action in ACTIONS:
        assert told(entry(action), said)


def test_a_decision_says_who_why_and_what_moves_the_model(room: Room, does: Does) -> None:
    does(a.Jump(to=585))
    order = Order(lever=Lever.CLOSE_STATION, station=room.live.world.region.stations.code[0])
    text = told(entry(a.Decide(text="Shut it", who="KPU", why="stones", orders=(order,))), Said(room))
    assert text.startswith("Decision: Shut it · Close ")
    assert text.endswith("· decided by KPU · because: stones")


def test_the_log_is_narrowed_by_sort_and_by_word(room: Room, does: Does, asks: Callable[..., Entry]) -> None:
    does(a.Jump(to=585))
    does(a.Note(text="A lorry lies across"))
    asks(text="A road for ambulances")
    assert log(room, {})["count"] == 4
    assert [row["number"] for row in log(room, {"kind": "notes"})["rows"]] == [2]
    assert [row["number"] for row in log(room, {"word": "AMBULANCES"})["rows"]] == [4]
    assert log(room, {"kind": "nonsense"})["count"] == 4
    assert log(room, {"word": "<script>"})["rows"] == []


def test_what_was_undone_stays_and_is_marked(room: Room, does: Does) -> None:
    given = does(a.Deliver(inject=1))
    does(a.Undo(entry=given.seq))
    rows = {row["number"]: row["undone"] for row in log(room, {})["rows"]}
    assert rows == {given.seq: True, given.seq + 1: False}
    assert [row["number"] for row in log(room, {"here": "yes"})["rows"]] == [given.seq + 1]


def test_no_more_than_the_last_entries_are_shown_and_all_are_counted(room: Room, does: Does) -> None:
    for number in range(MOST_SHOWN + 5):
        does(a.Note(text=f"note {number}"))
    found = log(room, {})
    assert (found["shown"], found["count"]) == (MOST_SHOWN, MOST_SHOWN + 5)
    assert found["rows"][0]["number"] == MOST_SHOWN + 5
