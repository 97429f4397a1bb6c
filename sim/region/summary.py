"""What a region holds, district by district."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.region.region import Base, Region
from sim.region.travel import RoadNetwork
from sim.vocabulary import BaseAgency, BaseKind

CAR = "car"
"""The vehicle whose times are told."""


@dataclass(frozen=True)
class Totals:
    """What one district holds, or all of them together.

    Attributes:
        name: Its name; empty for all together.
        villages: How many villages.
        stations: How many polling stations.
        voters: Registered voters.
        police: Bases of the police.
        others: Other bases and offices.
        roads: Roads with an end in it.
        farthest_minutes: By car from the police headquarters to its farthest village.
    """

    name: str
    villages: int
    stations: int
    voters: int
    police: int
    others: int
    roads: int
    farthest_minutes: float


def totals(region: Region, network: RoadNetwork) -> list[Totals]:
    """Return what each district holds, and last what all hold together.

    Args:
        region: The place.
        network: Its roads, with the vehicle CAR.
    """
    node_district = np.array([np.nan if node.district is None else node.district for node in region.nodes])
    a, b = node_district[region.roads.u], node_district[region.roads.v]
    minutes = network.minutes(CAR)[headquarters_node(region)]
    inside = ~np.isnan(node_district)
    found = []
    for d in region.districts:
        bases = [base for base in region.bases if node_district[base.node] == d.index]
        here = region.stations.district == d.index
        found.append(
            Totals(
                name=d.name,
                villages=int((node_district == d.index).sum()),
                stations=int(here.sum()),
                voters=int(region.stations.registered[here].sum()),
                police=_police(bases),
                others=len(bases) - _police(bases),
                roads=int(((a == d.index) | (b == d.index)).sum()),
                farthest_minutes=float(minutes[node_district == d.index].max(initial=0.0)),
            )
        )
    every = Totals(
        name="",
        villages=len(region.villages),
        stations=len(region.stations),
        voters=int(region.stations.registered.sum()),
        police=_police(region.bases),
        others=len(region.bases) - _police(region.bases),
        roads=len(region.roads.u),
        farthest_minutes=float(minutes[inside].max()),
    )
    return [*found, every]


def headquarters_node(region: Region) -> int:
    """Return where the headquarters of the police stands; without one, the capital of the first district."""
    for base in region.bases:
        if base.agency is BaseAgency.POLICE and base.kind is BaseKind.HEADQUARTERS:
            return base.node
    return region.districts[0].office_node


def _police(bases: list[Base] | tuple[Base, ...]) -> int:
    return sum(base.agency is BaseAgency.POLICE for base in bases)
