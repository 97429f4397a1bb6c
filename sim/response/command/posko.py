"""The joint operations centre: takes reports at its desks, decides who is sent, asks again when that was not enough."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from itertools import takewhile
from math import isinf

import simpy

from sim.clock import AnyOf, Signal, after, at_once
from sim.config.distribution import Delay
from sim.counts import poisson
from sim.delay import draw
from sim.desks import Desks
from sim.region.place import StationPlace
from sim.response.attendance import attend
from sim.response.command.dispatcher import Dispatcher
from sim.response.command.lookout import Lookout
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
from sim.strength import NOBODY, Strength
from sim.vocabulary import Capability, Purpose


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
        self.release = Release(env, ledger, after=plan.retasking.eased_minutes, there=self.dispatcher.there)
        self.relocator = Relocator(env, plan, fleet, ledger, roads, self.open)
        self.sectors = SectorPosts(env, self.dispatcher, self.open, streams)
        self._untold: dict[str, bool] = {}  # what no report has come of, and whether anybody is going to tell it
        self._met = set[str]()  # what a pair has come to before any report of it
        self.duties = Duties(env, fleet, ledger)
        self._may_help = AnyOf(env, (fleet.became_idle, roads.changed, ledger.lost), self._reassign)
        self._wait_for_help()

    def _draw(self, delay: Delay, emergency: Emergency, purpose: str) -> float:
        return draw(delay, self.streams.marks(f"incident/{emergency.identity}/{purpose}"))

    def report_delay(self, emergency: Emergency, *, is_attended: bool) -> float:
        """Draw how long a report takes, minutes: shortest where an officer stands, longest without a signal."""
        reporting = self.plan.settings.reporting
        if is_attended:
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
            after(self.env, when * reporting.duplicates_minutes, partial(self._take_duplicate, emergency))

    def _take_duplicate(self, emergency: Emergency, _: simpy.Event) -> None:
        """One more call, which tells nothing new, takes a desk."""
        self._handle(emergency, self.plan.settings.posko.news_handling, "duplicate", _nothing_new)

    def _is_attended(self, emergency: Emergency) -> bool:
        """Return whether officers stand at a disturbance; a warden cannot report for them."""
        place = emergency.place
        if emergency.is_attended or not all([task.sent for task in self.ledger.tasks_of(emergency.identity)]):
            return True
        return isinstance(place, StationPlace) and self.fleet.officers_at(place.station) > 0

    def notice(self, emergency: Emergency) -> None:
        """Let a disturbance that has just begun be told: a pair that comes by meanwhile reports itself.

        There is no report of what nobody tells of until it is over.
        """
        assert emergency.over.callbacks is not None
        emergency.over.callbacks.append(lambda _: self._closed(emergency))
        is_attended = self._is_attended(emergency)
        delay = self.report_delay(emergency, is_attended=is_attended)
        hesitation = 0.0 if is_attended else emergency.hesitation
        self._untold[emergency.identity] = not isinf(hesitation)
        if isinf(hesitation):
            emergency.over.callbacks.append(lambda _: self._receive(emergency))
        else:
            after(self.env, delay + hesitation, lambda _: self._receive(emergency))

    def _met_by(self, emergency: Emergency) -> None:
        """Let the pair that has come by report it, unless somebody does so sooner."""
        if emergency.identity in self._untold and emergency.identity not in self._met:
            self._met.add(emergency.identity)
            self._untold[emergency.identity] = True
            delay = self.report_delay(emergency, is_attended=True)
            after(self.env, delay, lambda _: self._receive(emergency))

    def _receive(self, emergency: Emergency) -> None:
        """Somebody calls, or it is over: the first who tells it makes the report."""
        if not self._untold.pop(emergency.identity, False):
            return
        self.reports.setdefault(emergency.identity, self.env.now)
        emergency.reported(self._misjudged(emergency))
        self.sectors.hear(emergency)
        if emergency.purpose is Purpose.INCIDENT:
            self._called_again(emergency)
        self._handle(emergency, self.plan.settings.posko.alarm_handling, "alarm", self._alarm_handled)

    def _alarm_handled(self, emergency: Emergency) -> None:
        """The first report has been dealt with: send whom it needs, unless it is over."""
        if emergency.is_over:
            return
        emergency.handled()
        self.open[emergency.identity] = emergency
        self.knows.fire(emergency)
        self.news.fire()
        self.assign(emergency)
        self.relocator.heard(emergency)

    def _handle(self, emergency: Emergency, delay: Delay, purpose: str, then: Callable[[Emergency], None]) -> None:
        """Let a desk deal with a report, the worst first, and do something then."""
        self.desks.when_free(partial(self._begin_to_handle, emergency, delay, purpose, then), -emergency.heard)

    def _begin_to_handle(
        self, emergency: Emergency, delay: Delay, purpose: str, then: Callable[[Emergency], None]
    ) -> None:
        after(self.env, self._draw(delay, emergency, purpose), partial(self._handled, emergency, then))

    def _handled(self, emergency: Emergency, then: Callable[[Emergency], None], _: simpy.Event) -> None:
        self.desks.leave()
        then(emergency)

    def update(self, emergency: Emergency) -> None:
        """Let news be told of how bad it is now: at once where officers are, else like a report; a desk takes it.

        News of what is not known yet waits with the first report, which says how it is when that is made.
        """
        if emergency.identity in self.reports:
            at_once(self.env, lambda _: self._tell(emergency))

    def _tell(self, emergency: Emergency) -> None:
        if self._is_attended(emergency):
            self._hear(emergency)
        else:
            after(self.env, self.report_delay(emergency, is_attended=False), lambda _: self._hear(emergency))

    def _hear(self, emergency: Emergency) -> None:
        """News has come; a desk is needed where it tells something new."""
        if emergency.is_over:
            return
        emergency.reported(self._misjudged(emergency))
        if emergency.heard is emergency.severity:
            self._news_handled(emergency)
        else:
            self._handle(emergency, self.plan.settings.posko.news_handling, "news", self._news_handled)

    def _news_handled(self, emergency: Emergency) -> None:
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
        self.ledger.look_again(emergency.identity)
        if emergency.identity in self.open:
            self.ledger.lost.fire()

    def order(self, emergency: Emergency, unit: Unit) -> Task:
        """Send a unit to a disturbance, whatever the rule says: somebody has decided so."""
        return self.dispatcher.order_ahead(emergency, unit)

    def request(self, units: Collection[int]) -> None:
        """Let these units be sent whatever the severity that they wait for: somebody has asked for them."""
        self.dispatcher.at_hand.request(units)
        self.requests.append((float(self.env.now), frozenset(self.dispatcher.requested)))
        for emergency in self._by_urgency():
            self.assign(emergency)

    def take_on(self, emergency: Emergency, unit: Unit) -> Task:
        """Let the pair of a post that is at a station in trouble take it on: nobody had to order it."""
        task = attend(self.ledger, unit, self.dispatcher.goal(emergency), emergency, sent=False, of_post=True)
        self._met_by(emergency)
        return task

    def meet(self, emergency: Emergency) -> None:
        """Let the pair of a post that stands at a station in trouble, or comes by on its round, take it on.

        So does the standing guard of an office, which is always there.
        """
        guard = self.dispatcher.guard_of(emergency)
        if guard is not None and guard.officers and emergency.asks_for(Capability.PRESENCE):
            Lookout(self.env, emergency, guard, self.take_on, self.plan.end).begin()

    def _wait_for_help(self) -> None:
        """Look at what is missing when a unit is free, a road changes, or one is lost to another task."""
        if self.open:
            self._may_help.listen()
        else:
            self._may_help.listen_after(self.knows)

    def _reassign(self, _: simpy.Event) -> None:
        if not self.dispatcher.are_settled(self.open.values()):
            self.dispatcher.assign(takewhile(lambda _: self._is_anybody_free(), self._by_urgency()))
        self._wait_for_help()

    def _is_anybody_free(self) -> bool:
        return any(self.fleet.idle.values()) or bool(self.fleet.free_on_way)

    def _by_urgency(self) -> list[Emergency]:
        """Return the disturbances that posko knows, the worst first, of equal ones the oldest."""
        return sorted(self.open.values(), key=lambda e: (-e.severity, e.onset))


def _nothing_new(_: Emergency) -> None:
    """What a call about what is known already makes the centre do."""
