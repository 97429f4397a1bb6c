"""What boxes do for which the clock need not stop, since nothing is decided then.

Where all boxes of a village have counted, it is known when they leave their stations. Where besides nobody can join
them and nobody can go with them, when they are home follows from the roads as they were when they left. Both are noted
when somebody asks, as of the moment at which it happened.
"""

from __future__ import annotations

from heapq import heappop, heappush
from math import inf, nan

import simpy

from sim.response.boxes.group import Group
from sim.response.boxes.holds import Holds
from sim.response.boxes.parties import BoxesPlan
from sim.response.open_roads import OpenRoads


class Alone:
    """Notes of every station when its boxes could leave, left and were home, and plays those that go by themselves.

    Args:
        env: The clock.
        plan: How the boxes come home.
        roads: Which roads are open, and were.
        holds: Which boxes are kept where they are.
        stations: How many there are.
    """

    def __init__(self, env: simpy.Environment, plan: BoxesPlan, roads: OpenRoads, holds: Holds, stations: int) -> None:
        self.env = env
        self.plan = plan
        self.roads = roads
        self.holds = holds
        self.ready = [nan] * stations
        """Of those that have left: since when they could have, but for loading and for each other."""
        self.left = [nan] * stations
        self.home = [nan] * stations
        self.under_way: dict[Group, None] = {}
        """All that have left their stations' village or are about to, in this order; also those with company."""
        self._to_come: list[tuple[float, int, Group, float]] = []
        self._entered = 0

    def will_leave(self, group: Group) -> None:
        """Let all boxes of a group leave their stations when they can, as far as is known now.

        Where others may join them or go with them, the clock tells when they are in the middle of their village.
        """
        self._enter(self.env.now, group.leaves, group)

    def _enter(self, now: float, when: float, group: Group) -> None:
        """Enter what happens at a time, which the clock would reach so from this moment."""
        self._entered += 1
        heappush(self._to_come, (now + (when - now) if when > now else now, self._entered, group, when))

    def catch_up(self) -> None:
        """Note what has happened before this moment."""
        to_come, now = self._to_come, self.env.now
        while to_come and to_come[0][0] < now:
            time, _, group, when = heappop(to_come)
            if not group.has_left:
                self._leave(group, time, when)
            elif not group.ended and group.arrives == when:
                self._arrive(group, time)

    def _leave(self, group: Group, time: float, leaves: float) -> None:
        """The boxes leave; those that go by themselves set out as soon as they are in the middle of their village."""
        if (
            group.leaves != leaves
            or max(group.ready) > leaves
            or (self.holds and self.holds.any_of([*group.aboard, *group.stations]))
        ):
            return  # it has been reckoned anew, some are left behind, or it is reckoned when they are let go
        for station, ready in zip(group.stations, group.ready, strict=True):
            self.ready[station], self.left[station] = ready, time
        group.has_left, group.gathers = True, leaves + group.party.gather
        if group.goes_its_own_way:
            self._set_out(group, time)

    def _set_out(self, group: Group, time: float) -> None:
        """Boxes that go by themselves set out at once."""
        group.aboard, group.started = group.stations, group.gathers
        self.under_way[group] = None
        roads = self.roads.state_at(time)
        route = self.plan.way(group.party.start, group.party.office, roads)
        if (arrives := group.set_out(group.started, route, roads)) < inf:
            self._enter(time, arrives, group)

    def _arrive(self, group: Group, time: float) -> None:
        """The boxes are handed over."""
        group.ended = True
        del self.under_way[group]
        for station in group.aboard:
            self.home[station] = time
