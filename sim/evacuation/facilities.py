"""Hospitals and clinics on the clock: who is received, the gravest first, and beds that are taken and given back."""

from __future__ import annotations

from collections.abc import Sequence

import simpy

from sim.clock import Process
from sim.desks import Desks
from sim.evacuation.care import URGENCY, choose_facility, intake_minutes, is_able
from sim.evacuation.casualty import CareState, Casualty
from sim.evacuation.facility import Facility
from sim.triage import Triage


class Facilities:
    """The facilities of one day.

    Args:
        env: The clock.
        facilities: What there is.
        handover_minutes: Mean time of handing one person over.
    """

    def __init__(self, env: simpy.Environment, facilities: Sequence[Facility], handover_minutes: float) -> None:
        self.env = env
        self.facilities = tuple(facilities)
        self.handover_minutes = handover_minutes
        self.free_beds = [f.beds for f in self.facilities]
        """Beds that nobody has, or has been promised, of each; fewer than none where people lie without one."""
        self.expected = [0] * len(self.facilities)
        """Injured people on their way to each, or before it, or being received."""
        self._able = {t: [is_able(f.takes, t) for f in self.facilities] for t in Triage}
        self._teams = [Desks(env, f.intake) for f in facilities]

    def choose(self, minutes: Sequence[float], aboard: Sequence[Casualty]) -> int | None:
        """Choose where those aboard a vehicle are brought, by the gravest of them; None when all are cut off.

        Args:
            minutes: Time to each facility; infinite when it is cut off.
            aboard: At least one person.
        """
        gravest = min((casualty.triage for casualty in aboard), key=URGENCY.__getitem__)
        intake = [
            intake_minutes(ahead, f.intake, self.handover_minutes)
            for ahead, f in zip(self.expected, self.facilities, strict=True)
        ]
        has_bed = [beds >= len(aboard) for beds in self.free_beds]
        return choose_facility(minutes, intake, has_bed, self._able[gravest])

    def expect(self, chosen: int, aboard: Sequence[Casualty]) -> None:
        """Promise those aboard a bed each, as far as there are any."""
        for casualty in aboard:
            casualty.facility = self.facilities[chosen].code
            casualty.without_bed = self.free_beds[chosen] <= 0
            self.free_beds[chosen] -= 1
            self.expected[chosen] += 1

    def receive(self, chosen: int, aboard: Sequence[Casualty]) -> Process[None]:
        """Process: hand over those aboard, each when somebody can receive him; it ends with the last of them."""
        yield simpy.AllOf(self.env, [self.env.process(self._hand_over(chosen, casualty)) for casualty in aboard])

    def _hand_over(self, chosen: int, casualty: Casualty) -> Process[None]:
        yield self._teams[chosen].take(URGENCY[casualty.triage])
        yield self.env.timeout(casualty.times.handover)
        self._teams[chosen].leave()
        self.expected[chosen] -= 1
        casualty.in_care, casualty.state = self.env.now, CareState.IN_CARE
        self.env.process(self._stay(chosen, casualty))

    def _stay(self, chosen: int, casualty: Casualty) -> Process[None]:
        yield self.env.timeout(casualty.times.stay)
        self.free_beds[chosen] += 1
