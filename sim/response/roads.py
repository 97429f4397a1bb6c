"""The roads through the day: closures come and go, and whoever is under way re-plans."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.region.travel import Path, RoadNetwork

Process = Generator[simpy.Event, Any, Any]


@dataclass
class Trip:
    """How a drive went.

    Attributes:
        node: Where it ended.
        km: How far it was.
        arrived: Whether that is where it was going.
    """

    node: int
    km: float
    arrived: bool


class Roads:
    """The state of the road network on one clock.

    Args:
        env: The clock.
        network: Shortest paths over the region's roads.
    """

    def __init__(self, env: simpy.Environment, network: RoadNetwork) -> None:
        self.env = env
        self.network = network
        self.closed: frozenset[int] = frozenset()
        self.history: list[tuple[float, frozenset[int]]] = [(env.now, self.closed)]
        """From when which roads were closed, in order."""
        self.changed = env.event()
        self._coming: list[float] = []

    def close_and_reopen(self, road: int, closed: float, reopened: float) -> Process:
        """Return the process of one closure; ``reopened`` may be infinite."""
        for time in (closed, reopened):
            insort(self._coming, time)
        return self._closure(road, closed, reopened)

    def _closure(self, road: int, closed: float, reopened: float) -> Process:
        yield self.env.timeout(closed - self.env.now)
        self._set(self.closed | {road})
        if reopened < float("inf"):
            yield self.env.timeout(reopened - self.env.now)
            self._set(self.closed - {road})

    def _set(self, closed: Iterable[int]) -> None:
        self.closed = frozenset(closed)
        self._coming.pop(0)
        self.history.append((self.env.now, self.closed))
        event, self.changed = self.changed, self.env.event()
        event.succeed()

    def periods(self, times: NDArray[np.float64]) -> list[tuple[slice, frozenset[int]]]:
        """Return which of these sorted times fall under which closed roads; a change counts from its moment on."""
        starts = np.searchsorted(times, [when for when, _ in self.history], side="left")
        ends = [*starts[1:].tolist(), len(times)]
        parts = zip(starts.tolist(), ends, (closed for _, closed in self.history), strict=True)
        return [(slice(a, b), closed) for a, b, closed in parts if b > a]

    def minutes(self, vehicle: str, start: int, goal: int) -> float:
        """Shortest travel time on the roads as they are now; infinite when cut off."""
        return float(self.network.minutes(vehicle, self.closed)[start, goal])

    def open_minutes(self, vehicle: str, start: int, goal: int) -> float:
        """Shortest travel time between two nodes with every road open, minutes."""
        return float(self.network.minutes(vehicle, frozenset())[start, goal])

    def drive(self, vehicle: str, start: int, goal: int, stop: simpy.Event | None = None) -> Process:
        """Process: drive by the shortest way, re-planning at the next node whenever a road closes or opens.

        A vehicle on a road that is closed turns back to the node it came from. When ``stop`` happens it goes on
        to the next node and ends there; when the goal is cut off it ends where it is.

        Returns:
            The :class:`Trip`.
        """
        here, km = start, 0.0
        while here != goal:
            path = self.network.path(vehicle, here, goal, self.closed)
            if path is None or (stop is not None and stop.triggered):
                return Trip(here, km, arrived=False)
            began = self.env.now
            timer = self.env.timeout(path.minutes[-1])
            undisturbed = not self._coming or began + path.minutes[-1] < self._coming[0]
            others = [event for event in (None if undisturbed else self.changed, stop) if event is not None]
            yield self.env.any_of([timer, *others]) if others else timer
            if timer.processed:
                return Trip(goal, km + path.km[-1], arrived=True)
            here, gone = yield from self._to_a_node(path, self.env.now - began)
            km += gone
        return Trip(here, km, arrived=True)

    def reach(self, vehicle: str, start: int, goal: int) -> Process:
        """Process: drive, and where the goal is cut off wait for a road to open, for as long as it takes.

        Returns:
            The :class:`Trip`, which always arrived.
        """
        here, km = start, 0.0
        while True:
            trip: Trip = yield from self.drive(vehicle, here, goal)
            here, km = trip.node, km + trip.km
            if trip.arrived:
                return Trip(here, km, arrived=True)
            yield self.changed

    def _to_a_node(self, path: Path, elapsed: float) -> Process:
        """Process: finish the road under the wheels, or turn back when it is the closed one."""
        i = bisect_right(path.minutes, elapsed) - 1
        road = self.network.region.edge(path.nodes[i], path.nodes[i + 1])
        done = elapsed - path.minutes[i]
        whole = path.minutes[i + 1] - path.minutes[i]
        if road in self.closed:
            yield self.env.timeout(done)
            there_and_back = 2 * done / whole * (path.km[i + 1] - path.km[i])
            return path.nodes[i], path.km[i] + there_and_back
        yield self.env.timeout(whole - done)
        return path.nodes[i + 1], path.km[i + 1]
