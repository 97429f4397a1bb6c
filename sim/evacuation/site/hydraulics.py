"""The hydraulic model's relations (SFPE Handbook, 5th edition, chapter 59, Gwynne and Rosenbaum).

Speed falls with density, v = k (1 - a D); flow a metre of effective width is F = v D. Below a density of about 0.54
people walk freely, at 0.85 k; here the bound is 0.15 / a = 0.564, where the line has just that speed, so that the flow
has no step. Times inside the functions are seconds.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.config.layouts import Passage, StairClass
from sim.evacuation.site.closed import A_M2, K_LEVEL_M_PER_S, MOST_SPECIFIC_FLOW

Floats = NDArray[np.float64]
K_STAIRS_M_PER_S = {
    StairClass.STEEP: 1.00,
    StairClass.USUAL: 1.08,
    StairClass.EASY: 1.16,
    StairClass.EASIEST: 1.23,
}
"""Constant k by riser and tread, m/s."""
FREE_SHARE = 0.85
"""Free speed as a share of k."""
FREE_DENSITY_PER_M2 = (1.0 - FREE_SHARE) / A_M2
"""Density up to which people walk freely."""


def k_of(passage: Passage) -> float:
    """Return the constant k of a way, m/s."""
    return K_LEVEL_M_PER_S if passage.stair_class is None else K_STAIRS_M_PER_S[passage.stair_class]


def speed_m_per_s(density_per_m2: float, k: float = K_LEVEL_M_PER_S) -> float:
    """Return the walking speed at a density, m/s; none at 3.76 persons a square metre and more."""
    return k * min(FREE_SHARE, max(0.0, 1.0 - A_M2 * density_per_m2))


def most_flow(k: float = K_LEVEL_M_PER_S) -> float:
    """Return the largest flow to count on, persons a second and metre: k / 4a, on the level 1.3."""
    return min(k / (4.0 * A_M2), MOST_SPECIFIC_FLOW)


def density_of_flow(flow_per_s_m: float, k: float = K_LEVEL_M_PER_S) -> tuple[float, float]:
    """Return the two densities at which a flow passes: walking and crowded, persons a square metre.

    Raises:
        ValueError: For a flow above k / 4a, which no density carries.
    """
    inside = 1.0 - 4.0 * A_M2 * flow_per_s_m / k
    if inside < -1e-12:
        raise ValueError(f"no density carries {flow_per_s_m:g} persons a second and metre; {k / (4 * A_M2):g} at most")
    root = math.sqrt(max(inside, 0.0))
    return (1.0 - root) / (2.0 * A_M2), (1.0 + root) / (2.0 * A_M2)


def merged_flow(flows_per_s_m: Floats, widths_m: Floats, width_out_m: float) -> float:
    """Return the flow a metre behind a junction or a change of width: what comes in over what there is to leave by.

    Above :func:`most_flow` a queue grows by the rest.
    """
    return float(np.dot(flows_per_s_m, widths_m)) / width_out_m


def capacity_per_s(passage: Passage) -> float:
    """Return the persons a second that a way passes at most."""
    return most_flow(k_of(passage)) * passage.effective_width_m


def spread_s(count: int, length_m: float, width_m: float, k: float = K_LEVEL_M_PER_S) -> Floats:
    """Return how much later than the first of a dense group its n-th person reaches the end of a way, seconds.

    The group enters as densely as the way can take it and fans out. This is the exact solution of the kinematic wave
    (Lighthill, Whitham and Richards) for the model's flow and density: with W the effective width, in time t the wave
    of speed u = L / t has let pass t W R(u) persons, where R(u) = max over D of F(D) - u D; solved here for t.

    Args:
        count: People, the first included.
        length_m: Length of the way; 0 leaves only its capacity.
        width_m: Effective width.
        k: Its constant.

    Returns:
        Shape (count); the first is 0.
    """
    persons = np.arange(count) / width_m
    flow, free = most_flow(k), FREE_SHARE * k
    dense = density_of_flow(flow, k)[0]
    walking = free - 0.15 * k  # speed of the wave where walking freely ends: k (1 - 2 a D)
    time = (persons / FREE_DENSITY_PER_M2 + length_m) / free
    bent = persons > (free / walking - 1.0) * length_m * FREE_DENSITY_PER_M2
    half = k * length_m + 2.0 * A_M2 * k * persons
    parabola = (half + np.sqrt(np.maximum(half * half - (k * length_m) ** 2, 0.0))) / (k * k)
    time = np.where(bent, parabola, time)
    slowest = k * (1.0 - 2.0 * A_M2 * dense)
    full = (persons + length_m * dense) / flow
    time = np.where(full * slowest > length_m + 1e-12, full, time)
    return np.asarray(time - length_m / free, dtype=np.float64)
