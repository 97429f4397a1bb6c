"""Figures of a run. Every function takes an ``ax`` and returns it, so that an analyst can put them where he likes."""

from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from sim.experiment.store import Run
from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES
from sim.measures.response import answerable
from sim.report.style import clock_axis, colours, tidy
from sim.report.text import MEASURE_TITLES

FOREST = (
    "response_median",
    "force_median",
    "within_standard",
    "coverage_over_day",
    "peak_crowd",
    "votes_lost_to_disturbances",
)


def _axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    if ax is not None:
        return ax
    return plt.subplots(figsize=size, layout="constrained")[1]


def response_ecdf(run: Run, ax: Axes | None = None) -> Axes:
    """Draw, for each strategy, the share of incidents whose first officers were there by a time after the report.

    A curve that stays under 1 leaves the share that nobody ever reached.
    """
    ax = _axes(ax, (8, 4.5))
    standard = run.scenario.response.standard_minutes
    incidents = answerable(run.table("incidents"), standard)
    titles = {s.name: s.title for s in run.scenario.strategies}
    furthest = standard * 2
    for name, colour in colours(run.strategies).items():
        rows = incidents[incidents["strategy"] == name]
        minutes = np.sort((rows["first_on_scene"] - rows["reported"]).clip(lower=0).dropna())
        if not len(rows):
            continue
        share = np.arange(1, len(minutes) + 1) / len(rows)
        never = 1 - len(minutes) / len(rows)
        label = titles[name] + (f" (never: {100 * never:.0f} %)" if never else "")
        ax.step([0, *minutes], [0, *share], where="post", color=colour, linewidth=1.8, label=label)
        furthest = max(furthest, float(np.quantile(minutes, 0.97)) if len(minutes) else 0.0)
    ax.axvline(standard, color="0.35", linestyle="--", linewidth=1.2)
    ax.annotate(f"standard: {standard:g} min", (standard, 0.02), xytext=(4, 0), textcoords="offset points", fontsize=9)
    ax.set(xlim=(0, furthest), ylim=(0, 1.02), xlabel="minutes from the report to the first officers on scene")
    ax.set_ylabel("share of incidents")
    tidy(ax, "How soon the first officers are there")
    if ax.get_legend_handles_labels()[0]:
        ax.legend(frameon=False, fontsize=9, loc="lower right")
    return ax


def coverage_through_day(run: Run, ax: Axes | None = None) -> Axes:
    """Draw the share of voters that a free unit can reach in time, while stations are open; bands hold 80 % of days."""
    ax = _axes(ax, (8, 4.5))
    coverage = run.table("coverage")
    titles = {s.name: s.title for s in run.scenario.strategies}
    for name, colour in colours(run.strategies).items():
        rows = coverage[coverage["strategy"] == name]
        sums = rows.groupby(["replication", "time"])[["voters_covered", "voters"]].sum()
        by_time = (sums["voters_covered"] / sums["voters"]).unstack("time")
        low, high = np.quantile(by_time, 0.1, axis=0), np.quantile(by_time, 0.9, axis=0)
        times = by_time.columns.to_numpy()
        ax.fill_between(times, low, high, color=colour, alpha=0.15, linewidth=0)
        ax.plot(times, by_time.mean(axis=0), color=colour, linewidth=1.8, label=titles[name])
    ax.set(ylim=(0, 1), ylabel="share of registered voters")
    clock_axis(ax)
    tidy(ax, f"Voters whom a free unit can reach in {run.scenario.response.standard_minutes:g} minutes")
    ax.legend(frameon=False, fontsize=9, ncols=2, loc="upper right")
    return ax


def units_over_time(run: Run, strategy: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw how many officers do what through the day under one strategy (the first by default), mean over days."""
    ax = _axes(ax, (8, 4.5))
    name = strategy or run.strategies[0]
    states = run.table("unit_states")
    rows = states[(states["strategy"] == name) & ~states["agency"].isin(["medical", "disaster"])]
    end = (
        float(rows.loc[~rows["state"].isin(["post", "free"]), "end"].quantile(0.999, interpolation="lower"))
        if len(rows)
        else 0
    )
    start = float(rows["start"].min()) if len(rows) else 0.0
    times = np.arange(start, max(end, run.scenario.voting.close) + 5, 5.0)
    kinds = ("travelling", "on_scene", "escorting", "returning", "mobilising")
    shades = ("#E69F00", "#D55E00", "#0072B2", "#56B4E9", "#999999")
    curves = []
    for kind in kinds:
        one = rows[rows["state"] == kind]
        change = np.zeros(len(times) + 1)
        np.add.at(change, np.searchsorted(times, one["start"]), one["strength"].to_numpy(float))
        np.add.at(change, np.searchsorted(times, one["end"]), -one["strength"].to_numpy(float))
        curves.append(np.cumsum(change)[:-1] / run.replications)
    labels = [kind.replace("_", " ") for kind in kinds]
    ax.stackplot(times, curves, labels=labels, colors=shades, linewidth=0)
    ax.axvline(run.scenario.voting.close, color="0.35", linestyle="--", linewidth=1.2)
    ax.annotate(
        "stations close",
        (run.scenario.voting.close, ax.get_ylim()[1]),
        xytext=(4, -12),
        textcoords="offset points",
        fontsize=9,
    )
    ax.set(ylabel="officers away from their post", xlim=(times[0], times[-1]))
    clock_axis(ax, 120)
    title = next(s.title for s in run.scenario.strategies if s.name == name)
    tidy(ax, f"What officers do through the day: {title}")
    ax.legend(frameon=False, fontsize=9, loc="upper left", reverse=True)
    return ax


def differences(comparison: Comparison, run: Run, axes: np.ndarray | None = None) -> np.ndarray:
    """Draw the paired differences from the baseline with simultaneous intervals, one panel a measure."""
    if axes is None:
        _, axes = plt.subplots(2, 3, figsize=(11, 5), layout="constrained")
    titles = {s.name: s.title for s in run.scenario.strategies}
    table = comparison.differences
    names = list(dict.fromkeys(table["strategy"]))
    paint = colours(run.strategies)
    for ax, measure in zip(axes.flat, FOREST, strict=True):
        rows = table[table["measure"] == measure].set_index("strategy")
        scale = 100 if MEASURES[measure].unit == "share" else 1
        for y, name in enumerate(names):
            value, low, high = (float(rows.loc[name, k]) * scale for k in ("difference", "low_all", "high_all"))
            if np.isfinite([value, low, high]).all():
                ax.plot([low, high], [y, y], color=paint[name], linewidth=2)
                ax.plot(value, y, "o", color=paint[name], markersize=6)
            else:
                ax.annotate("not defined or never", (0, y), ha="center", va="center", fontsize=8, color="0.4")
        ax.axvline(0, color="0.35", linewidth=1)
        ax.set_yticks(range(len(names)), [titles[n] for n in names] if ax in axes[:, 0] else [], fontsize=9)
        ax.set_ylim(len(names) - 0.5, -0.5)
        unit = "percentage points" if scale == 100 else MEASURES[measure].unit
        better = "left" if MEASURES[measure].better == "lower" else "right"
        ax.set_xlabel(f"{unit} (better: {better})", fontsize=9)
        tidy(ax, MEASURE_TITLES[measure])
    return axes
