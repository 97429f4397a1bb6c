"""The ballot boxes' way home on the clock: from a station that has counted to the office of its district.

When boxes leave, by which way and when they are home follows from the counts, the roads and the strategy's rule alone.
Officers who go with them change nothing of it (unless ``response.escort.wait_minutes`` lets the boxes wait for them):
they are there when the boxes set out, meet them on the way, or do not come. So boxes are never home later with
officers than without, where nothing happens to them: a disturbance that holds boxes keeps them where they are until it
is over, and officers make it less likely and shorter.

Boxes cost the clock an event when they are together, and one when they arrive; none has a process. Those that go by
themselves cost it none, and those that leave some of their village behind one more, when they leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from math import inf, isnan

import numpy as np
import simpy

from sim.clock import later
from sim.log import Columns
from sim.region.position import Position, at
from sim.region.region import Region
from sim.region.route import nowhere_to_go
from sim.response.boxes.alone import Alone
from sim.response.boxes.escorts import Escorts
from sim.response.boxes.group import Boxes, Group, Tracks, groups_of, uncovered_minutes
from sim.response.boxes.guarded import minutes_alone
from sim.response.boxes.holds import Holds
from sim.response.boxes.stood import accompanied, guards_at, stood_between
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.vocabulary import BoxState
from sim.voting.polls import Polls

_ROUNDING = 1e-9


class Escort:
    """Brings every station's boxes to the office of its district.

    Args:
        env: The clock.
        plan: The response of the strategy.
        region: The place.
        polls: The stations.
        fleet: The units.
        ledger: Their tasks.
        roads: Which roads are open.
        close: When stations close, minutes after midnight.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: ResponsePlan,
        region: Region,
        polls: Polls,
        fleet: Fleet,
        ledger: Ledger,
        roads: OpenRoads,
        close: float,
    ) -> None:
        self.env = env
        self.plan = plan
        self.polls = polls
        self.fleet = fleet
        self.roads = roads
        self.close_at = close
        self.settings = plan.boxes.settings
        self.escorts = Escorts(env, region, fleet, ledger, roads, self.settings.wait_minutes, self._go_on)
        self._holds = Holds(env)
        self._alone = Alone(env, self.settings.vehicle, roads, self._holds, len(region.stations))
        self._under_way = self._alone.under_way
        self._unsure: dict[Group, None] = {}
        self._roads_differ = self._will_review = False
        later(self.env, close, self._begin)

    @property
    def boxes_left(self) -> Sequence[float]:
        """When each station's boxes left it; NaN where they have not."""
        self._alone.catch_up()
        return self._alone.left

    @property
    def boxes_home(self) -> Sequence[float]:
        """When each station's boxes were handed over; NaN where they have not been."""
        self._alone.catch_up()
        return self._alone.home

    @cached_property
    def _groups(self) -> list[Group]:
        """Made when somebody asks for one: a day that stops at closing needs none."""
        return groups_of(self.plan.boxes.parties)

    @cached_property
    def joining(self) -> list[Group]:
        """Those that another may join on its way, or that may join another."""
        groups = self._groups if self.plan.boxes.in_convoys else ()
        return [group for group in groups if group.calls_at or group.comes_by]

    @cached_property
    def _tracks(self) -> Tracks:
        return Tracks(self._groups, self.plan.boxes.party_of)

    def _begin(self, _: simpy.Event) -> None:
        """From closing on, boxes leave."""
        ready = self.polls.all_ready().__getitem__
        self.polls.listeners.append(self._changed)
        self.roads.travellers[self] = None
        for group in reversed(self._groups):
            self._reckon(group, list(map(ready, group.stations)))
        self._review(_)

    def _changed(self, station: int) -> None:
        """A station's conditions have changed: reckon its group anew."""
        group = self._tracks[station].group
        self._alone.have_left(group)
        if not group.has_left:
            self._unsure[group] = None
            self._review_soon()

    def roads_changed(self) -> None:
        """A road has closed or opened: whoever is under way goes another way where that is better."""
        self._alone.catch_up()
        self._roads_differ = True
        self._review_soon()

    def _review_soon(self) -> None:
        """Review once, at the end of this moment."""
        if not self._will_review:
            self._will_review = True
            later(self.env, self.env.now, self._review)

    def _review(self, _: simpy.Event) -> None:
        """Reckon anew what has changed, and what follows from it."""
        self._will_review = False
        while self._unsure:
            self._reckon_anew(self._unsure.popitem()[0])
        if self._roads_differ:
            self._roads_differ = False
            for group in list(self._under_way):
                self._set_out(group)
            self.escorts.roads_changed()
        for group in self.joining:
            if group.started < inf:
                if group.toward is not None and not group.ended and not group.toward.can_be_joined:
                    self._set_out(group)
            elif group.gathered:
                self._go_on(group)
            elif group.aboard and not group.has_left and group.leaves == inf:
                self._leave_behind(group, group.stations)
                self._go_on(group)

    def _reckon_anew(self, group: Group) -> None:
        self._reckon(group, list(map(self.polls.ready, group.stations)))

    def _reckon(self, group: Group, ready: list[float]) -> None:
        """Say when the boxes of a village leave: when the last of those that are in sight has counted and loaded."""
        group.ready = ready
        last = max(ready, default=inf)
        if not (are_known := last < self.plan.end):
            last = max((when for when in ready if when < self.plan.end), default=inf)
        leaves = max(self.env.now, last + self.settings.load_minutes, self.close_at)
        same, group.leaves = leaves == group.leaves, leaves
        gathers, goes_its_own_way = leaves + group.party.gather, group.goes_its_own_way
        is_noted = are_known and (gathers > leaves or goes_its_own_way)
        if not is_noted:  # some may have to be left behind
            self._alone.may_not_leave(group)
            if leaves < inf:
                later(self.env, leaves, partial(self._leave, group, leaves))
        if same or leaves == inf:
            return
        if is_noted:
            self._alone.will_leave(group)
            if not goes_its_own_way:
                later(self.env, gathers, partial(self._gathered, group, gathers))
        if group.party.escorts:
            later(self.env, gathers - self.settings.notice_minutes, partial(self._call, group, leaves))

    def _call(self, group: Group, leaves: float, _: simpy.Event) -> None:
        """Call an escort, unless these boxes join others, which have one."""
        if group.leaves == leaves and not group.ended and not (group.comes_by and self._is_coming(group)):
            self.escorts.call(group)

    def _leave(self, group: Group, leaves: float, _: simpy.Event) -> None:
        """The boxes leave their stations; those that are not ready come later, each on its own."""
        if group in self._unsure:  # something has changed at this very moment
            del self._unsure[group]
            self._reckon_anew(group)
        if group.has_left or group.leaves != leaves:
            return
        now = float(self.env.now)
        ready = {s: when for s, when in zip(group.stations, group.ready, strict=True) if when <= now + _ROUNDING}
        if self._holds and self._holds.any_of([*group.aboard, *ready]):
            return  # when they are let go it is reckoned anew
        self._leave_behind(group, [station for station in group.stations if station not in ready])
        for station, when in ready.items():
            self._alone.ready[station], self._alone.left[station] = when, now
        group.gathered = False
        self._come_together(group, group.party.gather)

    def _come_together(self, group: Group, minutes: float) -> None:
        """Let boxes that have left their stations be in the middle of their village after so many minutes."""
        group.gathers = float(self.env.now) + minutes
        if group.goes_its_own_way:
            group.aboard = group.stations
            self._start(group, group.gathers)
        else:
            later(self.env, group.gathers, partial(self._gathered, group, group.gathers))

    def _leave_behind(self, group: Group, stations: Sequence[int]) -> None:
        """Let a group go without some of its stations."""
        if stations:
            group.stations = [station for station in group.stations if station not in stations]
        group.has_left, group.gathered = True, not group.stations
        for station in stations:
            later = Group(group.party, (station,))
            self._tracks[station].leave_to(self.env.now, later)
            self._unsure[later] = None
            self._review_soon()
        self._stop_or_let_go(group)

    def _gathered(self, group: Group, gathers: float, _: simpy.Event) -> None:
        """The boxes of a village are in its middle."""
        self._alone.have_left(group)
        if group.gathers != gathers or group.gathered:
            return
        group.gathered = True
        group.aboard = [*group.aboard, *group.stations]
        self._go_on(group)

    def _go_on(self, group: Group, _: object = None) -> None:
        """Let a group set out from its village when nobody is expected any more."""
        if not group.gathered or group.started < inf or group.ended or group.stands:
            return
        if group.comes_by and self._is_coming(group):
            return
        now = float(self.env.now)
        if first := group.could_start == inf:
            group.could_start = now
        if not self.escorts.keeps_waiting(group):
            self._start(group, now)
            self.escorts.started(group)
        elif first:
            later(self.env, now + self.settings.wait_minutes, partial(self._go_on, group))

    def _start(self, group: Group, when: float) -> None:
        """Let a group set out from its village."""
        group.started = when
        self._under_way[group] = None
        self._set_out(group)

    def _is_coming(self, group: Group) -> bool:
        """Return whether another group is going to join this one on its way."""
        other = group.comes_by
        if other is None or other.ended:
            return False
        if other.started < inf:
            return other.toward is group and other.arrives < inf
        expected = other.has_left or other.leaves < inf or self._is_coming(other)
        return expected and self.roads.minutes(self.settings.vehicle, other.at(self.env.now), group.party.middle) < inf

    def _set_out(self, group: Group) -> None:
        """Let a group go on from where it is: to the next that it can join, else to the office; or wait for a road."""
        now = max(self.env.now, group.started)
        here, toward = group.at(now), group.calls_at
        if group.stands:
            group.set_out(now, nowhere_to_go(here))
            group.toward = None
            return
        while toward is not None:
            if toward.can_be_joined and self.roads.minutes(self.settings.vehicle, here, toward.party.middle) < inf:
                break
            toward = toward.calls_at
        group.toward, roads = toward, self.roads.state
        joins = None if toward is None else toward.party
        route = self.plan.boxes.way(group.party, here, joins, roads)
        if (arrives := group.set_out(now, route, roads)) < inf:
            later(self.env, arrives, partial(self._arrive, group, arrives))

    def _arrive(self, group: Group, arrives: float, _: simpy.Event) -> None:
        """A group is where it goes: with another that it joins, or at the office."""
        if group.ended or group.arrives != arrives:
            return
        if group.toward is not None and not group.toward.can_be_joined:
            self._set_out(group)
            return
        now = float(self.env.now)
        if group.toward is None:
            self._alone.hand_over(group, now)
            self.escorts.handed_over(group)
            return
        joined, group.ended = group.toward, True
        del self._under_way[group]
        joined.aboard = [*joined.aboard, *group.aboard]
        group.became = now, joined
        self.escorts.part_of(group, joined)
        self._go_on(joined)

    def hold(self, stations: Iterable[int], cause: str) -> None:
        """Let boxes stay where they are until ``release``; those that are handed over are not concerned.

        Boxes that have left their station hold all that go with them. Those that have not wait there when they are
        ready, and so do those of their village that would go with them then.

        Args:
            stations: Whose boxes.
            cause: What holds them; where there are several, they go on when the last has ended.
        """
        for station in stations:
            left, group = self.boxes_left[station], self._tracks[station].group
            if isnan(self.boxes_home[station]):
                self._holds.take([station] if isnan(left) else group.boxes, cause)
                self._stop_or_let_go(group)

    def release(self, cause: str) -> None:
        """Let boxes go on that nothing but this cause has held, by the quickest way of this moment."""
        self._alone.catch_up()
        for group in dict.fromkeys(self._tracks[station].group for station in self._holds.give_back(cause)):
            if group.has_left:
                self._stop_or_let_go(group)
            elif self.env.now >= self.close_at:
                group.leaves = inf
                self._reckon_anew(group)

    def _stop_or_let_go(self, group: Group) -> None:
        """Let a group that has left its stations stand still, or go on, where that has changed."""
        if not group.has_left or group.ended or not (self._holds or group.stands):
            return
        held, now = bool(self._holds) and self._holds.any_of(group.boxes), float(self.env.now)
        if held is group.stands:
            return
        if held:
            group.stand(now)
            if group.started == inf:
                self._under_way.pop(group, None)
        else:
            group.go_on(now)
        if group.is_under_way:
            self._set_out(group)
            self.escorts.way_changed(group)
        elif group.left_to_walk and not held:
            minutes, group.left_to_walk = group.left_to_walk, 0.0
            self._come_together(group, minutes)
        else:
            self._go_on(group)
        self._review_soon()  # others may wait for it no longer, or again

    def unit_with(self, station: int) -> Unit | None:
        """Return the unit that goes with a station's boxes now; None while none does."""
        return self.escorts.with_boxes(self._tracks[station].group)

    def boxes_at(self, station: int, time: float) -> Boxes:
        """Return where a station's boxes are at a time and who is with them, as far as is known now."""
        spot, home, left = self.plan.stations[station], self.boxes_home[station], self.boxes_left[station]
        here = at(spot, self.roads.network, self.settings.vehicle)
        if not time >= left:
            officers = guards_at(self.fleet, station, time)
            if self.polls.is_before_count(station, time):
                return Boxes(BoxState.IN_USE, here, officers)
            noted = self._alone.ready[station]
            counted = time >= (noted if noted == noted else self.polls.ready(station))
            officers += self._tracks[station].officers_at(time)
            return Boxes(BoxState.WAITING if counted else BoxState.IN_USE, here, officers)
        group, officers = self._tracks[station].group_at(time), self._tracks[station].officers_at(time)
        if time >= home:
            return Boxes(BoxState.HANDED_OVER, Position(group.party.office.nodes[0]), 0)
        walked, whole = uncovered_minutes(left, time, group.stood), here.minutes
        if walked < whole:
            return Boxes(BoxState.ON_THE_WAY, Position(spot.nodes[0], whole - walked), officers)
        state = BoxState.ON_THE_WAY if group.started <= time else BoxState.WAITING
        return Boxes(state, group.at(time), officers)

    def close(self) -> None:
        """Note what those who are with boxes when the day ends have done by then."""
        self.escorts.close()

    def table(self) -> Columns:
        """Return what became of every station's boxes by now: the log's columns from ``boxes_left`` on."""
        left, home = np.array(self.boxes_left), np.array(self.boxes_home)
        ready, until = np.array(self._alone.ready), np.fmin(home, self.env.now)
        for station in np.isnan(ready).nonzero()[0].tolist():
            ready[station] = self.polls.ready(station)
        waited = np.fmin(left, until)
        covers, set_out = accompanied(self._groups, self._tracks, self._alone.left)
        stood = stood_between(self.fleet, ready, waited)
        alone, on_the_way = minutes_alone(ready, waited, set_out, until, stood, covers)
        escorted = (ready < until) & (home == until) & covers.are_there() & (on_the_way <= _ROUNDING)
        return {
            "boxes_left": left,
            "boxes_home": home,
            "escorted": escorted,
            "unescorted_minutes": alone,
            "held_minutes": self._holds.minutes(ready, until),
        }
