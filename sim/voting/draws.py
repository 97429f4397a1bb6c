"""The random numbers of one day's voters: drawn once for all stations, shared by every strategy."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.config.distribution import Law
from sim.config.voters import ArrivalInterval, LateVoters
from sim.config.voting import VotingSettings
from sim.config.weather import WeatherSettings
from sim.counts import counts
from sim.delay import lognormal
from sim.errors import UserError
from sim.streams import Streams
from sim.voting.sampling import (
    chances,
    lengthen,
    merge,
    ordered_arrivals,
    profile,
    times,
    uniforms,
)
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class VoterGroup(IntEnum):
    """Why a voter may vote at a station; the numbers are those of ``VoterDraws.group``."""

    ROLL = 0
    """He is on its roll."""
    MOVED_IN = 1
    """Registered elsewhere."""
    IDENTITY_CARD = 2
    """On no roll, with an identity card only."""


@dataclass(frozen=True, eq=False)
class VoterDraws:
    """Everything random about the voters of one day; station k owns voters ``first[k]`` to ``first[k + 1]``.

    Attributes:
        first: (stations + 1) where each station's voters begin; the last entry is their number.
        arrival: When each sets out for the station, minutes after midnight, in order inside each station.
        service: (stages, voters) service times at normal speed, minutes.
        patience: How long each waits in the entrance line, minutes; infinite: for ever.
        line_limit: He goes away at once when so many or more stand in line before him, unless he is served at once;
            infinite: never.
        priority: Whether he goes first (elderly, disabled, pregnant); his service times are his own already.
        group: ``VoterGroup`` of each.
        deterred_mark: Uniform; he stays away while the share deterred at his station exceeds it.
        return_mark: Uniform; sent or kept away, he comes back if it is below the share that does, each time alike.
        return_delay: From the all-clear to his return, minutes.
        counting_factor: (stations) how much longer than expected counting takes, mean 1.
    """

    first: Ints
    arrival: Floats
    service: Floats
    patience: Floats
    line_limit: Floats
    priority: Flags
    group: NDArray[np.int8]
    deterred_mark: Floats
    return_mark: Floats
    return_delay: Floats
    counting_factor: Floats

    def of(self, stations: NDArray[np.int64]) -> VoterDraws:
        """Return the voters of these stations only, in this order."""
        parts = [np.arange(self.first[k], self.first[k + 1]) for k in stations.tolist()]
        chosen = np.concatenate([np.empty(0, dtype=np.int64), *parts])
        names = [one.name for one in fields(self) if one.name not in ("first", "counting_factor")]
        columns = {name: getattr(self, name)[..., chosen] for name in names}
        first = np.concatenate(([0], np.cumsum(self.due[stations])))
        return VoterDraws(first=first, counting_factor=self.counting_factor[stations], **columns)

    def at_hand(self, stations: NDArray[np.int64]) -> tuple[VoterDraws, NDArray[np.int64]]:
        """Return voters among whom those of these stations are at hand, and the numbers of the stations there."""
        return self, stations

    @property
    def due(self) -> Ints:
        """Number of voters who set out for each station."""
        return np.diff(self.first)


def draw_due(
    registered: Ints, expected_share: Floats | float, spread: float, streams: Streams, how: str = "binomial"
) -> Ints:
    """Draw how many voters on the roll set out for each station today.

    The station's own turnout share is normal around the expected one, cut to 0 … 1; given that share every registered
    voter decides for himself (binomial, never more than are registered), or so many come as of a large crowd (Poisson,
    which is not cut: its variance is its mean whatever the roll).

    Args:
        registered: Registered voters of each station.
        expected_share: Expected turnout share, one or one for each station.
        spread: Standard deviation of the share between stations.
        streams: The day's streams.
        how: ``voting.turnout_count``.
    """
    rng = streams.generator("voters/turnout")
    share = np.clip(expected_share + spread * exact.scores(rng, len(registered)), 0.0, 1.0)
    return counts(how, registered, share, rng)


def expected_shares(
    voting: VotingSettings, weather: WeatherSettings, district_factor: Floats | None, special: Flags
) -> Floats:
    """Return the share of each station's registered voters who are expected.

    The region's share times the district's factor times the weather's, cut to 0 … 1; at special stations their own
    share, in any weather.

    Args:
        voting: The voters; without ``turnout_by_district`` the factors do not count.
        weather: The weather.
        district_factor: (stations) turnout of the station's district over the region's; None: 1 everywhere.
        special: (stations) whether it is special.
    """
    factor = district_factor if district_factor is not None and voting.turnout_by_district else 1.0
    share = np.clip(voting.turnout_share * weather.turnout_factor * factor, 0.0, 1.0)
    return np.where(special, voting.special.turnout_share, share)


def draw_voters(
    registered: Ints,
    voting: VotingSettings,
    weather: WeatherSettings,
    streams: Streams,
    *,
    district_factor: Floats | None = None,
    special: Flags | None = None,
) -> VoterDraws:
    """Draw the voters of one day, for all stations at once, one generator for each purpose.

    Args:
        registered: Registered voters of each station.
        voting: The voters and their stations.
        weather: The weather, which scales turnout.
        streams: The day's streams.
        district_factor: (stations) turnout of the station's district over the region's, with a mean of 1 by registered
            voters; None: 1 everywhere.
        special: (stations) special stations (prisons), with their own turnout and arrivals, nobody but those on the
            roll, and nobody who leaves the line; None: none.

    Raises:
        UserError: For a negative number of registered voters, or arrays that do not fit the stations.
    """
    stations = len(registered)
    apart = np.zeros(stations, dtype=np.bool_) if special is None else np.asarray(special, dtype=np.bool_)
    _check(registered, district_factor, apart)
    shares = expected_shares(voting, weather, district_factor, apart)
    due = draw_due(registered, shares, voting.turnout_spread, streams, voting.turnout_count)
    first, arrival, group = _arrivals(due, registered, voting, weather, apart, streams)
    stages, voters = len(voting.stages), len(arrival)
    drawn = np.empty((stages + 5, voters))  # one block: the memory of large ones comes in large pages
    patience, line_limit, deterred_mark, return_mark, return_delay = drawn[stages:]
    priority = chances(voting.priority.share, voters, streams.bulk("voters/priority"))
    for row, stage in enumerate(voting.stages):
        times(stage.service, drawn[row], streams.bulk(f"voters/service/{row}"))
        lengthen(drawn[row], stage.priority_factor, priority)
    _waiting(voting, patience, line_limit, streams)
    for station in np.flatnonzero(apart).tolist():
        drawn[stages : stages + 2, first[station] : first[station + 1]] = np.inf
    uniforms(streams.bulk("voters/deterred"), deterred_mark)
    uniforms(streams.bulk("voters/return"), return_mark)
    times(voting.absence.return_delay, return_delay, streams.bulk("voters/return_delay"))
    scores = exact.scores(streams.generator("voters/counting"), stations)
    return VoterDraws(
        first=first,
        arrival=arrival,
        service=drawn[:stages],
        patience=patience,
        line_limit=line_limit,
        priority=priority,
        group=group,
        deterred_mark=deterred_mark,
        return_mark=return_mark,
        return_delay=return_delay,
        counting_factor=np.asarray(lognormal(scores, 1.0, voting.counting.cv)),
    )


def _check(registered: Ints, district_factor: Floats | None, special: Flags) -> None:
    """Refuse what cannot be."""
    if np.any(registered < 0):
        worst = int(np.argmin(registered))
        raise UserError(
            _("registered voters must not be negative: station {station} has {registered}").format(
                station=worst, registered=int(registered[worst])
            )
        )
    if district_factor is not None:
        if district_factor.shape != registered.shape:
            raise UserError(
                _("district_factor: {size} values for {stations} stations").format(
                    size=district_factor.size, stations=len(registered)
                )
            )
        if not np.all(np.isfinite(district_factor) & (district_factor >= 0)):
            raise UserError(_("district_factor: every factor must be a number, zero or more"))
    if special.shape != registered.shape:
        raise UserError(
            _("special: {size} values for {stations} stations").format(size=special.size, stations=len(registered))
        )


def _arrivals(
    due: Ints, registered: Ints, voting: VotingSettings, weather: WeatherSettings, special: Flags, streams: Streams
) -> tuple[Ints, Floats, NDArray[np.int8]]:
    """Draw when the voters of all three groups arrive, in order inside each station.

    Args:
        due: Voters on the roll who come.
        registered: Registered voters of each station.
        voting: The voters.
        weather: The weather.
        special: (stations) special stations.
        streams: The day's streams.

    Returns:
        Where each station's voters begin, their arrivals, their groups.
    """
    late = [
        _late("moved_in", voting.moved_in, registered, voting, weather, special, streams),
        _late("identity_card", voting.identity_card, registered, voting, weather, special, streams),
    ]
    first = _begins(due + sum(np.diff(added_first) for added_first, _ in late))
    arrival, group = np.empty(first[-1]), np.zeros(first[-1], dtype=np.int8)
    profiles = [profile(voting.arrivals), profile(voting.special.arrivals)]
    rng = streams.bulk("voters/arrival")
    ordered_arrivals(_begins(due), profiles, special.astype(np.int64), rng, first[:-1], arrival)
    there = due
    for code, (added_first, added) in zip((VoterGroup.MOVED_IN, VoterGroup.IDENTITY_CARD), late, strict=True):
        merge(first, there, added_first, added, int(code), arrival, group)
        there = there + np.diff(added_first)
    return first, arrival, group


def _late(
    name: str,
    late: LateVoters,
    registered: Ints,
    voting: VotingSettings,
    weather: WeatherSettings,
    special: Flags,
    streams: Streams,
) -> tuple[Ints, Floats]:
    """Draw the late voters of one group: where each station's begin, and when they arrive, evenly until closing.

    They come in bad weather less often, as others do, and never to special stations.
    """
    share = late.share_of_roll * weather.turnout_factor
    number = counts(voting.turnout_count, registered, share, streams.generator(f"voters/{name}"))
    first = _begins(np.where(special, 0, number))
    piece = ArrivalInterval.model_construct(from_time=late.from_time, to_time=voting.close, share=1.0)
    which = np.zeros(len(registered), dtype=np.int64)
    return first, ordered_arrivals(first, [profile((piece,))], which, streams.bulk(f"voters/{name}/arrival"))


def _begins(number: Ints) -> Ints:
    """Return where each station's voters begin when they stand one after another, and how many they are."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(number, dtype=np.int64)))


def _waiting(voting: VotingSettings, patience: Floats, line_limit: Floats, streams: Streams) -> None:
    """Fill in how long each voter waits, and how long a line he joins; infinite where the settings are null."""
    laws: tuple[tuple[str, Law | None, Floats], ...] = (
        ("patience", voting.patience, patience),
        ("line_limit", voting.balking, line_limit),
    )
    for name, law, out in laws:
        if law is None:
            out[:] = np.inf
        else:
            times(law, out, streams.bulk(f"voters/{name}"))
