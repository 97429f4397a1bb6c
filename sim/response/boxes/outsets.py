"""How soon units can be anywhere: worked out once for who stands still, and asked of who moves only where it counts.

Nobody comes nearer to a place in fewer minutes than he would need for the same way by himself. So who moves cannot be
anywhere before he could have been there straight from where he was asked last; only who might be in time by that is
asked where he is now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.region.position import ELSEWHERE, Motion, Position, Standing, exits
from sim.response.fleet import Unit
from sim.response.open_roads import OpenRoads

Floats = NDArray[np.float64]
Minutes = Callable[[int], float]
"""Tells the minutes to a node."""
_ANY = 0
"""A node: where it does not matter which."""
_SLACK = 1e-6
"""Minutes by which sums over a whole way may differ."""


class Outset(NamedTuple):
    """How far a unit is from every node, as long as it moves so on these roads.

    Attributes:
        motion: How it moves.
        stands: Whether it stays where it is.
        when: The moment.
        here: Where it was at that moment.
        minutes: Tells the minutes to a node from there.
    """

    motion: Motion
    stands: bool
    when: float
    here: Position
    minutes: Minutes


_NEVER_ASKED = Outset(Standing(Position(ELSEWHERE)), True, 0.0, Position(ELSEWHERE), lambda _: inf)


class Outsets:
    """Tells how soon units can be at nodes.

    Args:
        roads: Which roads are open.
    """

    def __init__(self, roads: OpenRoads) -> None:
        self.roads = roads
        self._kept: defaultdict[Unit, Outset] = defaultdict(lambda: _NEVER_ASKED)
        self._times: dict[str, Floats] = {}  # between all nodes, by vehicle
        self._state = roads.state  # in which these were worked out; if it comes again, nobody was faster meanwhile

    def in_time(self, now: float, units: Iterable[Unit], node: int, latest: float) -> list[tuple[Unit, Outset]]:
        """Return which of some units that are free can be at a node by a time, each with where it sets out from now.

        Units that have a task or are held back are left out.
        """
        if (state := self.roads.state) is not self._state:
            self._state = state
            self._kept.clear()
            self._times.clear()
        kept, late, found = self._kept, latest + _SLACK, []
        left = late - now
        for unit in units:
            if unit.task is None:
                if (outset := kept[unit]).motion is not unit.motion:
                    outset = self._work_out(now, unit)
                if outset.minutes(node) <= (left if outset.stands else late - outset.when) and not unit.is_held:
                    if not outset.stands and outset.when != now:
                        outset = self._work_out(now, unit)
                    if now + outset.minutes(node) <= latest:
                        found.append((unit, outset))
        return found

    def of_free(self, now: float, unit: Unit) -> Outset | None:
        """Return where a unit sets out from now; None for one that is not free."""
        for _, outset in self.in_time(now, (unit,), _ANY, inf):
            return outset
        return None

    def _work_out(self, now: float, unit: Unit) -> Outset:
        motion, vehicle, network = unit.motion, unit.spec.vehicle, self.roads.network
        if (times := self._times.get(vehicle)) is None:
            times = self._times[vehicle] = network.minutes(vehicle, self._state)
        here = motion.at(now)
        soonest = times[here.node]
        if here.minutes:  # else it is at the node, whichever road it is going to take
            (_, out), *ahead = exits(here, network, vehicle, self._state)
            soonest = out + soonest
            for node, out in ahead:
                soonest = np.minimum(soonest, out + times[node])
        outset = self._kept[unit] = Outset(motion, isinstance(motion, Standing), now, here, soonest.item)
        return outset
