"""What a unit is sent to do: for an incident, a casualty, boxes, or a new position; and the record of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import simpy

from sim.log import NEVER
from sim.region.position import Spot
from sim.response.fleet import Unit
from sim.response.journey import Journey
from sim.vocabulary import Outcome, Purpose, Verdict


class Goal(NamedTuple):
    """What a task is for, and where.

    Attributes:
        purpose: What it is for.
        spot: Where the unit goes first.
        place: Code of the place.
        incident: Identity of the disturbance it belongs to; empty when it belongs to none.
    """

    purpose: Purpose
    spot: Spot
    place: str
    incident: str = ""


@dataclass(eq=False, slots=True)
class Task:
    """A unit's task.

    Attributes:
        number: Number of the task on this day.
        unit: Who has it.
        goal: What for.
        ordered: When it was ordered, minutes after midnight.
        shortest: Shortest travel time from where it was ordered, with every road open, minutes.
        sent: Whether it was ordered; a pair that stands there, or comes by its round, takes it on itself.
        of_post: Whether it is the pair whose post this is.
        verdicts: What the rule of dispatch said of all units when this one was chosen.
        ready_at: When the unit has mobilised.
        on_scene: Whether the unit is there.
        hands_over: Whether the unit's duty is over, and it leaves when others have come in its place.
        outcome: How it ended; None while it is under way.
        journey: Its trip, while the unit is on it.
        process: What carries it out, where a process does.
        stop: Ends it where none does and the unit is on no trip.
    """

    number: int
    unit: Unit
    goal: Goal
    ordered: float
    shortest: float
    sent: bool = True
    of_post: bool = False
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    ready_at: float = NEVER
    departed: float = NEVER
    arrived: float = NEVER
    released: float = NEVER
    returned: float = NEVER
    km: float = 0.0
    on_scene: bool = False
    hands_over: bool = False
    outcome: Outcome | None = None
    journey: Journey | None = None
    process: simpy.Process | None = None
    stop: Callable[[], None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is under way or being carried out."""
        return self.outcome is None

    @property
    def is_under_way(self) -> bool:
        """Whether the unit has it and is not there yet."""
        return self.outcome is None and not self.on_scene

    def until_ready(self, now: float) -> float:
        """Return the minutes until the unit has mobilised, 0 once it has; its mean while nobody knows."""
        left = self.ready_at - now
        return self.unit.spec.ready_minutes if left != left else max(0.0, left)

    def call_off(self, reason: Outcome) -> None:
        """End it now, in whatever state it is: mobilising, under way, or at work; nothing happens to one that ended."""
        if self.outcome is not None:
            return
        self.outcome = reason
        if self.journey is not None:
            self.journey.call_off(reason)
        elif self.process is not None and self.process.is_alive:
            self.process.interrupt(reason)
        elif self.stop is not None:
            self.stop()

    def let_go(self) -> None:
        """End it because its unit is no longer needed: it has done its work, or turns round."""
        self.call_off(Outcome.DONE if self.on_scene else Outcome.RECALLED)

    def km_by_now(self) -> float:
        """Return the kilometres of road driven for it up to now, the way home included as far as it is finished."""
        journey = self.journey
        return self.km + (journey.km_at(journey.env.now) if journey is not None else 0.0)


COUNTED = tuple(verdict for verdict in Verdict if verdict is not Verdict.SENT)
"""The verdicts whose numbers stand in the table of tasks, in the order of its columns."""
