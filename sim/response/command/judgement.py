"""What a rule of dispatch says of every unit by name when somebody is missing at a disturbance: for who asks why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.response.emergency import Emergency
from sim.vocabulary import Agency, Capability, Purpose, Role, Severity, Verdict


@dataclass(frozen=True)
class Judged:
    """What is said of one unit.

    Attributes:
        unit: Its name.
        agency: Whose it is.
        role: What it is there for.
        people: Its people.
        verdict: What the rule says of it.
        minutes: From an order at that moment until it would be there; infinite when cut off.
        off_duty: Whether its duty is over.
        purpose: What it is doing instead; None: nothing.
        incident: The disturbance that it does this for; empty: for none.
    """

    unit: str
    agency: Agency
    role: Role
    people: int
    verdict: Verdict
    minutes: float
    off_duty: bool = False
    purpose: Purpose | None = None
    incident: str = ""


@dataclass(frozen=True)
class Judgement:
    """What is said of all units that have something that is missing, before anybody is ordered.

    Attributes:
        time: When, minutes after midnight.
        severity: How bad it is, as far as the centre knows.
        capability: What is missing.
        missing: How many people of it.
        units: The units that have it and are neither there nor on their way, those first that would be there first.
        unable: How many other units there are: they have nothing of it, or never leave their place.
    """

    time: float
    severity: Severity
    capability: Capability
    missing: int
    units: tuple[Judged, ...]
    unable: int


Heard = Callable[[Emergency, Capability, int], None]
"""Is told of a disturbance for which somebody may be ordered now: what is asked for, and how many people of it."""
