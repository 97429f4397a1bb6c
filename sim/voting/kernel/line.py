"""The line at the entrance: who goes away from it, and who comes back.

What a voter does is found out when his turn comes. That is early enough: who left before may have come back since, but
then he stands behind everybody of his class who has been served in between. Those who come back are put aside until
they are the next of their class, so leaving costs each a few comparisons, however many others there are.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.voting.kernel import fates
from sim.voting.kernel.heaps import put, rejoin, take
from sim.voting.kernel.inputs import Flags
from sim.voting.kernel.memory import (
    BACK,
    CAME,
    FIRST_END,
    FIRST_HEAD,
    GONE,
    LATER,
    NEXT,
    NOTED,
    OTHERS_END,
    OTHERS_HEAD,
    PASSED,
    SEEN,
    SERVED,
    SIZE,
    STEPS,
    Heaps,
    Limits,
    Memory,
    Voters,
)


@compiled
def comes_back(heap: int, heaps: Heaps) -> float:
    """Return when the next of a heap comes; infinite: nobody does."""
    return heaps.time[heap, 0] if heaps.n[SIZE + heap] > 0 else np.inf


@compiled
def line_up(last: float, priority: bool, served_first: Flags, s: Memory) -> None:
    """Let everybody who joins before ``last`` stand in line, by class and by when he joins it."""
    line, visits, first, others, join, n = s.line, s.visits, s.first, s.others, s.join, s.n
    came, first_end, others_end, k = 0, 0, 0, n[NEXT]
    later = comes_back(LATER, s.heaps)
    while True:
        at = join[line[k]] if k < len(line) else np.inf
        if at > later:
            k = rejoin(LATER, line, k, len(line), join, s.heaps)
            at, later = later, comes_back(LATER, s.heaps)
        if at >= last:
            break
        i = line[k]
        k += 1
        goes_first = priority and served_first[i]
        visits[came], first[first_end], others[others_end] = i, i, i
        came += 1
        first_end += goes_first
        others_end += not goes_first
    n[FIRST_HEAD], n[FIRST_END], n[OTHERS_HEAD], n[OTHERS_END] = 0, first_end, 0, others_end
    n[SERVED], n[SEEN], n[SEEN + 1], n[NOTED], n[PASSED] = 0, 0, 0, 0, 0
    n[SIZE + GONE], n[SIZE + GONE + 1], n[SIZE + BACK], n[SIZE + BACK + 1] = 0, 0, 0, 0
    n[NEXT], n[CAME] = k, came


@compiled
def back_in_line(goes_first: bool, s: Memory) -> None:
    """Let whoever comes back before everybody of his class who waits stand at the head of it."""
    head, end, queue = (FIRST_HEAD, FIRST_END, s.first) if goes_first else (OTHERS_HEAD, OTHERS_END, s.others)
    s.n[head] = rejoin(BACK + goes_first, queue, s.n[head], s.n[end], s.join, s.heaps)


@compiled
def note_gone(i: int, left: float, goes_first: bool, s: Memory) -> None:
    """Remember who left the line unserved, and when; infinite: never."""
    since, n = s.join[i], s.n
    if left < since:
        return
    for heap in range(GONE, GONE + 1 + goes_first):
        put(heap, left, i, s.heaps)
    if goes_first:
        s.gone_since[n[NOTED]] = since
        n[NOTED] += 1


@compiled
def _leave(i: int, left: float, fate: int, goes_first: bool, last: float, v: Voters, limits: Limits, s: Memory) -> None:
    """Let a voter leave the line, for good; or for a while: once, and not beyond closing."""
    back = left + v.return_delay[i]
    s.began[i] = np.inf
    willing = v.return_mark[i] < limits.impatient_return and not s.back[i]
    if left >= last or not willing or back > limits.closing:
        s.done[i], s.fate[i] = left, fate
        return
    s.back[i], s.join[i], s.fate[i] = True, back, fates.AWAY
    put(LATER if back >= last else BACK + goes_first, back, i, s.heaps)


@compiled
def _stand_before(i: int, goes_first: bool, v: Voters, s: Memory) -> int:
    """Return how many stood in line before a voter when he came.

    They have been served since, or have lost patience. Only those of his class count for one who goes first. Each
    class asks in order of joining: who had left before one of it came had left before all that follow.
    """
    join, began, who, n, seen, gone = s.join, s.began, s.who, s.n, SEEN + goes_first, GONE + goes_first
    now, ahead = join[i], 0
    while n[seen] < n[SERVED] and began[who[n[seen]]] < now:
        n[seen] += 1
        n[STEPS] += 1
    for k in who[n[seen] : n[SERVED]]:
        before = join[k] < now or (join[k] == now and k < i)
        ahead += before and (v.priority[k] or not goes_first)
    n[STEPS] += n[SERVED] - n[seen]
    while n[SIZE + gone] > 0 and s.heaps.time[gone, 0] < now:
        take(gone, s.heaps)
    ahead += n[SIZE + gone]
    if not goes_first:  # those who go first were asked before him, some of whom came after him
        while n[PASSED] < n[NOTED] and s.gone_since[n[PASSED]] <= now:
            n[PASSED] += 1
        ahead -= n[NOTED] - n[PASSED]
    return int(ahead)


@compiled
def goes_away(i: int, t: float, goes_first: bool, last: float, v: Voters, limits: Limits, s: Memory) -> bool:
    """Return whether a voter whose turn comes at t has gone before: at the sight of the line, or out of patience.

    Who is served at once does not mind the line.
    """
    came = s.join[i]
    if t > came and v.line_limit[i] < np.inf and _stand_before(i, goes_first, v, s) >= v.line_limit[i]:
        _leave(i, came, fates.LOST_BALKED, goes_first, last, v, limits, s)
        return True
    limit = came + v.patience[i]
    if limit < t:
        note_gone(i, limit, goes_first, s)
        _leave(i, limit, fates.LOST_IMPATIENT, goes_first, last, v, limits, s)
        return True
    return False


@compiled
def sold_out(t: float, last: float, v: Voters, limits: Limits, s: Memory) -> None:
    """Send everybody home who stands in line at t, when the last ballot is given out, or comes later."""
    n = s.n
    while True:
        for queue in (True, False):
            back_in_line(queue, s)
        if n[FIRST_HEAD] == n[FIRST_END] and n[OTHERS_HEAD] == n[OTHERS_END]:
            return
        goes_first = n[FIRST_HEAD] < n[FIRST_END]
        if goes_first:
            i = s.first[n[FIRST_HEAD]]
            n[FIRST_HEAD] += 1
        else:
            i = s.others[n[OTHERS_HEAD]]
            n[OTHERS_HEAD] += 1
        if s.join[i] > t or not goes_away(i, t, goes_first, last, v, limits, s):
            note_gone(i, t, goes_first, s)
            s.began[i], s.done[i], s.fate[i] = np.inf, max(t, s.join[i]), fates.LOST_UNSUPPLIED
