"""All stations of a day on its clock: disturbances impose conditions on them, and are told what people are there."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.config.voting import VotingSettings
from sim.log import Columns
from sim.voting.conditions import ALL, Conditions, FlatConditions, Out, at_station, flatten
from sim.voting.counting import counting_minutes
from sim.voting.draws import VoterDraws
from sim.voting.engine import StationTable
from sim.voting.engines import ENGINES
from sim.voting.rules import rules_of
from sim.voting.trouble import Outage, Troubles, calm_conditions, with_outages

INF = math.inf
Ints = NDArray[np.int64]
Process = Generator[simpy.Event, Any, None]


class Cause(NamedTuple):
    """What one cause does to a station: speed of work, share of voters deterred, servers out of use by stage."""

    speed: float = 1.0
    deterred: float = 0.0
    out: Out = ()

    @property
    def stops(self) -> bool:
        """Whether nobody is let in any more."""
        return self.speed == 0.0 or self.out[:1] == (ALL,)


def play(
    draws: VoterDraws, voting: VotingSettings, conditions: FlatConditions, stations: Ints | None, until: float
) -> StationTable:
    """Play stations with the engine that the settings name."""
    return ENGINES[voting.engine](draws, rules_of(voting), conditions, stations, until)


def calm_day(
    draws: VoterDraws, voting: VotingSettings, base_deterred: NDArray[np.float64], troubles: Troubles | None
) -> StationTable:
    """Play the calm twin of a day: ordinary trouble, no disturbance, some voters kept away by their station's guards.

    Strategies whose guards deter the same share may use one together.
    """
    flat = calm_conditions(voting, base_deterred, troubles)
    table = play(draws, voting, flat, None, voting.day_end)
    if troubles is None or not troubles.outages:
        return table
    short = np.array(sorted({outage.station for outage in troubles.outages}), dtype=np.int64)
    known = [
        with_outages(at_station(flat, station), [o for o in troubles.outages if o.station == station])
        for station in short.tolist()
    ]
    return table.replaced(short, play(draws, voting, flatten(known), short, voting.day_end))


@dataclass(eq=False)
class Site:
    """A station that something has happened to.

    Attributes:
        conditions: What it has gone through so far, and what is planned.
        causes: What acts on it now, by cause.
        stopped_since: Since when it has not served; infinite while it serves.
        clear_since: When its last stopping cause went away; infinite while one acts.
        serves_at: When it serves again after that; infinite while that is not known.
        frozen: Whether that stop froze the room too; else those in it went on.
        credited_until: Until when standing still has been made up for by extended hours.
    """

    conditions: Conditions
    causes: dict[str, Cause] = field(default_factory=dict)
    stopped_since: float = INF
    clear_since: float = -INF
    serves_at: float = -INF
    frozen: bool = False
    credited_until: float = -INF

    @property
    def is_abandoned(self) -> bool:
        """Whether voting was given up."""
        return self.conditions.abandoned_at < INF

    @property
    def is_evacuated(self) -> bool:
        """Whether it was emptied and the all-clear has not come."""
        evacuations = self.conditions.evacuations
        return bool(evacuations) and evacuations[-1][1] == INF

    @property
    def is_stopped(self) -> bool:
        """Whether a cause acts on it that stops all service."""
        return any(cause.stops for cause in self.causes.values())

    @property
    def out(self) -> Out:
        """Servers out of use by all causes together."""
        return tuple(map(sum, zip_longest(*(cause.out for cause in self.causes.values()), fillvalue=0)))

    def deterred(self, base: float) -> float:
        """Return the share of voters kept away by all causes together, independent of each other, and by guards."""
        shares = [cause.deterred for cause in self.causes.values() if cause.deterred]
        return 1.0 - (1.0 - base) * math.prod(1.0 - share for share in shares) if shares else base


class Polls:
    """The polling stations of one day.

    Stations are played by the compiled engine, from the conditions known when somebody asks; those that nothing has
    happened to are read from the calm twin.

    Args:
        env: The clock.
        draws: The day's voters.
        voting: The settings.
        calm: The day without disturbance, with the same ``base_deterred``: see ``calm_day``.
        base_deterred: (stations) share of voters kept away all day by visible force, 0 to 1.
    """

    def __init__(
        self,
        env: simpy.Environment,
        draws: VoterDraws,
        voting: VotingSettings,
        calm: StationTable,
        base_deterred: NDArray[np.float64],
        troubles: Troubles | None = None,
    ) -> None:
        self.env = env
        self.draws = draws
        self.voting = voting
        self.calm = calm
        self._base = calm_conditions(voting, base_deterred, troubles)
        self._sites: dict[int, Site] = {}
        self._outlook, self._outdated = calm, set[int]()
        self._changes: dict[int, simpy.Event] = {}
        work = counting_minutes(voting.counting, calm.voted.astype(np.float64), draws.counting_factor)
        unserved = calm.in_line + calm.in_room > 0
        self._calm_counted = np.where(
            unserved, np.inf, np.fmax(voting.close + self._base.extended, calm.last_voted) + work
        )
        env.process(self._closing())
        for number, outage in enumerate(troubles.outages if troubles is not None else ()):
            env.process(self._outage(f"trouble {number}", outage))

    def impose(self, station: int, cause: str, *, speed: float = 1.0, deterred: float = 0.0, out: Out = ()) -> None:
        """Let a cause act on a station from now on; the same cause again replaces what it did.

        Several causes together: the slowest speed, independent deterrence, and all their servers out of use.

        Args:
            station: Which.
            cause: Who or what acts.
            speed: Speed of service: 1 normal, below 1 slowed, 0 stopped; people stay where they are.
            deterred: Share of arriving voters who stay away.
            out: Servers out of use by stage; ``(ALL,)`` shuts the door, and who is in the room is still served.
        """
        site = self._site(station)
        site.causes[cause] = Cause(speed, deterred, out)
        self._apply(station, site)

    def lift(self, station: int, cause: str) -> None:
        """End what a cause does to a station; nothing happens when it does nothing there.

        A station that stood still serves again ``restart_minutes`` after its last stopping cause is gone. When that
        would not be before closing, a stop that began before closing becomes an abandonment; one that began later, with
        the line or the count still under way, is only a pause.
        """
        site = self._sites.get(station)
        if site is not None and site.causes.pop(cause, None) is not None:
            self._apply(station, site)

    def evacuate(self, station: int, cause: str) -> int:
        """Empty a station and stop it; people may come back after the all-clear. Return how many leave.

        The all-clear is the end of the last cause that stops it. Nobody is there, and 0 is returned, while a station is
        evacuated already and after its day is over. After closing, an evacuation means that voting or counting does not
        go on: the station is abandoned.
        """
        people, site, now = self.crowd(station), self._site(station), self.env.now
        closed = now >= self.closing(station)
        over = site.is_abandoned or (closed and now >= self.ready(station))
        site.causes[cause] = Cause(0.0, site.causes.get(cause, Cause()).deterred)
        if not (over or site.is_evacuated):
            site.conditions = site.conditions.evacuating(now)
            if closed:
                site.conditions = site.conditions.abandoning(now)
        self._apply(station, site)
        return people

    def closing(self, station: int) -> float:
        """Return when a station closes to those who come, as far as is known now."""
        site = self._sites.get(station)
        return self.voting.close + (float(self._base.extended[station]) if site is None else site.conditions.extended)

    def crowd(self, station: int) -> int:
        """Return the people at a station now: in line and inside; spectators while it counts; 0 when it is over."""
        now, site = self.env.now, self._sites.get(station)
        if site is not None and (site.is_abandoned or site.is_evacuated):
            return 0
        look = self._look(station, now)
        present = int(look.in_line[0] + look.in_room[0])
        if present or now < self.closing(station):
            return present
        return round(self.voting.counting.spectators) if now < self.ready(station) else 0

    def ready(self, station: int) -> float:
        """Return when a station's boxes can leave as far as is known now: counted, or sealed where voting was given up.

        Infinite while it stands still, or cannot serve its line before the end of the day.
        """
        site = self._sites.get(station)
        if site is None:
            return float(self._calm_counted[station])
        if site.is_abandoned:
            return INF if site.is_stopped else max(site.conditions.abandoned_at, site.clear_since)
        return self._counted(station, site)

    def changed(self, station: int) -> simpy.Event:
        """Return an event that triggers when a station's conditions change next."""
        return self._changes.setdefault(station, self.env.event())

    def table(self) -> Columns:
        """Return what becomes of every station by the end of the day: the log's columns from ``due`` to ``counted``.

        Before the end of the day: as far as is known now.
        """
        n, voting = len(self.calm.wait_sum), self.voting
        day, counted = self._day(), self._calm_counted.copy()
        suspended, evacuations, abandoned = np.zeros(n), np.zeros(n, np.int64), np.zeros(n, np.int64)
        closed = voting.close + self._base.extended
        for station, site in self._sites.items():
            counted[station] = INF if site.is_abandoned else self._counted(station, site)
            suspended[station] = site.conditions.stopped_minutes(voting.open, voting.close)
            evacuations[station] = len(site.conditions.evacuations)
            abandoned[station] = int(site.is_abandoned)
            closed[station] = self.closing(station)
        return {
            "due": day.due,
            "voted": day.voted,
            "lost_deterred": day.lost_deterred,
            "lost_balked": day.lost_balked,
            "lost_impatient": day.lost_impatient,
            "lost_unsupplied": day.lost_unsupplied,
            "lost_evacuated": day.lost_evacuated,
            "deferred": day.deferred,
            "in_line": day.in_line + day.in_room,
            "wait_sum": day.wait_sum,
            "waited_over_30": day.waited_over_30,
            "priority_voted": day.priority_voted,
            "priority_wait_sum": day.priority_wait_sum,
            "opened": np.maximum(voting.open, self._base.opens_at),
            "closed": closed,
            "last_voted": day.last_voted,
            "suspended_minutes": suspended,
            "evacuations": evacuations,
            "abandoned": abandoned,
            "calm_voted": self.calm.voted,
            "calm_wait_sum": self.calm.wait_sum,
            "calm_waited_over_30": self.calm.waited_over_30,
            "calm_last_voted": self.calm.last_voted,
            "counted": np.where(counted <= voting.day_end, counted, np.nan),
        }

    def _closing(self) -> Process:
        """Process: at the last possible closing, give up every station that has stood still since before."""
        extension = self.voting.extension
        last = self.voting.close + (extension.most_minutes if extension.after_interruption else 0.0)
        yield self.env.timeout(max(0.0, last - self.env.now))
        for station, site in self._sites.items():
            if site.is_stopped and site.stopped_since < self.closing(station) and not site.is_abandoned:
                site.conditions = site.conditions.abandoning(self.env.now)
                self._tell(station)

    def _outage(self, cause: str, outage: Outage) -> Process:
        """Process: servers of a station are out of use for a time."""
        yield self.env.timeout(max(0.0, outage.begin - self.env.now))
        self.impose(outage.station, cause, out=(*(0,) * outage.stage, outage.servers))
        if outage.end < INF:
            yield self.env.timeout(outage.end - self.env.now)
            self.lift(outage.station, cause)

    def _site(self, station: int) -> Site:
        site = self._sites.get(station)
        if site is None:
            site = self._sites[station] = Site(at_station(self._base, station))
        return site

    def _apply(self, station: int, site: Site) -> None:
        """Put what acts on a station now into its conditions."""
        now, c, out = self.env.now, site.conditions, site.out
        deterred = site.deterred(float(self._base.deterred[station]))
        speed = min((cause.speed for cause in site.causes.values()), default=1.0)
        if site.serves_at <= now:
            site.stopped_since = INF
        if site.is_stopped:
            site.stopped_since = min(site.stopped_since, now)
            site.clear_since = site.serves_at = INF
            site.frozen = speed == 0.0
        elif site.stopped_since < INF and site.clear_since == INF:
            self._all_clear(site)
            c = site.conditions
        if site.is_abandoned:
            site.conditions = c.changing(now, 0.0, deterred, out)
        elif site.is_stopped:
            site.conditions = c.changing(now, speed, deterred, out)
        elif now < site.serves_at:
            shut = (ALL, *out[1:])
            still = c.changing(now, 0.0, deterred, out) if site.frozen else c.changing(now, speed, deterred, shut)
            site.conditions = still.changing(site.serves_at, speed, deterred, out)
        else:
            site.conditions = c.changing(now, speed, deterred, out)
        self._tell(station)

    def _all_clear(self, site: Site) -> None:
        """Let a station that stood still serve again after a while, or give it up when it is too late for that."""
        now, close, extension = self.env.now, self.voting.close + site.conditions.extended, self.voting.extension
        site.clear_since, site.serves_at = now, now + self.voting.restart_minutes
        site.conditions = site.conditions.all_clear(now)
        in_hours = site.stopped_since < close and not site.is_abandoned
        if in_hours and extension.after_interruption:
            since = max(site.stopped_since, site.credited_until, self.voting.open, site.conditions.opens_at)
            lost, site.credited_until = max(0.0, site.serves_at - since), site.serves_at
            extended = min(extension.most_minutes, site.conditions.extended + lost)
            site.conditions = replace(site.conditions, extended=extended)
            close = self.voting.close + extended
        if site.serves_at >= close and in_hours:
            site.conditions = site.conditions.abandoning(now)

    def _tell(self, station: int) -> None:
        """Wake whoever waits for a change of a station's conditions."""
        self._outdated.add(station)
        event = self._changes.pop(station, None)
        if event is not None:
            event.succeed()

    def _look(self, station: int, until: float) -> StationTable:
        """Return what a station has done by some moment, under the conditions known now."""
        site = self._sites.get(station)
        known = at_station(self._base, station) if site is None else site.conditions
        return play(self.draws, self.voting, flatten([known]), np.array([station]), until)

    def _day(self) -> StationTable:
        """Return the day of all stations under the conditions known now; those that have changed are played again."""
        if self._outdated:
            stations = np.array(sorted(self._outdated), dtype=np.int64)
            known = flatten([self._sites[station].conditions for station in stations.tolist()])
            again = play(self.draws, self.voting, known, stations, self.voting.day_end)
            self._outlook = self._outlook.replaced(stations, again)
            self._outdated.clear()
        return self._outlook

    def _counted(self, station: int, site: Site) -> float:
        """Return when a station will have counted; infinite while it stands still or cannot serve its line."""
        day = self._day()
        if day.in_line[station] + day.in_room[station]:
            return INF
        work = counting_minutes(
            self.voting.counting, float(day.voted[station]), float(self.draws.counting_factor[station])
        )
        return site.conditions.advance(float(np.fmax(self.closing(station), day.last_voted[station])), work)
