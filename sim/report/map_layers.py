"""What maps have in common: roads, bases by sort, guard posts, what a scenario writes down, and names side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import offset_copy
from numpy.typing import NDArray

from sim.config.region import ROAD_CLASSES
from sim.config.scenario import Scenario
from sim.disturbance.scripted import plan_script
from sim.region.gazetteer import Gazetteer
from sim.region.outline import district_areas, outlines
from sim.region.place import Place
from sim.region.region import Base, Region
from sim.report.labels import Box, Label, place_labels
from sim.text import shown
from sim.vocabulary import BaseAgency, BaseKind
from sim.words import region as words

Floats = NDArray[np.float64]
MARKS = {"police": ("s", "#0072B2"), "army": ("^", "#333333"), "health": ("P", "#009E73"), "other": ("D", "#CC79A7")}
"""The mark and the colour of each sort of base: they differ in shape and in lightness too."""
ROAD, CLOSED, INCIDENT, POST = "#9a7b55", "#000000", "#7a0c12", "#1b1b1b"
WIDTHS = {"town": 1.6, "trunk": 2.2, "secondary": 1.5, "hill": 1.0, "local": 0.6}
"""Width of the roads of each class, points."""
_ASIDE = 0.16
"""How far apart the marks of different sorts at one place stand, of the square root of their size in points."""
_MARGIN = 0.03
"""Of the longer side, beyond the outermost area."""
_LABEL_LETTERS = 26
_HALO = 0.28
"""Width of the white round a letter, of its size."""


def sort_of(base: Base) -> str:
    """Return which mark a base has."""
    if base.agency is BaseAgency.POLICE:
        return "police"
    if base.agency in (BaseAgency.ARMY, BaseAgency.MOBILE_BRIGADE):
        return "army"
    health = base.kind in (BaseKind.HOSPITAL, BaseKind.INPATIENT_CLINIC, BaseKind.AMBULANCE_BASE)
    return "health" if health or base.agency is BaseAgency.MEDICAL else "other"


def as_name(name: str) -> str:
    """Return a name as a map shows it: no mathematics, nothing hidden, not too long."""
    text = shown(name).replace("$", r"\$")
    return text if len(text) <= _LABEL_LETTERS else text[: _LABEL_LETTERS - 1] + "…"


@lru_cache(maxsize=2)
def areas_of(region: Region) -> tuple[tuple[int, Floats], ...]:
    """Return areas that cover the districts (:func:`sim.region.outline.district_areas`); a page has several maps."""
    return tuple(district_areas(region))


@lru_cache(maxsize=2)
def borders_of(region: Region) -> tuple[Floats, ...]:
    """Return lines that part the districts (:func:`sim.region.outline.outlines`)."""
    return tuple(outlines(region))


def frame(ax: Axes, region: Region) -> None:
    """Show the region with a margin, as wide as it is; roads to places far outside lead out of the picture."""
    at = np.concatenate([np.array([(v.lon, v.lat) for v in region.villages]), *(a for _, a in areas_of(region))])
    low, high = at.min(axis=0), at.max(axis=0)
    margin = _MARGIN * (high - low).max()
    ax.set(xlim=(low[0] - margin, high[0] + margin), ylim=(low[1] - margin, high[1] + margin))
    ax.set_aspect(1 / np.cos(np.radians(np.mean([v.lat for v in region.villages]))))
    ax.set_axis_off()


def draw_roads(ax: Axes, region: Region, scale: float = 1.0) -> None:
    """Draw the roads by their class, the faster the thicker."""
    at = np.array([(node.lon, node.lat) for node in region.nodes])
    lines = np.stack([at[region.roads.u], at[region.roads.v]], axis=1)
    widths = [scale * WIDTHS[ROAD_CLASSES[c]] for c in region.roads.road_class.tolist()]
    ax.add_collection(LineCollection(list(lines), colors=ROAD, linewidths=widths, alpha=0.8, zorder=2))


def draw_bases(ax: Axes, region: Region, size: float = 42.0) -> Floats:
    """Draw the bases; different sorts at one place stand side by side. Return where they are, (n, 2) degrees."""
    at: dict[tuple[str, int], list[int]] = {}
    taken: dict[int, list[str]] = {}
    for base in region.bases:
        sorts = taken.setdefault(base.node, [])
        if sort_of(base) not in sorts:
            at.setdefault((sort_of(base), len(sorts)), []).append(base.node)
            sorts.append(sort_of(base))
    for (sort, slot), nodes in at.items():
        mark, colour = MARKS[sort]
        aside = offset_copy(ax.transData, ax.get_figure(root=True), x=7 * _ASIDE * size**0.5 * slot, units="points")
        lon, lat = [region.nodes[n].lon for n in nodes], [region.nodes[n].lat for n in nodes]
        ax.scatter(lon, lat, marker=mark, s=size, color=colour, edgecolors="white", linewidths=0.7, transform=aside,
                   zorder=5)  # fmt: skip
    return np.array([(region.nodes[n].lon, region.nodes[n].lat) for n in taken]).reshape(-1, 2)


def draw_script(ax: Axes, scenario: Scenario, gazetteer: Gazetteer, size: float = 110.0) -> list[Artist]:
    """Draw where the scenario writes down disturbances and closed roads; return what the legend has of it."""
    key: list[Artist] = []
    weights = np.ones(len(gazetteer.region.stations))  # only places are asked for, not how often each is drawn
    planned = plan_script(scenario, gazetteer, weights)
    for drawn, label in ((False, "incident"), (True, "incident_drawn")):
        found = [p for one in planned if bool(one.named) is drawn for p in (one.named or (one.start.place,))]
        if found:
            at = np.array([point_of(place, gazetteer.region) for place in found])
            look: dict[str, Any] = {"marker": "8", "edgecolors": "white" if not drawn else INCIDENT,
                                    "facecolors": INCIDENT if not drawn else "white"}  # fmt: skip
            ax.scatter(at[:, 0], at[:, 1], s=size, linewidths=1.2, zorder=7, **look)
            ax.scatter(at[:, 0], at[:, 1], s=size / 6, marker="d", color="white" if not drawn else INCIDENT,
                       linewidths=0, zorder=7.1)  # fmt: skip
            key.append(Line2D([], [], linestyle="", marker="8", markersize=8, markerfacecolor=look["facecolors"],
                              markeredgecolor=INCIDENT, label=words.MAP_LABELS[label]))  # fmt: skip
    closures = [(f"{scenario.item('closures', i)}.between", one) for i, one in enumerate(scenario.closures)]
    roads = [gazetteer.road(*one.between, setting) for setting, one in closures]
    if roads:
        nodes = gazetteer.region.nodes
        lines = [[(nodes[node].lon, nodes[node].lat) for node in road.nodes] for road in roads]
        ax.add_collection(LineCollection(lines, colors="white", linewidths=4.2, zorder=2.5))
        dashes: Any = [(0, (1.6, 1.0))]
        ax.add_collection(LineCollection(lines, colors=CLOSED, linewidths=3.2, linestyles=dashes, zorder=2.6))
        key.append(Line2D([], [], color=CLOSED, linewidth=3.2, linestyle=(0, (1.6, 1.0)),
                          label=words.MAP_LABELS["closed"]))  # fmt: skip
    return key


def point_of(place: Place, region: Region) -> tuple[float, float]:
    """Return longitude and latitude of a place: a station's own, else the middle of its nodes."""
    if len(place.stations) == 1 and region.stations.code[place.stations[0]] == place.code:
        return float(region.stations.lon[place.stations[0]]), float(region.stations.lat[place.stations[0]])
    nodes = [region.nodes[node] for node in place.nodes]
    return float(np.mean([node.lon for node in nodes])), float(np.mean([node.lat for node in nodes]))


def key_of_bases(region: Region) -> list[Artist]:
    """Return what the legend has of the bases."""
    return [
        Line2D([], [], linestyle="", marker=mark, color=colour, label=words.MAP_LABELS[sort])
        for sort, (mark, colour) in MARKS.items()
        if any(sort_of(base) == sort for base in region.bases)
    ]


def district_middles(region: Region) -> list[tuple[int, float, float]]:
    """Return each district that has villages: its index, and the middle of its villages, degrees."""
    found = []
    for d in region.districts:
        points = np.array([(v.lon, v.lat) for v in region.villages if v.district == d.index])
        if len(points):
            found.append((d.index, float(points[:, 0].mean()), float(points[:, 1].mean())))
    return found


class Names(Artist):
    """Names beside their places, none over another: where they stand is found when the map is drawn, at its size.

    Args:
        ax: The map.
        names: Each name, and longitude and latitude of its place.
        marks: (n, 2) degrees of the marks that names should rather not cover.
        points: Size of the letters.
    """

    def __init__(self, ax: Axes, names: Iterable[tuple[str, float, float]], marks: Floats, points: float) -> None:
        super().__init__()
        self._marks, self._points = marks, points
        named = list(names)
        self._drawn: tuple[object, ...] = ()
        self._at = [(lon, lat) for _, lon, lat in named]
        halo = [withStroke(linewidth=_HALO * points, foreground="white", alpha=0.9)]
        self._texts = [_text(ax, *one, points, halo) for one in named]
        self._lines = LineCollection([], colors="0.25", linewidths=0.7, zorder=5.5)
        self._lines.set_in_layout(False)
        ax.add_collection(self._lines, autolim=False)
        self.set_zorder(1.5)  # before the names and their lines are drawn
        self.set_in_layout(False)
        ax.add_artist(self)

    def draw(self, renderer: RendererBase) -> None:
        """Put the names in their places; they draw themselves afterwards."""
        ax = self.axes
        if ax is None or not self._at:
            return
        places = np.asarray(ax.transData.transform(self._at), dtype=float)
        sizes = [text.get_window_extent(renderer) for text in self._texts]
        left, low, right, high = (float(edge) for edge in ax.get_window_extent(renderer).extents)
        extents = (left, low, right, high)
        drawn = (extents, places.tobytes(), tuple((size.width, size.height) for size in sizes))
        if drawn == self._drawn:
            return  # a figure is drawn once to be laid out, and once more
        self._drawn = drawn
        labels = [
            Label(text.get_text(), float(x), float(y), size.width, size.height)
            for text, (x, y), size in zip(self._texts, places, sizes, strict=True)
        ]
        half = 0.35 * float(np.asarray(renderer.points_to_pixels(self._points), dtype=float))
        marks = np.asarray(ax.transData.transform(self._marks), dtype=float) if len(self._marks) else np.zeros((0, 2))
        boxes: list[Box] = [(x - half, y - half, x + half, y + half) for x, y in marks.tolist()]
        placed = place_labels(labels, extents, boxes)
        back = ax.transData.inverted()
        for text, one in zip(self._texts, placed, strict=True):
            text.set_position(tuple(back.transform((one.x, one.y))))
        ends = ((place, (one.x, one.y)) for place, one in zip(places, placed, strict=True) if one.is_led)
        self._lines.set_segments([back.transform(np.array(pair)) for pair in ends])


def _text(ax: Axes, name: str, lon: float, lat: float, points: float, halo: Sequence[Any]) -> Text:
    text = ax.text(lon, lat, name, ha="center", va="center", fontsize=points, linespacing=1.0, zorder=6)
    text.set_path_effects(list(halo))
    text.set_in_layout(False)
    return text
