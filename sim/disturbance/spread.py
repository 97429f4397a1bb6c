"""Followers: one disturbance raises the hazard around it for a time (Hawkes process, in its cluster form).

A disturbance has Poisson many followers with the given mean; each starts an exponential time later at another station,
drawn with weight vulnerability x exp(-road distance / reach), and is thinned by exp(-deterrence x officers there). The
weights are normalised over all other stations, so the mean is the expected number wherever the disturbance is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Followers:
    """Followers that were drawn: delay in minutes, place (index of the weights), mark that thins them."""

    delay: NDArray[np.float64]
    place: NDArray[np.int64]
    mark: NDArray[np.float64]


def place_weights(
    km: NDArray[np.float64], vulnerability_weight: NDArray[np.float64], reach_km: float, origin: int
) -> NDArray[np.float64]:
    """Return the chance of each station to be a follower's place; 0 for the origin itself.

    Args:
        km: Road distance of each station from the origin.
        vulnerability_weight: Weight of each station's class.
        reach_km: Distance over which the weight falls to 37 %.
        origin: Index of the origin's station.
    """
    weights = vulnerability_weight * np.exp(-km / reach_km)
    weights[origin] = 0.0
    total = weights.sum()
    return weights / total if total > 0 else weights


def draw_followers(
    mean: float, delay_minutes: float, chances: NDArray[np.float64], rng: np.random.Generator
) -> Followers:
    """Draw the followers of one disturbance; none where no other place has a chance."""
    count = int(rng.poisson(mean)) if chances.sum() > 0 else 0
    place = np.searchsorted(np.cumsum(chances), rng.random(count) * chances.sum(), side="right")
    return Followers(rng.exponential(delay_minutes, count), np.minimum(place, len(chances) - 1), rng.random(count))


def thinning(deterrence: float, officers: float) -> float:
    """Return the chance that a follower happens where this many officers stand."""
    return exp(-deterrence * officers)
