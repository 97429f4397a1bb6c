"""How soon units can be anywhere: worked out once for who stands still, and asked of who moves only where it counts.

Nobody comes nearer to a place in fewer minutes than he would need for the same way by himself. So who moves cannot be
anywhere before he could have been there straight from where he was asked last; only who might be in time by that is
asked where he is now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from math import inf
from typing import NamedTuple

import simpy

from sim.region.position import Motion, Standing, exits
from sim.response.fleet import Unit
from sim.response.open_roads import OpenRoads

_SLACK = 1e-6
"""Minutes by which sums over a whole way may differ."""


class _Outset(NamedTuple):
    """How far a unit is from every node, as long as it moves so on these roads.

    Attributes:
        when: The moment.
        motion: How it moved then.
        changes: How many times the roads had changed.
        stands: Whether it stands still.
        minutes: Tells the minutes to a node.
    """

    when: float
    motion: Motion
    changes: int
    stands: bool
    minutes: Callable[[int], float]

    def earliest(self, node: int, now: float) -> float:
        """Return a time before which the unit cannot be at a node; who stands still can be there then."""
        return (now if self.stands else self.when - _SLACK) + self.minutes(node)


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

    def first(self, units: Iterable[Unit], node: int, latest: float) -> tuple[Unit, float] | None:
        """Return who is at a node first, and when; None when nobody can be there by the latest time.

        Of several at the same time it is the first of them.
        """
        found, soonest, now = None, inf, float(self.env.now)
        for unit in units:
            outset = self._outset(unit)
            when = outset.earliest(node, now)
            if when > latest or (found is not None and when >= soonest):
                continue
            if not outset.stands:
                when = now + self.minutes(unit)(node)
                if when > latest or (found is not None and when >= soonest):
                    continue
            found, soonest = unit, when
        return None if found is None else (found, soonest)

    def earliest(self, unit: Unit, node: int) -> float:
        """Return a time before which a unit cannot be at a node, minutes after midnight."""
        return self._outset(unit).earliest(node, float(self.env.now))

    def minutes(self, unit: Unit) -> Callable[[int], float]:
        """Return what tells the minutes from a unit to a node now."""
        outset = self._outset(unit)
        return outset.minutes if outset.stands or outset.when == self.env.now else self._work_out(unit).minutes

    def _outset(self, unit: Unit) -> _Outset:
        """Return where a unit set out from when it was asked last, if it moves as it did then on the same roads."""
        outset = self._kept.get(unit.index)
        if outset is None or outset.motion is not unit.motion or outset.changes != len(self.roads.history):
            return self._work_out(unit)
        return outset

    def _work_out(self, unit: Unit) -> _Outset:
        now, vehicle, network, state = float(self.env.now), unit.spec.vehicle, self.roads.network, self.roads.state
        between = network.minutes(vehicle, state).item
        ways = exits(unit.motion.at(now), network, vehicle, state)
        minutes: Callable[[int], float] = (
            partial(between, ways[0][0]) if len(ways) == 1 and not ways[0][1] else partial(_soonest, between, ways)
        )
        stands = isinstance(unit.motion, Standing)
        found = self._kept[unit.index] = _Outset(now, unit.motion, len(self.roads.history), stands, minutes)
        return found


def _soonest(between: Callable[[int, int], float], ways: tuple[tuple[int, float], ...], node: int) -> float:
    """Return the minutes to a node by the soonest of some ways out, each the node that it leads to and its minutes."""
    return min([out + between(start, node) for start, out in ways])
