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


def not_needed(sent: Sequence[Sent], others: Strength, need: Strength, *, in_time: float = inf) -> list[int]:
    """Return the tasks of those who can go because the rest is all that is asked for, those who came last first.

    Who comes too late stands in for nobody who is there sooner: of what is asked for, those in time do no less when
    one of them has gone.

    Args:
        sent: Who can be let go.
        others: Who is there besides.
        need: What is asked for.
        in_time: Who comes later than this comes too late, minutes after midnight.
    """
    left = sum((unit.strength for unit in sent), others)
    soon = sum((unit.strength for unit in sent if unit.arrives <= in_time), others)
    gone = []
    for unit in sorted(sent, key=lambda s: (-s.arrives, -s.task)):
        is_late = unit.arrives > in_time
        if not (left - unit.strength).covers(need):
            continue
        if is_late or (soon - unit.strength).missing(need) == soon.missing(need):
            left -= unit.strength
            soon = soon if is_late else soon - unit.strength
            gone.append(unit.task)
    return gone


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
