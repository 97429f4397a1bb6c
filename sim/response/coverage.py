"""Coverage: the share of voters and stations that a free unit can reach by road within the standard time.

Only travel counts, not alarm handling or mobilisation. A unit is free while it stands at its post or waits for orders.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Places:
    """Where coverage is counted.

    Attributes:
        node: Node of each station.
        access: Minutes between each station and the middle of its village.
        district: District of each station.
        registered: Registered voters of each station.
        districts: Number of districts.
    """

    node: NDArray[np.int64]
    access: NDArray[np.float64]
    district: NDArray[np.int64]
    registered: NDArray[np.int64]
    districts: int


@dataclass(frozen=True, eq=False)
class Positions:
    """Where units are at some times: one row a unit, one column a time.

    Attributes:
        node: Node where it stands.
        access: Minutes from there to where it really stands.
        station: Station where it stands; -1 at none.
        free: Whether it can be sent.
    """

    node: NDArray[np.int64]
    access: NDArray[np.float64]
    station: NDArray[np.int64]
    free: NDArray[np.bool_]


def reached(
    positions: Positions, minutes: NDArray[np.float64], places: Places, standard: float
) -> NDArray[np.bool_]:
    """Return which stations some free unit reaches within the standard time: one row a time, one column a station.

    Args:
        positions: Where the units are (all of one vehicle).
        minutes: Travel times between nodes for that vehicle.
        places: The stations.
        standard: Minutes.

    All units at one node are judged by the one with the shortest way out of its place, which is exact: the travel
    time of a unit is its own access time plus a term that depends on its node alone.
    """
    times = positions.node.shape[1]
    best = np.full((times, minutes.shape[0]), np.inf)
    unit, when = np.nonzero(positions.free)
    np.minimum.at(best, (when, positions.node[unit, when]), positions.access[unit, when])
    covered = np.zeros((times, len(places.node)), dtype=np.bool_)
    within = standard - places.access
    for node in np.flatnonzero(np.isfinite(best).any(axis=0)):
        left = within - minutes[node, places.node]
        covered |= best[:, node, None] <= left[None, :]
    standing = positions.free & (positions.station >= 0)
    unit, when = np.nonzero(standing)
    covered[when, positions.station[unit, when]] = True
    return covered


def by_district(
    covered: NDArray[np.bool_], places: Places
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return covered voters and covered stations: one row a time, one column a district."""
    member = np.zeros((len(places.node), places.districts), dtype=np.int64)
    member[np.arange(len(places.node)), places.district] = 1
    return covered @ (member * places.registered[:, None]), covered @ member
