"""Buses that shuttle between assembly points and shelters: where each goes is a pure choice, the rest takes time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import simpy

from sim.clock import Process
from sim.config.area import BusRule
from sim.evacuation.area.engine import STEP_MINUTES, AreaEvacuation
from sim.evacuation.area.plan import BusTeam
from sim.evacuation.area.state import Whereabouts
from sim.region.road_state import RoadState


class Carrier(Protocol):
    """Whatever moves a bus over the roads: plain, or a unit of the polling day."""

    @property
    def node(self) -> int:
        """Where it is."""

    def minutes_to(self, node: int) -> float:
        """Return the time to a node without queues, minutes; infinite where no way leads there."""

    def go(self, to: int) -> Process[bool]:
        """Process: drive to a node; return whether it got there. Cut off it stays at a node and returns False."""


@dataclass(frozen=True)
class Stop:
    """An assembly point as a bus without a task sees it.

    Attributes:
        node: The point.
        people: Who waits there, less the seats that are on their way.
        minutes: The round: there, loading, to the nearest shelter with places, and unloading.
        ordered: When its first village got the order.
        from_danger_km: Its distance from the danger.
    """

    node: int
    people: int
    minutes: float
    ordered: float
    from_danger_km: float


def choose_point(stops: Sequence[Stop], seats: int, rule: BusRule) -> int | None:
    """Return the number of the assembly point that a bus goes to; None when nobody waits where it can get.

    Args:
        stops: The points.
        seats: Of the bus.
        rule: How to choose; among equals the first in order is taken.
    """
    able = [i for i, stop in enumerate(stops) if stop.people > 0 and stop.minutes < np.inf]
    if not able:
        return None
    if rule is BusRule.NEAREST_DANGER_FIRST:
        return min(able, key=lambda i: (stops[i].ordered, stops[i].from_danger_km))
    return max(able, key=lambda i: (min(seats, stops[i].people) / max(stops[i].minutes, 1e-9), -i))


class PlainCarrier:
    """A bus alone on the roads: it stands in the queues of the evacuation, and turns back where a road closes.

    Args:
        env: The clock.
        area: Whose queues it stands in.
        team: What it is.
    """

    def __init__(self, env: simpy.Environment, area: AreaEvacuation, team: BusTeam) -> None:
        self.env, self.area, self.team = env, area, team
        self._node = team.node

    @property
    def node(self) -> int:
        """Where it is."""
        return self._node

    @property
    def _state(self) -> RoadState:
        return self.area.links.state

    def minutes_to(self, node: int) -> float:
        """Return the time to a node without queues, minutes; infinite where no way leads there."""
        return self.area.plan.network.minutes(self.team.vehicle, self._state).item(self._node, node)

    def go(self, to: int) -> Process[bool]:
        """Process: drive to a node, road by road; return whether it got there."""
        network, links, env = self.area.plan.network, self.area.links, self.env
        while self._node != to:
            path = network.path(self.team.vehicle, self._node, to, self._state)
            if path is None:
                return False
            road = path.roads[0]
            link = 2 * road + (links.tails[2 * road] != self._node)
            takes = path.minutes[1]
            yield env.timeout(takes)
            self.area.advance(env.now)
            leaves = links.let_out(link, env.now, self.team.car_units)
            if leaves > env.now:
                yield env.timeout(leaves - env.now)
                self.area.advance(env.now)
            if links.is_closed(link):
                yield env.timeout(takes)  # back to where it came from
                self.area.advance(env.now)
            else:
                self._node = path.nodes[1]
        return True


class Shuttle:
    """The buses of one evacuation.

    Args:
        env: The clock.
        area: The evacuation.
    """

    def __init__(self, env: simpy.Environment, area: AreaEvacuation) -> None:
        self.env, self.area = env, area
        settings = area.plan.settings.shuttle
        self.rule = settings.rule
        self.settings = settings
        self.coming = dict.fromkeys(area.waiting, 0)
        """Seats that are on their way to each point, or wait there."""
        self.trips: list[tuple[float, int, int, int]] = []
        """Each load: when it left, from which point, to which shelter, with how many people."""
        self.cut_off = 0
        """Times that a bus was cut off."""
        self._zones = {
            point: min((z.ordered, z.from_danger_km) for z in area.plan.zones if z.point == point)
            for point in area.waiting
        }

    def run(self, carrier: Carrier, team: BusTeam, ready: float) -> Process[None]:
        """Process: one bus, from the order until nobody is left for it.

        Args:
            carrier: What moves it.
            team: What it is.
            ready: Minutes from now until it may leave.
        """
        self.area.busy += 1
        yield self.env.timeout(ready)
        while True:
            self.area.advance(self.env.now)
            point = self._choose(carrier, team)
            if point is None:
                self.area.busy -= 1
                yield self.env.timeout(STEP_MINUTES)
                self.area.busy += 1
                continue
            self.coming[point] += team.seats
            riders: list[int] = []
            if (yield from carrier.go(point)):
                riders = yield from self._load(point, team)
            self.coming[point] -= team.seats
            if riders:
                yield from self._bring(carrier, point, riders)

    def _choose(self, carrier: Carrier, team: BusTeam) -> int | None:
        if not self.area.counts[Whereabouts.WAITING]:
            return None
        stops = [self._stop(point, carrier, team) for point in self.area.waiting]
        chosen = choose_point(stops, team.seats, self.rule)
        return None if chosen is None else stops[chosen].node

    def _stop(self, point: int, carrier: Carrier, team: BusTeam) -> Stop:
        ill, others = self.area.waiting[point]
        people = len(ill) + (0 if team.assisted_only else len(others)) - self.coming[point]
        minutes = np.inf
        if people > 0:
            on = self._from(point, team, 1)
            handling = min(people, team.seats) * self._handling
            minutes = carrier.minutes_to(point) + handling + (0.0 if on is None else on[1])
        return Stop(point, people, minutes, *self._zones[point])

    @property
    def _handling(self) -> float:
        return (self.settings.board_seconds_each + self.settings.alight_seconds_each) / 60.0

    def _from(self, node: int, team: BusTeam, people: int) -> tuple[int, float] | None:
        """Return the nearest shelter from a node that has room, and the minutes to it; None where there is none."""
        table = self.area.plan.network.minutes(team.vehicle, self.area.links.state)
        chosen = self.area.gates.nearest(lambda goal: table.item(node, goal), people)
        return None if chosen is None else (chosen, table.item(node, self.area.plan.shelters[chosen].node))

    def _load(self, point: int, team: BusTeam) -> Process[list[int]]:
        """Process: take aboard who waits, and wait a while for more; return the riders."""
        until, riders = self.env.now + self.settings.wait_minutes, list[int]()
        while True:
            self.area.advance(self.env.now)
            came = self.area.board(point, team.seats - len(riders), assisted_only=team.assisted_only)
            riders += came
            if came:
                yield self.env.timeout(len(came) * self.settings.board_seconds_each / 60.0)
            elif self.env.now >= until:
                return riders
            else:
                yield self.env.timeout(min(STEP_MINUTES, until - self.env.now))
            if len(riders) == team.seats:
                return riders

    def _bring(self, carrier: Carrier, point: int, riders: list[int]) -> Process[None]:
        """Process: drive to shelters until everybody has a place, or there is none left."""
        left = self.env.now
        while riders:
            self.area.advance(self.env.now)
            gates = self.area.gates
            chosen = gates.nearest(carrier.minutes_to, 1)
            if chosen is None and not gates.any_room():  # out of the area at least
                chosen = gates.nearest(carrier.minutes_to, 0)
            if chosen is None or not (yield from carrier.go(self.area.plan.shelters[chosen].node)):
                yield from self._stuck(riders)
                continue
            yield self.env.timeout(len(riders) * self.settings.alight_seconds_each / 60.0)
            self.area.advance(self.env.now)
            rest = self.area.alight(chosen, riders)
            self.trips.append((left, point, chosen, len(riders) - len(rest)))
            if rest and not gates.any_room():
                self.area.leave_riders(rest, Whereabouts.WITHOUT_PLACE)
                rest = []
            riders = rest

    def _stuck(self, riders: Sequence[int]) -> Process[None]:
        """Process: wait a minute where no road leads on; the riders are in a dead end as long."""
        self.cut_off += 1
        self.area.leave_riders(riders, Whereabouts.DEAD_END)
        self.area.busy -= 1
        yield self.env.timeout(STEP_MINUTES)
        self.area.busy += 1
        self.area.leave_riders(riders, Whereabouts.ABOARD)
