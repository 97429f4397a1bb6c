"""Decisions of re-tasking: who may be taken from what, who is no longer needed, who works on. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product, starmap
from math import inf
from typing import NamedTuple

from sim.config.retasking import Retasking
from sim.strength import Strength
from sim.vocabulary import Severity


class Busy(NamedTuple):
    """What somebody does who has been sent to a disturbance.

    Attributes:
        severity: How bad that is, as far as the centre knows.
        on_scene: Whether he is there; else he is on his way.
        is_over: Whether it is over, and he works on.
    """

    severity: Severity
    on_scene: bool
    is_over: bool


def may_be_taken(busy: Busy, severity: Severity, rule: Retasking) -> bool:
    """Return whether somebody may be taken from what he does for something of a severity."""
    taken = rule.taken_for.of(severity)
    if busy.is_over:
        return taken.after_end
    return busy.severity.word in (taken.on_scene if busy.on_scene else taken.under_way)


def all_taken(severity: Severity, rule: Retasking) -> frozenset[Busy]:
    """Return all that somebody can be doing and be taken from for something of a severity."""
    ways = starmap(Busy, product(Severity, (False, True), (False, True)))
    return frozenset(busy for busy in ways if may_be_taken(busy, severity, rule))


class Sent(NamedTuple):
    """A unit that is at a disturbance, or on its way to it.

    Attributes:
        task: Number of its task.
        strength: Its people.
        arrives: When it came, or would come, minutes after midnight; infinite while it is cut off.
    """

    task: int
    strength: Strength
    arrives: float


def not_needed(sent: Sequence[Sent], others: Strength, need: Strength, *, now: float = inf) -> list[int]:
    """Return the tasks of those who can go because the rest is all that is asked for, those who came last first.

    Before all that is asked for is there, only those can go who would come after it is; everybody else holds out.

    Args:
        sent: Who can be let go.
        others: Who is there besides.
        need: What is asked for.
        now: Minutes after midnight; infinite: as when all are there.
    """
    whole, left = whole_from(sent, others, need), sum((unit.strength for unit in sent), others)
    gone = []
    for unit in sorted(sent, key=lambda s: (-s.arrives, -s.task)):
        can_go = whole <= now or unit.arrives > whole
        if can_go and (left - unit.strength).covers(need):
            left -= unit.strength
            gone.append(unit.task)
    return gone


def whole_from(sent: Sequence[Sent], others: Strength, need: Strength) -> float:
    """Return from when on all that is asked for is there, minutes after midnight; infinite: never, as it stands."""
    there, when = others, -inf
    for unit in sorted(sent, key=lambda s: s.arrives):
        if there.covers(need):
            return when
        there, when = there + unit.strength, unit.arrives
    return when if there.covers(need) else inf


def works_on(officers: Sequence[int], keep: int) -> int:
    """Return how many of some units work on after the end, so that the first of them are so many officers.

    Args:
        officers: Officers of each, in the order in which they came.
        keep: Officers that are wanted.
    """
    together = 0
    for units, number in enumerate(officers):
        if together >= keep:
            return units
        together += number
    return len(officers)
