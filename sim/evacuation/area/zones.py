"""The villages of an area: how many people live in each, how far from the danger, and when they get the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.area import AreaPlan, Stage
from sim.region.region import Region

KM_A_DEGREE = 111.19
"""Of latitude: a 360th of the circumference of a sphere with a radius of 6,371 km."""


@dataclass(frozen=True)
class Zone:
    """One village that is evacuated.

    Attributes:
        node: The village.
        name: Its name.
        people: Who lives there.
        signal: Whether there is a mobile signal.
        from_danger_km: Distance by air from the danger; 0 where the plan names none.
        ordered: When it gets the order, minutes after the first.
        point: Where its people wait for a bus: a node.
        point_km: The way there on the road, km; 0 inside the village.
        goes_to: Where people with own transport go first: nodes one after another, the last a shelter's; empty: to the
            nearest shelter.
    """

    node: int
    name: str
    people: int
    signal: bool
    from_danger_km: float
    ordered: float
    point: int
    point_km: float
    goes_to: tuple[int, ...]


def distances_km(region: Region, node: int) -> NDArray[np.float64]:
    """Return the distance by air of every node from one, km; shape (nodes)."""
    lat, lon = np.array([(n.lat, n.lon) for n in region.nodes]).T
    here = region.nodes[node]
    north, east = lat - here.lat, (lon - here.lon) * np.cos(np.radians(here.lat))
    return np.asarray(np.sqrt(north * north + east * east) * KM_A_DEGREE, dtype=np.float64)


def residents(region: Region, per_voter: float) -> NDArray[np.int64]:
    """Return the people of every village, from its registered voters; shape (nodes)."""
    voters = np.bincount(region.stations.node, region.stations.registered, len(region.nodes))
    return np.asarray(np.floor(voters * per_voter + 0.5), dtype=np.int64)


def order_minutes(plan: AreaPlan, from_danger_km: float, node: int, listed: Mapping[int, float]) -> float:
    """Return when a village gets the order, minutes after the first.

    Args:
        plan: The plan.
        from_danger_km: Its distance from the danger.
        node: The village.
        listed: What the plan's list says, by village.
    """
    staging = plan.staging
    match staging.order:
        case Stage.ALL_AT_ONCE:
            return 0.0
        case Stage.NEAREST_FIRST:
            return staging.ring_minutes * int(from_danger_km / staging.ring_km)
        case Stage.LISTED:
            return listed.get(node, 0.0)
