"""Disturbances that start by themselves: candidates drawn beforehand, thinned by what the station is like.

The hazard of a station is rate x vulnerability weight x (1 while voting, ``counting_factor`` after) x crowding factor x
exp(-deterrence x officers). Candidates come from a Poisson process that dominates it and carry a uniform mark, so that
no strategy changes them. A candidate happens when its mark is under the ratio of the hazard to the dominating rate
(thinning: Lewis and Shedler, Naval Research Logistics Quarterly 26, 1979).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from sim.config.disturbance import Background, DisturbanceSettings
from sim.config.voting import VotingSettings
from sim.streams import Streams


@dataclass(frozen=True, eq=False)
class Candidates:
    """The candidates of one day in order of time.

    Attributes:
        time: Minutes after midnight.
        station: Index of the station.
        mark: Uniform in [0, 1); the candidate happens when it is under :func:`acceptance`.
        kind: Name of the kind it would be.
    """

    time: NDArray[np.float64]
    station: NDArray[np.int64]
    mark: NDArray[np.float64]
    kind: tuple[str, ...]


def dominating_factor(background: Background) -> float:
    """Return the largest value that the hazard's factors other than vulnerability can reach together."""
    return max(1.0, background.counting_factor) * max(1.0, background.crowding_most)


def dominating_rate(vulnerability: NDArray[np.int8], background: Background) -> NDArray[np.float64]:
    """Return the candidates an hour of each station.

    Args:
        vulnerability: Class of each station, 0 to 2.
        background: The hazard's numbers.
    """
    weight = np.asarray(background.vulnerability_weight.as_tuple)[vulnerability]
    return background.rate_per_station_hour * weight * dominating_factor(background)


def draw_candidates(
    vulnerability: NDArray[np.int8], voting: VotingSettings, settings: DisturbanceSettings, streams: Streams
) -> Candidates:
    """Draw the candidates of one day for all stations at once, from opening to the end of the day.

    There are none where the rate is zero or every kind's ``background_weight`` is.

    Args:
        vulnerability: Class of each station, 0 to 2.
        voting: For the hours.
        settings: For the hazard and the kinds' weights.
        streams: The day's random streams.
    """
    names = list(settings.kinds)
    kind_weight = np.array([settings.kinds[name].background_weight for name in names], dtype=np.float64)
    rate = dominating_rate(vulnerability, settings.background)
    expected = float(rate.sum()) * (voting.day_end - voting.open) / 60.0
    rng = streams.generator("onset")
    count = int(rng.poisson(expected)) if kind_weight.any() else 0
    time = np.sort(rng.uniform(voting.open, voting.day_end, count))
    station = _weighted(rate, rng.random(count))
    mark = rng.random(count)
    kind = _weighted(kind_weight, rng.random(count))
    return Candidates(time, station, mark, tuple(names[k] for k in kind.tolist()))


def acceptance(background: Background, *, counting: bool, crowd: int, officers: float) -> float:
    """Return the chance that a candidate becomes a disturbance: the hazard over the dominating rate, 0 to 1.

    Args:
        background: The hazard's numbers.
        counting: Whether voting has closed.
        crowd: People at the station; where there is nobody, nothing starts.
        officers: Strength standing there.
    """
    if crowd == 0:
        return 0.0
    crowding = min(background.crowding_most, 1.0 + background.crowding_per_100 * crowd / 100.0)
    phase = background.counting_factor if counting else 1.0
    return phase * crowding * exp(-background.deterrence_per_officer * officers) / dominating_factor(background)


def _weighted(weight: NDArray[np.float64], mark: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the index that each uniform mark falls on when every index has a share in proportion to its weight."""
    edges = np.cumsum(weight)
    index = np.searchsorted(edges, mark * edges[-1], side="right") if len(mark) else np.zeros(0)
    return index.astype(np.int64)
