"""Rounds: somebody who goes from stop to stop again and again, and is somewhere at every moment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.region.position import Position, Stop, at, travel_minutes
from sim.region.route import Piece, Route, nowhere_to_go, plan_route
from sim.region.travel import RoadNetwork


@dataclass(frozen=True, eq=False)
class Round:
    """Somebody who goes round and round: first a way to where he joins the round, then its stops again and again.

    Attributes:
        lead: The way to where he joins the round.
        cycle: One round: from its beginning back to it.
        began: When he set out, minutes after midnight.
        joins: Where on the round he joins it, minutes from its beginning.
    """

    lead: Route
    cycle: Route
    began: float
    joins: float = 0.0

    def at(self, time: float) -> Position:
        """Return where he is at this time, from ``began`` on."""
        elapsed = time - self.began
        if elapsed < self.lead.minutes:
            return self.lead.at(elapsed)
        if self.cycle.minutes <= 0:
            return self.cycle.end
        return self.cycle.at((elapsed - self.lead.minutes + self.joins) % self.cycle.minutes)

    def stands_at(self, station: int, begin: float, end: float) -> list[tuple[float, float]]:
        """Return when he stands at a station between two times, from when to when."""
        joined = self.began + self.lead.minutes
        found = []
        if begin < joined:
            found += [(self.began + a, self.began + b) for a, b in self.lead.stands.get(station, ())]
        if self.cycle.minutes > 0:
            first = math.floor((max(begin, joined) - joined + self.joins) / self.cycle.minutes)
            last = math.floor((max(end, joined) - joined + self.joins) / self.cycle.minutes)
            offsets = [joined - self.joins + k * self.cycle.minutes for k in range(first, last + 1)]
            stands = self.cycle.stands.get(station, ())
            found += [(max(joined, offset + a), offset + b) for offset in offsets for a, b in stands]
        elif self.cycle.end.station == station:
            found.append((joined, end))
        cut = [(max(a, begin), min(b, end)) for a, b in found]
        return [(a, b) for a, b in cut if a < b]

    def visit(self, station: int, time: float) -> float:
        """Return when he stands at a station next, at this time or later; infinite when his round has it not."""
        if self.at(time).station == station:
            return time
        starts = [self.began + begin for begin in _stays(self.lead, station)]
        offset = self.began + self.lead.minutes - self.joins
        for begin in _stays(self.cycle, station):
            first = offset + begin
            behind = max(time, self.began + self.lead.minutes) - first
            starts.append(first + max(0.0, np.ceil(behind / self.cycle.minutes)) * self.cycle.minutes)
        return float(min((start for start in starts if start >= time), default=np.inf))


def _stays(route: Route, station: int) -> list[float]:
    """Return when stays at a station begin, minutes from the start of a route."""
    pairs = zip(route.begins, route.legs, strict=True)
    return [begin for begin, leg in pairs if isinstance(leg, Piece) and leg.station == station]


def joining(cycle: Route, position: Position) -> float | None:
    """Return where on a round somebody joins it who stands at one of its stops, minutes from its beginning.

    None when he stands at none: on a road, or somewhere else.
    """
    if position.ahead is not None:
        return None
    return cycle.stays.get((position.station, position.node, position.minutes))


def go_round(stops: Sequence[Stop], network: RoadNetwork, vehicle: str, closed: frozenset[int]) -> Route:
    """Return one round of the stops, back to the first; a stop that cannot be reached from the first is left out."""
    first = stops[0].spot
    here = at(first)
    there = [s for s in stops if travel_minutes(here, s.spot, network, vehicle, closed) < np.inf]
    if len(there) < 2:
        return nowhere_to_go(here)
    return plan_route(here, [*there, Stop(first)], network, vehicle, closed)
