"""When each inject was planned, due, delivered, read and decided on the room's line, and how late it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sim.exercise.inject import Inject, InjectStatus
from sim.exercise.session.actions import Acknowledge, Decide, Hold, Move, Skip
from sim.exercise.session.entry import Entry
from sim.exercise.session.life import Standing, due_time, is_delivered, status_now
from sim.exercise.session.state import Opening, State


class Due(StrEnum):
    """By what an inject was due."""

    TIME = "time"
    EVENT = "event"
    """The model's event that it tells of had happened on the room's line."""
    MOVED = "moved"
    """The facilitator has moved it to a time."""
    NOT_HAPPENED = "not_happened"
    """The model's event that it tells of had not happened on the room's line when it was due by the list."""
    LATER = "later"
    """The list had it due later than the line went."""
    CONDITION = "condition"
    """By its condition alone, which the facilitator judges."""


@dataclass(frozen=True)
class Step:
    """Something that was done about an inject: an entry that holds it back, skips it or moves it."""

    entry: Entry
    action: Hold | Skip | Move


@dataclass(frozen=True)
class Passage:
    """How an inject went. Times are minutes after midnight; None: it did not come to that, or nobody planned it.

    Attributes:
        inject: The inject.
        planned: When the list had it due when the room began.
        due: When it was due on the room's line.
        due_by: By what.
        delivered: When players got it.
        acknowledged: When the first of them said that he had read it.
        readers: How many devices have said so.
        decided: When a decision was first taken on it.
        status: Where it stood in the end.
        steps: What else was done about it, in order.
    """

    inject: Inject
    planned: float | None
    due: float | None
    due_by: Due
    delivered: float | None
    acknowledged: float | None
    readers: int
    decided: float | None
    status: InjectStatus
    steps: tuple[Step, ...]

    @property
    def late_minutes(self) -> float | None:
        """Minutes from when it was due until it was delivered; below 0: sooner; None: not due, or not delivered."""
        if self.due is None or self.delivered is None:
            return None
        return self.delivered - self.due


def passages(opening: Opening, state: State, left: float, happened: Mapping[str, float]) -> list[Passage]:
    """Return how each inject went on a line, in the order in which they were due, then by number.

    Args:
        opening: What the room began with.
        state: How it stands on the line.
        left: When it was last on it, minutes after midnight.
        happened: When each event of the model happened on the line, by key.
    """
    planned = {inject.seq: inject.time for inject in opening.injects}
    found = {
        number: _begun(standing, planned.get(number, standing.inject.time), left, happened)
        for number, standing in state.injects.items()
    }
    for entry in state.done:
        number = getattr(entry.action, "inject", None)
        if isinstance(number, int) and number in found:
            found[number] = _with(found[number], entry)
    return sorted(found.values(), key=_order)


def _order(one: Passage) -> tuple[float, int]:
    times = (one.delivered, one.due, one.planned)
    return next((time for time in times if time is not None), float("inf")), one.inject.seq


def _begun(standing: Standing, planned: float | None, left: float, happened: Mapping[str, float]) -> Passage:
    due, due_by = _due(standing, happened)
    if due is None and planned is not None and planned > left:
        due_by = Due.LATER
    delivered = standing.delivered if is_delivered(standing) else None
    status = status_now(standing, left, happened)
    return Passage(standing.inject, planned, due, due_by, delivered, None, len(standing.acknowledged), None, status, ())


def _due(standing: Standing, happened: Mapping[str, float]) -> tuple[float | None, Due]:
    """Return when an inject was due, and by what."""
    when = due_time(standing, happened)
    if standing.moved:
        return when, Due.MOVED
    if standing.inject.model_event:
        return when, Due.NOT_HAPPENED if when is None else Due.EVENT
    return when, Due.CONDITION if when is None else Due.TIME


def _with(passage: Passage, entry: Entry) -> Passage:
    action = entry.action
    if isinstance(action, Acknowledge) and passage.acknowledged is None:
        return replace(passage, acknowledged=entry.time)
    if isinstance(action, Decide) and passage.decided is None:
        return replace(passage, decided=entry.time)
    if isinstance(action, (Hold, Skip, Move)):
        return replace(passage, steps=(*passage.steps, Step(entry, action)))
    return passage


@dataclass(frozen=True)
class Punctuality:
    """How many injects were delivered in time, of those that were due and delivered.

    Attributes:
        delivered: All that players got.
        timed: Those of them that were due at a time or by an event.
        late: Those of these that came more than :data:`GRACE_MINUTES` late.
        latest_minutes: Of the latest of all; None: none was timed.
    """

    delivered: int
    timed: int
    late: int
    latest_minutes: float | None


GRACE_MINUTES = 2.0
"""Scenario minutes within which an inject counts as delivered when it was due; an assumption of the report."""


def punctuality(found: Iterable[Passage]) -> Punctuality:
    """Return how many injects came late."""
    given = [one for one in found if one.delivered is not None]
    late = [one.late_minutes for one in given if one.late_minutes is not None]
    return Punctuality(len(given), len(late), sum(one > GRACE_MINUTES for one in late), max(late, default=None))
