"""Who is at hand for a disturbance: units that are free, or can be taken from something milder, and not too far."""

from __future__ import annotations

from collections.abc import Collection, Set
from math import inf

import simpy

from sim.config.dispatch import Preparedness
from sim.region.position import Motion, Spot, travel_minutes
from sim.region.road_state import OPEN
from sim.response.command.retasking import Busy
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.response.task import Task
from sim.response.units import UnitSet, members, set_of
from sim.vocabulary import Capability, Role, Severity

_NEVER_ASKED = (None, inf)
_NOBODY: tuple[list[Task], float] = ([], inf)
_NEVER_LOOKED: tuple[list[Task], float] = ([], -inf)
_MOST_LISTED = 100
"""Sets of units of which a list is kept."""


class AtHand:
    """Tells who could be sent. On a bad day many disturbances ask at once, and for most of them there is nobody.

    Args:
        env: The clock.
        plan: How the response works under the strategy.
        fleet: The units.
        ledger: Their tasks.
        roads: Which roads are open.
    """

    def __init__(
        self, env: simpy.Environment, plan: ResponsePlan, fleet: Fleet, ledger: Ledger, roads: OpenRoads
    ) -> None:
        self.env = env
        self.plan = plan
        self.fleet = fleet
        self.ledger = ledger
        self.roads = roads
        self.requested = set[int]()
        """Units that are asked for by a decision, whatever the severity they wait for."""
        self._may_go = self._who_may_go()
        self._too_far: dict[str, dict[int, float]] = {}  # of each disturbance: guards, and until when
        self._from_scene: dict[str, dict[int, tuple[Motion, float]]] = {}  # minutes of guards who stay elsewhere
        self._too_late: dict[str, dict[int, tuple[Motion, float]]] = {}  # who is not there in time, until when
        self._on_the_way: dict[int, tuple[Motion, float]] = {}  # the same of those who have been sent, by their task
        self._judged_on = roads.state
        self._listed: dict[UnitSet, list[Unit]] = {}
        self._changes = 0
        self._taken: dict[Severity, list[tuple[str, Unit]]] = {}
        self._taken_units: dict[Severity, UnitSet] = {}

    def request(self, units: Collection[int]) -> None:
        """Let these units be sent from now on whatever the severity that they wait for."""
        self.requested |= set(units)
        self._may_go = self._who_may_go()

    def _who_may_go(self) -> dict[Severity, UnitSet]:
        """Return for each severity who is sent, and either waits for no worse one or is asked for."""
        asked, plan = set_of(self.requested), self.plan
        return {severity: plan.sent_for[severity] & (plan.agreed_for[severity] | asked) for severity in Severity}

    def look_again(self) -> None:
        """Forget who can be taken from something milder: disturbances have other severities."""
        self._taken, self._taken_units, self._changes = {}, {}, self.fleet.changes

    def able(self, severity: Severity) -> UnitSet:
        """Return who may go of those who are free, and all who may be taken from something milder.

        On a bad day mostly none of them can do what is asked for; then nothing else need be asked.
        """
        going = self._going(severity)
        if not self.plan.taken_from[severity]:
            return going
        taken = self._all_from_milder(severity)
        if severity not in self._taken_units:
            self._taken_units[severity] = set_of({unit.index for _, unit in taken})
        return going | self._taken_units[severity]

    def free(self, severity: Severity, capability: Capability) -> UnitSet:
        """Return the free units that have what is asked for; guards only where they may be taken at all."""
        return self.fleet.free & self.plan.sent_for[severity] & self.plan.can_do[capability]

    def listed(self, units: UnitSet) -> list[Unit]:
        """Return the units of a set, in order; those of the sets asked for last are kept."""
        found = self._listed.get(units)
        if found is None:
            if len(self._listed) >= _MOST_LISTED:
                self._listed.clear()
            found = self._listed[units] = list(members(units, self.fleet.units))
        return found

    def _going(self, severity: Severity) -> UnitSet:
        """Return those who may go of the free units, whatever they can do."""
        return self.fleet.free & self._may_go[severity] & ~self.fleet.kept_back

    def may_go(self, unit: Unit, severity: Severity) -> bool:
        """Return whether neither somebody who holds a unit nor its agency keeps it from going."""
        is_agreed = self.plan.agreed_for[severity] >> unit.index & 1 or unit.index in self.requested
        return bool(is_agreed) and unit.may_be_sent

    def can_be_taken(self, emergency: Emergency, unit: Unit) -> bool:
        """Return whether a unit that has a task may go to a disturbance, and is no guard who is too far."""
        if not self.may_go(unit, emergency.severity):
            return False
        if unit.spec.role is not Role.GUARD:
            return True
        may = self.plan.sent_for[emergency.severity] >> unit.index & 1
        return bool(may) and not self._is_far(emergency, unit, self.plan.spot(emergency.place))

    def from_milder(self, emergency: Emergency, capability: Capability) -> list[Unit]:
        """Return the units with what is asked for that may be taken from something milder."""
        taken, people = self._all_from_milder(emergency.severity), self.plan.people[capability]
        return [unit for other, unit in taken if people[unit.index] and other != emergency.identity]

    def _all_from_milder(self, severity: Severity) -> list[tuple[str, Unit]]:
        """Return all units that may be taken for a severity, in order, each with the disturbance that it is sent to."""
        taken_from = self.plan.taken_from[severity]
        if not taken_from:
            return []
        if self._changes != self.fleet.changes:
            self.look_again()
        if severity not in self._taken:
            self._taken[severity] = self._taken_from(taken_from)
        return self._taken[severity]

    def _taken_from(self, taken_from: Set[Busy]) -> list[tuple[str, Unit]]:
        found = list[tuple[str, Unit]]()
        for identity, tasks in self.ledger.called():
            other = self.ledger.emergencies[identity]
            severity, is_over = other.severity, other.is_over
            coming, there = (severity, False, is_over) in taken_from, (severity, True, is_over) in taken_from
            if there or coming:
                found += [(identity, task.unit) for task in tasks if (there if task.on_scene else coming)]
        return sorted(found, key=lambda taken: taken[1].index)

    def near(self, emergency: Emergency, units: UnitSet) -> list[Unit]:
        """Return those of some free units who are not guards of whom it is known that they are too far.

        That is known of who may go and is where he belongs, too far from there, and for a while of who was asked.
        """
        self.forget_other_roads()
        if self.roads.state is OPEN:
            beyond = self.plan.never_near.of(self.plan.spot(emergency.place)) & self.fleet.on_own_ground
            units &= ~(beyond & self._going(emergency.severity))
        found, now, far = self.listed(units), float(self.env.now), self._too_far.get(emergency.identity)
        return [unit for unit in found if far.get(unit.index, 0.0) <= now] if far else found

    def forget_other_roads(self) -> None:
        """Forget who is too far, and who too late: where the roads have changed a way may have become shorter."""
        if self._judged_on is not self.roads.state:
            self._judged_on, self._too_far, self._from_scene = self.roads.state, {}, {}
            self._too_late, self._on_the_way = {}, {}
            self.ledger.late.clear()
            self.ledger.settled.clear()

    def is_anybody_near(self, emergency: Emergency, capability: Capability) -> bool:
        """Return whether any of those who may go is no guard who is too far: of one after another it is asked how far.

        On a bad day mostly nobody is; then nobody need be judged.
        """
        near = self.near(emergency, self._going(emergency.severity) & self.plan.can_do[capability])
        if not near or isinstance(self.plan.dispatch, Preparedness):  # who is too far may cover something
            return bool(near)
        if any(unit.spec.role is not Role.GUARD for unit in near):
            return True
        spot = self.plan.spot(emergency.place)
        return not all(self._is_far(emergency, unit, spot) for unit in near)

    def _is_far(self, emergency: Emergency, guard: Unit, spot: Spot) -> bool:
        """Return whether a guard that may go is too far to be taken, and remember for how long in any case."""
        within = self.plan.dispatch.guards_within_minutes
        minutes = self._minutes_of_guard(emergency, guard, spot)
        if within < minutes < inf:  # who is cut off is not too far
            self.note_far(emergency, guard.index, minutes, within)
            return True
        return False

    def _minutes_of_guard(self, emergency: Emergency, guard: Unit, spot: Spot) -> float:
        """Return the minutes until a guard is there: kept while it stays where it was sent, since they are the same."""
        if guard.task is None or not guard.task.on_scene:
            return self.minutes(guard, spot)
        kept = self._from_scene.setdefault(emergency.identity, {})
        motion, minutes = kept.get(guard.index, (None, inf))
        if motion is not guard.motion:
            minutes = self.minutes(guard, spot)
            kept[guard.index] = guard.motion, minutes
        return minutes

    def note_far(self, emergency: Emergency, unit: int, minutes: float, within: float) -> None:
        """Remember until when a guard is too far in any case: nobody comes nearer by more than a minute a minute."""
        far = self._too_far.setdefault(emergency.identity, {})
        far[unit] = float(self.env.now) + (minutes - within)

    def perhaps_in_time(self, emergency: Emergency, capability: Capability) -> UnitSet:
        """Return which of the free units may go and be there in time, as far as can be seen without asking them.

        Who is where he belongs may be too far from there to be in time.
        """
        units = self._going(emergency.severity) & self.plan.can_do[capability]
        if units and self.roads.state is OPEN:
            units &= ~(self.fleet.on_own_ground & self.plan.never_in_time.of(self.plan.spot(emergency.place)))
        return units

    def within(self, emergency: Emergency, within: float, units: UnitSet, spot: Spot) -> list[Unit]:
        """Return those of some units who would be there within so many minutes, always the same; guards sooner.

        Who has too long a way is not asked again before he can have come near enough, unless he moves in another way:
        by himself nobody comes nearer by more than a minute a minute.
        """
        self.forget_other_roads()
        now, late = self.env.now, self._too_late.setdefault(emergency.identity, {})
        guards = min(within, self.plan.dispatch.guards_within_minutes)
        near = []
        for unit in self.listed(units):
            index = unit.index
            motion, until = late.get(index, _NEVER_ASKED)
            if motion is unit.motion and now < until:
                continue
            most, way = guards if unit.spec.role is Role.GUARD else within, self._way(unit, spot)
            if self._ready(unit) + way <= most:
                near.append(unit)
            else:
                late[index] = unit.motion, now + (way - most)
        return near

    def late(self, emergency: Emergency, within: float) -> list[Task]:
        """Return those on the way to a disturbance who are not there within so many minutes, always the same.

        Where nobody is nobody will be, until another is sent or sets out, or the roads change.
        """
        self.forget_other_roads()
        identity, now = emergency.identity, self.env.now
        kept, until = self.ledger.late.get(identity, _NEVER_LOOKED)
        if now < until:
            return [task for task in kept if not task.on_scene and task.outcome is None] if kept else kept
        late, first_in_time = list[Task](), inf
        for task in self.ledger.tasks_of(identity):
            if not task.on_scene and task.outcome is None and now < (until := self.late_until(task, within)):
                late.append(task)
                first_in_time = min(first_in_time, until)
        self.ledger.late[identity] = late, first_in_time
        return late

    def nobody_is_late(self, emergency: Emergency) -> bool:
        """Return whether it has been found that nobody comes late to a disturbance."""
        return self.ledger.late.get(emergency.identity) == _NOBODY

    def late_until(self, task: Task, within: float) -> float:
        """Return until when who is on the way is not there within so many minutes, which are always the same.

        Once it is certain when he leaves he is asked once, and again only where the roads change, or he moves in
        another way: he comes nearer by a minute a minute, and so it is known until when he is late. Before, he is as
        late as now until that is certain.
        """
        motion, until = self._on_the_way.get(task.number, _NEVER_ASKED)
        if motion is not task.unit.motion:
            until = self.env.now + (self.ledger.minutes_left(task) - within)
            if task.ready_at != task.ready_at:
                return inf if self.env.now < until else until
            self._on_the_way[task.number] = task.unit.motion, until
        return until

    def minutes(self, unit: Unit, spot: Spot) -> float:
        """Return the minutes from an order now until a unit that may be sent is at a spot; infinite when cut off."""
        ready = self.fleet.ready_minutes(unit) if unit.task is None and unit.way_home is None else self._ready(unit)
        return ready + self._way(unit, spot)

    def _ready(self, unit: Unit) -> float:
        """Return the minutes from an order now until a unit that may be sent is on its way."""
        if unit.way_home is not None:
            return 0.0  # it is on the road already
        task = unit.task
        if task is None:
            return self.fleet.ready_minutes(unit)
        ready = self.fleet.ready_minutes(unit) if task.on_scene else task.until_ready(self.env.now)
        return ready if unit.index in self.fleet.moving_up else ready + self.plan.retasking.farther_minutes

    def _way(self, unit: Unit, spot: Spot) -> float:
        motion, roads = unit.motion, self.roads
        if motion is unit.home.stands and roads.state is OPEN:
            return roads.network.by_day.of((unit.spec.vehicle, motion.position, spot))
        return travel_minutes(motion.at(self.env.now), spot, roads.network, unit.spec.vehicle, roads.state)
