"""Guards near each node in the order in which they get there: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.inputs import Floats, Ints, Units, Whereabouts


class Guards(NamedTuple):
    """Guards near each node in the order in which they get there, as many as can matter.

    Attributes:
        count: (nodes) how many there are.
        minutes: (nodes, most) when each is there, from the order on.
        unit: (nodes, most) which unit it is.
    """

    count: Ints
    minutes: Floats
    unit: Ints


@compiled
def neighbours(vehicles: Ints, travel: Floats, within: float) -> tuple[Ints, Ints]:
    """Return which nodes each node has within some minutes.

    Args:
        vehicles: For which vehicles it is asked; those of others are left empty.
        travel: (vehicles, nodes, nodes) minutes.
        within: Minutes.

    Returns:
        For each vehicle and node where its neighbours begin in the second and where they end, and the neighbours.
    """
    nodes, k = travel.shape[1], 0
    part, found = np.zeros((len(travel), nodes, 2), dtype=np.int64), np.empty(0, dtype=np.int64)
    for fill in range(2):
        if fill:
            found = np.empty(k, dtype=np.int64)
        k = 0
        for v in vehicles:
            for a in range(nodes):
                part[v, a, 0] = k
                for b in range(nodes):
                    if travel[v, a, b] <= within:
                        if fill:
                            found[k] = b
                        k += 1
                part[v, a, 1] = k
    return part, found


@compiled
def gather(
    t: int, guards: Ints, part: Ints, goal: Ints, where: Whereabouts, units: Units, within: float, travel: Floats,
    near: Guards, best: Floats,
) -> None:  # fmt: skip
    """Put the free guards near each node in the order in which they get there; only the earliest are kept.

    Args:
        t: The moment.
        guards: The guards.
        part: Part of the next that holds the neighbours of a node, by vehicle.
        goal: The neighbours of all nodes.
        where: Where the guards are.
        units: What they are.
        within: Minutes within which they must be there.
        travel: (vehicles, nodes, nodes) minutes.
        near: What is filled.
        best: Room for a number a node, all infinite.
    """
    count, minutes, unit = near
    most = minutes.shape[1]
    count[:] = 0
    for g in guards:
        if not where.free[g, t]:
            continue
        v, here, there, ready = units.vehicle[g], where.node[g, t], where.ahead[g, t], units.ready[g]
        if there >= 0:
            for e in range(part[v, there, 0], part[v, there, 1]):
                best[goal[e]] = ready + where.ahead_minutes[g, t] + travel[v, there, goal[e]]
        out = ready + where.minutes[g, t]
        for side in range(2 if there >= 0 else 1):
            a = there if side else here
            for e in range(part[v, a, 0], part[v, a, 1]):
                n = goal[e]
                now = best[n] if side else min(best[n], out + travel[v, here, n])
                best[n] = np.inf
                if now > within:
                    continue
                k = count[n]
                if k == most:
                    k -= 1
                    if now >= minutes[n, k]:
                        continue
                else:
                    count[n] = k + 1
                while k > 0 and minutes[n, k - 1] > now:
                    minutes[n, k], unit[n, k] = minutes[n, k - 1], unit[n, k - 1]
                    k -= 1
                minutes[n, k], unit[n, k] = now, g


@compiled
def most_guards(guards: Ints, people: Ints, need: Ints) -> int:
    """Return how many guards, those nearest, can matter anywhere: as many as meet a demand, and the post's own."""
    most = 0
    for d in range(len(need)):
        least = 0
        for g in guards:
            if people[d, g] > 0 and (least == 0 or people[d, g] < least):
                least = people[d, g]
        if least > 0:
            most = max(most, -(-need[d] // least) + 1)
    return min(most, len(guards))
