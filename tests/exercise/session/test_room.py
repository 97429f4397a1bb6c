"""A room: clock, lines, the life of injects, decisions on the model, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sim.day.day import Day
from sim.day.decisions import Send
from sim.day.draws import draw_day
from sim.errors import UserError
from sim.exercise.inject import InjectStatus, Party
from sim.exercise.session.actions import (
    Acknowledge,
    Add,
    Answer,
    Approve,
    Ask,
    Back,
    Close,
    Decide,
    Deliver,
    Edit,
    End,
    GoTo,
    Hold,
    Join,
    Jump,
    Move,
    Note,
    Observe,
    Option,
    Overrule,
    Pause,
    Propose,
    Rate,
    Rating,
    RoomRole,
    Run,
    Show,
    Skip,
    Undo,
)  # fmt: skip
from sim.exercise.session.entry import SIAGA
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from sim.exercise.session.state import state_of
from tests.exercise.session.conftest import INJECTS, ONSET, WallClock, inject

F, S = RoomRole.FACILITATOR, InjectStatus


def do(room: Room, action: object, by: str = "console", role: RoomRole | None = F, key: str = "") -> int:
    return room.do(action, by=by, role=role, key=key).seq


def a_reserve(room: Room) -> str:
    """Return a reserve that nobody has sent."""
    return next(one.name for one in room.picture().units if one.name.startswith("reserve") and not one.incident)


def riot_at(room: Room, minutes: float = 6.0) -> Room:
    do(room, Jump(to=ONSET + minutes))
    return room


def test_the_scenario_clock_runs_at_its_speed_stands_still_and_jumps(room: Room, wall: WallClock) -> None:
    assert room.now == room.live.world.start == 400.0
    wall.wind(5)
    assert room.now == 400.0
    do(room, Run(speed=2))
    wall.wind(5)
    assert room.now == 410.0
    do(room, Pause())
    wall.wind(60)
    assert room.now == 410.0
    do(room, Jump(to=600))
    assert room.now == 600.0
    with pytest.raises(UserError, match="a time from 10:00"):
        do(room, Jump(to=599))
    do(room, Run(speed=120))
    wall.wind(10_000)
    assert room.now == room.about.end


def test_a_wall_clock_that_is_put_back_does_not_put_the_scenario_back(room: Room, wall: WallClock) -> None:
    do(room, Run(speed=1))
    wall.wind(-30)
    assert room.now == 400.0


def test_an_inject_is_due_when_its_time_or_its_event_has_come_and_never_drops_out(room: Room) -> None:
    assert room.statuses() == dict.fromkeys((1, 2, 3, 4), S.SCHEDULED)
    do(room, Jump(to=430))
    assert room.statuses()[1] is S.DUE
    do(room, Jump(to=ONSET))
    assert room.statuses()[2] is S.SCHEDULED
    reported = riot_at(room).happened()["incident/s0/reported"]
    assert ONSET < reported < ONSET + 6
    assert room.statuses()[2] is S.DUE
    do(room, Jump(to=1000))
    assert {n: s for n, s in room.statuses().items() if s is S.DUE} == dict.fromkeys((1, 2, 3), S.DUE)
    assert room.statuses()[4] is S.SCHEDULED  # by its condition, which a person judges


def test_what_goes_round_after_a_report_waits_for_the_report_of_the_rooms_own_line(room: Room) -> None:
    do(room, Add(inject=inject(9, 400.0, model_event="incident/s0/reported+8", status=S.SCHEDULED)))
    reported = riot_at(room).happened()["incident/s0/reported"]
    do(room, Jump(to=reported + 7.9))
    assert room.statuses()[9] is S.SCHEDULED  # though its time in the list has long come
    do(room, Jump(to=reported + 8.0))
    assert room.statuses()[9] is S.DUE


def test_an_inject_of_an_event_that_does_not_come_is_not_due_by_its_time(folder: Path, opened: Callable) -> None:
    room = opened(folder)
    do(room, Add(inject=inject(9, 400.0, model_event="incident/s0/never", status=S.SCHEDULED)))
    do(room, Jump(to=1100))
    assert "incident/s0/ended" in room.happened()
    assert room.statuses()[9] is S.SCHEDULED
    do(room, Move(inject=9, to=1100))
    assert room.statuses()[9] is S.DUE


def test_the_life_of_an_inject_from_due_to_closed(room: Room) -> None:
    riot_at(room)
    do(room, Join(device="p", role=RoomRole.PLAYER, party=Party.POLICE), SIAGA, None)
    do(room, Join(device="e", role=RoomRole.EVALUATOR), SIAGA, None)
    seen = []
    for action, by, role in (
        (Deliver(inject=2), "console", F),
        (Acknowledge(inject=2), "p", RoomRole.PLAYER),
        (Decide(text="send all", inject=2, who="chief"), "console", F),
        (Rate(inject=2, rating=Rating.S), "e", RoomRole.EVALUATOR),
        (Acknowledge(inject=2), "console", F),
        (Close(inject=2), "console", F),
    ):
        do(room, action, by, role)
        seen.append(room.statuses()[2])
    assert seen == [S.DELIVERED, S.ACKNOWLEDGED, S.DECIDED, S.SCORED, S.SCORED, S.CLOSED]
    standing = room.state.injects[2]
    assert standing.delivered == ONSET + 6
    assert standing.acknowledged == ("p", "console")
    for action in (Deliver(inject=2), Hold(inject=2), Skip(inject=2), Move(inject=2, to=900), Approve(inject=2)):
        with pytest.raises(UserError, match="inject 2 is closed"):
            do(room, action)


def test_held_and_skipped_injects(room: Room) -> None:
    do(room, Hold(inject=1, why="not yet"))
    assert room.statuses()[1] is S.HELD
    do(room, Jump(to=500))
    assert room.statuses()[1] is S.HELD
    do(room, Deliver(inject=1))
    do(room, Skip(inject=3, why="no time"))
    assert room.statuses()[3] is S.SKIPPED
    with pytest.raises(UserError, match="inject 3 is skipped"):
        do(room, Deliver(inject=3))


def test_a_draft_is_approved_before_it_is_delivered(room: Room) -> None:
    do(room, Add(inject=inject(9, None)))
    with pytest.raises(UserError, match="inject 9 is draft"):
        do(room, Deliver(inject=9))
    do(room, Approve(inject=9))
    assert room.statuses()[9] is S.APPROVED
    do(room, Deliver(inject=9))


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (Deliver(inject=77), "there is no inject 77"),
        (Add(inject=inject(1)), "there is an inject 1 already"),
        (Add(inject=inject(9, 399.0)), "which is past"),
        (Edit(inject=inject(8)), "there is no inject 8"),
        (Move(inject=1, to=100), "a time from"),
        (Decide(), "needs words"),
        (Decide(text="x", proposal=3), "there is no request 3"),
        (Show(question=3), "there is no question 3"),
        (GoTo(line=4), "there is no line 4"),
        (GoTo(line=0), "on line 0 already"),
        (Back(to=1000), "go back to"),
        (Back(to=10), "go back to"),
        (Undo(entry=1), "nothing to undo"),
        (Decide(orders=(Order(lever=Lever.SEND, unit="reserve/POLRES/1", incident="s0"),)), "there is no 's0'"),
        (Decide(orders=(Order(lever=Lever.HOLD, unit="reserve/nowhere"),)), "there is no 'reserve/nowhere'"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_no_trace(room: Room, action: object, why: str) -> None:
    with pytest.raises(UserError, match=why):
        do(room, action)
    assert room.log.entries == []
    assert room.log.file.read_bytes() == b""


def test_a_request_is_answered_once(room: Room) -> None:
    do(room, Join(device="p", role=RoomRole.PLAYER, party=Party.POLICE), SIAGA, None)
    asked = do(room, Propose(text="the army"), "p", RoomRole.PLAYER)
    assert room.state.proposals[asked].is_open
    do(room, Decide(text="no army", proposal=asked))
    assert not room.state.proposals[asked].is_open
    with pytest.raises(UserError, match="answered already"):
        do(room, Decide(text="again", proposal=asked))


def test_a_decision_moves_the_model_at_once(room: Room) -> None:
    riot_at(room)
    unit = a_reserve(room)
    do(room, Decide(text="go", orders=(Order(lever=Lever.SEND, unit=unit, incident="s0"),)))
    found = next(one for one in room.picture().units if one.name == unit)
    assert found.incident == "s0"


def test_of_several_orders_all_are_carried_out_or_none(room: Room) -> None:
    riot_at(room)
    unit = a_reserve(room)
    before = room.picture()
    good, bad = Order(lever=Lever.HOLD, unit=unit), Order(lever=Lever.HOLD, unit="nobody")
    with pytest.raises(UserError, match=r"decision 2: hold\.unit: there is no 'nobody'"):
        do(room, Decide(orders=(good, bad)))
    assert room.picture() == before


def test_a_room_that_decides_nothing_sees_the_day_of_the_run(room: Room) -> None:
    plain = Day(room.live.world, "central_reserve", 0, draw_day(room.live.world, 0))
    for time in (430.0, ONSET + 3, ONSET + 20, 800.0):
        do(room, Jump(to=time))
        plain.until(time)
        assert room.picture() == plain.picture()


def test_the_same_decision_by_hand_gives_the_same_day(room: Room) -> None:
    riot_at(room)
    unit = a_reserve(room)
    do(room, Decide(orders=(Order(lever=Lever.SEND, unit=unit, incident="s0"),)))
    do(room, Jump(to=700))
    plain = Day(room.live.world, "central_reserve", 0, draw_day(room.live.world, 0))
    plain.until(ONSET + 6)
    plain.act(Send(unit, "s0"))
    plain.until(700)
    assert room.picture() == plain.picture()


def test_undo_takes_the_last_thing_back_and_the_day_with_it(room: Room) -> None:
    riot_at(room)
    before, unit = room.picture(), a_reserve(room)
    delivered = do(room, Deliver(inject=1))
    decided = do(room, Decide(orders=(Order(lever=Lever.SEND, unit=unit, incident="s0"),)))
    assert room.picture() != before
    with pytest.raises(UserError, match="only the last thing"):
        do(room, Undo(entry=delivered))
    do(room, Undo(entry=decided))
    assert room.picture() == before
    assert room.state.decisions == []
    do(room, Undo(entry=delivered))
    assert room.statuses()[1] is S.DUE


def test_going_back_makes_a_line_and_keeps_the_other(room: Room) -> None:
    riot_at(room)
    unit = a_reserve(room)
    do(room, Note(text="kept on all lines"))
    do(room, Decide(orders=(Order(lever=Lever.SEND, unit=unit, incident="s0"),)))
    do(room, Deliver(inject=1))
    do(room, Jump(to=640))
    there = room.picture()
    do(room, Back(to=ONSET + 5, name="without the reserve"))
    assert room.now == ONSET + 5
    assert room.state.line == 1
    assert room.state.decisions == []
    assert room.statuses()[1] is S.DUE
    assert [note.action.text for note in room.state.notes] == ["kept on all lines"]
    do(room, Jump(to=640))
    assert room.picture() != there
    do(room, GoTo(line=0))
    assert room.now == 640
    assert room.picture() == there
    assert len(room.state.decisions) == 1
    do(room, GoTo(line=1))
    assert (room.now, room.state.decisions) == (640.0, [])


def test_a_line_of_a_line_has_the_past_of_both(room: Room) -> None:
    do(room, Deliver(inject=1))
    do(room, Jump(to=500))
    do(room, Decide(text="one"))
    do(room, Jump(to=600))
    do(room, Back(to=550))
    do(room, Decide(text="two"))
    do(room, Jump(to=620))
    do(room, Back(to=560))
    assert [d.action.text for d in room.state.decisions] == ["one", "two"]
    do(room, Back(to=520))
    assert [d.action.text for d in room.state.decisions] == ["one"]
    assert room.state.injects[1].delivered == 400
    assert {n: line.parent for n, line in room.state.lines.items()} == {0: None, 1: 0, 2: 1, 3: 2}


def test_what_a_device_sends_twice_is_done_once(room: Room) -> None:
    first = do(room, Note(text="x"), key="k1")
    assert do(room, Note(text="x"), key="k1") == first
    assert do(room, Note(text="x"), by="other", key="k1") != first
    assert len(room.log.entries) == 2


def test_after_the_end_only_findings_are_taken(room: Room) -> None:
    do(room, Run())
    do(room, End())
    assert not room.state.clock.running
    do(room, Observe(text="seen"))
    with pytest.raises(UserError, match="the exercise is over"):
        do(room, Deliver(inject=1))


def test_an_answer_is_shown_when_it_is_there_and_is_marked_when_overruled(room: Room) -> None:
    riot_at(room)
    do(room, Deliver(inject=2))
    asked = do(room, Ask(options=(Option(title="x"),), inject=2))
    with pytest.raises(UserError, match="has no answer yet"):
        do(room, Show(question=asked))
    do(room, Answer(question=asked, found={"a": 1}), SIAGA, None)
    do(room, Show(question=asked))
    do(room, Overrule(text="they come at 10", question=asked))
    question = room.state.questions[asked]
    assert question.shown
    assert question.answer == {"a": 1}
    assert [entry.action.text for entry in question.overruled] == ["they come at 10"]
    assert room.statuses()[2] is S.ANSWERED


def test_what_follows_entry_by_entry_is_what_all_of_them_make(room: Room, wall: WallClock) -> None:
    actions = (
        Run(speed=3), Deliver(inject=1), Note(text="n"), Jump(to=585), Decide(text="d"), Back(to=500), Hold(inject=3),
        GoTo(line=0), Skip(inject=3), Add(inject=replace(INJECTS[0], seq=9, time=None)), Approve(inject=9),
        Deliver(inject=9), Undo(entry=12), Pause(), Ask(options=(Option(title="x"),)), Overrule(text="o", question=15),
        End(),
    )  # fmt: skip
    for action in actions:
        wall.wind(0.5)
        do(room, action)
        assert room.state == state_of(room.opening, room.log.entries)
