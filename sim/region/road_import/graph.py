"""A graph of the lines of a map, and the places of a region on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from sim.region.derive import KM_PER_DEGREE
from sim.region.plausible import straight_km
from sim.region.road_import.drawn import NO_POINT, Drawn, Floats, Ints

_EARTH_KM = 6371.0
_PIECE_KM = 1.0
"""Stretches are looked for by pieces of this length; any other gives the same answer, faster or slower."""
MOST_KM = 1_000_000
"""Length of all roads; all of Indonesia has 550,000 km (statistics office, 2022)."""
_SAME_KM = 0.001
"""A place that is this near to a point of a line is at this point."""
_LEAST_KM = 1e-6
"""No stretch is shorter: two points are two, even where they have the same coordinates."""
NOT_SNAPPED = -1


@dataclass(frozen=True)
class Graph:
    """Points, and stretches of road between them, which can be driven both ways.

    Attributes:
        lat: Of each point, degrees.
        lon: Likewise.
        a: One end of each stretch, as a position among the points.
        b: The other.
        km: Its length.
        road_class: Its class, as a position in ROAD_CLASSES.
    """

    lat: Floats
    lon: Floats
    a: Ints
    b: Ints
    km: Floats
    road_class: Ints

    def parts(self) -> Ints:
        """Return for each point which connected part of the network it belongs to."""
        n = len(self.lat)
        _, part = connected_components(
            coo_array((np.ones(len(self.a)), (self.a, self.b)), shape=(n, n)), directed=False
        )
        return part.astype(np.int64)


def line_km(drawn: Drawn) -> Floats:
    """Return the length of each line as far as the file holds its points, km."""
    line, a, b = _stretches(drawn)
    return np.bincount(line, _km(drawn.lat, drawn.lon, a, b), len(drawn.value)).astype(np.float64)


def graph_of(drawn: Drawn, classes: Ints) -> Graph:
    """Return the graph of those lines that are roads.

    Args:
        drawn: All lines.
        classes: The class of each, as a position in ROAD_CLASSES; below 0 where it is no road.
    """
    line, a, b = _stretches(drawn)
    road = classes[line] >= 0
    line, a, b = line[road], a[road], b[road]
    km = np.maximum(_km(drawn.lat, drawn.lon, a, b), _LEAST_KM)
    return Graph(drawn.lat, drawn.lon, a, b, km, classes[line])


def _stretches(drawn: Drawn) -> tuple[Ints, Ints, Ints]:
    """Return the line and both ends of every stretch between two neighbouring points of a line."""
    line = np.repeat(np.arange(len(drawn.value)), np.diff(drawn.starts))
    a, b = drawn.points[:-1], drawn.points[1:]
    there = (line[:-1] == line[1:]) & (a != NO_POINT) & (b != NO_POINT) & (a != b)
    return line[:-1][there], a[there], b[there]


def _km(lat: Floats, lon: Floats, a: Ints, b: Ints) -> Floats:
    places = np.column_stack((lat, lon))
    return straight_km(places[a], places[b])


@dataclass(frozen=True)
class Snapped:
    """The places of a region on a graph.

    Attributes:
        graph: The graph, with a point more wherever a place lies within a stretch.
        point: Of each place, the point that it is at; NOT_SNAPPED where no road is near enough.
        away: Its distance from there, km; from the nearest road where it is at no point.
        moved: Places that are not on their nearest road, which leads to no other place.
    """

    graph: Graph
    point: Ints
    away: Floats
    moved: tuple[int, ...]


def snapped(graph: Graph, places: Floats, limit: float) -> Snapped:
    """Put each place on the nearest point of any road that leads to another place.

    Maps have scraps of road that nothing is joined to. A place whose nearest road is one, so that no other place is on
    that part of the network, is put on the nearest of the other parts instead, if one is near enough.

    Args:
        graph: The roads; at least one stretch.
        places: (places, 2) latitude and longitude, degrees.
        limit: How far a place may be from a road, km.
    """
    edge, share, away = _nearest(graph, places)
    moved = _off_scraps(graph, places, limit, edge, share, away)
    near = away <= limit
    point = np.full(len(places), NOT_SNAPPED)
    lat, lon = graph.lat.tolist(), graph.lon.tolist()
    cuts: dict[int, list[tuple[float, int]]] = {}
    for place in np.flatnonzero(near)[np.argsort(share[near], kind="stable")].tolist():
        e, t = int(edge[place]), float(share[place])
        km = float(graph.km[e])
        before, at = cuts.get(e, [(0.0, int(graph.a[e]))])[-1]
        if (t - before) * km <= _SAME_KM:
            point[place] = at
        elif (1 - t) * km <= _SAME_KM:
            point[place] = graph.b[e]
        else:
            a, b = graph.a[e], graph.b[e]
            point[place] = len(lat)
            lat.append(float(graph.lat[a] + t * (graph.lat[b] - graph.lat[a])))
            lon.append(float(graph.lon[a] + t * (graph.lon[b] - graph.lon[a])))
            cuts.setdefault(e, [(0.0, int(a))]).append((t, int(point[place])))
    return Snapped(_cut(graph, np.array(lat), np.array(lon), cuts), point, away, moved)


def _off_scraps(graph: Graph, places: Floats, limit: float, edge: Ints, share: Floats, away: Floats) -> tuple[int, ...]:
    """Put places that are alone on their part of the network on another part; return which.

    ``edge``, ``share`` and ``away`` are changed.
    """
    part = graph.parts()[graph.a]
    near = away <= limit
    others = np.bincount(part[edge[near]], minlength=int(part.max()) + 1)
    alone = np.flatnonzero(near & (others[part[edge]] == 1))
    (shared,) = np.nonzero(others[part] > 1)
    if not len(alone) or not len(shared):
        return ()
    rest = Graph(graph.lat, graph.lon, graph.a[shared], graph.b[shared], graph.km[shared], graph.road_class[shared])
    new_edge, new_share, new_away = _nearest(rest, places[alone])
    moves = new_away <= limit
    moved = alone[moves]
    edge[moved], share[moved], away[moved] = shared[new_edge[moves]], new_share[moves], new_away[moves]
    return tuple(moved.tolist())


def _cut(graph: Graph, lat: Floats, lon: Floats, cuts: dict[int, list[tuple[float, int]]]) -> Graph:
    """Return the graph with some stretches cut: for each the shares of its way and the points there, first 0."""
    whole = np.ones(len(graph.a), dtype=np.bool_)
    whole[list(cuts)] = False
    a, b, km, road_class = [], [], [], []
    for e, at in cuts.items():
        for (t0, p0), (t1, p1) in zip(at, [*at[1:], (1.0, int(graph.b[e]))], strict=True):
            a.append(p0)
            b.append(p1)
            km.append((t1 - t0) * float(graph.km[e]))
            road_class.append(int(graph.road_class[e]))
    return Graph(
        lat,
        lon,
        np.concatenate((graph.a[whole], np.array(a, dtype=np.int64))),
        np.concatenate((graph.b[whole], np.array(b, dtype=np.int64))),
        np.concatenate((graph.km[whole], np.array(km, dtype=np.float64))),
        np.concatenate((graph.road_class[whole], np.array(road_class, dtype=np.int64))),
    )


def _nearest(graph: Graph, places: Floats) -> tuple[Ints, Floats, Floats]:
    """Return for each place the nearest stretch, where on it (its share from ``a`` on), and how far that is, km.

    Stretches are cut into pieces. The nearest of all middles of pieces lies on a road, so that the nearest road is no
    farther away, and the middle of its piece at most half a piece more.
    """
    pieces = np.maximum(np.ceil(graph.km / _PIECE_KM), 1).astype(np.int64)
    of = np.repeat(np.arange(len(pieces)), pieces)
    within = np.arange(len(of)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = (within + 0.5) / pieces[of]
    a, b = graph.a[of], graph.b[of]
    lat = graph.lat[a] + share * (graph.lat[b] - graph.lat[a])
    lon = graph.lon[a] + share * (graph.lon[b] - graph.lon[a])
    tree = cKDTree(_on_sphere(lat, lon))
    spots = _on_sphere(places[:, 0], places[:, 1])
    reach = tree.query(spots)[0] + _PIECE_KM  # twice what is needed: the earth is round, stretches are straight
    found = [
        _on_stretch(graph, np.unique(of[pieces_near]), place)
        for place, pieces_near in zip(places, tree.query_ball_point(spots, reach), strict=True)
    ]
    return (
        np.array([edge for edge, _, _ in found], dtype=np.int64),
        np.array([share for _, share, _ in found]),
        np.array([away for _, _, away in found]),
    )


def _on_stretch(graph: Graph, edges: Ints, place: NDArray[np.float64]) -> tuple[int, float, float]:
    """Return which of some stretches is nearest to a place, where on it, and how far that is, km."""
    scale = KM_PER_DEGREE * np.array([1.0, np.cos(np.radians(place[0]))])
    ends = [(np.column_stack((graph.lat[p], graph.lon[p])) - place) * scale for p in (graph.a[edges], graph.b[edges])]
    along = ends[1] - ends[0]
    square = np.maximum((along**2).sum(axis=1), 1e-18)
    share = np.clip(-(ends[0] * along).sum(axis=1) / square, 0, 1)
    away = np.hypot(*(ends[0] + share[:, None] * along).T)
    best = int(np.argmin(away))
    return int(edges[best]), float(share[best]), float(away[best])


def _on_sphere(lat: Floats, lon: Floats) -> Floats:
    """Return places as points in space, km from the middle of the earth."""
    north, east = np.radians(lat), np.radians(lon)
    return _EARTH_KM * np.column_stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))
