"""The first stage, with the line before it: the only one where voters lose patience, turn away, or are sent home."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.voting.kernel import fates
from sim.voting.kernel.inputs import Floats
from sim.voting.kernel.line import back_in_line, comes_back, goes_away, line_up, note_gone, sold_out
from sim.voting.kernel.memory import (
    BACK,
    FIRST_END,
    FIRST_HEAD,
    GONE,
    ISSUED,
    ONE,
    OTHERS_END,
    OTHERS_HEAD,
    SEEN,
    SERVED,
    SIZE,
    ZERO,
    Limits,
    Memory,
    Pieces,
    Voters,
)
from sim.voting.kernel.pace import calm_until, finished, may_begin


@compiled
def entrance(  # noqa: C901 - passing its arrays on for each voter would cost several times the work itself
    bound: float, priority: bool, free: Floats, v: Voters, p: Pieces, limits: Limits, s: Memory
) -> None:  # fmt: skip
    """Serve the first stage to everybody who joins before ``bound``.

    Who would wait longer than his patience leaves at the end of it and takes nobody's place. With the last ballot the
    line is sent home. Those who leave and come back in time are served like the others.

    Args:
        bound: When the round ends.
        priority: Whether priority voters go first.
        free: When each server is free, ascending: the opening, for all.
        v: The voters.
        p: The station's conditions.
        limits: Its hours and ballots.
        s: The working memory; who was served stands in ``who`` by ``ready``, when he was, both in order of beginning.
    """
    last = min(bound, np.nextafter(limits.until, np.inf))
    line_up(last, priority, v.priority, s)
    first, others, join, began, fate, waited, ready, who = (
        s.first, s.others, s.join, s.began, s.fate, s.wait, s.ready, s.who
    )  # fmt: skip
    patience, line_limit, service, n = v.patience, v.line_limit, v.service[0, v.begin : v.end], s.n
    servers, ballots, record = np.uint64(len(free)), limits.ballots, s.start.size > 0
    first_head, first_end, others_head, others_end, served = (
        ZERO, np.uint64(n[FIRST_END]), ZERO, np.uint64(n[OTHERS_END]), ZERO
    )  # fmt: skip
    given, back_first, back_other = n[ISSUED], np.inf, np.inf  # when the next of each class comes back
    joined_first = join[first[0]] if first_end else np.inf  # when the next joined of those who go first
    joined_other = join[others[0]] if others_end else np.inf  # and of the others
    now, piece, low = -np.inf, 0, free[0]
    calm = np.inf if p.even else -np.inf  # until then, from now on, every server works at full speed
    while given < ballots:
        if joined_first > back_first or joined_other > back_other:
            n[FIRST_HEAD], n[OTHERS_HEAD] = first_head, others_head
            back_in_line(joined_first > back_first, s)
            first_head, others_head = np.uint64(n[FIRST_HEAD]), np.uint64(n[OTHERS_HEAD])
            joined_first = join[first[first_head]] if first_head < first_end else np.inf
            joined_other = join[others[others_head]] if others_head < others_end else np.inf
            back_first, back_other = comes_back(BACK + 1, s.heaps), comes_back(BACK, s.heaps)
            continue
        if first_head == first_end and others_head == others_end:
            break
        now = max(now, low, min(joined_first, joined_other))
        if now >= calm:
            now, piece = may_begin(now, free, 0, p, piece)
            calm = calm_until(0, p, piece)
        goes_first = bool(first_head < first_end and joined_first <= now)
        if goes_first:
            i, came = first[first_head], joined_first
            first_head += ONE
            joined_first = join[first[first_head]] if first_head < first_end else np.inf
        else:
            i, came = others[others_head], joined_other
            others_head += ONE
            joined_other = join[others[others_head]] if others_head < others_end else np.inf
        seen, gone, impatient = SEEN + goes_first, SIZE + GONE + goes_first, came + patience[i] < now
        if impatient or (came < now and np.int64(served) - n[seen] + n[gone] >= line_limit[i]):
            while n[seen] < np.int64(served) and began[who[n[seen]]] < came:
                n[seen] += 1
            if impatient or np.int64(served) - n[seen] + n[gone] >= line_limit[i]:  # no more than so many stood there
                n[SERVED] = served
                if goes_away(i, now, goes_first, last, v, limits, s):
                    back_first, back_other = comes_back(BACK + 1, s.heaps), comes_back(BACK, s.heaps)
                    continue
        began[i], fate[i] = now, fates.VOTED
        if now == np.inf:
            note_gone(i, np.inf, goes_first, s)
            s.done[i] = np.inf
            continue
        waited[i] = now - came
        end = now + service[i]
        if end > calm or now >= calm:
            end = finished(now, service[i], p, piece)
        if record:
            s.start[0, i], s.finish[0, i] = now, end
        ready[served], who[served] = end, i
        served += ONE
        given += 1
        for k in range(ONE, servers):  # free stays in order: the server that begins goes to its place
            other = free[k]
            free[k - ONE] = other if other < end else end
            end = end if other < end else other
        free[servers - ONE] = end
        low = free[0]
    n[FIRST_HEAD], n[OTHERS_HEAD], n[SERVED], n[ISSUED] = first_head, others_head, served, given
    if given >= ballots:
        sold_out(now, last, v, limits, s)
