"""The compiled station: every voter's day, exactly, as a pure function of the draws and of the station's conditions.

**Two clocks.** All work in a station runs at the station's speed s(t), so station time tau(t) = integral of s is the
clock of the work; it stands still before opening and while the station is stopped. In station time the station is an
ordinary tandem of first-come-first-served multi-server queues, solved by the recursion of Kiefer and Wolfowitz (1955):
a voter is served from max(his arrival, the time the first server is free). Patience and waits are in wall time. Where
the station runs at full speed the two clocks differ by a constant, zero until the first slow-down, so that what
happens before a condition changes is bit for bit what would have happened without it.

**Rounds.** An evacuation empties the station, so the day is cut into rounds between evacuations; each begins empty.

All compiled functions that call each other stand in this one file: numba notices a change of the file that it
compiles, not of the files that this one calls.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.voting.compiled import compiled

VOTED, LOST_DETERRED, LOST_IMPATIENT, LOST_EVACUATED, DEFERRED, IN_LINE, IN_ROOM, AWAY = range(8)
"""Fates. IN_LINE: not served yet; IN_ROOM: between the first service and the way out; AWAY: may still come."""
N_FATES = 8
LONG_WAIT = 30.0
"""Minutes of waiting above which a wait counts as long (the standard of the US commission on election administration,
PCEA 2014)."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Voters(NamedTuple):
    """The voters of one station, sorted by arrival."""

    arrival: Floats
    service: Floats  # (stages, voters)
    patience: Floats
    deterred_mark: Floats
    return_mark: Floats
    return_delay: Floats


class Limits(NamedTuple):
    """The station's hours, the moment at which the day is looked at, and what becomes of those sent away."""

    opening: float
    closing: float
    until: float
    deterred_return: float
    evacuated_return: float


class Clock(NamedTuple):
    """Pieces of constant speed from opening on: wall time and station time where each begins, and its speed."""

    wall: Floats
    inner: Floats
    speed: Floats


class Scratch(NamedTuple):
    """Working memory. By voter: join, start (of the first service), done, wait; by place in a queue: the others."""

    join: Floats
    start: Floats
    done: Floats
    wait: Floats
    ready: Floats  # station time at which a voter reaches the stage
    reached: Floats  # the same in wall time
    who: Ints
    free: Floats  # station time at which each server is free


class Trace(NamedTuple):
    """Times of every voter's last visit in wall time, written on request; of no size otherwise."""

    start: Floats  # (stages, voters)
    finish: Floats


@compiled
def _clock(time: Floats, speed: Floats, opening: float) -> Clock:
    """Return the clock of one station from its pieces of speed."""
    n = len(time)
    wall, inner, rate = np.empty(n), np.empty(n), np.empty(n)
    wall[0], inner[0], rate[0] = opening, opening, speed[0]
    k = 0
    for j in range(1, n):
        if time[j] <= opening:
            rate[0] = speed[j]
            continue
        passed = inner[k] - wall[k] + time[j] if rate[k] == 1.0 else inner[k] + rate[k] * (time[j] - wall[k])
        k += 1
        wall[k], inner[k], rate[k] = time[j], passed, speed[j]
    return Clock(wall[: k + 1], inner[: k + 1], rate[: k + 1])


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
    if clock.speed[j] == 1.0:
        return x - (clock.inner[j] - clock.wall[j])
    if clock.speed[j] == 0.0:
        return np.inf
    return clock.wall[j] + (x - clock.inner[j]) / clock.speed[j]


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
    best = 0
    for server in range(1, len(free)):
        if free[server] < free[best]:
            best = server
    return best


@compiled
def _entrance(visits: Ints, service: Floats, patience: Floats, clock: Clock, even: bool, s: Scratch) -> int:
    """Serve the first stage to these visits in order of joining; return how many are served.

    Who would wait longer than his patience leaves at the end of it and takes nobody's place: his start is infinite,
    his ``done`` the time he leaves.
    """
    served, at, begun, ended = 0, 0, 0, 0
    for i in visits:
        joined = s.join[i]
        if even:
            x = max(joined, clock.wall[0])
        else:
            x, at = _to_station(joined, clock, at)
        server = _first_free(s.free)
        begin = max(x, s.free[server])
        start = begin
        if not even:
            start, begun = _begins(begin, clock, begun)
            start = max(start, joined)
        if start > joined + patience[i]:
            s.start[i], s.done[i] = np.inf, joined + patience[i]
            continue
        end = begin + service[i]
        finish = end
        if not even:
            finish, ended = _ends(end, clock, ended)
            finish = max(finish, start)
        s.free[server] = end
        s.start[i], s.done[i], s.wait[i] = start, finish, start - joined
        s.ready[served], s.reached[served], s.who[served] = end, finish, i
        served += 1
    return served


@compiled
def _in_order(n: int, s: Scratch) -> None:
    """Sort the first n of a queue by the station time at which they reach it; nearly sorted, equal ones as they are."""
    for k in range(1, n):
        x, wall, i = s.ready[k], s.reached[k], s.who[k]
        place = k
        while place > 0 and s.ready[place - 1] > x:
            s.ready[place], s.reached[place], s.who[place] = s.ready[place - 1], s.reached[place - 1], s.who[place - 1]
            place -= 1
        s.ready[place], s.reached[place], s.who[place] = x, wall, i


@compiled
def _inner_stage(n: int, service: Floats, clock: Clock, even: bool, s: Scratch) -> None:
    """Serve a later stage to the n voters in the queue, and leave them there with the times they finished."""
    begun, ended = 0, 0
    for k in range(n):
        i = s.who[k]
        server = _first_free(s.free)
        begin = max(s.ready[k], s.free[server])
        end = begin + service[i]
        start, finish = begin, end
        if not even:
            start, begun = _begins(begin, clock, begun)
            start = max(start, s.reached[k])
            finish, ended = _ends(end, clock, ended)
            finish = max(finish, start)
        s.free[server] = end
        s.wait[i] += start - s.reached[k]
        s.ready[k], s.reached[k] = end, finish
        s.done[i] = finish


@compiled
def _serve(visits: Ints, v: Voters, servers: Ints, clock: Clock, even: bool, s: Scratch, trace: Trace) -> None:
    """Take these visits through all stages of a station that is empty when the first of them joins."""
    record = trace.start.shape[0] > 0
    n = 0
    for stage in range(len(servers)):
        free = s.free[: servers[stage]]
        free[:] = -np.inf
        room = Scratch(s.join, s.start, s.done, s.wait, s.ready, s.reached, s.who, free)
        if stage == 0:
            n = _entrance(visits, v.service[0], v.patience, clock, even, room)
        else:
            if servers[stage - 1] > 1:
                _in_order(n, room)
            if record:
                for k in range(n):
                    trace.start[stage, s.who[k]] = -s.wait[s.who[k]] - s.reached[k]
            _inner_stage(n, v.service[stage], clock, even, room)
        if record:
            for k in range(n):
                i = s.who[k]
                trace.finish[stage, i] = s.reached[k]
                trace.start[stage, i] = s.start[i] if stage == 0 else s.wait[i] - trace.start[stage, i]
    return


@compiled
def _joins(
    v: Voters, time: Floats, deterred: Floats, limits: Limits, join: Floats, fate: NDArray[np.int8]
) -> None:
    """Set when each voter first joins the line: at his arrival, or after the disturbance that keeps him away.

    He stays away while the share deterred exceeds his mark; one who returns does so a delay after it no longer does.
    """
    piece = 0
    for i in range(len(v.arrival)):
        arrival = v.arrival[i]
        join[i] = arrival
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
            join[i] = back
        else:
            join[i] = np.inf
            fate[i] = AWAY if willing and limits.until < limits.closing else LOST_DETERRED


@compiled
def _settle(visits: Ints, cut: float, sent: int, s: Scratch, fate: NDArray[np.int8]) -> None:
    """Give every visit of a round its fate at its end; ``sent`` is the fate of who is present, -1: in line or room."""
    for i in visits:
        if s.done[i] <= cut:
            fate[i] = LOST_IMPATIENT if s.start[i] == np.inf else VOTED
        elif sent >= 0:
            fate[i] = sent
        else:
            fate[i] = IN_LINE if s.start[i] > cut else IN_ROOM


@compiled
def _send_away(
    i: int, resumed: float, abandoned_at: float, v: Voters, limits: Limits, join: Floats, fate: NDArray[np.int8]
) -> None:
    """Decide whether and when a voter comes back who was sent away by an evacuation.

    One who would, but whose station is given up before the all-clear, waits for the follow-up poll: he is deferred.
    """
    join[i] = np.inf
    fate[i] = LOST_EVACUATED
    if v.return_mark[i] >= limits.evacuated_return:
        return
    known = resumed <= limits.until
    if known and resumed < abandoned_at:
        back = resumed + v.return_delay[i]
        if back <= limits.closing:
            join[i], fate[i] = back, AWAY
        elif limits.until < limits.closing:
            fate[i] = AWAY
    elif abandoned_at <= limits.until:
        fate[i] = DEFERRED
    elif limits.until < limits.closing:
        fate[i] = AWAY


@compiled
def _day(
    v: Voters, servers: Ints, time: Floats, speed: Floats, deterred: Floats, evacuated: Floats, resumed: Floats,
    abandoned_at: float, limits: Limits, s: Scratch, trace: Trace, fate: NDArray[np.int8],
) -> None:  # fmt: skip
    """Play one station's day until ``limits.until``: fate, join, done and wait of every voter."""
    n, until = len(v.arrival), limits.until
    even = len(time) == 1 and speed[0] == 1.0
    clock = _clock(time, speed, limits.opening)
    fate[:] = AWAY
    _joins(v, time, deterred, limits, s.join, fate)
    line = np.arange(n)
    if len(time) > 1 or deterred[0] > 0.0:
        line = np.argsort(s.join[:n], kind="mergesort")
    given_up = abandoned_at if abandoned_at <= until else np.inf
    begin = 0
    for k in range(len(evacuated) + 1):
        emptied = k < len(evacuated) and evacuated[k] <= until and evacuated[k] < given_up
        cut = min(evacuated[k] if emptied else np.inf, given_up, until)
        end = begin
        while end < n and (s.join[line[end]] < cut or (cut == until and s.join[line[end]] == cut < np.inf)):
            end += 1
        _serve(line[begin:end], v, servers, clock, even, s, trace)
        _settle(line[begin:end], cut, AWAY if emptied else (DEFERRED if given_up <= until else -1), s, fate)
        if not emptied:
            if given_up < np.inf:
                for i in line[end:]:
                    if s.join[i] <= until:
                        fate[i] = DEFERRED
            return
        clear = min(resumed[k], given_up)
        while end < n and s.join[line[end]] < clear and s.join[line[end]] <= until:
            end += 1
        for i in line[begin:end]:
            if fate[i] == AWAY:
                _send_away(i, resumed[k], given_up, v, limits, s.join, fate)
            else:
                s.join[i] = s.join[i]
        begin = end
