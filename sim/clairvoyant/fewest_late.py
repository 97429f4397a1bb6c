"""The fewest late calls, and who goes where then: paths of units from call to call, solved exactly by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array

from sim.clairvoyant.calls import SLACK, Calls
from sim.clairvoyant.steps import FIRST, Steps, steps_of
from sim.solver import maximise

MOST_WHOLE = 5_000
"""With more steps than this fractions of units may take them: that is bound to be no worse, and takes two seconds where
the whole ones take three minutes (200 calls, 20 units, 30,000 steps). In all cases tried both were the same number."""
MOST_STEPS = 30_000
"""With more steps than this only those calls are late at best that no unit could come to."""
MOST_NODES = 1_000
"""After so many branches the solver stops, and its bound stands: a limit of time would not give the same everywhere."""
_OPTIMAL = 0
"""What ``scipy.optimize.linprog`` says of an optimum."""

Served = tuple[tuple[int, tuple[int, ...]], ...]
"""Who serves which calls in time, one after another: pairs of a unit and its calls."""


@dataclass(frozen=True)
class Fewest:
    """The fewest late calls.

    Attributes:
        late: Late calls of the best dispatch that was found.
        bound: No dispatch has fewer; the same number where the best was found.
        served: Who serves which calls in time, one after another: pairs of a unit and its calls.
    """

    late: int
    bound: int
    served: Served

    @property
    def gap(self) -> int:
        """How many fewer late calls another dispatch could have at most; 0: none has fewer."""
        return self.late - self.bound


def fewest_late(calls: Calls) -> Fewest:
    """Return the fewest late calls that any dispatch of these units could have had, all calls being known beforehand.

    Every unit goes a way through the calls, from one to a later one; each call is served by one at most. What one step
    needs depends on its two calls and the unit alone, for a unit is free at a time that does not depend on who it is:
    so the best dispatch is a set of paths, one a unit, that share no call and pass as many as possible. Calls that are
    late are left alone, and bind nobody.

    Raises:
        RuntimeError: When the solver fails, or says something that is not so.
    """
    steps, whole = steps_of(calls), len(calls.free)
    given = int(calls.anyhow.sum())
    reached = len(np.unique(steps.call))
    if reached == 0:
        return Fewest(whole - given, whole - given, ())
    served, bound = max(_one_each(calls, steps), calls.known, key=_kept), reached
    if _kept(served) < reached and len(steps.call) <= MOST_STEPS:
        paths, bound = _paths(steps) if len(steps.call) <= MOST_WHOLE else ((), _most(steps))
        served = max(paths, served, key=_kept)
    check(calls, served)
    return Fewest(whole - given - _kept(served), whole - given - max(bound, _kept(served)), served)


def _kept(served: Served) -> int:
    """Return how many calls are served in time."""
    return sum(len(chain) for _, chain in served)


def _one_each(calls: Calls, steps: Steps) -> Served:
    """Return units that serve one call each, as many as possible: nearly always there are enough for all."""
    from scipy.sparse.csgraph import maximum_bipartite_matching  # takes a while to load

    first = steps.before == FIRST
    graph = csr_array((np.ones(int(first.sum())), (steps.call[first], steps.unit[first])), shape=calls.there.T.shape)
    unit = maximum_bipartite_matching(graph, perm_type="column")
    return tuple(sorted((int(u), (call,)) for call, u in enumerate(unit.tolist()) if u >= 0))


def _paths(steps: Steps) -> tuple[Served, int]:
    """Return paths that pass as many calls as possible, and how many none can exceed."""
    rows, limit = _rows(steps)
    one = np.ones(len(steps.call))
    found = maximise(one, one.astype(np.int64), one, rows, limit, nodes=MOST_NODES)
    taken = np.flatnonzero(found.x > 0.5) if found.x is not None else np.zeros(0, dtype=np.int64)
    each_once = len(np.unique(steps.call))
    return _chains(steps, taken.tolist()), _whole(min(found.bound, each_once))


def _most(steps: Steps) -> int:
    """Return how many calls no paths can exceed, fractions of units taken for units."""
    from scipy.optimize import linprog  # takes a while to load

    left: Any  # the library's types know no sparse rows here
    left, limit = _rows(steps)
    found = linprog(-np.ones(len(steps.call)), A_ub=left, b_ub=limit, bounds=(0.0, 1.0), method="highs-ipm")
    if found.status != _OPTIMAL or found.fun is None:
        raise RuntimeError(f"the solver failed: {found.message}")
    return _whole(-float(found.fun))


def _whole(calls: float) -> int:
    """Return a number of calls that is not exceeded; what the solver lacks to a whole one is its rounding."""
    return floor(calls + 1e-6)


def _rows(steps: Steps) -> tuple[csr_array, np.ndarray]:
    """Return the constraints: a call is served once, a unit sets out once, and leaves a call that it has served."""
    n = np.arange(len(steps.call))
    first = steps.before == FIRST
    units = np.unique(steps.unit[first], return_inverse=True)[1]
    calls, call = np.unique(steps.call, return_inverse=True)
    at = steps.unit * (steps.call.max() + 1)
    left = (at + steps.before)[~first]
    places, leaves = np.unique(left, return_inverse=True)
    comes = np.isin(at + steps.call, places)
    arrives = np.searchsorted(places, (at + steps.call)[comes])
    start = [0, len(calls), len(calls) + (units.max() + 1)]
    i = np.concatenate([call, start[1] + units, start[2] + leaves, start[2] + arrives])
    j = np.concatenate([n, n[first], n[~first], n[comes]])
    value = np.concatenate([np.ones(len(n) + len(units) + len(leaves)), -np.ones(len(arrives))])
    limit = np.concatenate([np.ones(start[2]), np.zeros(len(places))])
    return coo_array((value, (i, j)), shape=(len(limit), len(n))).tocsr(), limit


def _chains(steps: Steps, taken: list[int]) -> Served:
    """Return the paths that some steps make up."""
    then = {(int(steps.unit[i]), int(steps.before[i])): int(steps.call[i]) for i in taken}
    found = []
    for unit in sorted({unit for unit, before in then if before == FIRST}):
        chain, here = [], FIRST
        while (unit, here) in then:
            here = then[unit, here]
            chain.append(here)
        found.append((unit, tuple(chain)))
    return tuple(found)


def check(calls: Calls, served: Served) -> None:
    """Check a dispatch call by call, from the times themselves and not from the steps that it was made of.

    Raises:
        RuntimeError: When a call is served twice, a unit has two days, or somebody comes too late.
    """
    units, all_calls = [unit for unit, _ in served], [call for _, chain in served for call in chain]
    if len(set(units)) < len(units) or len(set(all_calls)) < len(all_calls):
        raise RuntimeError("the best dispatch has a unit with two days, or a call served twice")
    known = {(unit, before, call) for unit, chain in calls.known for before, call in pairwise((FIRST, *chain))}
    for unit, chain in served:
        for before, call in pairwise((FIRST, *chain)):
            there = calls.there[unit, call] if before == FIRST else calls.after(before)[unit, call]
            late = there > min(calls.deadline[call], calls.free[call]) + SLACK
            if (late and (unit, before, call) not in known) or calls.anyhow[call]:
                raise RuntimeError(f"the best dispatch has unit {unit} at call {call} at {there}, which is too late")
