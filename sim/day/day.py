"""One polling day on one clock.

Stations open, voters come; disturbances start, grow, act on stations and roads; posko takes reports and sends units;
people are brought to safety and the injured into care; stations resume or are abandoned, close, count, and send their
boxes home. A prepared world goes in, a log comes out, and nothing else changes. The day can be played in steps: until a
time, looked at, acted on, and played on.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.clock import Clock, Process
from sim.config.kinds import Kind
from sim.day.areas import Areas
from sim.day.boxes import TroubledBoxes
from sim.day.check import check_day
from sim.day.clairvoyant import bound_rows
from sim.day.coverage import Response, coverage_columns, potential_columns, potential_response
from sim.day.decisions import Decision, carry_out
from sim.day.draws import DayDraws, check_course, draw_day
from sim.day.effects import EffectsInForce
from sim.day.escort import Escort
from sim.day.garbage import swept_at_end, take_apart
from sim.day.joint import Reported
from sim.day.leaving import DangerousSites
from sim.day.picture import Picture, take_picture
from sim.day.record import road_columns, station_columns, task_columns, unit_state_columns
from sim.day.tracks import track_columns
from sim.day.world import World
from sim.disturbance.incident import Hooks, Incident
from sim.disturbance.sources.condition import Occasions
from sim.disturbance.sources.elsewhere import elsewhere
from sim.disturbance.sources.hazard import background
from sim.disturbance.sources.script import script
from sim.disturbance.sources.source import BoxesNow
from sim.disturbance.sources.spread import follow
from sim.disturbance.start import Start
from sim.errors import UserError
from sim.evacuation.casualties import Casualties
from sim.log import BoundRow, DayLog, columns
from sim.region.place import StationPlace
from sim.response.command.false_reports import FalseReport, false_reports
from sim.response.command.posko import Posko
from sim.response.fleet import Fleet
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.signal import MobileSignal
from sim.streams import Streams
from sim.voting.late import has_stood
from sim.voting.polls import Polls
from sim.voting.twin import CalmLater
from sim.words.language import gettext as _

MOST_INCIDENTS = 20_000
"""Disturbances of one day; a day that has more is one of followers that have followers without end."""


class Day:
    """The polling day under one strategy, wired together.

    Args:
        world: The prepared scenario.
        strategy: Name of the strategy.
        replication: Number of the day.
        draws: The day's shared random numbers.
        branch: 0: the day itself; another number: another course of it from ``fork`` on. The draws must be those of
            the same branch.
        fork: From when on the branch is in force, minutes after midnight.

    Raises:
        UserError: For a strategy that the scenario does not play, or a number of a day that cannot be.
    """

    def __init__(
        self,
        world: World,
        strategy: str,
        replication: int,
        draws: DayDraws,
        *,
        branch: int = 0,
        fork: float = math.inf,
    ) -> None:
        check_course(replication, branch, fork)
        self.world, self.strategy, self.replication = world, strategy, replication
        self.env = Clock(world.start)
        seed = world.scenario.run.seed
        self.streams = Streams(seed, replication, branch, fork=fork, now=lambda: float(self.env.now), seeds=draws.seeds)
        plan = self.plan = world.response(strategy)
        self.roads = OpenRoads(self.env, world.network)
        self.signal = MobileSignal(plan.signal)
        self.polls = self._polls(draws)
        self.fleet = Fleet(self.env, plan, self.roads, self.streams)
        self.ledger = Ledger(self.env, self.fleet, self.roads)
        self.posko = Posko(self.env, plan, self.fleet, self.ledger, self.roads, self.signal, self.streams)
        self.casualties = Casualties(
            self.env, world.evacuation, self.posko, self.fleet, self.ledger, self.roads, self.streams
        )
        self.escort = Escort(
            self.env, plan, world.region, self.polls, self.fleet, self.ledger, self.roads, world.scenario.voting.close
        )
        self.troubled_boxes = TroubledBoxes(self.escort, self.posko, world.gazetteer)
        self.reported: dict[str, Reported] = {}
        rule = world.scenario.strategy(strategy).evacuation
        self.leaving = DangerousSites(
            self.env,
            world.evacuation,
            world.region,
            rule,
            self.polls,
            self.posko,
            self.signal,
            self.reported.__getitem__,
        )
        self.areas = Areas(
            self.env, world.evacuation, rule, self.polls, self.leaving, self.posko, self.roads, self.streams
        )
        self.effects = EffectsInForce(
            self.env, world.disturbances, self.polls, self.roads, self.signal, self.leaving, self.areas,
            self.troubled_boxes,
        )  # fmt: skip
        self.hooks = Hooks(
            severity=self._on_severity,
            news=self._on_news,
            injury=self._on_injury,
            changed=self.effects.turn,
            ended=self._on_ended,
        )
        self.incidents: dict[str, Incident] = {}
        self.decisions: list[tuple[float, Decision]] = []
        self.occasions = Occasions(self.env, world.disturbances, self.streams, self.begin)
        self._opens_at = draws.troubles.opens_at
        self._start(draws, fork if branch else math.inf)

    def _start(self, draws: DayDraws, fork: float) -> None:
        """Put every process of the day on the clock."""
        env, plan = self.env, self.world.disturbances
        for closure in self.world.closures:
            env.process(self.roads.close_between(closure.road, closure.closed, closure.reopened))
        for slow in self.world.slow_stretches:
            env.process(self.roads.slow_between(slow.road, slow.factor, slow.begins, slow.ends))
        for dusk, dawn in self.world.nights:
            env.process(self.roads.dark_between(dusk, dawn))
        env.process(script(env, draws.scripted, self.begin))
        background(env, plan, draws.onsets, self, self.begin)
        for ground, moments in draws.elsewhere.items():
            elsewhere(env, plan, ground, moments, self, self.begin)
        for watch in self.occasions.late_openings(draws.troubles.opens_at):
            env.process(watch)
        env.process(self._false_reports())
        env.process(self._roads_changed())
        if fork < self.world.end:
            env.process(self._fork(fork))

    def _fork(self, when: float) -> Process[None]:
        """Process: at the fork, what was drawn ahead is drawn again from the branch."""
        yield self.env.timeout(max(0.0, when - self.env.now))
        for incident in self.incidents.values():
            if not incident.is_over:
                incident.replan()

    def _polls(self, draws: DayDraws) -> Polls:
        """Open the stations; where guards deter nobody, every strategy shares one calm twin."""
        voting, deterred = self.world.scenario.voting, self._deterred_by_guards()
        voters, troubles, replays = draws.voters, draws.troubles, draws.replays
        calm = CalmLater(voters, voting, deterred, troubles, replays) if deterred.any() else draws.calm
        return Polls(self.env, voters, voting, calm, deterred, troubles, replays)

    def _deterred_by_guards(self) -> NDArray[np.float64]:
        """Share of each station's voters whom the visible force of its post keeps away, 0 to 1."""
        deployment = self.plan.deployment
        officers = np.array([p.officers / len(p.stations) for p in deployment.posts] + [0.0])
        return np.minimum(1.0, self.world.scenario.voting.guard_deterrence * officers[deployment.post_of_station])

    def crowd(self, station: int) -> int:
        """Return the people at a station now."""
        return self.polls.crowd(station)

    def strength(self, station: int) -> float:
        """Return the officers who stand at a station now, wardens by their effect among them."""
        return self.fleet.strength_at(station)

    def boxes(self, station: int) -> BoxesNow | None:
        """Return a station's ballot boxes that wait, or are on their way; None before and after."""
        return self.troubled_boxes.now(station)

    def late_line(self, station: int) -> int:
        """Return the people in line at a station that opens late, while the line has stood since the hour; 0 after."""
        hour, line = self.world.scenario.voting.open, self.polls.votes_so_far(station).in_line
        if not line or self._opens_at[station] <= hour:
            return 0
        since = min(self._opens_at[station], self.env.now)  # nobody is served before it opens
        return line if has_stood(self.polls.follow(station), since, self.env.now) else 0

    def guards(self, office: str) -> int:
        """Return the officers who stand guard at an office, by its code."""
        return self.fleet.guards_at_office(office)

    def begin(self, start: Start) -> Incident:
        """Start a disturbance: it lives its own life, acts around it, and somebody reports it."""
        if len(self.incidents) >= MOST_INCIDENTS:
            raise UserError(
                _(
                    "day {day}: more than {most:,} disturbances on one day; "
                    "disturbance.spread.followers or disturbance.background is too large"
                ).format(day=self.replication, most=MOST_INCIDENTS)
            )
        kind = self.world.disturbances.kinds[start.kind_name]
        around = self.world.disturbances.surroundings(start.place, lambda: self.roads.joined(start.place.node))
        incident = Incident(self.env, start, kind, self.streams, self.hooks, self.world.end, around)
        emergency = Reported(self.env, incident)
        self.incidents[start.identity], self.reported[start.identity] = incident, emergency
        here = start.place.station if isinstance(start.place, StationPlace) else None
        if here is not None:
            incident.set_wardens(self.fleet.wardens_at(here))
        if start.boxes_of is not None:
            self.troubled_boxes.meet(emergency, start.boxes_of)
        present = self._who_may_join(kind, start)
        self.env.process(incident.live(present))
        self.posko.meet(emergency)
        self.posko.notice(emergency)
        return incident

    def _who_may_join(self, kind: Kind, start: Start) -> int:
        """Return the people at the place of a disturbance that begins, where it has a crowd that they may join."""
        if start.boxes_of is not None or not kind.gathers:  # with boxes that wait there is but their crew
            return 0
        return sum(map(self.polls.crowd, start.place.stations))

    def _roads_changed(self) -> Process[None]:
        """Process: disturbances are told when roads have closed or opened."""
        closed = self.roads.closed
        while True:
            yield self.roads.changed.next
            if self.roads.closed != closed:
                closed = self.roads.closed
                for incident in self.incidents.values():
                    incident.roads_changed()

    def _false_reports(self) -> Process[None]:
        """Process: reports of what is not there, from opening on."""
        env, voting = self.env, self.world.scenario.voting
        yield env.timeout(max(0.0, voting.open - env.now))
        settings, places = self.plan.settings.reporting.false_reports, self.world.disturbances.stations
        yield from false_reports(env, settings, places, self.streams, voting.close, self._hear_of)

    def _hear_of(self, report: FalseReport) -> None:
        self.posko.meet(report)
        self.posko.notice(report)

    def _on_severity(self, incident: Incident) -> None:
        """A disturbance has reached a severity: act around it, draw followers, tell posko."""
        self.effects.turn(incident)
        self.occasions.reached(incident)
        follow(self.env, self.world.disturbances, incident, self.streams, self, self.begin)
        self.posko.update(self.reported[incident.identity])

    def _on_news(self, incident: Incident) -> None:
        """Officers on scene tell posko what has changed; where there are none nobody tells that it has eased."""
        self.reported[incident.identity].stirred.fire()
        if incident.scene.officers:
            self.posko.update(self.reported[incident.identity])

    def _on_injury(self, incident: Incident, node: int | None) -> None:
        self.casualties.hurt(self.reported[incident.identity], incident.severity, node)

    def _on_ended(self, incident: Incident) -> None:
        lacking = [force for force in incident.forces.values() if math.isnan(force.complete)]
        if lacking:
            on_their_way = (task.unit.spec.provides for task in self.ledger.on_their_way(incident.identity))
            everybody = sum(on_their_way, incident.scene.strength)
            for force in lacking:
                force.is_coming = everybody.covers(force.need)
        self.effects.end(incident, self.world.scenario.disturbance.all_clear_minutes)

    def until(self, time: float) -> None:
        """Play on until a time, minutes after midnight; what happens at that very moment comes when it is played on.

        Raises:
            UserError: For anything but a number.
        """
        if not isinstance(time, (int, float)) or isinstance(time, bool) or math.isnan(time):
            raise UserError(
                _("time = {time!r}: minutes after midnight are needed, such as 615 for 10:15").format(time=time)
            )
        if time > self.env.now:
            self.env.until(min(float(time), self.world.end))

    def act(self, decision: Decision) -> None:
        """Carry out a decision now.

        Raises:
            UserError: When it names what is not there, or cannot be done at this moment; nothing has happened then.
        """
        carry_out(decision, self)
        self.decisions.append((float(self.env.now), decision))

    def picture(self) -> Picture:
        """Return how things stand now; looking changes nothing."""
        return take_picture(self)

    def potential_response(self) -> Response:
        """Return potential response through the day, which must be over."""
        return potential_response(self.world, self.strategy, self.fleet, self.roads, self.posko.requests)

    def _bound(self) -> list[BoundRow]:
        """Return the best possible beside the day, which must be over; none on days for which it is not asked."""
        if self.replication >= self.world.scenario.run.bound_days:
            return []
        streams = Streams(self.streams.seed, self.replication, self.streams.branch, seeds=self.streams.seeds)
        return bound_rows(self.incidents.values(), self.ledger.tasks, self.fleet, self.roads, self.plan, streams)

    def finish(self) -> None:
        """Play the day to its end, and record what everybody did up to it."""
        self.until(self.world.end)
        self.escort.close()
        self.fleet.close(self.world.end)
        self.leaving.close(self.world.end)

    def run(self) -> DayLog:
        """Play the day to its end and return what it recorded."""
        self.finish()
        log, response = DayLog(self.strategy, self.replication), self.potential_response()
        log.tables = {
            "stations": station_columns(self.world, self.polls, self.escort, self.incidents.values()),
            "incidents": columns("incidents", [i.row() for i in self.incidents.values()]),
            "forces": columns("forces", [row for i in self.incidents.values() for row in i.force_rows()]),
            "tasks": task_columns(self.ledger, self.incidents),
            "unit_states": unit_state_columns(self.fleet),
            **track_columns(response.tracks, self.plan, self.world.rounds[self.strategy]),
            "roads": road_columns(self.roads, self.world.end),
            "evacuations": columns("evacuations", self.leaving.rows()),
            "areas": columns("areas", self.areas.rows()),
            "casualties": columns("casualties", self.casualties.rows()),
            "coverage": coverage_columns(self.world, response, self.fleet, self.roads, self.incidents.values()),
            "potential": potential_columns(self.world, response),
            "bounds": columns("bounds", self._bound()),
        }
        if self.world.scenario.run.check:
            check_day(log, self.world)
        return log


def simulate_day(world: World, strategy: str, replication: int, draws: DayDraws | None = None) -> DayLog:
    """Play one polling day under one strategy.

    Args:
        world: The prepared scenario.
        strategy: Name of one of its strategies.
        replication: Number of the day, from 0; with the run's seed it names all random numbers.
        draws: The day's shared random numbers, when they have been drawn already.

    Returns:
        What the day recorded; the same arguments give the same log, bit for bit.

    Raises:
        UserError: For a strategy that the scenario does not play, or a number of a day that cannot be.
    """
    world.response(strategy)  # before a day is drawn for nothing
    with swept_at_end():
        day = Day(world, strategy, replication, draws if draws is not None else draw_day(world, replication))
        log = day.run()
        take_apart(day)
        return log


def simulate_replication(world: World, replication: int) -> list[DayLog]:
    """Play one polling day under every strategy, on the same voters and the same onset candidates."""
    draws = draw_day(world, replication, again=True)
    return [simulate_day(world, name, replication, draws) for name in world.responses]
