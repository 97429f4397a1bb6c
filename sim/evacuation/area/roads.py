"""The roads as vehicles of an evacuation find them: a way for each, and a queue at the end of each road.

Every road is two links, one a direction. A link takes its time by the class of road, vehicle, weather and state of the
roads, and lets so many car units out at its end a minute; who comes sooner waits there, first come first served (the
point queue of Vickrey 1969: no length, so it does not block the road before). Other traffic there is none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.config.area import RoadCapacity
from sim.config.region import ROAD_CLASSES
from sim.region.road_state import RoadState
from sim.region.travel import RoadNetwork

NOWHERE = -1
"""In place of a link: there is no way, or one is on none."""


class Links:
    """The links at a moment, and who was let out of each last.

    Args:
        network: The roads.
        capacity: Car units an hour and direction by class of road.
        vehicles: The kinds of own vehicle, by the names that the network knows.
        state: How the roads are.
        directed_factor: So many times as much the roads let out that lead to where officers direct the traffic.
    """

    def __init__(
        self,
        network: RoadNetwork,
        capacity: RoadCapacity,
        vehicles: Sequence[str],
        state: RoadState,
        directed_factor: float = 1.0,
    ) -> None:
        self.network, self.vehicles, self.directed_factor = network, vehicles, directed_factor
        self.directed: frozenset[int] = frozenset()
        """Nodes where officers direct the traffic now."""
        roads = network.region.roads
        self.tail = np.stack([roads.u, roads.v], axis=1).reshape(-1)
        self.head = np.stack([roads.v, roads.u], axis=1).reshape(-1)
        self.heads: list[int] = self.head.tolist()
        self.tails: list[int] = self.tail.tolist()
        an_hour = [getattr(capacity, name) for name in ROAD_CLASSES]
        spacing = np.array([0.0 if flow is None else 60.0 / flow for flow in an_hour])
        self._spacing = np.repeat(spacing[roads.road_class], 2)
        self.free_at = [0.0] * len(self.heads)
        """When the next vehicle may leave each link."""
        self.passed = [0] * len(self.heads)
        """People who have left each link."""
        self.waited = [0.0] * len(self.heads)
        """Minutes of people in the queue of each link."""
        self.set(state)

    def set(self, state: RoadState) -> None:
        """Let the roads be in another state."""
        self.state = state
        self.closed = state.closed
        self._set_spacing()
        self.minutes: list[list[float]] = [
            np.repeat(self.network.road_minutes(name, state), 2).tolist() for name in self.vehicles
        ]
        self._next: dict[tuple[int, int], list[int]] = {}

    def direct(self, nodes: frozenset[int]) -> None:
        """Let officers direct the traffic at these nodes, and nowhere else."""
        self.directed = nodes
        self._set_spacing()

    def _set_spacing(self) -> None:
        """Work out the minutes between two car units that leave each link."""
        lets_out = np.ones(len(self.heads))
        for road, factor in self.state.slowed:
            lets_out[2 * road : 2 * road + 2] = factor
        lets_out[np.isin(self.head, list(self.directed))] *= self.directed_factor
        self.spacing: list[float] = (self._spacing / lets_out).tolist()

    def next_link(self, vehicle: int, node: int, target: int) -> int:
        """Return the link that the quickest way from a node to a target begins with; NOWHERE without any."""
        key = vehicle, target
        if key not in self._next:
            self._next[key] = self._towards(vehicle, target)
        return self._next[key][node]

    def way_minutes(self, vehicle: int, node: int, target: int) -> float:
        """Return the time of the quickest way without queues, minutes; infinite without any."""
        return self.network.minutes(self.vehicles[vehicle], self.state).item(node, target)

    def _towards(self, vehicle: int, target: int) -> list[int]:
        """Return of every node the first link of its quickest way to a target."""
        left = self.network.minutes(self.vehicles[vehicle], self.state)[:, target]
        cost = np.array(self.minutes[vehicle]) + left[self.head]
        cost[[2 * road + side for road in self.closed for side in (0, 1)]] = np.inf
        order = np.argsort(-cost, kind="stable")
        order = order[np.isfinite(cost[order])]
        first = np.full(len(self.network.region.nodes), NOWHERE, dtype=np.int64)
        first[self.tail[order]] = order  # the last that is written is the quickest
        return first.tolist()

    def is_closed(self, link: int) -> bool:
        """Return whether the road of a link is closed."""
        return link >> 1 in self.closed

    def let_out(self, link: int, time: float, car_units: float) -> float:
        """Return when a vehicle leaves a link at whose end it is at this time; calls are made in order of time."""
        leaves = max(time, self.free_at[link])
        self.free_at[link] = leaves + car_units * self.spacing[link]
        return leaves
