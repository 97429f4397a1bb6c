"""Figures of the evacuation of an area: its curve against its bounds, and what moved on the roads."""

from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from sim.evacuation.area.result import AreaResult
from sim.evacuation.area.state import Whereabouts
from sim.region.outline import outlines
from sim.report.style import PALETTE, PANEL, as_drawn, legend_below, legend_of, tidy
from sim.words import evacuate_area as words

_WIDEST = 7.0
"""Points of the line of the road that most people used."""
_LABELLED = 5
"""Villages that are named on the map, the most people first."""


def area_curve(result: AreaResult, ax: Axes | None = None) -> Axes:
    """Draw the share of people safe by minutes after the order, against those who left home and the bounds."""
    ax = ax if ax is not None else plt.subplots(figsize=(8, 4.5), layout="constrained")[1]
    wanted = max(1, result.plan.people - result.counts[Whereabouts.REFUSED])
    time, account = result.account[:, 0], result.account[:, 1:]
    left = wanted - account[:, Whereabouts.INSIDE] if len(account) else account
    free = result.free[np.isfinite(result.free)]
    end = float(max(time[-1], result.bound))
    ax.plot(time, left / wanted, color=PALETTE[5], linestyle="-.", linewidth=1.4, label=words.FIGURES["left"])
    ax.step([0, *free, end], [0, *np.arange(1, len(free) + 1) / wanted, len(free) / wanted], where="post",
            color=PALETTE[0], linestyle="--", linewidth=1.4, label=words.FIGURES["bound"])  # fmt: skip
    ax.plot(time, account[:, Whereabouts.SAFE] / wanted, color=PALETTE[1], linewidth=2.0, label=words.FIGURES["curve"])
    if result.bus_bound:
        ax.axvline(result.bus_bound, color=PALETTE[2], linestyle=":", linewidth=1.6, label=words.FIGURES["bus_bound"])
    ax.set(xlim=(0, end), ylim=(0, 1.02), xlabel=words.FIGURES["curve_x"], ylabel=words.FIGURES["curve_y"])
    if result.road_bound:
        ax.axvline(result.road_bound, color=PALETTE[3], linestyle=":", linewidth=1.6, label=words.FIGURES["road_bound"])
    tidy(ax, as_drawn(result.plan.settings.said_title, PANEL))
    legend_of(ax, "lower right")
    return ax


def area_map(result: AreaResult, ax: Axes | None = None) -> Axes:
    """Draw the roads by how many people in own vehicles used them, with villages, shelters and bases of buses."""
    ax = ax if ax is not None else plt.subplots(figsize=(8, 6), layout="constrained")[1]
    plan = result.plan
    region = plan.network.region
    at = np.array([(node.lon, node.lat) for node in region.nodes])
    lines = np.stack([at[region.roads.u], at[region.roads.v]], axis=1)
    people = result.passed.reshape(-1, 2).sum(axis=1)
    ax.add_collection(LineCollection(outlines(region), colors="0.85", linewidths=0.8))
    ax.add_collection(LineCollection(list(lines), colors="0.75", linewidths=0.7))
    used = people > 0
    widths = 0.8 + _WIDEST * people[used] / max(1, people.max())
    flows = LineCollection(
        list(lines[used]), colors=PALETTE[0], linewidths=widths, alpha=0.8, label=words.FIGURES["flows"]
    )
    ax.add_collection(flows)
    villages = np.array([zone.node for zone in plan.zones])
    shelters = np.array([shelter.node for shelter in plan.shelters])
    bases = np.array([team.node for team in plan.buses if team.count], dtype=np.int64)
    for nodes, marker, colour, size, label in (
        (villages, "o", PALETTE[1], 24, "village"), (bases, "^", PALETTE[3], 170, "base"),
        (shelters, "s", PALETTE[2], 60, "shelter"),
    ):  # fmt: skip
        ax.scatter(
            at[nodes, 0],
            at[nodes, 1],
            marker=marker,
            s=size,
            color=colour,
            zorder=3,
            label=words.FIGURES[label],
            linewidths=0,
        )
    largest = sorted(plan.zones, key=lambda zone: -zone.people)[:_LABELLED]
    for node, up in [(zone.node, 5) for zone in largest] + [(int(node), -11) for node in shelters]:
        ax.annotate(as_drawn(region.nodes[node].name, PANEL), at[node], xytext=(5, up), textcoords="offset points",
                    fontsize=7.5, zorder=4)  # fmt: skip
    _frame(ax, at[np.concatenate([villages, shelters, bases])])
    ax.set_title(as_drawn(plan.settings.said_title, PANEL), loc="left", fontsize=11)
    legend_below(ax)
    return ax


def _frame(ax: Axes, points: np.ndarray) -> None:
    """Show what matters with a margin, at the right proportions."""
    low, high = points.min(axis=0), points.max(axis=0)
    margin = 0.08 * float(np.max(high - low)) + 0.01
    ax.set(xlim=(low[0] - margin, high[0] + margin), ylim=(low[1] - margin, high[1] + margin), xticks=[], yticks=[])
    ax.set_aspect(1 / np.cos(np.radians(points[:, 1].mean())))
    ax.spines[:].set_visible(False)
