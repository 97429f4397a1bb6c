"""The joint operations centre: takes reports at its desks, decides who is sent, asks again when that was not enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import simpy

from sim.clock import Process, Signal, first_of
from sim.config.distribution import Delay
from sim.counts import poisson
from sim.delay import draw
from sim.region.place import StationPlace
from sim.region.position import Spot
from sim.region.round import Round
from sim.response.command.dispatch import Call, Candidate, policy, takes_guards, why_none
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.response.signal import MobileSignal
from sim.response.task import Goal, Task
from sim.streams import Streams
from sim.vocabulary import NOBODY, Capability, Purpose, Role, Severity, Strength, Verdict


class Posko:
    """Takes reports and dispatches.

    Args:
        env: The clock.
        plan: How the response works under the strategy.
        fleet: The units.
        ledger: Their tasks.
        roads: Which roads are open.
        signal: Where a telephone works.
        streams: The day's random streams.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: ResponsePlan,
        fleet: Fleet,
        ledger: Ledger,
        roads: OpenRoads,
        signal: MobileSignal,
        streams: Streams,
    ) -> None:
        self.env = env
        self.plan = plan
        self.fleet = fleet
        self.ledger = ledger
        self.roads = roads
        self.signal = signal
        self.streams = streams
        self.desks = simpy.PriorityResource(env, capacity=plan.settings.posko.desks)
        self.choose = policy(plan.dispatch.policy)
        self.open: dict[str, Emergency] = {}
        """Disturbances that posko knows and that are not over."""
        self.reports: dict[str, float] = {}
        """When the report of each disturbance was received, minutes after midnight."""
        self.knows = Signal(env)
        """Fires when a disturbance becomes known."""
        self.requested: set[int] = set()
        """Units that are asked for by a decision, whatever the severity they wait for."""
        self.requests: list[tuple[float, frozenset[int]]] = []
        """From when on which these were, in order."""
        self.there: dict[str, Strength] = {}
        """Who is at a disturbance without a task for it: those who go with the ballot boxes where it is."""
        self._met: dict[str, simpy.Event] = {}
        self._asked: set[str] = set()  # disturbances that officers have been asked for
        self._too_far: dict[str, dict[int, float]] = {}
        self._judged_on = roads.state
        self._guards: dict[str, Unit | None] = {}
        self._free_units: tuple[int, dict[tuple[Severity, Capability], list[Unit]]] = (0, {})
        env.process(self._reassign_when_idle())

    def _draw(self, delay: Delay, emergency: Emergency, purpose: str) -> float:
        return draw(delay, self.streams.generator(f"incident/{emergency.identity}/{purpose}"))

    def report_delay(self, emergency: Emergency) -> float:
        """Draw how long a report takes, minutes: shortest where an officer stands, longest without a signal."""
        reporting = self.plan.settings.reporting
        if self._is_attended(emergency):
            delay = reporting.guarded
        elif not any(self.signal.works(node) for node in emergency.place.nodes):
            delay = reporting.no_signal
        else:
            delay = reporting.by_phone
        return self._draw(delay, emergency, "report") * self.plan.report_factor

    def _misjudged(self, emergency: Emergency) -> int:
        """Draw by how many severities a report is wrong: officers who are there see how it is."""
        reporting = self.plan.settings.reporting
        if self._is_attended(emergency):
            return 0
        mark = self.streams.generator(f"incident/{emergency.identity}/judgement").random()
        return -1 if mark < reporting.too_mild else int(mark >= 1.0 - reporting.too_bad)

    def _called_again(self, emergency: Emergency) -> None:
        """Let others call about the same disturbance."""
        reporting = self.plan.settings.reporting
        rng = self.streams.generator(f"incident/{emergency.identity}/duplicates")
        for when in rng.random(poisson(reporting.duplicates, rng)).tolist():
            self.env.process(self._duplicate(emergency, when * reporting.duplicates_minutes))

    def _duplicate(self, emergency: Emergency, after: float) -> Process:
        """Process: one more call, which tells nothing new and takes a desk."""
        yield self.env.timeout(after)
        yield from self._handle(emergency, self.plan.settings.posko.news_handling, "duplicate")

    def _is_attended(self, emergency: Emergency) -> bool:
        """Return whether officers stand at a disturbance; a warden cannot report for them."""
        place = emergency.place
        watched = isinstance(place, StationPlace) and self.fleet.officers_at(place.station) > 0
        return watched or emergency.is_attended or any(not t.sent for t in self.ledger.open_tasks(emergency.identity))

    def notice(self, emergency: Emergency) -> Process:
        """Process: from the start of a disturbance to the first order."""
        assert emergency.over.callbacks is not None
        emergency.over.callbacks.append(lambda _: self._closed(emergency))
        yield from self._until_reported(emergency)
        self.reports.setdefault(emergency.identity, self.env.now)
        emergency.reported(self._misjudged(emergency))
        if emergency.is_real:
            self._called_again(emergency)
        yield from self._handle(emergency, self.plan.settings.posko.alarm_handling, "alarm")
        if emergency.is_over:
            return
        emergency.handled()
        self.open[emergency.identity] = emergency
        self.knows.fire(emergency)
        self.assign(emergency)

    def _handle(self, emergency: Emergency, delay: Delay, purpose: str) -> Process:
        """Process: until a desk has dealt with a report, the worst first."""
        with self.desks.request(priority=-emergency.heard) as desk:
            yield desk
            yield self.env.timeout(self._draw(delay, emergency, purpose))

    def _until_reported(self, emergency: Emergency) -> Process:
        """Process: until the report is received; a pair that comes by meanwhile reports itself."""
        timer = self.env.timeout(self.report_delay(emergency))
        met = self._met[emergency.identity] = self.env.event()
        yield first_of(self.env, timer, met)
        if not timer.processed:
            yield first_of(self.env, timer, self.env.timeout(self.report_delay(emergency)))
        del self._met[emergency.identity]

    def update(self, emergency: Emergency) -> Process:
        """Process: news of how bad it is now: it comes at once where officers are, else like a report; a desk takes it.

        News of what is not known yet waits with the first report, which says how it is when that is made.
        """
        if emergency.identity not in self.reports:
            return
        if not self._is_attended(emergency):
            yield self.env.timeout(self.report_delay(emergency))
        if emergency.is_over:
            return
        emergency.reported(self._misjudged(emergency))
        if emergency.heard is not emergency.severity:
            yield from self._handle(emergency, self.plan.settings.posko.news_handling, "news")
        if not emergency.is_over and emergency.identity in self.open:
            emergency.handled()
            self.assign(emergency)

    def _closed(self, emergency: Emergency) -> None:
        self.open.pop(emergency.identity, None)
        self.ledger.recall(emergency.identity)

    def assign(self, emergency: Emergency) -> None:
        """Order the units that are still missing at a disturbance."""
        severity = emergency.severity
        for capability, asked in emergency.need.people:
            free = self._free(severity, capability)
            if not free and capability is not Capability.PRESENCE:  # as it is most of the time on a bad day
                continue
            missing = asked - self._coming(emergency, capability)
            if missing > 0 and capability is Capability.PRESENCE:
                missing -= self._send_guard_of_post(emergency)
            if missing > 0 and free:
                self._send(emergency, capability, missing)
            if capability is Capability.PRESENCE and emergency.identity not in self._asked:
                self._note_asked(emergency, missing, free)

    def _coming(self, emergency: Emergency, capability: Capability) -> int:
        there = self.there.get(emergency.identity, NOBODY)
        return self.ledger.coming(emergency.identity, capability) + there[capability]

    def note_there(self, emergency: Emergency, strength: Strength) -> None:
        """Take note of who is there without a task for it; where they have gone others are asked for."""
        self.there[emergency.identity] = strength
        if emergency.identity in self.open:
            self.ledger.lost.fire()

    def _send_guard_of_post(self, emergency: Emergency) -> int:
        """Order the pair whose post this is, when it is free; it always goes. Return its strength."""
        guard = self._guard_of(emergency)
        if guard is None or not guard.is_idle or guard.is_held:
            return 0
        spot = self.plan.spot(emergency.place)
        if self.roads.minutes(guard.spec.vehicle, self.fleet.position(guard), spot) == float("inf"):
            return 0
        self.order(emergency, guard, of_post=True)
        return guard.officers

    def _guard_of(self, emergency: Emergency) -> Unit | None:
        if emergency.identity not in self._guards:
            place = emergency.place
            guard = self.fleet.guard_of(place.station) if isinstance(place, StationPlace) else None
            self._guards[emergency.identity] = guard
        return self._guards[emergency.identity]

    def _send(self, emergency: Emergency, capability: Capability, missing: int) -> None:
        now = self.env.now
        free = self._free(emergency.severity, capability)
        if self._judged_on is not self.roads.state:  # a way may have become shorter
            self._judged_on, self._too_far = self.roads.state, {}
        far = self._too_far.get(emergency.identity)
        near = free if far is None else [unit for unit in free if far.get(unit.index, 0.0) <= now]
        if not near:
            return
        call, candidates = self._judged(emergency, capability, missing, near)
        choice = self.choose(call, candidates, self.plan.dispatch)
        self._note_far(emergency, candidates, choice.verdicts)
        if choice.units:
            verdicts = self._counted(call, choice.verdicts.values(), len(free))
            if len(near) < len(free):
                verdicts[Verdict.TOO_FAR] += len(free) - len(near)
            for index in choice.units:
                self.order(emergency, self.fleet.units[index], verdicts=verdicts)

    def _judged(
        self, emergency: Emergency, capability: Capability, missing: int, units: Sequence[Unit]
    ) -> tuple[Call, list[Candidate]]:
        """Return what is asked for, and free units as the rule of dispatch sees them."""
        district = emergency.place.district
        neighbours = self.plan.neighbours[district] if district is not None else frozenset[int]()
        call = Call(emergency.severity, capability, missing, district, neighbours)
        spot = self.plan.spot(emergency.place)
        return call, [self._candidate(unit, spot, call) for unit in units]

    def _note_asked(self, emergency: Emergency, missing: int, free: Sequence[Unit]) -> None:
        """Take note that officers were asked for, and why none are coming or there, where none are."""
        self._asked.add(emergency.identity)
        if self._coming(emergency, Capability.PRESENCE):
            return
        call, candidates = self._judged(emergency, Capability.PRESENCE, missing, free)
        said = self.choose(call, candidates, self.plan.dispatch).verdicts.values()
        able, guard = self.plan.able[Capability.PRESENCE], self._guard_of(emergency)
        at_hand = sum(unit.spec.role is not Role.GUARD for unit in free)
        busy = able.total() - able[Role.GUARD] > at_hand or (guard is not None and not guard.is_idle)
        emergency.unsent(why_none(said, busy=busy))

    def _note_far(self, emergency: Emergency, candidates: Sequence[Candidate], verdicts: Mapping[int, Verdict]) -> None:
        """Remember until when a guard is too far in any case: nobody comes nearer by more than a minute a minute."""
        far = [candidate for candidate in candidates if verdicts[candidate.unit] is Verdict.TOO_FAR]
        if far:
            now, within = self.env.now, self.plan.dispatch.guards_within_minutes
            known = self._too_far.setdefault(emergency.identity, {})
            known.update({candidate.unit: now + (candidate.minutes - within) for candidate in far})

    def _free(self, severity: Severity, capability: Capability) -> list[Unit]:
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
            role
            for role in self.plan.able[capability]
            if idle[role] and (role is not Role.GUARD or takes_guards(severity, dispatch))
        ]
        if not roles:
            return []
        people = self.plan.people[capability]
        return [self.fleet.units[i] for i in sorted([i for role in roles for i in idle[role] if people[i]])]

    def _counted(self, call: Call, judged: Iterable[Verdict], free: int) -> Counter[Verdict]:
        """Count the verdicts on all units: those judged, guards not asked, those that are busy or of no use."""
        counted, able = Counter(judged), self.plan.able[call.capability]
        guards = 0
        if not takes_guards(call.severity, self.plan.dispatch) and able[Role.GUARD]:
            guards = len(self.fleet.idle[Role.GUARD])
            counted[Verdict.HELD_BACK] += guards
        counted[Verdict.BUSY] = able.total() - free - guards
        counted[Verdict.NOT_ABLE] = len(self.fleet.units) - able.total()
        return counted

    def _candidate(self, unit: Unit, spot: Spot, call: Call) -> Candidate:
        spec = unit.spec
        from_severity = call.severity if unit.index in self.requested else spec.from_severity
        minutes = float("inf")
        if call.severity >= from_severity and not unit.is_held:  # else nobody asks how far it is
            ready = spec.request_delay + spec.mobilisation.mean_minutes
            minutes = ready + self.roads.minutes(spec.vehicle, unit.motion.at(self.env.now), spot)
        return Candidate(
            unit=unit.index,
            strength=self.plan.people[call.capability][unit.index],
            minutes=minutes,
            role=spec.role,
            district=spec.district,
            from_severity=from_severity,
            is_held=unit.is_held,
        )

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
        return self.ledger.give(
            unit, self._goal(emergency), self.ledger.attend(emergency), of_post=of_post, verdicts=verdicts
        )

    def request(self, units: Collection[int]) -> None:
        """Let these units be sent whatever the severity that they wait for: somebody has asked for them."""
        self.requested |= set(units)
        self.requests.append((float(self.env.now), frozenset(self.requested)))
        for emergency in self._by_urgency():
            self.assign(emergency)

    def take_on(self, emergency: Emergency, unit: Unit) -> Task:
        """Let the pair of a post that is at a station in trouble take it on: nobody had to order it."""
        met = self._met.get(emergency.identity)
        if met is not None and not met.triggered:
            met.succeed()
        goal = self._goal(emergency)
        return self.ledger.give(unit, goal, self.ledger.attend(emergency), sent=False, of_post=True)

    def meet(self, emergency: Emergency) -> Process:
        """Process: the pair of a post that stands at a station in trouble, or comes by on its round, takes it on."""
        guard, place = self._guard_of(emergency), emergency.place
        if guard is None or not guard.officers or not emergency.asks_for(Capability.PRESENCE):
            return
        assert isinstance(place, StationPlace)
        if guard.moved is None:
            guard.moved = Signal(self.env)
        while not emergency.is_over:
            waits = [guard.moved.next, emergency.over]
            if guard.is_idle and not guard.is_held:
                when = self._visit(guard, place.station)
                if when <= self.env.now:
                    self.take_on(emergency, guard)
                    continue
                if when < self.plan.end:
                    waits.append(self.env.timeout(when - self.env.now))
            yield first_of(self.env, *waits)

    def _visit(self, guard: Unit, station: int) -> float:
        """Return when a guard stands at a station next, if nothing happens; infinite when it does not."""
        now = self.env.now
        if self.fleet.position(guard).station == station:
            return now
        return guard.motion.visit(station, now) if isinstance(guard.motion, Round) else float("inf")

    def _goal(self, emergency: Emergency) -> Goal:
        place = emergency.place
        purpose = Purpose.INCIDENT if emergency.is_real else Purpose.CHECK
        return Goal(purpose, self.plan.spot(place), place.code, emergency.identity)

    def _reassign_when_idle(self) -> Process:
        """Process: when a unit is free, a road changes, or one is lost to another task, look at what is missing."""
        while True:
            if not self.open:
                yield self.knows.next
            yield first_of(self.env, self.fleet.became_idle.next, self.roads.changed.next, self.ledger.lost.next)
            for emergency in self._by_urgency():
                if not any(self.fleet.idle.values()):
                    break
                self.assign(emergency)

    def _by_urgency(self) -> list[Emergency]:
        """Return the disturbances that posko knows, the worst first, of equal ones the oldest."""
        return sorted(self.open.values(), key=lambda e: (-e.severity, e.onset))
