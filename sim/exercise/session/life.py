"""The life of an inject.

Draft, approved, scheduled, due, delivered or held or skipped, acknowledged, decided, answered, scored, closed. A late
inject is never dropped: it stays due until somebody delivers, holds or skips it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.exercise.inject import Inject, InjectStatus, due_by_event
from sim.exercise.session.actions import (
    Acknowledge,
    Approve,
    Close,
    Decide,
    Deliver,
    Hold,
    Move,
    Overrule,
    Rate,
    Show,
    Skip,
)
from sim.exercise.session.entry import Entry

S = InjectStatus
WAITING = frozenset({S.DRAFT, S.APPROVED, S.SCHEDULED, S.DUE, S.HELD})
"""Nobody has got it yet."""
RELEASED = (S.DELIVERED, S.ACKNOWLEDGED, S.DECIDED, S.ANSWERED, S.SCORED, S.CLOSED)
"""What it goes through once it is delivered; it never goes back."""
FROM: Mapping[type, frozenset[InjectStatus]] = {
    Approve: frozenset({S.DRAFT}),
    Deliver: frozenset({S.APPROVED, S.SCHEDULED, S.DUE, S.HELD}),
    Hold: frozenset({S.APPROVED, S.SCHEDULED, S.DUE}),
    Skip: WAITING,
    Move: WAITING,
    Acknowledge: frozenset(RELEASED),
    Decide: frozenset(RELEASED) - {S.CLOSED},
    Rate: frozenset(RELEASED),
    Close: frozenset(RELEASED) - {S.CLOSED} | {S.SKIPPED},
    Overrule: frozenset(S),
}
"""From which states of an inject something can be done to it."""
_TO = {
    Deliver: S.DELIVERED, Acknowledge: S.ACKNOWLEDGED, Decide: S.DECIDED, Show: S.ANSWERED, Rate: S.SCORED,
    Close: S.CLOSED,
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """An inject, and how it stands in the room.

    Attributes:
        inject: The inject, as it is in the list.
        status: Where it stands; that it is due is :func:`status_now`'s to say.
        due: When it is due, minutes after midnight; None: by its condition, or the model's event, alone.
        moved: Whether the facilitator has moved it: then its time counts, and not the model's event.
        delivered: When it was delivered; None: it was not.
        acknowledged: The devices that have read it.
        why: Why it was held or skipped.
        decisions: The entries by which it was decided.
        overruled: The entries by which the facilitator said otherwise than the model.
        ratings: The entries by which it was rated.
    """

    inject: Inject
    status: InjectStatus
    due: float | None
    moved: bool = False
    delivered: float | None = None
    acknowledged: tuple[str, ...] = ()
    why: str = ""
    decisions: tuple[Entry, ...] = ()
    overruled: tuple[Entry, ...] = ()
    ratings: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, inject: Inject) -> Standing:
        """Return how an inject stands to which nothing has been done."""
        return cls(inject, inject.status, inject.time)


def scheduled(inject: Inject) -> InjectStatus:
    """Return where an approved inject stands: it waits for its time, its event or its condition, or for nothing."""
    waits = inject.time is not None or inject.model_event or inject.condition
    return S.SCHEDULED if waits else S.APPROVED


def after(standing: Standing, entry: Entry) -> Standing:
    """Return how an inject stands after something was done."""
    action = entry.action
    if isinstance(action, Approve):
        return replace(standing, status=scheduled(standing.inject))
    if isinstance(action, (Hold, Skip)):
        return replace(standing, status=S.HELD if isinstance(action, Hold) else S.SKIPPED, why=action.why)
    if isinstance(action, Move):
        return replace(standing, status=S.SCHEDULED, due=action.to, moved=True)
    if isinstance(action, Overrule):
        return replace(standing, overruled=(*standing.overruled, entry))
    if isinstance(action, Deliver):
        standing = replace(standing, delivered=entry.time)
    elif isinstance(action, Acknowledge) and entry.by not in standing.acknowledged:
        standing = replace(standing, acknowledged=(*standing.acknowledged, entry.by))
    elif isinstance(action, Decide):
        standing = replace(standing, decisions=(*standing.decisions, entry))
    elif isinstance(action, Rate):
        standing = replace(standing, ratings=(*standing.ratings, entry))
    to = _TO.get(type(action))
    return replace(standing, status=_further(standing.status, to)) if to is not None else standing


def _further(now: InjectStatus, to: InjectStatus) -> InjectStatus:
    """Return the later of two states of a delivered inject."""
    return now if now in RELEASED and RELEASED.index(now) >= RELEASED.index(to) else to


def due_time(standing: Standing, happened: Mapping[str, float]) -> float | None:
    """Return since when or from when an inject is due: by its event where it tells of one, else by its own time.

    Args:
        standing: The inject.
        happened: When each event of the model could be told on the room's line, by key, as far as it has been played.

    Returns:
        Minutes after midnight; None: it waits for an event that has not happened, or for the facilitator's judgement.
    """
    event = standing.inject.model_event
    return due_by_event(event, happened) if event and not standing.moved else standing.due


def status_now(standing: Standing, time: float, happened: Mapping[str, float]) -> InjectStatus:
    """Return where an inject stands at a time.

    An inject that tells of an event of the model is due when the event has happened on the room's own line, and not
    before: the room's decisions may bring it sooner, later, or never. One that has been moved is due at its time. One
    that has only a condition is the facilitator's to judge, and is never due by itself.

    Args:
        standing: The inject.
        time: Minutes after midnight.
        happened: When each event of the model happened on the room's line, by key, as far as it has been played.
    """
    if standing.status is not S.SCHEDULED:
        return standing.status
    when = due_time(standing, happened)
    return S.DUE if when is not None and when <= time else S.SCHEDULED


def is_delivered(standing: Standing) -> bool:
    """Say whether those whom it is for have an inject."""
    return standing.delivered is not None and standing.status is not InjectStatus.SKIPPED
