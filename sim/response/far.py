"""Who is too far from what, wherever on its own ground it is: the least times on open roads."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.config.dispatch import Rules
from sim.minutes import ROUNDING
from sim.region.travel import RoadNetwork
from sim.response.units import UnitSpec
from sim.vocabulary import Role

if TYPE_CHECKING:
    from sim.region.route import Route


def least_minutes(unit: UnitSpec, ground: Route, network: RoadNetwork) -> NDArray[np.float64]:
    """Return the least minutes from the order to each node, from anywhere on a unit's own ground, on open roads.

    Args:
        unit: The unit; it needs its mean time to get ready.
        ground: Its round, or where it waits.
        network: Shortest ways.
    """
    minutes = network.minutes(unit.vehicle)[_nodes_on(ground)].min(axis=0)
    return np.asarray(unit.ready_minutes + minutes, dtype=np.float64)


def least_of_guards(
    units: Sequence[UnitSpec], grounds: Sequence[Route], network: RoadNetwork
) -> dict[int, list[float]]:
    """Return the least minutes to each node (:func:`least_minutes`) of every guard who is sent at all, by its index."""
    return {
        index: least_minutes(unit, ground, network).tolist()
        for index, (unit, ground) in enumerate(zip(units, grounds, strict=True))
        if unit.role is Role.GUARD and not unit.stays
    }


def never_in_time(
    units: Sequence[UnitSpec], grounds: Sequence[Route], network: RoadNetwork, dispatch: Rules
) -> NDArray[np.bool_]:
    """Return who is not at which node in time wherever on its own ground it is, on open roads, (units, nodes).

    In time is what the rule of dispatch says (``in_time_minutes``), and for guards no more than they may be away from
    their posts. Nobody is late where the rule says nothing.
    """
    within = inf if dispatch.in_time_minutes is None else dispatch.in_time_minutes
    guards = min(within, dispatch.guards_within_minutes)
    most = np.array([guards if unit.role is Role.GUARD else within for unit in units])
    least = [least_minutes(unit, ground, network) for unit, ground in zip(units, grounds, strict=True)]
    return np.asarray(np.array(least) - most[:, None] > ROUNDING)


def _nodes_on(cycle: Route) -> list[int]:
    """Return the nodes that a round passes; wherever one is on it, one goes on from one of them."""
    return sorted({cycle.end.node, *(node for node, _ in cycle.passes)})
