"""The later stages: everybody who reaches one is served there, unless the station stops for good."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.voting.kernel.inputs import Floats
from sim.voting.kernel.memory import ONE, SERVED, ZERO, Memory, Pieces, Voters
from sim.voting.kernel.pace import calm_until, finished, may_begin


@compiled
def inner_stage(  # noqa: C901 - see entrance
    stage: int, priority: bool, free: Floats, v: Voters, p: Pieces, s: Memory
) -> None:  # fmt: skip
    """Serve a later stage to everybody in its queue, and leave them there in the order and at the times they go on.

    A service that never begins or never ends has infinite times.

    Args:
        stage: Its number.
        priority: Whether priority voters go first.
        free: When each server is free, ascending: minus infinity for all.
        v: The voters.
        p: The station's conditions.
        s: The working memory, with the queue in ``ready`` and ``who``.
    """
    ready, who, first, others, served_first = s.ready, s.who, s.first, s.others, v.priority
    waited, since, service = s.wait, s.since, v.service[stage, v.begin : v.end]
    n, servers = np.uint64(s.n[SERVED]), np.uint64(len(free))
    first_head, first_end, others_head, others_end, reached = ZERO, ZERO, ZERO, ZERO, ZERO
    now, piece, low = -np.inf, 0, -np.inf
    calm = np.inf if p.even else -np.inf  # until then, from now on, every server works at full speed
    record = s.start.size > 0
    comes = ready[0] if n else np.inf
    for place in range(n):
        after = ready[reached + ONE] if reached + ONE < n else np.inf
        if first_head == first_end and others_head == others_end and low <= comes < calm and comes < after:
            i = who[reached]  # nobody waits, a server is free, and nobody comes together with him
            reached += ONE
            now, comes = comes, after
        else:
            t = max(now, low) if first_head < first_end or others_head < others_end else max(comes, low)
            if t >= calm:
                t, piece = may_begin(t, free, stage, p, piece)
                calm = calm_until(stage, p, piece)
            now = t
            while comes <= t and reached < n:
                i = who[reached]
                since[i] = comes
                if priority and served_first[i]:
                    first[first_end] = i
                    first_end += ONE
                else:
                    others[others_end] = i
                    others_end += ONE
                reached += ONE
                comes = ready[reached] if reached < n else np.inf
            if first_head < first_end:
                i = first[first_head]
                first_head += ONE
            else:
                i = others[others_head]
                others_head += ONE
            waited[i] += t - since[i]
        end = now + service[i]
        if end > calm or now >= calm:
            end = finished(now, service[i], p, piece)
        if record:
            s.start[stage, i], s.finish[stage, i] = now, end
        goes_on = np.uint64(place)
        while goes_on > ZERO and ready[goes_on - ONE] > end:  # in order of going on; equal ones as they are
            ready[goes_on], who[goes_on] = ready[goes_on - ONE], who[goes_on - ONE]
            goes_on -= ONE
        ready[goes_on], who[goes_on] = end, i
        for k in range(ONE, servers):  # free stays in order: the server that begins goes to its place
            other = free[k]
            free[k - ONE] = other if other < end else end
            end = end if other < end else other
        free[servers - ONE] = end
        low = free[0]
