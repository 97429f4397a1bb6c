"""Ordinary trouble of one day, the same under every strategy: late openings, outages, short ballots, polls put off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.config.distribution import Law
from sim.config.trouble import ScriptedLateOpening, ScriptedPutOff, ScriptedShortBallots
from sim.config.voting import VotingSettings
from sim.streams import Streams
from sim.voting.conditions import Conditions, FlatConditions, undisturbed
from sim.voting.troubled import TroubleAt

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_ROUNDING = 1e-9
"""1.1 times 10 is a hair above 11 in binary; nobody is given a twelfth set for it."""


class Outage(NamedTuple):
    """Servers of one stage that cannot be used for a time.

    Attributes:
        station: The station, from 0.
        stage: The stage, from 0.
        servers: How many cannot be used.
        begin: From, minutes after midnight.
        end: To, minutes after midnight; infinite: for the rest of the day.
    """

    station: int
    stage: int
    servers: int
    begin: float
    end: float


class Stop(NamedTuple):
    """A poll that is put off to another day.

    Attributes:
        station: The station, from 0.
        time: From when on nobody votes there, minutes after midnight.
    """

    station: int
    time: float


@dataclass(frozen=True, eq=False)
class Troubles:
    """The ordinary trouble of one day.

    Attributes:
        opens_at: (stations) when service begins at the earliest, minutes after midnight; -inf: at the hour of opening.
        ballots: (stations) sets of ballots there, whole numbers.
        outages: Servers out of use, in order of station.
        put_off: Polls that are put off, in order of station, each once.
    """

    opens_at: Floats
    ballots: Floats
    outages: tuple[Outage, ...]
    put_off: tuple[Stop, ...] = ()

    @property
    def play_apart(self) -> list[int]:
        """The stations that are not played with all others, as their conditions change in the course of the day."""
        return sorted({one.station for one in self.outages} | {one.station for one in self.put_off})


def draw_troubles(registered: Ints, voting: VotingSettings, streams: Streams) -> Troubles:
    """Draw one day's trouble; it strikes stations independently of each other and of its other kinds.

    Marks and lengths are drawn for every station, struck or not: another share strikes other stations, but those
    struck under both have the same trouble under both.

    Args:
        registered: Registered voters of each station.
        voting: The stations and their ``trouble``.
        streams: The day's streams.
    """
    late, out_of_use, short = voting.trouble.late_opening, voting.trouble.out_of_use, voting.trouble.short_ballots
    n = len(registered)
    is_late, delay = _struck(late.share, n, streams, "late_opening"), _lengths(late.delay, n, streams, "late_opening")
    full = _up(voting.ballots.per_registered * registered)
    is_short = _struck(short.share, n, streams, "short_ballots")
    is_out = _struck(out_of_use.share, n, streams, "out_of_use")
    begin = voting.open + (voting.close - voting.open) * streams.generator("trouble/out_of_use/begin").random(n)
    end = begin + _lengths(out_of_use.duration, n, streams, "out_of_use")
    stage = voting.stage_number("trouble.out_of_use.stage", out_of_use.stage) if is_out.any() else 0
    return Troubles(
        opens_at=np.where(is_late, voting.open + delay, -np.inf),
        ballots=np.where(is_short, _up(full * (1.0 - short.missing_share)), full),
        outages=tuple(
            Outage(station, stage, out_of_use.servers, float(begin[station]), float(end[station]))
            for station in np.flatnonzero(is_out).tolist()
        ),
        put_off=_put_off(n, voting, streams),
    )


def _put_off(n: int, voting: VotingSettings, streams: Streams) -> tuple[Stop, ...]:
    """Draw the polls that are put off: at the hour of opening, or evenly over the polling hours."""
    setting, marks = voting.trouble.put_off, streams.generator("trouble/put_off").random((3, n))
    when = voting.open + (voting.close - voting.open) * marks[2]
    when[marks[0] < setting.later_share] = voting.open
    struck = (marks[0] < setting.later_share) | (marks[1] < setting.stopped_share)
    return tuple(Stop(station, float(when[station])) for station in np.flatnonzero(struck).tolist())


def _up(sets: NDArray[np.floating]) -> Floats:
    """Round up to whole sets."""
    return np.asarray(np.ceil(np.maximum(sets - _ROUNDING, 0.0)), dtype=np.float64)


def _struck(share: float, n: int, streams: Streams, name: str) -> Flags:
    """Return which stations one kind of trouble strikes: those whose uniform mark is below the share."""
    return np.asarray(streams.generator(f"trouble/{name}").random(n) < share)


def _lengths(law: Law, n: int, streams: Streams, name: str) -> Floats:
    """Return how long one kind of trouble would last at each station, minutes."""
    from sim.voting.sampling import times  # loads the compiler, which preparing a day does not need

    out = np.empty(n)
    times(law, out, streams.generator(f"trouble/{name}/length"))
    return out


def calm_conditions(voting: VotingSettings, deterred: Floats, troubles: Troubles | None) -> FlatConditions:
    """Return the conditions of all stations on a day without disturbances, servers out of use left aside.

    Where hours are extended after an interruption, a late opening counts as one.

    Args:
        voting: The settings.
        deterred: Share of each station's voters kept away by its guards.
        troubles: Ordinary trouble; None: none, and ballots for everybody.
    """
    flat = undisturbed(deterred)
    if troubles is None:
        return flat
    late = np.maximum(0.0, troubles.opens_at - voting.open)
    most = voting.extension.most_minutes if voting.extension.after_interruption else 0.0
    return flat._replace(opens_at=troubles.opens_at, ballots=troubles.ballots, extended=np.minimum(late, most))


def with_trouble(conditions: Conditions, station: int, troubles: Troubles) -> Conditions:
    """Return the conditions of a station on a calm day: its servers out of use, its poll put off."""
    outages = [one for one in troubles.outages if one.station == station]
    for time in sorted({t for o in outages for t in (o.begin, o.end) if t < np.inf}):
        acting = [(0,) * o.stage + (o.servers,) for o in outages if o.begin <= time < o.end]
        out = tuple(map(sum, zip_longest(*acting, fillvalue=0)))
        conditions = conditions.changing(time, 1.0, conditions.deterred[-1], out)
    for one in troubles.put_off:
        conditions = conditions.abandoning(one.time) if one.station == station else conditions
    return conditions


def scripted(drawn: Troubles, written: Sequence[TroubleAt], opens: float) -> Troubles:
    """Return a day's trouble with what the scenario writes down: it replaces what was drawn of its kind there.

    Args:
        drawn: What was drawn.
        written: What the scenario writes down.
        opens: The hour of opening, minutes after midnight.
    """
    opens_at, ballots, outages = drawn.opens_at.copy(), drawn.ballots.copy(), list(drawn.outages)
    stopped = {stop.station: stop for stop in drawn.put_off}
    for stations, trouble, stage in written:
        at = list(stations)
        if isinstance(trouble, ScriptedLateOpening):
            opens_at[at] = trouble.opens_at
        elif isinstance(trouble, ScriptedShortBallots):
            ballots[at] = trouble.ballots
        elif isinstance(trouble, ScriptedPutOff):
            time = opens if trouble.stopped_at is None else trouble.stopped_at
            stopped |= {station: Stop(station, time) for station in at}
        else:
            end = trouble.to_time if trouble.to_time is not None else np.inf
            outages += [Outage(station, stage, trouble.servers, trouble.from_time, end) for station in at]
    return Troubles(opens_at, ballots, tuple(sorted(outages)), tuple(sorted(stopped.values())))
