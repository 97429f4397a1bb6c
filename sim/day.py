"""One polling day on one clock.

Stations open, voters come; disturbances start, grow, act on stations; posko takes reports and sends units over the
roads; people are brought to safety and the injured into care; stations resume or are abandoned, close, count, and
send their boxes home. A prepared world goes in, a log comes out, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.check import check_day
from sim.disturbance.incident import Hooks, Incident, Origin
from sim.disturbance.onset import Candidates, draw_candidates
from sim.disturbance.outbreak import Outbreak
from sim.evacuation.rescue import Rescue
from sim.log import DayLog, columns
from sim.record import coverage_columns, station_columns
from sim.response.escort import Escort
from sim.response.fleet import Fleet
from sim.response.posko import Posko
from sim.response.roads import Roads
from sim.streams import Streams
from sim.voting.draws import VoterDraws, draw_voters
from sim.voting.engine import StationTable
from sim.voting.polls import Polls, calm_day
from sim.voting.trouble import Troubles, draw_troubles, scripted
from sim.world import World


@dataclass(frozen=True, eq=False)
class DayDraws:
    """What no strategy may change on one day: its random numbers, and its calm twin. Drawn once, shared by all."""

    voters: VoterDraws
    troubles: Troubles
    onsets: Candidates
    calm: StationTable


def draw_day(world: World, replication: int) -> DayDraws:
    """Draw one day's voters and onset candidates."""
    scenario, streams = world.scenario, Streams(world.scenario.run.seed, replication)
    stations = world.region.stations
    voters = draw_voters(
        stations.registered,
        scenario.voting,
        scenario.weather,
        streams,
        district_factor=world.region.turnout_factor,
        special=stations.special,
    )
    troubles = scripted(draw_troubles(stations.registered, scenario.voting, streams), world.troubles)
    return DayDraws(
        voters=voters,
        troubles=troubles,
        onsets=draw_candidates(stations.vulnerability, scenario.voting, scenario.disturbance, streams),
        calm=calm_day(voters, scenario.voting, np.zeros(len(stations)), troubles),
    )


class Day:
    """The polling day under one strategy, wired together.

    Args:
        world: The prepared scenario.
        strategy: Name of the strategy.
        replication: Number of the day.
        draws: The day's shared random numbers.
    """

    def __init__(self, world: World, strategy: str, replication: int, draws: DayDraws) -> None:
        self.world = world
        self.strategy = strategy
        self.replication = replication
        self.streams = Streams(world.scenario.run.seed, replication)
        self.env = simpy.Environment(initial_time=world.start)
        deployment = world.deployments[strategy]
        self.fleet = Fleet(self.env, world, deployment, self.streams)
        self.roads = Roads(self.env, world.network)
        self.polls = self._polls(draws)
        self.posko = Posko(self.env, world, world.scenario.strategy(strategy).dispatch, self.fleet, self.roads)
        self.rescue = Rescue(self.env, world, self.fleet, self.roads, self.posko, self.polls)
        self.escort = Escort(self.env, world, self.fleet, self.roads, self.polls)
        self.outbreak = Outbreak(self.env, world, self.fleet.officers_at, self.polls.crowd, self.begin)
        self.hooks = Hooks(severity=self.on_severity, injury=self.on_injury, ended=self.on_ended)
        self.incidents: list[Incident] = []
        self._start(draws)

    def _start(self, draws: DayDraws) -> None:
        """Put every process of the day on the clock."""
        for closure in self.world.closures:
            self.env.process(self.roads.close_and_reopen(closure.road, closure.closed, closure.reopened))
        for incident in self.world.scripted:
            self.env.process(self.outbreak.script(incident))
        self.env.process(self.outbreak.background(draws.onsets))
        self.escort.start()

    def _polls(self, draws: DayDraws) -> Polls:
        """Open the stations; where guards deter nobody, every strategy shares one calm twin."""
        voting, deterred = self.world.scenario.voting, self._deterred_by_guards()
        calm = calm_day(draws.voters, voting, deterred, draws.troubles) if deterred.any() else draws.calm
        return Polls(self.env, draws.voters, voting, calm, deterred, draws.troubles)

    def _deterred_by_guards(self) -> NDArray[np.float64]:
        """Share of each station's voters whom the visible force of its post keeps away, 0 to 1."""
        deployment = self.world.deployments[self.strategy]
        officers = np.array([p.officers / len(p.stations) for p in deployment.posts] + [0.0])
        return np.minimum(1.0, self.world.scenario.voting.guard_deterrence * officers[deployment.post_of_station])

    def begin(self, origin: Origin) -> Incident:
        """Start a disturbance: it lives its own life, acts around it, and somebody reports it."""
        kind = self.world.kind(origin.kind_name)
        incident = Incident(self.env, origin, kind, self.streams, self.hooks, self.world.end)
        incident.scene.wardens = self.fleet.officers_at(origin.station)
        self.incidents.append(incident)
        self._keep_voters_away(incident)
        guard = self.fleet.guard_of(origin.station)
        if guard is not None:
            standing = guard.is_idle and self.fleet.locate(guard).station == origin.station
            if standing and guard.officers and kind.needs.red.police:
                incident.scene.wardens -= guard.officers
                self.posko.order(incident, guard, there=True)
        self.env.process(incident.live(self.polls.crowd(origin.station)))
        self.env.process(self.posko.notice(incident))
        return incident

    def _keep_voters_away(self, incident: Incident) -> None:
        """Let voters stay away from the station and, less with distance, from its neighbours."""
        share, cause = incident.kind.deterred_share, incident.origin.identity
        if share:
            self.polls.impose(incident.origin.station, cause, deterred=share)
            near, strength = self.world.noticing(incident.origin.station)
            for station, felt in zip(near.tolist(), strength.tolist(), strict=True):
                self.polls.impose(station, cause, deterred=share * felt)

    def on_severity(self, incident: Incident) -> None:
        """A disturbance has reached a severity: act on its station, draw followers, tell posko."""
        effect = incident.kind.effects.at(incident.severity)
        station, cause, share = incident.origin.station, incident.origin.identity, incident.kind.deterred_share
        if effect.action == "evacuate":
            self.rescue.evacuate(incident)
        elif effect.action != "none":
            if effect.action == "suspend" and effect.room_finishes:
                self.polls.impose(station, cause, deterred=share, door_open=False)
            else:
                speed = effect.speed if effect.action == "slow" else 0.0
                self.polls.impose(station, cause, speed=speed, deterred=share)
        self.outbreak.follow(incident)
        self.env.process(self.posko.update(incident))

    def on_injury(self, incident: Incident) -> None:
        """Somebody is hurt."""
        self.env.process(self.rescue.help(incident))

    def on_ended(self, incident: Incident) -> None:
        """A disturbance is over: the all-clear comes a little later."""
        self.env.process(self._all_clear(incident))

    def _all_clear(self, incident: Incident) -> Generator[simpy.Event, Any, None]:
        """Process: after the all-clear nobody stays away any more, and the station may begin again."""
        yield self.env.timeout(self.world.scenario.disturbance.all_clear_minutes)
        near, _ = self.world.noticing(incident.origin.station)
        for station in (incident.origin.station, *near.tolist()):
            self.polls.lift(station, incident.origin.identity)

    def run(self) -> DayLog:
        """Play the day to its end and return what it recorded."""
        self.env.run(until=self.world.end)
        self.fleet.close(self.world.end)
        log = DayLog(self.strategy, self.replication)
        log.tables = {
            "stations": station_columns(self.world, self.polls, self.escort),
            "incidents": columns("incidents", [i.row() for i in self.incidents]),
            "dispatches": columns("dispatches", [m.row() for m in self.posko.missions if not m.there]),
            "unit_states": columns("unit_states", self.fleet.rows),
            "evacuations": columns("evacuations", self.rescue.evacuations),
            "casualties": columns("casualties", [c for c in self.rescue.casualties if c is not None]),
            "coverage": coverage_columns(self.world, self.fleet, self.roads, self.incidents),
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
    """
    return Day(world, strategy, replication, draws if draws is not None else draw_day(world, replication)).run()


def simulate_replication(world: World, replication: int) -> list[DayLog]:
    """Play one polling day under every strategy, on the same voters and the same onset candidates."""
    draws = draw_day(world, replication)
    return [simulate_day(world, name, replication, draws) for name in world.deployments]
