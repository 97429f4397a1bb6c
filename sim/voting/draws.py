"""The random numbers of one day's voters: drawn once for all stations, shared by every strategy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.distribution import Delay
from sim.config.voting import VotingSettings
from sim.config.weather import WeatherSettings
from sim.errors import UserError
from sim.streams import Streams, lognormal
from sim.voting.sampling import arrivals, lognormal_times, service_times

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class VoterDraws:
    """Everything random about the voters of one day; station k owns voters ``first[k]`` to ``first[k + 1]``.

    Attributes:
        first: (stations + 1) where each station's voters begin; the last entry is their number.
        arrival: When each sets out for the station, minutes after midnight, in order inside each station.
        service: (stages, voters) service times at normal speed, minutes.
        patience: How long each waits in the entrance line, minutes; infinite: for ever.
        deterred_mark: Uniform; he stays away while the share deterred at his station exceeds it.
        return_mark: Uniform; sent or kept away, he comes back if it is below the share that does, each time alike.
        return_delay: From the all-clear to his return, minutes.
        counting_factor: (stations) how much longer than expected counting takes, mean 1.
    """

    first: NDArray[np.int64]
    arrival: Floats
    service: Floats
    patience: Floats
    deterred_mark: Floats
    return_mark: Floats
    return_delay: Floats
    counting_factor: Floats

    @property
    def due(self) -> NDArray[np.int64]:
        """Number of voters who set out for each station."""
        return np.diff(self.first)


def draw_due(
    registered: NDArray[np.int64], expected_share: Floats | float, spread: float, streams: Streams
) -> NDArray[np.int64]:
    """Draw how many voters set out for each station today; never more than are registered.

    The station's own turnout share is normal around the expected one, cut to 0 … 1; given that share every registered
    voter decides for himself.

    Args:
        registered: Registered voters of each station.
        expected_share: Expected turnout share, one or one for each station.
        spread: Standard deviation of the share between stations.
        streams: The day's streams.
    """
    rng = streams.generator("voters/turnout")
    share = np.clip(expected_share + spread * rng.standard_normal(len(registered)), 0.0, 1.0)
    return np.asarray(rng.binomial(registered, share), dtype=np.int64)


def draw_voters(
    registered: NDArray[np.int64],
    voting: VotingSettings,
    weather: WeatherSettings,
    streams: Streams,
    expected_share: Floats | None = None,
) -> VoterDraws:
    """Draw the voters of one day, for all stations at once, one generator for each purpose.

    Args:
        registered: Registered voters of each station.
        voting: The voters and their stations.
        weather: The weather, which scales turnout.
        streams: The day's streams.
        expected_share: Expected turnout share of each station in dry weather; None: the setting ``turnout_share``.

    Raises:
        UserError: For a negative number of registered voters or an expected share outside 0 … 1.
    """
    if np.any(registered < 0):
        worst = int(np.argmin(registered))
        raise UserError(f"registered voters must not be negative: station {worst} has {int(registered[worst])}")
    expected = np.asarray(voting.turnout_share if expected_share is None else expected_share, dtype=np.float64)
    if not np.all((expected >= 0) & (expected <= 1)):
        raise UserError("expected_share: every turnout share must lie between 0 and 1")
    due = draw_due(registered, expected * weather.turnout_factor, voting.turnout_spread, streams)
    first = np.concatenate(([0], np.cumsum(due)))
    voters = int(first[-1])
    service = np.empty((len(voting.stages), voters))
    for row, stage in enumerate(voting.stages):
        service_times(stage.service, service[row], streams.generator(f"voters/service/{row}"))
    scores = streams.generator("voters/counting").standard_normal(len(registered))
    return VoterDraws(
        first=first,
        arrival=arrivals(first, voting.arrivals, streams.generator("voters/arrival")),
        service=service,
        patience=_patience(voting.patience, voters, streams),
        deterred_mark=streams.generator("voters/deterred").random(voters),
        return_mark=streams.generator("voters/return").random(voters),
        return_delay=lognormal_times(voting.absence.return_delay, voters, streams.generator("voters/return_delay")),
        counting_factor=np.asarray(lognormal(scores, 1.0, voting.counting.cv)),
    )


def _patience(patience: Delay | None, voters: int, streams: Streams) -> Floats:
    """Return the patience of each voter in the entrance line; for ever where the setting says so."""
    if patience is None:
        return np.full(voters, np.inf)
    return lognormal_times(patience, voters, streams.generator("voters/patience"))
