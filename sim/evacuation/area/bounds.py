"""What no evacuation of an area can beat: bounds on its end from its buses, its free roads, and its network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.region import ROAD_CLASSES
from sim.evacuation.area.plan import AreaEvacuationPlan, BusTeam
from sim.evacuation.area.population import BY_BUS, Population

Floats = NDArray[np.float64]
Arc = tuple[str, str, float, float]
"""From, to, minutes, and people a minute."""


def bus_bound(plan: AreaEvacuationPlan, population: Population) -> float:
    """Return the minutes from the order before which buses cannot have brought everybody to safety.

    The larger of the longest single pick-up (ready at once, from the nearest base or shelter to the point and on to the
    nearest shelter) and all bus minutes shared by all buses: each point needs its people over the most seats of any
    bus, rounded up, trips of at least this length; everybody boards and alights once. It is asked of everybody by all
    buses, and of those who are neither ill nor disabled by the buses that take them. 0 where nobody needs a bus.
    """
    by_bus = (population.vehicle == BY_BUS) & np.isfinite(population.leaves)
    every = [team for team in plan.buses if team.count]
    able = [team for team in every if not team.assisted_only]
    return max(
        _shared(plan, population.zone[by_bus], every),
        _shared(plan, population.zone[by_bus & ~population.assisted], able),
    )


def _shared(plan: AreaEvacuationPlan, zones: NDArray[np.int64], teams: Sequence[BusTeam]) -> float:
    """Return the bound of these people, by their zones, and these buses."""
    if not teams or not len(zones):
        return 0.0
    seats, count = max(team.seats for team in teams), sum(team.count for team in teams)
    table = np.min([plan.network.minutes(vehicle) for vehicle in sorted({team.vehicle for team in teams})], axis=0)
    shelters = [shelter.node for shelter in plan.shelters]
    starts = [*shelters, *(team.node for team in teams)]
    waiting = Counter(plan.zones[zone].point for zone in zones.tolist())
    each = (plan.settings.shuttle.board_seconds_each + plan.settings.shuttle.alight_seconds_each) / 60.0
    longest = work = 0.0
    for point, people in waiting.items():
        round_trip = float(table[starts, point].min() + table[point, shelters].min())
        longest = max(longest, round_trip + each)
        work += -(-people // seats) * round_trip + people * each
    return max(longest, work / count)


def free_roads(plan: AreaEvacuationPlan, population: Population) -> Floats:
    """Return when each person would be safe if no road, bus or gate made anybody wait; minutes from the order, sorted.

    It is the curve of those who leave home, each shifted by the quickest way to the nearest shelter: nobody can be
    safe sooner. Who needs a bus walks first and then goes as fast as the fastest bus.
    """
    shelters = [shelter.node for shelter in plan.shelters]
    own = [plan.network.minutes(vehicle.vehicle)[:, shelters].min(axis=1) for vehicle in plan.settings.own_vehicles]
    teams = [plan.network.minutes(team.vehicle)[:, shelters].min(axis=1) for team in plan.buses if team.count]
    bus = np.min(teams, axis=0) if teams else np.full(len(plan.network.region.nodes), np.inf)
    tables = np.array([*own, bus])  # the last is that of BY_BUS
    homes = np.array([zone.node for zone in plan.zones])[population.zone]
    points = np.array([zone.point for zone in plan.zones])[population.zone]
    at = np.where(population.vehicle == BY_BUS, points, homes)
    safe = population.leaves + population.walk + tables[population.vehicle, at]
    return np.sort(np.repeat(safe, population.people))


@dataclass(frozen=True)
class Network:
    """The own transport of an area as a network for the quickest flow.

    Attributes:
        arcs: From, to, minutes and people a minute; both directions of each road, and a gate of each shelter.
        supplies: People at each village.
        sinks: People that each shelter holds.
    """

    arcs: tuple[Arc, ...]
    supplies: dict[str, int]
    sinks: dict[str, int]


def own_transport_network(plan: AreaEvacuationPlan, population: Population) -> Network:
    """Return the network of people with own transport, all ready to leave at once.

    Each road is as fast as for the fastest own vehicle and takes as many people a minute as if all used the vehicle
    that carries most people for each car unit; what passes it in truth is less. Traffic posts are manned from the
    beginning. Roads without limit have infinite capacity. Names are the codes of the nodes; ``gate CODE`` is inside a
    shelter.
    """
    settings, region = plan.settings, plan.network.region
    best = max((own.people / own.car_units for own in settings.own_vehicles), default=0.0)
    minutes = np.min([plan.network.road_minutes(own.vehicle) for own in settings.own_vehicles], axis=0)
    limits = [getattr(settings.road_capacity, name) for name in ROAD_CLASSES]
    flow = [np.inf if limit is None else limit / 60.0 * best for limit in limits]
    roads, code = region.roads, [node.code for node in region.nodes]
    arcs: list[Arc] = []
    for road, (u, v) in enumerate(zip(roads.u.tolist(), roads.v.tolist(), strict=True)):
        capacity = float(flow[int(roads.road_class[road])])
        for a, b in ((u, v), (v, u)):
            most = capacity * settings.traffic_post_factor if b in plan.traffic_posts else capacity
            arcs.append((code[a], code[b], float(minutes[road]), most))
    arcs += [(code[s.node], f"gate {code[s.node]}", 0.0, s.per_minute) for s in plan.shelters]
    drives = (population.vehicle != BY_BUS) & np.isfinite(population.leaves)
    people = np.bincount(population.zone[drives], population.people[drives], len(plan.zones)).astype(np.int64)
    supplies = {code[z.node]: n for z, n in zip(plan.zones, people.tolist(), strict=True) if n}
    return Network(tuple(arcs), supplies, {f"gate {code[s.node]}": s.places for s in plan.shelters})
