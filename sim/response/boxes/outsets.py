"""How soon units can be anywhere: worked out once for who stands still, and asked of who moves only where it counts.

Nobody comes nearer to a place in fewer minutes than he would need for the same way by himself. So who moves cannot be
anywhere before he could have been there straight from where he was asked last; only who might be in time by that is
asked where he is now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from math import inf
from typing import NamedTuple

import numpy as np
import simpy

from sim.region.position import ELSEWHERE, Motion, Position, Standing, exits
from sim.response.fleet import Unit
from sim.response.open_roads import OpenRoads

_Minutes = Callable[[int], float]
"""Tells the minutes to a node."""
_SLACK = 1e-6
"""Minutes by which sums over a whole way may differ."""


class _Outset(NamedTuple):
    """How far a unit is from every node, as long as it moves so on these roads.

    Attributes:
        motion: How it moves.
        stands: Whether it stays where it is.
        when: The moment.
        since: From when on the minutes to a node count for who moves: before, it cannot be there.
        minutes: Tells the minutes to a node from where it was at that moment.
    """

    motion: Motion
    stands: bool
    when: float
    since: float
    minutes: _Minutes


_NEVER_ASKED = _Outset(Standing(Position(ELSEWHERE)), True, 0.0, 0.0, lambda _: inf)


class Outsets:
    """Tells how soon units can be at nodes.

    Args:
        env: The clock.
        roads: Which roads are open.
    """

    def __init__(self, env: simpy.Environment, roads: OpenRoads) -> None:
        self.env = env
        self.roads = roads
        self._kept: defaultdict[int, _Outset] = defaultdict(lambda: _NEVER_ASKED)  # by the indices of units
        self._changes = 0  # how many times the roads had changed when these were worked out

    def first(self, units: Sequence[Unit], node: int, latest: float) -> tuple[Unit, float] | None:
        """Return who is at a node first, and when; None when nobody can be there by the latest time.

        Of several at the same time it is the first of them.
        """
        found, soonest = None, inf
        for unit, earliest in zip(units, self.earliest(units, node), strict=True):
            if earliest > latest or (found is not None and earliest >= soonest):
                continue
            outset = self._kept[unit.index]
            when = earliest if outset.stands else float(self.env.now) + self._up_to_now(unit, outset).minutes(node)
            if when <= latest and (found is None or when < soonest):
                found, soonest = unit, when
        return None if found is None else (found, soonest)

    def may_be_at(self, units: Sequence[Unit], node: int, latest: float) -> list[Unit]:
        """Return who of some units may be at a node by a time, minutes after midnight; who may not is left out."""
        return [unit for unit, soonest in zip(units, self.earliest(units, node), strict=True) if soonest <= latest]

    def earliest(self, units: Iterable[Unit], node: int) -> list[float]:
        """Return for each unit a time before which it cannot be at a node; who stands still can be there then."""
        now = float(self.env.now)
        return [(now if outset.stands else outset.since) + outset.minutes(node) for outset in self._outsets(units)]

    def minutes(self, unit: Unit) -> _Minutes:
        """Return what tells the minutes from a unit to a node now."""
        return self._up_to_now(unit, *self._outsets((unit,))).minutes

    def _up_to_now(self, unit: Unit, outset: _Outset) -> _Outset:
        """Return where a unit sets out from now; ``outset``: as it was asked last."""
        return outset if outset.stands or outset.when == self.env.now else self._work_out(unit)

    def _outsets(self, units: Iterable[Unit]) -> list[_Outset]:
        """Return where units set out from when they were asked last, where they move as then, on the same roads."""
        kept, changes = self._kept, len(self.roads.history)
        if changes != self._changes:
            self._changes = changes
            kept.clear()
        return [
            outset if (outset := kept[unit.index]).motion is unit.motion else self._work_out(unit) for unit in units
        ]

    def _work_out(self, unit: Unit) -> _Outset:
        now, motion, network = float(self.env.now), unit.motion, self.roads.network
        vehicle, state = unit.spec.vehicle, self.roads.state
        times, ways = network.minutes(vehicle, state), exits(motion.at(now), network, vehicle, state)
        soonest = reduce(np.minimum, [out + times[node] if out else times[node] for node, out in ways])
        found = self._kept[unit.index] = _Outset(motion, isinstance(motion, Standing), now, now - _SLACK, soonest.item)
        return found
