"""From a strategy to the units of the day: guards, patrols, reserves, and those that are there in any case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.config.plan_tables import PlanTable
from sim.config.response import ResponseSettings
from sim.config.scenario import Scenario
from sim.config.strategy import ListedGuards, PatternGuards, RiskGuards, StrategySettings
from sim.errors import Mistakes, UserError
from sim.region.gazetteer import Gazetteer
from sim.region.position import Stop
from sim.region.region import VULNERABILITY, Region
from sim.region.travel import RoadNetwork
from sim.response.deploy.budget import Item, spend
from sim.response.deploy.guards import PostPlan, pattern_posts, risk_posts, station_weights
from sim.response.deploy.listed import Lists
from sim.response.deploy.numbering import Numbering
from sim.response.deploy.offices import asked_by
from sim.response.deploy.patrols import patrols
from sim.response.deploy.spots import station_spots
from sim.response.deploy.teams import always_there, reserves
from sim.response.deploy.walk import Walk
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, BaseAgency, BaseKind, Role, Severity
from sim.words.language import gettext as _

_NAMED = 3
"""How many stations without a post a remark names."""

_Districts = Mapping[tuple[int, ...], int]
"""The district of each post, by its stations."""


@dataclass(frozen=True)
class Post:
    """A guard post.

    Attributes:
        unit: Index of its unit in the deployment.
        stations: Its stations in walking order.
        officers: Officers who share them, at least one.
        wardens: Wardens of all its stations together.
        district: Index of the district where most of its stations are.
    """

    unit: int
    stations: tuple[int, ...]
    officers: int
    wardens: int
    district: int


@dataclass(frozen=True, eq=False)
class Deployment:
    """Who stands where under one strategy.

    Attributes:
        strategy: Its name.
        units: Every unit of the day.
        posts: The guard posts.
        post_of_station: Index of each station's post; -1 where no officers are assigned.
        wardens_at: Wardens at each station (a share of a person where a post's wardens do not divide evenly).
        spent: People spent, by agency (police, wardens).
        unspent: People left over, by agency.
        by_role: Officers of the operation by role (guard, patrol, reserve).
        unmanned: Posts where only wardens stand.
        tables: The tables that it was read from, as they were written.
        remarks: What is odd about it, though not wrong.
    """

    strategy: str
    units: tuple[UnitSpec, ...]
    posts: tuple[Post, ...]
    post_of_station: NDArray[np.int64]
    wardens_at: NDArray[np.float64]
    spent: dict[Agency, int]
    unspent: dict[Agency, int]
    by_role: dict[str, int]
    unmanned: tuple[PostPlan, ...] = ()
    tables: Mapping[PlanTable, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def walk_over(region: Region, network: RoadNetwork) -> Walk:
    """Return the orders in which a region is walked, from police headquarters on; all strategies may share them."""
    return Walk(region, network.km(), _headquarters(region))


def deploy(
    strategy: StrategySettings, scenario: Scenario, gazetteer: Gazetteer, network: RoadNetwork, walk: Walk
) -> Deployment:
    """Turn a strategy into units.

    Args:
        strategy: The strategy.
        scenario: Forces, response and care.
        gazetteer: The region's places.
        network: Its roads.
        walk: Orders in which they are walked, as :func:`walk_over` makes them.

    Raises:
        UserError: For an unknown base, district or station, for risk weights that are all zero, for a table that cannot
            be read, or when it spends more than there is.
    """
    response, region = scenario.response, gazetteer.region
    from_headquarters = network.minutes(response.guard_vehicle)[_headquarters(region)]
    weights = _weights(strategy, response, region, from_headquarters)
    lists = Lists(gazetteer)
    mistakes, plans = Mistakes(), list[PostPlan]()
    with mistakes.noted():
        plans = _posts(strategy.guards, region, walk, weights, lists)
    manned = [plan for plan in plans if plan.officers]
    districts = {plan.stations: district_of(plan, region) for plan in plans}
    roles = {"guard": _guards(manned, districts, response, region)}
    with mistakes.noted():
        roles["patrol"] = patrols(strategy, response, gazetteer, walk, weights, lists)
    with mistakes.noted():
        roles["reserve"] = reserves(strategy, response, gazetteer, lists)
    standing: tuple[UnitSpec, ...] = ()
    with mistakes.noted():
        standing = (*always_there(response, scenario.evacuation.care.ambulances, gazetteer, asked_by(strategy, lists)),)
    mistakes.refuse()
    forces = scenario.region.forces
    available = {Agency.POLICE: forces.police, Agency.WARDENS: forces.wardens}
    unspent = spend(strategy.name, _items(plans, districts, roles["patrol"], roles["reserve"], region), available)
    post_of_station, wardens_at = _by_station(plans, manned, len(region.stations))
    return Deployment(
        strategy=strategy.name,
        units=(*roles["guard"], *roles["patrol"], *roles["reserve"], *standing),
        posts=tuple(
            Post(unit, plan.stations, plan.officers, plan.wardens, districts[plan.stations])
            for unit, plan in enumerate(manned)
        ),
        post_of_station=post_of_station,
        wardens_at=wardens_at,
        spent={agency: available[agency] - left for agency, left in unspent.items()},
        unspent=unspent,
        by_role={role: sum(unit.strength for unit in units) for role, units in roles.items()},
        unmanned=tuple(plan for plan in plans if not plan.officers),
        tables=lists.texts,
        remarks=_remarks(strategy, plans, gazetteer),
    )


def _posts(
    rule: PatternGuards | RiskGuards | ListedGuards,
    region: Region,
    walk: Walk,
    weights: NDArray[np.float64],
    lists: Lists,
) -> list[PostPlan]:
    match rule:
        case PatternGuards():
            return pattern_posts(rule, region, walk)
        case RiskGuards():
            return risk_posts(rule, region, walk, weights)
        case ListedGuards():
            return lists.posts(rule.table)


def _remarks(strategy: StrategySettings, plans: list[PostPlan], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Say which stations are in no post, for they have nobody."""
    posted = {station for plan in plans for station in plan.stations}
    total = len(gazetteer.region.stations)
    left = [station for station in range(total) if station not in posted]
    if not left:
        return ()
    names = [gazetteer.name_of(gazetteer.station_place(station)) for station in left[:_NAMED]]
    some = ", ".join([*names, *(["…"] if len(left) > _NAMED else [])])
    one = _(
        "strategy '{strategy}': {left:,} of {total:,} stations is in no post ({some}): no officers and no wardens "
        "stand there"
    )
    several = _(
        "strategy '{strategy}': {left:,} of {total:,} stations are in no post ({some}): no officers and no wardens "
        "stand there"
    )
    said = one if len(left) == 1 else several
    return (said.format(strategy=strategy.name, left=len(left), total=total, some=some),)


def _headquarters(region: Region) -> int:
    """Return the node of police headquarters; the first district's office where there is none."""
    for base in region.bases:
        if base.kind == BaseKind.HEADQUARTERS and base.agency == BaseAgency.POLICE:
            return base.node
    return region.districts[0].office_node


def _weights(
    strategy: StrategySettings,
    response: ResponseSettings,
    region: Region,
    minutes_from_headquarters: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return each station's risk weight by the rule of the guards, or ``response.risk`` where they follow a pattern."""
    rule = strategy.guards if isinstance(strategy.guards, RiskGuards) else response.risk
    weights = station_weights(region, minutes_from_headquarters, rule)
    if not weights.any():
        raise UserError(
            _(
                "strategy '{strategy}': guards.low, guards.high and guards.very_high leave every "
                "station without weight; give at least one class that has stations a weight above 0"
            ).format(strategy=strategy.name)
        )
    return weights


def district_of(plan: PostPlan, region: Region) -> int:
    """Return the district where most of its stations are; of as many, that of the first."""
    districts: list[int] = region.stations.district[list(plan.stations)].tolist()
    return Counter(districts).most_common(1)[0][0]


def _items(
    plans: list[PostPlan],
    districts: _Districts,
    patrolling: list[UnitSpec],
    waiting: list[UnitSpec],
    region: Region,
) -> list[Item]:
    """Return what a strategy spends, the most urgent first: posts, then patrols, then reserves."""
    names = [district.name for district in region.districts]
    items = [Item("post", names[districts[plan.stations]], plan.officers, plan.wardens) for plan in plans]
    items += [
        Item("patrol", _("outside the region") if unit.district is None else names[unit.district], unit.strength)
        for unit in patrolling
    ]
    items += [Item("reserve", unit.base, unit.strength) for unit in waiting]
    return items


def _by_station(
    plans: list[PostPlan], manned: list[PostPlan], stations: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return each station's post (among the manned ones) and its wardens."""
    post, wardens = np.full(stations, -1, dtype=np.int64), np.zeros(stations)
    for plan in plans:
        wardens[list(plan.stations)] = plan.wardens / len(plan.stations)
    for i, plan in enumerate(manned):
        post[list(plan.stations)] = i
    return post, wardens


def _guards(plans: list[PostPlan], districts: _Districts, response: ResponseSettings, region: Region) -> list[UnitSpec]:
    """Return the unit of each post, in the order of the posts.

    Whatever rule has made them and whatever they are called, they draw by their number among the posts whose first
    station is as vulnerable: by its class, as posts of a pattern are named too.
    """
    names, streams = post_names(plans), Numbering()
    vulnerability = region.stations.vulnerability.tolist()
    spots, stay = station_spots(region, response), response.rounds.guard_dwell_minutes
    can = {n: response.abilities.of(Agency.POLICE, n) for n in {plan.officers for plan in plans}}
    return [
        UnitSpec(
            name=f"guard/{name}",
            stream=f"guard/{streams.next(VULNERABILITY[vulnerability[plan.stations[0]]])}",
            agency=Agency.POLICE,
            role=Role.GUARD,
            strength=plan.officers,
            vehicle=response.guard_vehicle,
            district=districts[plan.stations],
            home=spots[plan.stations[0]],
            stops=tuple(Stop(spots[station], stay) for station in plan.stations),
            from_severity=Severity.GREEN,
            request_delay=0.0,
            mobilisation=response.mobilisation.guard,
            abilities=can[plan.officers],
        )
        for name, plan in zip(names, plans, strict=True)
    ]


def post_names(plans: Iterable[PostPlan]) -> list[str]:
    """Return the name of each post: its own, or its label and its number among those of one label."""
    numbering = Numbering()
    return [plan.label if plan.is_named else numbering.next(plan.label) for plan in plans]
