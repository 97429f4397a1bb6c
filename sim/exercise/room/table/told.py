"""What players have been told: messages given out to their party, made of what a player may be given and no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.exercise.inject import EVERYBODY, Party, PlayerMessage
from sim.exercise.room.table import called
from sim.exercise.session.actions import Join, Overrule
from sim.exercise.session.life import Standing, is_delivered
from sim.exercise.session.state import State
from sim.words import room as names


def to_party(state: State, party: Party | None) -> list[Standing]:
    """Return the injects that a party has been given, the newest first."""
    return _newest(one for one in state.injects.values() if is_delivered(one) and party in one.inject.group)


def to_everybody(state: State) -> list[Standing]:
    """Return the injects that all who sit at the table have been given, the newest first."""
    every = set(EVERYBODY)
    return _newest(one for one in state.injects.values() if is_delivered(one) and every <= set(one.inject.group))


def _newest(found: Iterable[Standing]) -> list[Standing]:
    return sorted(found, key=lambda one: (one.delivered or 0.0, one.inject.seq), reverse=True)


def message(standing: Standing, own: frozenset[str] = frozenset(), device: str = "") -> dict[str, Any]:
    """Return a message as a page shows it.

    Args:
        standing: An inject that has been given to whoever looks.
        own: The devices of his party.
        device: His own.
    """
    may = PlayerMessage.of(standing.inject)
    read = own & set(standing.acknowledged)
    return {
        "number": may.seq,
        "time": called.clock(standing.delivered or 0.0),
        "type": names.TYPES[may.type],
        "delivery": may.delivery,
        "sender": may.sender,
        "recipient": may.recipient,
        "text": may.text,
        "is_read": device in standing.acknowledged,
        "others": len(read - {device}),
        "rulings": [entry.action.text for entry in standing.overruled if isinstance(entry.action, Overrule)],
    }


def devices_of(state: State, party: Party | None) -> frozenset[str]:
    """Return all devices that have ever joined for a party."""
    joined = (entry.action for entry in state.done if isinstance(entry.action, Join))
    return frozenset(one.device for one in joined if party is not None and one.party is party)
