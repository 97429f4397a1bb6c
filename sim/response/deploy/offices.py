"""Standing guards: officers of the routine duty who stand at an office all day and never leave it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sim.config.response import ResponseSettings
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.position import Spot
from sim.region.region import Base, Region
from sim.response.deploy.budget import Item, shortage
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, BaseAgency, BaseKind, PlaceKind, Role, Severity
from sim.words.routine import ROUTINE

_SETTING = "response.standing_guards"


class Routine(NamedTuple):
    """The officers outside the operation, and what they do under every strategy.

    Attributes:
        duty: How many there are: the personnel of the police bases.
        patrols: Those in the sector posts' patrols.
        guards: Those who stand at offices.
        offices: At how many.
    """

    duty: int
    patrols: int
    guards: int
    offices: int

    @property
    def sentence(self) -> str:
        """The same in words."""
        return ROUTINE.format(**self._asdict())


def routine_of(units: Iterable[UnitSpec], region: Region) -> Routine:
    """Return what the routine duty does, from the units of any strategy."""
    based = [unit for unit in units if unit.base and unit.agency is Agency.POLICE]
    guards = [unit.strength for unit in based if unit.stays]
    patrols = sum(unit.strength for unit in based if unit.role is Role.PATROL)
    return Routine(_routine_duty(region), patrols, sum(guards), len(guards))


def _routine_duty(region: Region) -> int:
    return sum(base.personnel for base in region.bases if base.agency == BaseAgency.POLICE)


def standing_guards(response: ResponseSettings, gazetteer: Gazetteer, on_patrol: int) -> list[UnitSpec]:
    """Return the standing guard of each office that has one.

    Args:
        response: How many stand where.
        gazetteer: The names of the place.
        on_patrol: Officers of the routine duty who are in the sector posts' patrols.

    Raises:
        UserError: For an unknown place (with the nearest name) or one without an office, and when more are asked for
            than the routine duty has left.
    """
    region = gazetteer.region
    sizes = _sizes(response, gazetteer)
    guards = [_guard(base, sizes[base.code], response, region) for base in region.bases if sizes.get(base.code)]
    _spend(guards, _routine_duty(region), on_patrol)
    return guards


def _sizes(response: ResponseSettings, gazetteer: Gazetteer) -> dict[str, int]:
    """Return how many stand at each office, by its code."""
    settings = response.standing_guards
    sizes = {
        base.code: settings.election_offices if base.agency == BaseAgency.ELECTION else settings.district_offices
        for base in gazetteer.region.bases
        if base.kind == BaseKind.OFFICE
    }
    named: dict[str, int] = {}
    for i, one in enumerate(settings.places):
        setting = f"{_SETTING}.places[{i}].place"
        office = _office(one.place, setting, gazetteer)
        if office.code in named:
            raise UserError(f"{setting}: '{one.place}' is named twice, also in {_SETTING}.places[{named[office.code]}]")
        named[office.code] = i
        sizes[office.code] = one.size
    return sizes


def _office(text: str, setting: str, gazetteer: Gazetteer) -> Base:
    """Return the office that is meant by its own name, or by that of its district."""
    place, region = gazetteer.find(text, setting, (PlaceKind.BASE, PlaceKind.AREA)), gazetteer.region
    offices = [base for base in region.bases if base.kind == BaseKind.OFFICE]
    if place.kind is PlaceKind.BASE:
        found = [base for base in offices if base.code == place.code]
    else:
        seats = [district.office_node for district in region.districts if district.code == place.code]
        found = [base for base in offices if base.node in seats and base.agency != BaseAgency.ELECTION]
    if not found:
        known = ", ".join(base.code for base in offices) or "none"
        raise UserError(f"{setting}: no office stands at '{text}'; the offices of this region: {known}")
    return found[0]


def _guard(base: Base, size: int, response: ResponseSettings, region: Region) -> UnitSpec:
    district = region.nodes[base.node].district
    return UnitSpec(
        name=f"office/{base.code}",
        agency=Agency.POLICE,
        role=Role.GUARD,
        strength=size,
        vehicle=response.guard_vehicle,
        district=district if district >= 0 else None,
        home=Spot((base.node,)),
        stops=(),
        from_severity=Severity.GREEN,
        request_delay=0.0,
        mobilisation=response.mobilisation.guard,
        abilities=response.abilities.of(Agency.POLICE, size),
        base=base.code,
        stays=True,
    )


def _spend(guards: Iterable[UnitSpec], duty: int, on_patrol: int) -> None:
    """Refuse more guards than the routine duty has beside its patrols."""
    items = [Item("standing guard", guard.base, guard.strength) for guard in guards]
    asked, left = sum(item.police for item in items), max(0, duty - on_patrol)
    if asked > left:
        short = ", ".join(f"{place} {n}" for place, n in shortage("police", items, left).items())
        raise UserError(
            f"{_SETTING} asks for {asked:,} officers, but of the {duty:,} in routine duty (personnel of the police "
            f"bases) {left:,} are left beside the sector patrols' {on_patrol:,}: {asked - left:,} short ({short})"
        )
