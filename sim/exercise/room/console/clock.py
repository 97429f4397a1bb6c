"""The head of the console: two clocks, what would be undone, the line, and what happened while the clock was put on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sim.exercise.inject import InjectStatus
from sim.exercise.room.console.happened import events
from sim.exercise.room.console.said import Said, clock, speed
from sim.exercise.room.console.told import told
from sim.exercise.session.actions import Jump
from sim.exercise.session.check import undoable
from sim.exercise.session.life import due_time
from sim.exercise.session.room import Room
from sim.exercise.session.state import MAIN, Line
from sim.words import room_console as words

SPEEDS = (1, 2, 5, 10, 20, 60)
"""Scenario minutes a wall minute that are offered; an assumption: an exercise of a day fits a morning at 5."""


def head(room: Room) -> dict[str, Any]:
    """Return what the head of the console shows."""
    state, statuses = room.state, room.statuses()
    last = undoable(state)
    return {
        "time": clock(room.now),
        "minutes": room.now,
        "speed": state.clock.speed,
        "speed_said": speed(state.clock.speed),
        "speeds": [(value, speed(value)) for value in sorted({*SPEEDS, state.clock.speed})],
        "running": state.clock.running,
        "ended": state.ended,
        "day_over": room.now >= state.clock.end,
        "end": clock(state.clock.end),
        "wall": f"{datetime.now():%H:%M}",
        "line": line_name(state.lines[state.line]),
        "lines": len(state.lines),
        "late": sum(status is InjectStatus.DUE for status in statuses.values()),
        "undo": None if last is None else {"entry": last.seq, "what": told(last, Said(room))},
        "read_only": room.read_only,
    }


def line_name(line: Line) -> str:
    """Return what a line is called; one without a name by its number and where it begins."""
    if line.number == MAIN:
        return str(line.name or words.FIRST_LINE)
    return str(line.name or words.LINE.format(number=line.number, time=clock(line.fork)))


def digest(room: Room) -> dict[str, Any]:
    """Return what happened while the clock was put forward the last time, on the line that the room is on."""
    last = next((e for e in reversed(room.state.done) if isinstance(e.action, Jump)), None)
    if last is None or not isinstance(last.action, Jump):
        return {"digest": None}
    start, end = last.time, last.action.to
    statuses = room.statuses()
    happened = room.happened()
    due = []
    for number, one in room.state.injects.items():
        when = due_time(one, happened)
        if when is not None and start < when <= end:
            is_late = statuses[number] is InjectStatus.DUE
            due.append({"number": number, "title": one.inject.title, "time": clock(when), "waits": is_late})
    return {
        "digest": {
            "seq": last.seq,
            "start": clock(start),
            "end": clock(end),
            "events": [event for event in events(room) if start < event["minutes"] <= end],
            "due": due,
        }
    }
