"""A region as a picture: its districts, villages, roads and bases, to see whether the tables mean what they should."""

from __future__ import annotations

import io

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.transforms import offset_copy

from sim.config.region import ROAD_CLASSES
from sim.region.outline import district_areas, outlines
from sim.region.region import Base, Region
from sim.report.style import styled
from sim.text import shown
from sim.vocabulary import BaseAgency, BaseKind
from sim.words import region as words

_SHADES = ("#f4efe6", "#e8eef2", "#eef2e4", "#f3e9ec", "#ececf4")
"""Pale fills; a district's neighbours mostly have others."""
_WIDTHS = {"town": 1.6, "trunk": 2.2, "secondary": 1.5, "hill": 1.0, "local": 0.6}
_MARKS = {"police": ("s", "#0072B2"), "army": ("^", "#333333"), "health": ("P", "#009E73"), "other": ("D", "#CC79A7")}
_ASIDE_POINTS = 7.0
_MARGIN = 0.03
"""Of the longer side, beyond the outermost area."""
_LARGEST_POINTS = 60.0
_LABEL_LETTERS = 26
_NAMED_VILLAGES = 60
"""With more of them, the names of villages hide each other."""


def region_map(region: Region, ax: Axes | None = None) -> Axes:
    """Draw a region: districts with their names, villages by registered voters, roads by class, bases by agency.

    Args:
        region: The place.
        ax: Where to; None: on a new figure.
    """
    if ax is None:
        ax = plt.subplots(figsize=(10, 8), layout="constrained")[1]
    areas = district_areas(region)
    shades = [_SHADES[d % len(_SHADES)] for d, _ in areas]
    ax.add_collection(PolyCollection([a for _, a in areas], facecolors=shades, edgecolors="none", zorder=0))
    ax.add_collection(LineCollection(outlines(region), colors="0.55", linewidths=0.9, zorder=1))
    _roads(ax, region)
    _villages(ax, region)
    _bases(ax, region)
    _names(ax, region)
    _frame(ax, region)
    ax.set_aspect(1 / np.cos(np.radians(np.mean([v.lat for v in region.villages]))))
    ax.set_axis_off()
    ax.set_title(shown(region.title), loc="left", fontsize=13)
    _key(ax, region)
    return ax


def region_picture(region: Region, kind: str) -> bytes:
    """Return the map of a region as a picture.

    Args:
        region: The place.
        kind: ``png``, ``svg`` or ``pdf``.
    """
    out = io.BytesIO()
    with styled():
        figure, ax = plt.subplots(figsize=(10, 8), layout="constrained")
        region_map(region, ax)
        undated = {"Date": None} if kind == "svg" else None
        figure.savefig(out, format=kind, dpi=150, bbox_inches="tight", metadata=undated)
        plt.close(figure)
    return out.getvalue()


def sort_of(base: Base) -> str:
    """Return which mark a base has."""
    if base.agency is BaseAgency.POLICE:
        return "police"
    if base.agency in (BaseAgency.ARMY, BaseAgency.MOBILE_BRIGADE):
        return "army"
    health = base.kind in (BaseKind.HOSPITAL, BaseKind.INPATIENT_CLINIC, BaseKind.AMBULANCE_BASE)
    return "health" if health or base.agency is BaseAgency.MEDICAL else "other"


def _roads(ax: Axes, region: Region) -> None:
    at = np.array([(node.lon, node.lat) for node in region.nodes])
    lines = np.stack([at[region.roads.u], at[region.roads.v]], axis=1)
    widths = [_WIDTHS[ROAD_CLASSES[c]] for c in region.roads.road_class.tolist()]
    ax.add_collection(LineCollection(list(lines), colors="#c08a4a", linewidths=widths, alpha=0.8, zorder=2))


def _villages(ax: Axes, region: Region) -> None:
    at = np.array([(node.lon, node.lat) for node in region.nodes])
    inside = len(region.villages)
    voters = np.bincount(region.stations.node, region.stations.registered, inside)[:inside]
    sizes = 4 + _LARGEST_POINTS * voters / max(float(voters.max()), 1.0)
    ax.scatter(at[:inside, 0], at[:inside, 1], s=sizes, color="0.35", alpha=0.55, linewidths=0, zorder=3)
    if inside <= _NAMED_VILLAGES:
        for v in region.villages:
            ax.annotate(_cut(v.name), (v.lon, v.lat), xytext=(0, -6), textcoords="offset points", ha="center", va="top",
                        fontsize=6, color="0.3", zorder=4)  # fmt: skip
    if len(at) > inside:
        ax.scatter(at[inside:, 0], at[inside:, 1], s=40, facecolors="none", edgecolors="0.2", zorder=3)
        for node in region.nodes[inside:]:
            ax.annotate(_cut(node.name), (node.lon, node.lat), xytext=(5, -9), textcoords="offset points",
                        fontsize=7, style="italic", clip_on=True, annotation_clip=True, zorder=4)  # fmt: skip


def _names(ax: Axes, region: Region) -> None:
    for d in region.districts:
        points = np.array([(v.lon, v.lat) for v in region.villages if v.district == d.index])
        if len(points):
            name = ax.annotate(_cut(d.name), tuple(points.mean(axis=0)), ha="center", va="bottom", fontsize=9,
                               xytext=(0, 9), textcoords="offset points", zorder=4)  # fmt: skip
            name.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def _cut(name: str) -> str:
    text = shown(name).replace("$", r"\$")
    return text if len(text) <= _LABEL_LETTERS else text[: _LABEL_LETTERS - 1] + "…"


def _bases(ax: Axes, region: Region) -> None:
    """Draw the bases; different sorts at one place stand side by side."""
    at: dict[tuple[str, int], list[int]] = {}
    taken: dict[int, list[str]] = {}
    for base in region.bases:
        sorts = taken.setdefault(base.node, [])
        if sort_of(base) not in sorts:
            at.setdefault((sort_of(base), len(sorts)), []).append(base.node)
            sorts.append(sort_of(base))
    for (sort, slot), nodes in at.items():
        mark, colour = _MARKS[sort]
        aside = offset_copy(ax.transData, ax.get_figure(root=True), x=_ASIDE_POINTS * slot, units="points")
        lon, lat = [region.nodes[n].lon for n in nodes], [region.nodes[n].lat for n in nodes]
        ax.scatter(lon, lat, marker=mark, s=42, color=colour, edgecolors="white", transform=aside, zorder=5)


def _frame(ax: Axes, region: Region) -> None:
    """Show the region with a margin; roads to places far outside lead out of the picture."""
    at = np.concatenate([np.array([(v.lon, v.lat) for v in region.villages]), *(a for _, a in district_areas(region))])
    low, high = at.min(axis=0), at.max(axis=0)
    margin = _MARGIN * (high - low).max()
    ax.set(xlim=(low[0] - margin, high[0] + margin), ylim=(low[1] - margin, high[1] + margin))


def _key(ax: Axes, region: Region) -> None:
    marks = [
        Line2D([], [], linestyle="", marker=mark, color=colour, label=words.MAP_LABELS[sort])
        for sort, (mark, colour) in _MARKS.items()
        if any(sort_of(base) == sort for base in region.bases)
    ]
    marks.append(Line2D([], [], linestyle="", marker="o", color="0.35", alpha=0.55, label=words.MAP_LABELS["station"]))
    marks.append(Line2D([], [], color="#c08a4a", label=words.MAP_LABELS["road"]))
    if len(region.nodes) > len(region.villages):
        marks.append(Line2D([], [], linestyle="", marker="o", markerfacecolor="none", color="0.2",
                            label=words.MAP_LABELS["outside"]))  # fmt: skip
    if not region.outlines:
        marks.append(Line2D([], [], color="0.55", label=words.MAP_LABELS["cells"]))
    ax.legend(handles=marks, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=3, frameon=False, fontsize=8)
