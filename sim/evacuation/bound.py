"""The quickest flow: no evacuation over a network can bring everybody to safety sooner.

Time is cut into steps, every step gets a copy of every place, and a maximum flow through the copies tells how many can
be safe by a time; the least time that suffices for all is found by halving (Ford and Fulkerson 1958; Burkard, Dlaska
and Klinz 1993). People may wait anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_MOST = 2**31 - 1
"""What the maximum flow reckons in."""
_MOST_STEPS = 200_000


@dataclass(frozen=True)
class Link:
    """A way of the network.

    Attributes:
        tail: Place that it begins in.
        head: Place that it leads to.
        steps: Travel time, steps.
        capacity: People who may enter it in one step.
    """

    tail: Hashable
    head: Hashable
    steps: int
    capacity: int


def safe_by(links: Sequence[Link], supplies: Mapping[Hashable, int], sinks: Sequence[Hashable], horizon: int) -> int:
    """Return the most people who can be at a sink by a step, the step included.

    Args:
        links: The network.
        supplies: People at each place at step 0.
        sinks: Where they are safe.
        horizon: The step.

    Raises:
        ValueError: For a negative travel time, capacity or supply, or more people than the reckoning holds.
    """
    _check(links, supplies)
    if horizon < 0:
        return 0
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import maximum_flow

    places = {place: i for i, place in enumerate(_places(links, supplies, sinks))}
    copies, everybody = len(places) * (horizon + 1), sum(supplies.values())
    source, end = copies, copies + 1
    parts = [_held(places, horizon, everybody), *(_copied(link, places, horizon) for link in links)]
    first = [(source, places[place], number) for place, number in supplies.items() if number]
    last = [(places[sink] + len(places) * horizon, end, everybody) for sink in set(sinks)]
    parts.append(np.array(first + last, dtype=np.int64).reshape(-1, 3))
    tails, heads, capacities = np.concatenate(parts).T
    between = coo_array((np.minimum(capacities, everybody), (tails, heads)), shape=(copies + 2, copies + 2)).tocsr()
    between.data = np.minimum(between.data, _MOST)
    return int(maximum_flow(between.astype(np.int32), source, end).flow_value)


def quickest(links: Sequence[Link], supplies: Mapping[Hashable, int], sinks: Sequence[Hashable]) -> float:
    """Return the least number of steps by which everybody can be at a sink; infinite when somebody cannot.

    Args:
        links: The network.
        supplies: People at each place at step 0.
        sinks: Where they are safe.

    Raises:
        ValueError: As :func:`safe_by`, or for a time beyond 200,000 steps.
    """
    everybody = sum(supplies.values())
    if not everybody or all(place in set(sinks) for place, number in supplies.items() if number):
        return 0.0
    if not _all_reach(links, supplies, sinks):
        return math.inf
    low, high = 0, 1
    while safe_by(links, supplies, sinks, high) < everybody:
        low, high = high, 2 * high
        if high > _MOST_STEPS:
            raise ValueError(f"more than {_MOST_STEPS:,} steps are needed: take longer ones")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if safe_by(links, supplies, sinks, middle) >= everybody else (middle, high)
    return float(high)


def _check(links: Sequence[Link], supplies: Mapping[Hashable, int]) -> None:
    for link in links:
        if link.steps < 0 or link.capacity < 0:
            raise ValueError(f"a travel time and a capacity are not negative: {link}")
    if any(number < 0 for number in supplies.values()):
        raise ValueError("a number of people is not negative")
    if sum(supplies.values()) > _MOST:
        raise ValueError(f"{sum(supplies.values()):,} people are more than can be reckoned with: {_MOST:,}")


def _places(links: Sequence[Link], supplies: Mapping[Hashable, int], sinks: Sequence[Hashable]) -> list[Hashable]:
    named = [*supplies, *sinks, *(place for link in links for place in (link.tail, link.head))]
    return list(dict.fromkeys(named))


def _held(places: Mapping[Hashable, int], horizon: int, everybody: int) -> Ints:
    """Return the links by which people wait a step where they are."""
    begin = np.arange(len(places) * horizon)
    return np.column_stack([begin, begin + len(places), np.full(len(begin), everybody)])


def _copied(link: Link, places: Mapping[Hashable, int], horizon: int) -> Ints:
    """Return the copies of a link that arrive by the horizon."""
    if link.tail == link.head:
        return np.zeros((0, 3), dtype=np.int64)
    begin = np.arange(max(horizon - link.steps + 1, 0))
    tails = places[link.tail] + len(places) * begin
    heads = places[link.head] + len(places) * (begin + link.steps)
    return np.column_stack([tails, heads, np.full(len(begin), link.capacity)])


def _all_reach(links: Sequence[Link], supplies: Mapping[Hashable, int], sinks: Sequence[Hashable]) -> bool:
    """Return whether some way leads from every place with people to a sink."""
    into: dict[Hashable, list[Hashable]] = {}
    for link in links:
        if link.capacity:
            into.setdefault(link.head, []).append(link.tail)
    reached, border = set(sinks), list(set(sinks))
    while border:
        for place in into.get(border.pop(), ()):
            if place not in reached:
                reached.add(place)
                border.append(place)
    return all(place in reached for place, number in supplies.items() if number)
