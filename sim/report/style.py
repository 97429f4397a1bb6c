"""How figures look: a palette that colour-blind readers can tell apart, clock axes, and texts that are only text."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MultipleLocator, ScalarFormatter
from matplotlib.transforms import ScaledTranslation

from sim.config.fields import clock_in_words
from sim.text import cells, shown, wrapped
from sim.words.language import Language, number, speaking, swapped

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999933")
"""Okabe and Ito (2008), Color Universal Design; yellow left out, it does not show on white."""
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (1.5, 1.5)), "-.", (0, (4, 1.5, 1, 1.5, 1, 1.5)))
"""Lines differ in their dashes too: two that run together are both seen."""
_DAY = 1440.0
_LABELS_INCHES = 0.5
"""Height of the numbers and the label of a horizontal axis."""
Corner = Literal["lower right", "upper right", "upper left"]
_STYLE: Any = {"font.size": 10, "savefig.facecolor": "white", "text.usetex": False}
_LACKING = r"Glyph \d+ .* missing from|Matplotlib currently does not support .* natively"
"""What matplotlib warns of when a font lacks a character; a box is drawn for it, and nothing else can be done."""


class Space(NamedTuple):
    """The room that a text has in a figure.

    Attributes:
        inches: Width of a line.
        points: Size of the letters.
        lines: How many lines there are.
    """

    inches: float
    points: float
    lines: int = 1


PANEL = Space(5.2, 11)
"""For a title above one of two panels."""
LEGEND = Space(2.4, 9, 2)
"""For a title in a legend."""
TICK = Space(2.0, 9, 2)
"""For a title beside an axis."""


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the style of the report, whatever the user's own matplotlib settings are."""
    with mpl.rc_context(rc=_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", _LACKING, UserWarning)
        yield


def as_drawn(text: str, space: Space) -> str:
    """Return somebody's text as a figure draws it, on any axes: no mathematics, nothing hidden, no longer than fits.

    Args:
        text: A title, a name, a command.
        space: The room for it; an ellipsis stands for the rest.
    """
    said = shown(text)
    fitting = wrapped(said, int(space.inches / _inches_a_column(said, space.points)), space.lines)
    if mpl.rcParams["text.parse_math"]:
        fitting = fitting.replace("$", r"\$")
    return f" {fitting}" if fitting.startswith("_") else fitting  # such a label would not stand in a legend


def _inches_a_column(text: str, points: float) -> float:
    """Return the width of a column of a text as drawn, on average: a line holds half as many ``w`` as ``t``."""
    with styled():
        width, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=points), ismath=False)
    return max(float(width), 1.0) / 72 / max(cells(text), 1)


def looks(strategies: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the colour and the dashes of each strategy's line."""
    return {
        name: {"color": PALETTE[i % len(PALETTE)], "linestyle": DASHES[i % len(DASHES)]}
        for i, name in enumerate(strategies)
    }


def clock_axis(ax: Axes, step_minutes: float = 60.0) -> None:
    """Let the horizontal axis show minutes after midnight as HH:MM; +1 marks the day after."""
    ax.xaxis.set_major_locator(MultipleLocator(step_minutes))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda minutes, _: clock_label(minutes)))


def clock_label(minutes: float) -> str:
    """Write minutes after midnight as HH:MM, with +1 under it on the day after."""
    return clock_in_words(minutes) if minutes < _DAY else f"{clock_in_words(minutes - _DAY)}\n+1"


def numbers_axis(axis: Axis, spec: str = "") -> None:
    """Let an axis show its numbers as the language writes them.

    Args:
        axis: One axis of a plot.
        spec: Their format, as Python's; empty: as matplotlib would write them.
    """
    if spec:
        axis.set_major_formatter(FuncFormatter(lambda value, _: number(value, spec)))
    elif speaking() is not Language.ENGLISH:
        axis.set_major_formatter(_Numbers())


class _Numbers(ScalarFormatter):
    """Numbers as matplotlib writes them, with the separators of the language."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return swapped(super().__call__(x, pos))


def tidy(ax: Axes, title: str, grid: Literal["x", "y"] = "y") -> None:
    """Give a plot its title and take away what is not needed; ``grid``: the axis whose values lines help to read."""
    ax.set_title(title, loc="left", fontsize=11)
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis=grid, color="0.9", linewidth=0.8)
    ax.set_axisbelow(True)
    for axis in (ax.xaxis, ax.yaxis):
        if isinstance(axis.get_major_formatter(), ScalarFormatter):
            numbers_axis(axis)


def legend_of(ax: Axes, where: Corner, *, columns: int = 1, reverse: bool = False, empty: str = "") -> None:
    """Add a legend; where there is nothing to name, say ``empty`` in the middle of the plot instead."""
    if ax.get_legend_handles_labels()[0]:
        ax.legend(frameon=False, fontsize=9, ncols=columns, loc=where, reverse=reverse, handlelength=3)
    elif empty:
        ax.annotate(empty, (0.5, 0.5), xycoords="axes fraction", ha="center", color="0.4")


def legend_below(ax: Axes, columns: int = 2, handles: Sequence[Artist] | None = None) -> None:
    """Add a legend under the plot, below the label of its horizontal axis, however high the plot is.

    Args:
        ax: The plot.
        columns: Of the legend.
        handles: What it names; all that the plot shows by default.
    """
    down = ScaledTranslation(0, -_LABELS_INCHES, ax.figure.dpi_scale_trans)
    ax.legend(handles=handles, frameon=False, fontsize=9, ncols=columns, loc="upper left", borderaxespad=0,
              bbox_to_anchor=(0, 0), bbox_transform=ax.transAxes + down)  # fmt: skip
