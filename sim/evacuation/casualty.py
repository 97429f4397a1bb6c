"""One injured person: how badly, what becomes of him and when, and what could not have been quicker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

import numpy as np

from sim.config.care import Care
from sim.delay import draw
from sim.log import NEVER, CasualtyRow
from sim.response.emergency import Emergency
from sim.triage import Triage

ON_THE_SPOT = "on_the_spot"
"""The facility of those who are treated where they were hurt."""
UNSORTED = Triage.DELAYED
"""What somebody is taken for whom no crew has looked at yet."""


class CareState(StrEnum):
    """Where an injured person is in his care."""

    WAITING = "waiting"
    """At the place where he was hurt; nobody treats or carries him yet."""
    WITH_CREW = "with_crew"
    """Being treated or loaded there."""
    ABOARD = "aboard"
    """On the way to a facility, or waiting before it."""
    IN_CARE = "in_care"
    """Handed over, or treated on the spot."""


@dataclass(frozen=True)
class Times:
    """How long each part of his care takes, minutes; drawn with the injury, the same under every strategy."""

    treat: float
    load: float
    handover: float
    stay: float


def drawn(care: Care, rng: np.random.Generator) -> tuple[float, Times]:
    """Draw the mark by which somebody is hurt more or less badly, 0 to 1, and how long his care takes."""
    mark = float(rng.random())
    return mark, Times(*(draw(delay, rng) for delay in (care.treat, care.load, care.handover, care.stay)))


@dataclass(eq=False)
class Casualty:
    """One injured person.

    Attributes:
        number: Number on this day.
        emergency: Where he was hurt.
        triage: How badly; nobody knows before he is sorted.
        times: How long his care takes.
        injured: When, minutes after midnight.
        state: Where he is in his care.
        sorted_at: When a crew had sorted him.
        collected: When he was aboard; NaN: never, or treated on the spot.
        in_care: When he was handed over, or treated on the spot.
        facility: Where to; empty while that is not known.
        without_bed: Whether no bed was free for him where he was brought.
        way: Minutes of the quickest way from the place to a facility that is there for him, with every road open.
    """

    number: int
    emergency: Emergency
    triage: Triage
    times: Times
    injured: float
    state: CareState = CareState.WAITING
    sorted_at: float = NEVER
    collected: float = NEVER
    in_care: float = NEVER
    facility: str = ""
    without_bed: bool = False
    way: float = 0.0

    @property
    def is_sorted(self) -> bool:
        """Whether a crew has sorted him."""
        return self.sorted_at == self.sorted_at

    @property
    def known_as(self) -> Triage:
        """How badly he is taken to be hurt."""
        return self.triage if self.is_sorted else UNSORTED

    def least_minutes(self, triage_minutes: float) -> float:
        """Return the minutes before which no crew and no plan could have brought him into care.

        A crew would stand there already, sort him first, and find every road open and everybody ready to receive him.
        """
        if self.triage is Triage.MINOR:
            return triage_minutes + self.times.treat
        least = triage_minutes + self.times.load + self.way + self.times.handover
        return least if isfinite(least) else NEVER

    def row(self, triage_minutes: float, end: float) -> CasualtyRow:
        """Return the record; ``end``: when the day ends, minutes after midnight."""
        return CasualtyRow(
            incident=self.emergency.identity, number=self.number, triage=self.triage.value, injured=self.injured,
            sorted=self.sorted_at, collected=self.collected, in_care=self.in_care, facility=self.facility,
            without_bed=int(self.without_bed),
            untreated_minutes=(end if self.in_care != self.in_care else self.in_care) - self.injured,
            least_minutes=self.least_minutes(triage_minutes),
        )  # fmt: skip
