"""The compiled station: every voter's day, exactly, as a pure function of the draws and of the station's conditions.

**Two clocks.** All work in a station runs at the station's speed s(t), so station time tau(t) = integral of s is the
clock of the work; it stands still before opening and while the station is stopped. In station time the station is an
ordinary tandem of first-come-first-served multi-server queues, solved by the recursion of Kiefer and Wolfowitz (1955):
a voter is served from max(his arrival, the time the first server is free). Patience and waits are in wall time. Where
the station runs at full speed the two clocks differ by a constant, zero until the first slow-down, so that what
happens before a condition changes is bit for bit what would have happened without it.

**Rounds.** An evacuation empties the station, so the day is cut into rounds between evacuations; each begins empty.

All compiled functions that call each other stand in this one file: numba notices a change of the file that it
compiles, not of the files that this one reads (after a change of the fates' codes, remove the cache).
"""

from __future__ import annotations

import numpy as np

from sim.voting import fates
from sim.voting.compiled import compiled
from sim.voting.scratch import Clock, Codes, Floats, Ints, Limits, Scratch, Voters


@compiled
def _clock(time: Floats, speed: Floats, opening: float) -> tuple[Clock, bool]:
    """Return the clock of one station from its pieces of speed, and whether it runs at full speed all day."""
    n = len(time)
    wall, inner, rate = np.empty(n), np.empty(n), np.empty(n)
    wall[0], inner[0], rate[0] = opening, opening, speed[0]
    k = 0
    for j in range(1, n):
        if time[j] <= opening:
            rate[0] = speed[j]
            continue
        passed = time[j] + (inner[k] - wall[k]) if rate[k] == 1.0 else inner[k] + rate[k] * (time[j] - wall[k])
        k += 1
        wall[k], inner[k], rate[k] = time[j], passed, speed[j]
    even = True
    for j in range(k + 1):
        even = even and rate[j] == 1.0
    return Clock(wall[: k + 1], inner[: k + 1], rate[: k + 1]), even


@compiled
def _to_station(t: float, clock: Clock, j: int) -> tuple[float, int]:
    """Return tau(t) and its piece; j is the piece to look at first."""
    while j + 1 < len(clock.wall) and clock.wall[j + 1] <= t:
        j += 1
    while j > 0 and clock.wall[j] > t:
        j -= 1
    if t <= clock.wall[0]:
        return clock.inner[0], 0
    if clock.speed[j] == 1.0:
        return t + (clock.inner[j] - clock.wall[j]), j
    return clock.inner[j] + clock.speed[j] * (t - clock.wall[j]), j


@compiled
def _from_piece(x: float, clock: Clock, j: int) -> float:
    """Return the wall time at station time x on the line through one piece; infinite where that stands still."""
    if clock.speed[j] == 1.0:
        return float(x - (clock.inner[j] - clock.wall[j]))
    if clock.speed[j] == 0.0:
        return float(np.inf)
    return float(clock.wall[j] + (x - clock.inner[j]) / clock.speed[j])


@compiled
def _begins(x: float, clock: Clock, j: int) -> tuple[float, int]:
    """Return the last wall time at station time x, when work that begins at x really begins; and its piece."""
    while j + 1 < len(clock.inner) and clock.inner[j + 1] <= x:
        j += 1
    while j > 0 and clock.inner[j] > x:
        j -= 1
    return _from_piece(x, clock, j), j


@compiled
def _ends(x: float, clock: Clock, j: int) -> tuple[float, int]:
    """Return the first wall time at station time x, when work that ends at x is done; and its piece."""
    while j + 1 < len(clock.inner) and clock.inner[j + 1] < x:
        j += 1
    while j > 0 and clock.inner[j] >= x:
        j -= 1
    if x <= clock.inner[0]:
        return clock.wall[0], 0
    return _from_piece(x, clock, j), j


@compiled
def _first_free(free: Floats) -> int:
    """Return the server that is free first."""
    best = 0
    for server in range(1, len(free)):
        if free[server] < free[best]:
            best = server
    return best


@compiled
def _entrance(
    visits: Ints, patience: Floats, service: Floats, free: Floats, clock: Clock, even: bool, s: Scratch
) -> int:
    """Serve the first stage to these visits in order of joining; return how many are served.

    Who would wait longer than his patience leaves at the end of it and takes nobody's place; his start is infinite.
    """
    served, at, begun, ended = 0, 0, 0, 0
    for i in visits:
        joined, limit = s.join[i], s.join[i] + patience[i]
        if even:
            ready = max(joined, clock.wall[0])
        else:
            ready, at = _to_station(joined, clock, at)
        server = _first_free(free)
        begin = max(ready, free[server])
        start = begin
        if not even:
            start, begun = _begins(begin, clock, begun)
            start = max(start, joined)
        if start > limit:
            s.start[0, i], s.done[i] = np.inf, limit
            continue
        end = begin + service[i]
        finish = end
        if not even:
            finish, ended = _ends(end, clock, ended)
            finish = max(finish, start)
        free[server] = end
        s.start[0, i], s.finish[0, i], s.done[i] = start, finish, finish
        s.ready[served], s.who[served] = end, i
        served += 1
    return served


@compiled
def _in_order(n: int, s: Scratch) -> None:
    """Sort the first n of a queue by the station time at which they reach it; nearly sorted, equal ones as they are."""
    for k in range(1, n):
        ready, i = s.ready[k], s.who[k]
        place = k
        while place > 0 and s.ready[place - 1] > ready:
            s.ready[place], s.who[place] = s.ready[place - 1], s.who[place - 1]
            place -= 1
        s.ready[place], s.who[place] = ready, i


@compiled
def _inner_stage(n: int, stage: int, service: Floats, free: Floats, clock: Clock, even: bool, s: Scratch) -> None:
    """Serve a later stage to the n voters in the queue, and leave them there with the times they finish it."""
    begun, ended = 0, 0
    for k in range(n):
        i = s.who[k]
        server = _first_free(free)
        begin = max(s.ready[k], free[server])
        end = begin + service[i]
        start, finish = begin, end
        if not even:
            start, begun = _begins(begin, clock, begun)
            start = max(start, s.finish[stage - 1, i])
            finish, ended = _ends(end, clock, ended)
            finish = max(finish, start)
        free[server] = end
        s.start[stage, i], s.finish[stage, i], s.done[i] = start, finish, finish
        s.ready[k] = end


@compiled
def _serve(visits: Ints, v: Voters, servers: Ints, clock: Clock, even: bool, s: Scratch) -> None:
    """Take these visits through all stages of a station that is empty when the first of them joins."""
    served = 0
    for stage in range(len(servers)):
        free = np.empty(servers[stage])
        free[:] = -np.inf
        service = v.service[stage, v.a : v.b]
        if stage == 0:
            served = _entrance(visits, v.patience, service, free, clock, even, s)
        else:
            if servers[stage - 1] > 1:
                _in_order(served, s)
            _inner_stage(served, stage, service, free, clock, even, s)


@compiled
def _joins(v: Voters, time: Floats, deterred: Floats, limits: Limits, s: Scratch) -> None:
    """Set when each voter first joins the line: at his arrival, or after the disturbance that keeps him away.

    He stays away while the share deterred exceeds his mark; one who returns does so a delay after it no longer does.
    """
    piece = 0
    for i in range(len(v.arrival)):
        arrival = v.arrival[i]
        s.join[i], s.fate[i] = arrival, fates.AWAY
        while piece + 1 < len(time) and time[piece + 1] <= arrival:
            piece += 1
        if v.deterred_mark[i] >= deterred[piece] or arrival > limits.until:
            continue
        later = piece + 1
        while later < len(time) and deterred[later] > v.deterred_mark[i]:
            later += 1
        willing = v.return_mark[i] < limits.deterred_return
        back = time[later] + v.return_delay[i] if later < len(time) else np.inf
        if willing and back <= limits.closing:
            s.join[i] = back
        else:
            s.join[i] = np.inf
            s.fate[i] = fates.AWAY if willing and limits.until < limits.closing else fates.LOST_DETERRED


@compiled
def _settle(visits: Ints, cut: float, present: int, s: Scratch) -> None:
    """Give every visit of a round its fate at the cut; who is present then gets the one named, -1: in line or room."""
    for i in visits:
        if s.done[i] <= cut and s.done[i] < np.inf:
            s.fate[i] = fates.LOST_IMPATIENT if s.start[0, i] == np.inf else fates.VOTED
        elif present >= 0:
            s.fate[i] = present
        else:
            s.fate[i] = fates.IN_ROOM if s.start[0, i] <= cut and s.start[0, i] < np.inf else fates.IN_LINE


@compiled
def _send_away(i: int, resumed: float, given_up: float, v: Voters, limits: Limits, s: Scratch) -> None:
    """Decide whether and when a voter comes back who was sent away by an evacuation.

    One who would, but whose station is given up before the all-clear, waits for the follow-up poll: he is deferred.
    """
    s.join[i], s.fate[i] = np.inf, fates.LOST_EVACUATED
    if v.return_mark[i] >= limits.evacuated_return:
        return
    back = resumed + v.return_delay[i]
    if given_up <= resumed and given_up < np.inf:
        s.fate[i] = fates.DEFERRED
    elif resumed <= limits.until and back <= limits.closing:
        s.join[i], s.fate[i] = back, fates.AWAY
    elif limits.until < limits.closing:
        s.fate[i] = fates.AWAY


@compiled
def _count_until(line: Ints, place: int, before: float, until: float, join: Floats) -> int:
    """Return the first place in the line, from this one on, whose voter joins at ``before`` or after ``until``."""
    while place < len(line) and join[line[place]] < before and join[line[place]] <= until:
        place += 1
    return place


@compiled
def _by_joining(line: Ints, join: Floats) -> None:
    """Sort a line by when its voters join, in place: by insertion, after bisection of what is already in order.

    Returning voters are few among many who are in order, so this is close to one pass; numpy's sorts compile slowly.
    """
    for k in range(1, len(line)):
        i = line[k]
        if join[line[k - 1]] <= join[i]:
            continue
        low, high = 0, k
        while low < high:
            middle = (low + high) // 2
            if join[line[middle]] <= join[i]:
                low = middle + 1
            else:
                high = middle
        for place in range(k, low, -1):
            line[place] = line[place - 1]
        line[low] = i


@compiled
def _still_to_come(line: Ints, end: int, s: Scratch) -> Ints:
    """Return the line after an evacuation: who comes back of its first ``end``, and all the others, by joining."""
    n = 0
    for place in range(len(line)):
        i = line[place]
        if place >= end or (s.fate[i] == fates.AWAY and s.join[i] < np.inf):
            line[n] = i
            n += 1
    rest = line[:n]
    _by_joining(rest, s.join)
    return rest


@compiled
def _day(
    v: Voters, servers: Ints, time: Floats, speed: Floats, deterred: Floats, evacuated: Floats, resumed: Floats,
    abandoned_at: float, limits: Limits, s: Scratch,
) -> None:  # fmt: skip
    """Play one station's day until ``limits.until``: fate and times of every voter in the scratch."""
    until = limits.until
    clock, even = _clock(time, speed, limits.opening)
    given_up = abandoned_at if abandoned_at <= until else np.inf
    _joins(v, time, deterred, limits, s)
    line = np.empty(len(v.arrival), np.int64)
    for i in range(len(line)):
        line[i] = i
    _by_joining(line, s.join)
    for k in range(len(evacuated) + 1):
        emptied = k < len(evacuated) and evacuated[k] <= until and evacuated[k] < given_up
        bound = evacuated[k] if emptied else given_up
        end = _count_until(line, 0, bound, until, s.join)
        _serve(line[:end], v, servers, clock, even, s)
        _settle(
            line[:end], min(bound, until), fates.AWAY if emptied else (fates.DEFERRED if given_up < np.inf else -1), s
        )
        if not emptied:
            if given_up < np.inf:
                for i in line[end : _count_until(line, end, np.inf, until, s.join)]:
                    s.fate[i] = fates.DEFERRED
            break
        end = _count_until(line, end, min(resumed[k], given_up), until, s.join)
        for i in line[:end]:
            if s.fate[i] == fates.AWAY:
                _send_away(i, resumed[k], given_up, v, limits, s)
        line = _still_to_come(line, end, s)


@compiled
def _tally(n: int, s: Scratch, counts: Ints, sums: Floats) -> None:
    """Add up one station: voters by fate and long waits after them; waiting of those who voted, and the last of them.

    Waiting counts before every stage of the visit in which he voted, in wall time.
    """
    counts[:], sums[0], sums[1] = 0, 0.0, np.nan
    for i in range(n):
        counts[s.fate[i]] += 1
        if s.fate[i] == fates.VOTED:
            wait = s.start[0, i] - s.join[i]
            for stage in range(1, len(s.start)):
                wait += s.start[stage, i] - s.finish[stage - 1, i]
            sums[0] += wait
            counts[fates.N_FATES] += wait > fates.LONG_WAIT
            if not s.done[i] <= sums[1]:
                sums[1] = s.done[i]


@compiled
def _record(
    until: float, s: Scratch, codes: Codes, start: Floats, finish: Floats, joined: Floats, left: Floats
) -> None:
    """Write out every voter's fate and the times of his last visit; NaN for what did not happen by ``until``."""
    start[:], finish[:], joined[:], left[:] = np.nan, np.nan, np.nan, np.nan
    for i in range(len(codes)):
        fate = s.fate[i]
        codes[i] = fate
        if fate in (fates.VOTED, fates.LOST_IMPATIENT):
            left[i] = s.done[i]
        if fate in (fates.VOTED, fates.LOST_IMPATIENT, fates.IN_LINE, fates.IN_ROOM):
            joined[i] = s.join[i]
        if fate in (fates.VOTED, fates.IN_ROOM):
            for stage in range(len(start)):
                if s.start[stage, i] <= until and s.start[stage, i] < np.inf:
                    start[stage, i] = s.start[stage, i]
                if s.finish[stage, i] <= until and s.finish[stage, i] < np.inf:
                    finish[stage, i] = s.finish[stage, i]


@compiled
def play_stations(
    stations: Ints, first: Ints, arrival: Floats, service: Floats, patience: Floats, deterred_mark: Floats,
    return_mark: Floats, return_delay: Floats, servers: Ints, piece_first: Ints, time: Floats, speed: Floats,
    deterred: Floats, evacuation_first: Ints, evacuated: Floats, resumed: Floats, abandoned_at: Floats,
    opening: float, closing: float, until: float, deterred_return: float, evacuated_return: float,
    counts: Ints, sums: Floats, fate: Codes, start: Floats, finish: Floats, joined: Floats, left: Floats,
) -> None:  # fmt: skip
    """Play several stations, each from its own draws and conditions, until one moment of the day.

    The k-th of ``stations`` (indices into ``first``) has the k-th conditions and row of results. Draws are those
    of ``VoterDraws``, conditions those of ``FlatConditions``, rules those of ``Rules``; ``until`` may be infinite.
    Filled in: ``counts`` (stations, fates + 1), voters by fate, then those who voted after a long wait; ``sums``
    (stations, 2), minutes waited by those who voted, and when the last of them left (NaN: nobody voted). Where ``fate``
    is not of size 0, it and the arrays after it hold what ``VoterTimes`` does, of these stations one after another.
    """
    limits = Limits(opening, closing, until, deterred_return, evacuated_return)
    most = 0
    for station in stations:
        most = max(most, first[station + 1] - first[station])
    times = np.empty((2, len(servers), most))
    s = Scratch(
        np.empty(most), np.empty(most), times[0], times[1], np.empty(most, np.int8), np.empty(most),
        np.empty(most, np.int64),
    )  # fmt: skip
    done = 0
    for k in range(len(stations)):
        a, b = first[stations[k]], first[stations[k] + 1]
        p, q = piece_first[k], piece_first[k + 1]
        e, f = evacuation_first[k], evacuation_first[k + 1]
        v = Voters(arrival[a:b], patience[a:b], deterred_mark[a:b], return_mark[a:b], return_delay[a:b], service, a, b)
        _day(
            v, servers, time[p:q], speed[p:q], deterred[p:q], evacuated[e:f], resumed[e:f], abandoned_at[k], limits, s
        )  # fmt: skip
        _tally(b - a, s, counts[k], sums[k])
        if len(fate):
            c = done + b - a
            _record(until, s, fate[done:c], start[:, done:c], finish[:, done:c], joined[done:c], left[done:c])
            done = c
