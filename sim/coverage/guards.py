"""Guards near each node in the order in which they get there: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, part_of_compiled
from sim.coverage.inputs import Floats, Ints, Units, Whereabouts


class Guards(NamedTuple):
    """Guards near each node; the last row is room for a place that only some of them get to in time.

    Attributes:
        many: (nodes) how many there are.
        minutes: (nodes, guards) when each is there, from the order on; sorted only where their order matters.
        unit: (nodes, guards) which unit it is.
        last: (nodes) when the last of them is there.
    """

    many: Ints
    minutes: Floats
    unit: Ints
    last: Floats


class Around(NamedTuple):
    """The nodes around each node.

    Attributes:
        part: (vehicles, nodes, 2) where the nodes around a node begin in the next two, and where they end.
        goal: The nodes that one gets to from it in time.
        minutes: How long that takes.
    """

    part: Ints
    goal: Ints
    minutes: Floats


@compiled
def around(vehicles: Ints, travel: Floats, within: float) -> Around:
    """Return the nodes that one gets to from each node within some minutes.

    Args:
        vehicles: For which vehicles it is asked; those of others are left empty.
        travel: (vehicles, nodes, nodes) minutes.
        within: Minutes.
    """
    nodes, count = travel.shape[1], 0
    for v in vehicles:
        count += (travel[v] <= within).sum()
    part, end = np.zeros((len(travel), nodes, 2), dtype=np.int64), 0
    goal, minutes = np.empty(count, dtype=np.int64), np.empty(count)
    for v in vehicles:
        for a in range(nodes):
            part[v, a, 0] = end
            for n in range(nodes):
                if travel[v, a, n] <= within:
                    goal[end], minutes[end] = n, travel[v, a, n]
                    end += 1
            part[v, a, 1] = end
    return Around(part, goal, minutes)


@part_of_compiled
def sort(n: int, many: Ints, minutes: Floats, unit: Ints) -> None:
    """Put the guards of one row in the order in which they arrive."""
    for i in range(1, many[n]):
        now, g, k = minutes[n, i], unit[n, i], i
        while k > 0 and minutes[n, k - 1] > now:
            minutes[n, k], unit[n, k] = minutes[n, k - 1], unit[n, k - 1]
            k -= 1
        minutes[n, k], unit[n, k] = now, g


@compiled
def gather(
    t: int, guards: Ints, where: Whereabouts, units: Units, travel: Floats, near_by: Around, latest: Floats,
    near: Guards,
) -> None:  # fmt: skip
    """Find the free guards near each node, in no order.

    Args:
        t: The moment.
        guards: The guards.
        where: Where they are; one on a road comes by the end of it from which he is there first.
        units: What they are.
        travel: (vehicles, nodes, nodes) minutes.
        near_by: The nodes around each.
        latest: (nodes) minutes after the order from which on a guard does not matter any more.
        near: What is filled.
    """
    free, node, out = where.free[:, t], where.node[:, t], where.minutes[:, t]
    ahead, left = where.ahead[:, t], where.ahead_minutes[:, t]
    part, goal, takes = near_by
    many, minutes, unit, last = near
    many[:] = 0
    last[:] = 0.0
    for g in guards:
        if not free[g]:
            continue
        v, here, there = units.vehicle[g], node[g], ahead[g]
        back, on = units.ready[g] + out[g], units.ready[g] + left[g]
        for e in range(part[v, here, 0], part[v, here, 1]):
            n, now = goal[e], back + takes[e]
            if now <= latest[n] and (there < 0 or now <= on + travel[v, there, n]):
                j = many[n]
                minutes[n, j], unit[n, j], many[n] = now, g, j + 1
                last[n] = max(last[n], now)
        if there >= 0:
            for e in range(part[v, there, 0], part[v, there, 1]):
                n, now = goal[e], on + takes[e]
                if now <= latest[n] and now < back + travel[v, here, n]:
                    j = many[n]
                    minutes[n, j], unit[n, j], many[n] = now, g, j + 1
                    last[n] = max(last[n], now)
