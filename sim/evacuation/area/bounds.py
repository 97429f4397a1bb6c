"""What no evacuation of an area can beat: bounds on its end from its buses and from free roads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.evacuation.area.plan import AreaEvacuationPlan, BusTeam
from sim.evacuation.area.population import BY_BUS, Population

Floats = NDArray[np.float64]


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
