"""What starts by itself before opening, in anger at a late opening, at offices, on roads and in villages.

Each of these grounds has a Poisson process that dominates its hazard, drawn from a stream of its own, so that none
changes what another draws. A moment becomes a disturbance when its mark is under the ratio of the hazard to the
dominating rate (thinning: Lewis and Shedler, Naval Research Logistics Quarterly 26, 1979).

* ``waiting``: from the first arrivals to the hour of opening, where people are at the door: rate x vulnerability
  weight x ``waiting_factor`` x crowding factor x exp(-deterrence x officers).
* ``late``: what the unrest of a late opening adds to the hazard of the station. The hazard is multiplied by
  1 + ``late_unrest_per_100`` x line / 100, so the part that is added is the hazard times the second term. Two
  independent Poisson processes together are one with the sum of their rates: what the hazard itself brings stays.
* ``offices``: rate x (1 until the close of voting, ``office_counting_factor`` after) x exp(-deterrence x officers).
* ``roads`` and ``villages``: the rate alone. A kind that is a natural hazard (``prone_to``) starts at places that are
  prone to it, as often in all as if it started at any.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from math import inf
from typing import NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from sim import exact
from sim.clock import later
from sim.config.disturbance import Background
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.sources.hazard import MULTITUDE, crowding_factor
from sim.disturbance.sources.moments import Moments, draw_moments
from sim.disturbance.sources.source import Begin, Stations
from sim.disturbance.start import Start
from sim.region.place import Place
from sim.streams import Streams
from sim.vocabulary import Origin, PlaceKind


class Ground(StrEnum):
    """Where, or on what occasion, something starts by itself; the names of the streams end in these words."""

    WAITING = "waiting"
    LATE = "late"
    OFFICES = "offices"
    ROADS = "roads"
    VILLAGES = "villages"

    @property
    def weight(self) -> str:
        """The setting of a kind that says how often it is the one that starts."""
        return _WEIGHTS.get(self, "background_weight")

    @property
    def letters(self) -> str:
        """What the identities of its disturbances begin with."""
        return f"b{self.value[0]}"


_WEIGHTS = {Ground.OFFICES: "office_weight", Ground.ROADS: "road_weight", Ground.VILLAGES: "area_weight"}
_PRONE = {Ground.ROADS: PlaceKind.ROAD, Ground.VILLAGES: PlaceKind.AREA}
"""Grounds whose places may be prone to a hazard."""


class Dominating(NamedTuple):
    """A Poisson process that is never below a ground's hazard.

    Attributes:
        rate: Moments an hour at each place.
        begin: From when on, minutes after midnight.
        end: Until when.
    """

    rate: NDArray[np.float64]
    begin: float
    end: float


def dominating(plan: DisturbancePlan, ground: Ground, opens_late: NDArray[np.bool_]) -> Dominating:
    """Return the process from which the moments of a ground are drawn.

    Args:
        plan: The plan.
        ground: The ground.
        opens_late: Which stations open late that day.
    """
    hazard = plan.background
    station = hazard.rate_per_station_hour * plan.weight
    match ground:
        case Ground.WAITING:
            return Dominating(station * hazard.waiting_factor * _most_crowding(hazard), plan.waiting_from, plan.open)
        case Ground.LATE:
            added = (hazard.late_unrest_most - 1.0) * (hazard.late_unrest_per_100 > 0) * _most_at_station(hazard)
            return Dominating(station * added * opens_late, plan.open, plan.end)
        case Ground.OFFICES:
            rate, n = hazard.rate_per_office_hour * _most_at_office(hazard), len(plan.offices)
        case Ground.ROADS:
            rate, n = hazard.rate_per_road_hour, len(plan.roads)
        case Ground.VILLAGES:
            rate, n = hazard.rate_per_village_hour, len(plan.villages)
    return Dominating(np.full(n, rate), plan.open, plan.end)


def _most_crowding(hazard: Background) -> float:
    return max(1.0, hazard.crowding_most)


def _most_at_station(hazard: Background) -> float:
    return max(1.0, hazard.counting_factor) * _most_crowding(hazard)


def _most_at_office(hazard: Background) -> float:
    return max(1.0, hazard.office_counting_factor)


def draw_elsewhere(plan: DisturbancePlan, opens_late: NDArray[np.bool_], streams: Streams) -> dict[Ground, Moments]:
    """Draw the moments of one day, by their ground; none for one whose rate is zero or that no kind starts at.

    On a day that is forked they are those of the day itself up to the fork, and those of the branch from it on.

    Args:
        plan: The plan.
        opens_late: Which stations open late that day.
        streams: The day's random streams.
    """
    day = _draw(plan, opens_late, Streams(streams.seed, streams.replication))
    if not streams.branch:
        return day
    branch = Streams(streams.seed, streams.replication, streams.branch, fork=-inf)
    return {ground: day[ground].until(streams.fork, later) for ground, later in _draw(plan, opens_late, branch).items()}


def _draw(plan: DisturbancePlan, opens_late: NDArray[np.bool_], streams: Streams) -> dict[Ground, Moments]:
    found = {}
    for ground in Ground:
        weights = {name: getattr(kind, ground.weight) for name, kind in plan.kinds.items()}
        rate, begin, end = dominating(plan, ground, opens_late)
        if rate.any() and begin < end and any(weights.values()):
            only = plan.prone.get(_PRONE[ground], {}) if ground in _PRONE else {}
            found[ground] = draw_moments(rate, begin, end, weights, streams.generator(f"onset/{ground}"), only)
    return found


def elsewhere(
    env: simpy.Environment, plan: DisturbancePlan, ground: Ground, moments: Moments, at: Stations, begin: Begin
) -> None:
    """Let disturbances start by themselves on one ground, thinned by what it is like at that moment.

    Args:
        env: The clock, not later than the first of them.
        plan: The plan.
        ground: The ground.
        moments: Its moments of the day.
        at: The stations of the day, and who stands at offices.
        begin: Starts an incident.
    """

    def happen(i: int, index: int, _: simpy.Event) -> None:
        if _happens(plan, ground, index, moments.mark.item(i), at, counting=env.now >= plan.close):
            place = _place(plan, ground, index)
            begin(Start(f"{ground.letters}{i}", moments.kind[i], Origin.BACKGROUND, place, None, plan.spread.followers))

    for i, (time, index) in enumerate(zip(moments.time.tolist(), moments.place.tolist(), strict=True)):
        later(env, time, partial(happen, i, index))


def _place(plan: DisturbancePlan, ground: Ground, index: int) -> Place:
    match ground:
        case Ground.OFFICES:
            return plan.offices[index]
        case Ground.ROADS:
            return plan.roads[index]
        case Ground.VILLAGES:
            return plan.villages[index]
        case Ground.WAITING | Ground.LATE:
            return plan.stations[index]


def _happens(plan: DisturbancePlan, ground: Ground, index: int, mark: float, at: Stations, *, counting: bool) -> bool:
    """Return whether a moment becomes a disturbance, as things are now.

    What costs least is asked first: at a station who is there to be asked for last, as it is played for that.
    """
    hazard = plan.background
    match ground:
        case Ground.WAITING:
            waiting = partial(acceptance_waiting, hazard, officers=at.strength(index))
            return mark < waiting(crowd=MULTITUDE) and mark < waiting(crowd=at.crowd(index))
        case Ground.LATE:
            late = partial(acceptance_late, hazard, counting=counting, officers=at.strength(index))
            if mark >= late(line=MULTITUDE, crowd=MULTITUDE):
                return False
            line = at.late_line(index)
            return mark < late(line=line, crowd=at.crowd(index) if line else 0)
        case Ground.OFFICES:
            officers = at.guards(plan.offices[index].code)
            return mark < acceptance_at_office(hazard, counting=counting, officers=officers)
        case Ground.ROADS | Ground.VILLAGES:
            return True


def acceptance_waiting(hazard: Background, *, crowd: int, officers: float) -> float:
    """Return the chance that a moment before opening becomes a disturbance, 0 to 1.

    Args:
        hazard: The hazard's numbers.
        crowd: People at the door; where there is nobody, nothing starts.
        officers: Strength standing there.
    """
    if crowd == 0:
        return 0.0
    deterrence = exact.exp(-hazard.deterrence_per_officer * officers)
    return crowding_factor(hazard, crowd) * deterrence / _most_crowding(hazard)


def acceptance_late(hazard: Background, *, counting: bool, line: int, crowd: int, officers: float) -> float:
    """Return the chance that a moment at a station that opened late becomes a disturbance, 0 to 1.

    Args:
        hazard: The hazard's numbers.
        counting: Whether voting has closed.
        line: People in a line that has stood since the hour of opening; 0: it has been gone.
        crowd: People at the station.
        officers: Strength standing there.
    """
    most = hazard.late_unrest_most - 1.0
    if line == 0 or crowd == 0 or most <= 0.0:
        return 0.0
    added = min(most, hazard.late_unrest_per_100 * line / 100.0) / most
    phase = hazard.counting_factor if counting else 1.0
    deterrence = exact.exp(-hazard.deterrence_per_officer * officers)
    return added * phase * crowding_factor(hazard, crowd) * deterrence / _most_at_station(hazard)


def acceptance_at_office(hazard: Background, *, counting: bool, officers: float) -> float:
    """Return the chance that a moment becomes a disturbance at an office, 0 to 1.

    Args:
        hazard: The hazard's numbers.
        counting: Whether voting has closed.
        officers: Officers who stand there.
    """
    phase = hazard.office_counting_factor if counting else 1.0
    return phase * exact.exp(-hazard.deterrence_per_officer * officers) / _most_at_office(hazard)
