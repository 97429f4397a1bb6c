"""A layout made ready for walking: directed ways with capacity and walking time, and the routes out of every space."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sim.config.layouts import Layout, Passage
from sim.evacuation.site.closed import K_LEVEL_M_PER_S
from sim.evacuation.site.hydraulics import FREE_SHARE, capacity_per_s, k_of

FREE_M_PER_S = FREE_SHARE * K_LEVEL_M_PER_S
"""Free speed on the level."""


@dataclass(frozen=True, eq=False)
class Arc:
    """A way in one direction, or an exit.

    Attributes:
        name: The way's or the exit's.
        tail: Space it begins in.
        head: Space it leads to; None for an exit.
        hold: Minutes that one person keeps its mouth taken: 1 / capacity.
        approach: Minutes to walk freely to its mouth: through the space before a door, a gate or an opening.
        walk: Minutes to walk freely from its mouth to its end: along a corridor or stairs.
        length_m: Length of what is walked behind the mouth.
        width_m: Its effective width.
        k: Its constant k, m/s.
        hindered: Share of it that a crowd outside can hinder.
        beyond: Minutes from an exit to the assembly point, walking freely; 0 for a way.
    """

    name: str
    tail: int
    head: int | None
    hold: float
    approach: float
    walk: float
    length_m: float
    width_m: float
    k: float
    hindered: float = 0.0
    beyond: float = 0.0

    @property
    def free(self) -> float:
        """Minutes from the space before it to its end for one person alone."""
        return self.approach + self.hold + self.walk

    def rate(self, open_share: float) -> float:
        """Return the persons a minute that it passes when so much of it is open."""
        return open_share / self.hold


@dataclass(frozen=True, eq=False)
class Route:
    """A way out of a space.

    Attributes:
        exit: Number of the exit.
        arcs: Numbers of the ways, the exit last.
        minutes: Walking freely to the assembly point.
    """

    exit: int
    arcs: tuple[int, ...]
    minutes: float


@dataclass(frozen=True, eq=False)
class Site:
    """A layout, compiled.

    Attributes:
        layout: What it was made of.
        spaces: Names of the spaces.
        arcs: All ways in both directions, then the exits.
        exits: Numbers of the arcs that lead out, by the exit's name.
        routes: For each space its quickest route to each exit that can be reached, the quickest first.
    """

    layout: Layout
    spaces: tuple[str, ...]
    arcs: tuple[Arc, ...]
    exits: Mapping[str, int]
    routes: tuple[tuple[Route, ...], ...]

    def before_a_crowd(self, open_share: float) -> dict[str, float]:
        """Return how far each exit is open when a crowd outside leaves this share of those that face it."""
        return {name: 1.0 - self.arcs[arc].hindered * (1.0 - open_share) for name, arc in self.exits.items()}


@lru_cache(maxsize=256)
def _made(key: str) -> Site:
    layout = Layout.model_validate_json(key)
    spaces = tuple(layout.spaces)
    arcs = tuple(_arcs(layout, {name: i for i, name in enumerate(spaces)}))
    exits = {arc.name: i for i, arc in enumerate(arcs) if arc.head is None}
    found = [_routes_to(number, arcs, len(spaces)) for number in exits.values()]
    routes = tuple(
        tuple(sorted((r[space] for r in found if space in r), key=lambda route: (route.minutes, route.exit)))
        for space in range(len(spaces))
    )
    return Site(layout, spaces, arcs, exits, routes)


def site_of(layout: Layout) -> Site:
    """Return a layout ready for walking; the same layout is compiled once in a process."""
    return _made(layout.model_dump_json())


def _arcs(layout: Layout, number: Mapping[str, int]) -> Iterator[Arc]:
    for name, way in layout.ways.items():
        for tail, head in (way.between, way.between[::-1]):
            yield _arc(name, way, number[tail], number[head])
    for name, leaving in layout.exits.items():
        beyond = leaving.to_assembly_m / FREE_M_PER_S / 60.0
        yield _arc(name, leaving, number[leaving.from_space], None, leaving.faces_crowd, beyond)


def _arc(name: str, p: Passage, tail: int, head: int | None, hindered: float = 0.0, beyond: float = 0.0) -> Arc:
    k, inside = k_of(p), p.length_m if p.kind.is_long else 0.0
    hold, approach = 1.0 / capacity_per_s(p) / 60.0, (p.length_m - inside) / FREE_M_PER_S / 60.0
    walk = inside / (FREE_SHARE * k) / 60.0
    return Arc(name, tail, head, hold, approach, walk, inside, p.effective_width_m, k, hindered, beyond)


def _routes_to(leaving: int, arcs: tuple[Arc, ...], spaces: int) -> dict[int, Route]:
    """Return the quickest route to one exit from every space that has one (Dijkstra, from the exit back)."""
    into: list[list[int]] = [[] for _ in range(spaces)]
    for i, arc in enumerate(arcs):
        if arc.head is not None:
            into[arc.head].append(i)
    out = arcs[leaving]
    border: list[tuple[float, int, tuple[int, ...]]] = [(out.approach + out.hold + out.beyond, out.tail, (leaving,))]
    found: dict[int, Route] = {}
    while border:
        minutes, space, way = heapq.heappop(border)
        if space in found:
            continue
        found[space] = Route(leaving, way, minutes)
        for i in into[space]:
            heapq.heappush(border, (minutes + arcs[i].free, arcs[i].tail, (i, *way)))
    return found
