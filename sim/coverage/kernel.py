"""Which stations somebody reaches in time, at many moments: compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@compiled
def _ways_out(
    node: Ints, minutes: Floats, ahead: Ints, ahead_minutes: Floats, free: Flags, t: int, out: Floats
) -> None:
    """Set ``out`` to the shortest way of a free unit out of its place to each node at one moment; infinite for none."""
    out[:] = np.inf
    for unit in range(len(node)):
        if free[unit, t]:
            here, there = node[unit, t], ahead[unit, t]
            out[here] = min(out[here], minutes[unit, t])
            if there >= 0:
                out[there] = min(out[there], ahead_minutes[unit, t])


@compiled
def reached_at(
    node: Ints,
    minutes: Floats,
    ahead: Ints,
    ahead_minutes: Floats,
    station: Ints,
    free: Flags,
    first: Ints,
    goal: Ints,
    travel: Floats,
    at: Ints,
    access: Floats,
    standard: float,
) -> Flags:
    """Return which stations some free unit reaches within the standard time: one row a moment, one column a station.

    All units at one node are judged by the one with the shortest way out of its place, which is exact: the travel time
    of a unit is its own way to the node plus a term that depends on the node alone.

    Args:
        node: Where each unit is or what it passed last, shape (units, moments), as the next five.
        minutes: From there to where it really is.
        ahead: The other end of the road that it is on; below 0 on none.
        ahead_minutes: What is left to it.
        station: Where it stands; below 0 at none.
        free: Whether it can be sent.
        first: For each node the first of its goals in the next two; one entry more than nodes.
        goal: Nodes that can be reached from a node within the standard time.
        travel: Minutes to each of them.
        at: Node of each station.
        access: Minutes from there to the station.
        standard: Minutes.
    """
    moments, nodes, stations = node.shape[1], len(first) - 1, len(at)
    covered = np.zeros((moments, stations), dtype=np.bool_)
    out, arrive = np.empty(nodes), np.empty(nodes)
    for t in range(moments):
        _ways_out(node, minutes, ahead, ahead_minutes, free, t, out)
        arrive[:] = np.inf
        for start in range(nodes):
            if out[start] < np.inf:
                for k in range(first[start], first[start + 1]):
                    arrive[goal[k]] = min(arrive[goal[k]], out[start] + travel[k])
        for s in range(stations):
            covered[t, s] = arrive[at[s]] + access[s] <= standard
        for unit in range(len(node)):
            if free[unit, t] and station[unit, t] >= 0:
                covered[t, station[unit, t]] = True
    return covered
