"""How dangerous sites are left: who orders it when, how people leave, and how long they are exposed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import simpy

from sim.clock import Process, first_of
from sim.config.distribution import Delay
from sim.config.leaving import InCharge, Leaving, Manner
from sim.config.site import Movement, Sites
from sim.day.sites import Occupied, OfficeSite, StationSite
from sim.delay import draw
from sim.disturbance.incident import Incident
from sim.evacuation.plan import EvacuationPlan
from sim.evacuation.site.evacuation import SiteEvacuation
from sim.evacuation.site.hindrance import open_share
from sim.evacuation.site.least import least_minutes
from sim.evacuation.site.network import Site
from sim.evacuation.site.occupants import Occupants
from sim.log import NEVER, EvacuationRow
from sim.region.place import BasePlace
from sim.region.region import Region
from sim.response.command.posko import Posko
from sim.response.emergency import Emergency
from sim.response.signal import MobileSignal
from sim.vocabulary import Severity
from sim.voting.polls import Polls

_COUNTED_BY = 20
"""The bound is worked out once for each so many people of each sort, rounded down: it stays a bound."""


@dataclass(eq=False)
class Danger:
    """A station or office that must be left, on account of one disturbance.

    Attributes:
        incident: The disturbance.
        at: The station or office.
        due: Since when.
        severity: The severity that asks for it.
        gone: Triggers when the disturbance no longer asks for it.
        by: Who ordered it; None while nobody has.
        ordered: When.
        occupants: Who left; who is there, while nobody has.
        cleared: When the last was safe.
        exposed_minutes: Person-minutes from the danger to safety.
        least: No choice of ways out is quicker, minutes.
    """

    incident: Incident
    at: Occupied
    due: float
    severity: Severity
    gone: simpy.Event
    by: InCharge | None = None
    ordered: float = NEVER
    occupants: Occupants = field(default_factory=Occupants)
    cleared: float = NEVER
    exposed_minutes: float = 0.0
    least: float = 0.0

    @property
    def is_there(self) -> bool:
        """Whether the disturbance is at the station itself; else an area that it endangers must be left."""
        return self.at.station in self.incident.place.stations or self.at.code == self.incident.place.code

    @property
    def has_crowd(self) -> bool:
        """Whether a crowd stands before the station."""
        return self.is_there and self.incident.has_people

    def row(self) -> EvacuationRow:
        """Return the record."""
        return EvacuationRow(
            self.incident.identity, self.at.station, self.at.code, self.due, self.ordered,
            "" if self.by is None else self.by.value, self.occupants.total, self.cleared, self.least,
            self.exposed_minutes,
        )  # fmt: skip


class DangerousSites:
    """The stations and offices that are left on one day.

    Args:
        env: The clock.
        plan: Layouts and times.
        region: The place.
        rule: Who orders it under this strategy, and how people leave.
        polls: The stations.
        posko: What the operations centre knows.
        signal: Where a telephone works.
        as_seen: Returns a disturbance as the centre sees it, by identity.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: EvacuationPlan,
        region: Region,
        rule: Leaving,
        polls: Polls,
        posko: Posko,
        signal: MobileSignal,
        as_seen: Callable[[str], Emergency],
    ) -> None:
        self.env = env
        self.plan = plan
        self.region = region
        self.rule = rule
        self.polls = polls
        self.posko = posko
        self.signal = signal
        self.as_seen = as_seen
        self.all: list[Danger] = []
        self._now: dict[str, Danger] = {}
        self._stations: dict[int, StationSite] = {}
        self._offices: dict[str, OfficeSite] = {}
        self._by_decision: list[EvacuationRow] = []

    @property
    def _sites(self) -> Sites:
        return self.plan.sites

    def _station(self, station: int) -> StationSite:
        if station not in self._stations:
            code, site = self.region.stations.code[station], self.plan.site_of_station(station)
            self._stations[station] = StationSite(self.polls, station, code, site, self._sites.crew)
        return self._stations[station]

    def endanger(self, incident: Incident, station: int) -> None:
        """Let a station be left from now on; nothing happens where that is under way, an empty one is shut at once."""
        at = self._station(station)
        if at.code in self._now:
            return
        if (people := at.occupants()).total:
            self.env.process(self._life(self._danger(incident, at, people)))
        else:
            self.polls.evacuate(station, incident.identity)

    def endanger_office(self, incident: Incident, place: BasePlace) -> None:
        """Let an office be left from now on; nothing happens where that is under way, or nobody is there."""
        if place.code not in self._offices:
            site = self.plan.site_of_office(place.base)
            self._offices[place.code] = OfficeSite(place, site, self._sites.office.staff)
        at = self._offices[place.code]
        if at.code not in self._now and (people := at.occupants()).total:
            self.env.process(self._life(self._danger(incident, at, people)))

    def end_voting(self, incident: Incident, station: int) -> None:
        """Let voting at a station be over for today: its chair sends everybody home at once."""
        at = self._station(station)
        people, going = at.occupants(), self._now.get(at.code)
        if going is not None and going.by is None:
            going.by, going.ordered, going.occupants = InCharge.CHAIR, self.env.now, people
            if not going.gone.triggered:
                going.gone.succeed()  # nobody has to decide any more
        elif going is None and people.total:
            danger = self._danger(incident, at, people)
            danger.by, danger.ordered = InCharge.CHAIR, self.env.now
            self.env.process(self._life(danger))
        gone = self.polls.evacuate(station, incident.identity, for_good=True)
        incident.withdraw_bystanders(gone)

    def relieve(self, station: int) -> None:
        """Let nobody leave a station any more who has not been told to: the danger there is gone."""
        if self._now:
            self._relieve(self.region.stations.code[station])

    def relieve_office(self, place: BasePlace) -> None:
        """Let nobody leave an office any more who has not been told to."""
        self._relieve(place.code)

    def _relieve(self, code: str) -> None:
        danger = self._now.get(code)
        if danger is not None and danger.by is None and not danger.gone.triggered:
            danger.gone.succeed()

    def all_clear(self, incident: Incident) -> None:
        """Let the staff of an office come back."""
        office = self._offices.get(incident.place.code)
        if office is not None:
            office.all_clear(incident.identity)

    def _danger(self, incident: Incident, at: Occupied, people: Occupants) -> Danger:
        danger = Danger(incident, at, self.env.now, incident.severity, self.env.event(), occupants=people)
        self.all.append(danger)
        self._now[at.code] = danger
        return danger

    def order(self, station: int, cause: str) -> None:
        """Empty a station by decision, at once: no disturbance has to be there."""
        at = self._station(station)
        people = at.occupants()
        self._relieve(at.code)
        if at.empty(cause):
            now, safe = self.env.now, SiteEvacuation(at.site, people, self._sites.movement).curve(waited=False).minutes
            least, exposed = self._least(at, people), float(safe.sum())
            last = now + float(safe[-1])
            self._by_decision.append(
                EvacuationRow(cause, station, at.code, now, now, cause, people.total, last, least, exposed)
            )

    def _life(self, danger: Danger) -> Process[None]:
        """Process: from the danger to the last one safe, or to the end of the disturbance where nobody left before."""
        if danger.by is None:
            decided = self.env.process(self._decide(danger))
            yield first_of(self.env, decided, danger.gone, danger.incident.over)
        danger.at.free(danger.incident.identity)
        if danger.by is None:
            self._stay(danger)
        else:
            yield from self._leave(danger)
        self._now.pop(danger.at.code, None)

    def _stay(self, danger: Danger) -> None:
        """They were there until it was over."""
        danger.cleared = self.env.now
        danger.exposed_minutes = danger.occupants.total * (self.env.now - danger.due)
        danger.least = self._least(danger.at, danger.occupants)

    def _decide(self, danger: Danger) -> Process[None]:
        """Process: until somebody has ordered it; without end where people are held inside."""
        crowded = danger.has_crowd
        if self.rule.manner is Manner.HOLD_INSIDE and crowded:
            danger.at.hold(danger.incident.identity)
            yield self.env.event()
        patience = self.env.timeout(self._sites.decision.patience_minutes)
        by = self.rule.decides
        known = self.env.process(self._knows(danger))
        yield first_of(self.env, known, patience)
        if not known.triggered:
            by = InCharge.CHAIR
        if self.rule.manner is Manner.WAIT_FOR_ESCORT and crowded:
            while not patience.processed and danger.incident.scene.officers < self.rule.escort_officers:
                yield first_of(self.env, danger.incident.changed.next, patience)
        if danger.by is None and not (danger.gone.triggered or danger.incident.is_over):
            danger.by, danger.ordered = by, self.env.now

    def _knows(self, danger: Danger) -> Process[None]:
        """Process: until whoever is in charge gives the order."""
        decision, incident = self._sites.decision, danger.incident
        match self.rule.decides:
            case InCharge.CHAIR:
                yield self.env.timeout(self._draw(danger, decision.chair))
            case InCharge.FIRST_OFFICER:
                while not incident.scene.officers:
                    yield incident.changed.next
                yield self.env.timeout(self._draw(danger, decision.first_officer))
            case InCharge.POSKO:
                emergency = self.as_seen(incident.identity)
                while incident.identity not in self.posko.open or emergency.severity < danger.severity:
                    yield self.posko.news.next
                yield self.env.timeout(self._draw(danger, decision.posko))
                reached = incident.scene.officers or any(map(self.signal.works, incident.place.nodes))
                if not reached:
                    yield self.env.timeout(self._draw(danger, decision.no_signal))

    def _draw(self, danger: Danger, delay: Delay) -> float:
        return draw(delay, danger.incident.marks(f"leaving/{danger.at.stream}"))

    def _leave(self, danger: Danger) -> Process[None]:
        """Process: people leave, as far as the crowd before the exits lets them."""
        env, incident = self.env, danger.incident
        if (people := danger.at.occupants()).total:  # else its chair has sent them home
            danger.occupants = people
            gone = danger.at.empty(incident.identity)
            if danger.is_there:
                incident.withdraw_bystanders(gone)
        leaving = SiteEvacuation(danger.at.site, danger.occupants, self._sites.movement)
        shares = self._open(danger)
        while (rest := leaving.minutes_left(shares)) > self._sites.step_minutes:
            if not danger.has_crowd:  # no crowd will change that
                yield env.timeout(rest)
                leaving.advance(rest, shares)
                break
            yield env.timeout(self._sites.step_minutes)
            leaving.advance(self._sites.step_minutes, shares)
            shares = self._open(danger)
        curve = leaving.curve(shares, waited=False)
        danger.cleared = danger.ordered + curve.last
        waited = danger.ordered - danger.due
        danger.exposed_minutes = danger.occupants.total * waited + float(curve.minutes.sum())
        danger.least = self._least(danger.at, danger.occupants)

    def _open(self, danger: Danger) -> dict[str, float]:
        """Return what the crowd outside leaves of each exit now."""
        incident = danger.incident
        state = incident.state if danger.is_there and not incident.is_over else None
        if state is None:
            return {}
        share = open_share(state.active, incident.scene.force, self._sites.hindrance)
        return danger.at.site.before_a_crowd(share)

    def close(self, end: float) -> None:
        """The day is over: whoever has not left has been exposed until now."""
        for danger in self._now.values():
            danger.exposed_minutes = danger.occupants.total * (end - danger.due)

    def rows(self) -> list[EvacuationRow]:
        """Return the records, in order of the danger."""
        return sorted([*(danger.row() for danger in self.all), *self._by_decision], key=lambda row: row.due)

    def _least(self, at: Occupied, people: Occupants) -> float:
        """Return a bound of the minutes that so many people need."""
        inside, in_line, watching = (
            number - number % _COUNTED_BY for number in (people.voters_inside, people.voters_in_line, people.spectators)
        )
        return _least_of(at.site, self._sites.movement, Occupants(inside, in_line, people.crew, 0, watching))


@lru_cache(maxsize=4096)
def _least_of(site: Site, movement: Movement, people: Occupants) -> float:
    return least_minutes(site, SiteEvacuation(site, people, movement).space, {}, 10.0)
