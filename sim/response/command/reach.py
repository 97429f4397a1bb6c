"""Which stations units would reach in time, from where they are on the roads of a moment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.minutes import ROUNDING
from sim.region.position import Position, exits
from sim.region.road_state import RoadState
from sim.region.travel import RoadNetwork
from sim.response.plan import ResponsePlan
from sim.response.units import UnitSpec

Stand = tuple[str, float, Position]
"""All of a unit on which it depends what it reaches in time: its vehicle, the minutes until it leaves, where it is."""


def stand_of(spec: UnitSpec, here: Position) -> Stand:
    """Return how a unit stands that is somewhere: those that stand alike reach the same."""
    return spec.vehicle, spec.ready_minutes, here


def minutes_to(
    nodes: NDArray[np.int64], here: Position, network: RoadNetwork, vehicle: str, roads: RoadState
) -> NDArray[np.float64]:
    """Return the shortest times from a position to several nodes, minutes; infinite to those that are cut off."""
    table = network.minutes(vehicle, roads)
    ways = [out + table[node][nodes] for node, out in exits(here, network, vehicle, roads)]
    minutes: NDArray[np.float64] = ways[0] if len(ways) == 1 else np.minimum(*ways)
    return minutes


def reached(
    units: Sequence[tuple[UnitSpec, Position]], plan: ResponsePlan, roads: RoadState, within: float
) -> NDArray[np.bool_]:
    """Return which units would be at which stations within some minutes of the order, shape (units, stations).

    Minutes are those of dispatch: request delay, mean mobilisation, shortest travel on the roads as they are.

    Args:
        units: The units, each with where it is.
        plan: The response under the strategy.
        roads: How the roads are.
        within: The minutes.
    """
    network, nodes = plan.network, plan.station_nodes
    found = np.zeros((len(units), len(nodes)), dtype=np.bool_)
    for row, (spec, here) in enumerate(units):
        travel = minutes_to(nodes, here, network, spec.vehicle, roads)
        access = plan.station_access[spec.vehicle in network.on_tracks]
        found[row] = spec.ready_minutes + travel + access <= within + ROUNDING
    return found


class LastReached:
    """What :func:`reached` says again and again: most units stand as they stood when it was last asked.

    Args:
        plan: The response under the strategy.
    """

    def __init__(self, plan: ResponsePlan) -> None:
        self.plan = plan
        self._asked: tuple[RoadState, float] | None = None
        self._rows: dict[Stand, NDArray[np.bool_]] = {}  # of those that were asked about last

    def of(self, units: Sequence[tuple[UnitSpec, Position]], roads: RoadState, within: float) -> NDArray[np.bool_]:
        """Return what :func:`reached` does, of one unit at least; each row is found once while somebody stands so."""
        before = self._rows if self._asked == (roads, within) else {}
        stands = [stand_of(spec, here) for spec, here in units]
        new = {stand: unit for stand, unit in zip(stands, units, strict=True) if stand not in before}
        known = before | dict(zip(new, reached([*new.values()], self.plan, roads, within), strict=True))
        self._asked, self._rows = (roads, within), {stand: known[stand] for stand in stands}
        return np.array([known[stand] for stand in stands], dtype=np.bool_)
