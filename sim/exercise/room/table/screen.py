"""What the projector speaks of: what everybody has been told, what was decided, and answers that were shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.exercise.room.parts import Visit
from sim.exercise.room.table import answered, called, told
from sim.exercise.room.table.views import base, clock
from sim.exercise.session.actions import Decide, Overrule
from sim.exercise.session.entry import Entry
from sim.exercise.session.room import Room
from sim.exercise.session.state import State
from sim.words import room_table as words

MOST = 6
"""Of messages, and of decisions, that stand on the projector's page at once; more cannot be read from afar."""


def screen(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return the projector's page."""
    lobby = visit.lobby
    code = {"path": lobby.code, "size": lobby.size} if lobby.code and lobby.open else None
    return {
        **clock(room, visit),
        "address": lobby.address if lobby.open else "",
        "code": code,
        "pin": room.secret.players,
    }


def everybody(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return the last messages that all at the table have been given."""
    found = [told.message(one) for one in told.to_everybody(room.state)[:MOST]]
    return {**base(room, visit), "messages": found}


def decisions(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return the last decisions, the newest first."""
    found = [_decision(room, entry) for entry in reversed(room.state.decisions[-MOST:])]
    return {**base(room, visit), "decisions": found, "rulings": _rulings(room.state)}


def _decision(room: Room, entry: Entry) -> dict[str, Any]:
    action, day = entry.action, room.day()
    assert isinstance(action, Decide)
    key = ("who_why" if action.why else "who") if action.who else "why"
    return {
        "time": called.clock(entry.time),
        "text": action.text,
        "orders": [called.order(day, order) for order in action.orders],
        "reason": words.SCREEN[key].format(who=action.who, why=action.why) if action.who or action.why else "",
        "is_overruled": bool(_overruled(room.state, action)),
    }


def _overruled(state: State, action: Decide) -> tuple[Entry, ...]:
    asked = state.questions.get(action.question or 0)
    return asked.overruled if asked is not None else ()


def _rulings(state: State) -> list[dict[str, str]]:
    """Return what the facilitator has ruled of no message and no question: those stand with what they are about."""
    found = []
    for entry in reversed(state.overrules):
        action = entry.action
        assert isinstance(action, Overrule)
        if action.question is None and action.inject is None:
            found.append({"time": called.clock(entry.time), "text": action.text})
    return found[:MOST]


def answers(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return the answers that were shown to everybody, the newest first."""
    return {**base(room, visit), "answers": answered.shown(room.state, room.day())}
