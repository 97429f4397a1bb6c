"""Rooms to look at from the console: those of the session's tests, and one in the middle of a riot."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sim.exercise.inject import Party
from sim.exercise.room.parts import Device, Visit
from sim.exercise.session.actions import Decide, Deliver, Join, Jump, Propose, RoomRole
from sim.exercise.session.entry import Entry
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from tests.exercise.session.conftest import WallClock, folder, made, opened, played, room, wall

__all__ = ["WallClock", "folder", "made", "opened", "played", "room", "wall"]
VISIT = Visit(Device("d-f", RoomRole.FACILITATOR))
Does = Callable[[object], Entry]


@pytest.fixture
def does(room: Room) -> Does:
    """Let the facilitator do something."""

    def done(action: object) -> Entry:
        return room.do(action, by="d-f", role=RoomRole.FACILITATOR)

    return done


@pytest.fixture
def asks(room: Room) -> Callable[..., Entry]:
    """Let a player of the police, who joins for it, ask for something."""

    def done(**fields: object) -> Entry:
        if "d-p" not in room.state.devices:
            room.do(
                Join(device="d-p", role=RoomRole.PLAYER, party=Party.POLICE, label="Operations"), by="siaga", role=None
            )
        return room.do(Propose.model_validate(fields), by="d-p", role=RoomRole.PLAYER)

    return done


def reserve(room: Room) -> str:
    """Return the name of a unit in reserve."""
    return next(unit.name for unit in room.picture().units if unit.name.startswith("reserve/"))


@pytest.fixture
def riot(room: Room, does: Does) -> Room:
    """A room at 09:45: the riot's inject is delivered, and a reserve is sent."""
    does(Jump(to=585))
    does(Deliver(inject=2))
    does(Decide(text="One goes", who="Head of operations", why="Near", inject=2, orders=(hold(room),)))
    return room


def hold(room: Room) -> Order:
    return Order(lever=Lever.HOLD, unit=reserve(room))
