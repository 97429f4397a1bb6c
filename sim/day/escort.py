"""The ballot boxes' way home: when a post's stations have counted, its pair takes them to the district office."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import Process
from sim.region.region import Region
from sim.region.route import Stop, at
from sim.response.deploy.deployment import Post
from sim.response.fleet import Fleet, Unit
from sim.response.journey import Journey
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan, Tour, plan_tour
from sim.response.task import Goal, Task
from sim.vocabulary import Purpose, UnitState
from sim.voting.polls import Polls


class Escort:
    """Brings every station's boxes to the office of its district.

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
        self._waiting: dict[int, simpy.Process] = {}  # who waits for a station to have counted
        self._woken: set[simpy.Process] = set()  # who of them is about to look again
        polls.listeners.append(self._changed)
        env.process(self._start(close))

    def _start(self, close: float) -> Process:
        """Process: at closing, one round for each post, and one unescorted way for each station that has none."""
        yield self.env.timeout(max(0.0, close - self.env.now))
        deployment = self.plan.deployment
        for number, post in enumerate(deployment.posts):
            if self.fleet.units[post.unit].officers:
                self.env.process(self._round(post, number))
            else:
                for station in post.stations:
                    self.env.process(self._alone(station))
        for unguarded in np.flatnonzero(deployment.post_of_station < 0).tolist():
            self.env.process(self._alone(unguarded))

    def _until_ready(self, stations: Sequence[int]) -> Process:
        """Process: until the last of these stations has counted; a disturbance meanwhile moves that time."""
        waiting = self.env.active_process
        assert waiting is not None
        self._waiting.update(dict.fromkeys(stations, waiting))
        while self.env.now < (ready := max([self.polls.ready(station) for station in stations])):
            try:
                yield self.env.timeout(ready - self.env.now) if ready < self.plan.end else self.env.event()
                break
            except simpy.Interrupt:  # one of its stations has changed
                self._woken.discard(waiting)
        for station in stations:
            del self._waiting[station]

    def _changed(self, station: int) -> None:
        """Wake whoever waits for a station: what it will be ready by has changed."""
        waiting = self._waiting.get(station)
        if waiting is not None and waiting is not self.env.active_process and waiting not in self._woken:
            self._woken.add(waiting)  # once: after the first look it may be on its way
            waiting.interrupt("a station has changed")

    def _alone(self, station: int) -> Process:
        """Process: boxes that go home without officers."""
        yield from self._until_ready((station,))
        spot = self.plan.stations[station]
        here = at(spot)
        stops = [Stop(spot, self.plan.settings.escort_load_minutes), Stop(self.plan.offices[station])]
        yield from Journey(self.env, self.roads, self.plan.settings.unescorted_vehicle, here, stops).run(patient=True)
        self.boxes_home[station] = self.env.now

    def _round(self, post: Post, number: int) -> Process:
        """Process: wait for the post's last station and for its pair, then let it collect the boxes."""
        unit, left, tour = self.fleet.units[post.unit], list(post.stations), self.plan.tours[number]
        while left:
            yield from self._until_ready(left)
            while not unit.is_idle or unit.is_held:
                yield self.fleet.became_idle.next
            yield self._send(unit, tour)
            left = [station for station in left if self.escorted[station] == 0]
            if left:  # it was called away: what is not handed over is collected again
                tour = self._tour_of(left, unit)

    def _tour_of(self, stations: Sequence[int], unit: Unit) -> Tour:
        plan, district = self.plan, self.region.stations.district.tolist()
        load = plan.settings.escort_load_minutes
        return plan_tour(stations, plan.stations, plan.offices, district, load, plan.network, unit.spec)

    def _send(self, unit: Unit, tour: Tour) -> simpy.Event:
        """Send the pair of a post on its tour; return the event of its end."""
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
        return task.process
