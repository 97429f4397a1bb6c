"""The map under a playback: districts, roads, bases and names in whole units of a plane, as SVG draws them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.config.region import ROAD_CLASSES
from sim.region.derive import KM_PER_DEGREE
from sim.region.region import Region
from sim.report.labels import Label, place_labels
from sim.report.map_layers import areas_of, borders_of, sort_of
from sim.text import shown

Floats = NDArray[np.float64]
_SHORT_NAME = 8
"""Letters of a name that is never put on two lines."""
WIDTH = 1000.0
"""Width of the map, units."""
_MARGIN = 0.025
"""Of the longer side, beyond the outermost area."""
FINE = 10
"""Parts of a unit in which places are written down."""
_BROAD, _NARROW = 19.0, 28.0
"""Size of the letters of districts' names, units: on a wide page, and on a phone."""
_LETTER, _LINE = 0.56, 1.25
"""Mean width of a letter and height of a line, of the size of the letters."""


@dataclass(frozen=True)
class Plane:
    """From degrees to units of the map, downwards and to the right.

    Attributes:
        west: Longitude of its left edge, degrees.
        north: Latitude of its upper edge, degrees.
        lon_units: Units of a degree of longitude.
        lat_units: Units of a degree of latitude.
        height: Its height, units.
    """

    west: float
    north: float
    lon_units: float
    lat_units: float
    height: float

    @classmethod
    def around(cls, region: Region) -> Plane:
        """Return the plane that shows a region with a margin; roads to places far outside lead out of it."""
        corners = [np.array([(v.lon, v.lat) for v in region.villages]), *(area for _, area in areas_of(region))]
        at = np.concatenate(corners)
        narrower = float(np.cos(np.radians(at[:, 1].mean())))
        low, high = at.min(axis=0), at.max(axis=0)
        wide, tall = (high[0] - low[0]) * narrower, high[1] - low[1]
        margin = _MARGIN * max(wide, tall, 1e-3)
        units = WIDTH / (wide + 2 * margin)
        return cls(
            west=float(low[0] - margin / narrower), north=float(high[1] + margin), lon_units=float(units * narrower),
            lat_units=float(units), height=float(units * (tall + 2 * margin)),
        )  # fmt: skip

    def x(self, lon: Floats) -> Floats:
        """Return units from the left."""
        return (lon - self.west) * self.lon_units

    def y(self, lat: Floats) -> Floats:
        """Return units from the top."""
        return (self.north - lat) * self.lat_units

    @property
    def km(self) -> float:
        """Units of a kilometre."""
        return self.lat_units / KM_PER_DEGREE


def ground(region: Region, plane: Plane) -> dict[str, Any]:
    """Return what a page draws of a region."""
    marks = _bases(region, plane)
    return {
        "width": WIDTH,
        "height": round(plane.height, 1),
        "km": round(plane.km, 3),
        "districts": _districts(region, plane),
        "borders": "".join(path(line, plane) for line in borders_of(region)),
        "roads": _roads(region, plane),
        "road": _road_list(region, plane),
        "bases": marks,
        "stations": _fine(plane, region.stations.lon, region.stations.lat),
        "names": _names(region, plane, marks, _BROAD, 1),
        "names_narrow": _names(region, plane, marks, _NARROW, 2),
    }


def in_lines(name: str, lines: int) -> str:
    """Return a name on one line, or on two where it has words to part and is long."""
    spaces = [i for i, letter in enumerate(name) if letter == " "]
    if lines < 2 or not spaces or len(name) <= _SHORT_NAME:
        return name
    cut = min(spaces, key=lambda i: abs(2 * i - len(name)))
    return f"{name[:cut]}\n{name[cut + 1 :]}"


def path(points: Floats, plane: Plane, *, closed: bool = False) -> str:
    """Return a line of shape (n, 2), longitude and latitude, as SVG writes it."""
    pairs = zip(plane.x(points[:, 0]).tolist(), plane.y(points[:, 1]).tolist(), strict=True)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in pairs) + ("Z" if closed else "")


def _fine(plane: Plane, lon: Floats, lat: Floats) -> list[list[int]]:
    return [np.rint(v * FINE).astype(int).tolist() for v in (plane.x(np.asarray(lon)), plane.y(np.asarray(lat)))]


def _districts(region: Region, plane: Plane) -> list[dict[str, Any]]:
    paths: dict[int, list[str]] = defaultdict(list)
    for district, area in areas_of(region):
        paths[district].append(path(area, plane, closed=True))
    return [{"name": shown(d.name), "path": "".join(paths[d.index])} for d in region.districts]


def _lines(region: Region) -> Floats:
    at = np.array([(node.lon, node.lat) for node in region.nodes])
    return np.stack([at[region.roads.u], at[region.roads.v]], axis=1)


def _roads(region: Region, plane: Plane) -> list[list[str]]:
    """Return the roads of each class as one path."""
    lines, classes = _lines(region), region.roads.road_class.tolist()
    return [
        [name, "".join(path(line, plane) for line, c in zip(lines, classes, strict=True) if ROAD_CLASSES[c] == name)]
        for name in ROAD_CLASSES
    ]


def _road_list(region: Region, plane: Plane) -> list[list[int]]:
    """Return the ends of each road, that one which is closed can be drawn."""
    lines = _lines(region)
    x, y = np.rint(plane.x(lines[..., 0])).astype(int), np.rint(plane.y(lines[..., 1])).astype(int)
    return np.stack([x, y], axis=2).reshape(len(lines), 4).tolist()


def _bases(region: Region, plane: Plane) -> list[dict[str, Any]]:
    """Return the bases; several at one place stand side by side."""
    found, there = [], defaultdict[int, list[str]](list)
    for base in region.bases:
        sort = sort_of(base)
        if sort in there[base.node]:
            continue
        there[base.node].append(sort)
        node = region.nodes[base.node]
        x, y = float(plane.x(np.array(node.lon))), float(plane.y(np.array(node.lat)))
        if 0 <= x <= WIDTH and 0 <= y <= plane.height:
            slot = len(there[base.node]) - 1
            found.append({"x": round(x + 14 * slot, 1), "y": round(y, 1), "sort": sort, "name": shown(base.name)})
    return found


def _names(region: Region, plane: Plane, marks: list[dict[str, Any]], size: float, lines: int) -> dict[str, Any]:
    """Return where the name of each district stands, none over another, in letters of a size on one line or two."""
    labels = []
    for d in region.districts:
        points = np.array([(v.lon, v.lat) for v in region.villages if v.district == d.index])
        if len(points):
            name = in_lines(shown(d.name), lines)
            rows = name.split("\n")
            x, y = float(plane.x(points[:, 0]).mean()), float(plane.y(points[:, 1]).mean())
            labels.append(Label(name, x, y, max(map(len, rows)) * _LETTER * size, len(rows) * _LINE * size))
    villages = plane.x(np.array([v.lon for v in region.villages])), plane.y(np.array([v.lat for v in region.villages]))
    obstacles = [(m["x"] - 9, m["y"] - 9, m["x"] + 9, m["y"] + 9) for m in marks]
    obstacles += [(x - 5, y - 5, x + 5, y + 5) for x, y in zip(*(v.tolist() for v in villages), strict=True)]
    placed = place_labels(labels, (0.0, 0.0, WIDTH, plane.height), obstacles)
    found = [
        {
            "text": p.label.text.split("\n"),
            "x": round(p.x, 1),
            "y": round(p.y, 1),
            "to": [round(p.label.x, 1), round(p.label.y, 1)],
            "led": p.is_led,
        }
        for p in placed
    ]
    return {"size": size, "list": found}
