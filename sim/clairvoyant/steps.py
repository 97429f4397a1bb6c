"""The steps from which the days of all units are put together: to a first call, and from a call to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.clairvoyant.calls import SLACK, Calls, Ints

FIRST = -1
"""Stands for the call before the first."""


class Steps(NamedTuple):
    """Steps that keep a deadline, one entry a step.

    Attributes:
        unit: Who makes it.
        before: The call that it comes from; FIRST: it comes from where it waits.
        call: The call that it goes to.
    """

    unit: Ints
    before: Ints
    call: Ints


def steps_of(calls: Calls) -> Steps:
    """Return every step that brings a unit to a call in time, those left out that no unit can come to make."""
    first = calls.from_home() & ~calls.anyhow
    for unit, served in calls.known:
        first[unit, list(served[:1])] = True
    found = [(*np.nonzero(first), FIRST)]
    can = first.copy()
    for call in np.lexsort((np.arange(len(calls.free)), calls.free)).tolist():  # what comes before it has been seen
        units = np.flatnonzero(can[:, call])
        if not len(units):
            continue
        then = np.zeros_like(can)
        then[units] = calls.after(call)[units] <= calls.last + SLACK
        then &= ~calls.anyhow
        for unit, served in calls.known:
            for one, other in pairwise(served):
                then[unit, other] |= one == call
        can |= then
        found.append((*np.nonzero(then), call))
    parts = [np.concatenate([np.broadcast_to(one[i], one[0].shape) for one in found]) for i in (0, 2, 1)]
    return Steps(*(part.astype(np.int64) for part in parts))
