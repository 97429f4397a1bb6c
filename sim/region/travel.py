"""Travel over the road graph: shortest times by vehicle, weather and the state of the roads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from sim.config.region import ROAD_CLASSES, RoadSpeeds
from sim.config.response import Vehicle
from sim.config.weather import SpeedFactors
from sim.region.region import Region
from sim.region.road_state import OPEN, RoadState

if TYPE_CHECKING:
    from sim.region.position import Position, Spot
    from sim.region.route import Route

KEPT_STATES = 64
"""How many pairs of vehicle and state have their times kept; 12 bytes for two nodes each (160 nodes: 0.3 MB)."""
KEPT_PATHS = 4096
"""How many paths are kept; about a kilobyte each."""
KEPT_WAYS = 16_384
"""How many whole ways to a spot are kept; less than a kilobyte each. Days of many incidents ask for half of them."""
KEPT_TURNS = 128
"""How many of those that nobody goes again on another day: about as many as two strategies of one day ask for."""


K = TypeVar("K")
V = TypeVar("V")
_Solved = tuple[NDArray[np.float64], NDArray[np.int32]]
"""Shortest times, and the node before each on the way."""


class Kept(Generic[K, V]):
    """What was made lately: as many things as are to be kept, the one asked for longest ago is forgotten first.

    It is ``functools.lru_cache`` for each object of a class, and can go to another process, where it begins empty.

    Args:
        most: How many things are kept.
        make: Makes a thing from its key; always the same from the same key.

    Attributes:
        of: Returns the thing of a key, as ``kept[key]`` does with one call more.
    """

    def __init__(self, most: int, make: Callable[[K], V]) -> None:
        self._most = most
        self._make = make
        self._cached = lru_cache(most)(make)
        self.of: Callable[[K], V] = self._cached

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self._most, self._make)

    def __len__(self) -> int:
        return self._cached.cache_info().currsize

    def __getitem__(self, key: K) -> V:
        return self.of(key)


class Path(NamedTuple):
    """A way through the road graph.

    Attributes:
        nodes: The nodes, from start to goal.
        minutes: Time at each node since the start.
        km: Distance at each node from the start.
        roads: The roads between them.
    """

    nodes: tuple[int, ...]
    minutes: tuple[float, ...]
    km: tuple[float, ...]
    roads: tuple[int, ...]


def _factors(of: Vehicle | SpeedFactors) -> NDArray[np.float64]:
    """Return the factors of every class of road."""
    return np.array([getattr(of, c) for c in ROAD_CLASSES])


class RoadNetwork:
    """Shortest ways between all nodes.

    Args:
        region: The place with its roads.
        speed_kmh: Speed of a car in dry weather by road class.
        weather: The weather's factors on it.
        vehicles: Each vehicle's factors on it.
        night: The factors of the dark on it; None: it slows nobody.
    """

    def __init__(
        self,
        region: Region,
        speed_kmh: RoadSpeeds,
        weather: SpeedFactors,
        vehicles: Mapping[str, Vehicle],
        night: SpeedFactors | None = None,
    ) -> None:
        self.region = region
        self.on_tracks = frozenset(name for name, vehicle in vehicles.items() if vehicle.on_tracks)
        """Vehicles that go where only motorcycles go."""
        car = np.array([getattr(speed_kmh, c) * getattr(weather, c) for c in ROAD_CLASSES])
        dark = _factors(night) if night is not None else np.ones(len(ROAD_CLASSES))
        self._unslowed: dict[tuple[str, bool], NDArray[np.float64]] = {
            (name, is_dark): region.roads.km / (car * _factors(vehicle) * factors)[region.roads.road_class] * 60.0
            for name, vehicle in vehicles.items()
            for is_dark, factors in ((False, 1.0), (True, dark))
        }
        self._by_day: dict[str, _Solved] = {}
        self._by_night: dict[str, _Solved] = {}
        self._road_minutes = Kept(KEPT_STATES, self._slowed)
        self._solved = Kept(KEPT_STATES, self._solve)
        self._paths = Kept(KEPT_PATHS, self._walk)
        self._ways = Kept(KEPT_WAYS, self._plan)
        self._turns = Kept(KEPT_TURNS, self._plan)
        self.by_day = Kept(KEPT_WAYS, self._from_stand)
        """Minutes by day with nothing in the way, by vehicle, where somebody stands, and where he goes: as
        :func:`sim.region.position.travel_minutes`, for those who stand at the same few places day after day."""
        self._parts = Kept(KEPT_STATES, self._split)
        self._wholes = Kept(KEPT_STATES, self._joins_all)
        self._joined = Kept(KEPT_PATHS, self._join)
        self._asked_last: RoadState = OPEN
        self._tables: dict[str, NDArray[np.float64]] = {}  # of the state of the roads that was asked for last

    @property
    def kept(self) -> tuple[int, int]:
        """How many states of the roads, and how many paths, are remembered now."""
        return len(self._solved), len(self._paths)

    def minutes(self, vehicle: str, roads: RoadState = OPEN) -> NDArray[np.float64]:
        """Return the shortest times between all nodes, minutes; infinite where a closed road cuts off. Read only."""
        if roads is OPEN and (solved := self._by_day.get(vehicle)) is not None:
            return solved[0]
        if roads is not self._asked_last:
            self._asked_last, self._tables = roads, {}
        if vehicle not in self._tables:
            self._tables[vehicle] = self._shortest(vehicle, roads)[0]
        return self._tables[vehicle]

    def km(self) -> NDArray[np.float64]:
        """Return the shortest road distances between all nodes, km, every road open. Read only."""
        return self._km

    @cached_property
    def _km(self) -> NDArray[np.float64]:
        return self._dijkstra(self.region.roads.km, frozenset())[0]

    def joined(self, node: int, closed: frozenset[int]) -> NDArray[np.bool_]:
        """Return of every node whether a way without a closed road leads from it to a node. Read only."""
        return self._joined[node, closed]

    def _join(self, key: tuple[int, frozenset[int]]) -> NDArray[np.bool_]:
        node, closed = key
        part = self._parts[closed]
        same: NDArray[np.bool_] = part == part[node]
        return same

    def is_whole(self, closed: frozenset[int]) -> bool:
        """Return whether a way without a closed road leads from every node to every other."""
        return self._wholes[closed]

    def _joins_all(self, closed: frozenset[int]) -> bool:
        return not self._parts[closed].any()

    def _split(self, closed: frozenset[int]) -> NDArray[np.int64]:
        return connected_components(self._graph(self.region.roads.km, closed), directed=False)[1].astype(np.int64)

    def path(self, vehicle: str, start: int, goal: int, roads: RoadState = OPEN) -> Path | None:
        """Return the quickest way between two nodes; None when there is none."""
        return self._paths.of((vehicle, start, goal, roads))

    def way(self, vehicle: str, start: Position, goal: Spot, roads: RoadState) -> Route:
        """Return the quickest way to a spot, as :func:`sim.region.route.plan_route` does.

        From a node each is made once. Others begin on a road: under several strategies a day has the same of them
        again, another day has not.
        """
        kept = self._ways if start.ahead is None else self._turns
        return kept.of((vehicle, start, goal, roads))

    def _from_stand(self, key: tuple[str, Position, Spot]) -> float:
        from sim.region.position import travel_minutes  # which itself needs the roads

        vehicle, here, goal = key
        return travel_minutes(here, goal, self, vehicle)

    def _plan(self, key: tuple[str, Position, Spot, RoadState]) -> Route:
        vehicle, start, goal, roads = key
        return self._way_to(start, goal, self, vehicle, roads)

    @cached_property
    def _way_to(self) -> Callable[[Position, Spot, RoadNetwork, str, RoadState], Route]:
        from sim.region.route import way_to  # of somebody under way, which nobody is before a day is played

        return way_to

    def road_minutes(self, vehicle: str, roads: RoadState = OPEN) -> NDArray[np.float64]:
        """Return the time that each road takes, minutes, as if none were closed. Read only."""
        return self._road_minutes[vehicle, roads] if roads.slowed else self._unslowed[vehicle, roads.dark]

    def _slowed(self, key: tuple[str, RoadState]) -> NDArray[np.float64]:
        vehicle, roads = key
        minutes = self._unslowed[vehicle, roads.dark].copy()
        for road, factor in roads.slowed:
            minutes[road] /= factor
        return minutes

    def _walk(self, key: tuple[str, int, int, RoadState]) -> Path | None:
        vehicle, start, goal, state = key
        times, before = self._shortest(vehicle, state)
        minutes, step = times[start].item, before[start].item
        if minutes(goal) == np.inf:
            return None
        nodes = [goal]
        while nodes[-1] != start:
            nodes.append(step(nodes[-1]))
        nodes.reverse()
        roads = tuple(map(self.region.edges.__getitem__, pairwise(nodes)))
        km = accumulate(map(self._lengths.__getitem__, roads), initial=0.0)
        return Path(tuple(nodes), tuple(map(minutes, nodes)), tuple(km), roads)

    @cached_property
    def _lengths(self) -> list[float]:
        """The kilometres of each road."""
        lengths: list[float] = self.region.roads.km.tolist()
        return lengths

    def _shortest(self, vehicle: str, roads: RoadState) -> _Solved:
        """Return times and predecessors; those of open roads are asked for all the time, and never forgotten."""
        if not roads.is_fixed:
            return self._solved[vehicle, roads]
        fixed = self._by_night if roads.dark else self._by_day
        if vehicle not in fixed:
            fixed[vehicle] = self._solve((vehicle, roads))
        return fixed[vehicle]

    def _solve(self, key: tuple[str, RoadState]) -> _Solved:
        vehicle, roads = key
        return self._dijkstra(self.road_minutes(vehicle, roads), roads.closed)

    def _dijkstra(self, weight: NDArray[np.float64], closed: frozenset[int]) -> _Solved:
        solved: _Solved = dijkstra(self._graph(weight, closed), directed=False, return_predecessors=True)
        for table in solved:
            table.setflags(write=False)
        return solved

    def _graph(self, weight: NDArray[np.float64], closed: frozenset[int]) -> csr_array:
        roads, n = self.region.roads, len(self.region.nodes)
        is_open = np.ones(len(weight), dtype=np.bool_)
        is_open[list(closed)] = False
        return csr_array((weight[is_open], (roads.u[is_open], roads.v[is_open])), shape=(n, n))
