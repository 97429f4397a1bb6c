"""Who waits to be sent: reserves and their first tasks, attached teams, ambulances; and the houses of care."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.evacuation.plan import EvacuationPlan
from sim.orders.duties import bases_by_code, station_of
from sim.orders.orders import House, ReserveOrders, Task, Waiting
from sim.region.region import Region
from sim.response.agencies import callers
from sim.response.plan import ResponsePlan
from sim.response.units import UnitSpec
from sim.vocabulary import Role

MOST_TASKS = 12
"""Stations that are listed for a reserve: as many as its leader keeps in mind."""
NEAREST = 5
"""Stations that are listed where none is within the standard time."""
_SAME = 1e-9
"""Minutes that are rounding."""


def waiting(plan: ResponsePlan, region: Region, role: Role) -> list[Waiting]:
    """Return the teams of a role that wait at bases, those that are alike together, in the order of the plan."""
    return [_teams(units, plan, region) for units in _alike(plan, role)]


def reserves(plan: ResponsePlan, region: Region) -> list[ReserveOrders]:
    """Return a strategy's reserves with their first tasks.

    A reserve's tasks are the stations that no reserve at another base reaches sooner: those within the standard time,
    the most vulnerable first and among these the nearest. Where it has none, they are the nearest stations of all. Who
    is on patrol may be nearer at any moment; where he is then, no sheet can say.
    """
    groups = _alike(plan, Role.RESERVE)
    arrive = np.array([_arrival(units[0], plan) for units in groups]).reshape(len(groups), len(plan.stations))
    soonest = arrive.min(axis=0, initial=np.inf)
    return [
        ReserveOrders(_teams(units, plan, region), *_tasks(minutes, minutes <= soonest + _SAME, plan, region))
        for units, minutes in zip(groups, arrive, strict=True)
    ]


def houses(evacuation: EvacuationPlan, region: Region) -> list[House]:
    """Return the hospitals and clinics, in the order of the settings."""
    names = bases_by_code(region)
    return [House(names[one.code], one.beds, one.intake, one.takes) for one in evacuation.facilities]


def _alike(plan: ResponsePlan, role: Role) -> list[list[UnitSpec]]:
    """Return the units of a role, those together that differ in their name only."""
    groups: defaultdict[UnitSpec, list[UnitSpec]] = defaultdict(list)
    for unit in plan.deployment.units:
        if unit.role is role:
            groups[replace(unit, name="", stream="")].append(unit)
    return list(groups.values())


def _teams(units: Sequence[UnitSpec], plan: ResponsePlan, region: Region) -> Waiting:
    one = units[0]
    return Waiting(
        names=tuple(unit.name.partition("/")[2] for unit in units),
        agency=one.agency,
        base=bases_by_code(region)[one.base],
        people=one.strength,
        vehicle=one.vehicle,
        ready=one.ready_minutes,
        from_severity=one.from_severity,
        callers=callers(one.called_by, plan.settings),
        shift=one.shift,
        carries=None if one.carrier is None else one.carrier.gravest,
        places=0 if one.carrier is None else one.carrier.places,
    )


def _arrival(unit: UnitSpec, plan: ResponsePlan) -> NDArray[np.float64]:
    """Return the minutes from a report to a waiting unit's arrival at each station: alarm, getting ready, the road."""
    minutes = plan.network.minutes(unit.vehicle)[unit.home.nodes[0]]
    on_tracks = unit.vehicle in plan.network.on_tracks
    road = np.array([minutes[spot.nodes[0]] + spot.access_in(on_tracks) for spot in plan.stations], dtype=np.float64)
    return plan.settings.posko.alarm_handling.mean_minutes + unit.ready_minutes + road


def _tasks(
    minutes: NDArray[np.float64], is_first: NDArray[np.bool_], plan: ResponsePlan, region: Region
) -> tuple[tuple[Task, ...], bool, int]:
    """Return a reserve's first tasks, whether they are within the standard time, and how many more are."""
    in_time = np.flatnonzero(is_first & (minutes <= plan.settings.standard_minutes))
    if len(in_time):
        order = sorted(in_time.tolist(), key=lambda s: (-int(region.stations.vulnerability[s]), minutes[s], s))
        return _as_tasks(order[:MOST_TASKS], minutes, region), True, max(0, len(order) - MOST_TASKS)
    reached = [s for s in np.argsort(minutes, kind="stable").tolist() if np.isfinite(minutes[s])]
    return _as_tasks(reached[:NEAREST], minutes, region), False, 0


def _as_tasks(stations: Iterable[int], minutes: NDArray[np.float64], region: Region) -> tuple[Task, ...]:
    found = [(station_of(region, station), float(minutes[station])) for station in stations]
    return tuple(Task(station, region.districts[station.district].name, m) for station, m in found)
