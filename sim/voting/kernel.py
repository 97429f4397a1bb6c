"""The compiled station: every voter's day, exactly, as a pure function of the draws and of the station's conditions.

**Stages.** Each stage is a queue with several servers and two classes. Its decisions are taken in order of time, as in
the recursion of Kiefer and Wolfowitz (1955): the next service begins when somebody waits and a server may begin; of
those who have come by then, whoever goes first is taken, else the one who came first. Nothing else happens in
between, so a stage costs one pass over its voters.

**Conditions.** A server may begin while the station is neither stopped nor short of servers; work under way goes on at
the station's speed. Where the station runs at full speed, the arithmetic is that of an undisturbed day, so what
happens before a condition changes is bit for bit what would have happened without it.

**Rounds.** An evacuation empties the station, so the day is cut into rounds between evacuations; each begins empty.

All compiled functions that call each other stand in this one file: numba notices a change of the file that it
compiles, not of the files that this one reads (after a change of the fates' codes, remove the cache).
"""

from __future__ import annotations

import numpy as np

from sim.voting import fates
from sim.voting.compiled import compiled
from sim.voting.scratch import (
    AT,
    CAME,
    ISSUED,
    SERVED,
    SOON,
    A,
    B,
    C,
    Codes,
    D,
    Flags,
    Floats,
    Ints,
    Limits,
    Pieces,
    Scratch,
    Voters,
)

_TOGETHER = -1  # present at the cut: in line or in the room
_SENT = -2  # present at the cut, and sent away


@compiled
def _is_even(time: Floats, speed: Floats, out: Ints, opening: float) -> bool:
    """Return whether the station works at full speed with every server from opening on."""
    for j in range(len(time)):
        over = j + 1 < len(time) and time[j + 1] <= opening
        if not over and (speed[j] != 1.0 or out[j].any()):
            return False
    return True


@compiled
def _finished(start: float, work: float, p: Pieces, j: int) -> float:
    """Return when work begun at ``start``, in piece j or later, is done; infinite when it never is."""
    while start < np.inf:
        until = p.time[j + 1] if j + 1 < len(p.time) else np.inf
        if until <= start:
            j += 1
            continue
        speed = p.speed[j]
        if speed > 0:
            end = start + work if speed == 1.0 else start + work / speed
            if end <= until:
                return end
        work = max(0.0, work - speed * (until - start))
        start = until
    return np.inf


@compiled
def _first_free(free: Floats) -> int:
    """Return the server that is free first."""
    best = 0
    for server in range(1, len(free)):
        if free[server] < free[best]:
            best = server
    return best


@compiled
def _free_with(servers: int, free: Floats, t: float) -> float:
    """Return the first time from t on at which fewer than so many servers are busy."""
    while True:
        busy, soonest = 0, np.inf
        for end in free:
            if end > t:
                busy += 1
                soonest = min(soonest, end)
        if busy < servers:
            return t
        t = soonest


@compiled
def _may_begin(t: float, free: Floats, stage: int, p: Pieces, j: int) -> tuple[float, int]:
    """Return the first time from t on at which this stage may begin a service, and its piece; j: where to look first.

    Infinite when it never may again.
    """
    while True:
        while j + 1 < len(p.time) and p.time[j + 1] <= t:
            j += 1
        until = p.time[j + 1] if j + 1 < len(p.time) else np.inf
        out = p.out[j, stage] if stage < p.out.shape[1] else 0
        begin = np.inf
        if p.speed[j] > 0 and out == 0:
            begin = max(t, free[_first_free(free)])
        elif p.speed[j] > 0 and out < len(free):
            begin = _free_with(len(free) - out, free, t)
        if begin < until or until == np.inf:
            return begin, j
        t = until


@compiled
def _push(i: int, goes_first: bool, first: Ints, others: Ints, n: Ints) -> None:
    """Let a voter wait for the stage in hand."""
    if goes_first:
        first[n[B]] = i
        n[B] += 1
    else:
        others[n[D]] = i
        n[D] += 1


@compiled
def _pop(first: Ints, others: Ints, n: Ints) -> int:
    """Take the next of those waiting: who goes first, else who came first; -1: nobody waits."""
    if n[A] < n[B]:
        n[A] += 1
        return int(first[n[A] - 1])
    if n[C] < n[D]:
        n[C] += 1
        return int(others[n[C] - 1])
    return -1


@compiled
def _comes(bound: float, until: float, line: Ints, join: Floats, n: Ints) -> float:
    """Return when the next voter joins; infinite when nobody does before ``bound``, or by ``until``."""
    if n[AT] == len(line):
        return np.inf
    at = join[line[n[AT]]]
    return at if at < bound and at <= until else np.inf


@compiled
def _take_out(i: int, queue: Ints, begin: int, end: int, n: Ints) -> None:
    """Take a voter out of a queue between the places named, if he is in it."""
    for place in range(n[begin], n[end]):
        if queue[place] == i:
            for k in range(place, n[end] - 1):
                queue[k] = queue[k + 1]
            n[end] -= 1
            return


@compiled
def _insert(i: int, s: Scratch) -> None:
    """Put a voter among those still to come, by joining."""
    s.n[AT] -= 1
    place, join = s.n[AT], s.join[i]
    while place + 1 < len(s.line) and s.join[s.line[place + 1]] <= join:
        s.line[place] = s.line[place + 1]
        place += 1
    s.line[place] = i


@compiled
def _leave(i: int, left: float, fate: int, v: Voters, limits: Limits, s: Scratch) -> None:
    """Let a voter leave the line, for good; or for a while: once, and not beyond closing."""
    back = left + v.return_delay[i]
    if v.return_mark[i] < limits.impatient_return and not s.back[i] and back <= limits.closing:
        s.back[i], s.join[i], s.fate[i] = True, back, fates.AWAY
        _insert(i, s)
    else:
        s.done[i], s.fate[i] = left, fate


@compiled
def _find_soonest(v: Voters, limits: Limits, s: Scratch) -> None:
    """Find who of those in line who may come back is the next to lose patience."""
    s.soon[0], s.n[SOON] = np.inf, -1
    for k in range(s.n[A] + s.n[C], s.n[B] + s.n[D]):
        i = s.first[k - s.n[C]] if k < s.n[B] + s.n[C] else s.others[k - s.n[B]]
        if s.join[i] + v.patience[i] < s.soon[0] and v.return_mark[i] < limits.impatient_return:
            s.soon[0], s.n[SOON] = s.join[i] + v.patience[i], i


@compiled
def _lose_patience(v: Voters, limits: Limits, s: Scratch) -> None:
    """Let the next voter leave who loses patience; or, when that is not known, find out who he is and when."""
    i = s.n[SOON]
    if i >= 0:
        _take_out(i, s.first, A, B, s.n)
        _take_out(i, s.others, C, D, s.n)
        _leave(i, s.soon[0], fates.LOST_IMPATIENT, v, limits, s)
    _find_soonest(v, limits, s)


@compiled
def _stand_before(i: int, goes_first: bool, v: Voters, s: Scratch) -> int:
    """Return how many stand in line before a voter who comes; those out of patience have left it."""
    ahead, now = 0, s.join[i]
    for k in s.first[s.n[A] : s.n[B]]:
        ahead += s.join[k] + v.patience[k] >= now
    if not goes_first:
        for k in s.others[s.n[C] : s.n[D]]:
            ahead += s.join[k] + v.patience[k] >= now
    return ahead


@compiled
def _goes_away(i: int, goes_first: bool, v: Voters, limits: Limits, s: Scratch) -> bool:
    """Let a voter who comes go away at once if no ballots are left or the line is too long; return whether he does."""
    if s.n[ISSUED] >= limits.ballots:
        s.done[i], s.fate[i] = s.join[i], fates.LOST_UNSUPPLIED
        return True
    if _stand_before(i, goes_first, v, s) >= v.line_limit[i]:
        _leave(i, s.join[i], fates.LOST_BALKED, v, limits, s)
        return True
    return False


@compiled
def _sold_out(t: float, v: Voters, s: Scratch) -> None:
    """Send everybody in line home: the last ballot is given out."""
    while True:
        i = _pop(s.first, s.others, s.n)
        if i < 0:
            return
        limit = s.join[i] + v.patience[i]
        s.done[i], s.fate[i] = min(t, limit), fates.LOST_UNSUPPLIED if limit >= t else fates.LOST_IMPATIENT


@compiled
def _entrance(  # noqa: C901 - passing its arrays on for each voter would cost several times the work itself
    bound: float, priority: bool, free: Floats, v: Voters, p: Pieces, limits: Limits, s: Scratch
) -> None:  # fmt: skip
    """Serve the first stage to everybody who joins before ``bound``.

    Who would wait longer than his patience leaves at the end of it and takes nobody's place. With the last ballot the
    line is sent home. Those who leave and come back in time are served like the others.
    """
    first, others, line, visits, n, soon = s.first, s.others, s.line, s.visits, s.n, s.soon
    join, done, fate, start, finish, ready, who = s.join, s.done, s.fate, s.start[0], s.finish[0], s.ready, s.who
    patience, line_limit, served_first, service = v.patience, v.line_limit, v.priority, v.service[0, v.a : v.b]
    return_mark, share, ballots, until = v.return_mark, limits.impatient_return, limits.ballots, limits.until
    even, last, voters = p.even, min(bound, limits.until), len(s.line)
    a, b, c, d, at, came, served, given = 0, 0, 0, 0, n[AT], 0, 0, n[ISSUED]  # these are numbers of the scratch
    now, piece, server = -np.inf, 0, 0
    while True:
        comes = join[line[at]] if at < voters else np.inf
        if comes >= bound or comes > until:
            comes = np.inf
        t = now
        if a == b and c == d:
            if comes == np.inf:
                n[AT], n[CAME], n[SERVED], n[ISSUED] = at, came, served, given
                return
            t = max(now, comes, limits.opening)
        if even:
            server = _first_free(free)
            t = max(t, free[server])
        else:
            t, piece = _may_begin(t, free, 0, p, piece)
            server = _first_free(free)
        now = t
        while comes <= t or soon[0] <= t:
            if soon[0] < comes and soon[0] <= last:
                n[A], n[B], n[C], n[D], n[AT] = a, b, c, d, at
                _lose_patience(v, limits, s)
                b, d, at = n[B], n[D], n[AT]
            elif comes <= t and comes < np.inf:
                i = line[at]
                visits[came] = i
                at += 1
                came += 1
                start[i], done[i], fate[i] = np.inf, np.inf, fates.VOTED
                goes_first = priority and served_first[i]
                ahead = b - a if goes_first else b - a + d - c
                if ahead >= line_limit[i] or given >= ballots:
                    n[A], n[B], n[C], n[D], n[AT], n[ISSUED] = a, b, c, d, at, given
                    gone = _goes_away(i, goes_first, v, limits, s)
                    at = n[AT]
                else:
                    gone = False
                if not gone and goes_first:
                    first[b] = i
                    b += 1
                elif not gone:
                    others[d] = i
                    d += 1
                if not gone and return_mark[i] < share and comes + patience[i] < soon[0]:
                    soon[0], n[SOON] = comes + patience[i], i
            else:
                break
            comes = join[line[at]] if at < voters else np.inf
            if comes >= bound or comes > until:
                comes = np.inf
        n[SOON] = -1
        i = -1
        while i < 0 and (a < b or c < d):
            if a < b:
                i = first[a]
                a += 1
            else:
                i = others[c]
                c += 1
            if join[i] + patience[i] < t:
                done[i], fate[i] = join[i] + patience[i], fates.LOST_IMPATIENT
                i = -1
        if i < 0 or t == np.inf:
            continue
        work = service[i]
        end = t + work if even else _finished(t, work, p, piece)
        free[server] = end
        start[i], finish[i], done[i] = t, end, end
        ready[served], who[served] = end, i
        served += 1
        given += 1
        if given >= ballots:
            n[A], n[B], n[C], n[D] = a, b, c, d
            _sold_out(t, v, s)
            a, c = b, d


@compiled
def _in_order(n: int, s: Scratch) -> None:
    """Sort the first n of a queue by when they reach it; nearly sorted, equal ones as they are."""
    ready, who = s.ready, s.who
    for k in range(1, n):
        at, i, place = ready[k], who[k], k
        while place > 0 and ready[place - 1] > at:
            ready[place], who[place] = ready[place - 1], who[place - 1]
            place -= 1
        ready[place], who[place] = at, i


@compiled
def _inner_stage(stage: int, priority: bool, free: Floats, v: Voters, p: Pieces, s: Scratch) -> None:
    """Serve a later stage to everybody in its queue, and leave them there in the order and at the times they go on.

    A service that never begins or never ends has infinite times.
    """
    ready, who, first, others, served_first = s.ready, s.who, s.first, s.others, v.priority
    start, finish, done, service = s.start[stage], s.finish[stage], s.done, v.service[stage, v.a : v.b]
    even, n = p.even, s.n[SERVED]
    a, b, c, d = 0, 0, 0, 0
    reached, now, piece, server = 0, -np.inf, 0, 0
    for served in range(n):
        t = now if a < b or c < d else max(now, ready[reached])
        if even:
            server = _first_free(free)
            t = max(t, free[server])
        else:
            t, piece = _may_begin(t, free, stage, p, piece)
            server = _first_free(free)
        now = t
        while reached < n and ready[reached] <= t:
            i = who[reached]
            if priority and served_first[i]:
                first[b] = i
                b += 1
            else:
                others[d] = i
                d += 1
            reached += 1
        if a < b:
            i = first[a]
            a += 1
        else:
            i = others[c]
            c += 1
        work = service[i]
        end = t + work if even else _finished(t, work, p, piece)
        free[server] = end
        start[i], finish[i], done[i] = t, end, end
        ready[served], who[served] = end, i


@compiled
def _serve(
    bound: float, servers: Ints, priority: Flags, v: Voters, p: Pieces, limits: Limits, s: Scratch
) -> None:  # fmt: skip
    """Take everybody who joins before ``bound`` through all stages of a station that is empty."""
    s.n[CAME], s.n[SERVED], s.n[SOON], s.soon[0] = 0, 0, -1, np.inf
    for stage in range(len(servers)):
        s.n[A], s.n[B], s.n[C], s.n[D] = 0, 0, 0, 0
        free = np.full(servers[stage], -np.inf)
        if stage == 0:
            _entrance(bound, priority[0], free, v, p, limits, s)
        else:
            if servers[stage - 1] > 1:
                _in_order(s.n[SERVED], s)
            _inner_stage(stage, priority[stage], free, v, p, s)


@compiled
def _joins(v: Voters, p: Pieces, limits: Limits, s: Scratch) -> None:
    """Set when each voter first joins the line: at his arrival, or after the disturbance that keeps him away.

    He stays away while the share deterred exceeds his mark; one who returns does so a delay after it no longer does.
    """
    join, fate, back, time, share = s.join, s.fate, s.back, p.time, p.deterred
    arrival, mark = v.arrival, v.deterred_mark
    piece = 0
    for i in range(len(arrival)):
        join[i], fate[i], back[i] = arrival[i], fates.AWAY, False
        while piece + 1 < len(time) and time[piece + 1] <= arrival[i]:
            piece += 1
        if mark[i] >= share[piece] or arrival[i] > limits.until:
            continue
        later = piece + 1
        while later < len(time) and share[later] > mark[i]:
            later += 1
        willing = v.return_mark[i] < limits.deterred_return
        comes = time[later] + v.return_delay[i] if later < len(time) else np.inf
        if willing and comes <= limits.closing:
            join[i] = comes
        else:
            join[i] = np.inf
            fate[i] = fates.AWAY if willing and limits.until < limits.closing else fates.LOST_DETERRED


@compiled
def _by_joining(n: int, s: Scratch) -> None:
    """Put all voters of a station in order of joining: by insertion, after bisection of what is already in order.

    Voters who stayed away at first are few among many who are in order; numpy's sorts compile slowly.
    """
    line, join = s.line, s.join
    for k in range(n):
        line[k] = k
        if k == 0 or join[line[k - 1]] <= join[k]:
            continue
        low, high = 0, k
        while low < high:
            middle = (low + high) // 2
            if join[line[middle]] <= join[k]:
                low = middle + 1
            else:
                high = middle
        for place in range(k, low, -1):
            line[place] = line[place - 1]
        line[low] = k


@compiled
def _settle(cut: float, present: int, s: Scratch) -> None:
    """Give everybody who came in a round his fate at the cut, those present the one named."""
    fate, done, began, visits = s.fate, s.done, s.start[0], s.visits
    for k in range(s.n[CAME]):
        i = visits[k]
        if fate[i] == fates.AWAY:  # left the line, and is still to come back
            continue
        if done[i] <= cut and done[i] < np.inf:
            continue
        if present != _TOGETHER:
            fate[i] = present
        else:
            fate[i] = fates.IN_ROOM if began[i] <= cut and began[i] < np.inf else fates.IN_LINE


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
        _insert(i, s)
    elif limits.until < limits.closing:
        s.fate[i] = fates.AWAY


@compiled
def _votes(s: Scratch) -> int:
    """Return how many have voted by the end of a round."""
    votes = 0
    for i in s.who[: s.n[SERVED]]:
        votes += s.fate[i] == fates.VOTED
    return votes


@compiled
def _empty(resumed: float, given_up: float, v: Voters, limits: Limits, s: Scratch) -> None:
    """Send away everybody whom an evacuation finds, or who comes before its all-clear."""
    for i in s.visits[: s.n[CAME]]:
        if s.fate[i] == _SENT:
            _send_away(i, resumed, given_up, v, limits, s)
    while _comes(min(resumed, given_up), limits.until, s.line, s.join, s.n) < np.inf:
        s.n[AT] += 1
        _send_away(s.line[s.n[AT] - 1], resumed, given_up, v, limits, s)


@compiled
def _day(
    v: Voters, servers: Ints, priority: Flags, p: Pieces, evacuated: Floats, resumed: Floats, abandoned_at: float,
    limits: Limits, s: Scratch,
) -> None:  # fmt: skip
    """Play one station's day until ``limits.until``: fate and times of every voter in the scratch."""
    until = limits.until
    given_up = abandoned_at if abandoned_at <= until else np.inf
    _joins(v, p, limits, s)
    _by_joining(len(v.arrival), s)
    s.n[AT], s.n[ISSUED] = 0, 0
    for k in range(len(evacuated)):
        if evacuated[k] > until or evacuated[k] >= given_up:
            break
        voted = s.n[ISSUED]
        _serve(evacuated[k], servers, priority, v, p, limits, s)
        _settle(evacuated[k], _SENT, s)
        s.n[ISSUED] = voted + _votes(s)  # who is sent out gives his ballot back
        _empty(resumed[k], given_up, v, limits, s)
    _serve(given_up, servers, priority, v, p, limits, s)
    if given_up == np.inf:
        _settle(until, _TOGETHER, s)
        return
    _settle(given_up, fates.DEFERRED, s)
    while _comes(np.inf, limits.until, s.line, s.join, s.n) < np.inf:
        s.fate[s.line[s.n[AT]]] = fates.DEFERRED
        s.n[AT] += 1


@compiled
def _tally(v: Voters, s: Scratch, counts: Ints, sums: Floats) -> None:
    """Add up one station: counts as in ``fates``; waiting of those who voted, and of the priority voters among them.

    Waiting counts before every stage of the visit in which he voted. The last sum is when the last of them left.
    """
    fate, join, done, start, finish, first = s.fate, s.join, s.done, s.start, s.finish, v.priority
    waited, first_waited, last = 0.0, 0.0, np.nan
    counts[:] = 0
    for i in range(len(first)):
        counts[fate[i]] += 1
        if fate[i] != fates.VOTED:
            continue
        wait = start[0, i] - join[i]
        for stage in range(1, len(start)):
            wait += start[stage, i] - finish[stage - 1, i]
        waited += wait
        counts[fates.LONG_WAITS] += wait > fates.LONG_WAIT
        if first[i]:
            counts[fates.PRIORITY_VOTED] += 1
            first_waited += wait
        if not done[i] <= last:
            last = done[i]
    sums[0], sums[1], sums[2] = waited, first_waited, last


@compiled
def _record(
    until: float, s: Scratch, codes: Codes, start: Floats, finish: Floats, joined: Floats, left: Floats
) -> None:
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
def _scratch(n: int, stages: int) -> Scratch:
    """Return working memory for n voters; nobody comes more than twice between two evacuations."""
    times, whom = np.empty((2, stages, n)), np.empty((3, 2 * n), np.int64)
    return Scratch(
        np.empty(n), np.empty(n), times[0], times[1], np.empty(n, np.int8), np.empty(n, np.bool_),
        np.empty(n, np.int64), whom[0], whom[1], whom[2], np.empty(n), np.empty(n, np.int64), np.empty(9, np.int64),
        np.empty(1),
    )  # fmt: skip


@compiled
def _of_size(n: int, s: Scratch) -> Scratch:
    """Return the working memory of a station with n voters."""
    return Scratch(
        s.join, s.done, s.start, s.finish, s.fate, s.back, s.line[:n], s.visits, s.first, s.others, s.ready, s.who,
        s.n, s.soon,
    )  # fmt: skip


@compiled
def play_stations(
    stations: Ints, first: Ints, arrival: Floats, service: Floats, patience: Floats, line_limit: Floats,
    first_served: Flags, deterred_mark: Floats, return_mark: Floats, return_delay: Floats, servers: Ints,
    priority: Flags, opening: float, closing: float, until: float, shares: tuple[float, float, float],
    piece_first: Ints, time: Floats, speed: Floats, deterred: Floats, out: Ints, evacuation_first: Ints,
    evacuated: Floats, resumed: Floats, abandoned_at: Floats, opens_at: Floats, extended: Floats, ballots: Floats,
    counts: Ints, sums: Floats, fate: Codes, start: Floats, finish: Floats, joined: Floats, left: Floats,
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
    memory = _scratch(most, len(servers))
    done = 0
    for k in range(len(stations)):
        a, b = first[stations[k]], first[stations[k] + 1]
        x, y = piece_first[k], piece_first[k + 1]
        e, f = evacuation_first[k], evacuation_first[k + 1]
        opens = max(opening, opens_at[k])
        limits = Limits(opens, closing + extended[k], until, ballots[k], shares[0], shares[1], shares[2])
        even = _is_even(time[x:y], speed[x:y], out[x:y], opens)
        p = Pieces(time[x:y], speed[x:y], deterred[x:y], out[x:y], even)
        v = Voters(
            arrival[a:b], patience[a:b], line_limit[a:b], first_served[a:b], deterred_mark[a:b], return_mark[a:b],
            return_delay[a:b], service, a, b,
        )  # fmt: skip
        s = _of_size(b - a, memory)
        _day(v, servers, priority, p, evacuated[e:f], resumed[e:f], abandoned_at[k], limits, s)
        _tally(v, s, counts[k], sums[k])
        if len(fate):
            c = done + b - a
            _record(until, s, fate[done:c], start[:, done:c], finish[:, done:c], joined[done:c], left[done:c])
            done = c
