"""Figures of a run: ``plot(run, ax=None)``; each draws on these axes, or on its own, and returns them.

What else a plot can be told follows by name. Those whose names end in ``panels`` make a whole figure of such plots.
"""

from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.errors import UserError, nearest
from sim.experiment.store import Run
from sim.inference.compare import Comparison, compare, measures_of
from sim.inference.curves import coverage_shares, officers_by_state, response_shares
from sim.report.style import (
    LEGEND,
    PANEL,
    TICK,
    Space,
    as_drawn,
    clock_axis,
    legend_below,
    legend_of,
    looks,
    numbers_axis,
    tidy,
)
from sim.report.wording import with_interval
from sim.words import report as words
from sim.words.language import gettext as _

_SHADES = ("#E69F00", "#D55E00", "#0072B2", "#56B4E9", "#999999")
"""One for each of STATES."""
_CAUSE_SHADES = ("#D55E00", "#56B4E9", "#0072B2", "#E69F00", "#CC79A7", "#666666")
"""One for each of CAUSES, whichever of them occur; neighbours differ in lightness too."""

_LABEL_SHARE = 0.2
"""Share of the axis that the label of the standard takes."""


def _axes(ax: Axes | None, size: tuple[float, float] = (8, 4.5)) -> Axes:
    if ax is not None:
        return ax
    return plt.subplots(figsize=size, layout="constrained")[1]


def _titles(run: Run, space: Space) -> dict[str, str]:
    """Return the strategies' titles as they are drawn."""
    return {name: as_drawn(title, space) for name, title in run.scenario.titles.items()}


def played_strategy(run: Run, name: str | None) -> str:
    """Return a strategy of a run; the first where none is asked for.

    Raises:
        UserError: When it was not played, with the nearest.
    """
    if name is not None and name not in run.strategies:
        raise UserError(
            _("strategy '{name}' was not played; {hint}").format(name=name, hint=nearest(name, run.strategies))
        )
    return name or run.strategies[0]


def response_ecdf(run: Run, ax: Axes | None = None) -> Axes:
    """Draw, for each strategy, the share of incidents whose first officers were there by a time after the report.

    A curve that stays under 1 leaves the share that nobody ever reached.
    """
    ax = _axes(ax)
    standard, titles, shares = run.scenario.response.standard_minutes, _titles(run, LEGEND), response_shares(run)
    latest = [float(frame["minutes"].iloc[-1]) for frame in shares.values() if len(frame)]
    furthest, end = standard * 2, max([standard * 2, *latest])
    for name, look in looks(run.strategies).items():
        if name not in shares:
            continue
        minutes, share = (shares[name][column].to_numpy() for column in ("minutes", "share"))
        reached = float(share[-1]) if len(share) else 0.0
        label = titles[name] + (words.FIGURES["never"].format(percent=100 * (1 - reached)) if reached < 1 else "")
        ax.step([0, *minutes, end], [0, *share, reached], where="post", linewidth=1.8, label=label, **look)
        if len(share):
            furthest = max(furthest, float(minutes[np.searchsorted(share, 0.97 * reached)]))
    ax.axvline(standard, color="0.35", linestyle="--", linewidth=1.2)
    left = standard > _LABEL_SHARE * furthest  # where it stands clear of the legend
    ax.annotate(words.FIGURES["standard"].format(minutes=standard), (standard, 0.02), xytext=(-4 if left else 4, 0),
                textcoords="offset points", fontsize=9, ha="right" if left else "left")  # fmt: skip
    ax.set(xlim=(0, furthest), ylim=(0, 1.02), xlabel=words.FIGURES["response_x"], ylabel=words.FIGURES["response_y"])
    tidy(ax, words.FIGURES["response"])
    legend_of(ax, "lower right", empty=words.FIGURES["no_incident"])
    return ax


def coverage_through_day(run: Run, ax: Axes | None = None) -> Axes:
    """Draw the share of voters whom first officers could reach in time during polling; bands hold 80 % of days."""
    ax = _axes(ax)
    coverage, titles = coverage_shares(run), _titles(run, LEGEND)
    for name, look in looks(run.strategies).items():
        rows = coverage[coverage["strategy"] == name]
        ax.fill_between(rows["time"], rows["low"], rows["high"], color=look["color"], alpha=0.15, linewidth=0)
        ax.plot(rows["time"], rows["share"], linewidth=1.8, label=titles[name], **look)
    ax.set(ylim=(0, 1), ylabel=words.FIGURES["coverage_y"])
    clock_axis(ax)
    tidy(ax, words.FIGURES["coverage"].format(minutes=run.scenario.response.standard_minutes))
    legend_of(ax, "upper right", columns=2)
    return ax


def units_over_time(run: Run, ax: Axes | None = None, *, strategy: str | None = None) -> Axes:
    """Draw how many officers do what through the day under one strategy (the first by default), mean over days.

    Raises:
        UserError: For a strategy that was not played, with the nearest.
    """
    name = played_strategy(run, strategy)
    ax = _axes(ax)
    counts = officers_by_state(run, name, words.STATES)
    ax.stackplot(counts.index, counts.to_numpy().T, labels=list(words.STATES.values()), colors=_SHADES, linewidth=0)
    close = run.scenario.voting.close
    ax.axvline(close, color="0.35", linestyle="--", linewidth=1.2)
    ax.annotate(words.FIGURES["close"], (close, 0.97), xycoords=("data", "axes fraction"), xytext=(4, 0), va="top",
                textcoords="offset points", fontsize=9)  # fmt: skip
    ax.set(ylabel=words.FIGURES["units_y"], xlim=(counts.index[0], counts.index[-1]))
    clock_axis(ax, 180)
    tidy(ax, _titles(run, PANEL)[name])
    legend_of(ax, "upper left", reverse=True)
    return ax


def units_panels(run: Run) -> Figure:
    """Draw one panel a strategy of what officers do, all on one scale."""
    columns = min(2, len(run.strategies))
    count = int(np.ceil(len(run.strategies) / columns))
    size = (5.5 * columns, 2.7 * count) if columns > 1 else (8, 4)
    figure, grid = plt.subplots(
        count, columns, figsize=size, layout="constrained", squeeze=False, sharex=True, sharey=True
    )
    used, spare = list(grid.flat[: len(run.strategies)]), list(grid.flat[len(run.strategies) :])
    ends: list[float] = []
    for name, ax in zip(run.strategies, used, strict=True):
        ends += units_over_time(run, ax, strategy=name).get_xlim()
        ax.set_ylabel("")
    used[0].set_xlim(min(ends), max(ends))
    for ax in used if spare else used[1:]:
        ax.get_legend().remove()
    for ax in spare:
        ax.set_axis_off()
        ax.legend(*used[0].get_legend_handles_labels(), frameon=False, loc="center left", reverse=True)
        grid[-2, -1].xaxis.set_tick_params(labelbottom=True)
    figure.suptitle(words.FIGURES["units"], x=0.01, ha="left", fontsize=11)
    return figure


def votes_lost_by_cause(run: Run, ax: Axes | None = None, *, comparison: Comparison | None = None) -> Axes:
    """Draw the votes lost per day under each strategy, one stacked bar each, by cause; at its end the sum.

    Causes that cost no vote under any strategy are not in the legend; where none did, the figure says so.

    Args:
        run: The run.
        ax: Where to draw; None: on axes of its own.
        comparison: The run's comparison, if it is there already.
    """
    comparison = comparison or compare(run, measures=["votes_lost", *words.CAUSES])
    titles, indexed = _titles(run, TICK), comparison.measures.set_index(["measure", "strategy"])
    names = list(dict.fromkeys(comparison.measures["strategy"]))
    ax = _axes(ax, (8, 2.2 + 0.4 * len(names)))
    ends, rows = np.zeros(len(names)), np.arange(len(names))
    for (measure, label), colour in zip(words.CAUSES.items(), _CAUSE_SHADES, strict=True):
        lost = np.array([float(indexed.loc[(measure, name), "value"]) for name in names])
        if lost.any():
            ax.barh(rows, lost, 0.62, ends, color=colour, edgecolor="white", linewidth=0.5, label=label)
        ends += lost
    ax.set_yticks(rows, [titles[name] for name in names], fontsize=9)
    ax.set(xlabel=words.FIGURES["votes_x"], xlim=(0, 1.6 * ends.max() or 1), ylim=(len(names) - 0.5, -0.5))
    tidy(ax, words.FIGURES["votes"], grid="x")
    if not ends.any():
        ax.set_xticks([])
        legend_of(ax, "lower right", empty=words.FIGURES["no_votes_lost"])
        return ax
    for y, name in enumerate(names):
        value, low, high = (float(indexed.loc[("votes_lost", name), k]) for k in ("value", "low", "high"))
        ax.annotate(with_interval(value, low, high, "votes"), (ends[y], y), xytext=(5, 0), textcoords="offset points",
                    va="center", fontsize=9)  # fmt: skip
    numbers_axis(ax.xaxis, ",g")
    legend_below(ax)
    return ax


def difference(
    run: Run,
    ax: Axes | None = None,
    *,
    measure: str = "arrival_median",
    baseline: str | None = None,
    comparison: Comparison | None = None,
) -> Axes:
    """Draw each strategy's paired difference from the baseline on one measure, with its simultaneous interval.

    Args:
        run: The run.
        ax: Where to draw; None: on axes of its own.
        measure: Name of the measure.
        baseline: The strategy that differences are taken from; the first by default.
        comparison: The run's comparison, if it is there already.

    Raises:
        UserError: For an unknown measure or strategy, with the nearest.
    """
    (made,) = measures_of([measure])
    comparison = comparison or compare(run, baseline, [measure])
    names = [name for name in run.strategies if name != comparison.baseline]
    ax = _axes(ax, (7, 1.6 + 0.4 * len(names)))
    titles, paint, scale = _titles(run, TICK), looks(run.strategies), 100 if made.unit == "share" else 1
    rows = comparison.differences
    for y, name in enumerate(names):
        mine = rows[(rows["measure"] == measure) & (rows["strategy"] == name)]
        value, low, high = (float(mine[k].iloc[0]) * scale for k in ("difference", "low_all", "high_all"))
        _whisker(ax, y, value, low, high, paint[name]["color"])
    ax.axvline(0, color="0.35", linewidth=1)
    ax.set_yticks(range(len(names)), [titles[n] for n in names], fontsize=9)
    ax.set_ylim(len(names) - 0.5, -0.5)
    unit = words.FIGURES["points"] if scale == 100 else words.FIGURE_UNITS[made.unit]
    ax.set_xlabel(
        words.FIGURES[f"better_{made.better}"].format(unit=unit) if made.better != "none" else unit, fontsize=9
    )
    tidy(ax, words.FOREST_TITLES.get(measure, made.title))
    return ax


def differences_panels(run: Run, comparison: Comparison | None = None) -> Figure:
    """Draw the paired differences from the baseline with simultaneous intervals, one panel a measure."""
    comparison = comparison or compare(run, measures=list(words.FOREST_TITLES))
    columns = -(-len(words.FOREST_TITLES) // 2)
    figure, axes = plt.subplots(2, columns, figsize=(1 + 3.3 * columns, 5), layout="constrained")
    for ax in axes.flat[len(words.FOREST_TITLES) :]:
        ax.remove()
    for ax, measure in zip(axes.flat, words.FOREST_TITLES, strict=False):
        difference(run, ax, measure=measure, comparison=comparison)
        if ax not in axes[:, 0]:
            ax.set_yticks([])
    return figure


def _whisker(ax: Axes, y: int, value: float, low: float, high: float, colour: str) -> None:
    """Draw a difference and its interval, or say why there is none."""
    if np.isfinite([value, low, high]).all():
        ax.plot([low, high], [y, y], color=colour, linewidth=2)
        ax.plot(value, y, "o", color=colour, markersize=6)
        return
    if np.isfinite(value):
        ax.plot(value, y, "o", color=colour, markersize=6, fillstyle="none")
    why = words.FIGURES["no_interval"] if np.isnan([value, low, high]).any() else words.FIGURES["never_ends"]
    ax.annotate(why, (0.5, y), xycoords=("axes fraction", "data"), ha="center", va="bottom", fontsize=8, color="0.4")
