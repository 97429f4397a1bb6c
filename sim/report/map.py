"""The district map, coloured by response time."""

from __future__ import annotations

import numpy as np
from matplotlib import colormaps
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import BoundaryNorm
from matplotlib.figure import Figure

from sim.experiment.store import Run
from sim.measures.response import answerable
from sim.region.load import load_region
from sim.region.outline import village_cells
from sim.region.region import Region

LEVELS = (0.0, 5.0, 10.0, 20.0, 30.0, 45.0, 60.0)
"""Steps of the colour scale, minutes."""
_PALE = "#f2f2f2"
_TOO_SMALL_KM2 = 45.0
"""Districts smaller than this have no room for a label on a small map."""


def district_medians(run: Run, strategy: str, districts: int) -> np.ndarray:
    """Return each district's median response time, minutes; infinite for never, NaN where nothing happened."""
    incidents = answerable(run.table("incidents"), run.scenario.response.standard_minutes)
    rows = incidents[incidents["strategy"] == strategy]
    minutes = (rows["first_on_scene"] - rows["reported"]).clip(lower=0).fillna(np.inf).to_numpy(float)
    medians = np.full(districts, np.nan)
    for d in np.unique(rows["district"]):
        values = np.sort(minutes[rows["district"] == d])
        medians[d] = values[int(np.ceil(len(values) / 2)) - 1]
    return medians


def response_map(run: Run, strategy: str | None = None, ax: Axes | None = None, region: Region | None = None) -> Axes:
    """Draw the districts coloured by median response time under one strategy (the first by default).

    Pale: no incident there on any day. The outlines are cells round the villages, not official borders.
    """
    place = region or load_region(run.scenario.region)
    name = strategy or run.strategies[0]
    if ax is None:
        ax = plt.subplots(figsize=(7, 6), layout="constrained")[1]
    medians = district_medians(run, name, len(place.districts))
    norm = BoundaryNorm(LEVELS, colormaps["viridis_r"].N, extend="max")
    cells = village_cells(place)
    paint = [_colour(medians[v.district], norm) for v in place.villages]
    ax.add_collection(PolyCollection(cells, facecolors=paint, edgecolors="white", linewidths=0.3))
    _borders(ax, place, cells)
    for district in place.districts:
        if district.area_km2 < _TOO_SMALL_KM2:
            continue
        median = medians[district.index]
        text = "" if np.isnan(median) else "\nnever" if np.isinf(median) else f"\n{median:.0f}"
        ax.annotate(f"{district.number}{text}", _middle(place, district.index), ha="center", va="center", fontsize=7,
                    bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.8, "lw": 0})  # fmt: skip
    ax.autoscale_view()
    ax.set_aspect(1 / np.cos(np.radians(np.mean([v.lat for v in place.villages]))))
    ax.set_axis_off()
    title = next(s.title for s in run.scenario.strategies if s.name == name)
    ax.set_title(title, loc="left", fontsize=11)
    return ax


def _colour(median: float, norm: BoundaryNorm) -> tuple[float, ...] | str:
    if np.isnan(median):
        return _PALE
    return tuple(colormaps["viridis_r"](norm(min(median, 1e6))))


def _middle(place: Region, district: int) -> tuple[float, float]:
    """Return the village nearest the middle of a district's villages, where its label stands."""
    points = np.array([(v.lon, v.lat) for v in place.villages if v.district == district])
    nearest = np.argmin(((points - points.mean(axis=0)) ** 2).sum(axis=1))
    return float(points[nearest, 0]), float(points[nearest, 1])


def _borders(ax: Axes, place: Region, cells: list[np.ndarray]) -> None:
    """Draw the edges between cells of different districts."""
    owners: dict[tuple[tuple[float, float], ...], list[int]] = {}
    for village, cell in zip(place.villages, cells, strict=True):
        ring = [tuple(np.round(p, 7)) for p in cell]
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            owners.setdefault(tuple(sorted((a, b))), []).append(village.district)
    for edge, districts in owners.items():
        if len(set(districts)) > 1:
            (x0, y0), (x1, y1) = edge
            ax.plot([x0, x1], [y0, y1], color="0.3", linewidth=1.0)


def response_maps(run: Run) -> Figure:
    """Draw one map for each strategy on one scale."""
    region = load_region(run.scenario.region)
    columns = min(3, len(run.strategies))
    rows = int(np.ceil(len(run.strategies) / columns))
    size = (4.6 * columns, 2.6 * rows + 0.8)
    figure, axes = plt.subplots(rows, columns, figsize=size, layout="constrained", squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for name, ax in zip(run.strategies, axes.flat, strict=False):
        response_map(run, name, ax, region)
    norm = BoundaryNorm(LEVELS, colormaps["viridis_r"].N, extend="max")
    scale = plt.cm.ScalarMappable(norm=norm, cmap="viridis_r")
    label = (
        "median minutes from the report to the first officers (pale: no incident; figures: district number, minutes)"
    )
    figure.colorbar(scale, ax=axes, label=label, orientation="horizontal", shrink=0.5, aspect=40)
    return figure
