"""Rounds: somebody who goes from stop to stop again and again, and is somewhere at every moment."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sim.region.position import Position, Stop, at, travel_minutes
from sim.region.road_state import RoadState
from sim.region.route import Route, nowhere_to_go, plan_route
from sim.region.travel import RoadNetwork


@dataclass(eq=False)
class Round:
    """Somebody who goes round and round: first a way to where he joins the round, then its stops again and again.

    Nobody changes it.

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
        elapsed, lead, cycle = time - self.began, self.lead.minutes, self.cycle
        if elapsed < lead:
            return self.lead.at(elapsed)
        whole = cycle.minutes
        return cycle.at((elapsed - lead + self.joins) % whole) if whole > 0 else cycle.end

    def next_stop(self, time: float) -> tuple[int | None, int]:
        """Return the stop that he comes to next at this time: its station and its node."""
        elapsed = time - self.began
        if elapsed < self.lead.minutes or not self.cycle.stays:
            return self.lead.end.station, self.lead.end.node
        on_it = (elapsed - self.lead.minutes + self.joins) % self.cycle.minutes
        station, node, _ = self.cycle.stay_after(on_it)
        return station, node

    def visit(self, station: int, time: float) -> float:
        """Return when he stands at a station next, at this time or later; infinite when his round has it not."""
        if self.at(time).station == station:
            return time
        starts = [self.began + begin for begin in self.lead.visits.get(station, ())] if self.lead.minutes else []
        offset = self.began + self.lead.minutes - self.joins
        for begin in self.cycle.visits.get(station, ()):
            first = offset + begin
            behind = max(time, self.began + self.lead.minutes) - first
            starts.append(first + max(0.0, math.ceil(behind / self.cycle.minutes)) * self.cycle.minutes)
        return min((start for start in starts if start >= time), default=math.inf)


class LaterRound(Round):
    """A round that is planned when somebody first asks for it: at nightfall all change, and nobody asks for most.

    Args:
        plan: Plans it, as of the moment at which it began.
    """

    def __init__(self, plan: Callable[[], Round]) -> None:
        self._plan = plan

    def __getattr__(self, name: str) -> Any:
        """Plan it: an attribute that is not there yet was asked for."""
        plan = self.__dict__.get("_plan")
        if plan is None or name not in _FIELDS:
            raise AttributeError(name)
        self.__dict__.update(vars(plan()))
        return self.__dict__[name]


_FIELDS = tuple(field.name for field in fields(Round))


def joining(cycle: Route, position: Position) -> float | None:
    """Return where on a round somebody joins it who stands at one of its stops, minutes from its beginning.

    None when he stands at none: on a road, or somewhere else.
    """
    if position.ahead is not None:
        return None
    return cycle.stays.get((position.station, position.node, position.minutes))


def go_round(stops: Sequence[Stop], network: RoadNetwork, vehicle: str, roads: RoadState) -> Route:
    """Return one round of the stops, back to the first; a stop that cannot be reached from the first is left out."""
    first = stops[0].spot
    here = at(first, network, vehicle)
    there = [s for s in stops if travel_minutes(here, s.spot, network, vehicle, roads) < math.inf]
    if len(there) < 2:
        return nowhere_to_go(here)
    return plan_route(here, [*there, Stop(first)], network, vehicle, roads)
