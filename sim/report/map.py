"""The district map, coloured by response time: green is quick, red is slow, the darker the slower."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.experiment.store import Run
from sim.inference.breakdown import values_by
from sim.region.gazetteer import Gazetteer
from sim.report.map_layers import (
    POST,
    ROAD,
    Names,
    areas_of,
    as_name,
    borders_of,
    district_middles,
    draw_bases,
    draw_roads,
    draw_script,
    frame,
    key_of_bases,
)
from sim.report.style import PANEL, as_drawn, legend_below
from sim.report.wording import number
from sim.words import region as region_words
from sim.words import report as words

LEVELS = (0.0, 5.0, 10.0, 20.0, 30.0, 45.0, 60.0)
"""Steps of the colour scale, minutes."""
SHADES = ("#dcf1d2", "#b3dba1", "#d4ab47", "#c67f38", "#b8563a", "#8c2a28", "#4d0f1b")
"""The colour of each step, and of what takes longer: from green to red, each darker than the one before."""
FEW = 10
"""Districts with fewer incidents than this, over all days, are dotted: their median says little."""
_PALE = "#f4f4f4"
_NAME_POINTS, _BASE_POINTS = 6.5, 12.0
_FINE = 0.55
"""How thick roads are drawn, of what they are on a map of the whole page."""


def district_medians(run: Run) -> pd.DataFrame:
    """Return each district's median response time under each strategy: strategy, district, value (minutes), n.

    The median is infinite for never; n is how many incidents it is made of; districts without any have no row, or n 0.
    """
    return values_by(run, "response_median", "district")


def response_map(
    run: Run,
    strategy: str | None = None,
    ax: Axes | None = None,
    values: pd.DataFrame | None = None,
    posts: pd.DataFrame | None = None,
) -> Axes:
    """Draw the districts coloured by median response time under one strategy (the first by default).

    With roads, bases, the strategy's guard posts, and the disturbances and closures that the scenario writes down.
    Every district has its name, and its median below. Districts without an incident on any day are pale and hatched;
    those with few incidents are dotted. Unless the region has outlines, they are cells round the villages, not official
    borders.

    Args:
        run: The run.
        strategy: Name of the strategy.
        ax: Where to; None: on a new figure.
        values: The medians, where they are known already.
        posts: Who stands where (:class:`sim.experiment.inputs.Deployments`), where that is known already.
    """
    place, name = run.region, strategy or run.strategies[0]
    if ax is None:
        ax = plt.subplots(figsize=(8, 5), layout="constrained")[1]
    found = district_medians(run) if values is None else values
    rows = found[found["strategy"] == name].set_index("district").reindex(range(len(place.districts)))
    medians, counts = rows["value"].to_numpy(float), rows["n"].fillna(0).to_numpy(int)
    _fill(ax, run, medians, counts)
    ax.add_collection(LineCollection(borders_of(place), colors="0.3", linewidths=0.8, zorder=1))
    draw_roads(ax, place, _FINE)
    at_posts = _posts(ax, run, name, run.deployments().posts if posts is None else posts)
    bases = draw_bases(ax, place, _BASE_POINTS)
    draw_script(ax, run.scenario, Gazetteer(place), 7 * _BASE_POINTS)
    frame(ax, place)
    names = [
        (f"{as_name(place.districts[d].name)}{_minutes(medians[d])}", lon, lat)
        for d, lon, lat in district_middles(place)
    ]
    Names(ax, names, np.concatenate([bases, at_posts]), _NAME_POINTS)
    title = next(s.said_title for s in run.scenario.strategies if s.name == name)
    ax.set_title(as_drawn(title, PANEL), loc="left", fontsize=11)
    return ax


def _fill(ax: Axes, run: Run, medians: NDArray[np.float64], counts: NDArray[np.int64]) -> None:
    """Colour the districts; those with few incidents, or none, are marked besides."""
    areas = areas_of(run.region)
    districts, cells = np.array([district for district, _ in areas]), [area for _, area in areas]
    for hatch, which in (("", counts >= FEW), ("...", (counts > 0) & (counts < FEW)), ("////", counts == 0)):
        drawn = np.flatnonzero(which[districts])
        paint = [_colour(medians[districts[i]]) for i in drawn]
        ax.add_collection(PolyCollection([cells[i] for i in drawn], facecolors=paint, edgecolors=paint, linewidths=0.3,
                                         zorder=0))  # fmt: skip
        if hatch:
            ax.add_collection(PolyCollection([cells[i] for i in drawn], facecolors="none", edgecolors="0.5",
                                             linewidths=0.0, hatch=hatch, zorder=0.5))  # fmt: skip


def _posts(ax: Axes, run: Run, strategy: str, posts: pd.DataFrame) -> NDArray[np.float64]:
    """Draw the stations of the guard posts; return the places, (n, 2) degrees."""
    stations = run.region.stations
    codes = set(posts[posts["strategy"] == strategy]["station"])
    here = [i for i, code in enumerate(stations.code) if code in codes]
    ax.scatter(stations.lon[here], stations.lat[here], s=2.2, color=POST, linewidths=0, zorder=4)
    return np.column_stack([stations.lon[here], stations.lat[here]])


def _norm() -> BoundaryNorm:
    return BoundaryNorm(LEVELS, len(SHADES), extend="max")


def _colour(median: float) -> str:
    if np.isnan(median):
        return _PALE
    return SHADES[min(int(np.searchsorted(LEVELS, median, side="right")), len(SHADES)) - 1]


def _minutes(median: float) -> str:
    if np.isnan(median):
        return ""
    return f"\n{words.FIGURES['map_never']}" if np.isinf(median) else f"\n{number(median, 'votes')}"


_TITLE = 0.3
"""Inches above the maps for the titles of the first row: the layout leaves none for axes that are off."""


def response_maps(run: Run) -> Figure:
    """Draw one map for each strategy on one scale, with its key."""
    values, columns, posts = district_medians(run), min(2, len(run.strategies)), run.deployments().posts
    rows = int(np.ceil(len(run.strategies) / columns))
    key_below = rows * columns == len(run.strategies)
    size = (5.5 * columns, 2.8 * rows + (2.3 if key_below else 1.0)) if columns > 1 else (8, 6.4)
    figure, axes = plt.subplots(rows, columns, figsize=size, layout="constrained", squeeze=False)
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=(0, 0, 1, 1 - _TITLE / size[1]))
    for ax in axes.flat:
        ax.set_axis_off()
    for name, ax in zip(run.strategies, axes.flat, strict=False):
        response_map(run, name, ax, values, posts)
    scale = figure.colorbar(
        ScalarMappable(_norm(), ListedColormap(SHADES)),
        ax=axes,
        label=words.FIGURES["map"],
        orientation="horizontal",
        shrink=0.6,
        aspect=40,
        pad=0.02,
    )
    if not key_below:
        axes[-1, -1].legend(handles=_key(run), frameon=False, fontsize=8, ncols=2, loc="center")
    else:
        legend_below(scale.ax, columns + 1, _key(run))
    return figure


def _key(run: Run) -> list[Artist]:
    """Return what the legend has."""
    labels = region_words.MAP_LABELS
    cells = Patch(facecolor="none", edgecolor="none", label=words.FIGURES["map_outline"])
    spare = plt.figure(figsize=(1, 1))
    script = draw_script(spare.add_subplot(), run.scenario, Gazetteer(run.region))
    plt.close(spare)
    return [
        Patch(facecolor="none", edgecolor="none", label=words.FIGURES["map_label"]),
        Patch(facecolor=_PALE, edgecolor="0.45", hatch="////", label=words.FIGURES["map_none"]),
        Patch(facecolor="white", edgecolor="0.45", hatch="...", label=words.FIGURES["map_few"].format(count=FEW)),
        *key_of_bases(run.region),
        Line2D([], [], linestyle="", marker=".", markersize=4, color=POST, label=labels["post"]),
        Line2D([], [], color=ROAD, label=labels["road"]),
        *script,
        *([] if run.region.outlines else [cells]),
    ]
