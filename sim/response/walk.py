"""Orders of places in which neighbours by road follow one another: along such a walk stations are cut into posts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import depth_first_order, minimum_spanning_tree

from sim.region.region import Region


def walk(region: Region, start: int) -> NDArray[np.int64]:
    """Return each node's place in a depth-first walk of the road graph's minimum spanning tree (by km).

    Args:
        region: The place.
        start: Node where the walk begins.
    """
    roads, n = region.roads, len(region.nodes)
    graph = coo_array((roads.km, (roads.u, roads.v)), shape=(n, n)).tocsr()
    tree = minimum_spanning_tree(graph)
    order = depth_first_order(tree + tree.T, start, directed=False, return_predecessors=False)
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n)
    return rank


def in_walking_order(stations: NDArray[np.int64], region: Region, rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return stations sorted by the walk, those of one village by their number."""
    return stations[np.lexsort((stations, rank[region.stations.node[stations]]))]


def cut(total: int, parts: int) -> list[slice]:
    """Cut a row of ``total`` things into ``parts`` consecutive pieces whose sizes differ by at most one."""
    edges = [round(i * total / parts) for i in range(parts + 1)] if parts else []
    return [slice(a, b) for a, b in zip(edges, edges[1:], strict=False)]


def cut_by_weight(weights: NDArray[np.float64], parts: int) -> list[slice]:
    """Cut a row of weighted things into consecutive, non-empty pieces of nearly equal weight."""
    parts = min(parts, len(weights))
    middle = (np.cumsum(weights) - weights / 2) / weights.sum() * parts
    piece = np.minimum(middle.astype(np.int64), parts - 1)
    starts = [int(np.searchsorted(piece, k)) for k in range(parts)]
    for k in range(1, parts):
        starts[k] = max(starts[k], starts[k - 1] + 1)
    for k in range(parts - 1, 0, -1):
        starts[k] = min(starts[k], len(weights) - (parts - k))
    return [slice(a, b) for a, b in zip(starts, [*starts[1:], len(weights)], strict=True)]
