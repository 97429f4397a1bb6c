"""The roads through the day: closures, slow stretches and the night come and go, and whoever is under way is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
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
        """Think again: a road has closed or opened, or has another speed."""


class RoadPeriods(Protocol):
    """How the roads were at some times."""

    def periods(self, times: NDArray[np.float64]) -> list[tuple[slice, RoadState]]:
        """Return which of these sorted times fall under which state."""


class OpenRoads:
    """Which roads are open now, how fast they are, and how that was before.

    A road is closed while anything closes it: two closures that overlap open it when both are over. Of several causes
    that slow it the one that slows it most is felt.

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
        self._slowings = Counter[tuple[int, float]]()
        self._dark = False

    @property
    def closed(self) -> frozenset[int]:
        """The roads that are closed now."""
        return self.state.closed

    def state_at(self, time: float) -> RoadState:
        """Return how the roads were at a time, minutes after midnight; a change counts from its moment on."""
        for when, state in reversed(self.history):
            if when <= time:
                return state
        return self.history[0][1]

    @property
    def cuts_off(self) -> bool:
        """Whether the roads that are closed now part any node from any other."""
        return bool(self.state.closed) and not self.network.is_whole(self.state.closed)

    def close(self, road: int) -> None:
        """Close a road; who closes it must open it again."""
        self._closures[road] += 1
        self._set()

    def open(self, road: int) -> None:
        """Take one closure of a road away; nothing happens to a road that is open."""
        self._closures[road] = max(0, self._closures[road] - 1)
        self._set()

    def close_between(self, road: int, closed: float, opened: float) -> Process[None]:
        """Process: a road is closed between two times, minutes after midnight; ``opened`` may be infinite."""
        return self._between(closed, opened, lambda: self.close(road), lambda: self.open(road))

    def slow(self, road: int, factor: float) -> None:
        """Slow a road to this share of its speed; who slows it must free it again."""
        self._slowings[road, factor] += 1
        self._set()

    def free(self, road: int, factor: float) -> None:
        """Take one slowing by this factor away; nothing happens to a road that has none."""
        self._slowings[road, factor] = max(0, self._slowings[road, factor] - 1)
        self._set()

    def slow_between(self, road: int, factor: float, begins: float, ends: float) -> Process[None]:
        """Process: a road is slow between two times, minutes after midnight; ``ends`` may be infinite."""
        return self._between(begins, ends, lambda: self.slow(road, factor), lambda: self.free(road, factor))

    def dark_between(self, begins: float, ends: float) -> Process[None]:
        """Process: it is night between two times, minutes after midnight."""
        return self._between(begins, ends, lambda: self._set_dark(True), lambda: self._set_dark(False))

    def _set_dark(self, dark: bool) -> None:
        self._dark = dark
        self._set()

    def _between(self, begins: float, ends: float, begin: Callable[[], None], end: Callable[[], None]) -> Process[None]:
        yield self.env.timeout(max(0.0, begins - self.env.now))
        begin()
        if ends < float("inf"):
            yield self.env.timeout(ends - self.env.now)
            end()

    def _set(self) -> None:
        slowed: dict[int, float] = {}
        for (road, factor), causes in self._slowings.items():
            if causes:
                slowed[road] = min(factor, slowed.get(road, factor))
        closed = frozenset(road for road, closures in self._closures.items() if closures)
        state = RoadState.of(closed, slowed, dark=self._dark)
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

    def joined(self, node: int) -> NDArray[np.bool_]:
        """Return of every node whether open roads lead from it to this node now."""
        return self.network.joined(node, self.state.closed)

    def minutes(self, vehicle: str, position: Position, spot: Spot) -> float:
        """Shortest travel time on the roads as they are now, minutes; infinite when cut off."""
        return travel_minutes(position, spot, self.network, vehicle, self.state)
