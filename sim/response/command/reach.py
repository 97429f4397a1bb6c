"""Which stations units would reach in time, from where they are on the roads of a moment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.region.position import Position, exits
from sim.region.road_state import RoadState
from sim.response.plan import ResponsePlan
from sim.response.units import UnitSpec

_ROUNDING = 1e-9


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
    network = plan.network
    nodes = np.array([spot.nodes[0] for spot in plan.stations], dtype=np.int64)
    access = {tracks: np.array([spot.access_in(tracks) for spot in plan.stations]) for tracks in (False, True)}
    found = np.zeros((len(units), len(nodes)), dtype=np.bool_)
    for row, (spec, here) in enumerate(units):
        ways = exits(here, network, spec.vehicle, roads)
        table = network.minutes(spec.vehicle, roads)
        travel = np.minimum.reduce([out + table[node] for node, out in ways])[nodes]
        ready = spec.ready_minutes
        found[row] = ready + travel + access[spec.vehicle in network.on_tracks] <= within + _ROUNDING
    return found
