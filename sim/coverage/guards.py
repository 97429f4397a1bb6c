"""Guards near each node in the order in which they get there: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.inputs import Floats, Ints, Places, Units, Whereabouts


class Guards(NamedTuple):
    """Guards near each node, in the order of arrival; the last row is room for those of one place.

    Attributes:
        many: (nodes) how many there are.
        minutes: (nodes, guards) when each is there, from the order on.
        people: (nodes, guards) what each brings.
        unit: (nodes, guards) which unit it is.
    """

    many: Ints
    minutes: Floats
    people: Ints
    unit: Ints


class Unsorted(NamedTuple):
    """Guards near each node, in no order.

    Attributes:
        many: (nodes) how many there are.
        minutes: (nodes, guards and one more) when each is there, from the order on.
        unit: (nodes, guards and one more) which unit it is.
    """

    many: Ints
    minutes: Floats
    unit: Ints


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


@compiled
def nothing_around() -> Around:
    """Return the room for the nodes around each before they have been looked for."""
    return Around(np.zeros((0, 0, 2), dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


@compiled
def last_that_matter(some: Ints, places: Places, within: float, met: Floats) -> Floats:
    """Return the minutes after the order from which on a guard does not matter at each node any more.

    Args:
        some: Places that hang on guards; at nodes that have none of them no guard matters.
        places: All places.
        within: Minutes within which guards are sent.
        met: (nodes) when teams alone have met the demand.
    """
    latest = np.full(len(met), -np.inf)
    for p in some:
        n = places.node[p]
        latest[n] = min(within, met[n])
    return latest


@compiled
def gather(
    t: int, guards: Ints, where: Whereabouts, units: Units, travel: Floats, near_by: Around, latest: Floats,
    found: Unsorted,
) -> None:  # fmt: skip
    """Find the free guards near each node, in no order.

    Whether one is near is added to their number: no processor could guess a branch on it.

    Args:
        t: The moment.
        guards: The guards.
        where: Where they are, by time; one on a road comes by the end of it from which he is there first.
        units: What they are.
        travel: (vehicles, nodes, nodes) minutes.
        near_by: The nodes around each.
        latest: (nodes) minutes after the order from which on a guard does not matter any more.
        found: What is filled.
    """
    free, node, out = where.free[t], where.node[t], where.minutes[t]
    ahead, left = where.ahead[t], where.ahead_minutes[t]
    part, goal, takes = near_by
    many, minutes, unit = found
    many[:] = 0
    for g in guards:
        if not free[g]:
            continue
        v, here, there = units.vehicle[g], node[g], ahead[g]
        back, on = units.ready[g] + out[g], units.ready[g] + left[g]
        if there < 0:
            for e in range(part[v, here, 0], part[v, here, 1]):
                n, now = goal[e], back + takes[e]
                j = many[n]
                minutes[n, j], unit[n, j], many[n] = now, g, j + (now <= latest[n])
            continue
        for e in range(part[v, here, 0], part[v, here, 1]):
            n, now = goal[e], back + takes[e]
            j = many[n]
            is_near = (now <= latest[n]) & (now <= on + travel[v, there, n])
            minutes[n, j], unit[n, j], many[n] = now, g, j + is_near
        for e in range(part[v, there, 0], part[v, there, 1]):
            n, now = goal[e], on + takes[e]
            j = many[n]
            is_near = (now <= latest[n]) & (now < back + travel[v, here, n])
            minutes[n, j], unit[n, j], many[n] = now, g, j + is_near


@compiled
def put_in_order(found: Unsorted, people: Ints, near: Guards) -> None:
    """Put the guards near each node in the order in which they arrive, of equal ones the first.

    Each is counted to its place, again without a branch.

    Args:
        found: The guards in no order.
        people: (units) what they bring.
        near: What is filled.
    """
    for n in range(len(found.many)):
        many, minutes = found.many[n], found.minutes[n]
        near.many[n] = many
        for i in range(many):
            now, g, before = minutes[i], found.unit[n, i], 0
            for j in range(i):
                before += minutes[j] <= now
            for j in range(i + 1, many):
                before += minutes[j] < now
            near.minutes[n, before], near.people[n, before], near.unit[n, before] = now, people[g], g
