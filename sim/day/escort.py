"""The ballot boxes' way home on the clock: from a station that has counted to the office of its district.

When boxes leave, by which way and when they are home follows from the counts, the roads and the strategy's rule.
Officers who go with them are there when the boxes set out, meet them on the way, or do not come; boxes wait for others
only where officers are with them (see :class:`~sim.day.villages.Villages`). A disturbance that holds boxes keeps them
where they are until it is over, and officers make it less likely and shorter.

Boxes with which officers may go cost the clock an event when the first and the last of a village are together, and one
when they arrive; none has a process. Those that go by themselves cost it none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from math import inf, isnan

import numpy as np
import simpy

from sim.clock import later, soon
from sim.day.villages import Villages
from sim.log import Columns
from sim.minutes import ROUNDING
from sim.region.position import Position, at
from sim.region.region import Region
from sim.region.route import nowhere_to_go
from sim.response.boxes.alone import Alone
from sim.response.boxes.escorts import Escorts
from sim.response.boxes.group import Boxes, Group, uncovered_minutes
from sim.response.boxes.guarded import minutes_alone
from sim.response.boxes.holds import Holds
from sim.response.boxes.ready import Ready
from sim.response.boxes.stood import accompanied, guards_at, stood_between
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.vocabulary import BoxState
from sim.voting.polls import Polls


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
        self._holds = Holds(env)
        settings = plan.boxes.settings
        expected = Ready(env, polls, settings.load_minutes, plan.boxes.access, close, plan.end, self._holds)
        self._alone = Alone(env, plan.boxes, roads, expected)
        self._under_way = self._alone.under_way
        self._unsure: dict[int, None] = {}
        self._roads_differ = self._will_review = False
        self.escorts = Escorts(env, region, fleet, ledger, roads, settings.wait_minutes, self._escort_changed)
        later(self.env, close, self._begin)
        self._settings, self._expected = settings, expected

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
    def _villages(self) -> Villages:
        """Made when somebody asks for it: a day that stops at closing needs none."""
        return Villages(self.env, self.plan.boxes, self._expected, self._alone, self.escorts, self._start)

    @property
    def _has_begun(self) -> bool:
        """Whether stations have closed: before, no boxes have left, and nobody has been called for them."""
        return bool(self._expected.leaves)

    def _escort_changed(self, group: Group) -> None:
        """Officers have come to a village or have left it: boxes that are there wait with them, or no longer."""
        if group.could_start < inf:
            self._villages.decide(group)

    def _begin(self, _: simpy.Event) -> None:
        """From closing on, boxes leave."""
        self.polls.listeners.append(self._changed)
        self.roads.travellers[self] = None
        self._villages.begin()

    def _changed(self, station: int) -> None:
        """A station's conditions have changed: reckon its boxes anew."""
        self._unsure[station] = None
        self._review_soon()

    def roads_changed(self) -> None:
        """A road has closed or opened: whoever is under way goes another way where that is better."""
        self._alone.catch_up()
        for station in self._alone.lone_under_way():
            self._villages.tracks[station]
        self._roads_differ = True
        self._review_soon()

    def _review_soon(self) -> None:
        """Review once, at the end of this moment."""
        if not self._will_review:
            self._will_review = True
            soon(self.env, self._review)

    def _review(self, _: simpy.Event) -> None:
        """Reckon anew what has changed, and what follows from it."""
        self._will_review = False
        while self._unsure:
            self._villages.look(self._unsure.popitem()[0])
        if self._roads_differ:
            self._roads_differ = False
            for group in list(self._under_way):
                self._set_out(group)
            self.escorts.roads_changed()
        for group in list(self._villages.coming.values()):
            if group.toward is not None and not group.toward.is_gathering:
                self._set_out(group)

    def _start(self, group: Group, when: float) -> None:
        """Let a group set out from the middle of its village."""
        group.started = group.gathers = when
        self._under_way[group] = None
        self._set_out(group)
        if not group.goes_its_own_way:
            self.escorts.started(group)

    def _set_out(self, group: Group) -> None:
        """Let a group go on from where it is: to a village where others come to its officers, else to the office."""
        now = max(self.env.now, group.started)
        here, before = group.at(now), group.toward
        group.toward = None if group.stands else self._next_call(group, here, now)
        if before is not None and before is not group.toward:
            self._villages.no_convoy(before)
        if group.stands:
            group.set_out(now, nowhere_to_go(here))
            return
        roads, joins = self.roads.state, None
        if group.toward is not None:
            self._villages.coming[group.toward], joins = group, group.toward.party
        route = self.plan.boxes.way(group.party, here, joins, roads)
        if (arrives := group.set_out(now, route, roads)) < inf:
            later(self.env, arrives, partial(self._arrive, group, arrives))

    def _next_call(self, group: Group, here: Position, now: float) -> Group | None:
        """Return the next on the way of a convoy with officers whose village has boxes for it when it is there.

        Those that it has passed, and those that closed roads have made a detour, are on its way no more.
        """
        calls_at = group.calls_at
        if calls_at is None or self.escorts.with_boxes(group) is None:
            return None
        minutes, office = partial(self.roads.minutes, self._settings.vehicle), group.party.office
        straight = minutes(here, office) + ROUNDING
        while calls_at is not None:
            there = minutes(here, calls_at.party.middle)
            if there + minutes(calls_at.party.start, office) <= straight and self._villages.has_boxes_for(
                calls_at, now + there, group.patience
            ):
                break
            calls_at = calls_at.calls_at
        return calls_at

    def _arrive(self, group: Group, arrives: float, _: simpy.Event) -> None:
        """A group is where it goes: where others join its officers, or at the office."""
        if group.ended or group.arrives != arrives:
            return
        now = float(self.env.now)
        if group.toward is None:
            self._alone.hand_over(group, now)
            self.escorts.handed_over(group)
        elif self._villages.has_boxes_for(group.toward, now, group.patience):
            del self._under_way[group]
            self._villages.join(group, group.toward)
        else:
            self._set_out(group)

    def hold(self, stations: Iterable[int], cause: str) -> None:
        """Let boxes stay where they are until ``release``; those that are handed over are not concerned.

        Boxes that have left their station hold all that go with them, and these wait for no others. Those that have not
        wait there, and the others of their village go without them.

        Args:
            stations: Whose boxes.
            cause: What holds them; where there are several, they go on when the last has ended.
        """
        for station in stations:
            left, home = self.boxes_left[station], self.boxes_home[station]
            if isnan(left):
                self._holds.take([station], cause)
                self._look(station)
            elif isnan(home):
                group = self._villages.tracks[station].group
                self._villages.break_up(group)
                self._holds.take(group.boxes, cause)
                self._stop_or_let_go(group)

    def release(self, cause: str) -> None:
        """Let boxes go on that nothing but this cause has held, by the quickest way of this moment."""
        self._alone.catch_up()
        under_way: dict[Group, None] = {}
        for station in self._holds.give_back(cause):
            if isnan(self._alone.left[station]):
                self._look(station)
            else:
                under_way[self._villages.tracks[station].group] = None
        for group in under_way:
            self._stop_or_let_go(group)

    def _look(self, station: int) -> None:
        """Reckon a station's boxes anew, unless none have left yet."""
        if self._has_begun:
            self._villages.look(station)

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
            self._villages.come_together(group, minutes)
        else:
            self._villages.decide(group)
        self._review_soon()  # a convoy may have been on its way to it

    def unit_with(self, station: int) -> Unit | None:
        """Return the unit that goes with a station's boxes now; None while none does."""
        return self.escorts.with_boxes(self._villages.tracks[station].group) if self._has_begun else None

    def boxes_at(self, station: int, time: float) -> Boxes:
        """Return where a station's boxes are at a time and who is with them, as far as is known now."""
        spot, home, left = self.plan.stations[station], self.boxes_home[station], self.boxes_left[station]
        here = at(spot, self.roads.network, self._settings.vehicle)
        if not time >= left:
            officers = guards_at(self.fleet, station, time)
            if self.polls.is_before_count(station, time):
                return Boxes(BoxState.IN_USE, here, officers)
            noted = self._alone.ready[station]
            counted = time >= (noted if noted == noted else self.polls.ready(station))
            if self._has_begun:
                officers += self._villages.tracks[station].officers_at(time)
            return Boxes(BoxState.WAITING if counted else BoxState.IN_USE, here, officers)
        group, officers = (
            self._villages.tracks[station].group_at(time),
            self._villages.tracks[station].officers_at(time),
        )
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
        covers, set_out = accompanied(self._villages.groups, self._villages.tracks, len(left))
        stood = stood_between(self.fleet, ready, waited)
        alone, on_the_way = minutes_alone(ready, waited, set_out, until, stood, covers)
        escorted = (ready < until) & (home == until) & covers.are_there() & (on_the_way <= ROUNDING)
        return {
            "boxes_left": left,
            "boxes_home": home,
            "escorted": escorted,
            "unescorted_minutes": alone,
            "held_minutes": self._holds.minutes(ready, until),
        }
