"""Where a guard or a patrol is on its round: known at any time without an event on the clock.

A unit stays at each stop for its dwell time and then stands at the next; walking between two stops counts as being at
the next one.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def stop_at(time: float, start: float, dwell: float, stops: int, phase: float) -> int:
    """Return the number of the stop where a unit stands.

    Args:
        time: Minutes after midnight.
        start: When rounds begin.
        dwell: Minutes at each stop.
        stops: Number of stops, at least 1.
        phase: Where on its round the unit begins, 0 to 1.
    """
    return math.floor((time - start) / dwell + phase * stops) % stops


def stops_at(times: NDArray[np.float64], start: float, dwell: float, stops: int, phase: float) -> NDArray[np.int64]:
    """Return :func:`stop_at` for many times at once."""
    return np.floor((times - start) / dwell + phase * stops).astype(np.int64) % stops
