"""Disturbances that start by themselves: candidates drawn beforehand, thinned by what the station is like.

The hazard of a station is rate x vulnerability weight x (1 while voting, ``counting_factor`` after) x crowding factor x
exp(-deterrence x officers). Candidates come from a Poisson process that dominates it and carry a uniform mark, so that
no strategy changes them (thinning, Lewis and Shedler 1979).
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
    """Candidates in order of time: when, at which station, the mark that thins them, and of which kind."""

    time: NDArray[np.float64]
    station: NDArray[np.int64]
    mark: NDArray[np.float64]
    kind: tuple[str, ...]


def dominating_factor(background: Background) -> float:
    """Return the largest value that the hazard's factors other than vulnerability can reach together."""
    return max(1.0, background.counting_factor) * max(1.0, background.crowding_most)


def draw_candidates(
    vulnerability: NDArray[np.int8], voting: VotingSettings, settings: DisturbanceSettings, streams: Streams
) -> Candidates:
    """Draw the candidates of one day, from opening to the end of the day.

    Args:
        vulnerability: Class of each station, 0 to 2.
        voting: For the hours.
        settings: For the hazard and the kinds' weights.
        streams: The day's random streams.
    """
    background = settings.background
    hours = (voting.day_end - voting.open) / 60.0
    weight = np.asarray(background.vulnerability_weight.as_tuple)[vulnerability]
    expected = background.rate_per_station_hour * weight * dominating_factor(background) * hours
    rng = streams.generator("onset")
    count = int(rng.poisson(expected.sum())) if expected.sum() > 0 else 0
    time = np.sort(rng.uniform(voting.open, voting.day_end, count))
    station = np.searchsorted(np.cumsum(expected) / max(expected.sum(), 1e-300), rng.random(count))
    mark = rng.random(count)
    names = list(settings.kinds)
    weights = np.array([settings.kinds[name].background_weight for name in names])
    if weights.sum() == 0:
        none = np.zeros(0)
        return Candidates(none, none.astype(np.int64), none, ())
    kind = np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(count))
    return Candidates(time, np.minimum(station, len(weight) - 1), mark, tuple(names[k] for k in kind.tolist()))


def acceptance(background: Background, *, counting: bool, crowd: int, officers: float) -> float:
    """Return the chance that a candidate becomes a disturbance, 0 to 1.

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
