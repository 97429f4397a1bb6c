"""Who goes with the boxes: units that are sent to meet them, go with them at their pace, and are free at the office.

An escort is called before boxes are in the middle of their village, and meets them there; where none is in time, one
that is free meets them at the first place on their way where it can be before them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from typing import NamedTuple

import simpy

from sim.clock import at_once, later
from sim.minutes import ROUNDING
from sim.region.position import Position, Spot, Standing
from sim.region.region import Region
from sim.region.travel import RoadNetwork
from sim.response.boxes.group import Group
from sim.response.boxes.outsets import Minutes, Outsets
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.task import Goal, Task
from sim.vocabulary import Outcome, Purpose, Role, UnitState

_SENDABLE = (Role.GUARD, Role.PATROL, Role.RESERVE)


class _Meeting(NamedTuple):
    when: float
    spot: Spot


class _Alongside(NamedTuple):
    """Who goes with boxes: where they are, in the minutes of his own vehicle."""

    group: Group
    vehicle: str
    network: RoadNetwork

    def at(self, time: float) -> Position:
        """Return where he is at a time."""
        return self.in_his_minutes(self.group.at(time))

    def in_his_minutes(self, here: Position) -> Position:
        """Return a place of the boxes in the minutes of his vehicle."""
        if here.ahead is None or (whole := here.minutes + here.ahead_minutes) <= 0:
            return here
        road = self.network.region.edge(here.node, here.ahead)
        assert road is not None
        pace = float(self.network.road_minutes(self.vehicle)[road]) / whole
        return Position(here.node, here.minutes * pace, here.ahead, here.ahead_minutes * pace)


class _Escort:
    """A unit that is sent to some boxes, or is with them."""

    __slots__ = ("group", "is_there", "km_before", "meeting", "motion", "task", "unit")

    def __init__(self, unit: Unit, group: Group, meeting: _Meeting) -> None:
        self.unit = unit
        self.group = group
        self.meeting = meeting
        self.is_there = False
        self.km_before = 0.0
        self.motion: _Alongside
        self.task: Task


class _Asked(dict[frozenset[int], list[Unit]]):
    """Units that may go with boxes, in the order in which they are asked, by the set of their indices.

    Args:
        units: All units.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units

    def __missing__(self, escorts: frozenset[int]) -> list[Unit]:
        """Look up the units of these indices."""
        units = self[escorts] = list(map(self._units.__getitem__, sorted(escorts)))
        return units


class Escorts:
    """Sends units to go with boxes.

    Args:
        env: The clock.
        region: The place.
        fleet: The units.
        ledger: Their tasks.
        roads: Which roads are open.
        wait: Minutes that boxes wait for an escort that is not there in time.
        changed: Is told a group that has not set out from its village and has its escort now, or has it no longer.
    """

    def __init__(
        self,
        env: simpy.Environment,
        region: Region,
        fleet: Fleet,
        ledger: Ledger,
        roads: OpenRoads,
        wait: float,
        changed: Callable[[Group], None],
    ) -> None:
        self.env = env
        self.region = region
        self.fleet = fleet
        self.ledger = ledger
        self.roads = roads
        self.wait = wait
        self._changed = changed
        self._sent: dict[Group, _Escort] = {}
        self._wanting: dict[Group, None] = {}
        self._outsets = Outsets(roads)
        self._asked = _Asked(fleet.units)
        self._awaited: set[int] = set()
        """Indices of units that boxes want when they are free: of all who may go with boxes that have nobody."""
        for role in _SENDABLE:
            fleet.set_free[role].listen(self._may_be_sent)
        self.listeners: list[Callable[[], None]] = []
        """Called whenever officers are with boxes, or no longer."""

    def with_boxes(self, group: Group) -> Unit | None:
        """Return the unit that is with boxes; None while none is."""
        escort = self._sent.get(group)
        return escort.unit if escort is not None and escort.is_there else None

    def call(self, group: Group) -> None:
        """Send somebody to these boxes from now on, as soon as anybody is free."""
        if group.party.escorts and not group.ended:
            self._wanting[group] = None
            if group not in self._sent and not self._seek(group):
                self._awaited |= group.party.escorts

    def keeps_waiting(self, group: Group) -> bool:
        """Return whether boxes that could set out wait for an escort: it comes in time, or somebody still may."""
        escort = self._sent.get(group)
        if escort is None:
            return bool(group.party.escorts) and self.env.now < group.could_start + self.wait
        if escort.is_there:
            return False
        journey = escort.task.journey
        comes = journey.ends if journey is not None else escort.meeting.when
        return comes <= group.could_start + self.wait + ROUNDING

    def started(self, group: Group) -> None:
        """Boxes have set out: who is not there meets them on the way, if anybody can."""
        escort = self._sent.get(group)
        if escort is None:
            self.call(group)
        elif not escort.is_there:
            self._recall(group)
            self.call(group)

    def handed_over(self, group: Group) -> None:
        """Boxes are home: who was with them is free."""
        self._wanting.pop(group, None)
        escort = self._sent.get(group)
        if escort is None:
            return
        if escort.is_there:
            self._end(escort)
        else:
            self._recall(group)

    def part_of(self, old: Group, new: Group) -> None:
        """Boxes have become part of another group: their escort goes with that, unless it has one."""
        self._wanting.pop(old, None)
        escort, other = self._sent.get(old), self._sent.get(new)
        if escort is None or not escort.is_there or (other is not None and other.is_there):
            self.handed_over(old)
            return
        self._recall(new)
        self._part(escort, old.km_at(float(self.env.now)))
        del self._sent[old]
        self._sent[new], escort.group = escort, new
        self._meet(escort)

    def roads_changed(self) -> None:
        """Plan again where those on their way meet boxes that are under way."""
        for group in [g for g, escort in self._sent.items() if g.started < inf and not escort.is_there]:
            self._recall(group)
        for group in list(self._wanting):
            self.call(group)

    def way_changed(self, group: Group) -> None:
        """Boxes under way stop, or go on: plan again where those on their way meet them."""
        escort = self._sent.get(group)
        if escort is None or not escort.is_there:
            self._recall(group)
            if group in self._wanting:
                self.call(group)

    def close(self) -> None:
        """Note the kilometres of those who are with boxes when the day ends."""
        for escort in self._sent.values():
            if escort.is_there:
                self._part(escort, escort.group.km_at(float(self.env.now)))

    def _may_be_sent(self, unit: Unit) -> None:
        """A unit is free: it is its turn at the end of this moment, if any boxes may want it."""
        if unit.index in self._awaited:
            later(self.env, self.env.now, partial(self._set_free, unit))

    def _set_free(self, unit: Unit, _: simpy.Event) -> None:
        """Send a unit that is free to the first boxes that want it and that it meets in time."""
        sent, index, roads, now = self._sent, unit.index, self.roads.state, float(self.env.now)
        if (outset := self._outsets.of_free(now, unit)) is None:
            return
        minutes, under_way, is_wanted = outset.minutes, [], False
        for group in self._wanting:  # first those that still wait
            if group in sent or index not in group.party.escorts:
                continue
            is_wanted = True
            node, latest = group.last_place if group.roads is roads else self._last_chance(group, now)
            if now + minutes(node) <= latest:
                if group.started == inf:
                    self._send(unit, outset.here, group, _Meeting(now + minutes(node), group.party.middle))
                    return
                under_way.append(group)
        for group in under_way:
            if meeting := self._on_the_way(group, now, minutes):
                self._send(unit, outset.here, group, meeting)
                return
        if not is_wanted:
            self._awaited.discard(index)

    def _seek(self, group: Group) -> bool:
        """Send whoever is free and meets these boxes first, if anybody can in time; of several the first asked.

        Returns whether somebody is sent.
        """
        now, found, first = float(self.env.now), None, inf
        node, latest = group.last_place if group.roads is self.roads.state else self._last_chance(group, now)
        if latest < now:
            return False
        for unit, outset in self._outsets.in_time(now, self._asked[group.party.escorts], node, latest):
            if group.started < inf:
                meeting = self._on_the_way(group, now, outset.minutes)
            else:
                meeting = _Meeting(now + outset.minutes(node), group.party.middle)
            if meeting is not None and (found is None or meeting.when < first):
                found, first = (unit, outset.here, group, meeting), meeting.when
        if found is not None:
            self._send(*found)
        return found is not None

    def _last_chance(self, group: Group, now: float) -> tuple[int, float]:
        """Return the last node where somebody may meet boxes, and until when: unless their way tells, on these roads.

        Those that have not set out are met in the middle of their village. No unit that may go with boxes is slower
        than they are, so one that is before them somewhere on their way is before them at the last place too. Only
        where the roads have changed since their way was found that need not be so.
        """
        if group.started < inf or group.stands:
            return group.party.start.node, inf  # nobody knows when they will have set out, or where he is before them
        latest = group.could_start + self.wait
        if not group.gathers <= latest < inf:  # more come later, or nobody is there yet
            latest = max(group.gathers, now) + self.wait
        return group.party.start.node, latest + ROUNDING

    def _on_the_way(self, group: Group, now: float, minutes: Minutes) -> _Meeting | None:
        """Return where somebody is before boxes under way first, and when; None when not before their end.

        Args:
            group: The boxes.
            now: This moment.
            minutes: Tells how far he is from a node.
        """
        began, passes = group.passes()
        for node, when in passes[:-1]:  # those that they have passed too: nobody is there before now
            if now + minutes(node) <= began + when:
                return _Meeting(began + when, Spot((node,)))
        return None

    def _send(self, unit: Unit, here: Position, group: Group, meeting: _Meeting) -> None:
        """Let a unit set out from where it is to meet boxes."""
        escort = self._sent[group] = _Escort(unit, group, meeting)
        place = self.region.nodes[meeting.spot.nodes[0]].code
        goal = Goal(Purpose.BOXES, meeting.spot, place)
        escort.task = self.ledger.set_off(unit, here, goal, partial(self._drove, escort))

    def _drove(self, escort: _Escort, task: Task, arrived: bool) -> None:
        """A unit is where it should meet boxes, or goes there no longer."""
        if not arrived:
            if task.outcome is None:
                task.outcome = Outcome.CUT_OFF
            self._end(escort)
            return
        task.stop = partial(at_once, self.env, lambda _: self._end(escort))
        if escort.group.started < inf:
            later(self.env, escort.meeting.when, lambda _: self._come(escort))
        else:
            self._come(escort)

    def _come(self, escort: _Escort) -> None:
        """A unit and its boxes are at the same place."""
        if escort.task.is_open:
            escort.task.arrived = self.env.now
            self._meet(escort)

    def _end(self, escort: _Escort) -> None:
        """The task of an escort has ended, for whatever reason."""
        self._leave(escort)
        self.ledger.end(escort.task)

    def _meet(self, escort: _Escort) -> None:
        """Let an escort be with its boxes from now on."""
        unit, group, now = escort.unit, escort.group, float(self.env.now)
        escort.is_there, escort.km_before = True, group.km_at(now)
        group.cover(now, unit.officers)
        escort.motion = _Alongside(group, unit.spec.vehicle, self.roads.network)
        self.fleet.set_state(unit, UnitState.ESCORTING, escort.motion, group.party.office.nodes[0])
        self._tell()
        if group.started == inf:
            self._changed(group)

    def _part(self, escort: _Escort, km: float) -> None:
        """Note that an escort is no longer with its boxes, which have been driven so many kilometres."""
        escort.is_there = False
        escort.task.km += km - escort.km_before
        escort.group.uncover(float(self.env.now))
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()

    def _leave(self, escort: _Escort) -> None:
        """Let an escort be with no boxes any more; where they are not home they want another."""
        unit, group = escort.unit, escort.group
        if escort.is_there:
            here, km = group.progress(float(self.env.now))
            if unit.task is escort.task:
                unit.motion = Standing(escort.motion.in_his_minutes(here))
            self._part(escort, km)
        if self._sent.get(group) is escort:
            del self._sent[group]
            if group in self._wanting:
                self.call(group)
            if group.started == inf and not group.ended:
                self._changed(group)

    def _recall(self, group: Group) -> None:
        """Call off who is on the way to boxes and not with them; who was with them is let go."""
        escort = self._sent.pop(group, None)
        if escort is not None and not escort.is_there:
            escort.task.call_off(Outcome.RECALLED)
