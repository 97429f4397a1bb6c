"""A replication's voters: everything random about them, drawn once and shared by all strategies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.config.distribution import Duration, MeanAndSpread, Triangular
from sim.config.voting import ArrivalInterval, VotingSettings
from sim.config.weather import WeatherSettings
from sim.streams import Streams, lognormal

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class VoterDraws:
    """One day's voters, station after station.

    Attributes:
        first: Voters of station i are those from ``first[i]`` up to ``first[i + 1]``; stations + 1 entries.
        arrival: When each comes, minutes after midnight, sorted inside each station.
        service: Service time at each stage, minutes; one row a stage.
        patience: Longest wait in the entrance line, minutes; infinite where nobody leaves.
        deterred_mark: Stays away when this is below the deterred share; uniform on [0, 1).
        return_mark: Comes (back) later when this is below the share that returns; uniform on [0, 1).
        return_delay: From the all-clear to the return, minutes.
        counting_factor: Each station's counting time against the mean.
    """

    first: NDArray[np.int64]
    arrival: Floats
    service: Floats
    patience: Floats
    deterred_mark: Floats
    return_mark: Floats
    return_delay: Floats
    counting_factor: Floats


def draw_voters(
    registered: NDArray[np.int64], voting: VotingSettings, weather: WeatherSettings, streams: Streams
) -> VoterDraws:
    """Draw the voters of one day.

    The share of a station's registered voters who set out is normal between stations (mean ``turnout_share`` times the
    weather's factor, standard deviation ``turnout_spread``, cut to 0..1); their number is binomial. Arrivals are
    independent with the profile's density.

    Args:
        registered: Registered voters of each station.
        voting: The settings of voters and stations.
        weather: The weather.
        streams: The day's random streams.
    """
    rng = streams.generator("voters/turnout")
    mean = voting.turnout_share * weather.turnout_factor
    share = np.clip(mean + voting.turnout_spread * rng.standard_normal(len(registered)), 0.0, 1.0)
    due = rng.binomial(registered, share)
    first = np.concatenate([[0], np.cumsum(due)]).astype(np.int64)
    n = int(first[-1])
    arrival = draw_arrivals(n, voting.arrivals, streams.generator("voters/arrival"))
    sort_each(arrival, first)
    service = np.empty((len(voting.stages), n))
    for i, stage in enumerate(voting.stages):
        service[i] = draw_durations(n, stage.service, streams.generator(f"voters/service/{i}"))
    absence, patience = voting.absence, voting.patience
    marks = streams.generator("voters/marks").random((2, n))
    return VoterDraws(
        first=first,
        arrival=arrival,
        service=service,
        patience=np.full(n, np.inf)
        if patience is None
        else _delays(n, patience.mean_minutes, patience.cv, streams.generator("voters/patience")),
        deterred_mark=marks[0],
        return_mark=marks[1],
        return_delay=_delays(
            n, absence.return_delay.mean_minutes, absence.return_delay.cv, streams.generator("voters/return")
        ),
        counting_factor=_delays(len(registered), 1.0, voting.counting.cv, streams.generator("stations/counting")),
    )


def _delays(n: int, mean: float, cv: float, rng: np.random.Generator) -> Floats:
    drawn = lognormal(rng.standard_normal(n), mean, cv)
    return np.asarray(drawn, dtype=np.float64)


def draw_arrivals(n: int, profile: tuple[ArrivalInterval, ...], rng: np.random.Generator) -> Floats:
    """Draw n arrival times, unsorted, from a piecewise-constant profile (by its inverse distribution function)."""
    pieces = sorted(profile, key=lambda piece: piece.from_time)
    share = np.array([piece.share for piece in pieces])
    upto = np.concatenate([[0.0], np.cumsum(share) / share.sum()])
    length = np.array([piece.to_time - piece.from_time for piece in pieces])
    u = rng.random(n)
    k = np.minimum(np.searchsorted(upto, u, side="right") - 1, len(pieces) - 1)
    slope = np.where(share > 0, length / np.where(share > 0, np.diff(upto), 1.0), 0.0)
    start = np.array([piece.from_time for piece in pieces])
    return start[k] + (u - upto[k]) * slope[k]


def draw_durations(n: int, service: Duration, rng: np.random.Generator) -> Floats:
    """Draw n service times, minutes."""
    if isinstance(service, Triangular):
        seconds = rng.triangular(service.low_seconds, service.mode_seconds, service.high_seconds, n)
    elif isinstance(service, MeanAndSpread) and service.distribution == "gamma":
        shape = 1.0 / service.cv**2
        seconds = rng.gamma(shape, service.mean_seconds / shape, n)
    elif isinstance(service, MeanAndSpread):
        seconds = _delays(n, service.mean_seconds, service.cv, rng)
    elif service.distribution == "exponential":
        seconds = rng.exponential(service.mean_seconds, n)
    else:
        seconds = np.full(n, service.mean_seconds)
    return seconds / 60.0


@njit(cache=True)  # type: ignore[misc]
def sort_each(values: Floats, first: NDArray[np.int64]) -> None:
    """Sort, in place, the values of each station."""
    for i in range(len(first) - 1):
        values[first[i] : first[i + 1]].sort()
