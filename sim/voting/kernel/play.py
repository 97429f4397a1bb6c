"""Stations in, results out: the one compiled function that the engine calls."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.voting.kernel import fates
from sim.voting.kernel.inputs import DrawnVoters, FlatConditions, Ints, Results, StationRules
from sim.voting.kernel.memory import STEPS, Limits, Memory, Pieces, Voters, memory_for, of_size
from sim.voting.kernel.pace import is_even
from sim.voting.kernel.rounds import play_day


@compiled
def _tally(v: Voters, s: Memory, k: int, results: Results) -> None:
    """Add up one station, the k-th: counts as in ``fates``; waiting of those who voted, and of those who went first.

    Waiting counts before every stage of the visit in which he voted.
    """
    fate, done, wait, first, counts = s.fate, s.done, s.wait, v.priority, results.counts[k]
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
    results.wait_sum[k], results.priority_wait_sum[k] = waited, first_waited
    results.last_voted[k] = last if voted else np.nan
    results.steps[k] = s.n[STEPS]


@compiled
def _record(until: float, begin: int, n: int, s: Memory, results: Results) -> None:
    """Write out fate and times of the last visit of n voters, from place ``begin`` on; NaN: not happened by then."""
    end, stages = begin + n, len(results.start)
    codes, joined, left = results.fate[begin:end], results.joined[begin:end], results.left[begin:end]
    start, finish = results.start[:, begin:end], results.finish[:, begin:end]
    start[:], finish[:], joined[:], left[:] = np.nan, np.nan, np.nan, np.nan
    for i in range(n):
        fate = s.fate[i]
        codes[i] = fate
        gone = fate in (fates.VOTED, fates.LOST_IMPATIENT, fates.LOST_BALKED, fates.LOST_UNSUPPLIED)
        if gone:
            left[i] = s.done[i]
        if gone or fate in (fates.IN_LINE, fates.IN_ROOM):
            joined[i] = s.join[i]
        if fate in (fates.VOTED, fates.IN_ROOM):
            for stage in range(stages):
                if s.start[stage, i] <= until and s.start[stage, i] < np.inf:
                    start[stage, i] = s.start[stage, i]
                if s.finish[stage, i] <= until and s.finish[stage, i] < np.inf:
                    finish[stage, i] = s.finish[stage, i]


@compiled
def _voters_of(station: int, draws: DrawnVoters) -> Voters:
    """Return the voters of one station."""
    a, b = draws.first[station], draws.first[station + 1]
    return Voters(
        draws.arrival[a:b], draws.patience[a:b], draws.line_limit[a:b], draws.priority[a:b], draws.deterred_mark[a:b],
        draws.return_mark[a:b], draws.return_delay[a:b], draws.service, a, b,
    )  # fmt: skip


@compiled
def _limits_of(k: int, rules: StationRules, c: FlatConditions, until: float) -> Limits:
    """Return the limits of the k-th station."""
    opens, closes = max(rules.opening, c.opens_at[k]), rules.closing + c.extended[k]
    return Limits(
        opens, closes, until, c.ballots[k], rules.deterred_return, rules.evacuated_return, rules.impatient_return
    )  # fmt: skip


@compiled
def _pieces_of(k: int, opening: float, c: FlatConditions) -> Pieces:
    """Return the pieces of the k-th station's conditions."""
    a, b = c.first[k], c.first[k + 1]
    time, speed, out, door_open = c.time[a:b], c.speed[a:b], c.out[a:b], c.door_open[a:b]
    return Pieces(time, speed, c.deterred[a:b], out, door_open, is_even(time, speed, out, door_open, opening))


@compiled
def play_stations(
    stations: Ints, draws: DrawnVoters, rules: StationRules, conditions: FlatConditions, until: float, results: Results
) -> None:
    """Play several stations, each from its own draws and conditions, until one moment of the day.

    Args:
        stations: Indices into ``draws.first``; the k-th has the k-th conditions and results.
        draws: The voters of all stations.
        rules: How they work.
        conditions: What happens to each of ``stations``.
        until: The moment; infinite: when everybody has gone.
        results: Filled in; every voter's times only where ``fate`` is not of size 0.
    """
    most, record, done, c = 0, len(results.fate) > 0, 0, conditions
    for station in stations:
        most = max(most, draws.first[station + 1] - draws.first[station])
    memory = memory_for(most, len(rules.servers), record)
    for k in range(len(stations)):
        v, limits = _voters_of(stations[k], draws), _limits_of(k, rules, c, until)
        p, n = _pieces_of(k, limits.opening, c), v.end - v.begin
        s, e, f = of_size(n, memory), c.evacuation_first[k], c.evacuation_first[k + 1]
        play_day(
            v, rules.servers, rules.goes_first, p, c.evacuated[e:f], c.resumed[e:f], c.abandoned_at[k], limits, s
        )  # fmt: skip
        _tally(v, s, k, results)
        if record:
            _record(until, done, n, s, results)
            done += n
