"""The lines of a room: going back, going on with another, and what was decided on each from where they part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.exercise.room.console.clock import line_name
from sim.exercise.room.console.said import Said, clock
from sim.exercise.room.console.told import told
from sim.exercise.session.entry import Entry
from sim.exercise.session.room import Room
from sim.exercise.session.state import Line, lineage, state_of


@dataclass(frozen=True)
class Parted:
    """Two or more lines, from where they part.

    Attributes:
        time: When the first of them leaves the others, minutes after midnight.
        decisions: What was decided on each from then on, by line.
    """

    time: float
    decisions: Mapping[int, tuple[Entry, ...]]


def lines(room: Room, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return all lines, and two of them beside each other where there are two.

    Args:
        room: The room.
        asked: ``a`` and ``b``: numbers of the lines that are compared; else the room's own, and the one that it left.
    """
    state = room.state
    rows = [
        {
            "number": line.number,
            "name": line_name(line),
            "here": line.number == state.line,
            "from": line_name(state.lines[line.parent]) if line.parent is not None else "",
            "fork": clock(line.fork) if line.parent is not None else "",
            "left": clock(room.now if line.number == state.line else line.left),
            "decisions": len(state_of(room.opening, room.log.entries, line.number).decisions),
        }
        for line in state.lines.values()
    ]
    return {"lines": rows, "start": clock(state.start), "now": clock(room.now), "compared": compared(room, asked)}


def compared(room: Room, asked: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what was decided on two lines from where they part, side by side; None where there is one line."""
    pair = _pair(room, asked)
    if pair is None:
        return None
    said, found = Said(room), parted(room, pair)
    return {
        "time": clock(found.time),
        "sides": [
            {
                "number": number,
                "name": line_name(room.state.lines[number]),
                "rows": [(clock(entry.time), told(entry, said), said.device(entry.by)) for entry in entries],
            }
            for number, entries in found.decisions.items()
        ],
    }


def _pair(room: Room, asked: Mapping[str, str]) -> tuple[int, int] | None:
    known = room.state.lines
    if len(known) < 2:
        return None
    own = known[room.state.line]
    other = own.parent if own.parent is not None else next(number for number in known if number != own.number)
    a, b = (_line(asked.get(name, ""), known) for name in ("a", "b"))
    first, second = own.number if a is None else a, other if b is None else b
    return (first, second) if first != second else (own.number, other)


def _line(text: str, known: Mapping[int, Line]) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    return number if number in known else None


def parted(room: Room, numbers: tuple[int, ...]) -> Parted:
    """Return what was decided on some lines from where the first of them leaves the others."""
    known = room.state.lines
    pasts = [lineage(known, number) for number in numbers]
    shared = next(line for line in pasts[0] if all(line in past for past in pasts))
    time = min(past[shared] for past in pasts)
    return Parted(
        time,
        {
            number: tuple(e for e in state_of(room.opening, room.log.entries, number).decisions if e.time >= time)
            for number in numbers
        },
    )
