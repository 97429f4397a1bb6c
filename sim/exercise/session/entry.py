"""One line of a session's log: something that was done, by whom and when."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sim.exercise.session.actions import (
    Acknowledge,
    Add,
    Answer,
    Approve,
    Ask,
    Back,
    Close,
    Decide,
    Decline,
    Deliver,
    Edit,
    End,
    Find,
    GoTo,
    Hold,
    Improve,
    Join,
    Jump,
    Leave,
    Moment,
    Move,
    Note,
    Number,
    Observe,
    Overrule,
    Pause,
    Propose,
    Rate,
    Run,
    Short,
    Show,
    Skip,
    Undo,
)  # fmt: skip

Action = Annotated[
    Join | Leave | Run | Pause | Jump | Add | Edit | Approve | Deliver | Hold | Skip | Move | Acknowledge | Close
    | Propose | Decline | Decide | Ask | Answer | Show | Overrule | Note | Rate | Observe | Find | Improve | Back
    | GoTo | Undo | End,
    Field(discriminator="do"),
]  # fmt: skip
"""Something that is done."""


class Entry(BaseModel):
    """One line of the log.

    Attributes:
        seq: Its number, from 1, without a gap.
        at: When, by the wall clock, UTC, ISO 8601.
        line: Number of the line that the room was on.
        time: When, by the scenario clock, minutes after midnight.
        by: The device that did it, or ``siaga`` for the program itself.
        key: What the device calls what it did: done once however often it is sent.
        action: What was done.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    seq: Annotated[int, Field(ge=1, lt=2**31)]
    at: Annotated[str, StringConstraints(max_length=40)]
    line: Number
    time: Moment
    by: Short
    key: Short = ""
    action: Action


SIAGA = "siaga"
"""Who does what the program does by itself."""
ROOM = (Join, Leave, Note, Observe, Find, Improve, Add, Edit, Back, GoTo, Undo, End)
"""What belongs to the room whatever line it is on; all else belongs to the line on which it was done.

An inject that was added or edited stays in the list on every line, so that its number means one thing.
"""
UNDONE = (Deliver, Hold, Skip, Move, Approve, Close, Decide, Decline, Overrule, Show)
"""What can be undone."""
