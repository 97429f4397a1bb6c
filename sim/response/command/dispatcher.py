"""Who is ordered: free units judged by the strategy's rule of dispatch, and those that it chooses ordered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import inf

import simpy

from sim.config.dispatch import Preparedness
from sim.echelon import Echelon
from sim.response.attendance import attend
from sim.response.command.at_hand import AtHand
from sim.response.command.candidates import Candidates
from sim.response.command.dispatch import POLICIES, Call, takes_guards, why_none
from sim.response.command.judgement import Heard, Judged, Judgement
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.response.task import Goal, Task
from sim.strength import Strength
from sim.vocabulary import Capability, Role, Verdict


class Dispatcher:
    """Judges free units and orders those that are missing at a disturbance.

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
        self.choose = POLICIES[plan.dispatch.policy]
        self.at_hand = AtHand(env, plan, fleet, ledger, roads)
        self.candidates = Candidates(plan, fleet, ledger, roads, self.at_hand)
        self.requested = self.at_hand.requested
        """Units that are asked for by a decision, whatever the severity they wait for."""
        self.there: dict[str, Strength] = {}
        """Who is at a disturbance without a task for it: those who go with the ballot boxes where it is."""
        self.heard: Heard | None = None
        """Somebody who looks on, and changes nothing."""
        self._ahead: dict[str, list[Task]] = {}  # sent by a sector post
        self._decided: dict[str, list[Task]] = {}  # sent by a decision
        self._asked: set[str] = set()  # disturbances that officers have been asked for
        self._guards: dict[str, Unit | None] = {}

    def assign(self, emergencies: Iterable[Emergency]) -> None:
        """Order the units that are still missing at some disturbances, one after another, while anybody is free.

        Args:
            emergencies: The disturbances in order.
        """
        self.at_hand.look_again()
        self.at_hand.forget_other_roads()
        settled = self.ledger.settled
        for emergency in emergencies:
            if settled.get(emergency.identity) is not emergency.severity or self.heard is not None:
                self._assign(emergency)

    def are_settled(self, emergencies: Iterable[Emergency]) -> bool:
        """Return whether it has been found that nobody is missing or comes late at any of some disturbances."""
        self.at_hand.forget_other_roads()
        for emergency in emergencies:
            if self.ledger.settled.get(emergency.identity) is not emergency.severity:
                return False
        return self.heard is None

    def _assign(self, emergency: Emergency) -> None:
        """Order the units that are still missing at a disturbance, of all that there are.

        A need is filled in time, not in heads: whom a decision has sent counts, but who would be there sooner is sent
        all the same; whom a sector post has sent likewise, the first time.
        """
        first_time, within = emergency.identity not in self._asked, self.plan.dispatch.in_time_minutes
        able, can_do, settled = self.at_hand.able(emergency.severity), self.plan.can_do, not self._decided
        for capability, asked in emergency.need.people:
            if self.heard is not None:
                self.heard(emergency, capability, asked)
            first = first_time and capability is Capability.PRESENCE
            if not (able & can_do[capability] or first or self._may_send_guard(emergency, capability)):
                settled = False
                continue  # as it is mostly on a bad day
            missing = asked - self._coming(emergency, capability)
            settled = settled and missing <= 0
            if missing > 0 or first or self._decided:  # mostly not: they are there, or on the way
                missing = self._fill(emergency, capability, missing, first=first)
            if within is not None and (late := self.at_hand.late(emergency, within)):
                self._send_in_time(emergency, capability, asked, within, late)
            if first:
                self._note_asked(emergency, missing)
        if settled and not self.roads.cuts_off and (within is None or self.at_hand.nobody_is_late(emergency)):
            self.ledger.settled[emergency.identity] = emergency.severity

    def _fill(self, emergency: Emergency, capability: Capability, missing: int, *, first: bool) -> int:
        """Order who is missing at a disturbance; return how many were, when the pair of its post had been ordered."""
        decided = _under_way(self._decided, emergency)
        ahead = _under_way(self._ahead, emergency) if first else []
        missing += self._strength(decided, capability)
        if missing > 0 and capability is Capability.PRESENCE:
            missing -= self._send_guard_of_post(emergency)
        missing += self._strength(ahead, capability)
        if missing > 0:
            self._send(emergency, capability, missing, [*ahead, *decided])
        return missing

    def send_own(self, emergency: Emergency, own: Sequence[Unit], called: Sequence[Unit]) -> bool:
        """Order those of a sector post's own units that are missing at a disturbance, and the pair whose post it is.

        What is missing goes by the last report: nobody but the chief has handled it. Whom a decision has sent counts,
        but of those who would be there sooner he sends his own all the same. Where his own are too few he calls others.

        Args:
            emergency: The disturbance.
            own: The post's own units.
            called: Units of other agencies that it may call.

        Returns:
            Whether anybody was ordered.
        """
        before = len(self.ledger.tasks)
        for capability, asked in emergency.heard_need.people:
            decided = _under_way(self._decided, emergency)
            missing = asked - self._coming(emergency, capability) + self._strength(decided, capability)
            if missing > 0 and capability is Capability.PRESENCE:
                missing -= self._send_guard_of_post(emergency)
            for units in (own, called):
                missing -= self._send_ahead(emergency, capability, missing, units, decided)
        return len(self.ledger.tasks) > before

    def _send_ahead(
        self, emergency: Emergency, capability: Capability, missing: int, units: Sequence[Unit], decided: Sequence[Task]
    ) -> int:
        """Order whom a sector post sends of some units before the centre; return their strength.

        Args:
            emergency: The disturbance.
            capability: What is missing.
            missing: How many people of it, those on the way among them whom a decision has sent.
            units: Whom it may order.
            decided: The tasks of these.
        """
        people = self.plan.people[capability]
        free = [unit for unit in units if unit.is_free and people[unit.index]]
        if missing <= 0 or not free:
            return 0
        call, candidates = self.candidates.of(emergency, emergency.heard, capability, missing, free, Echelon.SECTOR)
        coming = [self.candidates.on_its_way(task, call) for task in decided]
        choice = self.choose(call, [*candidates, *coming], self.plan.dispatch)
        judged, sent = {unit.index for unit in free}, 0
        for index in [index for index in choice.units if index in judged]:
            task = self.order(emergency, self.fleet.units[index], verdicts=Counter(choice.verdicts.values()))
            self._ahead.setdefault(emergency.identity, []).append(task)
            sent += people[index]
        return sent

    def _strength(self, tasks: Sequence[Task], capability: Capability) -> int:
        if not tasks:
            return 0
        people = self.plan.people[capability]
        return sum([people[task.unit.index] for task in tasks])

    def _coming(self, emergency: Emergency, capability: Capability) -> int:
        """Return the strength that is at a disturbance, with a task for it or without, or on its way to it."""
        coming = self.ledger.coming(emergency.identity, capability)
        if not self.there:  # as on most days: boxes have gone with nobody where anything happened
            return coming
        there = self.there.get(emergency.identity)
        return coming + there[capability] if there else coming

    def _send_guard_of_post(self, emergency: Emergency) -> int:
        """Order the pair whose post this is, when it is free; it always goes. Return its strength."""
        guard = self.guard_of(emergency)
        if guard is None or guard.is_held or not guard.is_free:
            return 0
        spot = self.plan.spot(emergency.place)
        if self.roads.minutes(guard.spec.vehicle, self.fleet.position(guard), spot) == inf:
            return 0
        self.order(emergency, guard, of_post=True)
        return guard.officers

    def _may_send_guard(self, emergency: Emergency, capability: Capability) -> bool:
        """Return whether officers are asked for and the pair whose post this is is free."""
        guard = self.guard_of(emergency) if capability is Capability.PRESENCE else None
        return guard is not None and guard.is_free

    def guard_of(self, emergency: Emergency) -> Unit | None:
        """Return the pair whose post the place of a disturbance is, or the guard of an office; None: there is none."""
        if emergency.identity not in self._guards:
            guard = self.plan.guard_of(emergency.place)
            self._guards[emergency.identity] = None if guard is None else self.fleet.units[guard]
        return self._guards[emergency.identity]

    def _send(self, emergency: Emergency, capability: Capability, missing: int, on_way: Sequence[Task]) -> None:
        """Order whom the rule chooses of the free units; who is on the way is chosen among, and goes on in any case."""
        severity, at_hand = emergency.severity, self.at_hand
        taken = at_hand.from_milder(emergency, capability)
        could_be_taken = (unit for unit in taken if at_hand.can_be_taken(emergency, unit))
        if not at_hand.is_anybody_near(emergency, capability) and not any(could_be_taken):
            return
        free = at_hand.free(severity, capability)
        near = at_hand.near(emergency, free)
        call, candidates = self.candidates.of(emergency, severity, capability, missing, [*near, *taken])
        coming = [self.candidates.on_its_way(task, call) for task in on_way]
        choice = self.choose(call, [*candidates, *coming], self.plan.dispatch)
        within = self.plan.dispatch.guards_within_minutes
        if Verdict.TOO_FAR in choice.verdicts.values():
            for candidate in candidates:
                if choice.verdicts[candidate.unit] is Verdict.TOO_FAR:
                    at_hand.note_far(emergency, candidate.unit, candidate.minutes, within)
        under_way = {task.unit.index for task in on_way}
        chosen = [index for index in choice.units if index not in under_way]
        if chosen:
            busy = under_way.union([unit.index for unit in taken]).difference(chosen)
            verdicts = [verdict for unit, verdict in choice.verdicts.items() if unit not in busy]
            far = free.bit_count() - len(near)
            counted = self._counted(call, verdicts, far + len(verdicts))
            if far:
                counted[Verdict.TOO_FAR] += far
            for index in chosen:
                self.order(emergency, self.fleet.units[index], verdicts=counted)

    def _send_in_time(
        self, emergency: Emergency, capability: Capability, asked: int, within: float, late: Sequence[Task]
    ) -> None:
        """Order those who are there within some minutes in place of those under way who are not: these go on."""
        perhaps = self.at_hand.perhaps_in_time(emergency, capability)
        if not perhaps:
            return
        missing = asked - self._coming(emergency, capability) + self._strength(late, capability)
        if missing <= 0:
            return
        severity = emergency.severity
        near = self.at_hand.within(emergency, within, perhaps, self.plan.spot(emergency.place))
        if not near:
            return
        free = self.at_hand.free(severity, capability)
        covers = isinstance(self.plan.dispatch, Preparedness)  # who is late may cover something
        judged = self.at_hand.listed(free) if covers else near
        call, candidates = self.candidates.of(emergency, severity, capability, missing, judged)
        in_time = [candidate for candidate in candidates if candidate.minutes <= within]
        choice = self.choose(call, in_time, self.plan.dispatch)
        counted = self._counted(call, choice.verdicts.values(), free.bit_count())
        counted[Verdict.TOO_FAR] += free.bit_count() - len(in_time)
        for index in choice.units:
            self.order(emergency, self.fleet.units[index], verdicts=counted)

    def _note_asked(self, emergency: Emergency, missing: int) -> None:
        """Take note that officers were asked for, and why none are coming or there, where none are."""
        self._asked.add(emergency.identity)
        if self._coming(emergency, Capability.PRESENCE):
            return
        free = self.at_hand.listed(self.at_hand.free(emergency.severity, Capability.PRESENCE))
        call, candidates = self.candidates.of(emergency, emergency.severity, Capability.PRESENCE, missing, free)
        off = self._off_duty(Capability.PRESENCE)
        said = {*self.choose(call, candidates, self.plan.dispatch).verdicts.values()}
        if off:
            said.add(Verdict.HELD_BACK)
        able, guard = self.plan.able[Capability.PRESENCE], self.guard_of(emergency)
        at_hand = sum(unit.spec.role is not Role.GUARD for unit in free)
        busy = able.total() - able[Role.GUARD] - off > at_hand or (guard is not None and not guard.is_idle)
        emergency.unsent(why_none(said, busy=busy))

    def _counted(self, call: Call, judged: Iterable[Verdict], free: int) -> Counter[Verdict]:
        """Count the verdicts on all units: those judged, guards not asked, those that are busy or of no use."""
        counted, able = Counter(judged), self.plan.able[call.capability]
        guards = 0
        if not takes_guards(call.severity, self.plan.dispatch) and able[Role.GUARD]:
            guards = sum(map(self.plan.goes.__getitem__, self.fleet.idle[Role.GUARD]))
            counted[Verdict.HELD_BACK] += guards
        off = self._off_duty(call.capability)
        if off:
            counted[Verdict.HELD_BACK] += off
        able_in_all, staying = sum(able.values()), self.plan.staying
        counted[Verdict.BUSY] = able_in_all - free - guards - off
        counted[Verdict.NOT_ABLE] = len(self.fleet.units) - able_in_all - staying
        if staying:
            counted[Verdict.HELD_BACK] += staying
        return counted

    def _off_duty(self, capability: Capability) -> int:
        """Return how many units that have what is asked for are off duty."""
        return sum(self.plan.people[capability][index] > 0 for index in self.fleet.off_duty)

    def judge(self, emergency: Emergency, capability: Capability, asked: int) -> Judgement | None:
        """Say of every unit that has something that is missing what the rule says of it now; this changes nothing.

        Units that the rule could take from something milder are busy; the pair whose post it is goes in any case.

        Args:
            emergency: The disturbance.
            capability: What is asked for.
            asked: How many people of it.

        Returns:
            None where nobody is missing.
        """
        missing = asked - self._coming(emergency, capability)
        if missing <= 0:
            return None
        people, off = self.plan.people[capability], self.fleet.off_duty
        own = {task.unit.index for task in self.ledger.open_tasks(emergency.identity)}
        guard = self.guard_of(emergency)
        if guard is not None and guard.is_free and not guard.is_held:
            own.add(guard.index)
        able = [unit for unit in self.fleet.units if people[unit.index] and unit.index not in own]
        free = [unit for unit in able if unit.is_free and unit.index not in off]
        call, candidates = self.candidates.of(emergency, emergency.severity, capability, missing, free)
        said = self.choose(call, candidates, self.plan.dispatch).verdicts
        spot, found = self.plan.spot(emergency.place), list[Judged]()
        for unit in able:
            spec, task, is_off = unit.spec, unit.task, unit.index in off
            verdict = said.get(unit.index, Verdict.HELD_BACK if is_off else Verdict.BUSY)
            goal = task.goal if task is not None and unit.index not in said else None
            minutes = self.at_hand.minutes(unit, spot)
            what, cause = (None, "") if goal is None else (goal.purpose, goal.incident)
            found.append(
                Judged(spec.name, spec.agency, spec.role, spec.strength, verdict, minutes, is_off, what, cause)
            )
        found.sort(key=lambda one: (one.minutes, one.unit))
        unable = len(self.fleet.units) - len(able) - len(own)
        return Judgement(float(self.env.now), emergency.severity, capability, missing, tuple(found), unable)

    def order(
        self,
        emergency: Emergency,
        unit: Unit,
        *,
        of_post: bool = False,
        verdicts: Counter[Verdict] | None = None,
    ) -> Task:
        """Send a unit to a disturbance."""
        emergency.ordered()
        return attend(self.ledger, unit, self.goal(emergency), emergency, of_post=of_post, verdicts=verdicts)

    def order_ahead(self, emergency: Emergency, unit: Unit) -> Task:
        """Send a unit because somebody has decided so; the rule sends whoever would be there sooner as well."""
        task = self.order(emergency, unit)
        self._decided.setdefault(emergency.identity, []).append(task)
        return task

    def goal(self, emergency: Emergency) -> Goal:
        """Return what a unit is sent to a disturbance for, and where."""
        place = emergency.place
        return Goal(emergency.purpose, self.plan.spot(place), place.code, emergency.identity)


def _under_way(tasks: Mapping[str, Sequence[Task]], emergency: Emergency) -> list[Task]:
    """Return those of the tasks for a disturbance whose units are not there yet."""
    return [task for task in tasks[emergency.identity] if task.is_under_way] if emergency.identity in tasks else []
