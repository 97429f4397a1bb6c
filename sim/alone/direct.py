"""Ways that are told instead of found: a network whose travel times come from a table, so that no region is needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.config.region import ROAD_CLASSES, RoadSpeeds
from sim.config.response import Vehicle
from sim.config.weather import SpeedFactors
from sim.region.region import Node, Region, RoadTable, Stations
from sim.region.road_state import RoadState
from sim.region.travel import RoadNetwork

Floats = NDArray[np.float64]
VEHICLE = "car"
"""Everybody's vehicle."""
_A_KM_A_MINUTE = 60.0


class DirectWays(RoadNetwork):
    """Nodes of two kinds, where units wait and where they are wanted, with one direct way between each of both.

    Args:
        there: (units, places) minutes from where each unit waits to each place; infinite where there is no way. The
            nodes are those of the units, then the places.
        returns: Whether the way back takes as long; else it takes no time.
    """

    def __init__(self, there: Floats, *, returns: bool) -> None:
        units, places = there.shape
        n = units + places
        self._direct = np.full((n, n), np.inf)
        np.fill_diagonal(self._direct, 0.0)
        self._direct[:units, units:] = there
        self._direct[units:, :units] = there.T if returns else np.where(np.isfinite(there.T), 0.0, np.inf)
        speeds = RoadSpeeds(**dict.fromkeys(ROAD_CLASSES, _A_KM_A_MINUTE))
        alike = SpeedFactors(**dict.fromkeys(ROAD_CLASSES, 1.0))
        super().__init__(_region(there), speeds, alike, {VEHICLE: Vehicle(**dict.fromkeys(ROAD_CLASSES, 1.0))})

    def _solve(self, key: tuple[str, RoadState]) -> tuple[Floats, NDArray[np.int32]]:
        """Return the ways as they were told: none goes by a third node, even where that would be quicker."""
        del key  # one vehicle, and roads that never change
        n = len(self._direct)
        return self._direct, np.repeat(np.arange(n, dtype=np.int32)[:, None], n, axis=1)


def _region(there: Floats) -> Region:
    """Return a region of nothing but nodes and the roads between units and places, a km for each minute."""
    units, places = there.shape
    u, p = np.nonzero(np.isfinite(there))
    none, nothing = np.empty(0, dtype=np.int64), np.empty(0)
    codes = [*(f"unit {i}" for i in range(units)), *(f"place {i}" for i in range(places))]
    return Region(
        title="",
        districts=(),
        villages=(),
        nodes=tuple(Node(code, code, 0.0, 0.0, None) for code in codes),
        stations=Stations((), (), none, none, none, none.astype(np.int8), nothing, (), none > 0, nothing, nothing),
        roads=RoadTable(u, units + p, there[u, p], np.zeros(len(u), dtype=np.int8)),
        bases=(),
        borders=frozenset(),
    )  # fmt: skip
