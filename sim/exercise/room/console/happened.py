"""What the model did by itself, and a message that tells of it, ready to be delivered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.exercise.inject import Inject, InjectStatus, InjectType
from sim.exercise.pack.teller import Teller
from sim.exercise.pack.told import injects_of
from sim.exercise.room.console.said import clock
from sim.exercise.session.room import Room
from sim.words import room_console as words

MOST_SHOWN = 12
"""Messages that are offered at a time, the newest."""
_ASIDE = frozenset({InjectType.CONTINGENCY, InjectType.ADMIN})
"""What accompanies an event and is not the event."""


def happened(room: Room) -> list[Inject]:
    """Return what has happened on the room's line and the table can be told of, in order: one message an event.

    Events of several stations at about the same time are one message, which bears the key of the last of them.
    """
    found, due = injects_of(room.events(), Teller(room.live.world)), room.happened()
    return [
        replace(one, time=due[one.model_event])
        for one in found
        if one.model_event in due and one.group and one.type not in _ASIDE
    ]


def events(room: Room) -> list[dict[str, Any]]:
    """Return what has happened on the room's line, in order: when, and what."""
    return [_event(one) for one in happened(room)]


def untold(room: Room) -> dict[str, Any]:
    """Return what has happened that no inject tells of, newest first, each with a message ready to be delivered."""
    listed = {one.inject.model_event for one in room.state.injects.values()}
    found = [one for one in reversed(happened(room)) if one.model_event not in listed]
    return {
        "untold": [
            {**_event(one), "ready": one, "to": [str(party) for party in one.group]} for one in found[:MOST_SHOWN]
        ],
        "more": max(0, len(found) - MOST_SHOWN),
        "status": str(InjectStatus.APPROVED),
        "module": words.MODULE_BY_HAND,
    }


def _event(one: Inject) -> dict[str, Any]:
    time = one.time if one.time is not None else 0.0
    return {"key": one.model_event, "minutes": time, "time": clock(time), "title": one.title, "text": one.text}
