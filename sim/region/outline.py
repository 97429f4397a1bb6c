"""Outlines for maps: cells round the villages (Voronoi), clipped. They are not official borders."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from sim.region.region import Region

_MARGIN_DEGREES = 0.04
"""How far cells reach beyond the outermost villages."""


def village_cells(region: Region) -> list[NDArray[np.float64]]:
    """Return each village's cell, a polygon of shape (n, 2) in longitude and latitude.

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
    diagram = Voronoi(np.concatenate(mirrored))
    return [_near(diagram.vertices[diagram.regions[diagram.point_region[i]]], points[i]) for i in range(len(points))]


def _near(cell: NDArray[np.float64], point: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a cell's corners in order round its village."""
    angle = np.arctan2(cell[:, 1] - point[1], cell[:, 0] - point[0])
    ordered: NDArray[np.float64] = cell[np.argsort(angle)]
    return ordered
