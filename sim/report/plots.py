"""The plots for a notebook, all of one shape: ``plot(run, ax=None)`` draws, and returns the axes."""

from __future__ import annotations

from matplotlib.axes import Axes

from sim.experiment.store import Run
from sim.report import map as maps
from sim.report.figures import (
    coverage_through_day,
    difference,
    played_strategy,
    response_ecdf,
    units_over_time,
    votes_lost_by_cause,
)

__all__ = [
    "coverage_through_day",
    "difference",
    "response_ecdf",
    "response_map",
    "units_over_time",
    "votes_lost_by_cause",
]


def response_map(run: Run, ax: Axes | None = None, *, strategy: str | None = None) -> Axes:
    """Draw the districts coloured by their median response, minutes, under one strategy (the first by default).

    Raises:
        UserError: For a strategy that was not played, with the nearest.
    """
    return maps.response_map(run, strategy=played_strategy(run, strategy), ax=ax)
