"""What boxes do for which the clock need not stop, since nothing is decided then.

Where all boxes of a village have counted, it is known when they leave their stations. Where besides nobody can join
them and nobody can go with them, when they are home follows from the roads as they were when they left. Both are noted
when somebody asks, as of the moment at which it happened.
"""

from __future__ import annotations

from math import inf, nan
from operator import attrgetter

import simpy

from sim.response.boxes.group import Group
from sim.response.boxes.holds import Holds
from sim.response.open_roads import OpenRoads

_LEAVES = attrgetter("leaves")


class Alone:
    """Notes of every station when its boxes could leave, left and were home, and plays those that go by themselves.

    Args:
        env: The clock.
        vehicle: What they are driven in.
        roads: Which roads are open, and were.
        holds: Which boxes are kept where they are.
        stations: How many there are.
    """

    def __init__(self, env: simpy.Environment, vehicle: str, roads: OpenRoads, holds: Holds, stations: int) -> None:
        self.env = env
        self.vehicle = vehicle
        self.roads = roads
        self.holds = holds
        self.ready = [nan] * stations
        """Of those that have left: since when they could have, but for loading and for each other."""
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
        """Let all boxes of a group leave their stations when they can, as far as is known now.

        Where others may join them or go with them, the clock tells when they are in the middle of their village.
        """
        self._leaving[group] = None

    def may_not_leave(self, group: Group) -> None:
        """Let them leave no longer: some of them may have to be left behind."""
        self._leaving.pop(group, None)

    def catch_up(self) -> None:
        """Note what has happened before this moment."""
        now = self.env.now
        if now == self._caught_up:
            return
        self._caught_up = now
        for group in sorted([group for group in self._leaving if group.leaves < now], key=_LEAVES):
            self._leave(group)
        for group, arrives in [(group, time) for group, time in self._coming.items() if time < now]:
            del self._coming[group]
            if not group.ended and group.arrives == arrives:
                self.hand_over(group, arrives)

    def have_left(self, group: Group) -> None:
        """Note of one group that may have left before this moment whether it has."""
        if group in self._leaving and group.leaves < self.env.now:
            self._leave(group)

    def _leave(self, group: Group) -> None:
        """The boxes leave if nothing holds them; else it is reckoned when they are let go."""
        del self._leaving[group]
        if group.has_left or (self.holds and self.holds.any_of([*group.aboard, *group.stations])):
            return
        leaves = group.leaves
        for station, ready in zip(group.stations, group.ready, strict=True):
            self.ready[station], self.left[station] = ready, leaves
        group.has_left, group.gathers = True, leaves + group.party.gather
        if group.goes_its_own_way:
            self._set_out(group)

    def _set_out(self, group: Group) -> None:
        """Boxes that go by themselves set out as soon as they are in the middle of their village."""
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
