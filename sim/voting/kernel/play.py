"""Stations in, results out: the one compiled function that the engine calls."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.voting.kernel import fates
from sim.voting.kernel.memory import Codes, Flags, Floats, Ints, Limits, Memory, Pieces, Voters, memory_for, of_size
from sim.voting.kernel.pace import is_even
from sim.voting.kernel.rounds import play_day


@compiled
def _tally(v: Voters, s: Memory, counts: Ints, sums: Floats) -> None:
    """Add up one station: counts as in ``fates``; waiting of those who voted, and of the priority voters among them.

    Waiting counts before every stage of the visit in which he voted. The last sum is when the last of them left.
    """
    fate, done, wait, first = s.fate, s.done, s.wait, v.priority
    waited, first_waited, last, voted, first_voted, long_waits = 0.0, 0.0, -np.inf, 0, 0, 0
    counts[:] = 0
    for i in range(len(first)):
        if fate[i] != fates.VOTED:
            counts[fate[i]] += 1
            continue
        voted += 1
        waited += wait[i]
        long_waits += wait[i] > fates.LONG_WAIT
        if first[i]:
            first_voted += 1
            first_waited += wait[i]
        last = done[i] if done[i] > last else last
    counts[fates.VOTED], counts[fates.LONG_WAITS], counts[fates.PRIORITY_VOTED] = voted, long_waits, first_voted
    sums[0], sums[1], sums[2] = waited, first_waited, last if voted else np.nan


@compiled
def _record(until: float, s: Memory, codes: Codes, start: Floats, finish: Floats, joined: Floats, left: Floats) -> None:
    """Write out every voter's fate and the times of his last visit; NaN for what did not happen by ``until``."""
    start[:], finish[:], joined[:], left[:] = np.nan, np.nan, np.nan, np.nan
    for i in range(len(codes)):
        fate = s.fate[i]
        codes[i] = fate
        gone = fate in (fates.VOTED, fates.LOST_IMPATIENT, fates.LOST_BALKED, fates.LOST_UNSUPPLIED)
        if gone:
            left[i] = s.done[i]
        if gone or fate in (fates.IN_LINE, fates.IN_ROOM):
            joined[i] = s.join[i]
        if fate in (fates.VOTED, fates.IN_ROOM):
            for stage in range(len(start)):
                if s.start[stage, i] <= until and s.start[stage, i] < np.inf:
                    start[stage, i] = s.start[stage, i]
                if s.finish[stage, i] <= until and s.finish[stage, i] < np.inf:
                    finish[stage, i] = s.finish[stage, i]


@compiled
def play_stations(
    stations: Ints, first: Ints, arrival: Floats, service: Floats, patience: Floats, line_limit: Floats,
    first_served: Flags, deterred_mark: Floats, return_mark: Floats, return_delay: Floats, servers: Ints,
    priority: Flags, opening: float, closing: float, until: float, shares: tuple[float, float, float],
    piece_first: Ints, time: Floats, speed: Floats, deterred: Floats, out: Ints, evacuation_first: Ints,
    evacuated: Floats, resumed: Floats, abandoned_at: Floats, opens_at: Floats, extended: Floats, ballots: Floats,
    door_open: Flags, counts: Ints, sums: Floats, fate: Codes, start: Floats, finish: Floats, joined: Floats,
    left: Floats,
) -> None:  # fmt: skip
    """Play several stations, each from its own draws and conditions, until one moment of the day.

    The k-th of ``stations`` (indices into ``first``) has the k-th conditions and row of results. Draws are those of
    ``VoterDraws``, conditions those of ``FlatConditions``, rules those of ``Rules`` (``shares``: of the deterred,
    evacuated and impatient who return); ``until`` may be infinite. Filled in: ``counts`` (stations, columns of
    ``fates``); ``sums`` (stations, 3), minutes waited by those who voted and by the priority voters among them, and
    when the last left (NaN: nobody voted). Where ``fate`` is not of size 0, it and the arrays after it hold what
    ``VoterTimes`` does, of these stations one after another.
    """
    most = 0
    for station in stations:
        most = max(most, first[station + 1] - first[station])
    memory = memory_for(most, len(servers), len(fate) > 0)
    done = 0
    for k in range(len(stations)):
        a, b = first[stations[k]], first[stations[k] + 1]
        x, y = piece_first[k], piece_first[k + 1]
        e, f = evacuation_first[k], evacuation_first[k + 1]
        opens = max(opening, opens_at[k])
        limits = Limits(opens, closing + extended[k], until, ballots[k], shares[0], shares[1], shares[2])
        even = is_even(time[x:y], speed[x:y], out[x:y], door_open[x:y], opens)
        p = Pieces(time[x:y], speed[x:y], deterred[x:y], out[x:y], door_open[x:y], even)
        v = Voters(
            arrival[a:b], patience[a:b], line_limit[a:b], first_served[a:b], deterred_mark[a:b], return_mark[a:b],
            return_delay[a:b], service, a, b,
        )  # fmt: skip
        s = of_size(b - a, memory)
        play_day(v, servers, priority, p, evacuated[e:f], resumed[e:f], abandoned_at[k], limits, s)
        _tally(v, s, counts[k], sums[k])
        if len(fate):
            c = done + b - a
            _record(until, s, fate[done:c], start[:, done:c], finish[:, done:c], joined[done:c], left[done:c])
            done = c
