"""Coverage: the share of voters and stations that a free unit can reach by road within the standard time.

Only travel counts, not alarm handling or mobilisation. A unit is free while it stands at its post or waits for orders.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

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

    def during(self, part: slice) -> Positions:
        """Return the same for some of the times only."""
        return Positions(*(getattr(self, f.name)[:, part] for f in fields(self)))


def reached(positions: Positions, minutes: NDArray[np.float64], places: Places, standard: float) -> NDArray[np.bool_]:
    """Return which stations some free unit reaches within the standard time: one row a time, one column a station.

    A unit's way is its own access time, the road, and the station's access time; a unit covers the station where it
    stands in any case.

    Args:
        positions: Where the units are (all of one vehicle).
        minutes: Travel times between nodes for that vehicle.
        places: The stations.
        standard: Minutes.

    All units at one node are judged by the one with the shortest way out of its place, which is exact: the travel
    time of a unit is its own access time plus a term that depends on its node alone.
    """
    times = positions.node.shape[1]
    out = np.full((times, len(minutes)), np.inf)
    unit, when = np.nonzero(positions.free)
    np.minimum.at(out, (when, positions.node[unit, when]), positions.access[unit, when])
    arrive = _soonest(out, minutes, standard)
    covered: NDArray[np.bool_] = arrive[:, places.node] + places.access <= standard
    unit, when = np.nonzero(positions.free & (positions.station >= 0))
    covered[when, positions.station[unit, when]] = True
    return covered


def _soonest(out: NDArray[np.float64], minutes: NDArray[np.float64], standard: float) -> NDArray[np.float64]:
    """Return the soonest arrival at each node at each time, infinite beyond the standard time.

    Only the few pairs of nodes that are within the standard time of each other are looked at.

    Args:
        out: Shortest way of a free unit out of its place to its node; one row a time, infinite where no unit is.
        minutes: Travel times between nodes.
        standard: Minutes.
    """
    manned = np.flatnonzero(np.isfinite(out).any(axis=0))
    to_goal = minutes[manned].T
    goal, start = np.nonzero(to_goal <= standard)
    arrive = np.full_like(out, np.inf)
    if goal.size:
        way = out[:, manned[start]] + to_goal[goal, start]
        goals, first = np.unique(goal, return_index=True)
        arrive[:, goals] = np.minimum.reduceat(way, first, axis=1)
    return arrive


def by_district(covered: NDArray[np.bool_], places: Places) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return covered voters and covered stations: one row a time, one column a district."""
    member = np.zeros((len(places.node), places.districts))
    member[np.arange(len(places.node)), places.district] = 1.0
    reached_by = covered.astype(np.float64)  # whole numbers far below 2^53: sums of floats are exact
    voters = reached_by @ (member * places.registered[:, None])
    return voters.astype(np.int64), (reached_by @ member).astype(np.int64)
