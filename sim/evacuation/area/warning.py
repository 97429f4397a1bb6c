"""How the order to leave reaches people, and when they leave.

Warning is a broadcast and a contagion (Rogers and Sorensen 1988, "Diffusion of emergency warnings"). Of the share F
that is warned, dF/dt = a (1 - F) + b F (1 - F), with a the broadcast's rate a minute and b that between neighbours.
With F(0) = 0 this is F(t) = (1 - e) / (1 + (b/a) e), e = exp(-(a + b) t) (Bass 1969, equation of the cumulative share).
A second broadcast that begins later raises a from then on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim import exact

Floats = NDArray[np.float64]


def warned_after(share: Floats, rates: Sequence[tuple[float, float]], contagion: float) -> Floats:
    """Return after how many minutes each of these shares of the people is warned; shape as ``share``.

    Args:
        share: Shares, at least 0 and below 1: of somebody drawn at random, a uniform number.
        rates: As :func:`sim.evacuation.area.channels.broadcasts` returns them; without any nobody is warned, and all
            are infinite.
        contagion: Rate b from neighbour to neighbour, a minute.
    """
    found = np.full(share.shape, np.inf)
    reached = 0.0
    for i, (start, rate) in enumerate(rates):
        ratio, speed = contagion / rate, rate + contagion
        before = (1.0 - reached) / (1.0 + ratio * reached)
        here = share >= reached
        left = (1.0 - share[here]) / (1.0 + ratio * share[here])
        found[here] = start + exact.logs(before / left) / speed
        if i + 1 < len(rates):
            e = before * exact.exp(-speed * (rates[i + 1][0] - start))
            reached = (1.0 - e) / (1.0 + ratio * e)
    return found


def warned_share(minutes: float, rates: Sequence[tuple[float, float]], contagion: float) -> float:
    """Return the share that is warned so many minutes after the order; the inverse of :func:`warned_after`."""
    reached = 0.0
    for i, (start, rate) in enumerate(rates):
        if minutes <= start:
            break
        end = min(minutes, rates[i + 1][0]) if i + 1 < len(rates) else minutes
        ratio = contagion / rate
        e = (1.0 - reached) / (1.0 + ratio * reached) * exact.exp(-(rate + contagion) * (end - start))
        reached = (1.0 - e) / (1.0 + ratio * e)
    return reached
