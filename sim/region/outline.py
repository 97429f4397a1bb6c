"""Outlines for maps: those that the region's folder has, else cells round the villages (Voronoi), clipped.

Such cells are not official borders.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from sim.region.derive import KM_PER_DEGREE
from sim.region.region import Region, Village

_MARGIN_DEGREES = 0.04
"""How far cells reach beyond the outermost villages."""
_SMALLEST_KM = 2.5
"""No cell is cut nearer to its village than this."""


def village_cells(region: Region) -> list[NDArray[np.float64]]:
    """Return each village's cell, a polygon of shape (n, 2) in longitude and latitude."""
    points, diagram = _diagram(region)
    cells = [_near(diagram.vertices[diagram.regions[diagram.point_region[i]]], points[i]) for i in range(len(points))]
    return [clip(cell, _disc(village)) for cell, village in zip(cells, region.villages, strict=True)]


def district_areas(region: Region) -> list[tuple[int, NDArray[np.float64]]]:
    """Return areas that cover the districts: index of the district, and a polygon of shape (n, 2) each.

    They are the outlines that the region has; a district without one is covered by the cells of its villages.
    """
    outlined = [(d, ring) for d, rings in enumerate(region.outlines) for ring in rings]
    there = {d for d, _ in outlined}
    if len(there) == len(region.districts):
        return outlined
    cells = zip(region.villages, village_cells(region), strict=True)
    return [*((v.district, cell) for v, cell in cells if v.district not in there), *outlined]


def outlines(region: Region) -> list[NDArray[np.float64]]:
    """Return lines of shape (n, 2) in longitude and latitude that part the districts."""
    rings = [np.concatenate([ring, ring[:1]]) for of_one in region.outlines for ring in of_one]
    return rings if all(region.outlines) and rings else [*district_borders(region), *rings]


def district_borders(region: Region) -> list[NDArray[np.float64]]:
    """Return where cells of different districts touch: segments of shape (2, 2) in longitude and latitude."""
    points, diagram = _diagram(region)
    borders = []
    for (i, j), ends in zip(diagram.ridge_points.tolist(), diagram.ridge_vertices, strict=True):
        if max(i, j) >= len(points) or region.villages[i].district == region.villages[j].district:
            continue
        shared = clip_segment(diagram.vertices[ends], _disc(region.villages[i]))
        shared = None if shared is None else clip_segment(shared, _disc(region.villages[j]))
        if shared is not None:
            borders.append(shared)
    return borders


def _diagram(region: Region) -> tuple[NDArray[np.float64], Voronoi]:
    """Return the villages as points, and the cells round them.

    The villages are mirrored at the edges of their bounding box (with a margin), so that every cell is finite and ends
    at the box.
    """
    points = np.array([(v.lon, v.lat) for v in region.villages])
    low, high = points.min(axis=0) - _MARGIN_DEGREES, points.max(axis=0) + _MARGIN_DEGREES
    mirrored = [points]
    for axis in range(2):
        for edge in (low[axis], high[axis]):
            copy = points.copy()
            copy[:, axis] = 2 * edge - copy[:, axis]
            mirrored.append(copy)
    return points, Voronoi(np.concatenate(mirrored))


def _disc(village: Village) -> NDArray[np.float64]:
    """Return a polygon round a village, twice as wide as a disc of its area; its cell does not reach beyond."""
    radius = max(_SMALLEST_KM, 2.0 * np.sqrt(village.area_km2 / np.pi)) / KM_PER_DEGREE
    angle = np.linspace(0.0, 2 * np.pi, 24, endpoint=False)
    lon = village.lon + radius * np.cos(angle) / np.cos(np.radians(village.lat))
    return np.column_stack([lon, village.lat + radius * np.sin(angle)])


def clip(polygon: NDArray[np.float64], window: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what two convex polygons (corners anticlockwise) have in common (Sutherland and Hodgman 1974)."""
    found = [tuple(p) for p in polygon]
    for a, b in zip(window, np.roll(window, -1, axis=0), strict=True):
        side = [(b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) for p in found]
        kept = []
        for i, p in enumerate(found):
            q, sp, sq = found[(i + 1) % len(found)], side[i], side[(i + 1) % len(found)]
            if sp >= 0:
                kept.append(p)
            if (sp >= 0) != (sq >= 0):
                t = sp / (sp - sq)
                kept.append((p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])))
        found = kept
    return np.array(found)


def clip_segment(segment: NDArray[np.float64], window: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the part of a segment inside a convex polygon (corners anticlockwise), or None (Cyrus, Beck 1978)."""
    start, along = segment[0], segment[1] - segment[0]
    enters, leaves = 0.0, 1.0
    for a, b in zip(window, np.roll(window, -1, axis=0), strict=True):
        inward = np.array([a[1] - b[1], b[0] - a[0]])
        distance, slope = float(inward @ (start - a)), float(inward @ along)
        if slope == 0.0 and distance < 0.0:
            return None
        if slope > 0.0:
            enters = max(enters, -distance / slope)
        elif slope < 0.0:
            leaves = min(leaves, -distance / slope)
    return np.array([start + enters * along, start + leaves * along]) if enters < leaves else None


def _near(cell: NDArray[np.float64], point: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a cell's corners in order round its village."""
    angle = np.arctan2(cell[:, 1] - point[1], cell[:, 0] - point[0])
    ordered: NDArray[np.float64] = cell[np.argsort(angle)]
    return ordered
