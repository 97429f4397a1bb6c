"""One unit sent to one incident: mobilise, drive, work, come home."""

from __future__ import annotations

from collections.abc import Collection, Generator
from dataclasses import dataclass
from typing import Any

import simpy

from sim.disturbance.incident import Incident
from sim.log import NEVER, DispatchRow
from sim.response.fleet import IDLE, Fleet, Unit
from sim.response.roads import Roads, Trip
from sim.streams import lognormal
from sim.world import World

Process = Generator[simpy.Event, Any, Any]


@dataclass(eq=False)
class Mission:
    """A unit's task at an incident, and the record of it.

    Attributes:
        number: Number of the task on this day.
        incident: Where it goes.
        unit: Who goes.
        ordered: When it was ordered.
        shortest: Shortest travel time from where it was ordered, with every road open, minutes.
        of_post: Whether it is the pair whose post this is.
        there: Whether it stood there already when the disturbance began.
    """

    number: int
    incident: Incident
    unit: Unit
    ordered: float
    shortest: float
    of_post: bool
    there: bool
    departed: float = NEVER
    arrived: float = NEVER
    released: float = NEVER
    returned: float = NEVER
    km: float = 0.0
    outcome: str = "day_end"
    on_scene: bool = False

    def serves(self, incident: Incident, agencies: Collection[str]) -> bool:
        """Say whether this unit is at, or on its way to, an incident for one of these agencies."""
        under_way = self.outcome == "day_end" and self.arrived != self.arrived
        return self.incident is incident and self.unit.spec.agency in agencies and (self.on_scene or under_way)

    def row(self) -> DispatchRow:
        """Return the record."""
        spec, incident = self.unit.spec, self.incident
        return DispatchRow(
            self.number, incident.origin.identity, spec.name, spec.agency, spec.strength, incident.times.reported,
            self.ordered, self.departed, self.arrived, self.released, self.returned, self.km, self.shortest,
            self.outcome,
        )  # fmt: skip


def carry_out(mission: Mission, env: simpy.Environment, world: World, fleet: Fleet, roads: Roads) -> Process:
    """Process: the whole task, from the order to being free again. The unit is mobilising already, or on scene."""
    unit, incident = mission.unit, mission.incident
    if mission.there:
        mission.arrived = mission.departed = env.now
    else:
        wait = env.timeout(unit.spec.request_delay + fleet.mobilisation(unit))
        yield env.any_of([wait, incident.over])
        if incident.is_over:
            mission.outcome = "recalled"
            fleet.set_state(unit, IDLE[unit.spec.role])
            return
        arrived = yield from _go(mission, env, world, fleet, roads)
        if not arrived:
            mission.outcome = "recalled" if incident.is_over else "cut_off"
            yield from return_home(unit, mission, env, fleet, roads)
            return
    yield from _work(mission, env, world)
    yield from _leave(mission, env, fleet, roads)


def _go(mission: Mission, env: simpy.Environment, world: World, fleet: Fleet, roads: Roads) -> Process:
    """Process: drive to the scene. Return whether the unit got there while it was still needed."""
    unit, origin = mission.unit, mission.incident.origin
    mission.departed = env.now
    fleet.set_state(unit, "travelling", origin.node)
    if unit.station != origin.station:
        yield env.timeout(unit.access)
        trip: Trip = yield from roads.drive(unit.spec.vehicle, unit.node, origin.node, mission.incident.over)
        unit.node, unit.station = trip.node, -1
        mission.km += trip.km
        if not trip.arrived or mission.incident.is_over:
            return False
        yield env.timeout(float(world.access[origin.station]))
        if mission.incident.is_over:
            return False
    mission.arrived = env.now
    fleet.set_state(unit, "on_scene")
    return True


def _work(mission: Mission, env: simpy.Environment, world: World) -> Process:
    """Process: on scene until the disturbance is over and the work after it is done, or until called away."""
    unit, incident = mission.unit, mission.incident
    mission.outcome, mission.on_scene = "arrived", True
    unit.called_away = env.event()
    incident.arrive(unit.spec.provides, guard_of_post=mission.of_post)
    yield env.any_of([incident.over, unit.called_away])
    if incident.is_over and not unit.called_away.triggered:
        work = world.scenario.response.work
        score = incident.generator("work").standard_normal()
        minutes = float(lognormal(score, work.mean_minutes, work.cv))
        yield env.any_of([env.timeout(minutes), unit.called_away])
    else:
        incident.leave(unit.spec.provides)
    mission.on_scene, mission.released = False, env.now


def _leave(mission: Mission, env: simpy.Environment, fleet: Fleet, roads: Roads) -> Process:
    """Process: go home, unless the unit was taken for a casualty, who decides where it goes."""
    unit = mission.unit
    taken = unit.called_away is not None and unit.called_away.triggered
    unit.called_away = None
    if taken:
        return
    if mission.there:
        mission.returned = env.now
        fleet.set_state(unit, IDLE[unit.spec.role])
        return
    yield from return_home(unit, mission, env, fleet, roads)


def return_home(unit: Unit, mission: Mission | None, env: simpy.Environment, fleet: Fleet, roads: Roads) -> Process:
    """Process: drive home and be free there; where home is cut off, wait until a road opens."""
    home = unit.spec.home
    fleet.set_state(unit, "returning", home)
    trip: Trip = yield from roads.reach(unit.spec.vehicle, unit.node, home)
    unit.node = home
    if mission is not None:
        mission.km += trip.km
        mission.returned = env.now
    fleet.set_state(unit, IDLE[unit.spec.role])
