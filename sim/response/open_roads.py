"""The roads through the day: closures come and go, and whoever is under way is told."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import Process, Signal
from sim.region.position import Position, Spot, travel_minutes
from sim.region.road_state import OPEN, RoadState
from sim.region.travel import RoadNetwork


class Traveller(Protocol):
    """Somebody who is under way."""

    def roads_changed(self) -> None:
        """Think again: a road has closed or opened."""


class OpenRoads:
    """Which roads are open now, and when which were closed.

    A road is closed while anything closes it: two closures that overlap open it when both are over.

    Args:
        env: The clock.
        network: Shortest paths over the region's roads.
    """

    def __init__(self, env: simpy.Environment, network: RoadNetwork) -> None:
        self.env = env
        self.network = network
        self.state = OPEN
        self.history: list[tuple[float, RoadState]] = [(env.now, self.state)]
        """From when on the roads were in which state, in order."""
        self.changed = Signal(env)
        self.travellers: dict[Traveller, None] = {}
        """Everybody under way, in the order of setting out."""
        self._closures = Counter[int]()

    @property
    def closed(self) -> frozenset[int]:
        """The roads that are closed now."""
        return self.state.closed

    def close(self, road: int) -> None:
        """Close a road; who closes it must open it again."""
        self._closures[road] += 1
        self._set()

    def open(self, road: int) -> None:
        """Take one closure of a road away; nothing happens to a road that is open."""
        self._closures[road] = max(0, self._closures[road] - 1)
        self._set()

    def close_between(self, road: int, closed: float, opened: float) -> Process:
        """Process: a road is closed between two times, minutes after midnight; ``opened`` may be infinite."""
        yield self.env.timeout(max(0.0, closed - self.env.now))
        self.close(road)
        if opened < float("inf"):
            yield self.env.timeout(opened - self.env.now)
            self.open(road)

    def _set(self) -> None:
        state = RoadState.of(frozenset(road for road, closures in self._closures.items() if closures))
        if state == self.state:
            return
        self.state = OPEN if state == OPEN else state
        self.history.append((self.env.now, self.state))
        for traveller in list(self.travellers):
            traveller.roads_changed()
        self.changed.fire()

    def periods(self, times: NDArray[np.float64]) -> list[tuple[slice, RoadState]]:
        """Return which of these sorted times fall under which state; a change counts from its moment on."""
        starts = np.searchsorted(times, [when for when, _ in self.history], side="left")
        ends = [*starts[1:].tolist(), len(times)]
        parts = zip(starts.tolist(), ends, (state for _, state in self.history), strict=True)
        return [(slice(a, b), state) for a, b, state in parts if b > a]

    def minutes(self, vehicle: str, position: Position, spot: Spot) -> float:
        """Shortest travel time on the roads as they are now, minutes; infinite when cut off."""
        return travel_minutes(position, spot, self.network, vehicle, self.state)
