"""From the day's objects to the columns of its log."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sim.disturbance.incident import Incident
from sim.log import Columns, dtypes
from sim.response.coverage import Places, Positions, by_district, reached
from sim.response.escort import Escort
from sim.response.fleet import IDLE, Fleet
from sim.response.roads import Roads
from sim.response.rounds import stops_at
from sim.response.units import UnitSpec
from sim.voting.polls import Polls
from sim.world import World

COVERAGE_STEP_MINUTES = 5.0
"""Coverage is recorded this often while stations are open."""


def station_columns(world: World, polls: Polls, escort: Escort) -> Columns:
    """Return the table of stations."""
    stations = world.region.stations
    found = {
        "station": np.arange(len(stations)),
        "district": stations.district,
        **polls.table(),
        "boxes_home": escort.boxes_home,
        "escorted": escort.escorted,
    }
    return {name: np.ascontiguousarray(found[name], dtype=kind) for name, kind in dtypes("stations").items()}


def coverage_columns(world: World, fleet: Fleet, roads: Roads, incidents: Sequence[Incident]) -> Columns:
    """Return the table of coverage: every district, every five minutes of the polling hours, on the roads open then."""
    voting = world.scenario.voting
    times = np.arange(voting.open, voting.close + 1e-9, COVERAGE_STEP_MINUTES)
    stations = world.region.stations
    places = Places(stations.node, world.access, stations.district, stations.registered, len(world.region.districts))
    where = _Timeline(world, fleet, roads, times)
    sendable = where.covered(places, ("patrol", "reserve", "attached"))
    everybody = sendable | where.covered(places, ("guard",))
    voters, count = by_district(sendable, places)
    voters_any, _ = by_district(everybody, places)
    free, busy = where.units_by_district()
    n = places.districts
    return {
        "district": np.tile(np.arange(n), len(times)),
        "time": np.repeat(times, n),
        "voters": np.tile(np.bincount(stations.district, stations.registered, n).astype(np.int64), len(times)),
        "voters_covered": voters.ravel(),
        "voters_covered_any": voters_any.ravel(),
        "stations": np.tile(np.bincount(stations.district, minlength=n), len(times)),
        "stations_covered": count.ravel(),
        "free_units": free.ravel(),
        "busy_units": busy.ravel(),
        "active_incidents": _active(world, incidents, times).ravel(),
    }


class _Timeline:
    """Where every unit that counts as police is at some times."""

    def __init__(self, world: World, fleet: Fleet, roads: Roads, times: NDArray[np.float64]) -> None:
        self.world = world
        self.periods = roads.periods(times)
        self.times = times
        self.units = [u for u in fleet.units if u.spec.officers and u.spec.request_delay == 0]
        self.row = {u.spec.name: i for i, u in enumerate(self.units)}
        shape = (len(self.units), len(times))
        self.free = np.zeros(shape, dtype=np.bool_)
        self.busy = np.zeros(shape, dtype=np.bool_)
        idle = set(IDLE.values())
        for stretch in fleet.rows:
            i = self.row.get(stretch.unit)
            if i is not None:
                a, b = np.searchsorted(times, (stretch.start, stretch.end))
                (self.free if stretch.state in idle else self.busy)[i, a:b] = True

    def _positions(self, members: Sequence[int]) -> Positions:
        n, stations = len(self.times), self.world.region.stations
        node = np.empty((len(members), n), dtype=np.int64)
        access, station = np.zeros((len(members), n)), np.full((len(members), n), -1)
        for row, i in enumerate(members):
            unit = self.units[i]
            spec: UnitSpec = unit.spec
            if not spec.stops:
                node[row] = spec.home
                continue
            number = stops_at(self.times, self.world.start, spec.dwell, len(spec.stops), unit.phase)
            stop = np.asarray(spec.stops)[number]
            if spec.role == "guard":
                node[row], access[row], station[row] = stations.node[stop], self.world.access[stop], stop
            else:
                node[row] = stop
        return Positions(node, access, station, self.free[list(members)])

    def covered(self, places: Places, roles: tuple[str, ...]) -> NDArray[np.bool_]:
        """Return which stations free units of these roles reach in time; rows are times."""
        standard = self.world.scenario.response.standard_minutes
        found = np.zeros((len(self.times), len(places.node)), dtype=np.bool_)
        members = sorted(
            (i for i, u in enumerate(self.units) if u.spec.role in roles), key=lambda i: self.units[i].spec.vehicle
        )
        for vehicle, group in groupby(members, key=lambda i: self.units[i].spec.vehicle):
            positions = self._positions(list(group))
            for part, closed in self.periods:
                minutes = self.world.network.minutes(vehicle, closed)
                found[part] |= reached(positions.during(part), minutes, places, standard)
        return found

    def units_by_district(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return free and busy units that posko may send, by time and by the district they belong to."""
        n = len(self.world.region.districts)
        free, busy = (np.zeros((len(self.times), n), dtype=np.int64) for _ in range(2))
        for i, unit in enumerate(self.units):
            if unit.spec.role != "guard" and unit.spec.district >= 0:
                free[:, unit.spec.district] += self.free[i]
                busy[:, unit.spec.district] += self.busy[i]
        return free, busy


def _active(world: World, incidents: Sequence[Incident], times: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return disturbances going on, by time and district."""
    found = np.zeros((len(times), len(world.region.districts)), dtype=np.int64)
    for incident in incidents:
        end = incident.times.ended if incident.is_over else np.inf
        a, b = np.searchsorted(times, (incident.times.onset, end))
        found[a:b, incident.origin.district] += 1
    return found
