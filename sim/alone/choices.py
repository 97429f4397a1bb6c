"""The words in which dispatch alone is told what to do."""

from __future__ import annotations

from enum import StrEnum


class WhenBusy(StrEnum):
    """What becomes of a call that nobody can be sent to at once."""

    QUEUED = "queued"
    """It waits; whoever is free again goes to the worst of those that wait, of equal ones to the oldest."""
    LOST = "lost"
    """It is gone: somebody else takes it, whom nothing is said of."""


class Priority(StrEnum):
    """What a worse call does to a milder one."""

    NONE = "none"
    """Nothing: calls are dealt with in the order in which they come, at desks too."""
    HEAD_OF_LINE = "head_of_line"
    """It goes before it where both wait; nobody leaves a call for a worse one."""
    PREEMPTIVE = "preemptive"
    """It takes its unit while that works there, where none is free; the work that is left is taken up again later."""


class Engine(StrEnum):
    """Who plays the calls."""

    EVENTS = "events"
    """One event a call: the moment at which its unit is free again, which is known when it is ordered."""
    POSKO = "posko"
    """The day's own operations centre, fleet and ledger, on a clock of their own; hundreds of times slower."""


class Metric(StrEnum):
    """How far it is from one point to another."""

    MANHATTAN = "manhattan"
    """Along two directions at right angles, as in streets on a grid."""
    EUCLID = "euclid"
    """As the crow flies."""


class CallFate(StrEnum):
    """What became of a call."""

    SERVED = "served"
    LOST = "lost"
    """Nobody could be sent at once, and it did not wait."""
    NEVER = "never"
    """It waited to the end: the rule of dispatch sends nobody to it of those who are ever free."""
