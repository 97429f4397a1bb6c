"""Orders of places in which neighbours by road follow one another: along such a walk stations are cut into posts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import depth_first_order, minimum_spanning_tree

from sim.region.region import Region

_NO_GAIN_KM = 1e-9
"""Shortening stops when the best change saves no more than this; below it lies rounding."""


class Walk:
    """Puts nodes or stations of a region into an order that is short to walk.

    Distances are kilometres of open road, so a plan is the same in any weather and for any vehicle.

    Args:
        region: The place.
        km: Shortest road distance between all nodes.
        start: Node where the depth-first walk begins that every order starts from: police headquarters.
    """

    def __init__(self, region: Region, km: NDArray[np.float64], start: int) -> None:
        self._node = region.stations.node
        self._km = km
        self._orders: dict[bytes, NDArray[np.int64]] = {}
        self._rank = _depth_first(region, start)

    def nodes(self, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the different ones of these nodes, in walking order."""
        unique = np.unique(nodes)
        key = unique.tobytes()
        if key not in self._orders:  # most strategies ask for the same classes of stations
            self._orders[key] = shorten(unique[np.argsort(self._rank[unique])], self._km)
        return self._orders[key]

    def stations(self, stations: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return these stations in walking order, those of one village by their number."""
        if len(stations) == 0:
            return stations
        order = self.nodes(self._node[stations])
        place = np.empty(len(self._rank), dtype=np.int64)
        place[order] = np.arange(len(order))
        return stations[np.lexsort((stations, place[self._node[stations]]))]


def _depth_first(region: Region, start: int) -> NDArray[np.int64]:
    """Return each node's place in a depth-first walk of the road graph's minimum spanning tree (by km)."""
    roads, n = region.roads, len(region.nodes)
    graph = coo_array((roads.km, (roads.u, roads.v)), shape=(n, n)).tocsr()
    tree = minimum_spanning_tree(graph)
    order = depth_first_order(tree + tree.T, start, directed=False, return_predecessors=False)
    rank = np.full(n, n, dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def shorten(order: NDArray[np.int64], km: NDArray[np.float64]) -> NDArray[np.int64]:
    """Shorten an open walk until neither turning a stretch round nor moving one place makes it shorter.

    The classical 2-opt move (Croes 1958) together with the move of a single node; the best change first, so the result
    depends on nothing but the arguments. It is a local optimum, seldom the shortest walk.

    Args:
        order: Different nodes.
        km: Distance between all nodes, symmetric.
    """
    while len(order) > 2:
        between = np.zeros((len(order) + 2, len(order) + 2))
        between[1:-1, 1:-1] = km[np.ix_(order, order)]  # free ends: a place at no distance before and after
        turn, turn_gain = _best(_gain_of_turning(between))
        move, move_gain = _best(_gain_of_moving(between))
        if max(turn_gain, move_gain) <= _NO_GAIN_KM:
            return order
        order = _turned(order, *turn) if turn_gain >= move_gain else _moved(order, *move)
    return order


def _best(gain: NDArray[np.float64]) -> tuple[tuple[int, int], float]:
    row, column = divmod(int(np.argmax(gain)), gain.shape[1])
    return (row, column), float(gain[row, column])


def _gain_of_turning(between: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what is saved by turning round the stretch from place i to place j (zero for j <= i)."""
    step = np.diagonal(between, 1)
    gain = step[:-1, None] + step[None, 1:] - between[:-2, 1:-1] - between[1:-1, 2:]
    return np.triu(gain, 1)


def _gain_of_moving(between: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what is saved by moving place i into the gap before place p (p = n: to the end)."""
    step = np.diagonal(between, 1)
    left_out = step[:-1] + step[1:] - np.diagonal(between, 2)
    put_in = between[1:-1, :-1] + between[1:-1, 1:] - step[None, :]
    gain = left_out[:, None] - put_in
    i = np.arange(len(gain))
    gain[i, i] = gain[i, i + 1] = 0.0  # the gaps beside it: it stays where it is
    return gain


def _turned(order: NDArray[np.int64], i: int, j: int) -> NDArray[np.int64]:
    return np.concatenate([order[:i], order[i : j + 1][::-1], order[j + 1 :]])


def _moved(order: NDArray[np.int64], i: int, gap: int) -> NDArray[np.int64]:
    return np.insert(np.delete(order, i), gap - (gap > i), order[i])


def cut(total: int, parts: int) -> list[slice]:
    """Cut a row of ``total`` things into ``parts`` consecutive pieces whose sizes differ by at most one."""
    edges = [i * total // parts for i in range(parts + 1)] if parts else []
    return [slice(a, b) for a, b in pairwise(edges)]


def cut_by_weight(weights: NDArray[np.float64], parts: int) -> list[slice]:
    """Cut a row of weighted things into consecutive pieces of nearly equal weight, none empty.

    Args:
        weights: Not negative; when all are zero the pieces are equal in number.
        parts: Number of pieces; at most one for each thing is made.
    """
    parts = min(parts, len(weights))
    if parts == 0 or not weights.any():
        return cut(len(weights), parts)
    middle = (np.cumsum(weights) - weights / 2) / weights.sum() * parts
    piece = np.minimum(middle.astype(np.int64), parts - 1)
    starts = [int(np.searchsorted(piece, k)) for k in range(parts)]
    for k in range(1, parts):
        starts[k] = max(starts[k], starts[k - 1] + 1)
    for k in range(parts - 1, 0, -1):
        starts[k] = min(starts[k], len(weights) - (parts - k))
    return [slice(a, b) for a, b in pairwise([*starts, len(weights)])]
