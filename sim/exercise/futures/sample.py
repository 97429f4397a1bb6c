"""One future under one course, in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from sim.disturbance.incident import Incident
from sim.exercise.futures.measure import FORCES, NEVER, NOT_ASKED, Measure
from sim.vocabulary import Capability
from sim.voting.touched import Touched

Sample = dict[Measure, float]
"""A value for every measure. Times are minutes, negative where the thing had happened before now."""


@dataclass(frozen=True)
class Hurt:
    """People who have been hurt so far.

    Attributes:
        people: People who are no officers.
        officers: Officers.
    """

    people: int
    officers: int


def hurt(incidents: Iterable[Incident]) -> Hurt:
    """Return who has been hurt by some disturbances so far."""
    people = officers = 0
    for incident in incidents:
        state = incident.state
        people += incident.also_injured + (0 if state is None else state.injured)
        officers += 0 if state is None else state.officers_hurt
    return Hurt(people, officers)


def costs_of(stations: Touched, after: Hurt, before: Hurt) -> Sample:
    """Return what is counted in the whole region.

    Args:
        stations: What becomes of the stations that something has happened to.
        after: Who has been hurt so far.
        before: Who had been hurt before now.
    """
    return {
        Measure.VOTES_LOST: float((stations.calm_voted - stations.voted).sum()),
        Measure.PEOPLE_HURT: float(after.people - before.people),
        Measure.OFFICERS_HURT: float(after.officers - before.officers),
        Measure.STATIONS_EVACUATED: float((stations.evacuations > 0).sum()),
        Measure.STATIONS_ABANDONED: float(stations.abandoned.sum()),
    }


def times_of(incidents: Sequence[Incident], now: float, *, of_one: bool) -> Sample:
    """Return how disturbances went on.

    Args:
        incidents: The one that the question is about, none where it did not come; or all of them.
        now: The moment, minutes after midnight.
        of_one: Whether it is about one: its times are minutes from now. Else those count that begin from now on: each
            time is that of the middle one of them, the earlier of two, where one that never happened comes last.
    """
    if of_one:
        return _of_one(incidents[0] if incidents else None, now)
    return _of_all([incident for incident in incidents if incident.times.onset >= now])


def _of_one(incident: Incident | None, now: float) -> Sample:
    """Return the measures of one disturbance, in minutes from now; None: it does not come in this future."""
    times = (Measure.FIRST_OFFICERS, Measure.REINFORCEMENT, Measure.OVER, *FORCES.values())
    if incident is None:
        return dict.fromkeys((*times, Measure.PEAK_CROWD), NOT_ASKED)
    return _from(incident, dict.fromkeys(times, now))


def _of_all(incidents: Iterable[Incident]) -> Sample:
    """Return the middle of the times of some disturbances, and the largest crowd of any."""
    each = [_from(incident, _starts(incident)) for incident in incidents]
    found = {
        measure: _middle([one[measure] for one in each if one[measure] != NOT_ASKED])
        for measure in (Measure.FIRST_OFFICERS, Measure.REINFORCEMENT, Measure.OVER, *FORCES.values())
    }
    return found | {Measure.PEAK_CROWD: max((one[Measure.PEAK_CROWD] for one in each), default=NOT_ASKED)}


def _starts(incident: Incident) -> dict[Measure, float]:
    """Return since when each time of a disturbance runs: its onset, and for a force when it was asked for."""
    reached = {FORCES[severity]: force.reached for severity, force in incident.forces.items()}
    onset = incident.times.onset
    return {
        Measure.FIRST_OFFICERS: onset,
        Measure.REINFORCEMENT: onset,
        Measure.OVER: onset,
        **dict.fromkeys(FORCES.values(), onset),
        **reached,
    }


def _from(incident: Incident, since: Mapping[Measure, float]) -> Sample:
    """Return the measures of one disturbance, its times since these moments."""
    times, asks = incident.times, incident.asks_for(Capability.PRESENCE)
    found = {
        Measure.FIRST_OFFICERS: _since(since[Measure.FIRST_OFFICERS], times.first_on_scene, asks),
        Measure.REINFORCEMENT: _since(since[Measure.REINFORCEMENT], times.first_reinforcement, asks),
        Measure.OVER: _since(since[Measure.OVER], times.ended, asked=True),
        Measure.PEAK_CROWD: NOT_ASKED if incident.state is None else float(incident.peak_active),
    }
    for severity, measure in FORCES.items():
        force = incident.forces.get(severity)
        found[measure] = NOT_ASKED if force is None else _since(since[measure], force.complete, asked=True)
    return found


def _since(moment: float, time: float, asked: bool) -> float:
    """Return the minutes from a moment to a time, NaN where it never came."""
    if isnan(time):
        return NEVER if asked else NOT_ASKED
    return float(time - moment)


def _middle(values: list[float]) -> float:
    """Return the middle of some values, the smaller of two; nothing was asked for where there are none."""
    return sorted(values)[(len(values) - 1) // 2] if values else NOT_ASKED
