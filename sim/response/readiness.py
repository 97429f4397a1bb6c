"""From a strategy's plan to what coverage is reckoned from: what its units are, what is asked for, who may be sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.coverage.asked import Asked, Lines, who_brings_what
from sim.coverage.inputs import Demands, Floats, Ints, Rules, Units
from sim.echelon import Echelon
from sim.region.position import ELSEWHERE, Spot
from sim.region.road_state import RoadState
from sim.region.travel import Kept, RoadNetwork
from sim.response.agencies import callers
from sim.response.command.dispatch import may_be_sent
from sim.response.plan import ResponsePlan
from sim.response.units import BY_POSKO, UnitSpec
from sim.vocabulary import Capability, Force, Role, Severity

FORCES = tuple(Force)
"""The forces, in the order of their numbers."""


class TrackEnds(NamedTuple):
    """The stations that only motorcycles reach: how soon one is there from the village hangs on what one comes in.

    Coverage knows each as a node of its own, behind those of the roads.

    Attributes:
        node: Node of the village of each.
        ridden: Minutes from there by motorcycle.
        walked: Minutes from there for everybody else.
    """

    node: Ints
    ridden: Floats
    walked: Floats


def track_ends(stations: Sequence[Spot]) -> TrackEnds:
    """Return the stations that only motorcycles reach, in their order."""
    found = [(spot.nodes[0], spot.access, spot.walked) for spot in stations if spot.walked is not None]
    node, ridden, walked = zip(*found, strict=True) if found else ((), (), ())
    return TrackEnds(np.array(node, dtype=np.int64), np.array(ridden, float), np.array(walked, float))


@dataclass(frozen=True, eq=False)
class Readiness:
    """Who can be asked for how much under a strategy.

    Attributes:
        units: What each unit of the deployment is, in its order.
        demands: What is asked for; forces are numbered as in :data:`FORCES`.
        rules: Who may be sent.
        asked: What each unit brings to each demand.
        lines: What teams are lined up for.
        vehicles: Names of the vehicles, in the order of their numbers; a sector post's patrol counts as one of its own.
        sooner: (vehicles, nodes) how much sooner they are ordered to each node than posko orders, minutes: a patrol to
            the districts of its own sector post, who is called by sector posts to all that have one; minus infinity
            where only sector posts call and there is none.
        ends: The stations that only motorcycles reach.
    """

    units: Units
    demands: Demands
    rules: Rules
    asked: Asked
    lines: Lines
    vehicles: tuple[str, ...]
    sooner: Floats
    ends: TrackEnds

    def travel(self, network: RoadNetwork, roads: RoadState) -> Floats:
        """Return minutes between all nodes, (vehicles, nodes, nodes), less what is saved before the order.

        Behind the nodes of the roads stand the stations that only motorcycles reach; nobody is asked to go on from one.
        It may not be written into: it is kept.
        """
        return self._travel[network, roads]

    @cached_property
    def _travel(self) -> Kept[tuple[RoadNetwork, RoadState], Floats]:
        return Kept(2, self._made)  # every day begins with the same roads; those that others replace are made anew

    def _made(self, key: tuple[RoadNetwork, RoadState]) -> Floats:
        network, roads = key
        tables = [network.minutes(name, roads) for name in self.vehicles]
        nodes, ends = len(tables[0]), self.ends
        found = np.full((len(tables), nodes + len(ends.node), nodes + len(ends.node)), np.inf)
        for name, table, sooner, made in zip(self.vehicles, tables, self.sooner, found, strict=True):
            np.subtract(table, sooner, out=made[:nodes, :nodes])
            made[:nodes, nodes:] = made[:nodes, ends.node] + (ends.ridden if name in network.on_tracks else ends.walked)
        return found


class _Demand(NamedTuple):
    """Some people that a force asks for; capability None: units with officers, whatever their size."""

    force: Force
    capability: Capability | None
    need: int
    severity: Severity
    with_own: bool


def readiness(plan: ResponsePlan, requested: Collection[int] = (), more: Sequence[UnitSpec] = ()) -> Readiness:
    """Return what the units of a strategy are ready for.

    First officers and backup are what may be sent whatever the severity, so at green. The guards of a post go to their
    own stations in any case: they are told apart for first officers, and count for the forces.

    Args:
        plan: The response under the strategy.
        requested: Units that somebody has asked for, whatever the severity they wait for.
        more: Units that stand still and that the strategy has not; they are numbered after its own.
    """
    specs = (*plan.deployment.units, *more)
    rides = [
        (spec.vehicle, _sector_of(plan, spec), _callers(plan, spec, i in requested)) for i, spec in enumerate(specs)
    ]
    vehicles = sorted(set(rides))
    sector_alarm = _sector_alarm(plan)
    asked = _asked(plan)
    kinds = tuple(dict.fromkeys(demand.capability for demand in asked))
    begins, period = _own_rounds(plan, len(specs))
    units = Units(
        vehicle=np.array([vehicles.index(ride) for ride in rides], dtype=np.int64),
        ready=np.array([spec.ready_minutes for spec in specs], dtype=np.float64),
        is_guard=np.array([spec.role is Role.GUARD for spec in specs], dtype=np.bool_),
        people=np.array([[_people(spec, kind) for spec in specs] for kind in kinds], dtype=np.int64),
        own=np.array([_or_none(plan.guard_of_station(s)) for s in range(len(plan.stations))], dtype=np.int64),
        begins=begins,
        period=period,
    )
    demands = Demands(
        force=np.array([FORCES.index(demand.force) for demand in asked], dtype=np.int64),
        kind=np.array([kinds.index(demand.capability) for demand in asked], dtype=np.int64),
        need=np.array([demand.need for demand in asked], dtype=np.int64),
        severity=np.array([demand.severity for demand in asked], dtype=np.int64),
        with_own=np.array([demand.with_own for demand in asked], dtype=np.bool_),
    )
    rules = Rules(
        alarm=plan.settings.posko.alarm_handling.mean_minutes,
        guards_within=plan.dispatch.guards_within_minutes,
        may=np.array(
            [[_may(plan, spec, severity, i in requested) for i, spec in enumerate(specs)] for severity in Severity]
        ),
        keeps=np.array([severity < Severity.RED for severity in Severity]),
        own_alarm=np.array([sector_alarm[spot.nodes[0]] for spot in plan.stations], dtype=np.float64),
    )
    sooner = np.zeros((len(vehicles), len(plan.sector_of_node)))
    for number, (_, sector, posts) in enumerate(vehicles):
        mine = np.array([code == sector if sector else bool(code) for code in plan.sector_of_node])
        if sector or Echelon.SECTOR in posts:
            sooner[number, mine] = rules.alarm - sector_alarm[mine]
        if Echelon.POSKO not in posts:
            sooner[number, ~mine] = -np.inf
    names = tuple(name for name, *_ in vehicles)
    ends = track_ends(plan.stations)
    return Readiness(units, demands, rules, *who_brings_what(units, demands, rules), names, sooner, ends)


def _sector_of(plan: ResponsePlan, spec: UnitSpec) -> str:
    """Return the base of the sector post whose own a unit is; empty for others, and where there is no such level."""
    return spec.base if plan.settings.sector_posts.desks and plan.is_of_sector(spec) else ""


def _callers(plan: ResponsePlan, spec: UnitSpec, is_requested: bool) -> tuple[Echelon, ...]:
    """Return the command posts that take reports and may call a unit, in order; of one that is asked for the centre."""
    return callers(spec.called_by | BY_POSKO if is_requested else spec.called_by, plan.settings)


def _sector_alarm(plan: ResponsePlan) -> Floats:
    """Mean alarm handling until a sector post's own are ordered to each node; posko orders them at the latest."""
    posts, alarm = plan.settings.sector_posts, plan.settings.posko.alarm_handling.mean_minutes
    own = min(alarm, posts.alarm_handling.mean_minutes) if posts.desks else alarm
    return np.array([own if code else alarm for code in plan.sector_of_node], dtype=np.float64)


def _asked(plan: ResponsePlan) -> list[_Demand]:
    """Return what the forces ask for."""
    asked = [
        _Demand(Force.FIRST, None, 1, Severity.GREEN, False),
        _Demand(Force.FIRST_WITH_GUARDS, None, 1, Severity.GREEN, True),
        _Demand(Force.BACKUP, None, 2, Severity.GREEN, False),
    ]
    sizes = plan.settings.force
    for force, severity, needs in (
        (Force.YELLOW, Severity.YELLOW, sizes.yellow),
        (Force.RED, Severity.RED, sizes.red),
    ):
        asked += [_Demand(force, capability, need, severity, True) for capability, need in needs.strength]
    return asked


def _people(spec: UnitSpec, capability: Capability | None) -> int:
    return int(spec.officers > 0) if capability is None else spec.provides[capability]


def _may(plan: ResponsePlan, spec: UnitSpec, severity: Severity, is_requested: bool) -> bool:
    from_severity = severity if is_requested else spec.from_severity
    return not spec.stays and may_be_sent(severity, spec.role, from_severity, plan.dispatch)


def _or_none(unit: int | None) -> int:
    return ELSEWHERE if unit is None else unit


def _own_rounds(plan: ResponsePlan, units: int) -> tuple[Floats, Floats]:
    """Return when the stay at each station begins on its own post's round, and the minutes of every unit's round."""
    begins = np.full(len(plan.stations), np.nan)
    period = np.zeros(units)
    for post in plan.deployment.posts:
        cycle = plan.homes[post.unit].cycle
        if cycle is not None:
            period[post.unit] = cycle.minutes
            stays = cycle.station_stays
            for station in post.stations:
                begins[station] = stays.get(station, np.nan)
    return begins, period
