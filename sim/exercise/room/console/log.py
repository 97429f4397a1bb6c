"""The log in words, by line, by what was done, and by a word in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sim.exercise.room.console.clock import line_name
from sim.exercise.room.console.said import Said, clock
from sim.exercise.room.console.told import told
from sim.exercise.session import actions as a
from sim.exercise.session.entry import Entry
from sim.exercise.session.room import Room
from sim.words import room_console as words

MOST_SHOWN = 200
"""Entries of the log that the console shows at a time, the last; the whole log is in the report."""
KINDS: Mapping[str, tuple[type, ...]] = {
    "injects": (a.Add, a.Edit, a.Approve, a.Deliver, a.Hold, a.Skip, a.Move, a.Acknowledge, a.Close),
    "decisions": (a.Propose, a.Decline, a.Decide, a.Ask, a.Answer, a.Show, a.Overrule),
    "notes": (a.Note, a.Observe, a.Rate, a.Find, a.Improve),
    "clock": (a.Run, a.Pause, a.Jump, a.Back, a.GoTo, a.Undo, a.End),
    "devices": (a.Join, a.Leave),
}
"""What the log can be narrowed to."""


def log(room: Room, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the last entries, newest first.

    Args:
        room: The room.
        asked: ``kind``: one of KINDS; ``here``: anything, for what holds on the line that the room is on alone;
            ``word``: what their sentence has in it.
    """
    said, kind, word = Said(room), asked.get("kind", ""), asked.get("word", "").strip().casefold()[:80]
    entries = room.state.done if asked.get("here") else room.log.entries
    undone = {e.action.entry for e in room.log.entries if isinstance(e.action, a.Undo)}
    rows, found = [], 0
    for entry in reversed(entries):
        if kind in KINDS and not isinstance(entry.action, KINDS[kind]):
            continue
        row = _row(entry, said, room, undone)
        if word and word not in f"{row['text']} {row['by']}".casefold():
            continue
        found += 1
        if found <= MOST_SHOWN:
            rows.append(row)
    return {
        "rows": rows,
        "count": found,
        "shown": len(rows),
        "kinds": [(name, words.KINDS[name], name == kind) for name in KINDS],
        "here": bool(asked.get("here")),
        "word": asked.get("word", "")[:80],
    }


def _row(entry: Entry, said: Said, room: Room, undone: set[int]) -> dict[str, Any]:
    return {
        "number": entry.seq,
        "time": clock(entry.time),
        "wall": f"{datetime.fromisoformat(entry.at).astimezone():%H:%M:%S}",
        "by": said.device(entry.by),
        "text": told(entry, said),
        "line": line_name(room.state.lines[entry.line]) if len(room.state.lines) > 1 else "",
        "undone": entry.seq in undone,
        "overrules": isinstance(entry.action, a.Overrule),
    }
