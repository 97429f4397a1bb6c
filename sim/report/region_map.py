"""A region as a picture: its districts, villages, roads and bases, to see whether the tables mean what they should."""

from __future__ import annotations

import io

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D

from sim.region.region import Region
from sim.report.map_layers import (
    ROAD,
    Names,
    areas_of,
    as_name,
    borders_of,
    district_middles,
    draw_bases,
    draw_roads,
    frame,
    key_of_bases,
)
from sim.report.style import Space, as_drawn, styled
from sim.words import region as words

_SHADES = ("#f4efe6", "#e8eef2", "#eef2e4", "#f3e9ec", "#ececf4")
"""Pale fills; a district's neighbours mostly have others."""
_LARGEST_POINTS = 60.0
_NAME_POINTS = 9.0
_TITLE = Space(9.0, 13)
"""For the name of the region above its map."""
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
    areas = areas_of(region)
    shades = [_SHADES[d % len(_SHADES)] for d, _ in areas]
    ax.add_collection(PolyCollection([a for _, a in areas], facecolors=shades, edgecolors="none", zorder=0))
    ax.add_collection(LineCollection(borders_of(region), colors="0.55", linewidths=0.9, zorder=1))
    draw_roads(ax, region)
    _villages(ax, region)
    bases = draw_bases(ax, region)
    frame(ax, region)
    villages = np.array([(v.lon, v.lat) for v in region.villages])
    names = [(as_name(region.districts[d].name), lon, lat) for d, lon, lat in district_middles(region)]
    Names(ax, names, np.concatenate([bases, villages]), _NAME_POINTS)
    ax.set_title(as_drawn(region.title, _TITLE), loc="left", fontsize=13)
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


def _villages(ax: Axes, region: Region) -> None:
    at = np.array([(node.lon, node.lat) for node in region.nodes])
    inside = len(region.villages)
    voters = np.bincount(region.stations.node, region.stations.registered, inside)[:inside]
    sizes = 4 + _LARGEST_POINTS * voters / max(float(voters.max()), 1.0)
    ax.scatter(at[:inside, 0], at[:inside, 1], s=sizes, color="0.35", alpha=0.55, linewidths=0, zorder=3)
    if inside <= _NAMED_VILLAGES:
        for v in region.villages:
            ax.annotate(as_name(v.name), (v.lon, v.lat), xytext=(0, -6), textcoords="offset points", ha="center",
                        va="top", fontsize=6, color="0.3", zorder=4)  # fmt: skip
    if len(at) > inside:
        ax.scatter(at[inside:, 0], at[inside:, 1], s=40, facecolors="none", edgecolors="0.2", zorder=3)
        for node in region.nodes[inside:]:
            ax.annotate(as_name(node.name), (node.lon, node.lat), xytext=(5, -9), textcoords="offset points",
                        fontsize=7, style="italic", clip_on=True, annotation_clip=True, zorder=4)  # fmt: skip


def _key(ax: Axes, region: Region) -> None:
    marks = key_of_bases(region)
    marks.append(Line2D([], [], linestyle="", marker="o", color="0.35", alpha=0.55, label=words.MAP_LABELS["station"]))
    marks.append(Line2D([], [], color=ROAD, label=words.MAP_LABELS["road"]))
    if len(region.nodes) > len(region.villages):
        marks.append(Line2D([], [], linestyle="", marker="o", markerfacecolor="none", color="0.2",
                            label=words.MAP_LABELS["outside"]))  # fmt: skip
    if not region.outlines:
        marks.append(Line2D([], [], color="0.55", label=words.MAP_LABELS["cells"]))
    ax.legend(handles=marks, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=3, frameon=False, fontsize=8)
