"""The lines of a room: what was decided on each, and where two of them part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from sim.day.decisions import Decision
from sim.exercise.after.read import Played
from sim.exercise.session.live import Taken, taken
from sim.exercise.session.state import Line, State, lineage


@dataclass(frozen=True)
class Tried:
    """One line of a room.

    Attributes:
        line: The line.
        state: How the room stands on it.
        taken: What was decided on it and in its past and moves the model, each with its time.
    """

    line: Line
    state: State
    taken: Taken


def tried(played: Played) -> list[Tried]:
    """Return the lines of a room, by number."""
    found = []
    for line in sorted(played.state.lines.values(), key=lambda one: one.number):
        state = played.state if line.number == played.state.line else played.on(line.number)
        found.append(Tried(line, state, taken(state.decisions)))
    return found


def parted(lines: Mapping[int, Line], a: int, b: int) -> float:
    """Return when two lines part, minutes after midnight: from then on nothing of one belongs to the other."""
    of_a, of_b = lineage(lines, a), lineage(lines, b)
    return max((min(of_a[one], of_b[one]) for one in of_a.keys() & of_b.keys()), default=float("-inf"))


def shared(one: Taken, other: Taken) -> Taken:
    """Return what two lines have decided alike before they differ."""
    return tuple(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def first(*lines: Taken) -> tuple[float, Decision] | None:
    """Return the first of all decisions that move the model; None: there is none."""
    every = [one for line in lines for one in line[:1]]
    return min(every, key=lambda one: one[0], default=None)
