"""Whose boxes go together: those of one village that are loaded at nearly the same time, if officers are with them.

Boxes leave their station as soon as they are loaded and wait for no others without officers. An escort is called for
the last of a village and for those that are ready so little before that they may wait for it (``gather_minutes``); the
officers come before the first of these, and stay with the boxes in the middle of the village until all are there. Where
no officers are there when boxes come, these go on by themselves at once, or when they have waited for an escort that is
late for as long as they may (``wait_minutes``). As packaged both are 0: none wait for others or for officers.

Boxes part from their village in three ways. *Apart* go those that are ready so early that the last are not waited for:
nobody is called for them, so that nothing is decided about them and they are no event. *On without* go those in the
middle of the village with whom nobody is, while the rest is to come and an escort may still be called for it. *By
themselves* go those that are waited for no longer: they may have an escort of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from math import inf, isnan

import simpy

from sim.clock import later
from sim.minutes import ROUNDING
from sim.response.boxes.alone import Alone
from sim.response.boxes.escorts import Escorts
from sim.response.boxes.group import Group, Track, Tracks, groups_of
from sim.response.boxes.parties import BoxesPlan
from sim.response.boxes.ready import Ready


class Villages:
    """Decides who waits for whom in the middle of each village, and when they set out.

    Args:
        env: The clock.
        plan: How the boxes come home under the strategy.
        expected: When each station's boxes leave it and are in the middle of the village.
        alone: Notes who has left, and plays those that go by themselves.
        escorts: Who goes with them.
        start: Lets a group set out from its village at a time.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: BoxesPlan,
        expected: Ready,
        alone: Alone,
        escorts: Escorts,
        start: Callable[[Group, float], None],
    ) -> None:
        self.env = env
        self.plan = plan
        self.settings = plan.settings
        self.expected = expected
        self._villages = groups_of(plan.parties)
        self.groups = list(self._villages.values())
        """With which officers may go: of every village, then those of stations that their village has gone without."""
        self.tracks = Tracks(partial(_group_of, alone, self._villages, plan.party_of))
        self.coming: dict[Group, Group] = {}
        """The convoy that is on its way to the village of each of some groups."""
        self._alone = alone
        self._escorts = escorts
        self._start = start

    def begin(self) -> None:
        """Reckon every village for the first time."""
        self.expected.begin()
        self._alone.go_alone([s for party in self.plan.parties if not party.escorts for s in party.stations])
        for group in reversed(self.groups):
            self._gather(group, group.stations)

    def look(self, station: int) -> None:
        """Reckon anew when a station's boxes leave it, if they have not left."""
        group = self.tracks[station].group
        self._alone.have_left(group)
        if not isnan(self._alone.left[station]):
            return
        self.expected.look(station)
        first = self._villages.get(self.plan.party_of[station])
        village = group if group.party.escorts else first
        if village is None or (village is not first and village.could_start == inf):
            self._reckon(group, group.stations)
        elif village.could_start == inf and not village.has_left:
            self._gather_anew(village)
        elif group is not village:
            self._take_back(station)
            village.apart = [other for other in village.apart if other != station]
            self._by_themselves(village, (station,))
        else:
            self._reckon(village, self._without_the_late(village))
            self.decide(village)

    def _take_back(self, station: int) -> None:
        """Let the boxes of a station that have not left it not go by themselves."""
        self._alone.go_with_others(station)
        if (track := self.tracks.pop(station, None)) is not None:
            self._alone.may_not_leave(track.group)

    def _gather_anew(self, village: Group) -> None:
        """Reckon anew who of a village go together: nobody is in its middle."""
        self._alone.catch_up()
        back = [station for station in village.apart if isnan(self._alone.left[station])]
        for station in back:
            self._take_back(station)
        for station in village.stations:  # it may have to go apart
            self.tracks.pop(station, None)
        village.apart = ()
        self._gather(village, [*village.stations, *back])

    def _gather(self, village: Group, stations: Sequence[int]) -> None:
        """Let the last of a village go together with those that are ready little before; the others by themselves."""
        if len(stations) > 1:
            comes = self.expected.comes
            times = [comes[station] for station in stations]
            if (last := max(times)) == inf:
                last = max([when for when in times if when < inf], default=inf)
            first = last - self.settings.gather_minutes - ROUNDING
            together = [station for station in stations if first <= comes[station] <= last]
            if len(together) < len(stations):
                village.apart = [station for station in stations if station not in together]
                self._alone.go_alone(village.apart)
                stations = together
        self._reckon(village, stations)

    def _reckon(self, group: Group, stations: Sequence[int]) -> None:
        """Say when boxes that go together leave their stations and are in the middle of their village."""
        leaves, comes = self.expected.leaves, self.expected.comes
        first, gathers = group.first, group.gathers
        group.stations = stations
        group.expect([leaves[station] for station in stations], [comes[station] for station in stations])
        if group.leaves == inf:
            self._alone.may_not_leave(group)
            return
        self._alone.will_leave(group)
        if group.goes_its_own_way or (first == group.first and gathers == group.gathers):
            return
        later(self.env, group.first, partial(self.decide, group))
        if group.gathers > group.first:
            later(self.env, group.gathers, partial(self.decide, group))
        later(self.env, group.first - self.settings.notice_minutes, partial(self._call, group, group.first))

    def _call(self, group: Group, first: float, _: object = None) -> None:
        """Call an escort, unless a convoy is on its way, which has one."""
        if group.first == first and not group.ended and not (self.coming and self._is_called_at(group)):
            self._escorts.call(group)

    def _is_called_at(self, group: Group) -> bool:
        convoy = self.coming.get(group)
        return convoy is not None and convoy.arrives <= group.first

    def no_convoy(self, group: Group) -> None:
        """A convoy does not come to the village of a group: it wants an escort of its own, if it is time."""
        if self.coming.pop(group, None) and self.env.now >= group.first - self.settings.notice_minutes:
            self._call(group, group.first)

    def decide(self, group: Group, _: object = None) -> None:
        """Let those who are in the middle of a village set out, unless they wait there with their escort or for it."""
        if group.started < inf or group.ended or group.stands:
            return
        now = float(self.env.now)
        here, rest = self._here(group, now)
        if not here and not group.aboard:
            return
        if first := group.could_start == inf:
            group.could_start, group.deadline = now, now + self.settings.gather_minutes
        if self._escorts.with_boxes(group) is not None:
            if rest:
                return
        elif self._escorts.keeps_waiting(group):
            if first:
                later(self.env, now + self.settings.wait_minutes, partial(self.decide, group))
            return
        elif rest and not group.aboard:
            self._go_on_without(group, here, rest)
            return
        if rest:
            self._by_themselves(group, rest)
            group.stations = here
        self._alone.leave(group)
        group.aboard = [*group.aboard, *here]
        group.patience = max(0.0, group.deadline - now)
        self._start(group, now)

    def _here(self, group: Group, now: float) -> tuple[Sequence[int], Sequence[int]]:
        """Return the stations of a group whose boxes are in the middle of the village, and the others."""
        if group.gathers <= now:
            return group.stations, ()
        comes = self.expected.comes
        here = [station for station in group.stations if comes[station] <= now + ROUNDING]
        return here, [station for station in group.stations if station not in here]

    def _go_on_without(self, group: Group, here: Sequence[int], rest: Sequence[int]) -> None:
        """Let those who are in the middle of a village and have no officers go on by themselves."""
        ahead = Group(self.plan.alone[self.plan.party_of[here[0]]], here)
        ahead.leaves = ahead.gathers = float(self.env.now)
        self._alone.leave(ahead)
        self._alone.set_out(ahead)
        for station in here:
            if group.covers:
                self.tracks[station].leave_to(ahead.gathers, ahead)
            else:
                self.tracks[station] = Track(ahead)
        group.could_start = group.deadline = inf
        self._reckon(group, rest)

    def _without_the_late(self, group: Group) -> list[int]:
        """Return whose boxes those in the middle of a village wait for, and let the others go by themselves."""
        comes, latest = self.expected.comes, group.deadline + ROUNDING
        late = [station for station in group.stations if comes[station] > latest]
        self._by_themselves(group, late)
        return [station for station in group.stations if station not in late]

    def _by_themselves(self, group: Group, stations: Iterable[int]) -> None:
        """Let the boxes of stations go without the rest of their village, each with an escort of its own if it can."""
        for station in stations:
            other = Group(group.party, (station,))
            other.calls_at = group.calls_at
            self.groups.append(other)
            self.tracks[station] = Track(other)
            self._reckon(other, other.stations)

    def break_up(self, group: Group) -> None:
        """Let those of a group who have left their stations wait for no others: something holds them."""
        if group.started == inf:
            left = self._alone.left
            rest = [station for station in group.stations if isnan(left[station])]
            group.stations = [station for station in group.stations if station not in rest]
            group.gathers = max((self.expected.comes[station] for station in group.stations), default=inf)
            self._alone.leave(group)
            self._by_themselves(group, rest)

    def come_together(self, group: Group, minutes: float) -> None:
        """Let boxes that were held on their way to the middle of their village be there after so many minutes."""
        group.first = group.gathers = float(self.env.now) + minutes
        for station in group.stations:
            self.expected.comes[station] = group.gathers
        if group.goes_its_own_way:
            group.aboard = group.stations
            self._start(group, group.gathers)
        else:
            later(self.env, group.gathers, partial(self.decide, group))

    def has_boxes_for(self, group: Group, arrives: float, patience: float) -> bool:
        """Return whether boxes come to the middle of a village soon after a convoy calls there.

        Args:
            group: Those of the village that go together.
            arrives: When the convoy is there.
            patience: How long it may wait, minutes.
        """
        comes = self.expected.comes
        return group.is_gathering and any(
            arrives - ROUNDING <= comes[station] <= arrives + patience for station in group.stations
        )

    def join(self, convoy: Group, group: Group) -> None:
        """Let a convoy wait with those of a village for the rest of them, as long as it may."""
        now = float(self.env.now)
        self.coming.pop(group, None)
        convoy.ended, convoy.became = True, (now, group)
        group.aboard = [*group.aboard, *convoy.aboard]
        group.could_start = min(group.could_start, now)
        group.deadline = min(group.deadline, now + convoy.patience)
        self._reckon(group, self._without_the_late(group))
        self._escorts.part_of(convoy, group)
        self.decide(group)


def _group_of(alone: Alone, villages: Mapping[int, Group], party_of: Sequence[int], station: int) -> Group:
    """Return the group of a station's boxes that have been in no other."""
    return alone.group_of(station) or villages[party_of[station]]
