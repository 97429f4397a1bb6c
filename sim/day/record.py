"""From the day's objects to the columns of its log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sim.coverage.reach import Whereabouts, by_district, reached
from sim.day.escort import Escort
from sim.day.world import World
from sim.disturbance.incident import Incident
from sim.log import NEVER, Columns, TaskRow, dtypes
from sim.region.position import ELSEWHERE, Positions, Standing
from sim.region.round import Round
from sim.response.fleet import Fleet, Idle
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import Rounds
from sim.vocabulary import Role
from sim.voting.polls import Polls

COVERAGE_STEP_MINUTES = 5.0
"""Coverage is recorded this often while stations are open."""
_SENDABLE = (Role.PATROL, Role.RESERVE, Role.ATTACHED)


def station_columns(world: World, polls: Polls, escort: Escort) -> Columns:
    """Return the table of stations."""
    stations = world.region.stations
    found = {
        "station": np.arange(len(stations)),
        "district": stations.district,
        **polls.table(),
        **escort.table(),
    }
    return {name: np.ascontiguousarray(found[name], dtype=kind) for name, kind in dtypes("stations").items()}


def task_rows(ledger: Ledger, incidents: Mapping[str, Incident]) -> list[TaskRow]:
    """Return the table of tasks; each has the time of the report of its disturbance."""
    reported = {name: incident.times.reported for name, incident in incidents.items()}
    return [task.row(reported.get(task.goal.incident, NEVER)) for task in ledger.tasks]


def coverage_columns(
    world: World, strategy: str, fleet: Fleet, roads: OpenRoads, incidents: Iterable[Incident]
) -> Columns:
    """Return the table of coverage: every district, every five minutes of the polling hours, on the roads open then."""
    voting = world.scenario.voting
    times = np.arange(voting.open, voting.close + 1e-9, COVERAGE_STEP_MINUTES)
    places, stations = world.places, world.region.stations
    where = _Timeline(world, strategy, fleet, roads, times)
    sendable = where.covered(_SENDABLE)
    everybody = sendable | where.covered((Role.GUARD,))
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

    def __init__(self, world: World, strategy: str, fleet: Fleet, roads: OpenRoads, times: NDArray[np.float64]) -> None:
        self.world = world
        self.times = times
        self.periods = roads.periods(times)
        self.units = [u for u in fleet.units if u.spec.officers and u.spec.request_delay == 0]
        row = np.full(len(fleet.units), ELSEWHERE)
        row[[u.index for u in self.units]] = np.arange(len(self.units))
        shape = (len(self.units), len(times))
        self.where = Whereabouts(
            node=np.zeros(shape, dtype=np.int64),
            minutes=np.zeros(shape),
            ahead=np.full(shape, ELSEWHERE),
            ahead_minutes=np.zeros(shape),
            station=np.full(shape, ELSEWHERE),
            free=np.zeros(shape, dtype=np.bool_),
        )
        self._fill(fleet, row, world.rounds[strategy])

    def _fill(self, fleet: Fleet, row: NDArray[np.int64], rounds: Rounds) -> None:
        """Fill in where units are while they wait for orders: rounds all at once, the rest one by one."""
        walking: list[tuple[int, int, NDArray[np.int64], Round]] = []
        stretches = fleet.idle_stretches
        rows = row[[idle.unit for idle in stretches]].tolist()
        begins = np.searchsorted(self.times, [idle.start for idle in stretches]).tolist()
        ends = np.searchsorted(self.times, [idle.end for idle in stretches]).tolist()
        for idle, i, a, b in zip(stretches, rows, begins, ends, strict=True):
            if i == ELSEWHERE or a == b:
                continue
            self.where.free[i, a:b] = True
            motion, cycle = idle.motion, fleet.units[idle.unit].home.cycle
            if isinstance(motion, Round) and motion.cycle is cycle:
                joined = self._lead(i, idle, a, b)
                walking.append((idle.unit, i, np.arange(joined, b), motion))
            else:
                self._one_by_one(i, idle, range(a, b))
        if walking:
            self._walk(walking, rounds)

    def _lead(self, i: int, idle: Idle, a: int, b: int) -> int:
        """Fill in the way to a round; return the first moment on the round itself."""
        assert isinstance(idle.motion, Round)
        if not idle.motion.lead.minutes:
            return a
        joined = int(np.searchsorted(self.times, idle.motion.began + idle.motion.lead.minutes))
        self._one_by_one(i, idle, range(a, min(joined, b)))
        return max(a, joined)

    def _one_by_one(self, i: int, idle: Idle, moments: range) -> None:
        where = self.where
        if isinstance(idle.motion, Standing):
            here = idle.motion.position
            part = slice(moments.start, moments.stop)
            where.node[i, part], where.minutes[i, part] = here.node, here.minutes
            where.station[i, part] = ELSEWHERE if here.station is None else here.station
            return
        for k in moments:
            here = idle.motion.at(float(self.times[k]))
            where.node[i, k], where.minutes[i, k] = here.node, here.minutes
            if here.ahead is not None:
                where.ahead[i, k], where.ahead_minutes[i, k] = here.ahead, here.ahead_minutes
            if here.station is not None:
                where.station[i, k] = here.station

    def _walk(self, walking: list[tuple[int, int, NDArray[np.int64], Round]], rounds: Rounds) -> None:
        """Fill in everybody on his own round, all moments of all units at once."""
        counts = [len(moments) for _, _, moments, _ in walking]
        unit = np.repeat([u for u, _, _, _ in walking], counts)
        i = np.repeat([row for _, row, _, _ in walking], counts)
        k = np.concatenate([moments for _, _, moments, _ in walking])
        joined = np.repeat([m.began + m.lead.minutes - m.joins for _, _, _, m in walking], counts)
        elapsed = (self.times[k] - joined) % rounds.period[unit]
        found: Positions = rounds.table.at(rounds.offset[unit] + elapsed)
        for name in Positions._fields:
            getattr(self.where, name)[i, k] = getattr(found, name)

    def covered(self, roles: Collection[Role]) -> NDArray[np.bool_]:
        """Return which stations free units of these roles reach in time; rows are times."""
        standard = self.world.scenario.response.standard_minutes
        found = np.zeros((len(self.times), len(self.world.region.stations)), dtype=np.bool_)

        def vehicle(i: int) -> str:
            return self.units[i].spec.vehicle

        members = sorted((i for i, u in enumerate(self.units) if u.spec.role in roles), key=vehicle)
        for name, group in groupby(members, key=vehicle):
            where, places = self.where.of(list(group)), self.world.places_for(name)
            for part, roads in self.periods:
                found[part] |= reached(where.during(part), self.world.network.minutes(name, roads), places, standard)
        return found

    def units_by_district(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return free and busy units that posko may send, by time and by the district they belong to."""
        n = len(self.world.region.districts)
        free, busy = (np.zeros((len(self.times), n), dtype=np.int64) for _ in range(2))
        for i, unit in enumerate(self.units):
            district = unit.spec.district
            if unit.spec.role in _SENDABLE and district is not None:
                free[:, district] += self.where.free[i]
                busy[:, district] += ~self.where.free[i]
        return free, busy


def _active(world: World, incidents: Iterable[Incident], times: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return disturbances going on, by time and district."""
    found = np.zeros((len(times), len(world.region.districts)), dtype=np.int64)
    for incident in incidents:
        end = incident.times.ended if incident.is_over else np.inf
        a, b = np.searchsorted(times, (incident.times.onset, end))
        if incident.place.district is not None:
            found[a:b, incident.place.district] += 1
    return found
