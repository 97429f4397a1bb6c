"""Taking out of a road network what no way between places needs, without changing the length of any of those ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sim.config.region import ROAD_CLASSES
from sim.region.road_import.drawn import Floats, Ints
from sim.region.road_import.graph import Graph


@dataclass(frozen=True)
class Links:
    """Ways between two points, of which no other way branches off.

    Attributes:
        a: One end of each.
        b: The other; a pair of ends stands once.
        by_class: (links, classes) its length on roads of each class, km.
        weights: What a kilometre of each class counts, where ways are compared.
    """

    a: Ints
    b: Ints
    by_class: Floats
    weights: Floats

    @property
    def cost(self) -> Floats:
        """What each counts: its length where every weight is 1."""
        return np.asarray(self.by_class @ self.weights)

    def chosen(self, which: NDArray[np.bool_] | Ints) -> Links:
        """Return some of them."""
        return Links(self.a[which], self.b[which], self.by_class[which], self.weights)


def simplified(graph: Graph, kept: Ints, weights: Floats) -> Links:
    """Return the ways between places and junctions: no dead ends, and no points where nothing branches off.

    Args:
        graph: The roads.
        kept: Points that stay whatever happens: those of the places.
        weights: What a kilometre of each class counts: of two ways between the same points, the one that counts less is
            kept.
    """
    size = len(graph.lat)
    stays = np.zeros(size, dtype=np.bool_)
    stays[kept] = True
    by_class = np.zeros((len(graph.a), len(ROAD_CLASSES)))
    by_class[np.arange(len(graph.a)), graph.road_class] = graph.km
    links = Links(graph.a, graph.b, by_class, weights)
    before = -1
    while len(links.a) != before:
        before = len(links.a)
        links = _chains(_without_dead_ends(_best(links), stays), stays)
    return links


def _best(links: Links) -> Links:
    """Return the best link of each pair of ends, none from a point to itself."""
    low, high = np.minimum(links.a, links.b), np.maximum(links.a, links.b)
    order = np.lexsort((links.cost, high, low))
    order = order[low[order] != high[order]]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (low[order][1:] != low[order][:-1]) | (high[order][1:] != high[order][:-1])
    which = order[first]
    return Links(low[which], high[which], links.by_class[which], links.weights)


def _without_dead_ends(links: Links, stays: NDArray[np.bool_]) -> Links:
    """Return the links that end nowhere but at a junction or a place; what is left so may end so again."""
    degree = np.bincount(np.concatenate((links.a, links.b)), minlength=len(stays))
    dead = (degree == 1) & ~stays
    return links.chosen(~(dead[links.a] | dead[links.b]))


def _chains(links: Links, stays: NDArray[np.bool_]) -> Links:
    """Return the links with each chain of them, along points of two links, made one; a ring of such points goes."""
    ends = np.concatenate((links.a, links.b))
    number = np.tile(np.arange(len(links.a)), 2)
    passed = (np.bincount(ends, minlength=len(stays)) == 2) & ~stays
    order = np.argsort(ends, kind="stable")
    pairs = number[order][passed[ends[order]]].reshape(-1, 2)  # the two links of each point that is passed
    joined = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(links.a), len(links.a)))
    count, chain = connected_components(joined, directed=False)
    outer = ~passed[ends]
    by_chain = np.argsort(chain[number[outer]], kind="stable")
    two = ends[outer][by_chain].reshape(-1, 2)  # a chain has two ends, or none
    whose = chain[number[outer]][by_chain].reshape(-1, 2)[:, 0]
    by_class = np.column_stack([np.bincount(chain, column, count) for column in links.by_class.T])
    return Links(two[:, 0], two[:, 1], by_class[whose], links.weights)
