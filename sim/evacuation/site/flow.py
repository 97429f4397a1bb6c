"""From chosen routes to times: when each person is at the mouth of each way and through it, up to the exits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.evacuation.site.network import Route, Site
from sim.evacuation.site.passing import ends, entries

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Passed:
    """People through one way, in the order in which they are through; each array has shape (people).

    Attributes:
        arc: The way.
        who: Rows of the people.
        step: At which step of his route each is.
        came: When each was at the mouth, minutes.
        entered: When each is through the mouth; for an exit this is not known here, and the array is empty.
    """

    arc: int
    who: Ints
    step: Ints
    came: Floats
    entered: Floats


@dataclass(frozen=True, eq=False)
class Flow:
    """All that follows from the routes.

    Attributes:
        routes: The routes that can be taken.
        taken: The number of the route of each person, shape (people).
        at: When each is at the begin of each step of his route, minutes; infinite after its end; shape (people, steps).
        ways: Those through each way.
        exits: Those who come to each exit.
    """

    routes: Sequence[Route]
    taken: Ints
    at: Floats
    ways: tuple[Passed, ...]
    exits: tuple[Passed, ...]


def flow_of(
    site: Site, routes: Sequence[Route], taken: Ints, since: Floats, factor: Floats, before: Mapping[int, Floats]
) -> Flow:
    """Let people walk their routes up to the exits.

    Args:
        site: The site.
        routes: The routes that can be taken.
        taken: The number of the route of each, shape (people).
        since: When each walks on from where he is, minutes.
        factor: His speed as a share of the free speed.
        before: For ways, when those who passed earlier were through their mouths, in order.
    """
    used = {number: routes[number].arcs for number in np.unique(taken).tolist()}
    at = np.full((len(taken), max(map(len, used.values()), default=1) + 1), np.inf)
    at[:, 0] = since
    rows, steps = _users(used, taken)
    order, is_acyclic = _order(frozenset(used.values()))
    inner = [arc for arc in order if site.arcs[arc].head is not None]
    while True:
        seen = at.copy()
        ways = tuple(_pass(site, arc, rows[arc], steps[arc], at, factor, before) for arc in inner)
        if is_acyclic or np.array_equal(seen, at):
            break
    exits = tuple(_come(site, arc, rows[arc], steps[arc], at, factor) for arc in sorted(set(order) - set(inner)))
    return Flow(routes, taken, at, ways, exits)


def _users(used: Mapping[int, tuple[int, ...]], taken: Ints) -> tuple[dict[int, Ints], dict[int, Ints]]:
    """Return, for each way, who uses it and at which step of his route."""
    rows: dict[int, list[Ints]] = {}
    steps: dict[int, list[Ints]] = {}
    for number, arcs in used.items():
        who = np.flatnonzero(taken == number)
        for step, arc in enumerate(arcs):
            rows.setdefault(arc, []).append(who)
            steps.setdefault(arc, []).append(np.full(len(who), step))
    return {a: np.concatenate(r) for a, r in rows.items()}, {a: np.concatenate(s) for a, s in steps.items()}


@lru_cache(maxsize=1024)
def _order(used: frozenset[tuple[int, ...]]) -> tuple[tuple[int, ...], bool]:
    """Return the ways so that each comes after those that lead to it, if that can be; and whether it can."""
    after: dict[int, set[int]] = {}
    for arcs in sorted(used):
        after.setdefault(arcs[0], set())
        for one, other in pairwise(arcs):
            after.setdefault(other, set()).add(one)
    try:
        return tuple(TopologicalSorter(after).static_order()), True
    except CycleError:  # people go round a ring; then it is repeated until nothing changes
        return tuple(sorted(after)), False


def _come(site: Site, arc: int, rows: Ints, steps: Ints, at: Floats, factor: Floats) -> Passed:
    """Put those who use a way in the order in which they are at its mouth; among equals by row."""
    came = at[rows, steps] + site.arcs[arc].approach / factor[rows]
    order = np.lexsort((rows, came))
    return Passed(arc, rows[order], steps[order], came[order], np.empty(0))


def _pass(
    site: Site, arc: int, rows: Ints, steps: Ints, at: Floats, factor: Floats, before: Mapping[int, Floats]
) -> Passed:
    line, way = _come(site, arc, rows, steps, at, factor), site.arcs[arc]
    earlier = before.get(arc, _NOBODY)
    entered = entries(line.came, way.hold, float(earlier[-1]) if len(earlier) else 0.0)
    at[line.who, line.step + 1] = ends(entered, factor[line.who], way, earlier)
    return Passed(arc, line.who, line.step, line.came, entered)


_NOBODY = np.empty(0)
