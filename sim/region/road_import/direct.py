"""The roads of a region: which two places the best way joins without passing a third.

The best way is the shortest, or the quickest where a kilometre of a slower road counts more. A place is passed where
the way runs over its point, or could do so and be at most ``through`` km longer. A road through another place is not
written: the table has the two roads of which it is made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from sim.config.region import ROAD_CLASSES
from sim.region.road_import.drawn import Floats, Ints
from sim.region.road_import.simplify import Links

SHORTEST_KM = 0.01
"""No road of a region is shorter."""
_EQUAL_KM = 0.0005
"""Ways that differ by less are of the same length: the table has metres."""
_AT_ONCE = 4_000_000
"""Distances that are held in memory at a time."""


@dataclass(frozen=True)
class Direct:
    """Roads between places.

    Attributes:
        u: One end of each, as a position among the points of the places.
        v: The other, which is greater.
        km: Its length.
        road_class: The class that most of its length has, as a position in ROAD_CLASSES.
        longest_km: By how much the way between any two places on these roads is longer than the best one at most, in
            kilometres as they count.
        longer_share: By how much all of those ways together are longer, as a share.
    """

    u: Ints
    v: Ints
    km: Floats
    road_class: Ints
    longest_km: float
    longer_share: float


def direct_roads(links: Links, points: Ints, through: float) -> Direct:
    """Return the roads between places.

    Args:
        links: The simplified network.
        points: The point of each place, each once.
        through: By how much a way through another place may be longer and still be taken instead, km.
    """
    ways = _Ways(links, points)
    alone = ways.costs()
    best = _all_pairs(alone)
    u, v = np.nonzero(np.triu(_needed(alone, best, through), 1))
    length = np.full_like(alone, np.inf)
    length[u, v] = length[v, u] = alone[u, v]
    finite = np.isfinite(best)
    longer = _all_pairs(length)[finite] - best[finite]
    by_class = ways.by_class(u, v)
    share = float(longer.sum() / max(best[finite].sum(), SHORTEST_KM))
    return Direct(u, v, by_class.sum(axis=1), by_class.argmax(axis=1), float(longer.max(initial=0.0)), share)


def _needed(alone: Floats, best: Floats, through: float) -> NDArray[np.bool_]:
    """Return which pairs a road joins: those with no other place on the way.

    The two halves of a way through a place are each shorter than the way itself, so that what is left out is always
    made of what stays, and nothing is cut off.
    """
    needed = np.isfinite(alone) & (alone <= best + _EQUAL_KM)
    for u, others in enumerate(needed):
        (v,) = np.nonzero(others)
        if not len(v):
            continue
        whole = best[u, v][:, None]
        here, there = best[u][None, :], best[v]
        halves = (here < whole - _EQUAL_KM) & (there < whole - _EQUAL_KM)
        needed[u, v] = ~(halves & (here + there <= whole + through + _EQUAL_KM)).any(axis=1)
    return needed


def _all_pairs(length: Floats) -> Floats:
    """Return the least sums of these lengths between all places; infinite where no road leads."""
    u, v = np.nonzero(np.isfinite(length) & ~np.eye(len(length), dtype=np.bool_))
    return np.asarray(dijkstra(csr_array((length[u, v], (u, v)), shape=length.shape)), dtype=np.float64)


class _Ways:
    """The network, in which every place can be left and reached, and none can be passed.

    A place has two points: ways leave from one and end at the other, so that no shortest path runs through it.
    """

    def __init__(self, links: Links, points: Ints) -> None:
        self._links = links
        self._places = len(points)
        used = np.unique(np.concatenate((points, links.a, links.b)))
        self._out = np.searchsorted(used, points)
        a, b = np.searchsorted(used, links.a), np.searchsorted(used, links.b)
        into = np.arange(len(used))
        into[self._out] = len(used) + np.arange(self._places)
        self._first_in = len(used)
        self._begin, self._end = np.concatenate((a, b)), np.concatenate((into[b], into[a]))
        self._size = len(used) + self._places
        n = (self._size, self._size)
        self._graph = coo_array((np.tile(links.cost, 2), (self._begin, self._end)), shape=n).tocsr()

    def costs(self) -> Floats:
        """Return what the best way from each place to each other counts that passes none; infinite without any."""
        rows = max(1, _AT_ONCE // self._size)
        blocks = [self._out[i : i + rows] for i in range(0, self._places, rows)]
        found = np.concatenate([dijkstra(self._graph, indices=block)[:, self._first_in :] for block in blocks])
        both = np.minimum(found, found.T)  # the same ways, added up from either end
        np.fill_diagonal(both, 0.0)
        return np.asarray(both, dtype=np.float64)

    def by_class(self, u: Ints, v: Ints) -> Floats:
        """Return the length of the best way of each pair on roads of each class, km."""
        number = coo_array((np.arange(1, len(self._begin) + 1), (self._begin, self._end)), shape=self._graph.shape)
        links = number.tocsr()
        by_class = np.zeros((len(u), len(ROAD_CLASSES)))
        for place in np.unique(u).tolist():
            _, before = dijkstra(self._graph, indices=self._out[[place]], return_predecessors=True)
            came_from = before[0].tolist()
            for road in np.flatnonzero(u == place).tolist():
                at = self._first_in + int(v[road])
                while came_from[at] >= 0:
                    link = int(links[came_from[at], at]) - 1
                    by_class[road] += self._links.by_class[link % len(self._links.a)]
                    at = came_from[at]
        return by_class
