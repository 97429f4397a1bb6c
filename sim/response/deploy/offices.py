"""Standing guards: officers of the routine duty who stand at an office all day and never leave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sim.config.fields import MOST
from sim.config.response import ResponseSettings
from sim.config.strategy import OfficeTable, StrategySettings
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.position import Spot
from sim.region.region import Base, Region
from sim.response.deploy.budget import Item, shortage
from sim.response.deploy.listed import Lists
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, BaseAgency, BaseKind, PlaceKind, Role, Severity
from sim.words import routine as words
from sim.words.language import gettext as _

_SETTING = "response.standing_guards"


class Asked(NamedTuple):
    """A standing guard that is asked for.

    Attributes:
        place: An office, or a district.
        officers: How many.
        setting: Where the place is named, for messages.
        also: The same, as another message refers to it.
    """

    place: str
    officers: int
    setting: str
    also: str


class OwnGuards(NamedTuple):
    """The standing guards of a strategy that says its own, and by what name messages call them."""

    guards: tuple[Asked, ...]
    setting: str


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


def sentences(routines: Mapping[str, Routine]) -> list[str]:
    """Return in words what the routine duty does under each strategy, one sentence where it is the same under all."""
    alike: dict[Routine, list[str]] = {}
    for strategy, routine in routines.items():
        alike.setdefault(routine, []).append(strategy)
    said = []
    for routine, names in alike.items():
        offices = words.OFFICE if routine.offices == 1 else words.OFFICES.format(offices=routine.offices)
        under = ", ".join(names) if len(alike) > 1 else words.EVERY
        said.append(words.ROUTINE.format(**{**routine._asdict(), "under": under, "offices": offices}))
    return said


def routine_of(units: Iterable[UnitSpec], region: Region) -> Routine:
    """Return what the routine duty does, from the units of any strategy."""
    based = [unit for unit in units if unit.base and unit.agency is Agency.POLICE]
    guards = [unit.strength for unit in based if unit.stays]
    patrols = sum(unit.strength for unit in based if unit.role is Role.PATROL)
    return Routine(_routine_duty(region), patrols, sum(guards), len(guards))


def _routine_duty(region: Region) -> int:
    return sum(base.personnel for base in region.bases if base.agency == BaseAgency.POLICE)


def asked_by(strategy: StrategySettings, lists: Lists) -> OwnGuards | None:
    """Return the standing guards that a strategy asks for itself; None: it leaves them to the response's settings.

    Args:
        strategy: The strategy.
        lists: Reads its tables.

    Raises:
        UserError: For a table that cannot be read, and numbers in it that are none.
    """
    if strategy.standing_guards is None:
        return None
    its = _("strategy '{name}': {setting}")
    asked = []
    for i, item in enumerate(strategy.standing_guards):
        if isinstance(item, OfficeTable):
            rows = lists.offices(item.table)
            asked += [
                Asked(row.text("place"), row.whole("officers", 0, MOST), row.place("place"), _in_row(row.line))
                for row in rows
            ]
        else:
            also = strategy.item("standing_guards", i)
            setting = its.format(name=strategy.name, setting=f"{also}.place")
            asked.append(Asked(item.place, item.officers, setting, also))
    return OwnGuards(tuple(asked), its.format(name=strategy.name, setting="standing_guards"))


def _in_row(line: int) -> str:
    return _("row {row}").format(row=line)


def standing_guards(
    response: ResponseSettings, gazetteer: Gazetteer, on_patrol: int, own: OwnGuards | None = None
) -> list[UnitSpec]:
    """Return the standing guard of each office that has one.

    Args:
        response: How many stand where.
        gazetteer: The names of the place.
        on_patrol: Officers of the routine duty who are in the sector posts' patrols.
        own: The strategy's own, in place of what the response says.

    Raises:
        UserError: For an unknown place (with the nearest name) or one without an office, and when more are asked for
            than the routine duty has left.
    """
    region = gazetteer.region
    sizes = _sizes(response, gazetteer) if own is None else _named(own.guards, gazetteer)
    guards = [_guard(base, sizes[base.code], response, region) for base in region.bases if sizes.get(base.code)]
    _spend(guards, _routine_duty(region), on_patrol, _SETTING if own is None else own.setting)
    return guards


def _sizes(response: ResponseSettings, gazetteer: Gazetteer) -> dict[str, int]:
    """Return how many stand at each office, by its code."""
    settings = response.standing_guards
    sizes = {
        base.code: settings.election_offices if base.agency == BaseAgency.ELECTION else settings.district_offices
        for base in gazetteer.region.bases
        if base.kind == BaseKind.OFFICE
    }
    places = [(f"{_SETTING}.places[{i}]", one) for i, one in enumerate(settings.places)]
    return sizes | _named([Asked(one.place, one.size, f"{at}.place", at) for at, one in places], gazetteer)


def _named(guards: Iterable[Asked], gazetteer: Gazetteer) -> dict[str, int]:
    """Return how many stand at each office that is named, by its code."""
    named: dict[str, Asked] = {}
    for one in guards:
        office = _office(one.place, one.setting, gazetteer)
        if office.code in named:
            raise UserError(
                _("{setting}: '{place}' is named twice, also in {also}").format(
                    setting=one.setting, place=one.place, also=named[office.code].also
                )
            )
        named[office.code] = one
    return {code: one.officers for code, one in named.items()}


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
        known = ", ".join(base.code for base in offices) or _("none")
        raise UserError(
            _("{setting}: no office stands at '{text}'; the offices of this region: {known}").format(
                setting=setting, text=text, known=known
            )
        )
    return found[0]


def _guard(base: Base, size: int, response: ResponseSettings, region: Region) -> UnitSpec:
    return UnitSpec(
        name=f"office/{base.code}",
        stream=f"office/{base.code}",
        agency=Agency.POLICE,
        role=Role.GUARD,
        strength=size,
        vehicle=response.guard_vehicle,
        district=region.nodes[base.node].district,
        home=Spot((base.node,)),
        stops=(),
        from_severity=Severity.GREEN,
        request_delay=0.0,
        mobilisation=response.mobilisation.guard,
        abilities=response.abilities.of(Agency.POLICE, size),
        base=base.code,
        stays=True,
    )


def _spend(guards: Iterable[UnitSpec], duty: int, on_patrol: int, setting: str) -> None:
    """Refuse more guards than the routine duty has beside its patrols."""
    items = [Item("standing guard", guard.base, guard.strength) for guard in guards]
    asked, left = sum(item.police for item in items), max(0, duty - on_patrol)
    if asked > left:
        short = ", ".join(f"{place} {n}" for place, n in shortage(Agency.POLICE, items, left).items())
        raise UserError(
            _(
                "{setting} asks for {asked:,} officers, but of the {duty:,} in routine duty (personnel "
                "of the police bases) {left:,} are left beside the sector patrols' {on_patrol:,}: "
                "{missing:,} short ({short})"
            ).format(
                setting=setting,
                asked=asked,
                duty=duty,
                left=left,
                on_patrol=on_patrol,
                missing=asked - left,
                short=short,
            )
        )
