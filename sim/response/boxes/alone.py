"""What boxes do for which the clock need not stop, since nothing is decided then.

When a station has counted it is known when its boxes leave it. Where besides nobody can go with them, when they are home
follows from the roads as they were when they left. Both are noted when somebody asks, as of the moment at which it
happened.
"""

from __future__ import annotations

from math import inf, nan
from operator import attrgetter

import simpy

from sim.response.boxes.group import Group
from sim.response.boxes.ready import Ready
from sim.response.open_roads import OpenRoads

_LEAVES = attrgetter("leaves")


class Alone:
    """Notes of every station when its boxes could leave, left and were home, and plays those that go by themselves.

    Args:
        env: The clock.
        vehicle: What they are driven in.
        roads: Which roads are open, and were.
        expected: When each station's boxes could leave and leave it, as far as is known.
    """

    def __init__(self, env: simpy.Environment, vehicle: str, roads: OpenRoads, expected: Ready) -> None:
        self.env = env
        self.vehicle = vehicle
        self.roads = roads
        self.expected = expected
        stations = len(expected.access)
        self.ready = [nan] * stations
        """Of those that have left: since when they could have, but for loading."""
        self.left = [nan] * stations
        self.home = [nan] * stations
        self.under_way: dict[Group, None] = {}
        """All that have left their stations' village or are about to, in this order; also those with company."""
        self._leaving: dict[Group, None] = {}
        """Those that leave their stations when they can."""
        self._coming: dict[Group, float] = {}
        """When those who come home by themselves are there by the way that they set out on."""
        self._caught_up = -inf

    def will_leave(self, group: Group) -> None:
        """Let the boxes of a group leave their stations when they can, as far as is known now.

        Where somebody may go with them, the clock tells when they are in the middle of their village.
        """
        self._leaving[group] = None

    def may_not_leave(self, group: Group) -> None:
        """Let them leave no longer: nobody knows when they can, or they go with another group."""
        self._leaving.pop(group, None)

    def catch_up(self) -> None:
        """Note what has happened before this moment."""
        now = self.env.now
        if now == self._caught_up:
            return
        self._caught_up = now
        for group in sorted([group for group in self._leaving if group.first_leaves < now], key=_LEAVES):
            self._leave(group)
        for group, arrives in [(group, time) for group, time in self._coming.items() if time < now]:
            del self._coming[group]
            if not group.ended and group.arrives == arrives:
                self.hand_over(group, arrives)

    def have_left(self, group: Group) -> None:
        """Note of one group whose boxes may have left before this moment which have."""
        if group in self._leaving:
            self._leave(group)

    def leave(self, group: Group) -> None:
        """Note that all boxes of a group have left their stations by now."""
        self._leaving.pop(group, None)
        for station in group.stations:
            self._note(station)
        group.has_left = True

    def _note(self, station: int) -> None:
        self.ready[station], self.left[station] = self.expected.counted[station], self.expected.leaves[station]

    def _leave(self, group: Group) -> None:
        """Those whose time has come leave."""
        now, leaves = self.env.now, self.expected.leaves
        if group.leaves >= now:
            for station in group.stations:
                if leaves[station] < now:
                    self._note(station)
            return
        self.leave(group)
        if group.goes_its_own_way:
            self.set_out(group)

    def set_out(self, group: Group) -> None:
        """Let boxes that go by themselves set out as soon as they are in the middle of their village."""
        group.aboard, group.started = group.stations, group.gathers
        self.under_way[group] = None
        roads = self.roads.state_at(group.leaves)
        route = self.roads.network.way(self.vehicle, group.party.start, group.party.office, roads)
        if (arrives := group.set_out(group.started, route, roads)) < inf:
            self._coming[group] = arrives

    def hand_over(self, group: Group, time: float) -> None:
        """The boxes are home."""
        group.ended = True
        del self.under_way[group]
        for station in group.aboard:
            self.home[station] = time
