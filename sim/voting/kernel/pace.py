"""How fast the station works, and when a server may begin: what the stages ask where the day is not even."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.voting.kernel.inputs import Flags, Floats, Ints
from sim.voting.kernel.memory import Pieces


@compiled
def is_even(time: Floats, speed: Floats, out: Ints, door_open: Flags, opening: float) -> bool:
    """Return whether the station works at full speed with every server and an open door from opening on."""
    for j in range(len(time)):
        over = j + 1 < len(time) and time[j + 1] <= opening
        if not over and (speed[j] != 1.0 or out[j].any() or not door_open[j]):
            return False
    return True


@compiled
def may_begin(t: float, free: Floats, stage: int, p: Pieces, j: int) -> tuple[float, int]:
    """Return the first time from t on at which this stage may begin a service, and its piece; j: where to look first.

    Infinite when it never may again. With some of c servers out of use, c less so many may be busy at once, so the
    next begins as soon as one more than are out is free. Nobody begins at the first stage while the door is shut.

    Args:
        t: Not before somebody waits.
        free: When each server is free, ascending.
        stage: Its number.
        p: The station's conditions.
        j: A piece that begins by t.
    """
    while True:
        while j + 1 < len(p.time) and p.time[j + 1] <= t:
            j += 1
        until = p.time[j + 1] if j + 1 < len(p.time) else np.inf
        out = p.out[j, stage] if stage < p.out.shape[1] else 0
        begin = np.inf
        if p.speed[j] > 0 and out < len(free) and (stage > 0 or p.door_open[j]):
            begin = max(t, free[out])
        if begin < until or until == np.inf:
            return begin, j
        t = until


@compiled
def calm_until(stage: int, p: Pieces, j: int) -> float:
    """Return when piece j ends, if this stage works at full speed with every server in it; else minus infinity."""
    out = p.out[j, stage] if stage < p.out.shape[1] else 0
    if p.speed[j] != 1.0 or out > 0 or (stage == 0 and not p.door_open[j]):
        return -np.inf
    return p.time[j + 1] if j + 1 < len(p.time) else np.inf


@compiled
def finished(start: float, work: float, p: Pieces, j: int) -> float:
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
