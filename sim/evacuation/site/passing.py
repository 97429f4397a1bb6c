"""People through one way: in order of arrival, no quicker than it takes them, walking as dense as that makes them.

Everything is exact: no time step. Whoever arrives while the mouth of a way is taken waits in the space before it, which
holds any number; the model has no queue that grows back through a door.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from sim.evacuation.site.hydraulics import spread_s
from sim.evacuation.site.network import Arc

Floats = NDArray[np.float64]
_BLOCK = 512
"""Persons whose fan is reckoned at a time: bounds the memory of a large crowd."""


def entries(arrivals: Floats, hold: float, free_from: float) -> Floats:
    """Return when each person is through the mouth of a way: 1 / capacity after he came and the one before is through.

    Args:
        arrivals: In order, minutes.
        hold: 1 / capacity, minutes.
        free_from: When the mouth is free.
    """
    steps = np.arange(len(arrivals)) * hold
    return np.asarray(np.maximum.accumulate(np.maximum(arrivals, free_from) - steps) + steps + hold)


def ends(entered: Floats, factor: Floats, arc: Arc, before: Floats) -> Floats:
    """Return when each person is at the end of a way.

    A dense group fans out as it walks (:func:`~sim.evacuation.site.hydraulics.spread_s`); who walks slowly holds up
    nobody behind him, and comes later himself.

    Args:
        entered: When each is through its mouth, in order, minutes.
        factor: His speed as a share of the free speed.
        arc: The way.
        before: The same times of those who are through already; they may still be on it.
    """
    if not arc.length_m:
        return entered
    own = entered + arc.walk / factor
    known = int(np.searchsorted(entered, np.inf))  # in a ring it is not known at first when the others come
    if known < len(entered):
        return np.concatenate([ends(entered[:known], factor[:known], arc, before), own[known:]])
    if len(before):
        with_before = np.concatenate([before, entered])
        return np.maximum(own, _fanned(with_before, arc)[len(before) :] + arc.walk)
    return np.maximum(own, _fanned(entered, arc) + arc.walk)


def _fanned(entered: Floats, arc: Arc) -> Floats:
    """Return the largest of ``entered[m] + spread[n - m]`` over m <= n, for each n."""
    count = len(entered)
    spread = _spread(_rounded_up(count), arc.length_m, arc.width_m, arc.k)[:count]
    padded = np.concatenate([spread[::-1], np.full(count - 1, -np.inf)]) if count else spread
    out = np.empty(count)
    for first in range(0, count, _BLOCK):
        last = min(first + _BLOCK, count)
        windows = sliding_window_view(padded, last)[count - last : count - first][::-1]
        out[first:last] = (windows + entered[:last]).max(axis=1)
    return out


def _rounded_up(count: int) -> int:
    return 1 << max(count - 1, 1).bit_length()


@lru_cache(maxsize=1024)
def _spread(count: int, length_m: float, width_m: float, k: float) -> Floats:
    return spread_s(count, length_m, width_m, k) / 60.0
