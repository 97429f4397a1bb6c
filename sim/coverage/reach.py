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
class Whereabouts:
    """Where units are at some times: one row a unit, one column a time.

    Attributes:
        node: The node where it is, or that it passed last.
        minutes: From there to where it really is.
        ahead: The node at the other end of the road that it is on; :data:`sim.region.route.ELSEWHERE` on none.
        ahead_minutes: What is left to it.
        station: Station where it stands; ELSEWHERE at none.
        free: Whether it can be sent.
    """

    node: NDArray[np.int64]
    minutes: NDArray[np.float64]
    ahead: NDArray[np.int64]
    ahead_minutes: NDArray[np.float64]
    station: NDArray[np.int64]
    free: NDArray[np.bool_]

    def of(self, units: list[int]) -> Whereabouts:
        """Return the same for some of the units only."""
        return Whereabouts(*(getattr(self, f.name)[units] for f in fields(self)))

    def during(self, part: slice) -> Whereabouts:
        """Return the same for some of the times only."""
        return Whereabouts(*(getattr(self, f.name)[:, part] for f in fields(self)))


def reached(where: Whereabouts, minutes: NDArray[np.float64], places: Places, standard: float) -> NDArray[np.bool_]:
    """Return which stations some free unit reaches within the standard time: one row a time, one column a station.

    A unit's way is the way back to its node or on to the one ahead, the road, and the station's access time; a unit
    covers the station where it stands in any case.

    Args:
        where: Where the units are (all of one vehicle).
        minutes: Travel times between nodes for that vehicle.
        places: The stations.
        standard: Minutes.
    """
    from sim.coverage.kernel import reached_at  # loads the compiler, which preparing a day does not need

    start, goal = np.nonzero(minutes <= standard)  # in order of the start
    first = np.searchsorted(start, np.arange(len(minutes) + 1))
    found: NDArray[np.bool_] = reached_at(
        np.ascontiguousarray(where.node, dtype=np.int64),
        np.ascontiguousarray(where.minutes, dtype=np.float64),
        np.ascontiguousarray(where.ahead, dtype=np.int64),
        np.ascontiguousarray(where.ahead_minutes, dtype=np.float64),
        np.ascontiguousarray(where.station, dtype=np.int64),
        np.ascontiguousarray(where.free, dtype=np.bool_),
        first,
        goal,
        minutes[start, goal],
        places.node,
        places.access,
        standard,
    )
    return found


def by_district(covered: NDArray[np.bool_], places: Places) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return covered voters and covered stations: one row a time, one column a district."""
    member = np.zeros((len(places.node), places.districts))
    member[np.arange(len(places.node)), places.district] = 1.0
    reached_by = covered.astype(np.float64)  # whole numbers far below 2^53: sums of floats are exact
    voters = reached_by @ (member * places.registered[:, None])
    return voters.astype(np.int64), (reached_by @ member).astype(np.int64)
