"""What has happened on a day so far, in one shape: from a day that is being played, or from a finished day's log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import inf, isnan
from typing import Any

import numpy as np

from sim.day.day import Day
from sim.day.world import World
from sim.log import Columns, DayLog, ForceRow, IncidentRow
from sim.minutes import ROUNDING
from sim.vocabulary import StationState
from sim.voting.conditions import Conditions, at_station
from sim.voting.life import Emptied, Happening, Imposed, PutOff, hours_of, life_of
from sim.voting.trouble import Troubles, calm_conditions


class What(StrEnum):
    """What happened; the words in which a key of an event ends."""

    ONSET = "onset"
    REPORTED = "reported"
    FIRST_ON_SCENE = "first_on_scene"
    YELLOW = "yellow"
    RED = "red"
    FORCE_COMPLETE = "force_complete"
    ENDED = "ended"
    LATE = "late"
    OPENED = "opened"
    """A station that was late has opened."""
    UNSUPPLIED = "unsupplied"
    STOPPED = "stopped"
    SHUT = "shut"
    EVACUATED = "evacuated"
    ABANDONED = "abandoned"
    RESUMED = "resumed"
    CLOSED = "closed"
    OPEN = "open"
    SLOW = "slow"
    FREE = "free"
    OPENING = "opening"
    CLOSING = "closing"
    COUNTING = "counting"
    BOXES_HOME = "boxes_home"


@dataclass(frozen=True)
class StationMoment:
    """Something that happened to a station: its index, what, when (minutes after midnight), and by whose doing."""

    station: int
    what: What
    time: float
    by: str = ""
    """Who or what stopped it: the identity of a disturbance, or another cause; empty: not known."""


@dataclass(frozen=True)
class RoadMoment:
    """Something that happened to a road: its index, what, and when (minutes after midnight); its speed as a share."""

    road: int
    what: What
    time: float
    factor: float = 1.0


@dataclass(frozen=True)
class Seen:
    """What has happened on a day up to a moment.

    Attributes:
        now: The moment, minutes after midnight.
        incidents: The disturbances that have begun, as they stand.
        forces: What each of them asked for at each severity, by identity.
        stations: What happened to stations.
        roads: What happened to roads.
        boxes_home: When the last ballot boxes were handed over; infinite while some are not.
    """

    now: float
    incidents: tuple[IncidentRow, ...]
    forces: Mapping[str, tuple[ForceRow, ...]]
    stations: tuple[StationMoment, ...]
    roads: tuple[RoadMoment, ...]
    boxes_home: float


def seen_of(day: Day, troubles: Troubles) -> Seen:
    """Return what has happened on a day that is being played, up to its present moment; looking changes nothing.

    Args:
        day: The day.
        troubles: Its ordinary troubles: those of the draws that it was made with.
    """
    home = np.array(day.escort.boxes_home)
    return Seen(
        now=float(day.env.now),
        incidents=tuple(incident.row() for incident in day.incidents.values()),
        forces={name: tuple(incident.force_rows()) for name, incident in day.incidents.items()},
        stations=tuple(sorted(_stations(day, troubles), key=lambda m: (m.time, m.station))),
        roads=tuple(_roads(day)),
        boxes_home=inf if np.isnan(home).any() else float(home.max()),
    )


def seen_in(log: DayLog, world: World) -> Seen:
    """Return what a finished day's log tells: all but when stations stood still and ran out of ballots.

    Args:
        log: The log of one day under one strategy.
        world: The prepared scenario.
    """
    table, left = log.tables["stations"], log.tables["evacuations"]
    late = [(s, t) for s, t in enumerate(table["opened"].tolist()) if t > world.scenario.voting.open + ROUNDING]
    emptied = [
        StationMoment(int(station), What.EVACUATED, float(time))
        for station, time in zip(left["station"].tolist(), left["ordered"].tolist(), strict=True)
        if station >= 0 and not isnan(time)
    ]
    forces: dict[str, list[ForceRow]] = {}
    for force in _rows(log.tables["forces"], ForceRow):
        forces.setdefault(force.incident, []).append(force)
    home = table["boxes_home"]
    stations = [*_lateness(world.scenario.voting.open, late), *emptied]
    return Seen(
        now=world.end,
        incidents=tuple(_rows(log.tables["incidents"], IncidentRow)),
        forces={name: tuple(found) for name, found in forces.items()},
        stations=tuple(sorted(stations, key=lambda m: (m.time, m.station))),
        roads=tuple(_scripted_roads(world)),
        boxes_home=inf if np.isnan(home).any() else float(home.max()),
    )


def _rows(columns: Columns, made: Any) -> Iterator[Any]:
    """Give the rows of a table, with plain numbers."""
    for values in zip(*(columns[name].tolist() for name in made._fields), strict=True):
        yield made(*values)


def _lateness(hour: float, late: Iterable[tuple[int, float]]) -> Iterator[StationMoment]:
    for station, opens in late:
        yield StationMoment(station, What.LATE, hour)
        yield StationMoment(station, What.OPENED, opens)


def _stations(day: Day, troubles: Troubles) -> Iterator[StationMoment]:
    now, voting = float(day.env.now), day.world.scenario.voting
    late = [(s, t) for s, t in enumerate(troubles.opens_at.tolist()) if t > voting.open]
    yield from (moment for moment in _lateness(voting.open, late) if moment.time <= now)
    registered = day.world.region.stations.registered
    for station in np.flatnonzero(troubles.ballots < registered).tolist():
        yield from _ran_out(day, station, int(troubles.ballots[station]))
    flat = calm_conditions(voting, np.zeros(len(registered)), troubles)
    for station in range(len(registered)):
        history = day.polls.history(station)
        if any(isinstance(one, Emptied | PutOff) or (isinstance(one, Imposed) and one.cause.stops) for one in history):
            yield from _turns(day, station, history, at_station(flat, station))


def _ran_out(day: Day, station: int, ballots: int) -> Iterator[StationMoment]:
    """Give when somebody has taken the last ballot of a station."""
    start = day.polls.follow(station).start[0]
    taken = np.sort(start[~np.isnan(start) & (start <= day.env.now)])
    if 0 < ballots <= len(taken):
        yield StationMoment(station, What.UNSUPPLIED, float(taken[ballots - 1]))


_TURNED = {
    StationState.STOPPED: What.STOPPED,
    StationState.SHUT: What.SHUT,
    StationState.EVACUATED: What.EVACUATED,
    StationState.ABANDONED: What.ABANDONED,
}
_WORKS = frozenset({StationState.OPEN, StationState.CLOSED})


def _turns(day: Day, station: int, history: tuple[Happening, ...], fresh: Conditions) -> Iterator[StationMoment]:
    """Give the moments at which a station came into another state, from its history."""
    hours, now = hours_of(day.world.scenario.voting), float(day.env.now)
    times = {one.time for one in history} | {hours.last_closing}
    lives = {time: life_of(history, hours, fresh, time) for time in times if time <= now}
    again = {life.serves_at for life in lives.values() if life.serves_at is not None and life.serves_at <= now}
    lives |= {time: life_of(history, hours, fresh, time) for time in again}
    states = [(time, lives[time].state(time)) for time in sorted(lives)]
    stood = False
    for (_, before), (time, state) in pairwise([(-inf, StationState.UNOPENED), *states]):
        if state is not before and state in _TURNED:
            yield StationMoment(station, _TURNED[state], time, _stopped_by(history, time))
            stood = state is not StationState.ABANDONED
        elif stood and state in _WORKS:
            yield StationMoment(station, What.RESUMED, time)
            stood = False


def _stopped_by(history: tuple[Happening, ...], time: float) -> str:
    """Return what stopped a station last, up to a moment."""
    found = [one.by for one in history if isinstance(one, Imposed) and one.cause.stops and one.time <= time]
    return found[-1] if found else ""


def _roads(day: Day) -> Iterator[RoadMoment]:
    for (_, before), (time, now) in pairwise(day.roads.history):
        for road in sorted(now.closed - before.closed):
            yield RoadMoment(road, What.CLOSED, time)
        for road in sorted(before.closed - now.closed):
            yield RoadMoment(road, What.OPEN, time)
        slow, was = dict(now.slowed), dict(before.slowed)
        for road, factor in slow.items():
            if was.get(road) != factor:
                yield RoadMoment(road, What.SLOW, time, factor)
        for road in was:
            if road not in slow:
                yield RoadMoment(road, What.FREE, time)


def _scripted_roads(world: World) -> Iterator[RoadMoment]:
    found = []
    for one in world.closures:
        found += [RoadMoment(one.road, What.CLOSED, one.closed), RoadMoment(one.road, What.OPEN, one.reopened)]
    for slow in world.slow_stretches:
        found += [
            RoadMoment(slow.road, What.SLOW, slow.begins, slow.factor),
            RoadMoment(slow.road, What.FREE, slow.ends),
        ]
    yield from sorted((one for one in found if one.time < inf), key=lambda one: (one.time, one.road))
