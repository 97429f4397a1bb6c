"""A site's quickest flow: a time below which no choice of ways brings everybody to safety."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping

import numpy as np
from numpy.typing import NDArray

from sim.evacuation.bound import Link, quickest
from sim.evacuation.site.network import Site

_PARTS = 100
"""Parts that a person is reckoned in, so that a capacity rounded up is hardly above the true one."""
_FINEST_S = 0.5
"""Shortest step of time, s."""
_STEPS = 400
"""Steps that the bound takes about; a longer evacuation gets longer steps."""


def least_minutes(
    site: Site, space: NDArray[np.int64], open_share_by_exit: Mapping[str, float], about_minutes: float
) -> float:
    """Return a lower bound of the minutes until the last person is safe; infinite when somebody cannot get out.

    Everybody starts at once at full free speed; travel times are rounded down and capacities up, so it is truly a
    bound; who was told to use which exit is left out of account.

    Args:
        site: The site.
        space: The space that each person starts in.
        open_share_by_exit: How far each exit is open; those that are not named are free.
        about_minutes: A time that the answer is not far above, such as the clearance time: it sets the step.
    """
    step = max(_FINEST_S, about_minutes * 60.0 / _STEPS if math.isfinite(about_minutes) else _FINEST_S)
    links = []
    for arc in site.arcs:
        rate = arc.rate(open_share_by_exit.get(arc.name, 1.0)) if arc.head is None else arc.rate(1.0)
        seconds = 60.0 * (arc.approach + arc.walk + arc.beyond)
        capacity = math.ceil(rate * step / 60.0 * _PARTS - 1e-9)
        head: Hashable = "safe" if arc.head is None else arc.head
        links.append(Link(arc.tail, head, math.floor(seconds / step + 1e-9), capacity))
    count = np.bincount(space, minlength=len(site.spaces)) * _PARTS
    supplies: dict[Hashable, int] = {i: int(n) for i, n in enumerate(count.tolist()) if n}
    return quickest(links, supplies, ["safe"]) * step / 60.0
