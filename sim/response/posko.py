"""The joint operations centre: takes reports at its desks, decides who is sent, asks again when that was not enough."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.config.distribution import Delay
from sim.config.disturbance import FixedKind
from sim.config.strategy import Dispatch
from sim.disturbance.incident import Incident
from sim.response.dispatch import Call, Candidate, eligible, policy
from sim.response.fleet import Fleet, Unit
from sim.response.mission import Mission, carry_out
from sim.response.roads import Roads
from sim.response.units import POLICE
from sim.streams import lognormal
from sim.world import World

Process = Generator[simpy.Event, Any, Any]
GROUPS: dict[str, frozenset[str]] = {
    "police": POLICE,
    "medical": frozenset({"medical"}),
    "disaster": frozenset({"disaster"}),
}
"""Agencies that count towards each kind of need."""


class Posko:
    """Takes reports and dispatches.

    Args:
        env: The clock.
        world: The prepared scenario.
        dispatch: The strategy's rules of dispatch.
        fleet: The units.
        roads: The roads.
    """

    def __init__(self, env: simpy.Environment, world: World, dispatch: Dispatch, fleet: Fleet, roads: Roads) -> None:
        self.env = env
        self.world = world
        self.dispatch = dispatch
        self.fleet = fleet
        self.roads = roads
        settings = world.scenario.response
        self.desks = simpy.PriorityResource(env, capacity=settings.posko.desks)
        self.choose = policy(dispatch.policy)
        self.incidents: list[Incident] = []
        """Every disturbance of the day, reported or not."""
        self.missions: list[Mission] = []
        self.open: list[Incident] = []
        """Those that posko knows and that are not over."""
        env.process(self._reassign_when_idle())

    def report_delay(self, incident: Incident) -> float:
        """Draw how long the report takes, minutes: shortest where an officer stands, longest without a signal."""
        reporting = self.world.scenario.response.reporting
        village = self.world.region.villages[incident.origin.node]
        if self.fleet.officers_at(incident.origin.station) >= 1 or incident.scene.officers:
            delay = reporting.guarded
        elif not village.signal or self._signal_lost(incident.origin.node):
            delay = reporting.no_signal
        else:
            delay = reporting.by_phone
        return _draw(delay, incident, "report") * self.world.scenario.weather.report_delay_factor

    def _signal_lost(self, node: int) -> bool:
        """Whether a disturbance that is going on has taken the mobile signal of a village with it."""
        return any(
            i.origin.node == node and not i.is_over and isinstance(i.kind, FixedKind) and i.kind.signal_lost
            for i in self.incidents
        )

    def notice(self, incident: Incident) -> Process:
        """Process: from the start of a disturbance to the first order."""
        self.incidents.append(incident)
        yield self.env.timeout(self.report_delay(incident))
        incident.times.reported = self.env.now
        with self.desks.request(priority=-incident.severity) as desk:
            yield desk
            yield self.env.timeout(_draw(self.world.scenario.response.posko.alarm_handling, incident, "alarm"))
        if incident.is_over:
            return
        incident.received.succeed()
        self.open.append(incident)
        self.assign(incident)

    def update(self, incident: Incident) -> Process:
        """Process: news that a disturbance has grown; it comes at once where officers are, else like a report."""
        if not incident.received.triggered:
            return
        if not incident.scene.officers:
            yield self.env.timeout(self.report_delay(incident))
        if not incident.is_over:
            self.assign(incident)

    def assign(self, incident: Incident) -> None:
        """Order the units that are still missing at an incident."""
        need = incident.need
        for group, asked in (("police", need.police), ("medical", need.medical), ("disaster", need.disaster)):
            coming = sum(m.unit.spec.strength for m in self.missions if m.serves(incident, GROUPS[group]))
            missing = asked - coming
            if missing <= 0:
                continue
            if group == "police":
                missing -= self._send_guard_of_post(incident)
            if missing > 0:
                self._send(incident, group, missing)

    def _send_guard_of_post(self, incident: Incident) -> int:
        """Order the pair whose post this is, when it is free; it always goes. Return its strength."""
        guard = self.fleet.guard_of(incident.origin.station)
        if guard is None or not guard.is_idle or self.minutes_to(guard, incident.origin.station) == np.inf:
            return 0
        self.order(incident, guard)
        return guard.officers

    def _send(self, incident: Incident, group: str, missing: int) -> None:
        origin = incident.origin
        call = Call(
            severity=incident.severity,
            strength_missing=missing,
            district=origin.district,
            neighbours=self.world.region.neighbours(origin.district),
        )
        candidates = [self._candidate(unit, origin.station) for unit in self.fleet.units if self._may(unit, group)]
        for index in self.choose(call, eligible(call, candidates, self.dispatch)):
            self.order(incident, self.fleet.units[index])

    def _may(self, unit: Unit, group: str) -> bool:
        return unit.is_idle and unit.spec.agency in GROUPS[group]

    def _candidate(self, unit: Unit, station: int) -> Candidate:
        spec = unit.spec
        ready = spec.request_delay + spec.mobilisation.mean_minutes
        minutes = ready + self.minutes_to(unit, station)
        return Candidate(unit.index, spec.strength, minutes, spec.role, spec.district, spec.from_severity)

    def minutes_to(self, unit: Unit, station: int) -> float:
        """Shortest travel time of an idle unit to a station on the roads as they are now, minutes."""
        self.fleet.locate(unit)
        if unit.station == station:
            return 0.0
        node = int(self.world.region.stations.node[station])
        between = self.roads.minutes(unit.spec.vehicle, unit.node, node)
        return unit.access + between + float(self.world.access[station])

    def shortest_minutes(self, unit: Unit, station: int) -> float:
        """Shortest travel time of a unit to a station with every road open, minutes: nobody can be faster."""
        if unit.station == station:
            return 0.0
        node = int(self.world.region.stations.node[station])
        between = self.roads.open_minutes(unit.spec.vehicle, unit.node, node)
        return unit.access + between + float(self.world.access[station])

    def order(self, incident: Incident, unit: Unit, *, there: bool = False) -> None:
        """Send a unit, or (``there``) let a pair that stands at the station take it on at once."""
        self.fleet.locate(unit)
        mission = Mission(
            number=len(self.missions),
            incident=incident,
            unit=unit,
            ordered=self.env.now,
            shortest=0.0 if there else self.shortest_minutes(unit, incident.origin.station),
            of_post=unit is self.fleet.guard_of(incident.origin.station),
            there=there,
        )
        if not there and np.isnan(incident.times.ordered):
            incident.times.ordered = self.env.now
        self.missions.append(mission)
        # At once, not when the process starts: a second incident in line at this moment must not find the unit free.
        self.fleet.set_state(unit, "on_scene" if there else "mobilising")
        self.env.process(carry_out(mission, self.env, self.world, self.fleet, self.roads))

    def _reassign_when_idle(self) -> Process:
        """Process: whenever a unit becomes free, or a road changes, look again at what is still missing."""
        while True:
            yield self.env.any_of([self.fleet.became_idle, self.roads.changed])
            self.open = [i for i in self.open if not i.is_over]
            for incident in sorted(self.open, key=lambda i: (-i.severity, i.times.onset)):
                self.assign(incident)


def _draw(delay: Delay, incident: Incident, purpose: str) -> float:
    return float(lognormal(incident.generator(purpose).standard_normal(), delay.mean_minutes, delay.cv))
