"""How soon units can be anywhere: worked out once for who stands still, and asked of who moves only where it counts.

Nobody comes nearer to a place in fewer minutes than he would need for the same way by himself. So who moves cannot be
anywhere before he could have been there straight from where he was asked last; only who might be in time by that is
asked where he is now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from math import inf
from typing import NamedTuple

import numpy as np
import simpy

from sim.region.position import Motion, Standing, exits
from sim.response.fleet import Unit
from sim.response.open_roads import OpenRoads

_Minutes = Callable[[int], float]
"""Tells the minutes to a node."""
_SLACK = 1e-6
"""Minutes by which sums over a whole way may differ."""


class _Outset(NamedTuple):
    """How far a unit is from every node, as long as it moves so on these roads.

    Attributes:
        when: The moment.
        motion: How it moves.
        changes: How many times the roads had changed.
        stands: Whether it stays where it is.
        minutes: Tells the minutes to a node from where it was at that moment.
    """

    when: float
    motion: Motion
    changes: int
    stands: bool
    minutes: _Minutes

    def since(self, now: float) -> float:
        """Return from when on the minutes to a node count: before, it cannot be there. Who stands still can be then."""
        return now if self.stands else self.when - _SLACK


class Outsets:
    """Tells how soon units can be at nodes.

    Args:
        env: The clock.
        roads: Which roads are open.
    """

    def __init__(self, env: simpy.Environment, roads: OpenRoads) -> None:
        self.env = env
        self.roads = roads
        self._kept: dict[int, _Outset] = {}

    def first(self, units: Sequence[Unit], node: int, latest: float) -> tuple[Unit, float] | None:
        """Return who is at a node first, and when; None when nobody can be there by the latest time.

        Of several at the same time it is the first of them.
        """
        found, soonest, now = None, inf, float(self.env.now)
        for unit, outset in zip(units, self._outsets(units), strict=True):
            when = outset.since(now) + outset.minutes(node)
            if when > latest or (found is not None and when >= soonest):
                continue
            if not outset.stands:
                when = now + self.minutes(unit)(node)
                if when > latest or (found is not None and when >= soonest):
                    continue
            found, soonest = unit, when
        return None if found is None else (found, soonest)

    def may_be_at(self, units: Sequence[Unit], node: int, latest: float) -> list[Unit]:
        """Return who of some units may be at a node by a time, minutes after midnight; who may not is left out."""
        return [unit for unit, soonest in zip(units, self.earliest(units, node), strict=True) if soonest <= latest]

    def earliest(self, units: Sequence[Unit], node: int) -> list[float]:
        """Return for each unit a time before which it cannot be at a node, minutes after midnight."""
        now = float(self.env.now)
        return [outset.since(now) + outset.minutes(node) for outset in self._outsets(units)]

    def minutes(self, unit: Unit) -> _Minutes:
        """Return what tells the minutes from a unit to a node now."""
        (outset,) = self._outsets((unit,))
        return outset.minutes if outset.stands or outset.when == self.env.now else self._work_out(unit).minutes

    def _outsets(self, units: Iterable[Unit]) -> list[_Outset]:
        """Return where units set out from when they were asked last, where they move as then, on the same roads."""
        kept, changes = self._kept, len(self.roads.history)
        found = []
        for unit in units:
            outset = kept.get(unit.index)
            if outset is None or outset.motion is not unit.motion or outset.changes != changes:
                outset = self._work_out(unit)
            found.append(outset)
        return found

    def _work_out(self, unit: Unit) -> _Outset:
        now, motion, network = float(self.env.now), unit.motion, self.roads.network
        vehicle, state = unit.spec.vehicle, self.roads.state
        times, ways = network.minutes(vehicle, state), exits(motion.at(now), network, vehicle, state)
        soonest = reduce(np.minimum, [out + times[node] for node, out in ways])
        found = _Outset(now, motion, len(self.roads.history), isinstance(motion, Standing), soonest.item)
        self._kept[unit.index] = found
        return found
