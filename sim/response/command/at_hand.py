"""Who is at hand for a disturbance: units that are free, or can be taken from something milder, and not too far."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import simpy

from sim.config.dispatch import Preparedness
from sim.region.position import Spot
from sim.region.road_state import OPEN
from sim.region.round import Round
from sim.response.command.dispatch import takes_guards
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.vocabulary import Capability, Role, Severity

_ROUNDING = 1e-9
"""Minutes by which sums of the same times may differ."""
_Asked = tuple[Severity, Capability]


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
        self.requested: set[int] = set()
        """Units that are asked for by a decision, whatever the severity they wait for."""
        self._too_far: dict[str, dict[int, float]] = {}
        self._judged_on = roads.state
        self._free_units: tuple[int, dict[_Asked, list[Unit]]] = (0, {})
        self._changes = 0
        self._going: dict[_Asked, list[Unit]] = {}
        self._taken: dict[Severity, list[tuple[str, Unit]]] = {}

    def look_again(self) -> None:
        """Forget what holds at one moment only: disturbances have other severities, or units are held back."""
        self._going, self._taken, self._changes = {}, {}, self.fleet.changes

    def free(self, severity: Severity, capability: Capability) -> list[Unit]:
        """Return the free units that have what is asked for; guards only where they may be taken at all."""
        changes, found = self._free_units
        if changes != self.fleet.changes:
            self._free_units = self.fleet.changes, (found := {})
        if (severity, capability) not in found:
            found[severity, capability] = self._free_now(severity, capability)
        return found[severity, capability]

    def _free_now(self, severity: Severity, capability: Capability) -> list[Unit]:
        dispatch, idle = self.plan.dispatch, self.fleet.idle
        roles = [
            role for role in self.plan.able[capability] if role is not Role.GUARD or takes_guards(severity, dispatch)
        ]
        people, under_way = self.plan.people[capability], {**self.fleet.moving_up, **self.fleet.free_on_way}
        found = [i for role in roles for i in idle[role] if people[i]]
        found += [i for i, unit in under_way.items() if people[i] and unit.spec.role in roles]
        return [self.fleet.units[i] for i in sorted(found)]

    def going(self, severity: Severity, capability: Capability) -> list[Unit]:
        """Return those of the free units whom neither somebody who holds them nor their agency keeps from going."""
        if self._changes != self.fleet.changes:
            self.look_again()
        if (severity, capability) not in self._going:
            free = self.free(severity, capability)
            self._going[severity, capability] = [unit for unit in free if self.may_go(unit, severity)]
        return self._going[severity, capability]

    def may_go(self, unit: Unit, severity: Severity) -> bool:
        """Return whether neither somebody who holds a unit nor its agency keeps it from going."""
        agreed = severity >= unit.spec.from_severity or unit.index in self.requested
        return agreed and unit.may_be_sent

    def from_milder(self, emergency: Emergency, capability: Capability) -> list[Unit]:
        """Return the units with what is asked for that may be taken from something milder."""
        severity, people = emergency.severity, self.plan.people[capability]
        if not self.plan.taken_from[severity]:
            return []
        if self._changes != self.fleet.changes:
            self.look_again()
        if severity not in self._taken:
            self._taken[severity] = self._all_from_milder(severity)
        identity = emergency.identity
        return [unit for other, unit in self._taken[severity] if people[unit.index] and other != identity]

    def _all_from_milder(self, severity: Severity) -> list[tuple[str, Unit]]:
        """Return all units that may be taken for a severity, in order, each with the disturbance that it is sent to."""
        taken_from, found = self.plan.taken_from[severity], list[tuple[str, Unit]]()
        for identity, tasks in self.ledger.called():
            other = self.ledger.emergencies[identity]
            coming, there = ((other.severity, on_scene, other.is_over) in taken_from for on_scene in (False, True))
            if there or coming:
                found += [(identity, task.unit) for task in tasks if (there if task.on_scene else coming)]
        return sorted(found, key=lambda taken: taken[1].index)

    def near(self, emergency: Emergency, units: Sequence[Unit]) -> list[Unit]:
        """Return those of some free units who are not guards of whom it is known that they are too far."""
        if self._judged_on is not self.roads.state:  # a way may have become shorter
            self._judged_on, self._too_far = self.roads.state, {}
        now, far = float(self.env.now), self._too_far.get(emergency.identity)
        return [unit for unit in units if far.get(unit.index, 0.0) <= now] if far else [*units]

    def nearer(self, emergency: Emergency, going: Sequence[Unit]) -> list[Unit]:
        """Return the same of units that may go, asking of every guard of whom it is not known how far it is."""
        near = self.near(emergency, going)
        if isinstance(self.plan.dispatch, Preparedness):  # a guard who is too far may cover something
            return near
        spot = self.plan.spot(emergency.place)
        return [unit for unit in near if unit.spec.role is not Role.GUARD or not self._is_far(emergency, unit, spot)]

    def _is_far(self, emergency: Emergency, guard: Unit, spot: Spot) -> bool:
        """Return whether a guard that may go is too far to be taken, and remember for how long in any case."""
        within = self.plan.dispatch.guards_within_minutes
        if self.roads.state is OPEN and self._is_on_own_round(guard):
            least = min(map(self.plan.least_minutes[guard.index].__getitem__, spot.nodes))
            if least > within + _ROUNDING:  # wherever on its round it is
                self.note_far(emergency, guard.index, least, within + _ROUNDING)
                return True
        minutes = self.minutes(guard, spot)
        if within < minutes < inf:  # who is cut off is not too far
            self.note_far(emergency, guard.index, minutes, within)
            return True
        return False

    def _is_on_own_round(self, unit: Unit) -> bool:
        motion = unit.motion
        return isinstance(motion, Round) and motion.cycle is unit.home.cycle and not motion.lead.minutes

    def note_far(self, emergency: Emergency, unit: int, minutes: float, within: float) -> None:
        """Remember until when a guard is too far in any case: nobody comes nearer by more than a minute a minute."""
        far = self._too_far.setdefault(emergency.identity, {})
        far[unit] = float(self.env.now) + (minutes - within)

    def any_within(self, within: float, units: Sequence[Unit], spot: Spot) -> bool:
        """Return whether any of some units would be at a spot within some minutes, or sooner if it is a guard."""
        guards = min(within, self.plan.dispatch.guards_within_minutes)
        return any(self.minutes(u, spot) <= (guards if u.spec.role is Role.GUARD else within) for u in units)

    def minutes(self, unit: Unit, spot: Spot) -> float:
        """Return the minutes from an order now until a unit that may be sent is at a spot; infinite when cut off."""
        ready = 0.0  # it is on the road already
        if unit.way_home is None:
            ready = self.fleet.ready_minutes(unit)
            if unit.task is not None:
                ready = ready if unit.task.on_scene else unit.task.until_ready(self.env.now)
                ready += 0.0 if unit.index in self.fleet.moving_up else self.plan.retasking.farther_minutes
        return ready + self.roads.minutes(unit.spec.vehicle, unit.motion.at(self.env.now), spot)
