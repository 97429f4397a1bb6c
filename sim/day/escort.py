"""The ballot boxes' way home: when a post's stations have counted, its pair takes them to the district office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import Process
from sim.region.position import Stop, at
from sim.region.region import Region
from sim.response.fleet import Fleet, Unit
from sim.response.journey import Journey
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan, Tour, plan_tour
from sim.response.task import Goal, Task
from sim.vocabulary import Purpose, UnitState
from sim.voting.polls import Polls


@dataclass(eq=False)
class _Errand:
    """Boxes that go home together.

    Attributes:
        stations: Whose boxes they are.
        unit: The pair that brings them; None: they go without officers.
        tour: Its way; None for boxes that go alone.
        ready: When the last of the stations has counted, as far as is known; infinite while that is not known.
        waits: Whether they still wait for that.
    """

    stations: Sequence[int]
    unit: Unit | None
    tour: Tour | None
    ready: float = inf
    waits: bool = True


class Escort:
    """Brings every station's boxes to the office of its district.

    One process waits for the next post that is ready; a post costs nothing while it waits. Posts whose stations have
    changed are reckoned together, at the end of the moment in which they changed.

    Args:
        env: The clock.
        plan: The response of the strategy.
        region: The place.
        polls: The stations.
        fleet: The units.
        ledger: Their tasks.
        roads: Which roads are open.
        close: When stations close, minutes after midnight.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: ResponsePlan,
        region: Region,
        polls: Polls,
        fleet: Fleet,
        ledger: Ledger,
        roads: OpenRoads,
        close: float,
    ) -> None:
        self.env = env
        self.plan = plan
        self.region = region
        self.polls = polls
        self.fleet = fleet
        self.ledger = ledger
        self.roads = roads
        n = len(region.stations)
        self.boxes_home: NDArray[np.float64] = np.full(n, np.nan)
        self.escorted: NDArray[np.int64] = np.zeros(n, dtype=np.int64)
        self._errands: dict[int, _Errand] = {}
        self._unsure: dict[_Errand, None] = {}
        self._due: list[tuple[float, int, _Errand]] = []
        self._number = count()
        self._process = env.process(self._bring_home(close))

    def _bring_home(self, close: float) -> Process:
        """Process: from closing on, send whoever is ready."""
        yield self.env.timeout(max(0.0, close - self.env.now))
        for errand in self._all_errands():
            self._errands.update(dict.fromkeys(errand.stations, errand))
            self._await(errand)
        self.polls.listeners.append(self._changed)  # before closing nobody waits
        while True:
            self._reckon()
            next_due = self._due[0][0] if self._due else inf
            try:
                yield self.env.timeout(max(0.0, next_due - self.env.now)) if next_due < inf else self.env.event()
            except simpy.Interrupt:
                continue  # some are to be reckoned again
            while self._due and self._due[0][0] <= self.env.now:
                ready, _, errand = heappop(self._due)
                if errand.waits and ready == errand.ready:  # else a change has moved it
                    self._begin(errand)

    def _all_errands(self) -> Iterator[_Errand]:
        """Return one errand for each post with officers, and one for each other station."""
        deployment = self.plan.deployment
        alone = np.flatnonzero(deployment.post_of_station < 0).tolist()
        for post, tour in zip(deployment.posts, self.plan.tours, strict=True):
            if post.officers:
                yield _Errand(post.stations, self.fleet.units[post.unit], tour)
            else:
                alone += post.stations
        for station in alone:
            yield _Errand((station,), None, None)

    def _await(self, errand: _Errand) -> None:
        """Let an errand wait until the last of its stations has counted."""
        first = not self._unsure
        errand.waits, self._unsure[errand] = True, None
        if first and self.env.active_process is not self._process:
            self._process.interrupt("some are to be reckoned again")

    def _reckon(self) -> None:
        """Say when each of those that are unsure is ready."""
        for errand in self._unsure:
            errand.ready = max([self.polls.ready(station) for station in errand.stations])
            if errand.ready < self.plan.end:
                heappush(self._due, (errand.ready, next(self._number), errand))
        self._unsure.clear()

    def _changed(self, station: int) -> None:
        """Reckon anew with a station whose conditions have changed."""
        errand = self._errands.get(station)
        if errand is not None and errand.waits:
            self._await(errand)

    def _begin(self, errand: _Errand) -> None:
        errand.waits = False
        if errand.unit is None:
            self.env.process(self._alone(errand.stations[0]))
        elif errand.unit.is_idle and not errand.unit.is_held:
            self._send(errand)
        else:
            self.env.process(self._when_free(errand, errand.unit))

    def _when_free(self, errand: _Errand, unit: Unit) -> Process:
        """Process: until a pair that is needed elsewhere is free again."""
        while not unit.is_idle or unit.is_held:
            yield self.fleet.became_idle.next
        self._send(errand)

    def _alone(self, station: int) -> Process:
        """Process: boxes that go home without officers."""
        spot, settings = self.plan.stations[station], self.plan.settings
        stops = [Stop(spot, settings.escort_load_minutes), Stop(self.plan.offices[station])]
        vehicle = settings.unescorted_vehicle
        start = at(spot, self.plan.network, vehicle)
        yield from Journey(self.env, self.roads, vehicle, start, stops).run(patient=True)
        self.boxes_home[station] = self.env.now

    def _ended(self, errand: _Errand, unit: Unit) -> None:
        """Collect again what was not handed over: the pair was called away."""
        left = [station for station in errand.stations if self.escorted[station] == 0]
        if left:
            errand.stations, errand.tour = left, self._tour_of(left, unit)
            self._await(errand)

    def _tour_of(self, stations: Sequence[int], unit: Unit) -> Tour:
        plan, district = self.plan, self.region.stations.district.tolist()
        load = plan.settings.escort_load_minutes
        return plan_tour(stations, plan.stations, plan.offices, district, load, plan.network, unit.spec)

    def _send(self, errand: _Errand) -> None:
        """Send the pair of a post on its tour."""
        unit, tour = errand.unit, errand.tour
        assert unit is not None
        assert tour is not None
        last = max(tour.handed_over)

        def body(task: Task) -> Process:
            def on_stop(number: int, when: float) -> None:
                for station in tour.handed_over.get(number, ()):
                    self.boxes_home[station], self.escorted[station] = when, 1
                if number == last:
                    task.arrived = task.released = when

            yield from self.ledger.travel(
                task, tour.stops, patient=True, state=UnitState.ESCORTING, on_stop=on_stop, ready_made=tour.route
            )
            self.fleet.went_over(unit, UnitState.RETURNING, task.released)

        first = tour.stops[0].spot
        assert first.station is not None
        goal = Goal(Purpose.BOXES, first, self.region.stations.code[first.station])
        task = self.ledger.give(unit, goal, body)
        assert task.process is not None
        assert task.process.callbacks is not None
        task.process.callbacks.append(lambda _: self._ended(errand, unit))
