"""Samples of the best possible beside each day: late responses, and the fewest that any dispatch could have had.

Only the first days have it (``run.bound_days``); the others have no row and count in nothing.
"""

from __future__ import annotations

import numpy as np

from sim.measures.tables import Rows, Tables


def late(t: Tables) -> Rows:
    """Late responses per day, over the days that have a bound."""
    return _per_bound_day(t, "late")


def best_late(t: Tables) -> Rows:
    """The fewest late responses that any dispatch could have had, per day."""
    return _per_bound_day(t, "best_late")


def late_to_best(t: Tables) -> Rows:
    """Late responses over the fewest that were possible: a ratio of sums, so days on which nothing need be late add."""
    bounds = t.get("bounds")
    return t.ratio(bounds, bounds["late"].to_numpy(float), bounds["best_late"].to_numpy(float))


def proved(t: Tables) -> Rows:
    """Share of the days with a bound on which a dispatch with so few late responses is known."""
    return _per_bound_day(t, "proved")


def _per_bound_day(t: Tables, column: str) -> Rows:
    bounds = t.get("bounds")
    return t.ratio(bounds, bounds[column].to_numpy(float), np.ones(len(bounds)))
