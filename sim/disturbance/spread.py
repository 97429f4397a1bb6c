"""Followers: one disturbance raises the hazard around it for a time (Hawkes process, in its cluster form).

The cluster form is that of Hawkes and Oakes (Journal of Applied Probability 11, 1974): a disturbance has Poisson many
followers with the given mean; each starts an exponential time later at another station, drawn with weight
vulnerability x exp(-road distance / reach), and is thinned by exp(-deterrence x officers there). The weights are
normalised over all other stations, so the mean is the expected number wherever the disturbance is: a remote station
sends its followers farther, not fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Followers:
    """Followers that were drawn, before thinning; arrays of one length.

    Attributes:
        delay: Minutes after the disturbance.
        place: Index of the station.
        mark: Uniform in [0, 1); the follower happens when it is under :func:`thinning`.
    """

    delay: NDArray[np.float64]
    place: NDArray[np.int64]
    mark: NDArray[np.float64]


def place_weights(
    km: NDArray[np.float64], vulnerability_weight: NDArray[np.float64], reach_km: float, origin: int
) -> NDArray[np.float64]:
    """Return the chance of each station to be a follower's place; 0 for the origin itself.

    Args:
        km: Road distance of each station from the origin; infinite where no road leads.
        vulnerability_weight: Weight of each station's class.
        reach_km: Distance over which the weight falls to 37 %.
        origin: Index of the origin's station.

    Returns:
        Chances that add up to 1, or all 0 when no other station has any.
    """
    weights = vulnerability_weight * np.exp(-km / reach_km)
    weights[origin] = 0.0
    total = weights.sum()
    return weights / total if total > 0 else np.zeros_like(weights)


def draw_followers(
    mean: float, delay_minutes: float, chances: NDArray[np.float64], rng: np.random.Generator
) -> Followers:
    """Draw the followers of one disturbance; none where no other place has a chance.

    Args:
        mean: Expected number.
        delay_minutes: Mean delay.
        chances: Chance of each station to be a follower's place.
        rng: The disturbance's own stream.
    """
    edges = np.cumsum(chances)
    count = int(rng.poisson(mean)) if edges[-1] > 0 else 0
    place = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    return Followers(rng.exponential(delay_minutes, count), place.astype(np.int64), rng.random(count))


def thinning(deterrence: float, officers: float) -> float:
    """Return the chance that a follower happens where this many officers stand."""
    return exp(-deterrence * officers)
