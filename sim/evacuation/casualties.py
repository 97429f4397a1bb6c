"""The injured: who carries each of them, where to, and the bed he takes and gives back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import simpy

from sim.clock import Process, first_of
from sim.config.distribution import Delay
from sim.delay import draw
from sim.evacuation.care import choose_ambulance, choose_facility
from sim.evacuation.plan import EvacuationPlan
from sim.log import NEVER, CasualtyRow
from sim.region.position import Spot, Stop
from sim.response.command.posko import Posko
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.task import Goal, Task
from sim.streams import Streams
from sim.vocabulary import Capability, Purpose, Role, UnitState


@dataclass(eq=False)
class Casualty:
    """One injured person.

    Attributes:
        number: Number on this day.
        of_incident: Number within the disturbance, which names his random stream.
        emergency: Where he was hurt.
        injured: When, minutes after midnight.
        collected: When an ambulance had him aboard.
        in_care: When he was handed over.
        facility: Where to; empty while that is not known.
    """

    number: int
    of_incident: int
    emergency: Emergency
    injured: float
    collected: float = NEVER
    in_care: float = NEVER
    facility: str = ""

    def row(self) -> CasualtyRow:
        """Return the record."""
        return CasualtyRow(
            self.emergency.identity, self.number, self.injured, self.collected, self.in_care, self.facility
        )


class Casualties:
    """Care on one day.

    Args:
        env: The clock.
        plan: Facilities and times.
        posko: Who knows of the disturbance, and sends.
        fleet: The units, ambulances among them.
        ledger: Their tasks.
        roads: Which roads are open.
        streams: The day's random streams.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: EvacuationPlan,
        posko: Posko,
        fleet: Fleet,
        ledger: Ledger,
        roads: OpenRoads,
        streams: Streams,
    ) -> None:
        self.env = env
        self.plan = plan
        self.posko = posko
        self.fleet = fleet
        self.ledger = ledger
        self.roads = roads
        self.streams = streams
        self.free_beds = np.array([f.beds for f in plan.facilities], dtype=np.int64)
        self.all: list[Casualty] = []
        self._by_incident = Counter[str]()
        self._waiting: dict[Casualty, simpy.Event] = {}
        self._ambulances = [u for u in fleet.units if u.spec.provides[Capability.MEDICAL]]

    def help(self, emergency: Emergency) -> Process:
        """Process: one person who is hurt now, from the injury to a bed."""
        of_incident = self._by_incident[emergency.identity]
        self._by_incident[emergency.identity] += 1
        casualty = Casualty(len(self.all), of_incident, emergency, self.env.now)
        self.all.append(casualty)
        while emergency.identity not in self.posko.open and not emergency.is_over:
            yield first_of(self.env, self.posko.knows.next, emergency.over)
        while casualty.collected != casualty.collected:
            unit = self._soonest(emergency)
            if unit is None:  # every one carries somebody, or is cut off
                yield (yield self._wait(casualty))
            else:
                yield self._send(unit, casualty)

    def _wait(self, casualty: Casualty) -> simpy.Event:
        """Let somebody wait for an ambulance; return the event of its being sent, whose value is that of its end."""
        if not self._waiting:
            self._listen()
        sent = self._waiting[casualty] = self.env.event()
        return sent

    def _listen(self) -> None:
        """Look again at those who wait when an ambulance is free or a road has changed."""
        event = first_of(self.env, self.fleet.set_free[Role.AMBULANCE].next, self.roads.changed.next)
        assert event.callbacks is not None
        event.callbacks.append(self._serve)

    def _serve(self, _: simpy.Event) -> None:
        """Send whom can be sent to those who wait, in the order in which they began to."""
        nobody_for = set[str]()
        for casualty in list(self._waiting):
            incident = casualty.emergency.identity
            if incident in nobody_for:
                continue
            unit = self._soonest(casualty.emergency)
            if unit is None:
                nobody_for.add(incident)
            else:
                self._waiting.pop(casualty).succeed(self._send(unit, casualty))
        if self._waiting:
            self._listen()

    def _soonest(self, emergency: Emergency) -> Unit | None:
        """Return the ambulance that can be there first: standing by there, on its way there, free, or going home."""
        may = [unit for unit in self._ambulances if not unit.is_held and _is_free(unit, emergency.identity)]
        spot = self.posko.plan.spot(emergency.place)
        chosen = choose_ambulance(np.array([self._minutes_to(unit, spot) for unit in may])) if may else None
        return None if chosen is None else may[chosen]

    def _minutes_to(self, unit: Unit, spot: Spot) -> float:
        """Return how soon a free ambulance can be at a spot, minutes; infinite when it is cut off."""
        if unit.task is not None and unit.task.on_scene:
            return 0.0
        way = self.roads.minutes(unit.spec.vehicle, self.fleet.position(unit), spot)
        if unit.is_idle:
            return unit.spec.mobilisation.mean_minutes + way
        return self._still_mobilising(unit) + way

    def _still_mobilising(self, unit: Unit) -> float:
        if unit.state is not UnitState.MOBILISING or unit.task is None:
            return 0.0
        return unit.task.until_ready(self.env.now)

    def _send(self, unit: Unit, casualty: Casualty) -> simpy.Event:
        """Give an ambulance the task; return the event of its end."""
        spot = self.posko.plan.spot(casualty.emergency.place)
        was_idle, ready = unit.is_idle, self._still_mobilising(unit)
        is_there = unit.task is not None and unit.task.on_scene
        emergency = casualty.emergency

        def body(task: Task) -> Process:
            if was_idle:
                yield from self.ledger.mobilise(task)
            elif ready:
                yield self.env.timeout(ready)
            if not is_there:
                yield from self.ledger.travel(task, [Stop(spot)], patient=True)
            self.ledger.arrive(task)
            yield from self._collect(task, casualty)
            yield from self._bring_into_care(task, casualty)

        goal = Goal(Purpose.CASUALTY, spot, emergency.place.code, emergency.identity)
        task = self.ledger.give(unit, goal, body)
        assert task.process is not None
        return task.process

    def _collect(self, task: Task, casualty: Casualty) -> Process:
        """Process: load; an ambulance that does so is there like one that stands by."""
        emergency, strength = casualty.emergency, task.unit.spec.provides
        if not emergency.is_over:
            emergency.arrive(strength)
        yield self.env.timeout(self._draw(self.plan.care.load, casualty))
        if not emergency.is_over:
            emergency.leave(strength)
        casualty.collected = self.env.now

    def _bring_into_care(self, task: Task, casualty: Casualty) -> Process:
        """Process: drive to the nearest facility with a free bed and hand over."""
        vehicle = task.unit.spec.vehicle
        while True:
            here = self.fleet.position(task.unit)
            minutes = np.array([self.roads.minutes(vehicle, here, f.spot) for f in self.plan.facilities])
            chosen = choose_facility(minutes, self.free_beds)
            if chosen is not None:
                break
            yield self.roads.changed.next
        facility = self.plan.facilities[chosen]
        self.free_beds[chosen] -= 1
        casualty.facility = facility.code
        yield from self.ledger.travel(task, [Stop(facility.spot)], patient=True)
        yield self.env.timeout(self._draw(self.plan.care.handover, casualty))
        casualty.in_care = self.env.now
        self.env.process(self._stay(chosen, casualty))

    def _stay(self, facility: int, casualty: Casualty) -> Process:
        """Process: a bed is taken until the person leaves it."""
        yield self.env.timeout(self._draw(self.plan.care.stay, casualty))
        self.free_beds[facility] += 1

    def _draw(self, delay: Delay, casualty: Casualty) -> float:
        name = f"incident/{casualty.emergency.identity}/casualty/{casualty.of_incident}"
        return draw(delay, self.streams.generator(name))

    def carries(self, unit: Unit) -> bool:
        """Return whether a unit has somebody aboard, or is loading him: it may not be called off."""
        task = unit.task
        return task is not None and task.goal.purpose is Purpose.CASUALTY and task.on_scene and task.is_open


def _is_free(unit: Unit, incident: str) -> bool:
    """Return whether an ambulance has nothing to do, or only to stand by at this disturbance."""
    task = unit.task
    if task is None:
        return True
    goal = task.goal
    return goal.incident == incident and goal.purpose is Purpose.INCIDENT and task.outcome is None
