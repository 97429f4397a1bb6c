"""Boxes that are together: where they are at any moment, and when officers were with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import NamedTuple

from sim.minutes import ROUNDING
from sim.region.position import Position
from sim.region.road_state import OPEN, RoadState
from sim.region.route import Route, nowhere_to_go
from sim.response.boxes.parties import Party
from sim.vocabulary import BoxState

Interval = tuple[float, float]
_SLACK = 1e-6
"""Minutes by which sums over a whole way may differ."""


class Boxes(NamedTuple):
    """Where a station's boxes are at a moment.

    Attributes:
        state: What they do.
        position: Where they are.
        officers: Officers who are with them; on the way those who escort them.
    """

    state: BoxState
    position: Position
    officers: int


class Cover(NamedTuple):
    """A time during which officers were with boxes; ``end`` is infinite while they are."""

    begin: float
    end: float
    officers: int


_Leg = tuple[float, Route, float]
"""When it began, by which route, and the kilometres driven before."""
_NO_PLACE = (0, -inf)
"""A node that nobody reaches by then."""


class Group:
    """Boxes that go together: those of one village that wait for each other, and those that have joined them.

    It moves as its legs say; nobody but its owner on the clock adds to them.

    Args:
        party: Where it sets out from, where it goes, and who may go with it.
        stations: The stations of the village whose boxes go with it.
    """

    aboard: Sequence[int] = ()
    """Stations whose boxes have joined it or are on the way with it."""
    apart: Sequence[int] = ()
    """Stations of its village whose boxes do not go with it as far as is known, each by itself."""
    calls_at: Group | None = None
    """The group of the village at which it calls next as a convoy; None: straight to the office."""
    first_leaves = inf
    """When the first of its boxes leave their station as far as is known; infinite while nobody knows."""
    leaves = inf
    """When the last of them do."""
    has_left = False
    """Whether all its boxes have left their stations."""
    first = inf
    """When the first of its boxes are in the middle of the village as far as is known."""
    gathers = inf
    """When the last of them are."""
    left_to_walk = 0.0
    """Minutes to the middle of the village that are left to those who were stopped before it."""
    stands = False
    """Whether it is held where it is."""
    stood: tuple[Interval, ...] = ()
    """When it was held since its boxes left their stations; the last end is infinite while it is."""
    could_start = inf
    """Since when boxes of it are in the middle of the village."""
    deadline = inf
    """Until when they wait there with officers for others, at most; infinite while nobody is there."""
    patience = 0.0
    """Minutes that were left of that when it set out: so long it waits where it calls."""
    started = inf
    ended = False
    """Whether it has handed over, or has become part of another."""
    became: tuple[float, Group] | None = None
    """When it became part of another on its way, and of which."""
    toward: Group | None = None
    """Those whose village it is going to call at; None: it goes to the office."""
    arrives = inf
    """When it is where it goes as far as is known; infinite while that is cut off."""
    covers: tuple[Cover, ...] = ()
    last_place: tuple[int, float]
    """The last node before the end of the way that it knows, and until when somebody who is to meet it may come there;
    known since it set out. Nobody may where the way has none, and none for boxes with which nobody goes."""
    roads: RoadState | None = None
    """How the roads were when that way was found; None before it sets out."""
    _legs: tuple[_Leg, ...] = ()

    def __init__(self, party: Party, stations: Sequence[int]) -> None:
        self.party = party
        self.stations = stations
        self.goes_its_own_way = not party.escorts
        """Whether nobody can go with it: nothing is decided in the middle of its village."""

    def expect(self, leaves: Sequence[float], comes: Sequence[float]) -> None:
        """Take note when its boxes leave their stations, and are in the middle of the village, as far as is known."""
        self.first_leaves, self.leaves = min(leaves, default=inf), max(leaves, default=inf)
        self.first, self.gathers = min(comes, default=inf), max(comes, default=inf)

    @property
    def is_under_way(self) -> bool:
        """Whether it has left the middle of the village and goes on."""
        return self.started < inf and not self.ended

    @property
    def is_gathering(self) -> bool:
        """Whether its boxes are to be in the middle of the village, or are, and have not set out from it."""
        return self.started == inf and not self.ended and not self.stands and self.gathers < inf

    @property
    def boxes(self) -> list[int]:
        """Stations whose boxes have left with it, or have joined it."""
        return list(dict.fromkeys([*self.aboard, *self.stations] if self.has_left else self.aboard))

    def stand(self, now: float) -> None:
        """Let it stay where it is from now on; who has not come to the middle of the village stops on his way to it."""
        self.stands = True
        self.stood += ((now, inf),)
        if now < self.gathers < inf:
            self.left_to_walk, self.gathers = self.gathers - now, inf
            self.started = self.arrives = inf
            self._legs, self.roads = (), None

    def go_on(self, now: float) -> None:
        """Let it stay no longer."""
        self.stands = False
        self.stood = *self.stood[:-1], (self.stood[-1][0], now)

    def set_out(self, now: float, route: Route, roads: RoadState = OPEN) -> float:
        """Let it go another way from now on, or stay where it is if that reaches nothing; return when it arrives.

        The way begins where it is now, and was found on these roads.
        """
        if not route.reached:
            route, self.arrives = nowhere_to_go(self.at(now)), inf
        else:
            self.arrives = now + route.minutes
        self._legs += ((now, route, self.km_at(now) if self._legs else 0.0),)
        self.roads, self.last_place = roads, _NO_PLACE
        if self.party.escorts and len(passes := route.passes) > 1:
            node, minutes = passes[-2]
            self.last_place = node, now + minutes + _SLACK
        return self.arrives

    def at(self, time: float) -> Position:
        """Return where it is at a time, as far as is known now: in the middle of the village until it sets out."""
        for began, route, _ in reversed(self._legs):  # one, nearly always
            if began <= time:
                return route.at(_elapsed(route, time - began))
        return self.party.start

    def km_at(self, time: float) -> float:
        """Return the kilometres of road driven by a time."""
        for began, route, km in reversed(self._legs):
            if began <= time:
                return km + route.km_at(_elapsed(route, time - began))
        return 0.0

    def progress(self, time: float) -> tuple[Position, float]:
        """Return where it is at a time, as ``at`` does, and the kilometres of road driven by then."""
        for began, route, km in reversed(self._legs):
            if began <= time:
                elapsed = _elapsed(route, time - began)
                return route.at(elapsed), km + route.km_at(elapsed)
        return self.party.start, 0.0

    def passes(self) -> tuple[float, tuple[tuple[int, float], ...]]:
        """Return since when it goes the way that it knows, and that way's nodes, each with the minutes to it."""
        began, route, _ = self._legs[-1]
        return began, route.passes

    def cover(self, now: float, officers: int) -> None:
        """Note that officers are with it from now on."""
        self.covers += (Cover(now, inf, officers),)

    def uncover(self, now: float) -> None:
        """Note that they are no longer."""
        if self.covers and self.covers[-1].end == inf:
            begin, _, officers = self.covers[-1]
            self.covers = *self.covers[:-1], Cover(begin, now, officers)


def _elapsed(route: Route, elapsed: float) -> float:
    """Return the minutes since a leg began; who has arrived is there, whatever sums of times say."""
    return elapsed if elapsed < route.minutes - ROUNDING else max(elapsed, route.minutes)


class Track:
    """What a station's boxes went through: the groups that they were part of, one after another.

    Args:
        group: The group of their village.
    """

    __slots__ = ("_first", "_later")

    def __init__(self, group: Group) -> None:
        self._first = group
        self._later: tuple[tuple[float, Group], ...] = ()  # groups of their own that they were left to, and from when

    def leave_to(self, now: float, group: Group) -> None:
        """Let them be part of another group from now on, which the rest of theirs is not."""
        self._later += ((now, group),)

    @property
    def has_changed(self) -> bool:
        """Whether they were part of several groups without these having become each other."""
        return bool(self._later)

    @property
    def group(self) -> Group:
        """The group that they are part of now."""
        group = self._later[-1][1] if self._later else self._first
        while group.became is not None:
            group = group.became[1]
        return group

    @property
    def _is_one(self) -> bool:
        """Whether they were part of one group only, as nearly all are."""
        return not self._later and self._first.became is None

    def _parts(self) -> list[tuple[float, Group]]:
        """Return the groups that they were part of, one after another, and from when on each.

        A group becomes part of another only after it has left behind whom it leaves behind.
        """
        parts = [(-inf, self._first), *self._later]
        while (became := parts[-1][1].became) is not None:
            parts.append(became)
        return parts

    def group_at(self, time: float) -> Group:
        """Return the group that they were part of at a time."""
        if self._is_one:
            return self._first
        return next((group for begin, group in reversed(self._parts()) if begin <= time), self._first)

    @property
    def set_out(self) -> float:
        """When they set out from their village, infinite while they have not."""
        parts = self._parts()
        ends = [*(begin for begin, _ in parts[1:]), inf]
        return next((group.started for (_, group), end in zip(parts, ends, strict=True) if group.started < end), inf)

    def covers(self) -> Sequence[Cover]:
        """Return when officers were with them."""
        if self._is_one:
            return self._first.covers
        parts = self._parts()
        ends = [*(begin for begin, _ in parts[1:]), inf]
        return [
            Cover(max(cover.begin, begin), min(cover.end, end), cover.officers)
            for (begin, group), end in zip(parts, ends, strict=True)
            for cover in group.covers
            if cover.begin < end and cover.end > begin
        ]

    def officers_at(self, time: float) -> int:
        """Return the officers who went with them at a time."""
        return sum(cover.officers for cover in self.covers() if cover.begin <= time < cover.end)


def groups_of(parties: Sequence[Party]) -> dict[int, Group]:
    """Return the groups of the villages with whose boxes officers may go, by their party's number, before any left."""
    groups = {number: Group(party, party.stations) for number, party in enumerate(parties) if party.escorts}
    for group in groups.values():
        if group.party.calls_at is not None:
            group.calls_at = groups[group.party.calls_at]
    return groups


class Tracks(dict[int, Track]):
    """The track of every station, made when somebody asks for it: most boxes are in one group all the time.

    Args:
        group_of: Returns the group of a station's boxes that have been in no other.
    """

    def __init__(self, group_of: Callable[[int], Group]) -> None:
        self._group_of = group_of

    def __missing__(self, station: int) -> Track:
        """Let the boxes of a station be part of the group of their village."""
        track = self[station] = Track(self._group_of(station))
        return track


def uncovered_minutes(begin: float, end: float, covers: Iterable[Interval]) -> float:
    """Return the minutes between two times that no interval covers; those that overlap count once."""
    alone, now = 0.0, begin
    for first, last in sorted(covers):
        if now >= end:
            return alone
        if first > now:
            alone += (first if first < end else end) - now
        if last > now:
            now = last
    return alone + (end - now if now < end else 0.0)
