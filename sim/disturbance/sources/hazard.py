"""Disturbances that start by themselves: candidates drawn beforehand, thinned by what the station is like.

The hazard of a station is rate x vulnerability weight x (1 while voting, ``counting_factor`` after) x crowding factor x
exp(-deterrence x officers). That of its ballot boxes, when all have gone and until they are handed over, is rate x
vulnerability weight x ``boxes_factor`` x exp(-deterrence x officers with them), wherever they are. Candidates come from
a Poisson process that dominates both and carry a uniform mark, so that no strategy changes them. A candidate happens
when its mark is under the ratio of the hazard to the dominating rate (thinning: Lewis and Shedler, Naval Research
Logistics Quarterly 26, 1979).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from math import inf
from typing import NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from sim import exact
from sim.clock import later
from sim.config.disturbance import Background
from sim.counts import poisson
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.sources.moments import weighted
from sim.disturbance.sources.source import Begin, Stations
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.vocabulary import Origin

MULTITUDE = 1_000_000_000
"""So many people that crowding is at its most."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """The candidates of one day in order of time.

    Attributes:
        time: Minutes after midnight.
        station: Index of the station.
        mark: Uniform in [0, 1); the candidate happens when it is under :func:`acceptance`.
        kind: Name of the kind it would be at a station; None: of none.
        kind_at_boxes: The same at its ballot boxes.
    """

    time: NDArray[np.float64]
    station: NDArray[np.int64]
    mark: NDArray[np.float64]
    kind: tuple[str | None, ...]
    kind_at_boxes: tuple[str | None, ...]

    def until(self, time: float, later: Candidates) -> Candidates:
        """Return these candidates before a time and the later ones from it on: a Poisson process may be cut so."""
        mine, others = int(np.searchsorted(self.time, time)), int(np.searchsorted(later.time, time))
        return Candidates(
            np.concatenate([self.time[:mine], later.time[others:]]),
            np.concatenate([self.station[:mine], later.station[others:]]),
            np.concatenate([self.mark[:mine], later.mark[others:]]),
            self.kind[:mine] + later.kind[others:],
            self.kind_at_boxes[:mine] + later.kind_at_boxes[others:],
        )


def dominating_rate(plan: DisturbancePlan) -> NDArray[np.float64]:
    """Return the candidates an hour of each station."""
    return plan.background.rate_per_station_hour * plan.weight * plan.background.dominating_factor


def draw_candidates(plan: DisturbancePlan, streams: Streams) -> Candidates:
    """Draw the candidates of one day for all stations at once, from opening to the end of the day.

    There are none where the rate is zero, or no kind can start by itself. On a day that is forked they are
    those of the day itself up to the fork, and those of the branch from it on.

    Args:
        plan: The plan.
        streams: The day's random streams.
    """
    drawn = _draw(plan, Streams(streams.seed, streams.replication))
    if not streams.branch:
        return drawn
    branch = Streams(streams.seed, streams.replication, streams.branch, fork=-inf)
    return drawn.until(streams.fork, _draw(plan, branch))


def _draw(plan: DisturbancePlan, streams: Streams) -> Candidates:
    kinds = plan.kinds.values()
    at_station = np.array([kind.background_weight for kind in kinds], dtype=np.float64)
    at_boxes = np.array([kind.boxes_weight for kind in kinds], dtype=np.float64) * (plan.background.boxes_factor > 0)
    rate = dominating_rate(plan)
    expected = float(rate.sum()) * (plan.end - plan.open) / 60.0
    rng = streams.generator("onset")
    count = poisson(expected, rng) if at_station.any() or at_boxes.any() else 0
    time = np.sort(rng.uniform(plan.open, plan.end, count))
    station = weighted(rate, rng.random(count))
    mark = rng.random(count)
    kind = _kinds(plan, at_station, rng.random(count))
    kind_at_boxes = _kinds(plan, at_boxes, streams.generator("onset/boxes").random(count))
    return Candidates(time, station, mark, kind, kind_at_boxes)


def _kinds(plan: DisturbancePlan, weight: NDArray[np.float64], mark: NDArray[np.float64]) -> tuple[str | None, ...]:
    """Return the kind that each uniform mark falls on by the kinds' weights; None where all are zero."""
    names = list(plan.kinds)
    return tuple(names[k] for k in weighted(weight, mark).tolist()) if weight.any() else (None,) * len(mark)


class Possible(NamedTuple):
    """A candidate of which something may come, whoever is there then.

    Attributes:
        number: Its place among the candidates of the day.
        time: Minutes after midnight.
        station: Index of the station.
        mark: As in :class:`Candidates`.
        kind: What it would be at the station; None where it cannot be anything there.
        kind_at_boxes: The same at its ballot boxes.
    """

    number: int
    time: float
    station: int
    mark: float
    kind: str | None
    kind_at_boxes: str | None


def possible(plan: DisturbancePlan, candidates: Candidates) -> list[Possible]:
    """Return the candidates that something may come of, whoever is there then: most others are over at once.

    Args:
        plan: The plan.
        candidates: Those of the day.
    """
    hazard = plan.background
    voting, counting = (acceptance(hazard, counting=c, crowd=MULTITUDE, officers=0.0) for c in (False, True))
    at_boxes, found = acceptance_at_boxes(hazard, officers=0.0), []
    columns = candidates.time.tolist(), candidates.station.tolist(), candidates.mark.tolist()
    rows = zip(*columns, candidates.kind, candidates.kind_at_boxes, strict=True)
    for i, (time, station, mark, kind, kind_at_boxes) in enumerate(rows):
        there = kind if mark < (counting if time >= plan.close else voting) else None
        with_them = kind_at_boxes if mark < at_boxes else None
        if there or with_them:
            found.append(Possible(i, time, station, mark, there, with_them))
    return found


def background(
    env: simpy.Environment, plan: DisturbancePlan, candidates: Iterable[Possible], at: Stations, begin: Begin
) -> None:
    """Let disturbances start by themselves, thinned by what their station is like at that moment.

    Args:
        env: The clock, not later than the first candidate.
        plan: The plan.
        candidates: The possible ones of the day.
        at: The stations of the day.
        begin: Starts an incident.
    """

    def happen(candidate: Possible, _: simpy.Event) -> None:
        start = _at_station(env, plan, candidate, at) if candidate.kind else None
        if start is None and candidate.kind_at_boxes:
            start = _at_boxes(plan, candidate, at)
        if start is not None:
            begin(start)

    for candidate in candidates:
        later(env, candidate.time, partial(happen, candidate))


def _at_station(env: simpy.Environment, plan: DisturbancePlan, candidate: Possible, at: Stations) -> Start | None:
    """Return what a candidate of a kind there starts at its station now, where people are; None for nothing.

    What costs least is asked first. After closing that is who is there, which is nobody at most stations for most of
    the time; before it, finding that out costs more than all the rest.
    """
    number, _, station, mark, kind, _ = candidate
    assert kind is not None
    counting, hazard = env.now >= plan.close, plan.background
    crowd = MULTITUDE
    if counting:
        crowd = at.crowd(station)
        if not crowd or mark >= acceptance(hazard, counting=True, crowd=crowd, officers=0.0):
            return None
    officers = at.strength(station)
    if mark >= acceptance(hazard, counting=counting, crowd=crowd, officers=officers):
        return None
    if not counting and mark >= acceptance(hazard, counting=False, crowd=at.crowd(station), officers=officers):
        return None
    return Start(f"b{number}", kind, Origin.BACKGROUND, plan.stations[station], None, plan.spread.followers)


def _at_boxes(plan: DisturbancePlan, candidate: Possible, at: Stations) -> Start | None:
    """Return what a candidate of a kind there starts at the boxes of its station now; None for nothing.

    It brings no followers.
    """
    number, _, station, mark, _, kind = candidate
    assert kind is not None
    boxes = at.boxes(station)
    if boxes is None or at.crowd(station) or mark >= acceptance_at_boxes(plan.background, officers=boxes.officers):
        return None
    return Start(f"b{number}", kind, Origin.BACKGROUND, boxes.place, None, 0.0, boxes_of=station)


def acceptance(background: Background, *, counting: bool, crowd: int, officers: float) -> float:
    """Return the chance that a candidate becomes a disturbance: the hazard over the dominating rate, 0 to 1.

    Args:
        background: The hazard's numbers.
        counting: Whether voting has closed.
        crowd: People at the station; where there is nobody, nothing starts.
        officers: Strength standing there.
    """
    if crowd == 0:
        return 0.0
    crowding = crowding_factor(background, crowd)
    phase = background.counting_factor if counting else 1.0
    return phase * crowding * _deterrence(background.deterrence_per_officer * officers) / background.dominating_factor


def crowding_factor(background: Background, crowd: int) -> float:
    """Return how many times more likely a disturbance is where so many people are."""
    return min(background.crowding_most, 1.0 + background.crowding_per_100 * crowd / 100.0)


def acceptance_at_boxes(background: Background, *, officers: float) -> float:
    """Return the chance that a candidate becomes a disturbance at ballot boxes, 0 to 1.

    Args:
        background: The hazard's numbers.
        officers: Strength that is with them.
    """
    deterrence = _deterrence(background.deterrence_per_officer * officers)
    return background.boxes_factor * deterrence / background.dominating_factor


@lru_cache(maxsize=1024)
def _deterrence(by: float) -> float:
    """Return what is left of a hazard beside officers: few strengths stand at stations, and all are asked of often."""
    return exact.exp(-by)
