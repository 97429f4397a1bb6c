"""Paths of a crowd from a state of one's own, each with tables of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.disturbance.courses import kernel
from sim.disturbance.courses.path import CrowdPath, CrowdState
from sim.disturbance.courses.rules import CrowdRules
from sim.streams import Drawn, Marks

Jumps = tuple[NDArray[np.float64], NDArray[np.int64], int, int, int]


def play(
    rules: CrowdRules, state: CrowdState, officers: float, formed: float, start: float, until: float, marks: Marks
) -> CrowdPath:
    """Return a crowd's path from a state on."""
    path = CrowdPath.at_start(state, start)
    path.go_on(rules, officers, formed, start, until, marks)
    return path


def marks_of(*seed: int) -> Marks:
    """Return the uniform numbers that ``numpy.random.default_rng`` of this seed gives."""
    return Marks(Drawn(np.array(seed, dtype=np.uint32)))


def jump_path(
    counts: NDArray[np.int64], severity: int, officers: float, formed: float, numbers: NDArray[np.float64],
    shares: NDArray[np.float64], start: float, until: float, marks: NDArray[np.float64], used: int,
) -> Jumps:  # fmt: skip
    """Return times (n), states (n, 12), why it ended, the severity then, and the marks used up; there is room enough."""
    most = min(kernel.MOST_JUMPS, 2 + (len(marks) - used) // 2)
    times, states = np.empty(most), np.empty((most, kernel.N_COUNTS), dtype=np.int64)
    times[0], states[0] = start, counts
    n, why, severity, used, *_ = kernel.jump_path(
        times, states, 1, severity, officers, formed, numbers, shares, until, marks, used
    )
    return times[:n], states[:n], why, severity, used
