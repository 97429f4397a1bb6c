"""Where people have been hurt: who waits there, which crews come, and what is still lacking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import simpy

from sim.evacuation.care import GRAVEST_FIRST, URGENCY, Room, is_able, still_wanted
from sim.evacuation.casualty import Casualty
from sim.evacuation.injured import InjuredAt
from sim.region.position import Spot
from sim.response.fleet import Unit
from sim.response.units import Carrier
from sim.triage import Triage


@dataclass(eq=False)
class Crew:
    """A vehicle with its crew at one place, or on its way there.

    Attributes:
        unit: The vehicle.
        aboard: Who is in it.
        leaves: Whether it takes nobody more here.
        carrier: What it carries.
    """

    unit: Unit
    aboard: list[Casualty] = field(default_factory=list)
    leaves: bool = False
    carrier: Carrier = field(init=False)

    def __post_init__(self) -> None:
        assert self.unit.spec.carrier is not None
        self.carrier = self.unit.spec.carrier

    @property
    def room(self) -> Room:
        """What it can still take."""
        return Room(self.carrier.gravest, 0 if self.leaves else self.carrier.places - len(self.aboard))

    def may_take(self, casualty: Casualty) -> bool:
        """Return whether it treats or carries somebody now; nobody aboard waits while others are treated."""
        if casualty.triage is Triage.MINOR:
            return not self.aboard
        return is_able(self.carrier.gravest, casualty.triage)

    @property
    def is_full(self) -> bool:
        """Whether it has no place left, or somebody aboard who cannot wait."""
        grave = any(c.triage is Triage.IMMEDIATE for c in self.aboard)
        return grave or len(self.aboard) >= self.carrier.places


@dataclass(eq=False)
class Place:
    """Where people have been hurt by one disturbance.

    Attributes:
        emergency: The disturbance.
        code: Code of the place.
        spot: Where vehicles go.
        waiting: Who waits there, in the order of injury.
        known: How many of them are in each class, as far as they are known.
        first: Number of the one of them who was hurt first; 0 when nobody waits.
        crews: Who is there or on the way.
        sorting: Somebody sorts the injured; it triggers when he has done so.
        lacks: What ``wanted`` says; an empty tuple while that has to be worked out.
    """

    emergency: InjuredAt
    code: str
    spot: Spot
    waiting: list[Casualty] = field(default_factory=list)
    known: Counter[Triage] = field(default_factory=Counter)
    first: int = 0
    crews: list[Crew] = field(default_factory=list)
    sorting: simpy.Event | None = None
    lacks: Triage | tuple[()] | None = ()

    def wanted(self) -> Triage | None:
        """Return the gravest class for which a vehicle must still be sent; None: no more are needed."""
        if isinstance(self.lacks, tuple):
            self.lacks = still_wanted(self.known, [crew.room for crew in self.crews])
        return self.lacks

    @property
    def urgency(self) -> tuple[int, int]:
        """How it stands in the order of places that lack a vehicle: the gravest, of equals who has waited longest."""
        return URGENCY[self.wanted() or GRAVEST_FIRST[-1]], self.first

    def changed(self) -> None:
        """Take note that those who wait, what is known of them, or the crews and what they can take, have changed."""
        self.lacks = ()

    def wait(self, casualty: Casualty) -> None:
        """Let somebody wait here."""
        self.first = min(self.first, casualty.number) if self.waiting else casualty.number
        self.waiting.append(casualty)
        self.known[casualty.known_as] += 1
        self.changed()

    def take(self, casualty: Casualty) -> None:
        """Let somebody wait no longer: a crew has him."""
        self.waiting.remove(casualty)
        self.known[casualty.known_as] -= 1
        if casualty.number == self.first:
            self.first = min((c.number for c in self.waiting), default=0)
        self.changed()

    def sort(self, casualties: Sequence[Casualty], now: float) -> None:
        """Let it be known how badly some of those are hurt who wait here."""
        for casualty in casualties:
            self.known[casualty.known_as] -= 1
            casualty.sorted_at = now
            self.known[casualty.known_as] += 1
        self.changed()

    def next_for(self, crew: Crew) -> Casualty | None:
        """Return whom a crew takes next, the gravest first and of equals the one who has waited longest."""
        mine = [c for c in self.waiting if c.is_sorted and crew.may_take(c)]
        return min(mine, key=lambda c: URGENCY[c.triage], default=None)
