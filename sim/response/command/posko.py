"""The joint operations centre: takes reports at its desks, decides who is sent, asks again when that was not enough."""

from __future__ import annotations

from collections.abc import Collection, Generator
from itertools import takewhile
from math import isinf
from typing import Any

import simpy

from sim.clock import Process, Signal, first_of
from sim.config.distribution import Delay
from sim.counts import poisson
from sim.delay import draw
from sim.desks import Desks
from sim.region.place import Place, StationPlace
from sim.region.round import Round
from sim.response.command.dispatcher import Dispatcher
from sim.response.command.release import Release
from sim.response.command.relocator import Relocator
from sim.response.command.sector import SectorPosts
from sim.response.duty import Duties
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.response.signal import MobileSignal
from sim.response.task import Task
from sim.streams import Streams
from sim.vocabulary import NOBODY, Capability, Purpose, Strength


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
        self.desks = Desks(env, plan.settings.posko.desks)
        self.dispatcher = Dispatcher(env, plan, fleet, ledger, roads)
        self.open: dict[str, Emergency] = {}
        """Disturbances that posko knows and that are not over."""
        self.reports: dict[str, float] = {}
        """When the report of each disturbance was received, minutes after midnight."""
        self.knows = Signal(env)
        """Fires when a disturbance becomes known."""
        self.news = Signal(env)
        """Fires when it knows anew how bad a disturbance is: with the first report, and with later news."""
        self.requests: list[tuple[float, frozenset[int]]] = []
        """From when on which these were, in order."""
        self.release = Release(env, ledger, plan.retasking.eased_minutes, self.dispatcher.there)
        self.relocator = Relocator(env, plan, fleet, ledger, roads, self.open)
        self.sectors = SectorPosts(env, self.dispatcher, self.open, streams)
        self._met: dict[str, simpy.Event] = {}
        self.duties = Duties(env, fleet, ledger)
        env.process(self._reassign_when_idle())

    def _draw(self, delay: Delay, emergency: Emergency, purpose: str) -> float:
        return draw(delay, self.streams.marks(f"incident/{emergency.identity}/{purpose}"))

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
        mark = self.streams.marks(f"incident/{emergency.identity}/judgement").random()
        return -1 if mark < reporting.too_mild else int(mark >= 1.0 - reporting.too_bad)

    def _called_again(self, emergency: Emergency) -> None:
        """Let others call about the same disturbance."""
        reporting = self.plan.settings.reporting
        marks = self.streams.marks(f"incident/{emergency.identity}/duplicates")
        for when in marks.several(poisson(reporting.duplicates, marks)):
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
        if not (yield from self._until_reported(emergency)):
            return
        self.reports.setdefault(emergency.identity, self.env.now)
        emergency.reported(self._misjudged(emergency))
        self.sectors.hear(emergency)
        if emergency.purpose is Purpose.INCIDENT:
            self._called_again(emergency)
        yield from self._handle(emergency, self.plan.settings.posko.alarm_handling, "alarm")
        if emergency.is_over:
            return
        emergency.handled()
        self.open[emergency.identity] = emergency
        self.knows.fire(emergency)
        self.news.fire()
        self.assign(emergency)
        self.relocator.heard(emergency)

    def _handle(self, emergency: Emergency, delay: Delay, purpose: str) -> Process:
        """Process: until a desk has dealt with a report, the worst first."""
        yield self.desks.take(-emergency.heard)
        yield self.env.timeout(self._draw(delay, emergency, purpose))
        self.desks.leave()

    def _until_reported(self, emergency: Emergency) -> Generator[simpy.Event, Any, bool]:
        """Process: until the report is received; a pair that comes by meanwhile reports itself.

        Returns:
            Whether there is a report; there is none of what nobody tells of until it is over.
        """
        met = self._met[emergency.identity] = self.env.event()
        delay = self.report_delay(emergency)
        hesitation = 0.0 if self._is_attended(emergency) else emergency.hesitation
        told = emergency.over if isinf(hesitation) else self.env.timeout(delay + hesitation)
        yield first_of(self.env, told, met)
        if met.triggered and not told.processed:
            yield first_of(self.env, told, self.env.timeout(self.report_delay(emergency)))
        del self._met[emergency.identity]
        return met.triggered or not isinf(hesitation)

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
            before = emergency.severity
            emergency.handled()
            self.news.fire()
            self.assign(emergency)
            self.release.heard(emergency, before)
            self.relocator.heard(emergency)

    def _closed(self, emergency: Emergency) -> None:
        self.open.pop(emergency.identity, None)
        self.ledger.recall(emergency.identity)
        self.relocator.closed()

    def man(self, post: Emergency) -> None:
        """Let units be sent to what nobody has to report, since the centre itself wants somebody there."""
        assert post.over.callbacks is not None
        post.over.callbacks.append(lambda _: self._closed(post))
        self.open[post.identity] = post
        self.knows.fire(post)
        self.assign(post)

    def assign(self, emergency: Emergency) -> None:
        """Order the units that are still missing at a disturbance."""
        self.dispatcher.assign((emergency,))

    def there(self, emergency: Emergency) -> Strength:
        """Return who is at a disturbance without a task for it, as far as has been noted."""
        return self.dispatcher.there.get(emergency.identity, NOBODY)

    def note_there(self, emergency: Emergency, strength: Strength) -> None:
        """Take note of who is there without a task for it; where they have gone others are asked for."""
        self.dispatcher.there[emergency.identity] = strength
        if emergency.identity in self.open:
            self.ledger.lost.fire()

    def order(self, emergency: Emergency, unit: Unit) -> Task:
        """Send a unit to a disturbance, whatever the rule says: somebody has decided so."""
        return self.dispatcher.order_ahead(emergency, unit)

    def request(self, units: Collection[int]) -> None:
        """Let these units be sent whatever the severity that they wait for: somebody has asked for them."""
        self.dispatcher.requested |= set(units)
        self.requests.append((float(self.env.now), frozenset(self.dispatcher.requested)))
        for emergency in self._by_urgency():
            self.assign(emergency)

    def take_on(self, emergency: Emergency, unit: Unit) -> Task:
        """Let the pair of a post that is at a station in trouble take it on: nobody had to order it."""
        met = self._met.get(emergency.identity)
        if met is not None and not met.triggered:
            met.succeed()
        goal = self.dispatcher.goal(emergency)
        return self.ledger.give(unit, goal, self.ledger.attend(emergency), sent=False, of_post=True)

    def meet(self, emergency: Emergency) -> Process:
        """Process: the pair of a post that stands at a station in trouble, or comes by on its round, takes it on.

        So does the standing guard of an office, which is always there.
        """
        guard, place = self.dispatcher.guard_of(emergency), emergency.place
        if guard is None or not guard.officers or not emergency.asks_for(Capability.PRESENCE):
            return
        if guard.moved is None:
            guard.moved = Signal(self.env)
        while not emergency.is_over:
            waits = [guard.moved.next, emergency.over]
            if guard.is_idle and not guard.is_held:
                when = self._visit(guard, place)
                if when <= self.env.now:
                    self.take_on(emergency, guard)
                    continue
                if when < self.plan.end:
                    waits.append(self.env.timeout(when - self.env.now))
            yield first_of(self.env, *waits)

    def _visit(self, guard: Unit, place: Place) -> float:
        """Return when a guard stands at its station or office next, if nothing happens; infinite when it does not."""
        now = self.env.now
        if not isinstance(place, StationPlace):
            return now
        station = place.station
        if self.fleet.position(guard).station == station:
            return now
        return guard.motion.visit(station, now) if isinstance(guard.motion, Round) else float("inf")

    def _reassign_when_idle(self) -> Process:
        """Process: when a unit is free, a road changes, or one is lost to another task, look at what is missing."""
        while True:
            if not self.open:
                yield self.knows.next
            yield first_of(self.env, self.fleet.became_idle.next, self.roads.changed.next, self.ledger.lost.next)
            self.dispatcher.assign(takewhile(lambda _: self._is_anybody_free(), self._by_urgency()))

    def _is_anybody_free(self) -> bool:
        return any(self.fleet.idle.values()) or bool(self.fleet.free_on_way)

    def _by_urgency(self) -> list[Emergency]:
        """Return the disturbances that posko knows, the worst first, of equal ones the oldest."""
        return sorted(self.open.values(), key=lambda e: (-e.severity, e.onset))
