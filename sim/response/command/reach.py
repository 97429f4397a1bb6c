"""Which stations units would reach in time, from where they are on the roads of a moment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.region.position import Position, exits
from sim.region.road_state import RoadState
from sim.region.travel import RoadNetwork
from sim.response.plan import ResponsePlan
from sim.response.units import UnitSpec

_ROUNDING = 1e-9


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
        found[row] = spec.ready_minutes + travel + access <= within + _ROUNDING
    return found
