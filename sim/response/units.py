"""What a unit is, before the day begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import TypeVar

from sim.config.distribution import Delay
from sim.config.duty import Duty
from sim.echelon import Echelon
from sim.region.position import Spot, Stop
from sim.strength import Strength
from sim.triage import Triage
from sim.vocabulary import Agency, Capability, Role, Severity, UnitState

UnitSet = int
"""A set of units of one deployment as a whole number: bit i stands for the unit of index i."""

IDLE = {
    Role.GUARD: UnitState.POST,
    Role.PATROL: UnitState.FREE,
    Role.RESERVE: UnitState.FREE,
    Role.ATTACHED: UnitState.FREE,
    Role.AMBULANCE: UnitState.FREE,
}
"""The state of a unit of each role when nothing calls it."""

SENT = frozenset({Role.PATROL, Role.RESERVE, Role.ATTACHED})
"""Roles of units whose duty may end before the day does: they are there to be sent, and guards to stay."""


@dataclass(frozen=True)
class Carrier:
    """What a vehicle with a medical crew carries.

    Attributes:
        gravest: The gravest injuries.
        places: People at one time.
    """

    gravest: Triage
    places: int


BY_POSKO = frozenset({Echelon.POSKO})
"""The centre alone calls a unit: so all of a strategy, whatever a sector post may do with its own."""
_ROUNDING = 1e-9
"""By so much a product of numbers that should be whole may fall short of it."""

RECORDED = ("unit", "agency", "role", "strength", "district")
"""The columns of :class:`sim.log.UnitStateRow` that tell who a unit is, in the order of :attr:`UnitSpec.record`."""


@dataclass(frozen=True)
class UnitSpec:
    """A team that is sent as one.

    Attributes:
        name: Identity, such as ``guard/low/3`` or ``reserve/POLRES/1``, or as a planner's own table calls it.
        stream: What its random streams are named after: where it belongs, and its number among its like. Whatever a
            unit is called, and whoever else there is, it draws the same.
        agency: Whose people they are.
        role: What it is there for.
        strength: People (an ambulance counts 1).
        vehicle: Name of its vehicle.
        district: Index of the district it belongs to; None outside.
        home: Where it waits, or where its round begins.
        stops: Its round; one stop or none when it stands still.
        from_severity: Sent only from this severity on.
        called_by: The command posts that may call it.
        effect: Of people who are no officers, the effect of each by his presence as a share of an officer's.
        request_delay: Minutes between asking and the order.
        mobilisation: From the order to departure.
        abilities: What each of its people can do.
        base: Code of the base where it waits; empty: it belongs to none.
        passing: How long the command post of its own agency takes to pass an order on; None: no such post is between.
        stays: Whether it never leaves its place, whatever happens elsewhere.
        shift: When its shift begins and ends, minutes after midnight; None: it has none.
        carrier: What of the injured it carries; None: nobody.
    """

    name: str
    stream: str
    agency: Agency
    role: Role
    strength: int
    vehicle: str
    district: int | None
    home: Spot
    stops: tuple[Stop, ...]
    from_severity: Severity
    request_delay: float
    mobilisation: Delay
    abilities: tuple[Capability, ...]
    base: str = ""
    passing: Delay | None = None
    stays: bool = False
    shift: tuple[float, float] | None = None
    carrier: Carrier | None = None
    called_by: frozenset[Echelon] = BY_POSKO
    effect: float = 1.0

    @cached_property
    def ready_minutes(self) -> float:
        """Minutes from the order to its departure, on average and with a desk free for it."""
        passing = 0.0 if self.passing is None else self.passing.mean_minutes
        return self.request_delay + passing + self.mobilisation.mean_minutes

    def tired_minutes(self, duty: Duty) -> float:
        """Minutes that it takes longer to get ready when it is tired, on average."""
        return (duty.tired_factor - 1.0) * self.mobilisation.mean_minutes

    @cached_property
    def officers(self) -> int:
        """Officers in it; 0 for an ambulance or a disaster team."""
        return self.strength if self.agency.are_officers else 0

    @cached_property
    def record(self) -> tuple[str, str, str, int, int]:
        """How it stands in the records: name, agency, role, strength, district."""
        from sim.log import NOWHERE  # the tables of a day, which preparing one does not need

        district = NOWHERE if self.district is None else self.district
        return self.name, self.agency, self.role, self.strength, district

    @cached_property
    def provides(self) -> Strength:
        """Its people by what they can do; who are no officers are present by their effect, rounded down."""
        people = dict.fromkeys(self.abilities, self.strength)
        if self.agency.are_officers or Capability.PRESENCE not in people:
            return Strength.of(people)
        people[Capability.PRESENCE] = int(self.strength * self.effect + _ROUNDING)
        return replace(Strength.of(people), auxiliaries=people[Capability.PRESENCE])


_Member = TypeVar("_Member")
_DIGITS = bytes.maketrans(b"01", bytes((0, 1)))
"""What makes numbers of binary digits."""


def set_of(units: Iterable[int]) -> UnitSet:
    """Return the set of some units, each named by its index and named once."""
    return sum(1 << unit for unit in units)


def members(units: UnitSet, every: Sequence[_Member]) -> Iterator[_Member]:
    """Give the members of a set of units, in order; ``every``: all units, each at its index."""
    return compress(every, bin(units)[:1:-1].encode().translate(_DIGITS))
