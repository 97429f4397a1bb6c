"""The injured of a day: crews are sent to them, sort and treat them, and carry them into care."""

from __future__ import annotations

from collections import Counter

import simpy

from sim.clock import Process, first_of
from sim.evacuation.care import choose_vehicle, is_able
from sim.evacuation.casualty import ON_THE_SPOT, CareState, Casualty, drawn
from sim.evacuation.facilities import Facilities
from sim.evacuation.injured import InjuredAt
from sim.evacuation.plan import EvacuationPlan
from sim.evacuation.scene import Crew, Place
from sim.log import CasualtyRow
from sim.region.position import Spot
from sim.response.command.posko import Posko
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.task import Goal, Task
from sim.streams import Streams
from sim.triage import Triage
from sim.vocabulary import Outcome, Purpose, Severity, UnitState


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
        self.facilities = Facilities(env, plan.facilities, plan.care.handover.mean_minutes)
        self.all: list[Casualty] = []
        """Everybody who has been hurt so far, in order."""
        self.places: dict[tuple[str, int | None], Place] = {}
        """Where people have been hurt: by the identity of the disturbance, and the village of its area."""
        self._by_incident = Counter[str]()
        self._unserved: dict[Place, None] = {}
        self._listens = False
        self._vehicles = [u for u in fleet.units if u.spec.carrier is not None]
        self._loose: tuple[int, dict[str | None, list[Unit]]] = (-1, {})

    def hurt(self, emergency: InjuredAt, severity: Severity, node: int | None = None) -> None:
        """Let one person be hurt now, while a disturbance is this severe; crews come once posko knows of it.

        Args:
            emergency: The disturbance.
            severity: How severe it is.
            node: The village of its area; None: at the place itself.
        """
        of_incident = self._by_incident[emergency.identity]
        self._by_incident[emergency.identity] += 1
        name = f"incident/{emergency.identity}/casualty/{of_incident}"
        mark, times = self.streams.once(name, drawn, self.plan.care)
        triage = self.plan.care.injuries.at(severity).triage(mark)
        casualty = Casualty(len(self.all), emergency, triage, times, self.env.now)
        place = self._place(emergency, node)
        casualty.way = self.plan.ways.quickest(place.spot, triage)
        self.all.append(casualty)
        place.wait(casualty)
        self._look(place)

    def _place(self, emergency: InjuredAt, node: int | None) -> Place:
        key = emergency.identity, node
        if key not in self.places:
            if node is None:
                code, spot = emergency.place.code, self.posko.plan.spot(emergency.place)
            else:
                code, spot = self.roads.network.region.nodes[node].code, Spot((node,))
            self.places[key] = Place(emergency, code, spot)
            self.env.process(self._until_known(self.places[key]))
        return self.places[key]

    def _until_known(self, place: Place) -> Process[None]:
        """Process: until the operations centre knows of a place, or all is over there."""
        while not self._is_known(place):
            yield first_of(self.env, self.posko.knows.next, place.emergency.over)
        self._look(place)

    def _is_known(self, place: Place) -> bool:
        return place.emergency.identity in self.posko.open or place.emergency.is_over

    def _look(self, place: Place) -> None:
        """Send whom a place still needs; where nobody can be sent it is looked at again when that may have changed."""
        if not self._is_known(place):
            return
        while (wanted := place.wanted()) is not None:
            unit = self.soonest(place, wanted)
            if unit is None:
                self._unserved[place] = None
                self._listen()
                return
            self._send(unit, place)
        self._unserved.pop(place, None)
        if not place.waiting:
            self._recall(place)

    def _recall(self, place: Place) -> None:
        """Call off those on their way to a place where nobody waits any more."""
        for crew in list(place.crews):
            task = crew.unit.task
            if task is not None and task.is_under_way and task.goal.purpose is Purpose.CASUALTY:
                task.call_off(Outcome.RECALLED)

    def _listen(self) -> None:
        """Look again at the places that lack a vehicle when one is free or a road has changed."""
        if self._listens:
            return
        self._listens = True
        free = [self.fleet.set_free[role].next for role in sorted({unit.spec.role for unit in self._vehicles})]
        event = first_of(self.env, *free, self.roads.changed.next)
        assert event.callbacks is not None
        event.callbacks.append(self._serve)

    def _serve(self, _: simpy.Event) -> None:
        """Look at the places that lack a vehicle: the gravest first, of equals the one that has waited longest."""
        self._listens = False
        hopeful = [place for place in self._unserved if self._may_be_served(place)]
        for place in sorted(hopeful, key=lambda place: place.urgency):
            if self._may_be_served(place):
                self._look(place)
        if self._unserved:
            self._listen()

    def soonest(self, place: Place, triage: Triage) -> Unit | None:
        """Return the vehicle for such injuries that can be there first: standing by there, free, or going home."""
        may = [
            unit
            for unit in self._loose_vehicles(place.emergency.identity)
            if unit.may_be_sent
            and unit.spec.carrier is not None
            and is_able(unit.spec.carrier.gravest, triage)
            and (unit.task is None or unit.task.is_open)
        ]
        chosen = choose_vehicle([self._minutes_to(unit, place.spot) for unit in may])
        return None if chosen is None else may[chosen]

    def _may_be_served(self, place: Place) -> bool:
        """Return whether nothing is wanted at a place any more, or some vehicle could be sent there."""
        loose = self._all_loose()
        return None in loose or place.emergency.identity in loose or place.wanted() is None

    def _loose_vehicles(self, incident: str) -> list[Unit]:
        """Return the vehicles that have nothing to do, or are sent to a disturbance, where they may only stand by."""
        loose = self._all_loose()
        free, standing_by = loose.get(None, []), loose.get(incident, [])
        return (
            sorted([*free, *standing_by], key=lambda unit: unit.index) if free and standing_by else free or standing_by
        )

    def _all_loose(self) -> dict[str | None, list[Unit]]:
        """Return the vehicles that have nothing to do, and those sent to each disturbance, by its identity."""
        if self._loose[0] != self.fleet.changes:
            loose: dict[str | None, list[Unit]] = {}
            for unit in self._vehicles:
                if unit.task is None or unit.task.goal.purpose is Purpose.INCIDENT:
                    loose.setdefault(None if unit.task is None else unit.task.goal.incident, []).append(unit)
            self._loose = self.fleet.changes, loose
        return self._loose[1]

    def _minutes_to(self, unit: Unit, spot: Spot) -> float:
        """Return how soon a free vehicle can be at a spot, minutes; infinite when it is cut off."""
        if unit.task is not None and unit.task.on_scene and unit.task.goal.spot == spot:
            return 0.0
        way = self.roads.minutes(unit.spec.vehicle, self.fleet.position(unit), spot)
        if unit.is_idle:
            return self.fleet.ready_minutes(unit) + way
        return self._still_mobilising(unit) + way

    def _still_mobilising(self, unit: Unit) -> float:
        if unit.state is not UnitState.MOBILISING or unit.task is None:
            return 0.0
        return unit.task.until_ready(self.env.now)

    def _send(self, unit: Unit, place: Place) -> None:
        """Give a vehicle the task to go to a place."""
        was_idle, ready = unit.is_idle, self._still_mobilising(unit)
        is_there = unit.task is not None and unit.task.on_scene and unit.task.goal.spot == place.spot
        crew = Crew(unit)

        def body(task: Task) -> Process[None]:
            if was_idle:
                yield from self.ledger.mobilise(task)
            elif ready:
                yield self.env.timeout(ready)
            if not is_there:
                yield from self.ledger.travel(task, place.spot, patient=True)
            self.ledger.arrive(task)
            yield from self._work(crew, place)
            if crew.aboard:
                yield from self._bring_into_care(task, crew)

        place.crews.append(crew)
        place.changed()
        goal = Goal(Purpose.CASUALTY, place.spot, place.code, place.emergency.identity)
        task = self.ledger.give(unit, goal, body)
        assert task.process is not None and task.process.callbacks is not None
        task.process.callbacks.append(lambda _: self._gone(crew, place))

    def _gone(self, crew: Crew, place: Place) -> None:
        """Take note that a crew no longer comes to a place, or has left it."""
        crew.leaves = True
        place.changed()
        if crew in place.crews:
            place.crews.remove(crew)
            self._look(place)

    def _work(self, crew: Crew, place: Place) -> Process[None]:
        """Process: what a crew does at a place until it leaves with those aboard, or nobody needs it."""
        emergency, strength = place.emergency, crew.unit.spec.provides
        if not emergency.is_over:
            emergency.arrive(strength)
        try:
            yield from self._stage(emergency)
            while not crew.is_full:
                yield from self._sort(place)
                casualty = place.next_for(crew)
                if casualty is None:
                    break
                yield from self._take(crew, place, casualty)
        finally:
            if not emergency.is_over:
                emergency.leave(strength)
            self._gone(crew, place)

    def _stage(self, emergency: InjuredAt) -> Process[None]:
        """Process: wait out of the crowd for as long as it is too dangerous without officers."""
        below = self.plan.care.staging_from
        while below is not None and not emergency.is_safe(Severity.of(below)):
            yield first_of(self.env, emergency.stirred.next, emergency.over)

    def _sort(self, place: Place) -> Process[None]:
        """Process: sort those whom no crew has looked at; a second crew waits until the first has done so."""
        while place.sorting is not None:
            yield place.sorting
        unsorted = [c for c in place.waiting if not c.is_sorted]
        if not unsorted:
            return
        place.sorting = self.env.event()
        try:
            yield self.env.timeout(len(unsorted) * self.plan.care.triage_minutes)
            place.sort(unsorted, self.env.now)
        finally:
            done, place.sorting = place.sorting, None
            done.succeed()
        self._look(place)

    def _take(self, crew: Crew, place: Place, casualty: Casualty) -> Process[None]:
        """Process: treat somebody on the spot, or load him."""
        place.take(casualty)
        casualty.state = CareState.WITH_CREW
        try:
            minor = casualty.triage is Triage.MINOR
            yield self.env.timeout(casualty.times.treat if minor else casualty.times.load)
        except simpy.Interrupt:
            casualty.state = CareState.WAITING
            place.wait(casualty)
            raise
        if minor:
            casualty.in_care, casualty.facility, casualty.state = self.env.now, ON_THE_SPOT, CareState.IN_CARE
        else:
            crew.aboard.append(casualty)
            place.changed()
            casualty.collected, casualty.state = self.env.now, CareState.ABOARD
        self._look(place)

    def _bring_into_care(self, task: Task, crew: Crew) -> Process[None]:
        """Process: drive to where those aboard are received soonest, and hand them over."""
        vehicle = task.unit.spec.vehicle
        while True:
            here = self.fleet.position(task.unit)
            minutes = [self.roads.minutes(vehicle, here, f.spot) for f in self.plan.facilities]
            chosen = self.facilities.choose(minutes, crew.aboard)
            if chosen is not None:
                break
            yield self.roads.changed.next
        facility = self.plan.facilities[chosen]
        self.facilities.expect(chosen, crew.aboard)
        for casualty in crew.aboard:
            casualty.way = min(casualty.way, self.plan.ways.to(task.goal.spot, facility))
        yield from self.ledger.travel(task, facility.spot, patient=True)
        yield from self.facilities.receive(chosen, crew.aboard)

    def carries(self, unit: Unit) -> bool:
        """Return whether a unit has somebody aboard, or treats or loads him: it may not be called off."""
        task = unit.task
        return task is not None and task.goal.purpose is Purpose.CASUALTY and task.on_scene and task.is_open

    def rows(self) -> list[CasualtyRow]:
        """Return the records of all who have been injured; the day must be over."""
        return [casualty.row(self.plan.care.triage_minutes, float(self.env.now)) for casualty in self.all]

    def account(self) -> dict[CareState, int]:
        """Return how many of the injured are where in their care now; together they are all of them."""
        found = Counter(casualty.state for casualty in self.all)
        return {state: found[state] for state in CareState}
