"""Random networks: ways on the table are as long as on the whole network, by other code, and no road is superfluous."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sim.region.road_import.graph import Graph, snapped
from sim.region.road_import.importing import Imported
from tests.region.road_import.drawings import DEGREE, feature, imported, rows, village

SIDE = 5
STEP = 0.04
"""Degrees between neighbouring points of the grid."""
Point = tuple[int, int]
"""Twice the row and the column of the grid, so that there are points half-way."""
EDGES = [
    ((2 * i, 2 * j), (2 * k, 2 * m))
    for i in range(SIDE)
    for j in range(SIDE)
    for k, m in ((i, j + 1), (i + 1, j), (i + 1, j + 1))
    if k < SIDE and m < SIDE
]


def _place(point: Point) -> tuple[float, float]:
    # every row and column is a little aside, so that few ways are of the same length
    return point[0] * STEP / 2 + 0.0007 * point[0] ** 2, 100 + point[1] * STEP / 2 + 0.0005 * point[1] ** 2


def _half(u: Point, v: Point) -> Point:
    return (u[0] + v[0]) // 2, (u[1] + v[1]) // 2


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[tuple[Point, Point]], list[Point]]:
    edges = draw(st.lists(st.sampled_from(EDGES), min_size=2, max_size=len(EDGES), unique=True))
    points = sorted({point for edge in edges for point in edge})
    halves = sorted({_half(*edge) for edge in edges if edge[0][0] == edge[1][0]})
    places = draw(st.lists(st.sampled_from([*points, *halves]), min_size=2, max_size=9, unique=True))
    return edges, places


def _midpoint(point: Point, edges: list[tuple[Point, Point]]) -> tuple[float, float]:
    for u, v in edges:
        if _half(u, v) == point and point not in (u, v) and u[0] == v[0]:
            (a, b), (c, d) = _place(u), _place(v)
            return (a + c) / 2, (b + d) / 2
    return _place(point)


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    return DEGREE * math.hypot(a[0] - b[0], (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2)))


@settings(max_examples=150, deadline=None)
@given(networks(), st.sampled_from([0.0, 0.5, 5.0, 50.0]))
def test_distances_between_villages_are_those_of_the_network(
    network: tuple[list[tuple[Point, Point]], list[Point]], through: float
) -> None:
    edges, places = network
    whole = nx.Graph()
    for u, v in edges:
        whole.add_edge(u, v, weight=_km(_place(u), _place(v)))
    for place in places:
        if place not in whole:
            u, v = next(e for e in edges if _half(*e) == place and e[0][0] == e[1][0])
            km = whole.edges[u, v]["weight"]
            whole.remove_edge(u, v)
            whole.add_edge(u, place, weight=km / 2)
            whole.add_edge(place, v, weight=km / 2)
    expected = dict(nx.all_pairs_dijkstra_path_length(whole))
    if not any(v in expected[u] for u in places for v in places if u != v):
        return
    nodes = [village(f"V{i}", *_midpoint(place, edges)) for i, place in enumerate(places)]
    lines = [feature("primary", [_place(u), _place(v)]) for u, v in edges]
    with tempfile.TemporaryDirectory() as folder:
        result = imported(Path(folder), lines, nodes, through_km=0, snap_km=0.01)
        fewer = imported(Path(folder), lines, nodes, through_km=through, snap_km=0.01)
    table, found = _on_table(result, len(places))
    assert _pairs_of(fewer) <= _pairs_of(result)
    _, longer = _on_table(fewer, len(places))
    more = [longer[i][j] - km for i in found for j, km in found[i].items()]  # a KeyError: something is cut off
    assert max(more) == pytest.approx(fewer.longest_km, abs=0.02)
    tolerance = 0.0006 * len(places)
    for i, u in enumerate(places):
        assert set(found[i]) == {j for j, v in enumerate(places) if v in expected[u]}
        for j, km in found[i].items():
            assert km == pytest.approx(expected[u][places[j]], abs=tolerance)
    written = {(min(e), max(e)) for e in table.edges}
    assert _direct(expected, places, 0.001) <= written <= _direct(expected, places, 0.0001)


def _on_table(result: Imported, places: int) -> tuple[nx.Graph, dict[int, dict[int, float]]]:
    """Return the table as a graph of the places, and the distances on it."""
    table = nx.Graph()
    table.add_nodes_from(range(places))
    for a, b, km, _ in rows(result):
        table.add_edge(int(a[1:]), int(b[1:]), weight=float(km))
    return table, dict(nx.all_pairs_dijkstra_path_length(table))


def _pairs_of(result: Imported) -> set[tuple[int, int]]:
    return set(zip(result.u.tolist(), result.v.tolist(), strict=True))


def _direct(km: dict[Point, dict[Point, float]], places: list[Point], longer: float) -> set[tuple[int, int]]:
    """Return the pairs of places that are joined, and the way through any other place is so much longer, km."""
    return {
        (i, j)
        for i, u in enumerate(places)
        for j, v in enumerate(places[i + 1 :], i + 1)
        if v in km[u]
        and all(km[u].get(w, math.inf) + km[v].get(w, math.inf) > km[u][v] + longer for w in places if w not in (u, v))
    }


LIMIT = 10.0
"""How far a place may be from a road, km."""


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
@example(23429)  # a place whose nearest road is a scrap that leads nowhere else
def test_the_nearest_point_of_all_roads_that_lead_somewhere_is_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 30))
    lat, lon = rng.uniform(-0.3, 0.3, size), rng.uniform(100, 100.6, size)
    a = rng.integers(0, size, 2 * size)
    b = (a + rng.integers(1, size, 2 * size)) % size
    km = np.array([_km((lat[i], lon[i]), (lat[j], lon[j])) for i, j in zip(a, b, strict=True)])
    graph = Graph(lat, lon, a, b, km, np.zeros(len(a), dtype=np.int64))
    places = np.column_stack((rng.uniform(-0.4, 0.4, 12), rng.uniform(99.9, 100.7, 12)))
    away, moved = _snapped_slowly(nx.Graph(zip(a.tolist(), b.tolist(), strict=True)), lat, lon, places)
    at = snapped(graph, places, LIMIT)
    assert at.away == pytest.approx(away, abs=0.03)
    assert set(at.moved) == moved
    for place, km_away, point in zip(places, at.away, at.point, strict=True):
        assert (point >= 0) == (km_away <= LIMIT)
        if point >= 0:
            there = (at.graph.lat[point], at.graph.lon[point])
            assert _km(there, tuple(place)) == pytest.approx(km_away, abs=0.003)
    assert at.graph.km.sum() == pytest.approx(km.sum())


def _snapped_slowly(
    roads: nx.Graph, lat: np.ndarray, lon: np.ndarray, places: np.ndarray
) -> tuple[list[float], set[int]]:
    """Return how far each place is from the road it belongs to, and the places that are not on their nearest road.

    Networks in which a hair decides (two parts as near as each other, a road just at the limit) are not looked at.
    """
    parts = list(nx.connected_components(roads))
    shares = np.linspace(0, 1, 2001)

    def least(place: np.ndarray, part: set[int]) -> float:
        ways = (
            np.outer(1 - shares, [lat[i], lon[i]]) + np.outer(shares, [lat[j], lon[j]])
            for i, j in roads.subgraph(part).edges
        )
        return float(min(np.hypot(*(DEGREE * (way - place).T)).min() for way in ways))

    to_part = np.array([[least(place, part) for part in parts] for place in places])
    order = np.sort(to_part, axis=1)
    assume(len(parts) == 1 or (order[:, 1] - order[:, 0]).min() > 0.1)
    assume(np.abs(to_part - LIMIT).min() > 0.1)
    nearest, away = to_part.argmin(axis=1), to_part.min(axis=1)
    visitors = np.bincount(nearest[away <= LIMIT], minlength=len(parts))
    busy = np.flatnonzero(visitors > 1)
    moved = {
        i
        for i in range(len(places))
        if away[i] <= LIMIT and visitors[nearest[i]] == 1 and len(busy) and to_part[i, busy].min() <= LIMIT
    }
    return [to_part[i, busy].min() if i in moved else away[i] for i in range(len(places))], moved
