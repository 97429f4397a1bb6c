"""Who may do what, whatever a device sends."""

from __future__ import annotations

import pytest

from sim.errors import UserError
from sim.exercise.inject import Party
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
    Option,
    Overrule,
    Pause,
    Propose,
    RoomRole,
    Run,
    Show,
    Skip,
    Undo,
)  # fmt: skip
from sim.exercise.session.entry import SIAGA
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from tests.exercise.session.conftest import inject
from tests.exercise.session.test_room import do, riot_at

F = RoomRole.FACILITATOR


@pytest.mark.parametrize("role", [RoomRole.PLAYER, RoomRole.EVALUATOR, RoomRole.PROJECTOR])
def test_only_the_facilitator_moves_the_room(room: Room, role: RoomRole) -> None:
    actions = (
        Run(), Pause(), Jump(to=500), Deliver(inject=1), Hold(inject=1), Skip(inject=1), Move(inject=1, to=500),
        Add(inject=inject(9)), Edit(inject=inject(1)), Approve(inject=1), Close(inject=1), Decide(text="x"),
        Ask(options=(Option(title="x"),)), Answer(question=1), Show(question=1), Overrule(text="x"), Note(text="x"),
        Back(to=400), GoTo(line=0), Undo(entry=1), End(), Join(device="x", role=F),
    )  # fmt: skip
    for action in actions:
        with pytest.raises(UserError, match="may not be done as"):
            do(room, action, "x", role)
    for action in (Answer(question=1), Join(device="x", role=F)):
        with pytest.raises(UserError, match="may not be done as"):
            do(room, action)


def test_a_player_has_nothing_to_do_with_what_another_party_got(room: Room) -> None:
    do(room, Join(device="health", role=RoomRole.PLAYER, party=Party.HEALTH), SIAGA, None)
    riot_at(room)
    do(room, Deliver(inject=2))  # to the police
    for action in (Acknowledge(inject=2), Propose(text="x", inject=2), Acknowledge(inject=3)):
        with pytest.raises(UserError, match="there is no inject"):
            do(room, action, "health", RoomRole.PLAYER)
    with pytest.raises(UserError, match="your party cannot ask for this by itself"):
        order = Order(lever=Lever.CLOSE_STATION, station="T1.1/01")
        do(room, Propose(orders=(order,)), "health", RoomRole.PLAYER)
