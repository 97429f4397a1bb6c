"""Teams that wait at a base or drive a round: a strategy's patrols and reserves, and those that are always there."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from sim.config.distribution import Delay
from sim.config.evacuation import Ambulances
from sim.config.response import ResponseSettings
from sim.config.strategy import Patrols, StrategySettings
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.position import Spot, Stop
from sim.region.region import Base, Region
from sim.response.deploy.guards import district_sums
from sim.response.deploy.offices import standing_guards
from sim.response.deploy.walk import Walk
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, BaseAgency, BaseKind, Role, Severity

_SECTOR_KINDS = (BaseKind.HEADQUARTERS, BaseKind.SECTOR_POST)
"""Kinds of police bases that keep a routine patrol."""


def sector_bases(region: Region) -> tuple[Base, ...]:
    """Return the police bases that keep a routine patrol: the sector posts and headquarters."""
    return tuple(base for base in region.bases if base.agency == BaseAgency.POLICE and base.kind in _SECTOR_KINDS)


def patrols(
    strategy: StrategySettings,
    response: ResponseSettings,
    gazetteer: Gazetteer,
    walk: Walk,
    weights: NDArray[np.float64],
) -> list[UnitSpec]:
    """Return a strategy's patrols: dealt to districts in turn, each driving the round of its district's villages.

    Args:
        strategy: The strategy.
        response: Dwell times and mobilisation.
        gazetteer: The names of the place.
        walk: The order of villages.
        weights: Risk weight of each station, for patrols dealt ``by_risk``.

    Raises:
        UserError: For an unknown district, or none to go to.
    """
    region = gazetteer.region
    units: list[UnitSpec] = []
    number = Counter[int]()
    for i, group in enumerate(strategy.patrols):
        setting = f"strategy '{strategy.name}': patrols[{i}].districts"
        dealt = _districts(group, setting, gazetteer, weights)
        for team in range(group.teams):
            district = region.districts[dealt[team % len(dealt)]]
            number[district.index] += 1
            villages = np.array([n for n, v in enumerate(region.villages) if v.district == district.index])
            stay = response.rounds.patrol_dwell_minutes
            stops = tuple(Stop(Spot((node,)), stay) for node in walk.nodes(villages).tolist())
            units.append(
                UnitSpec(
                    name=f"patrol/{district.code}/{number[district.index]}",
                    agency=Agency.POLICE,
                    role=Role.PATROL,
                    strength=group.size,
                    vehicle=group.vehicle,
                    district=district.index,
                    home=stops[0].spot if stops else Spot((district.office_node,)),
                    stops=stops,
                    from_severity=Severity.GREEN,
                    request_delay=0.0,
                    mobilisation=response.mobilisation.patrol,
                    abilities=response.abilities.of(Agency.POLICE, group.size),
                )
            )
    return units


def _districts(group: Patrols, setting: str, gazetteer: Gazetteer, weights: NDArray[np.float64]) -> list[int]:
    """Return the districts that patrols are dealt to, in order: all of them by score, or those named."""
    if isinstance(group.districts, tuple):
        if not group.districts:
            raise UserError(f"{setting}: the list is empty; name a district, or write by_voters or by_risk")
        return [gazetteer.district(name, setting).index for name in group.districts]
    region = gazetteer.region
    score = district_sums(region, region.stations.registered if group.districts == "by_voters" else weights)
    return [int(d) for d in np.argsort(-score, kind="stable") if any(v.district == d for v in region.villages)]


def reserves(strategy: StrategySettings, response: ResponseSettings, gazetteer: Gazetteer) -> list[UnitSpec]:
    """Return a strategy's reserve teams at their bases.

    Raises:
        UserError: For an unknown base, with the nearest code.
    """
    region = gazetteer.region
    units = []
    number = Counter[str]()
    for i, reserve in enumerate(strategy.reserves):
        base = region.bases[gazetteer.base(reserve.base, f"strategy '{strategy.name}': reserves[{i}].base").base]
        for _ in range(reserve.teams):
            number[base.code] += 1
            units.append(
                waiting(
                    base,
                    region,
                    response,
                    name=f"reserve/{base.code}/{number[base.code]}",
                    role=Role.RESERVE,
                    strength=reserve.size,
                    vehicle=reserve.vehicle,
                    mobilisation=response.mobilisation.reserve,
                )
            )
    return units


def always_there(
    response: ResponseSettings, ambulances: tuple[Ambulances, ...], gazetteer: Gazetteer
) -> list[UnitSpec]:
    """Return the units that every strategy has and that cost it nothing.

    They are the routine patrol of each police sector post and of headquarters (waiting at its base), the attached
    units, the ambulances, and the standing guards of offices.

    Raises:
        UserError: For an unknown base, with the nearest code; for more standing guards than the routine duty has.
    """
    sector = _sector_patrols(response, gazetteer.region)
    guards = standing_guards(response, gazetteer, on_patrol=sum(unit.strength for unit in sector))
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
    number = Counter[tuple[str, str]]()
    for i, attached in enumerate(response.attached):
        base = region.bases[gazetteer.base(attached.base, f"response.attached[{i}].base").base]
        for _ in range(attached.teams):
            number[base.code, attached.agency] += 1
            units.append(
                waiting(
                    base,
                    region,
                    response,
                    name=f"attached/{base.code}/{attached.agency}/{number[base.code, attached.agency]}",
                    agency=Agency(attached.agency),
                    role=Role.ATTACHED,
                    strength=attached.size,
                    vehicle=attached.vehicle,
                    mobilisation=response.mobilisation.reserve,
                    from_severity=Severity.of(attached.from_severity),
                    request_delay=attached.request_delay,
                )
            )
    return units


def _ambulances(settings: tuple[Ambulances, ...], response: ResponseSettings, gazetteer: Gazetteer) -> list[UnitSpec]:
    region = gazetteer.region
    units = []
    number = Counter[str]()
    for i, ambulances in enumerate(settings):
        base = region.bases[gazetteer.base(ambulances.base, f"evacuation.care.ambulances[{i}].base").base]
        for _ in range(ambulances.count):
            number[base.code] += 1
            units.append(
                waiting(
                    base,
                    region,
                    response,
                    name=f"ambulance/{base.code}/{number[base.code]}",
                    agency=Agency.MEDICAL,
                    role=Role.AMBULANCE,
                    strength=1,
                    vehicle=ambulances.vehicle,
                    mobilisation=response.mobilisation.ambulance,
                )
            )
    return units


def waiting(
    base: Base,
    region: Region,
    response: ResponseSettings,
    *,
    name: str,
    role: Role,
    strength: int,
    vehicle: str,
    mobilisation: Delay,
    agency: Agency = Agency.POLICE,
    from_severity: Severity = Severity.GREEN,
    request_delay: float = 0.0,
) -> UnitSpec:
    """Return a unit that waits at a base."""
    district = region.nodes[base.node].district
    return UnitSpec(
        name=name,
        agency=agency,
        role=role,
        strength=strength,
        vehicle=vehicle,
        district=district if district >= 0 else None,
        home=Spot((base.node,)),
        stops=(),
        from_severity=from_severity,
        request_delay=request_delay,
        mobilisation=mobilisation,
        abilities=response.abilities.of(agency, strength),
        base=base.code,
    )
