"""From a strategy to the units of the day: guards, patrols, reserves, and those that are there in any case."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from sim.config.disturbance import SEVERITIES
from sim.config.distribution import Delay
from sim.config.scenario import Scenario
from sim.config.strategy import Patrols, PatternGuards, RiskGuards, StrategySettings
from sim.region.region import Region
from sim.region.travel import RoadNetwork
from sim.response.budget import Item, spend
from sim.response.guards import PostPlan, pattern_posts, risk_posts, station_weights
from sim.response.units import UnitSpec
from sim.response.walk import walk

_PLAIN_RISK = RiskGuards(rule="risk_weighted", officers=0, post_size=1, wardens_per_station=0, remoteness_minutes=60.0)
"""The weights by which patrols are dealt ``by_risk`` under a strategy whose guards follow a pattern."""


@dataclass(frozen=True)
class Post:
    """A guard post: its unit, its stations in walking order, its people, the district where most stations are."""

    unit: int
    stations: tuple[int, ...]
    officers: int
    wardens: float
    district: int


@dataclass(frozen=True, eq=False)
class Deployment:
    """Who stands where under one strategy.

    Attributes:
        strategy: Its name.
        units: Every unit of the day.
        posts: The guard posts.
        post_of_station: Index of each station's post; -1 for none.
        wardens_at: Wardens at each station.
        spent: People spent, by agency (police, wardens).
        unspent: People left over, by agency.
        by_role: Officers of the operation by role (guard, patrol, reserve).
    """

    strategy: str
    units: tuple[UnitSpec, ...]
    posts: tuple[Post, ...]
    post_of_station: NDArray[np.int64]
    wardens_at: NDArray[np.float64]
    spent: dict[str, int]
    unspent: dict[str, int]
    by_role: dict[str, int]


def deploy(strategy: StrategySettings, scenario: Scenario, region: Region, network: RoadNetwork) -> Deployment:
    """Turn a strategy into units.

    Raises:
        UserError: For an unknown base or district, or when it spends more than there is.
    """
    headquarters = _headquarters(region)
    rank = walk(region, headquarters)
    vehicle = next(iter(scenario.response.vehicles))
    rule = strategy.guards if isinstance(strategy.guards, RiskGuards) else _PLAIN_RISK
    weights = station_weights(region, network.minutes(vehicle)[headquarters], rule)
    if isinstance(strategy.guards, PatternGuards):
        plans = pattern_posts(strategy.guards, region, rank)
    else:
        plans = risk_posts(strategy.guards, region, rank, weights)
    guards = _guards(plans, scenario, region)
    patrols = _patrols(strategy, scenario, region, rank, weights)
    reserves = _reserves(strategy, scenario, region)
    items = [_post_item(plan, region) for plan in plans]
    items += [Item("patrol", region.districts[u.district].name, u.strength) for u in patrols]
    items += [Item("reserve", u.name.split("/")[1], u.strength) for u in reserves]
    forces = scenario.region.forces
    available = {"police": forces.police, "wardens": forces.wardens}
    unspent = spend(strategy.name, items, available)
    post_of_station, wardens_at = _by_station(plans, len(region.stations))
    return Deployment(
        strategy=strategy.name,
        units=(*guards, *patrols, *reserves, *_always_there(scenario, region)),
        posts=tuple(_post(i, plan, region) for i, plan in enumerate(plans)),
        post_of_station=post_of_station,
        wardens_at=wardens_at,
        spent={agency: available[agency] - left for agency, left in unspent.items()},
        unspent=unspent,
        by_role={
            role: sum(u.strength for u in units)
            for role, units in (("guard", guards), ("patrol", patrols), ("reserve", reserves))
        },
    )


def _headquarters(region: Region) -> int:
    """Return the node of police headquarters; the first base where there is none."""
    return next((b.node for b in region.bases if b.kind == "headquarters" and b.agency == "police"), region.bases[0].node)


def _district_of(plan: PostPlan, region: Region) -> int:
    return Counter(region.stations.district[list(plan.stations)].tolist()).most_common(1)[0][0]


def _post_item(plan: PostPlan, region: Region) -> Item:
    wardens = round(plan.wardens_each * len(plan.stations))
    return Item("post", region.districts[_district_of(plan, region)].name, plan.officers, wardens)


def _post(unit: int, plan: PostPlan, region: Region) -> Post:
    wardens = plan.wardens_each * len(plan.stations)
    return Post(unit, plan.stations, plan.officers, wardens, _district_of(plan, region))


def _by_station(plans: list[PostPlan], stations: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    post, wardens = np.full(stations, -1, dtype=np.int64), np.zeros(stations)
    for i, plan in enumerate(plans):
        post[list(plan.stations)] = i
        wardens[list(plan.stations)] = plan.wardens_each
    return post, wardens


def _guards(plans: list[PostPlan], scenario: Scenario, region: Region) -> list[UnitSpec]:
    response = scenario.response
    number: dict[str, count[int]] = {}
    return [
        UnitSpec(
            name=f"guard/{plan.label}/{next(number.setdefault(plan.label, count(1)))}",
            agency="police",
            role="guard",
            strength=plan.officers,
            vehicle=response.guard_vehicle,
            district=_district_of(plan, region),
            home=int(region.stations.node[plan.stations[0]]),
            stops=plan.stations,
            dwell=response.rounds.guard_dwell_minutes,
            from_severity=0,
            request_delay=0.0,
            mobilisation=response.mobilisation.guard,
        )
        for plan in plans
    ]


def _dealt_districts(
    patrols: Patrols, setting: str, region: Region, weights: NDArray[np.float64]
) -> list[int]:
    """Return the districts that patrols are dealt to, in order."""
    n = len(region.districts)
    if patrols.districts == "by_voters":
        score = np.bincount(region.stations.district, region.stations.registered, minlength=n)
    elif patrols.districts == "by_risk":
        score = np.bincount(region.stations.district, weights, minlength=n)
    else:
        places = [region.resolve(f"district {name}", setting) for name in patrols.districts]
        return [place.index for place in places]
    return np.argsort(-score, kind="stable").tolist()


def _patrols(
    strategy: StrategySettings,
    scenario: Scenario,
    region: Region,
    rank: NDArray[np.int64],
    weights: NDArray[np.float64],
) -> list[UnitSpec]:
    units, number = [], Counter[int]()
    for patrols in strategy.patrols:
        setting = f"strategy '{strategy.name}': patrols.districts"
        dealt = _dealt_districts(patrols, setting, region, weights)
        for team in range(patrols.teams):
            district = dealt[team % len(dealt)]
            number[district] += 1
            villages = [i for i, v in enumerate(region.villages) if v.district == district]
            villages.sort(key=lambda node: int(rank[node]))
            units.append(
                UnitSpec(
                    name=f"patrol/{region.districts[district].code}/{number[district]}",
                    agency="police",
                    role="patrol",
                    strength=patrols.size,
                    vehicle=patrols.vehicle,
                    district=district,
                    home=region.districts[district].office_node,
                    stops=tuple(villages),
                    dwell=scenario.response.rounds.patrol_dwell_minutes,
                    from_severity=0,
                    request_delay=0.0,
                    mobilisation=scenario.response.mobilisation.patrol,
                )
            )
    return units


def _waiting(region: Region, base: str, setting: str, mobilisation: Delay) -> UnitSpec:
    """Return a unit that waits at a base, for its caller to fill in."""
    place = region.base(base, setting)
    return UnitSpec("", "police", "reserve", 1, "", region.nodes[place.node].district, place.node, (), 0.0, 0, 0.0, mobilisation)


def _reserves(strategy: StrategySettings, scenario: Scenario, region: Region) -> list[UnitSpec]:
    units, number = [], Counter[str]()
    for i, reserve in enumerate(strategy.reserves):
        setting = f"strategy '{strategy.name}': reserves[{i}].base"
        plain = _waiting(region, reserve.base, setting, scenario.response.mobilisation.reserve)
        for _ in range(reserve.teams):
            number[reserve.base] += 1
            name = f"reserve/{reserve.base}/{number[reserve.base]}"
            units.append(replace(plain, name=name, strength=reserve.size, vehicle=reserve.vehicle))
    return units


def _always_there(scenario: Scenario, region: Region) -> list[UnitSpec]:
    """Return the units that every strategy has: routine patrols of the sector posts, attached units, ambulances."""
    response, units = scenario.response, []
    if response.sector_patrol_size:
        for base in region.bases:
            if base.agency == "police" and base.kind in ("headquarters", "sector post"):
                plain = _waiting(region, base.code, "bases.csv", response.mobilisation.patrol)
                units.append(
                    replace(
                        plain,
                        name=f"sector/{base.code}",
                        role="patrol",
                        strength=response.sector_patrol_size,
                        vehicle=response.sector_patrol_vehicle,
                    )
                )
    for i, attached in enumerate(response.attached):
        plain = _waiting(region, attached.base, f"response.attached[{i}].base", response.mobilisation.reserve)
        for team in range(attached.teams):
            units.append(
                replace(
                    plain,
                    name=f"attached/{attached.base}/{attached.agency}/{team + 1}",
                    agency=attached.agency,
                    role="attached",
                    strength=attached.size,
                    vehicle=attached.vehicle,
                    from_severity=SEVERITIES.index(attached.from_severity),
                    request_delay=attached.request_delay,
                )
            )
    for i, ambulances in enumerate(scenario.evacuation.care.ambulances):
        setting = f"evacuation.care.ambulances[{i}].base"
        plain = _waiting(region, ambulances.base, setting, response.mobilisation.ambulance)
        for number in range(ambulances.count):
            units.append(
                replace(
                    plain,
                    name=f"ambulance/{ambulances.base}/{number + 1}",
                    agency="medical",
                    role="ambulance",
                    vehicle=ambulances.vehicle,
                )
            )
    return units
