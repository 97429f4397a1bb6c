"""What the model did by itself, and a message that tells of it, ready to be delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.exercise.inject import EVERYBODY, InjectStatus, InjectType
from sim.exercise.room.console.said import Said, clock
from sim.exercise.session.room import Room
from sim.words import room_console as words

ONSET = "onset"
"""What nobody at the table can know before it is reported."""


@dataclass(frozen=True)
class Ready:
    """A message that tells of an event of the model.

    Attributes:
        key: The event's key.
        title: For the control team.
        text: For the players.
        sender: From whom.
        recipient: To whom.
    """

    key: str
    title: str
    text: str
    sender: str
    recipient: str


def events(room: Room) -> list[dict[str, Any]]:
    """Return what has happened on the room's line, in order: each with its time, what, and whether an inject tells it."""
    said, listed = Said(room), {one.inject.model_event for one in room.state.injects.values()}
    found = []
    for key, when in sorted(room.happened().items(), key=lambda pair: pair[1]):
        found.append(
            {"key": key, "minutes": when, "time": clock(when), "text": ready(key, said).title, "told": key in listed}
        )
    return found


def untold(room: Room) -> dict[str, Any]:
    """Return what has happened that no inject tells of, newest first, each with a message ready to be delivered.

    What began and has not been reported is told of too, marked as unknown: the facilitator decides who hears of it.
    """
    said, happened = Said(room), room.happened()
    found = []
    for event in reversed(events(room)):
        if event["told"]:
            continue
        message = ready(event["key"], said)
        found.append({**event, "known": _is_known(event["key"], happened), "ready": message})
    return {
        "untold": found,
        "number": next_number(room),
        "group": [str(party) for party in EVERYBODY],
        "type": str(InjectType.EVENT),
        "status": str(InjectStatus.APPROVED),
        "delivery": words.BY_RADIO,
        "module": words.MODULE_BY_HAND,
    }


def _is_known(key: str, happened: dict[str, float]) -> bool:
    """Say whether posko knows of an event: of an incident, once it has been reported."""
    subject, *rest = key.split("/")
    if subject != "incident":
        return True
    return rest[-1] != ONSET and f"incident/{rest[0]}/reported" in happened


def ready(key: str, said: Said) -> Ready:
    """Return a message that tells of an event of the model."""
    parts = key.split("/")
    what, identity = parts[-1], parts[1] if len(parts) > 2 else ""
    incident = said.incident(identity)
    title = words.EVENT_TITLES.get(what, words.EVENT_OTHER).format(incident=incident, what=what)
    text = words.EVENT_TEXTS.get(what, words.EVENT_OTHER).format(incident=incident, what=what)
    return Ready(key, title, text, words.FROM_POSKO, words.TO_ALL)


def next_number(room: Room) -> int:
    """Return a number that no inject has."""
    return max(room.state.injects, default=0) + 1
