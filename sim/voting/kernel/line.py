"""The line at the entrance: who goes away from it, and who comes back.

What a voter does is found out when his turn comes. That is early enough: who left before may have come back since, but
then he stands behind everybody of his class who has been served in between.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.voting.kernel import fates
from sim.voting.kernel.inputs import Flags, Floats
from sim.voting.kernel.memory import (
    CAME,
    FIRST_END,
    FIRST_HEAD,
    GONE,
    NEXT,
    OTHERS_END,
    OTHERS_HEAD,
    SEEN,
    SERVED,
    Limits,
    Memory,
    Voters,
    Whom,
)


@compiled
def line_up(last: float, priority: bool, served_first: Flags, s: Memory) -> None:
    """Let everybody who joins before ``last`` stand in line, by class and by when he joins it."""
    line, visits, first, others, join, n = s.line, s.visits, s.first, s.others, s.join, s.n
    came, first_end, others_end = 0, 0, 0
    for k in range(n[NEXT], len(line)):
        i = line[k]
        if join[i] >= last:
            break
        goes_first = priority and served_first[i]
        visits[came], first[first_end], others[others_end] = i, i, i
        came += 1
        first_end += goes_first
        others_end += not goes_first
    n[FIRST_HEAD], n[FIRST_END], n[OTHERS_HEAD], n[OTHERS_END] = 0, first_end, 0, others_end
    n[SERVED], n[GONE], n[SEEN], n[SEEN + 1] = 0, 0, 0, 0
    n[NEXT], n[CAME] = n[NEXT] + came, came


@compiled
def insert(i: int, queue: Whom, at: int, end: int, join: Floats) -> int:
    """Put a voter into a queue by joining, whose place before the first is free; return the new first place."""
    place = at - 1
    while place + 1 < end and join[queue[place + 1]] <= join[i]:
        queue[place] = queue[place + 1]
        place += 1
    queue[place] = i
    return at - 1


@compiled
def note_gone(i: int, left: float, s: Memory) -> None:
    """Remember who left the line unserved, and when; infinite: never."""
    k = s.n[GONE]
    s.gone[k], s.gone_since[k], s.gone_at[k] = i, s.join[i], left
    s.n[GONE] = k + 1


@compiled
def _leave(i: int, left: float, fate: int, goes_first: bool, last: float, v: Voters, limits: Limits, s: Memory) -> None:
    """Let a voter leave the line, for good; or for a while: once, and not beyond closing."""
    back, n = left + v.return_delay[i], s.n
    s.began[i] = np.inf
    willing = v.return_mark[i] < limits.impatient_return and not s.back[i]
    if left >= last or not willing or back > limits.closing:
        s.done[i], s.fate[i] = left, fate
        return
    s.back[i], s.join[i], s.fate[i] = True, back, fates.AWAY
    if back >= last:
        n[NEXT] = insert(i, s.line, n[NEXT], len(s.line), s.join)
    elif goes_first:
        n[FIRST_HEAD] = insert(i, s.first, n[FIRST_HEAD], n[FIRST_END], s.join)
    else:
        n[OTHERS_HEAD] = insert(i, s.others, n[OTHERS_HEAD], n[OTHERS_END], s.join)


@compiled
def _stand_before(i: int, goes_first: bool, v: Voters, s: Memory) -> int:
    """Return how many stood in line before a voter when he came.

    They have been served since, or have lost patience. Only those of his class count for one who goes first.
    """
    join, began, who, n, seen = s.join, s.began, s.who, s.n, SEEN + goes_first
    now, ahead = join[i], 0
    while n[seen] < n[SERVED] and began[who[n[seen]]] < now:
        n[seen] += 1
    for k in who[n[seen] : n[SERVED]]:
        before = join[k] < now or (join[k] == now and k < i)
        ahead += before and (v.priority[k] or not goes_first)
    for g in range(n[GONE]):
        before = s.gone_since[g] <= now <= s.gone_at[g]
        ahead += before and (v.priority[s.gone[g]] or not goes_first)
    return ahead


@compiled
def goes_away(i: int, t: float, goes_first: bool, last: float, v: Voters, limits: Limits, s: Memory) -> bool:
    """Return whether a voter whose turn comes at t has gone before: at the sight of the line, or out of patience.

    Who is served at once does not mind the line.
    """
    came = s.join[i]
    if t > came and _stand_before(i, goes_first, v, s) >= v.line_limit[i]:
        _leave(i, came, fates.LOST_BALKED, goes_first, last, v, limits, s)
        return True
    limit = came + v.patience[i]
    if limit < t:
        note_gone(i, limit, s)
        _leave(i, limit, fates.LOST_IMPATIENT, goes_first, last, v, limits, s)
        return True
    return False


@compiled
def sold_out(t: float, last: float, v: Voters, limits: Limits, s: Memory) -> None:
    """Send everybody home who stands in line at t, when the last ballot is given out, or comes later."""
    n = s.n
    while n[FIRST_HEAD] < n[FIRST_END] or n[OTHERS_HEAD] < n[OTHERS_END]:
        goes_first = n[FIRST_HEAD] < n[FIRST_END]
        if goes_first:
            i = s.first[n[FIRST_HEAD]]
            n[FIRST_HEAD] += 1
        else:
            i = s.others[n[OTHERS_HEAD]]
            n[OTHERS_HEAD] += 1
        if s.join[i] > t or not goes_away(i, t, goes_first, last, v, limits, s):
            note_gone(i, t, s)
            s.began[i], s.done[i], s.fate[i] = np.inf, max(t, s.join[i]), fates.LOST_UNSUPPLIED
