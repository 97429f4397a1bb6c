"""A station's day: its rounds between evacuations, and what becomes of everybody at the end of each."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.voting.kernel import fates
from sim.voting.kernel.entrance import entrance
from sim.voting.kernel.heaps import put, rejoin
from sim.voting.kernel.inner import inner_stage
from sim.voting.kernel.inputs import Flags, Floats, Ints
from sim.voting.kernel.line import comes_back
from sim.voting.kernel.memory import (
    CAME,
    ISSUED,
    LATER,
    NEXT,
    SERVED,
    SIZE,
    STEPS,
    Heaps,
    Limits,
    Memory,
    Pieces,
    Voters,
    Whom,
)

_TOGETHER = -1  # present at the cut: in line or in the room
_SENT = -2  # present at the cut, and sent away


@compiled
def _comes(bound: float, until: float, line: Whom, join: Floats, heaps: Heaps) -> float:
    """Return when the next voter joins; infinite when nobody does before ``bound``, or by ``until``."""
    k = heaps.n[NEXT]
    at = min(join[line[k]] if k < len(line) else np.inf, comes_back(LATER, heaps))
    return at if at < bound and at <= until else np.inf


@compiled
def _take_next(line: Whom, join: Floats, heaps: Heaps) -> int:
    """Take the next voter who joins out of those still to come."""
    n = heaps.n
    k = rejoin(LATER, line, n[NEXT], len(line), join, heaps)
    n[NEXT] = k + 1
    return int(line[k])


@compiled
def _joins(given_up: float, v: Voters, p: Pieces, limits: Limits, s: Memory) -> tuple[int, int]:
    """Set when each voter first joins the line: at his arrival, or after the disturbance that keeps him away.

    He stays away while the share deterred exceeds his mark; one who returns does so a delay after it no longer does.
    One who would, but whose station is given up before that, waits for the follow-up poll: he is deferred. So is
    everybody who is due later, as nobody votes there any more.

    Returns how many come at their arrival, who stand in line in order, and how many come later, who stand in ``who``
    by ``ready``. Those who never come stand at the end of the line.
    """
    join, fate, back, line, time, share = s.join, s.fate, s.back, s.line, p.time, p.deterred
    arrival, mark = v.arrival, v.deterred_mark
    piece, at_once, later_on, end = 0, 0, 0, len(arrival)
    until = time[1] if len(time) > 1 else np.inf
    for i in range(len(arrival)):
        join[i], fate[i], back[i], line[at_once] = arrival[i], fates.AWAY, False, i
        while arrival[i] >= until:
            piece += 1
            until = time[piece + 1] if piece + 1 < len(time) else np.inf
        if arrival[i] > limits.until or mark[i] >= share[piece] or arrival[i] >= given_up:
            at_once += 1
            continue
        later = piece + 1
        while later < len(time) and share[later] > mark[i]:
            later += 1
        willing = v.return_mark[i] < limits.deterred_return
        comes = time[later] + v.return_delay[i] if later < len(time) else np.inf
        waits = willing and given_up <= limits.closing and (later == len(time) or given_up < time[later])
        if willing and comes <= limits.closing and not waits:
            join[i], s.ready[later_on], s.who[later_on] = comes, comes, i
            later_on += 1
            continue
        end -= 1
        join[i], line[end] = np.inf, i
        if waits:
            fate[i] = fates.DEFERRED
        else:
            fate[i] = fates.AWAY if willing and limits.until < limits.closing else fates.LOST_DETERRED
    return at_once, later_on


@compiled
def _by_joining(at_once: int, later_on: int, s: Memory) -> None:
    """Put those who come later among those who come at their arrival, in order of joining; together, of their number.

    They are few, and are put in order first, by insertion; numpy's sorts compile slowly.
    """
    line, join, later = s.line, s.join, s.who
    _in_order(later_on, s.ready, later)
    place = at_once + later_on
    while later_on > 0:
        place -= 1
        i, before = later[later_on - 1], line[at_once - 1]
        if at_once > 0 and (join[before] > join[i] or (join[before] == join[i] and before > i)):
            at_once -= 1
            line[place] = before
        else:
            later_on -= 1
            line[place] = i


@compiled
def _in_order(n: int, ready: Floats, who: Whom) -> None:
    """Sort the first n of a queue by when they reach it; nearly sorted, equal ones as they are."""
    for k in range(1, n):
        at, i, place = ready[k], who[k], k
        while place > 0 and ready[place - 1] > at:
            ready[place], who[place] = ready[place - 1], who[place - 1]
            place -= 1
        ready[place], who[place] = at, i


@compiled
def _serve(
    bound: float, servers: Ints, priority: Flags, v: Voters, p: Pieces, limits: Limits, s: Memory
) -> None:  # fmt: skip
    """Take everybody who joins before ``bound`` through all stages of a station that is empty."""
    entrance(bound, priority[0], np.full(servers[0], limits.opening), v, p, limits, s)
    if servers[0] > 1 and len(servers) > 1:
        _in_order(s.n[SERVED], s.ready, s.who)
    for stage in range(1, len(servers)):
        inner_stage(stage, priority[stage], np.full(servers[stage], -np.inf), v, p, s)
    done, ready, who = s.done, s.ready, s.who
    for k in range(s.n[SERVED]):
        done[who[k]] = ready[k]


@compiled
def _settle(cut: float, present: int, s: Memory) -> None:
    """Give everybody who came in a round his fate at the cut, those present the one named."""
    fate, done, began, visits = s.fate, s.done, s.began, s.visits
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
def _send_away(i: int, resumed: float, given_up: float, v: Voters, limits: Limits, s: Memory) -> None:
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
        put(LATER, back, i, s.heaps)
    elif limits.until < limits.closing:
        s.fate[i] = fates.AWAY


@compiled
def _votes(s: Memory) -> int:
    """Return how many have voted by the end of a round."""
    votes = 0
    for i in s.who[: s.n[SERVED]]:
        votes += s.fate[i] == fates.VOTED
    return votes


@compiled
def _empty(resumed: float, given_up: float, v: Voters, limits: Limits, s: Memory) -> None:
    """Send away everybody whom an evacuation finds, or who comes before its all-clear."""
    for i in s.visits[: s.n[CAME]]:
        if s.fate[i] == _SENT:
            _send_away(i, resumed, given_up, v, limits, s)
    while _comes(min(resumed, given_up), limits.until, s.line, s.join, s.heaps) < np.inf:
        _send_away(_take_next(s.line, s.join, s.heaps), resumed, given_up, v, limits, s)


@compiled
def play_day(
    v: Voters, servers: Ints, priority: Flags, p: Pieces, evacuated: Floats, resumed: Floats, abandoned_at: float,
    limits: Limits, s: Memory,
) -> None:  # fmt: skip
    """Play one station's day until ``limits.until``: fate and times of every voter in the memory."""
    until = limits.until
    given_up = abandoned_at if abandoned_at <= until else np.inf
    at_once, later_on = _joins(given_up, v, p, limits, s)
    _by_joining(at_once, later_on, s)
    s.n[NEXT], s.n[ISSUED], s.n[STEPS], s.n[SIZE + LATER] = 0, 0, 0, 0
    for k in range(len(evacuated) + 1):
        last = k == len(evacuated) or evacuated[k] > until or evacuated[k] >= given_up
        voted = s.n[ISSUED]
        _serve(given_up if last else evacuated[k], servers, priority, v, p, limits, s)
        if last:
            break
        _settle(evacuated[k], _SENT, s)
        s.n[ISSUED] = voted + _votes(s)  # who is sent out gives his ballot back
        _empty(resumed[k], given_up, v, limits, s)
    if given_up == np.inf:
        if until < np.inf or not p.even:  # else everybody is served in the end
            _settle(until, _TOGETHER, s)
        return
    _settle(given_up, fates.DEFERRED, s)
    while _comes(np.inf, limits.until, s.line, s.join, s.heaps) < np.inf:
        s.fate[_take_next(s.line, s.join, s.heaps)] = fates.DEFERRED
