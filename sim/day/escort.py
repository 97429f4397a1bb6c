"""The ballot boxes' way home: when a post's stations have counted, its pair takes them to the district office."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.response.deployment import Post
from sim.response.fleet import Fleet, Unit
from sim.response.mission import return_home
from sim.response.roads import Roads
from sim.voting.polls import Polls
from sim.world import World

Process = Generator[simpy.Event, Any, Any]


class Escort:
    """Brings every station's boxes to the office of its district.

    Args:
        env: The clock.
        world: The prepared scenario.
        fleet: The units.
        roads: The roads.
        polls: The stations.
    """

    def __init__(self, env: simpy.Environment, world: World, fleet: Fleet, roads: Roads, polls: Polls) -> None:
        self.env = env
        self.world = world
        self.fleet = fleet
        self.roads = roads
        self.polls = polls
        n = len(world.region.stations.registered)
        self.boxes_home: NDArray[np.float64] = np.full(n, np.nan)
        self.escorted: NDArray[np.int64] = np.zeros(n, dtype=np.int64)

    def start(self) -> None:
        """Begin one round for each post, and one unescorted way for each station that has none."""
        deployment = self.fleet.deployment
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
            if ready < self.world.end:
                waits.append(self.env.timeout(ready - self.env.now))
            yield self.env.any_of(waits)

    def _alone(self, station: int) -> Process:
        """Process: boxes that go home without officers."""
        yield self.env.timeout(max(0.0, self.world.scenario.voting.close - self.env.now))
        yield from self._until_ready((station,))
        load = self.world.scenario.response.escort_load_minutes
        vehicle = next(iter(self.world.scenario.response.vehicles))
        goal = self._office(station)
        yield self.env.timeout(load + float(self.world.access[station]))
        yield from self.roads.reach(vehicle, int(self.world.region.stations.node[station]), goal)
        self.boxes_home[station] = self.env.now

    def _office(self, station: int) -> int:
        district = int(self.world.region.stations.district[station])
        return self.world.region.districts[district].office_node

    def _round(self, post: Post) -> Process:
        """Process: wait for the post's last station, then collect its boxes and hand them over."""
        yield self.env.timeout(max(0.0, self.world.scenario.voting.close - self.env.now))
        yield from self._until_ready(post.stations)
        unit = self.fleet.units[post.unit]
        while not unit.is_idle:
            yield self.fleet.became_idle
        self.fleet.locate(unit)
        self.fleet.set_state(unit, "escorting")
        yield from self._move_to_stations(unit, post)
        yield from return_home(unit, None, self.env, self.fleet, self.roads)

    def _move_to_stations(self, unit: Unit, post: Post) -> Process:
        stations = self.world.region.stations
        yield self.env.timeout(unit.access)
        load = self.world.scenario.response.escort_load_minutes
        aboard: list[int] = []
        for i, station in enumerate(post.stations):
            yield from self._drive(unit, int(stations.node[station]))
            yield self.env.timeout(2 * float(self.world.access[station]) + load)
            aboard.append(station)
            last = i + 1 == len(post.stations)
            if last or stations.district[post.stations[i + 1]] != stations.district[station]:
                yield from self._drive(unit, self._office(station))
                yield self.env.timeout(load)
                for box in aboard:
                    self.boxes_home[box], self.escorted[box] = self.env.now, 1
                aboard = []

    def _drive(self, unit: Unit, goal: int) -> Process:
        """Process: drive to a node, waiting at the closure when the way is cut off."""
        yield from self.roads.reach(unit.spec.vehicle, unit.node, goal)
        unit.node = goal
