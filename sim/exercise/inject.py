"""One inject of an exercise: the columns of the master scenario events list."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from sim.words import exercise as words

HIDDEN = frozenset(
    {
        "title", "note", "expected_action", "objective", "learning_point", "decision", "condition", "model_event",
        "controller", "status", "actual_time", "observation",
    }
)  # fmt: skip
"""Columns that players never see; not hidden by style, but absent from whatever they get."""


@dataclass(frozen=True)
class Inject:
    """One row of the list.

    Attributes:
        seq: Number.
        module: Part of the exercise.
        group: Who gets it.
        exercise_time: Time since the start of the exercise, ``T+H:MM``.
        scenario_time: Time of the played day, ``HH:MM``.
        type: information, event, media, social, contingency or admin.
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
        model_event: What it is in the simulation.
        controller: Who releases it.
        status: Where it stands: draft, approved, scheduled, …
        actual_time: When it was delivered.
        observation: What was seen.
    """

    seq: int
    module: str
    group: str
    exercise_time: str
    scenario_time: str
    type: str
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
    status: str = field(default_factory=lambda: words.STATUSES["draft"])
    actual_time: str = ""
    observation: str = ""


COLUMNS = tuple(one.name for one in fields(Inject))
"""Names of the columns, in order."""
