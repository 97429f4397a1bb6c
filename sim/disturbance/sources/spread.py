"""Followers: one disturbance raises the hazard around it for a time (Hawkes process, in its cluster form).

The cluster form is that of Hawkes and Oakes (Journal of Applied Probability 11, 1974): a disturbance has Poisson many
followers with the given mean; each starts an exponential time later at another station, drawn with weight
vulnerability x exp(-road distance / reach), and is thinned by exp(-deterrence x officers there). The weights are
normalised over all other stations, so the mean is the expected number wherever the disturbance is: a remote station
sends its followers farther, not fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from sim import exact
from sim.clock import Process
from sim.counts import poisson
from sim.disturbance.incident import Incident
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.sources.source import Begin, Stations
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.vocabulary import Origin, Severity


@dataclass(frozen=True, eq=False)
class Followers:
    """Followers that were drawn, before thinning; arrays of one length.

    Attributes:
        delay: Minutes after the disturbance.
        place: Index of the station.
        mark: Uniform in [0, 1); the follower happens when it is under :func:`thinning`.
    """

    delay: NDArray[np.float64]
    place: NDArray[np.int64]
    mark: NDArray[np.float64]


def draw_followers(
    mean: float, delay_minutes: float, edges: NDArray[np.float64], rng: np.random.Generator
) -> Followers:
    """Draw the followers of one disturbance; none where no other place has a chance.

    Args:
        mean: Expected number.
        delay_minutes: Mean delay.
        edges: Chances of the stations to be a follower's place, summed up, shape (stations).
        rng: The disturbance's own stream.
    """
    count = poisson(mean, rng) if edges[-1] > 0 else 0
    place = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    delay = -delay_minutes * exact.logs(1.0 - rng.random(count))
    return Followers(delay, place.astype(np.int64), rng.random(count))


def thinning(deterrence: float, officers: float) -> float:
    """Return the chance that a follower happens where this many officers stand."""
    return exact.exp(-deterrence * officers)


def follow(
    env: simpy.Environment,
    plan: DisturbancePlan,
    incident: Incident,
    streams: Streams,
    at: Stations,
    begin: Begin,
) -> None:
    """Draw the followers that an incident's new severity brings, and let each start at its time.

    A share of the expected followers comes with yellow, the rest with red. A follower does not happen where the
    officers who stand there keep it down, or where nobody is any more.

    Args:
        env: The clock.
        plan: The plan.
        incident: An incident that has just reached its first severity, or one worse than ever before.
        streams: The day's random streams.
        at: The stations of the day.
        begin: Starts an incident.
    """
    followers = _followers(plan, incident, streams, env.now)
    if followers:
        env.process(_start(env, plan, followers, at, begin))


def _followers(
    plan: DisturbancePlan, incident: Incident, streams: Streams, now: float
) -> list[tuple[float, float, Start]]:
    """Return the followers that this severity adds: time, mark, start; in order of time."""
    severity, start = incident.severity, incident.start
    share = {Severity.GREEN: 0.0, Severity.YELLOW: plan.spread.yellow_share, Severity.RED: 1.0}[severity]
    mean = start.followers * (share - incident.followers_drawn)
    if mean <= 0 or not incident.kind.spreads:
        return []
    incident.followers_drawn = share
    name = f"incident/{start.identity}/followers/{int(severity)}"
    drawn = streams.once(name, _drawn, _Parent(plan, start, severity, mean))
    return sorted([(now + delay, mark, follower) for delay, mark, follower in drawn], key=lambda one: one[0])


class _Parent(NamedTuple):
    """What the followers of a disturbance are drawn by: all who play it at one place draw the same.

    Attributes:
        plan: The plan.
        start: How it started.
        severity: The severity that brings them.
        mean: How many are expected.
    """

    plan: DisturbancePlan
    start: Start
    severity: Severity
    mean: float


def _drawn(parent: _Parent, rng: np.random.Generator) -> list[tuple[float, float, Start]]:
    """Return followers before thinning: the minutes after the severity, the mark, and how each would start."""
    plan, start = parent.plan, parent.start
    drawn = draw_followers(parent.mean, plan.spread.delay_minutes, plan.follower_edges(start.place), rng)
    letters, kind, more = f"{start.identity}.{int(parent.severity)}", start.kind_name, plan.spread.followers
    starts = [
        Start(f"{letters}{k}", kind, Origin.FOLLOWER, plan.stations[station], None, more)
        for k, station in enumerate(drawn.place.tolist())
    ]
    return list(zip(drawn.delay.tolist(), drawn.mark.tolist(), starts, strict=True))


def _start(
    env: simpy.Environment,
    plan: DisturbancePlan,
    followers: list[tuple[float, float, Start]],
    at: Stations,
    begin: Begin,
) -> Process[None]:
    """Process: each follower at its time, unless somebody keeps it down."""
    for time, mark, start in followers:
        yield env.timeout(max(0.0, time - env.now))
        (station,) = start.place.stations
        # who is there costs more to find out
        if mark < thinning(plan.background.deterrence_per_officer, at.strength(station)) and at.crowd(station):
            begin(start)
