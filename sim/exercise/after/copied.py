"""A session's log to be handed on: every entry as it is, without what opens the session's doors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.exercise.session.about import Secret
from sim.exercise.session.entry import Entry

HIDDEN = "•••"
"""What stands in the place of a PIN or of the console's key."""


def without_secrets(entries: Iterable[Entry], secret: Secret) -> list[Entry]:
    """Return entries in whose texts nothing is left that opens a door; they are entries of a log still.

    The program writes nothing of the kind into its log; a person may have typed a PIN into a note.
    """
    doors = tuple(secret.model_dump().values())
    return [_plain(entry, doors) for entry in entries]


def lines(entries: Iterable[Entry]) -> bytes:
    """Return entries as JSON lines, as a session's own log has them."""
    return b"".join(entry.model_dump_json().encode() + b"\n" for entry in entries)


def _plain(entry: Entry, doors: tuple[str, ...]) -> Entry:
    if not any(door in entry.model_dump_json() for door in doors):
        return entry
    action = _cleaned(entry.action.model_dump(mode="json"), doors)
    return Entry.model_validate({**entry.model_dump(), "action": action})


def _cleaned(value: Any, doors: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        for door in doors:
            value = value.replace(door, HIDDEN)
        return value
    if isinstance(value, dict):
        return {key: _cleaned(one, doors) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one, doors) for one in value]
    return value
