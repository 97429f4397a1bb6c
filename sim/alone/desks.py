"""When calls are handled: desks that take the most urgent first, of equal ones the oldest, and break nothing off."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def handled(came: Floats, urgency: Ints, minutes: Floats, desks: int | None) -> Floats:
    """Return when each call has been handled, minutes.

    Args:
        came: When each comes, in order.
        urgency: Which is taken first of those that wait: the one with the least, of equal ones the oldest.
        minutes: How long it is at a desk.
        desks: How many there are; None: one for each call.
    """
    if desks is None or not minutes.any():
        return came + minutes
    done, free = np.empty(len(came)), [0.0] * desks
    waiting: list[tuple[int, int]] = []
    first, lasts = urgency.tolist(), minutes.tolist()

    def serve_until(now: float) -> None:
        while waiting and free[0] <= now:
            starts = heappop(free)
            _, call = heappop(waiting)
            done[call] = ends = max(starts, came[call]) + lasts[call]
            heappush(free, ends)

    for call, when in enumerate(came.tolist()):
        serve_until(when)
        if not waiting and free[0] <= when:
            done[call] = when + lasts[call]
            heappop(free)
            heappush(free, done[call])
        else:
            heappush(waiting, (first[call], call))
    serve_until(np.inf)
    return done
