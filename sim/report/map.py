"""The district map, coloured by response time."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import BoundaryNorm
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.experiment.store import Run
from sim.inference.breakdown import values_by
from sim.region.outline import district_areas, outlines
from sim.region.region import Region
from sim.report.style import PANEL, as_drawn, legend_below
from sim.words import report as words

LEVELS = (0.0, 5.0, 10.0, 20.0, 30.0, 45.0, 60.0)
"""Steps of the colour scale, minutes."""
FEW = 10
"""Districts with fewer incidents than this, over all days, are hatched: their median says little."""
_PALE = "#f2f2f2"
_TOO_SMALL_KM2 = 30.0
"""Districts smaller than this have no room for a label."""


def district_medians(run: Run) -> pd.DataFrame:
    """Return each district's median response time under each strategy: strategy, district, value (minutes), n.

    The median is infinite for never; n is how many incidents it is made of; districts without any have no row, or n 0.
    """
    return values_by(run, "response_median", "district")


def response_map(
    run: Run, strategy: str | None = None, ax: Axes | None = None, values: pd.DataFrame | None = None
) -> Axes:
    """Draw the districts coloured by median response time under one strategy (the first by default).

    Districts without an incident on any day are pale and hatched; those with few incidents are dotted. Unless the
    region has outlines, they are cells round the villages, not official borders. ``values`` are the medians where they
    are known already.
    """
    place = run.region
    name = strategy or run.strategies[0]
    if ax is None:
        ax = plt.subplots(figsize=(8, 5), layout="constrained")[1]
    found = district_medians(run) if values is None else values
    rows = found[found["strategy"] == name].set_index("district").reindex(range(len(place.districts)))
    medians, counts = rows["value"].to_numpy(float), rows["n"].fillna(0).to_numpy(int)
    areas = district_areas(place)
    districts, cells = np.array([district for district, _ in areas]), [area for _, area in areas]
    for hatch, which in (("", counts >= FEW), ("...", (counts > 0) & (counts < FEW)), ("////", counts == 0)):
        drawn = np.flatnonzero(which[districts])
        paint = [_colour(medians[districts[i]]) for i in drawn]
        ax.add_collection(PolyCollection([cells[i] for i in drawn], facecolors=paint, edgecolors="white",
                                         linewidths=0.3))  # fmt: skip
        if hatch:
            ax.add_collection(PolyCollection([cells[i] for i in drawn], facecolors="none", edgecolors="0.45",
                                             linewidths=0.0, hatch=hatch))  # fmt: skip
    ax.add_collection(LineCollection(outlines(place), colors="0.3", linewidths=1.0))
    for district in place.districts:
        if district.area_km2 >= _TOO_SMALL_KM2:
            _label(ax, place, district.index, f"{district.number}{_minutes(medians[district.index])}")
    ax.autoscale_view()
    ax.set_aspect(1 / np.cos(np.radians(np.mean([v.lat for v in place.villages]))))
    ax.set_axis_off()
    title = next(s.title for s in run.scenario.strategies if s.name == name)
    ax.set_title(as_drawn(title, PANEL), loc="left", fontsize=11)
    return ax


def _norm() -> BoundaryNorm:
    return BoundaryNorm(LEVELS, colormaps["viridis_r"].N, extend="max")


def _colour(median: float) -> tuple[float, ...] | str:
    if np.isnan(median):
        return _PALE
    red, green, blue, alpha = colormaps["viridis_r"](_norm()(np.array([min(median, 1e6)])))[0]
    return float(red), float(green), float(blue), float(alpha)


def _minutes(median: float) -> str:
    if np.isnan(median):
        return ""
    return f"\n{words.FIGURES['map_never']}" if np.isinf(median) else f"\n{median:.0f}"


def _label(ax: Axes, place: Region, district: int, text: str) -> None:
    ax.annotate(text, _middle(place, district), ha="center", va="center", fontsize=8, linespacing=0.95,
                bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.8, "lw": 0})  # fmt: skip


def _middle(place: Region, district: int) -> tuple[float, float]:
    """Return the village nearest the middle of a district's villages, where its label stands."""
    points = np.array([(v.lon, v.lat) for v in place.villages if v.district == district])
    nearest = np.argmin(((points - points.mean(axis=0)) ** 2).sum(axis=1))
    return float(points[nearest, 0]), float(points[nearest, 1])


def response_maps(run: Run) -> Figure:
    """Draw one map for each strategy on one scale, with its key."""
    values, columns = district_medians(run), min(2, len(run.strategies))
    rows = int(np.ceil(len(run.strategies) / columns))
    size = (5.5 * columns, 2.8 * rows + 1.0) if columns > 1 else (8, 5)
    figure, axes = plt.subplots(rows, columns, figsize=size, layout="constrained", squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for name, ax in zip(run.strategies, axes.flat, strict=False):
        response_map(run, name, ax, values)
    scale = figure.colorbar(
        ScalarMappable(_norm(), "viridis_r"),
        ax=axes,
        label=words.FIGURES["map"],
        orientation="horizontal",
        shrink=0.6,
        aspect=40,
        pad=0.02,
    )
    key = [
        Patch(facecolor=_PALE, edgecolor="0.45", hatch="////", label=words.FIGURES["map_none"]),
        Patch(facecolor="white", edgecolor="0.45", hatch="...", label=words.FIGURES["map_few"].format(count=FEW)),
        Patch(facecolor="none", edgecolor="none", label=words.FIGURES["map_label"]),
        *(
            []
            if run.region.outlines
            else [Patch(facecolor="none", edgecolor="none", label=words.FIGURES["map_outline"])]
        ),
    ]
    if rows * columns > len(run.strategies):
        axes[-1, -1].legend(handles=key, frameon=False, fontsize=9, loc="center left")
    else:
        legend_below(scale.ax, columns, key)
    return figure
