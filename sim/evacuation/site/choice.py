"""Which way out each person takes: the one by which he expects to be safe soonest, lines before him included."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.evacuation.site.network import Route, Site

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def choices(site: Site, space: Ints, shut: frozenset[int]) -> list[tuple[Route, ...]]:
    """Return the routes that come into question from each person's space.

    Args:
        site: The site.
        space: Where each is.
        shut: Exits that count as shut; they are left out as long as there is another.
    """
    made: dict[int, tuple[Route, ...]] = {}
    for number in set(space.tolist()):
        told = site.layout.spaces[site.spaces[number]].only_exits
        allowed = {site.exits[name] for name in told} if told else set(site.exits.values())
        routes = tuple(route for route in site.routes[number] if route.exit in allowed)
        made[number] = tuple(route for route in routes if route.exit not in shut) or routes
    return [made[number] for number in space.tolist()]


def choose(
    site: Site, since: Floats, factor: Floats, offered: Sequence[tuple[Route, ...]], holds: Sequence[float],
    free_from: Sequence[float],
) -> list[Route]:  # fmt: skip
    """Choose for one after another, in the order in which they would come to the exits, each knowing those before him.

    A way holds each person for 1 / capacity; whoever comes while it is taken waits.

    Args:
        site: The site.
        since: When each can walk on, minutes, in order.
        factor: His speed as a share of the free speed.
        offered: Routes that come into question for each.
        holds: Minutes that a person holds each arc, as open as it is now; infinite for one that is shut.
        free_from: When each arc is free again.

    Returns:
        The route of each.
    """
    chosen = [routes[0] for routes in offered]
    if all(len(routes) == 1 for routes in offered):
        return chosen
    lines = _Lines(site, holds, free_from)
    starts, paces = since.tolist(), factor.tolist()
    comes = [lines.take(route, *each, exit_too=False) for route, *each in zip(chosen, starts, paces, strict=True)]
    lines = _Lines(site, holds, free_from)
    for i in sorted(range(len(chosen)), key=comes.__getitem__):
        start, pace, routes = starts[i], paces[i], offered[i]
        if len(routes) > 1:
            chosen[i] = min(routes, key=lambda route: lines.safe(route, start, pace))
        lines.take(chosen[i], start, pace)
    return chosen


class _Lines:
    """When each way is free again, as far as is known while people choose."""

    def __init__(self, site: Site, holds: Sequence[float], free_from: Sequence[float]) -> None:
        self.busy = list(free_from)
        self.holds = holds
        self.approach = [arc.approach for arc in site.arcs]
        self.walks = [arc.walk + arc.beyond for arc in site.arcs]

    def safe(self, route: Route, time: float, pace: float) -> float:
        """Return when somebody would be safe who begins a route at a time."""
        busy, holds, approach, walks = self.busy, self.holds, self.approach, self.walks
        for arc in route.arcs:
            time += approach[arc] / pace
            time = (busy[arc] if busy[arc] > time else time) + holds[arc] + walks[arc] / pace
        return time

    def take(self, route: Route, time: float, pace: float, *, exit_too: bool = True) -> float:
        """Let somebody take a route; return when he is at the exit's line, which he joins if ``exit_too``."""
        busy, holds, approach, walks = self.busy, self.holds, self.approach, self.walks
        for arc in route.arcs[:-1]:
            time += approach[arc] / pace
            busy[arc] = (busy[arc] if busy[arc] > time else time) + holds[arc]
            time = busy[arc] + walks[arc] / pace
        last = route.arcs[-1]
        time += approach[last] / pace
        if exit_too:
            busy[last] = (busy[last] if busy[last] > time else time) + holds[last]
        return time
