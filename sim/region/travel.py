"""Travel over the road graph: shortest times by vehicle and weather, with closed roads left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sim.config.region import ROAD_CLASSES, RoadSpeeds
from sim.config.response import Vehicle
from sim.config.weather import SpeedFactors
from sim.region.region import Region


@dataclass(frozen=True)
class Path:
    """A way through the road graph.

    Attributes:
        nodes: The nodes, from start to goal.
        minutes: Time at each node since the start.
        km: Distance at each node from the start.
    """

    nodes: tuple[int, ...]
    minutes: tuple[float, ...]
    km: tuple[float, ...]


class RoadNetwork:
    """Shortest ways between all nodes.

    Args:
        region: The place with its roads.
        speed_kmh: Speed of a car in dry weather by road class.
        weather: The weather's factors on it.
        vehicles: Each vehicle's factors on it.
    """

    def __init__(
        self, region: Region, speed_kmh: RoadSpeeds, weather: SpeedFactors, vehicles: Mapping[str, Vehicle]
    ) -> None:
        self.region = region
        car = np.array([getattr(speed_kmh, c) * getattr(weather, c) for c in ROAD_CLASSES])
        self._road_minutes = {
            name: region.roads.km / (car * [getattr(vehicle, c) for c in ROAD_CLASSES])[region.roads.road_class] * 60.0
            for name, vehicle in vehicles.items()
        }
        self._solved: dict[tuple[str, frozenset[int]], tuple[NDArray[np.float64], NDArray[np.int32]]] = {}
        self._paths: dict[tuple[str, int, int, frozenset[int]], Path | None] = {}

    def minutes(self, vehicle: str, closed: frozenset[int] = frozenset()) -> NDArray[np.float64]:
        """Return the shortest times between all nodes, minutes; infinite where a closed road cuts off."""
        return self._solve(vehicle, closed)[0]

    def km(self) -> NDArray[np.float64]:
        """Return the shortest road distances between all nodes, km, every road open."""
        return self._shortest(self.region.roads.km, frozenset())[0]

    def path(self, vehicle: str, start: int, goal: int, closed: frozenset[int] = frozenset()) -> Path | None:
        """Return the quickest way between two nodes; None when there is none."""
        key = (vehicle, start, goal, closed)
        if key not in self._paths:
            self._paths[key] = self._walk(*key)
        return self._paths[key]

    def _walk(self, vehicle: str, start: int, goal: int, closed: frozenset[int]) -> Path | None:
        times, before = self._solve(vehicle, closed)
        if not np.isfinite(times[start, goal]):
            return None
        nodes = [goal]
        while nodes[-1] != start:
            nodes.append(int(before[start, nodes[-1]]))
        nodes.reverse()
        roads = [self._road(a, b) for a, b in pairwise(nodes)]
        km = np.concatenate([[0.0], np.cumsum(self.region.roads.km[roads])]) if roads else np.zeros(1)
        return Path(tuple(nodes), tuple(times[start, nodes].tolist()), tuple(km.tolist()))

    def _road(self, a: int, b: int) -> int:
        road = self.region.edge(a, b)
        assert road is not None
        return road

    def _solve(self, vehicle: str, closed: frozenset[int]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        key = (vehicle, closed)
        if key not in self._solved:
            self._solved[key] = self._shortest(self._road_minutes[vehicle], closed)
        return self._solved[key]

    def _shortest(
        self, weight: NDArray[np.float64], closed: frozenset[int]
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        roads, n = self.region.roads, len(self.region.nodes)
        is_open = np.ones(len(weight), dtype=np.bool_)
        is_open[list(closed)] = False
        u, v, w = roads.u[is_open], roads.v[is_open], weight[is_open]
        graph = csr_array((w, (u, v)), shape=(n, n))
        return dijkstra(graph, directed=False, return_predecessors=True)
