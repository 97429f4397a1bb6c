"""Bringing people to safety: a station's people out of danger, the injured into care."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.config.distribution import Delay
from sim.disturbance.incident import Incident
from sim.evacuation.care import choose_ambulance, choose_facility
from sim.evacuation.egress import clearance_minutes
from sim.log import NEVER, CasualtyRow, EvacuationRow
from sim.response.fleet import Fleet, Unit
from sim.response.mission import return_home
from sim.response.posko import Posko
from sim.response.roads import Roads
from sim.streams import lognormal
from sim.voting.polls import Polls
from sim.world import World

Process = Generator[simpy.Event, Any, Any]


class Rescue:
    """Evacuation and care on one day.

    Args:
        env: The clock.
        world: The prepared scenario.
        fleet: The units, ambulances among them.
        roads: The roads.
        posko: Who knows where ambulances stand by.
        polls: The stations.
    """

    def __init__(
        self, env: simpy.Environment, world: World, fleet: Fleet, roads: Roads, posko: Posko, polls: Polls
    ) -> None:
        self.env = env
        self.world = world
        self.fleet = fleet
        self.roads = roads
        self.posko = posko
        self.polls = polls
        care = world.scenario.evacuation.care
        self.facilities = world.facilities
        self.free_beds = np.array([f.beds for f in care.facilities], dtype=np.int64)
        self.evacuations: list[EvacuationRow] = []
        self.casualties: list[CasualtyRow | None] = []

    def evacuate(self, incident: Incident) -> None:
        """Bring everybody at the incident's station to safety, from now."""
        station = incident.origin.station
        people = self.polls.evacuate(station, incident.origin.identity)
        if people:
            cleared = self.env.now + clearance_minutes(people, self.world.scenario.evacuation.egress)
            self.evacuations.append(
                EvacuationRow(incident.origin.identity, station, self.env.now, people, float(cleared))
            )
            incident.withdraw_bystanders(people)

    def help(self, incident: Incident) -> Process:
        """Process: one injured person, from the injury to a bed."""
        number, injured = len(self.casualties), self.env.now
        rng = incident.generator(f"casualty/{incident.state.injured if incident.state is not None else 0}")
        self.casualties.append(None)
        row = CasualtyRow(incident.origin.identity, number, injured, NEVER, NEVER, "")
        self.casualties[number] = row
        if not incident.received.triggered:
            yield self.env.any_of([incident.received, incident.over])
        unit: Unit | None = None
        while unit is None:
            unit = yield from self._ambulance(incident)
        care = self.world.scenario.evacuation.care
        yield from self._to_scene(unit, incident)
        yield self.env.timeout(_draw(care.load, rng))
        row = row._replace(collected=self.env.now)
        self.casualties[number] = row
        bed = yield from self._carry(unit)
        yield self.env.timeout(_draw(care.handover, rng))
        self.casualties[number] = row._replace(in_care=self.env.now, facility=self.facilities[bed].code)
        yield from return_home(unit, None, self.env, self.fleet, self.roads)

    def _ambulance(self, incident: Incident) -> Process:
        """Process: the ambulance that stands by at the scene, else the nearest free one, else wait for one."""
        for mission in self.posko.missions:
            standing = mission.on_scene and mission.incident is incident and mission.unit.spec.agency == "medical"
            if standing and mission.unit.called_away is not None and not mission.unit.called_away.triggered:
                mission.unit.called_away.succeed()
                self.fleet.set_state(mission.unit, "on_scene")
                return mission.unit
        free = [u for u in self.fleet.units if u.spec.agency == "medical" and u.is_idle]
        minutes = np.array([self.posko.minutes_to(u, incident.origin.station) for u in free])
        chosen = choose_ambulance(minutes)
        if chosen is None:
            yield self.env.any_of([self.fleet.became_idle, self.roads.changed])
            return None
        unit = free[chosen]
        self.fleet.set_state(unit, "mobilising")
        yield self.env.timeout(self.fleet.mobilisation(unit))
        return unit

    def _to_scene(self, unit: Unit, incident: Incident) -> Process:
        if unit.state == "on_scene":
            return
        goal = incident.origin.node
        self.fleet.set_state(unit, "travelling", goal)
        yield from self._drive(unit, goal)
        yield self.env.timeout(float(self.world.access[incident.origin.station]))
        self.fleet.set_state(unit, "on_scene")

    def _carry(self, unit: Unit) -> Process:
        """Process: drive to the nearest facility with a free bed. Return its index."""
        nodes = np.array([f.node for f in self.facilities])
        while True:
            minutes = self.roads.network.minutes(unit.spec.vehicle, self.roads.closed)[unit.node, nodes]
            chosen = choose_facility(minutes, self.free_beds)
            if chosen is not None:
                break
            yield self.roads.changed
        self.free_beds[chosen] -= 1
        self.fleet.set_state(unit, "travelling", int(nodes[chosen]))
        yield from self._drive(unit, int(nodes[chosen]))
        return chosen

    def _drive(self, unit: Unit, goal: int) -> Process:
        """Process: drive to a node, waiting at the closure when the way is cut off."""
        yield from self.roads.reach(unit.spec.vehicle, unit.node, goal)
        unit.node = goal


def _draw(delay: Delay, rng: np.random.Generator) -> float:
    return float(lognormal(rng.standard_normal(), delay.mean_minutes, delay.cv))
