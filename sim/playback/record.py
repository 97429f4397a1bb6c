"""One day of a run played again and watched: where everybody was, how disturbances grew, what stations did."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from sim.day.day import Day
from sim.day.draws import DayDraws
from sim.day.garbage import swept_at_end
from sim.day.world import World
from sim.disturbance.incident import Incident
from sim.errors import UserError
from sim.experiment.again import differing_tables, stored_day
from sim.experiment.execute import changed_since
from sim.experiment.store import Run
from sim.log import DayLog
from sim.playback.track import Floats, Seen, points, sampled
from sim.response.readiness import FORCES
from sim.response.units import UnitSpec
from sim.vocabulary import Force, Severity, StationState, UnitState
from sim.words.language import gettext as _

TROUBLED = frozenset(
    {
        StationState.SHUT,
        StationState.STOPPED,
        StationState.EVACUATED,
        StationState.RESTARTING,
        StationState.ABANDONED,
    }
)
"""The states of a station that does not keep its hours."""
STEP_MINUTES = 0.5
"""The day is looked at this often."""


@dataclass(frozen=True)
class IncidentMoment:
    """How a disturbance stands from a moment on.

    Attributes:
        time: From when on, minutes after midnight.
        severity: How bad it is.
        active: People who take part.
        officers: Officers on scene.
        known: Whether the operations centre knows of it.
        place: Code of its place.
        lon: Where it is, degrees.
        lat: Where it is, degrees.
    """

    time: float
    severity: Severity
    active: int
    officers: int
    known: bool
    place: str
    lon: float
    lat: float


@dataclass(frozen=True)
class StationMoment:
    """What a station does from a moment on."""

    time: float
    state: StationState


@dataclass(frozen=True, eq=False)
class Recording:
    """One day under one strategy, watched.

    Attributes:
        strategy: Name of the strategy.
        log: What the day recorded.
        times: The moments at which it was looked at, minutes after midnight.
        units: What each unit is.
        lon: (units, moments) where each was, degrees.
        lat: Likewise.
        states: Of each unit, from when on it did what.
        incidents: Of each disturbance by its identity, how it stood from when on.
        stations: Of each station, from when on it did what.
        closed: From when on which roads were closed.
        covered_times: The moments at which coverage is reckoned.
        covered: (moments, stations) whether the first officers could have been there within the standard time.
    """

    strategy: str
    log: DayLog
    times: Floats
    units: tuple[UnitSpec, ...]
    lon: Floats
    lat: Floats
    states: list[list[tuple[float, UnitState]]]
    incidents: dict[str, list[IncidentMoment]]
    stations: list[list[StationMoment]]
    closed: list[tuple[float, frozenset[int]]]
    covered_times: Floats
    covered: NDArray[np.bool_]


def record_day(world: World, strategy: str, replication: int, draws: DayDraws) -> Recording:
    """Play one day and watch it.

    Args:
        world: The prepared scenario.
        strategy: Name of one of its strategies.
        replication: Number of the day.
        draws: The day's shared random numbers.
    """
    with swept_at_end():
        day = Day(world, strategy, replication, draws)
        watch = _Watch(day)
        times = np.arange(world.start, world.end + 1e-9, STEP_MINUTES)
        for moment, time in enumerate(times.tolist()):
            day.until(time)
            watch.look(moment, time)
        log = day.run()
        response = day.potential_response()
        table = sampled(day.fleet, times, watch.under_way)
        lon, lat = points(table, world.region)
        stations = len(world.region.stations)
        minutes = response.minutes[FORCES.index(Force.FIRST), :, :stations]
        return Recording(
            strategy=strategy,
            log=log,
            times=times,
            units=tuple(unit.spec for unit in day.fleet.units),
            lon=lon,
            lat=lat,
            states=_unit_states(day),
            incidents=watch.incidents,
            stations=_station_states(day, log, watch),
            closed=[(when, state.closed) for when, state in day.roads.history],
            covered_times=response.times,
            covered=minutes <= world.scenario.response.standard_minutes,
        )


def recorded(run: Run, world: World, strategy: str, day: int, draws: DayDraws) -> Recording:
    """Play one day of a run again, watch it, and make sure that it is the day that was stored.

    Raises:
        UserError: When its tables are not those that were stored.
    """
    stored = stored_day(run, strategy, day)
    found = record_day(world, strategy, day, draws)
    differing = differing_tables(found.log, stored)
    if differing:
        changed = changed_since(run) or _("the program is the same")
        raise UserError(
            _(
                "day {day} under {strategy} of '{run}' cannot be played again: {tables} come out otherwise than they "
                "were stored ({changed}); nothing is shown that did not happen"
            ).format(day=day, strategy=strategy, run=run.path, tables=", ".join(differing), changed=changed)
        )
    return found


@dataclass
class _Watch:
    """What is seen of a day while it is played."""

    day: Day
    under_way: list[Seen] = field(default_factory=list)
    incidents: dict[str, list[IncidentMoment]] = field(default_factory=dict)
    stations: dict[int, list[StationMoment]] = field(default_factory=dict)
    _told: set[int] = field(default_factory=set)
    _troubled: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Ask to be told of every station to which something happens."""
        self.day.polls.listeners.append(self._told.add)

    def look(self, moment: int, time: float) -> None:
        """Note what can be seen now."""
        fleet = self.day.fleet
        self.under_way += [Seen(u.index, moment, fleet.position(u)) for u in fleet.units if not u.is_idle]
        for identity, incident in self.day.incidents.items():
            if not incident.is_over:
                self._note_incident(identity, incident, time)
        for station in self._told | self._troubled:  # all others keep their hours
            self._note_station(station, time)
        self._told.clear()

    def _note_station(self, station: int, time: float) -> None:
        seen, state = self.stations.setdefault(station, []), self.day.polls.state(station)
        if not seen or seen[-1].state is not state:
            seen.append(StationMoment(time, state))
        (self._troubled.add if state in TROUBLED else self._troubled.discard)(station)

    def _note_incident(self, identity: str, incident: Incident, time: float) -> None:
        seen = self.incidents.setdefault(identity, [])
        lon, lat = _point_of(self.day.world, incident)
        found = IncidentMoment(
            time=time if seen else incident.times.onset,
            severity=incident.severity,
            active=incident.state.active if incident.state is not None else 0,
            officers=incident.scene.officers,
            known=self.day.reported[identity].is_known,
            place=incident.place.code,
            lon=lon,
            lat=lat,
        )
        if not seen or _changed(seen[-1], found):
            seen.append(found)


def _changed(before: IncidentMoment, now: IncidentMoment) -> bool:
    what = ("severity", "active", "officers", "known", "place")
    return any(getattr(before, name) != getattr(now, name) for name in what)


def _point_of(world: World, incident: Incident) -> tuple[float, float]:
    """Return longitude and latitude of where a disturbance is: of a road, its middle."""
    place, region = incident.place, world.region
    stations = place.stations
    if len(stations) == 1 and region.stations.code[stations[0]] == place.code:
        return float(region.stations.lon[stations[0]]), float(region.stations.lat[stations[0]])
    nodes = [region.nodes[node] for node in place.nodes] or [region.nodes[place.node]]
    return sum(n.lon for n in nodes) / len(nodes), sum(n.lat for n in nodes) / len(nodes)


def _unit_states(day: Day) -> list[list[tuple[float, UnitState]]]:
    """Return from when on each unit did what."""
    found: list[list[tuple[float, UnitState]]] = [[] for _ in day.fleet.units]
    for index, state, start, _end, _node in day.fleet.stretches:
        seen = found[index]
        if not seen or seen[-1][1] is not state:
            seen.append((start, state))
    return found


def _station_states(day: Day, log: DayLog, watch: _Watch) -> list[list[StationMoment]]:
    """Return from when on each station did what; while nothing keeps it from that, it keeps its hours."""
    table, start = log.tables["stations"], float(day.world.start)
    hours = zip(table["opened"].tolist(), table["closed"].tolist(), table["counted"].tolist(), strict=True)
    found = []
    for station, (opened, closed, counted) in enumerate(hours):
        usual = [
            StationMoment(start, StationState.UNOPENED),
            StationMoment(opened, StationState.OPEN),
            StationMoment(closed, StationState.CLOSED),
            *([StationMoment(counted, StationState.COUNTED)] if counted == counted else []),
        ]
        found.append(_without_repeats(_merged(usual, watch.stations.get(station, []))))
    return found


def _merged(usual: list[StationMoment], seen: list[StationMoment]) -> list[StationMoment]:
    """Return what a station does from when on: its hours, but for the stretches in which something is the matter."""
    found, begins, keeps = [], -inf, True
    for moment in [*seen, StationMoment(inf, StationState.COUNTED)]:
        if keeps:
            found += [one for one in usual if begins < one.time < moment.time]
        found.append(moment)
        begins, keeps = moment.time, moment.state not in TROUBLED
    return found[:-1]


def _without_repeats(moments: list[StationMoment]) -> list[StationMoment]:
    pairs = zip([None, *moments], moments, strict=False)
    return [now for before, now in pairs if before is None or before.state is not now.state]
