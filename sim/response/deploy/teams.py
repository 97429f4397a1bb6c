"""Teams that wait at a base: a strategy's reserves, and those that are always there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from sim.config.care import Ambulances
from sim.config.distribution import Delay
from sim.config.response import ResponseSettings
from sim.config.strategy import Reserve, ReserveTable, StrategySettings
from sim.echelon import Echelon
from sim.errors import Mistakes, UserError
from sim.region.gazetteer import Gazetteer
from sim.region.position import Spot
from sim.region.region import Base, Region
from sim.response.deploy.listed import Lists
from sim.response.deploy.numbering import Numbering
from sim.response.deploy.offices import OwnGuards, standing_guards
from sim.response.units import BY_POSKO, Carrier, UnitSpec
from sim.triage import Triage
from sim.vocabulary import Agency, BaseAgency, BaseKind, Capability, Role, Severity
from sim.words.language import gettext as _

_SECTOR_KINDS = (BaseKind.HEADQUARTERS, BaseKind.SECTOR_POST)
"""Kinds of police bases that keep a routine patrol."""

ANYBODY = Carrier(Triage.IMMEDIATE, 1)
"""What a medical unit carries that is no ambulance: one person, however badly he is hurt."""


def sector_bases(region: Region) -> tuple[Base, ...]:
    """Return the police bases that keep a routine patrol: the sector posts and headquarters."""
    return tuple(base for base in region.bases if base.agency == BaseAgency.POLICE and base.kind in _SECTOR_KINDS)


def reserves(
    strategy: StrategySettings, response: ResponseSettings, gazetteer: Gazetteer, lists: Lists
) -> list[UnitSpec]:
    """Return a strategy's reserve teams at their bases, in the order of its settings.

    All of a base are numbered together, and draw by their numbers; those without a name of their own are named by their
    numbers among themselves.

    Args:
        strategy: The strategy.
        response: Mobilisation and abilities.
        gazetteer: The names of the place.
        lists: Reads the strategy's tables.

    Raises:
        UserError: For an unknown base, with the nearest code; for a table that cannot be read; two teams of one name.
    """
    names, streams = Numbering(), Numbering()
    its = _("strategy '{name}': {setting}")

    def team(base: Base, name: str, size: int, vehicle: str, shift: tuple[float, float] | None = None) -> UnitSpec:
        return waiting(
            base,
            gazetteer.region,
            response,
            name=f"reserve/{name}",
            stream=f"reserve/{streams.next(base.code)}",
            role=Role.RESERVE,
            strength=size,
            vehicle=vehicle,
            mobilisation=response.mobilisation.reserve,
            shift=shift,
        )

    def made(i: int, item: Reserve | ReserveTable) -> list[UnitSpec]:
        if isinstance(item, ReserveTable):
            listed = lists.reserves(item.table, response.vehicles)
            return [team(one.base, one.name, one.officers, one.vehicle) for one in listed]
        setting = its.format(name=strategy.name, setting=strategy.item("reserves", i))
        base = gazetteer.region.bases[gazetteer.base(item.base, f"{setting}.base").base]
        shift = None if item.shift is None else item.shift.span
        return [team(base, names.next(base.code), item.size, item.vehicle, shift) for _one in range(item.teams)]

    mistakes = Mistakes()
    units = [unit for group in mistakes.each(strategy.reserves, made) for unit in group]
    mistakes.refuse()
    twice = [name for name, count in Counter(unit.name for unit in units).items() if count > 1]
    if twice:
        raise UserError(
            _("strategy '{strategy}': reserves: two are called '{name}'").format(
                strategy=strategy.name, name=twice[0].removeprefix("reserve/")
            )
        )
    return units


def _bases(names: Iterable[str], called: Callable[[int], str], gazetteer: Gazetteer) -> list[Base]:
    """Return the base that each item of a setting names, which is called after its number.

    Raises:
        UserError: For unknown ones, all of them, each with the nearest code.
    """
    mistakes = Mistakes()
    found = mistakes.each(names, lambda i, name: gazetteer.base(name, f"{called(i)}.base").base)
    mistakes.refuse()
    return [gazetteer.region.bases[index] for index in found]


def always_there(
    response: ResponseSettings,
    ambulances: tuple[Ambulances, ...],
    gazetteer: Gazetteer,
    own: OwnGuards | None = None,
) -> list[UnitSpec]:
    """Return the units that cost a strategy nothing.

    They are the routine patrol of each police sector post and of headquarters (waiting at its base), the attached
    units, the ambulances, and the standing guards of offices. All but these guards are the same under every strategy.

    Args:
        response: How many there are.
        ambulances: The ambulances.
        gazetteer: The names of the place.
        own: The strategy's own standing guards, in place of what the response says.

    Raises:
        UserError: For an unknown base, with the nearest code; for more standing guards than the routine duty has.
    """
    sector = _sector_patrols(response, gazetteer.region)
    on_patrol = sum(unit.strength for unit in sector)
    guards = standing_guards(response, gazetteer, on_patrol, own)
    return [*sector, *_attached(response, gazetteer), *_ambulances(ambulances, response, gazetteer), *guards]


def _sector_patrols(response: ResponseSettings, region: Region) -> list[UnitSpec]:
    if response.sector_patrol_size == 0:
        return []
    return [
        waiting(
            base,
            region,
            response,
            name=f"sector/{base.code}",
            role=Role.PATROL,
            strength=response.sector_patrol_size,
            vehicle=response.sector_patrol_vehicle,
            mobilisation=response.mobilisation.patrol,
        )
        for base in sector_bases(region)
    ]


def _attached(response: ResponseSettings, gazetteer: Gazetteer) -> list[UnitSpec]:
    region = gazetteer.region
    units = []
    names = Numbering()
    bases = _bases((one.base for one in response.attached), lambda i: f"response.attached[{i}]", gazetteer)
    for base, attached in zip(bases, response.attached, strict=True):
        abilities = response.abilities.of(attached.agency, attached.size, attached.abilities)
        for _one in range(attached.teams):
            units.append(
                waiting(
                    base,
                    region,
                    response,
                    name=f"attached/{names.next(f'{base.code}/{attached.agency}')}",
                    agency=attached.agency,
                    role=Role.ATTACHED,
                    strength=attached.size,
                    vehicle=attached.vehicle,
                    mobilisation=response.mobilisation.reserve,
                    from_severity=Severity.of(attached.from_severity),
                    request_delay=attached.request_delay,
                    called_by=frozenset(attached.called_by),
                    abilities=abilities,
                    effect=response.warden_strength if attached.agency is Agency.WARDENS else 1.0,
                    carrier=ANYBODY if Capability.MEDICAL in abilities else None,
                )
            )
    return units


def _ambulances(settings: tuple[Ambulances, ...], response: ResponseSettings, gazetteer: Gazetteer) -> list[UnitSpec]:
    region = gazetteer.region
    units = []
    names = Numbering()
    bases = _bases((one.base for one in settings), lambda i: f"evacuation.care.ambulances[{i}]", gazetteer)
    for base, ambulances in zip(bases, settings, strict=True):
        for _one in range(ambulances.count):
            units.append(
                waiting(
                    base,
                    region,
                    response,
                    name=f"ambulance/{names.next(base.code)}",
                    agency=Agency.MEDICAL,
                    role=Role.AMBULANCE,
                    strength=1,
                    vehicle=ambulances.vehicle,
                    mobilisation=response.mobilisation.ambulance,
                    from_severity=Severity.of(ambulances.from_severity),
                    request_delay=ambulances.request_delay,
                    called_by=frozenset(ambulances.called_by),
                    carrier=Carrier(ambulances.carries, ambulances.places),
                )
            )
    return units


def waiting(
    base: Base,
    region: Region,
    response: ResponseSettings,
    *,
    name: str,
    stream: str = "",
    role: Role,
    strength: int,
    vehicle: str,
    mobilisation: Delay,
    agency: Agency = Agency.POLICE,
    from_severity: Severity = Severity.GREEN,
    request_delay: float = 0.0,
    shift: tuple[float, float] | None = None,
    carrier: Carrier | None = None,
    called_by: frozenset[Echelon] = BY_POSKO,
    effect: float = 1.0,
    abilities: tuple[Capability, ...] | None = None,
) -> UnitSpec:
    """Return a unit that waits at a base; one that is called after its base and its number there draws by its name."""
    return UnitSpec(
        name=name,
        stream=stream or name,
        agency=agency,
        role=role,
        strength=strength,
        vehicle=vehicle,
        district=region.nodes[base.node].district,
        home=Spot((base.node,)),
        stops=(),
        from_severity=from_severity,
        request_delay=request_delay,
        mobilisation=mobilisation,
        abilities=response.abilities.of(agency, strength) if abilities is None else abilities,
        base=base.code,
        shift=shift,
        carrier=carrier,
        called_by=called_by,
        effect=effect,
    )
