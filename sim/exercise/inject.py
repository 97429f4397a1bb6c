"""One inject of an exercise: the columns of the master scenario events list (MSEL)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum


class InjectType(StrEnum):
    """What sort of message an inject is."""

    INFORMATION = "information"
    EVENT = "event"
    MEDIA = "media"
    SOCIAL = "social"
    CONTINGENCY = "contingency"
    """Kept back for when the expected action does not come."""
    ADMIN = "admin"


class InjectStatus(StrEnum):
    """Where an inject stands in its life; :mod:`sim.exercise.session.life` says what may follow what."""

    DRAFT = "draft"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    DUE = "due"
    """Its time has come, or the event of the model that it tells of; nobody has given it to the players yet."""
    HELD = "held"
    SKIPPED = "skipped"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    """A decision has been taken on it."""
    ANSWERED = "answered"
    """The outcome of the decision has been shown."""
    SCORED = "scored"
    CLOSED = "closed"


class Party(StrEnum):
    """Who sits at the table of an exercise."""

    POLICE = "police"
    ARMY = "army"
    COMMISSION = "commission"
    """The election commission (KPU)."""
    SUPERVISOR = "supervisor"
    """The election supervisor (Bawaslu)."""
    WARDENS = "wardens"
    """Civil protection (Linmas, Satpol PP)."""
    DISASTER_AGENCY = "disaster_agency"
    HEALTH = "health"
    LOCAL_GOVERNMENT = "local_government"


EVERYBODY = tuple(Party)
"""All who sit at the table."""
CONTROL_ONLY: tuple[Party, ...] = ()
"""Nobody at the table: the control team keeps it."""

HIDDEN = frozenset(
    {
        "title", "note", "expected_action", "objective", "learning_point", "longest_minutes", "decision", "condition",
        "model_event", "controller", "status", "actual_time", "observation",
    }
)  # fmt: skip
"""Columns that players never see; not hidden by style, but absent from whatever they get."""


@dataclass(frozen=True)
class Inject:
    """One row of the list.

    Attributes:
        seq: Its number, from 1; no two injects of a list have the same.
        module: Part of the exercise.
        group: Who gets it; nobody at the table where it is the control team's own.
        time: When it is due, minutes after midnight of the played day; None: by its condition alone.
        type: What sort of message it is.
        delivery: How it is delivered.
        sender: From whom.
        recipient: To whom.
        title: Short title, for the control team.
        text: What players are told.
        note: For the facilitator only.
        expected_action: What a good team does.
        objective: Which objective it serves.
        learning_point: What to take away.
        longest_minutes: Longest time to spend on it.
        decision: The decision asked for.
        condition: When it is delivered, if not by time.
        model_event: Key of the event of the simulation that it tells of, such as ``incident/s0/reported``, or of so
            many minutes after one, ``incident/s0/reported+8``; empty for none.
        controller: Who releases it.
        status: Where it stands.
        actual_time: When it was delivered, minutes after midnight; None: it was not.
        observation: What was seen.
    """

    seq: int
    module: str
    group: tuple[Party, ...]
    time: float | None
    type: InjectType
    delivery: str
    sender: str
    recipient: str
    title: str
    text: str
    note: str = ""
    expected_action: str = ""
    objective: str = ""
    learning_point: str = ""
    longest_minutes: int = 10
    decision: str = ""
    condition: str = ""
    model_event: str = ""
    controller: str = ""
    status: InjectStatus = InjectStatus.DRAFT
    actual_time: float | None = None
    observation: str = ""


FIELDS = tuple(one.name for one in fields(Inject))
"""Names of what an inject holds, in order."""


def some_time_after(event: str, minutes: float) -> str:
    """Return the key of a moment so many minutes after an event: what goes round 8 minutes after a report."""
    return f"{event}+{minutes:g}"


def event_and_delay(model_event: str) -> tuple[str, float]:
    """Return the event of the simulation that an inject tells of, and so many minutes after it the inject is due."""
    event, plus, minutes = model_event.rpartition("+")
    return (event, float(minutes)) if plus and minutes.isdecimal() and len(minutes) < 5 else (model_event, 0.0)


def due_by_event(model_event: str, happened: Mapping[str, float]) -> float | None:
    """Return when an inject of an event is due, minutes after midnight; None: the event has not happened.

    Args:
        model_event: What the inject tells of.
        happened: When each event of the simulation could be told, by its key.
    """
    event, delay = event_and_delay(model_event)
    return happened[event] + delay if event in happened else None


@dataclass(frozen=True)
class PlayerMessage:
    """All of an inject that a player may be given.

    Attributes:
        seq: Its number.
        type: What sort of message it is.
        delivery: How it comes.
        sender: From whom.
        recipient: To whom.
        text: What it says.
    """

    seq: int
    type: InjectType
    delivery: str
    sender: str
    recipient: str
    text: str

    @classmethod
    def of(cls, inject: Inject) -> PlayerMessage:
        """Return what a player may be given of an inject."""
        return cls(inject.seq, inject.type, inject.delivery, inject.sender, inject.recipient, inject.text)
