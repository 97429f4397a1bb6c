"""The figure of one evacuation: who is safe by when, against the least time it can take."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from sim.evacuation.curve import Curve
from sim.report.style import PALETTE, PANEL, as_drawn, legend_of, styled, tidy
from sim.words import evacuate as words
from sim.words.language import number

_ROOM = 1.05
"""The axis goes this much farther than the last that is drawn."""


def evacuation_curve(curve: Curve, least_minutes: float, title: str, ax: Axes | None = None) -> Axes:
    """Draw the share of people who are safe against minutes from the order, and the bound of the last.

    Args:
        curve: Who is safe by when.
        least_minutes: The bound; infinite draws none.
        title: What is left.
        ax: Where to draw.
    """
    ax = ax if ax is not None else plt.subplots(figsize=(8, 4.5), layout="constrained")[1]
    people = curve.people or 1.0
    drawn = [m for m in (*curve.minutes[-1:].tolist(), least_minutes) if math.isfinite(m)]
    end = max(drawn, default=1.0) * _ROOM or 1.0
    minutes = np.concatenate([[0.0], curve.minutes, [end]])
    share = np.concatenate([[0.0], curve.safe, curve.safe[-1:] if len(curve.safe) else [0.0]]) / people
    ax.step(minutes, share, where="post", color=PALETTE[0], linewidth=1.8, label=words.FIGURE_CURVE)
    if math.isfinite(least_minutes):
        label = words.FIGURE_BOUND.format(minutes=number(least_minutes, ".1f"))
        ax.axvline(least_minutes, color=PALETTE[1], linestyle=(0, (6, 2)), linewidth=1.4, label=label)
    if curve.never > 0:
        label = words.FIGURE_STRANDED.format(people=number(curve.never, ".0f"))
        ax.axhspan(1 - curve.never / people, 1.0, facecolor="0.88", edgecolor="0.6", label=label)
    ax.set(xlim=(0, end), ylim=(0, 1.02), xlabel=words.FIGURE_X, ylabel=words.FIGURE_Y)
    tidy(ax, as_drawn(words.FIGURE.format(title=title, people=number(curve.people, ".0f")), PANEL))
    legend_of(ax, "lower right")
    return ax


def write_curve(file: Path, curve: Curve, least_minutes: float, title: str) -> None:
    """Write the figure to a file.

    Raises:
        OSError: When it cannot be written.
    """
    with styled():
        figure = evacuation_curve(curve, least_minutes, title).get_figure(root=True)
        assert figure is not None
        figure.savefig(file, dpi=150)
        plt.close("all")
