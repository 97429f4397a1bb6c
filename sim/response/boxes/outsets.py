"""How soon units can be anywhere: worked out once for who stands still, and asked of who moves only where it counts.

Nobody comes nearer to a place in fewer minutes than he would need for the same way by himself. So who moves cannot be
anywhere before he could have been there straight from where he was asked last; only who might be in time by that is
asked where he is now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf

import simpy

from sim.region.position import Motion, Standing, exits
from sim.response.fleet import Unit
from sim.response.open_roads import OpenRoads

_Minutes = Callable[[int], float]
"""Tells the minutes to a node."""
_SLACK = 1e-6
"""Minutes by which sums over a whole way may differ."""


class _Outset:
    """How far a unit is from every node, as long as it moves so on these roads.

    Args:
        when: The moment.
        motion: How it moves.
        changes: How many times the roads had changed.
        ways: The minutes to each node that it can go on from, and what tells those from there to a node; one or two.
    """

    __slots__ = ("_ahead", "_back", "changes", "motion", "stands", "when")

    def __init__(self, when: float, motion: Motion, changes: int, ways: list[tuple[float, _Minutes]]) -> None:
        self.when = when
        self.motion = motion
        self.changes = changes
        self.stands = isinstance(motion, Standing)
        """Whether it stays where it is."""
        self._back, self._ahead = ways[0], ways[1] if len(ways) > 1 else None

    def minutes(self, node: int) -> float:
        """Return the minutes to a node from where it was at that moment."""
        out, beyond = self._back
        soonest = out + beyond(node)
        if self._ahead is not None:
            out, beyond = self._ahead
            soonest = min(soonest, out + beyond(node))
        return soonest

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

    def may_be_at(self, units: Iterable[Unit], node: int, latest: float) -> list[Unit]:
        """Return who of some units may be at a node by a time, minutes after midnight; who may not is left out."""
        return [unit for unit in units if self.earliest(unit, node) <= latest]

    def earliest(self, unit: Unit, node: int) -> float:
        """Return a time before which a unit cannot be at a node, minutes after midnight."""
        return self._outset(unit).earliest(node, float(self.env.now))

    def minutes(self, unit: Unit) -> _Minutes:
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
        ways = exits(unit.motion.at(now), network, vehicle, state)
        times = network.minutes(vehicle, state)
        beyond = [(out, times[node].item) for node, out in ways]
        found = self._kept[unit.index] = _Outset(now, unit.motion, len(self.roads.history), beyond)
        return found
