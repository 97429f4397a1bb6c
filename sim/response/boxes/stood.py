"""When the pairs of posts stood at stations and waited for orders: whose boxes had not left were not alone then."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from sim.region.position import Standing
from sim.region.round import Round
from sim.response.boxes.group import Interval
from sim.response.fleet import Fleet, Idle, Unit


class Stood:
    """Looks up where the pairs of posts were while they waited for orders.

    Args:
        fleet: The units.
    """

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self._idle: dict[int, list[Idle]] = {}
        self._indexed = 0

    def guards_at(self, station: int, time: float) -> int:
        """Return the officers of the post who stood at a station at a time."""
        guard = self.fleet.guard_of(station)
        if guard is None:
            return 0
        idle = (_stands(stretch, station, time, time + 1.0) for stretch in self._idle_of(guard))
        return guard.officers if any(begin <= time < end for stands in idle for begin, end in stands) else 0

    def between(self, begins: Sequence[float], ends: Sequence[float]) -> dict[int, list[Interval]]:
        """Return when the pair of each station's post stood there and waited for orders, between two times of each."""
        found: dict[int, list[Interval]] = {}
        for post in self.fleet.plan.deployment.posts:
            stations = [station for station in post.stations if begins[station] < ends[station]]
            idle = self._idle_of(self.fleet.units[post.unit]) if stations else []
            for station in stations:
                begin, end = begins[station], ends[station]
                of_station = [stretch for stretch in idle if stretch.start < end and stretch.end > begin]
                if stands := [stood for stretch in of_station for stood in _stands(stretch, station, begin, end)]:
                    found[station] = stands
        return found

    def _idle_of(self, unit: Unit) -> list[Idle]:
        """Return the times in which a unit waited for orders."""
        stretches = self.fleet.idle_stretches
        for stretch in stretches[self._indexed :]:
            self._idle.setdefault(stretch.unit, []).append(stretch)
        self._indexed = len(stretches)
        before = self._idle.get(unit.index, [])
        return [*before, Idle(unit.index, unit.since, inf, unit.motion)] if unit.is_idle else before


def _stands(stretch: Idle, station: int, begin: float, end: float) -> list[Interval]:
    """Return when a pair that waits for orders stands at a station, between two times."""
    first, last, motion = max(begin, stretch.start), min(end, stretch.end), stretch.motion
    if first < last and isinstance(motion, Round):
        return motion.stands_at(station, first, last)
    if first < last and isinstance(motion, Standing) and motion.position.station == station:
        return [(first, last)]
    return []
