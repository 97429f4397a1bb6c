"""The steps from which the days of all units are put together: to a first call, and from a call to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.clairvoyant.calls import SLACK, Calls, Flags, Ints

FIRST = -1
"""Stands for the call before the first."""


class Steps(NamedTuple):
    """Steps that bring a unit to a call in time, one entry a step.

    Attributes:
        unit: Who makes it.
        before: The call that it comes from; FIRST: it comes from where it waits.
        call: The call that it goes to.
    """

    unit: Ints
    before: Ints
    call: Ints


def steps_of(calls: Calls) -> Steps:
    """Return every step that brings a unit to a call in time, from a call only where the unit can have come to that."""
    first = calls.from_home() & ~calls.anyhow
    for unit, served in calls.known:
        first[unit, list(served[:1])] = True
    found, can = {FIRST: first}, first.copy()
    for call in np.lexsort((np.arange(len(calls.free)), calls.free)).tolist():  # what comes before it has been seen
        units = np.flatnonzero(can[:, call])
        if len(units):
            found[call] = _then(calls, call, units)
            can |= found[call]
    parts = {before: np.nonzero(then) for before, then in found.items()}
    return Steps(
        unit=np.concatenate([unit for unit, _ in parts.values()]),
        before=np.repeat(list(parts), [len(unit) for unit, _ in parts.values()]),
        call=np.concatenate([call for _, call in parts.values()]),
    )


def _then(calls: Calls, call: int, units: Ints) -> Flags:
    """Return which other calls each of some units can serve in time after a call, (units, calls)."""
    then = np.zeros(calls.there.shape, dtype=np.bool_)
    then[units] = calls.after(call)[units] <= calls.last + SLACK
    then &= ~calls.anyhow
    for unit, served in calls.known:
        for one, other in pairwise(served):
            then[unit, other] |= one == call
    return then
