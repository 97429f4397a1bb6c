"""How figures look: a palette that colour-blind readers can tell apart, and clock axes."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from sim.config.fields import format_clock

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999933")
"""Okabe and Ito (2008), Color Universal Design; yellow left out, it does not show on white."""


def colours(strategies: Sequence[str]) -> dict[str, str]:
    """Return a colour for each strategy."""
    return {name: PALETTE[i % len(PALETTE)] for i, name in enumerate(strategies)}


def clock_axis(ax: Axes, step_minutes: float = 60.0) -> None:
    """Let the horizontal axis show minutes after midnight as HH:MM."""
    ax.xaxis.set_major_locator(MultipleLocator(step_minutes))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda minutes, _: format_clock(minutes)))


def tidy(ax: Axes, title: str) -> None:
    """Give a plot its title and take away what is not needed."""
    ax.set_title(title, loc="left", fontsize=11)
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", color="0.9", linewidth=0.8)
    ax.set_axisbelow(True)
