"""What boxes do for which the clock need not stop, since nothing is decided then.

When a station has counted it is known when its boxes leave it. Where besides nobody goes with them, when they are home
follows from the roads as they were when they left. Both are noted when somebody asks, as of the moment at which it
happened. Boxes that go by themselves are a group of their own only once somebody wants to know where they are,
something happens to them, or the roads change while they are under way: most never are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import inf, isnan, nan
from operator import attrgetter

import numpy as np
import simpy

from sim.response.boxes.group import Group
from sim.response.boxes.parties import BoxesPlan
from sim.response.boxes.ready import Ready
from sim.response.open_roads import OpenRoads

_LEAVES, _FIRST_LEAVES = attrgetter("leaves"), attrgetter("first_leaves")


class Alone:
    """Notes of every station when its boxes could leave, left and were home, and plays those that go by themselves.

    Args:
        env: The clock.
        plan: How the boxes come home under the strategy.
        roads: Which roads are open, and were.
        expected: When each station's boxes could leave and leave it, as far as is known.
    """

    def __init__(self, env: simpy.Environment, plan: BoxesPlan, roads: OpenRoads, expected: Ready) -> None:
        self.env = env
        self.plan = plan
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
        self._first_leaves = inf
        """None of these leave theirs before."""
        self._coming: dict[Group, float] = {}
        """When those who come home by themselves are there by the way that they set out on."""
        self._lone: set[int] = set()
        """Stations whose boxes go by themselves and are no group yet."""
        self._lone_leave: list[tuple[float, int]] = []
        """When boxes leave them; those that are no longer lone or leave at another time count no more."""
        self._lone_come: list[tuple[float, int]] = []
        """When those that have left are home."""
        self._caught_up = -inf

    def go_alone(self, stations: Sequence[int]) -> None:
        """Let the boxes of stations go home by themselves as soon as they can, as far as is known now."""
        leaves = self.expected.leaves
        self._lone.update(stations)
        self._lone_leave += [(leaves[station], station) for station in stations]

    def go_with_others(self, station: int) -> None:
        """Let the boxes of a station that have not left it not go by themselves."""
        self._lone.discard(station)

    def group_of(self, station: int) -> Group | None:
        """Make a group of the boxes of a station that go by themselves; None for those that do not."""
        if station not in self._lone:
            return None
        self._lone.discard(station)
        group, expected = Group(self.plan.alone[self.plan.party_of[station]], (station,)), self.expected
        group.expect((expected.leaves[station],), (expected.comes[station],))
        if isnan(self.left[station]):
            if group.leaves < inf:
                self.will_leave(group)
        else:
            group.has_left = True
            self.set_out(group)
            if not isnan(self.home[station]):
                del self._coming[group], self.under_way[group]
                group.ended = True
        return group

    def lone_under_way(self) -> list[int]:
        """Return the stations whose boxes have left, go by themselves and are no group yet."""
        return [station for _, station in self._lone_come if station in self._lone]

    def will_leave(self, group: Group) -> None:
        """Let the boxes of a group leave their stations when they can, as far as is known now.

        Where somebody may go with them, the clock tells when they are in the middle of their village.
        """
        self._leaving[group] = None
        self._first_leaves = min(self._first_leaves, group.first_leaves)

    def may_not_leave(self, group: Group) -> None:
        """Let them leave no longer: nobody knows when they can, or they go with another group."""
        self._leaving.pop(group, None)

    def catch_up(self) -> None:
        """Note what has happened before this moment."""
        now = self.env.now
        if now == self._caught_up:
            return
        self._caught_up = now
        self._catch_up_lone(now)
        if self._first_leaves < now:
            for group in sorted([group for group in self._leaving if group.first_leaves < now], key=_LEAVES):
                self._leave(group)
            self._first_leaves = min(map(_FIRST_LEAVES, self._leaving), default=inf)
        if min(self._coming.values(), default=inf) < now:
            for group, arrives in [(group, time) for group, time in self._coming.items() if time < now]:
                del self._coming[group]
                if not group.ended and group.arrives == arrives:
                    self.hand_over(group, arrives)

    def _catch_up_lone(self, now: float) -> None:
        """Note which of those that are no group have left, and which are home."""
        lone, expected, coming = self._lone, self.expected, self._lone_come
        leaves, comes = expected.leaves, expected.comes
        leaving = [
            station for when, station in _before(now, self._lone_leave) if station in lone and leaves[station] == when
        ]
        for station in leaving:
            self.ready[station], self.left[station] = expected.counted[station], leaves[station]
        for which, roads in self.roads.periods(np.array([leaves[station] for station in leaving])) if leaving else ():
            minutes = self.plan.minutes_home(roads)
            coming += [(comes[station] + minutes[station], station) for station in leaving[which]]
        for when, station in _before(now, coming):
            if station in lone:
                self.home[station] = when

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
        route = self.roads.network.way(self.plan.settings.vehicle, group.party.start, group.party.office, roads)
        if (arrives := group.set_out(group.started, route, roads)) < inf:
            self._coming[group] = arrives

    def hand_over(self, group: Group, time: float) -> None:
        """The boxes are home."""
        group.ended = True
        del self.under_way[group]
        for station in group.aboard:
            self.home[station] = time


def _before(now: float, times: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Take those out of a list of times that are before a moment, and return them in order."""
    times.sort()
    over = bisect_left(times, (now,))
    before = times[:over]
    del times[:over]
    return before
