"""Potential response the slow way: every unit asked at one moment of a stepped day, on a graph of the open roads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import networkx as nx

from sim.config.dispatch import HoldReserve
from sim.config.region import ROAD_CLASSES
from sim.config.relocation import Dynamic
from sim.day import Day, World
from sim.region.round import Round
from sim.response.fleet import Unit
from sim.vocabulary import Access, Capability, Force, Purpose, Role, Severity, UnitState

NEVER = float("inf")


@dataclass(frozen=True)
class Target:
    """A station or, without one, the middle of a village."""

    node: int
    access: float
    station: int | None
    district: int
    voters: int = 0
    area: float = 0.0
    walked: float = 0.0


def targets(world: World) -> list[Target]:
    region = world.region
    stations, speed = region.stations, world.scenario.response.access_speed_kmh
    found = []
    for s, way in enumerate(stations.access):  # on a track only motorcycles drive; all others walk
        km, district, voters = float(stations.access_km[s]), int(stations.district[s]), int(stations.registered[s])
        others = speed.foot if way is Access.MOTORCYCLE else getattr(speed, way)
        ridden, walked = km / getattr(speed, way) * 60.0, km / others * 60.0
        found.append(Target(int(stations.node[s]), ridden, s, district, voters, walked=walked))
    return found + [Target(n, 0.0, None, v.district, 0, v.area_km2) for n, v in enumerate(region.villages)]


class Moment:
    """One moment of a day.

    Args:
        day: The day, played up to then; or what its log tells of the moment.
    """

    def __init__(self, day: Day | SimpleNamespace) -> None:
        self.day = day
        self.now = float(day.env.now)
        self.settings = day.world.scenario.response
        self.dispatch = day.plan.dispatch
        self._ways: dict[tuple[str, int], dict[int, float]] = {}
        self._from_here: dict[int, dict[int, float]] = {}

    @cached_property
    def graphs(self) -> dict[str, nx.Graph]:
        """The open roads by vehicle, with minutes."""
        scenario, region = self.day.world.scenario, self.day.world.region
        found = {}
        for vehicle, factors in scenario.response.vehicles.items():
            graph = nx.Graph()
            graph.add_nodes_from(range(len(region.nodes)))
            for road in range(len(region.roads.km)):
                if road not in self.day.roads.closed:
                    name = ROAD_CLASSES[region.roads.road_class[road]]
                    kmh = getattr(scenario.region.speed_kmh, name) * getattr(scenario.weather.speed_factor, name)
                    minutes = float(region.roads.km[road]) / (kmh * getattr(factors, name)) * 60.0
                    graph.add_edge(int(region.roads.u[road]), int(region.roads.v[road]), minutes=minutes)
            found[vehicle] = graph
        return found

    def _way(self, vehicle: str, node: int) -> dict[int, float]:
        if (vehicle, node) not in self._ways:
            graph = self.graphs[vehicle]
            self._ways[vehicle, node] = nx.single_source_dijkstra_path_length(graph, node, weight="minutes")
        return self._ways[vehicle, node]

    def travel(self, unit: Unit, target: Target) -> float:
        here, vehicle = self.day.fleet.position(unit), unit.spec.vehicle
        if target.station is not None and here.station == target.station:
            return 0.0
        ways = [here.minutes + self._way(vehicle, here.node).get(target.node, NEVER)]
        if here.ahead is not None and self.graphs[vehicle].has_edge(here.node, here.ahead):
            ways.append(here.ahead_minutes + self._way(vehicle, here.ahead).get(target.node, NEVER))
        on_tracks = self.settings.vehicles[vehicle].on_tracks
        return min(ways) + (target.access if on_tracks else target.walked)

    def ordered(self, unit: Unit, target: Target) -> float:
        """Minutes from the order; who drives already need not get ready."""
        if unit.state in (UnitState.RETURNING, UnitState.TRAVELLING):
            return self.travel(unit, target)
        duty, ready = self.day.plan.duty, unit.spec.mobilisation.mean_minutes
        is_limited = unit.spec.role in (Role.PATROL, Role.RESERVE, Role.ATTACHED)
        if is_limited and duty.tired_after_minutes is not None and self.now - unit.on_duty >= duty.tired_after_minutes:
            ready *= duty.tired_factor
        return unit.spec.request_delay + ready + self.travel(unit, target)

    def can_be_sent(self, unit: Unit) -> bool:
        is_sent_on = self.day.plan.retasking.way_home and unit.state is UnitState.RETURNING
        is_moved = isinstance(self.day.plan.relocation, Dynamic) and unit.task is not None
        return unit.is_idle or is_sent_on or (is_moved and unit.task.goal.purpose is Purpose.RELOCATION)

    def _own(self, target: Target) -> Unit | None:
        return None if target.station is None else self.day.fleet.guard_of(target.station)

    def sector_alarm(self, target: Target) -> float:
        """Mean alarm handling where the district's sector post orders its own; posko orders them at the latest."""
        posts, posko = self.settings.sector_posts, self.settings.posko.alarm_handling.mean_minutes
        return min(posko, posts.alarm_handling.mean_minutes) if posts.desks else posko

    def alarm(self, unit: Unit, target: Target) -> float:
        sector = self.day.world.region.districts[target.district].sector_base
        if unit.spec.name == f"sector/{sector}":
            return self.sector_alarm(target)
        return self.settings.posko.alarm_handling.mean_minutes

    def own_minutes(self, unit: Unit, target: Target) -> float:
        """When the pair of the post is there."""
        assert target.station is not None
        if self.day.fleet.position(unit).station == target.station:
            return 0.0
        by_order = self.sector_alarm(target) + self.ordered(unit, target)
        by_round = NEVER
        if isinstance(unit.motion, Round) and unit.motion.cycle.minutes > 0:
            by_round = unit.motion.visit(target.station, self.now) - self.now
        return min(by_order, by_round)

    def arrivals(self, target: Target, severity: Severity, *, with_own: bool) -> Iterator[tuple[float, Unit]]:
        """Everybody who would come, and when."""
        own = self._own(target)
        taken = self.dispatch.take_guards_from
        for unit in self.day.fleet.units:
            if not self.can_be_sent(unit) or unit.is_held or unit.ends_duty or unit.spec.stays:
                continue
            if unit is own:
                if with_own:
                    yield self.own_minutes(unit, target), unit
                continue
            minutes = self.ordered(unit, target)
            if minutes == NEVER or severity < unit.spec.from_severity:
                continue
            is_taken = taken is not None and severity >= Severity.of(taken)
            is_near = minutes <= self.dispatch.guards_within_minutes
            if unit.spec.role is Role.GUARD and not (is_taken and is_near):
                continue
            if unit.index in self.kept and severity is not Severity.RED:
                continue
            yield self.alarm(unit, target) + minutes, unit

    @cached_property
    def kept(self) -> set[int]:
        """The reserves that the rule keeps for red: without them most voters would be served late."""
        rule = self.dispatch
        if not isinstance(rule, HoldReserve):
            return set()
        free = [u for u in self.day.fleet.units if u.is_idle and not u.is_held and u.spec.role in ("patrol", "reserve")]
        stations = [target for target in targets(self.day.world) if target.station is not None]
        in_time = {u.index: [self.ordered(u, target) <= rule.within_minutes for target in stations] for u in free}

        def served(units: list[Unit]) -> float:
            many = [sum(in_time[u.index][s] for u in units) for s in range(len(stations))]
            return sum(target.voters * (1 - rule.busy**k) for target, k in zip(stations, many, strict=True))

        loss = {u.index: served(free) - served([v for v in free if v is not u]) for u in free}
        reserves = sorted((-round(loss[u.index], 6), u.index) for u in free if u.spec.role == "reserve")
        return {index for _, index in reserves[: rule.hold_back]}

    def minutes(self, force: Force, target: Target) -> float:
        """Potential response."""
        if force in (Force.YELLOW, Force.RED):
            severity = Severity.of(force.value)
            needs = getattr(self.settings.force, force.value).strength
            come = sorted(self.arrivals(target, severity, with_own=True), key=lambda pair: pair[0])
            return max(self._gathered(come, capability, need) for capability, need in needs)
        come = sorted(
            self.arrivals(target, Severity.GREEN, with_own=force is Force.FIRST_WITH_GUARDS), key=lambda pair: pair[0]
        )
        times = [minutes for minutes, unit in come if unit.spec.officers]
        wanted = 2 if force is Force.BACKUP else 1
        return times[wanted - 1] if len(times) >= wanted else NEVER

    @staticmethod
    def _gathered(come: list[tuple[float, Unit]], capability: Capability, need: int) -> float:
        there = 0
        for minutes, unit in come:
            there += unit.spec.provides[capability]
            if there >= need:
                return minutes
        return NEVER
