"""All that can be done in a room: data, as it stands in the session's log.

Who may do what is in :mod:`sim.exercise.session.permits`; when, in :mod:`sim.exercise.session.life`; what comes of it,
in :mod:`sim.exercise.session.state`; a line of the log is in :mod:`sim.exercise.session.entry`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sim.exercise.inject import Inject, Party
from sim.exercise.session.orders import Order

MOST_TEXT = 4_000
"""Characters of what somebody types into a page."""
MOST_SPEED = 120.0
"""Scenario minutes a wall minute, at most."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MOST_TEXT)]
Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_TEXT)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Moment = Annotated[float, Field(ge=0, le=3_000, allow_inf_nan=False)]
"""Minutes after midnight of the played day."""
Number = Annotated[int, Field(ge=0, lt=2**31)]
Orders = Annotated[tuple[Order, ...], Field(max_length=50)]


class RoomRole(StrEnum):
    """What a device in the room is for."""

    FACILITATOR = "facilitator"
    PLAYER = "player"
    EVALUATOR = "evaluator"
    PROJECTOR = "projector"


class Rating(StrEnum):
    """How an expected action was performed (HSEEP's scale)."""

    P = "P"
    """Performed without challenges."""
    S = "S"
    """Performed with some challenges."""
    M = "M"
    """Performed with major challenges."""
    U = "U"
    """Unable to be performed."""


class FindingKind(StrEnum):
    """What sort of finding the report lists."""

    STRENGTH = "strength"
    IMPROVE = "improve"
    """An area for improvement."""


class _Action(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Join(_Action):
    """A device has joined; one that comes back has the same role and view.

    Attributes:
        device: Its public name in the log, drawn by the server; what it proves itself by is never in the log.
        role: What it is for.
        party: For whom its player sits at the table.
        label: What it calls itself: a function, not a person.
    """

    do: Literal["join"] = "join"
    device: Short
    role: RoomRole
    party: Party | None = None
    label: Short = ""


class Leave(_Action):
    """A device has left for good, or was sent out."""

    do: Literal["leave"] = "leave"
    device: Short


class Run(_Action):
    """The scenario clock runs from now on.

    Attributes:
        speed: Scenario minutes a wall minute.
    """

    do: Literal["run"] = "run"
    speed: Annotated[float, Field(gt=0, le=MOST_SPEED, allow_inf_nan=False)] = 1.0


class Pause(_Action):
    """The scenario clock stands still."""

    do: Literal["pause"] = "pause"


class Jump(_Action):
    """The scenario clock is put forward; what happened meanwhile is told as a digest."""

    do: Literal["jump"] = "jump"
    to: Moment


class Add(_Action):
    """An inject is added to the list: by hand, or of what the model has done by itself. Its number must be new."""

    do: Literal["add"] = "add"
    inject: Inject


class Edit(_Action):
    """An inject that nobody has got yet is changed: another one of the same number takes its place."""

    do: Literal["edit"] = "edit"
    inject: Inject


class Approve(_Action):
    """A draft is approved: it is scheduled from now on."""

    do: Literal["approve"] = "approve"
    inject: Number


class Deliver(_Action):
    """An inject is given to those whom it is for."""

    do: Literal["deliver"] = "deliver"
    inject: Number


class Hold(_Action):
    """An inject is held back for now."""

    do: Literal["hold"] = "hold"
    inject: Number
    why: Text = ""


class Skip(_Action):
    """An inject will not be given."""

    do: Literal["skip"] = "skip"
    inject: Number
    why: Text = ""


class Move(_Action):
    """An inject is due at another time."""

    do: Literal["move"] = "move"
    inject: Number
    to: Moment


class Acknowledge(_Action):
    """A player says that a message has been read."""

    do: Literal["acknowledge"] = "acknowledge"
    inject: Number


class Close(_Action):
    """Nothing more is done about an inject."""

    do: Literal["close"] = "close"
    inject: Number


class Propose(_Action):
    """Players ask for something: in their own words, by the model's levers, or both.

    Attributes:
        text: What they want.
        orders: What of it moves the model.
        inject: The inject that it answers.
    """

    do: Literal["propose"] = "propose"
    text: Text = ""
    orders: Orders = ()
    inject: Number | None = None


class Decline(_Action):
    """What players have asked for is not done."""

    do: Literal["decline"] = "decline"
    proposal: Number
    why: Text = ""


class Decide(_Action):
    """The room has decided, and the model does it now.

    Attributes:
        text: What was decided, in words.
        who: Who decided.
        why: What for.
        orders: What of it moves the model; nothing for what only stands in the log.
        inject: The inject that it answers.
        proposal: Number of the entry by which players asked for it.
        question: Number of the entry that asked what would come of it.
    """

    do: Literal["decide"] = "decide"
    text: Text = ""
    who: Short = ""
    why: Text = ""
    orders: Orders = ()
    inject: Number | None = None
    proposal: Number | None = None
    question: Number | None = None


class Option(BaseModel):
    """One of the decisions that are weighed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: Short
    orders: Orders = ()


class Ask(_Action):
    """Options are to be played on many futures from this moment.

    Attributes:
        options: What is weighed against the plan going on.
        lines: Instead of options: lines of the room, each played on from where the first of them leaves the others.
        focus: Identity of the disturbance that it is about; empty: the worst that is going on.
        inject: The inject that it answers.
    """

    do: Literal["ask"] = "ask"
    options: Annotated[tuple[Option, ...], Field(max_length=4)] = ()
    lines: Annotated[tuple[Number, ...], Field(max_length=4)] = ()
    focus: Short = ""
    inject: Number | None = None


class Answer(_Action):
    """What came of the options, as :mod:`sim.exercise.futures` writes it.

    Attributes:
        question: Number of the entry that asked.
        found: The ranges; None: it could not be answered.
        fault: Why not.
    """

    do: Literal["answer"] = "answer"
    question: Number
    found: dict[str, Any] | None = None
    fault: Text = ""


class Show(_Action):
    """The answer to a question is shown to everybody."""

    do: Literal["show"] = "show"
    question: Number


class Overrule(_Action):
    """The facilitator says otherwise than the model; it is marked wherever it shows.

    Attributes:
        text: What holds in the room.
        why: What for.
        question: Number of the entry whose answer it takes the place of.
        inject: The inject whose event it takes the place of.
    """

    do: Literal["overrule"] = "overrule"
    text: Written
    why: Text = ""
    question: Number | None = None
    inject: Number | None = None


class Note(_Action):
    """A note of the control team's."""

    do: Literal["note"] = "note"
    text: Written
    inject: Number | None = None


class Rate(_Action):
    """An evaluator rates the expected action of an inject."""

    do: Literal["rate"] = "rate"
    inject: Number
    rating: Rating
    text: Text = ""


class Observe(_Action):
    """An evaluator notes what was seen."""

    do: Literal["observe"] = "observe"
    text: Written
    inject: Number | None = None
    objective: Text = ""


class Find(_Action):
    """A strength, or an area for improvement, for the report.

    Attributes:
        kind: Which of the two.
        text: What was seen.
        reference: The plan, rule or agreement that it is held against.
        analysis: Why it was so, and what came of it.
    """

    do: Literal["find"] = "find"
    kind: FindingKind
    text: Written
    reference: Text = ""
    analysis: Text = ""


class Improve(_Action):
    """A line of the improvement plan.

    Attributes:
        action: What is to be done.
        owner: Which office sees to it.
        start: When it begins.
        due: When it is done.
        finding: Number of the entry that found the need.
    """

    do: Literal["improve"] = "improve"
    action: Written
    owner: Short = ""
    start: Short = ""
    due: Short = ""
    finding: Number | None = None


class Back(_Action):
    """The room goes back to a moment and tries otherwise from there; what was is kept as a line of its own.

    Attributes:
        to: The moment; what was done at it or later is not on the new line.
        name: What the new line is called.
    """

    do: Literal["back"] = "back"
    to: Moment
    name: Short = ""


class GoTo(_Action):
    """The room goes on with another line, where that was left."""

    do: Literal["goto"] = "goto"
    line: Number


class Undo(_Action):
    """The last thing that was done on this line, and can be undone, is undone."""

    do: Literal["undo"] = "undo"
    entry: Number


class End(_Action):
    """The exercise is over; findings may still be noted."""

    do: Literal["end"] = "end"
