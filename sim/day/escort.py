"""The ballot boxes' way home: when a post's stations have counted, its pair takes them to the district office."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import Process
from sim.region.region import Region
from sim.region.route import Position, Spot, Stop
from sim.response.deploy.deployment import Post
from sim.response.fleet import Fleet
from sim.response.journey import Journey
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
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
        env.process(self._start(close))

    def _start(self, close: float) -> Process:
        """Process: at closing, one round for each post, and one unescorted way for each station that has none."""
        yield self.env.timeout(max(0.0, close - self.env.now))
        deployment = self.plan.deployment
        for post in deployment.posts:
            if self.fleet.units[post.unit].officers:
                self.env.process(self._round(post))
            else:
                for station in post.stations:
                    self.env.process(self._alone(station))
        for unguarded in np.flatnonzero(deployment.post_of_station < 0).tolist():
            self.env.process(self._alone(unguarded))

    def _until_ready(self, stations: Sequence[int]) -> Process:
        """Process: until the last of these stations has counted; a disturbance meanwhile moves that time."""
        while self.env.now < (ready := max(self.polls.ready(station) for station in stations)):
            waits = [self.polls.changed(station) for station in stations]
            if ready < self.plan.end:
                waits.append(self.env.timeout(ready - self.env.now))
            yield self.env.any_of(waits)

    def _office(self, station: int) -> Spot:
        return Spot((self.region.districts[int(self.region.stations.district[station])].office_node,))

    def _alone(self, station: int) -> Process:
        """Process: boxes that go home without officers."""
        yield from self._until_ready((station,))
        spot = self.plan.stations[station]
        here = Position(spot.nodes[0], spot.access, station=station)
        stops = [Stop(spot, self.plan.settings.escort_load_minutes), Stop(self._office(station))]
        yield from Journey(self.env, self.roads, self.plan.settings.unescorted_vehicle, here, stops).run(patient=True)
        self.boxes_home[station] = self.env.now

    def _round(self, post: Post) -> Process:
        """Process: wait for the post's last station and for its pair, then let it collect the boxes."""
        unit, left = self.fleet.units[post.unit], list(post.stations)
        while left:
            yield from self._until_ready(left)
            while not unit.is_idle or unit.is_held:
                yield self.fleet.became_idle.next
            task = self._send(post, left)
            assert task.process is not None
            yield task.process
            left = [station for station in left if np.isnan(self.boxes_home[station])]

    def _send(self, post: Post, stations: Sequence[int]) -> Task:
        """Send the pair of a post round these stations: load at each, hand over at the office of each district."""
        load, district = self.plan.settings.escort_load_minutes, self.region.stations.district
        stops: list[Stop] = []
        handed_over: dict[int, list[int]] = {}
        aboard: list[int] = []
        for i, station in enumerate(stations):
            stops.append(Stop(self.plan.stations[station], load))
            aboard.append(station)
            if i + 1 == len(stations) or district[stations[i + 1]] != district[station]:
                handed_over[len(stops)] = aboard
                stops.append(Stop(self._office(station), load))
                aboard = []

        def on_stop(number: int, when: float) -> None:
            for station in handed_over.get(number, ()):
                self.boxes_home[station], self.escorted[station] = when, 1

        def body(task: Task) -> Process:
            yield from self.ledger.travel(task, stops, patient=True, state=UnitState.ESCORTING, on_stop=on_stop)
            task.arrived = self.env.now

        first = stations[0]
        goal = Goal(Purpose.BOXES, self.plan.stations[first], self.region.stations.code[first])
        return self.ledger.give(self.fleet.units[post.unit], goal, body)
