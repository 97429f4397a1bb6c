"""Which way out each person takes: the one by which he expects to be safe soonest, lines before him included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.evacuation.site.network import Route, Site

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Offered:
    """The routes that come into question, those from one space together and the quickest of them first.

    Attributes:
        routes: The routes.
        first: Number of the first from each space, the last entry is how many there are; shape (spaces + 1).
        arcs: The ways of each, the exit last, and -1 after it; shape (routes, most ways).
        lengths: How many these are, shape (routes).
    """

    routes: tuple[Route, ...]
    first: Ints
    arcs: Ints
    lengths: Ints


@lru_cache(maxsize=256)
def offered_at(site: Site, shut: frozenset[int]) -> Offered:
    """Return the routes that come into question.

    Args:
        site: The site.
        shut: Exits that count as shut; they are left out as long as there is another.
    """
    by_space = [_from(site, number, shut) for number in range(len(site.spaces))]
    routes = tuple(route for some in by_space for route in some)
    lengths = np.array([len(route.arcs) for route in routes], dtype=np.int64)
    arcs = np.full((len(routes), lengths.max(initial=1)), -1, dtype=np.int64)
    for number, route in enumerate(routes):
        arcs[number, : len(route.arcs)] = route.arcs
    first = np.cumsum([0, *map(len, by_space)]).astype(np.int64)
    return Offered(routes, first, arcs, lengths)


def _from(site: Site, space: int, shut: frozenset[int]) -> tuple[Route, ...]:
    told = site.layout.spaces[site.spaces[space]].only_exits
    allowed = {site.exits[name] for name in told} if told else set(site.exits.values())
    routes = tuple(route for route in site.routes[space] if route.exit in allowed)
    return tuple(route for route in routes if route.exit not in shut) or routes


def choose(
    site: Site, offered: Offered, space: Ints, since: Floats, factor: Floats, holds: Floats, free_from: Floats
) -> Ints:
    """Choose for one after another, in the order in which they would come to the exits, each knowing those before him.

    A way holds each person for 1 / capacity; whoever comes while it is taken waits.

    Args:
        site: The site.
        offered: The routes that come into question.
        space: Where each person is.
        since: When each can walk on, minutes, in order.
        factor: His speed as a share of the free speed.
        holds: Minutes that a person holds each arc, as open as it is now; infinite for one that is shut.
        free_from: When each arc is free again.

    Returns:
        The number of the route of each.
    """
    return _chosen(space, since, factor, offered.first, offered.arcs, offered.lengths, holds, free_from, *_walked(site))


@lru_cache(maxsize=256)
def _walked(site: Site) -> tuple[Floats, Floats]:
    """Return the minutes to walk freely to the mouth of each way, and from it on."""
    return np.array([arc.approach for arc in site.arcs]), np.array([arc.walk + arc.beyond for arc in site.arcs])


@compiled
def _safe(time: float, pace: float, arcs: Ints, busy: Floats, holds: Floats, approach: Floats, walks: Floats) -> float:
    """Return when somebody would be safe who begins a route at a time."""
    for arc in arcs:
        time += approach[arc] / pace
        time = max(busy[arc], time) + holds[arc] + walks[arc] / pace
    return time


@compiled
def _take(
    time: float, pace: float, arcs: Ints, busy: Floats, holds: Floats, approach: Floats, walks: Floats, exit_too: bool
) -> float:
    """Let somebody take a route; return when he is at the exit's line, which he joins if ``exit_too``."""
    for arc in arcs[:-1]:
        time += approach[arc] / pace
        busy[arc] = max(busy[arc], time) + holds[arc]
        time = busy[arc] + walks[arc] / pace
    last = arcs[-1]
    time += approach[last] / pace
    if exit_too:
        busy[last] = max(busy[last], time) + holds[last]
    return time


@compiled
def _chosen(
    space: Ints,
    since: Floats,
    factor: Floats,
    first: Ints,
    arcs: Ints,
    lengths: Ints,
    holds: Floats,
    free_from: Floats,
    approach: Floats,
    walks: Floats,
) -> Ints:
    """Return what :func:`choose` does."""
    chosen, comes = first[space], np.empty(len(space))
    if np.all(first[space + 1] - chosen == 1):
        return chosen
    busy = free_from.copy()
    for i in range(len(space)):
        quickest = arcs[chosen[i], : lengths[chosen[i]]]
        comes[i] = _take(since[i], factor[i], quickest, busy, holds, approach, walks, False)
    busy = free_from.copy()
    for i in np.argsort(comes, kind="mergesort"):
        soonest = np.inf
        for number in range(first[space[i]], first[space[i] + 1]):
            safe = _safe(since[i], factor[i], arcs[number, : lengths[number]], busy, holds, approach, walks)
            if safe < soonest:
                chosen[i], soonest = number, safe
        _take(since[i], factor[i], arcs[chosen[i], : lengths[chosen[i]]], busy, holds, approach, walks, True)
    return chosen
