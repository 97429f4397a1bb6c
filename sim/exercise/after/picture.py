"""A picture of ranges: for each measure the plan and the lines, one above another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.exercise.after.blocks import Picture
from sim.exercise.after.ranges import Ranges, Scope, measure_name
from sim.exercise.futures.measure import Measure
from sim.exercise.futures.ranges import Range
from sim.words import after as words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDE_INCHES, _ROW_INCHES, _COURSE_INCHES, _REST_INCHES = 7.2, 0.36, 0.12, 0.5
_DPI = 160
_MARKERS = ("o", "s", "D", "^", "v")


def ranges_picture(courses: Sequence[tuple[str, Ranges]], measures: Sequence[Measure], scope: Scope) -> Picture | None:
    """Return a picture of some courses' ranges; None where no measure has any.

    A bar goes from what a tenth of the futures stay below to what a tenth exceed; the mark on it is the median. Each
    measure has a scale of its own, from 0.

    Args:
        courses: The plan and the lines: each one's title and ranges.
        measures: Which measures are drawn.
        scope: What they are about.
    """
    shown = [one for one in measures if any(_numbers(r[one]) for _, r in courses)]
    if not shown:
        return None
    from io import BytesIO

    from matplotlib.figure import Figure

    from sim.report.style import styled

    row = _ROW_INCHES + _COURSE_INCHES * len(courses)
    with styled():
        figure = Figure(figsize=(_WIDE_INCHES, row * len(shown) + _REST_INCHES), layout="constrained")
        axes = figure.subplots(len(shown), 1, squeeze=False)[:, 0]
        for ax, measure in zip(axes, shown, strict=True):
            _measure(ax, measure, courses, scope)
        _legend(figure, [title for title, _ in courses])
        content = BytesIO()
        figure.savefig(content, format="png", dpi=_DPI, metadata={"Software": None})
    titles = "; ".join(title for title, _ in courses)
    return Picture(content.getvalue(), words.PICTURE.format(courses=titles))


def _numbers(found: Range) -> tuple[float, float, float] | None:
    """Return the three numbers of a range; None where it happened on no future."""
    if found.low is None or found.middle is None or found.high is None:
        return None
    return found.low, found.middle, found.high


def _measure(ax: Axes, measure: Measure, courses: Sequence[tuple[str, Ranges]], scope: Scope) -> None:
    """Draw one measure: a bar and a mark for each course, the first on top."""
    from matplotlib.ticker import MaxNLocator

    from sim.report.style import PALETTE, numbers_axis

    for number, (_title, ranges) in enumerate(courses):
        numbers = _numbers(ranges[measure])
        if numbers is not None:
            low, middle, high = numbers
            colour, height = PALETTE[number % len(PALETTE)], len(courses) - number
            ax.plot([low, high], [height, height], color=colour, linewidth=4, alpha=0.45, solid_capstyle="butt")
            ax.plot([middle], [height], color=colour, marker=_MARKERS[number % len(_MARKERS)], markersize=6)
    ax.set_ylim(0.4, len(courses) + 0.6)
    ax.set_xlim(left=0)
    if ax.get_xlim()[1] < 1:
        ax.set_xlim(right=1)
    ax.set_yticks([])
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="x", labelsize=8, length=2, pad=1)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    numbers_axis(ax.xaxis, ",.0f")
    ax.set_title(measure_name(measure, scope).text, loc="left", fontsize=8.5, pad=1)


def _legend(figure: Any, titles: Sequence[str]) -> None:
    """Name the courses below all plots."""
    from matplotlib.lines import Line2D

    from sim.report.style import LEGEND, PALETTE, as_drawn

    handles = [
        Line2D([], [], color=PALETTE[i % len(PALETTE)], marker=_MARKERS[i % len(_MARKERS)], linewidth=3, alpha=0.8)
        for i in range(len(titles))
    ]
    labels = [as_drawn(title, LEGEND) for title in titles]
    figure.legend(handles, labels, loc="outside lower left", ncols=len(titles), frameon=False, fontsize=9)
