"""The region: tables of its districts, villages, stations, bases and roads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.vocabulary import Access, BaseAgency, BaseKind, VillageKind

VULNERABILITY = ("low", "high", "very_high")
"""Classes of stations; the index is the code."""


@dataclass(frozen=True)
class District:
    """A district (kecamatan). ``office_node`` is the node of its capital, where the boxes go.

    ``turnout_factor`` is its observed turnout over that of the whole region, a ratio without unit; 1 where unknown.
    """

    index: int
    number: int
    code: str
    name: str
    lat: float
    lon: float
    area_km2: float
    office_node: int
    sector_base: str
    turnout_factor: float = 1.0


@dataclass(frozen=True)
class Village:
    """A village or ward; its position in the region's tuple is its node. ``prone_to`` names the hazards known there."""

    code: str
    name: str
    district: int
    kind: VillageKind
    lat: float
    lon: float
    area_km2: float
    signal: bool
    prone_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Node:
    """A node of the road graph: a village, or a place outside: one without a district."""

    code: str
    name: str
    lat: float
    lon: float
    district: int | None


@dataclass(frozen=True, eq=False)
class Stations:
    """The polling stations, one entry each.

    Attributes:
        code: Codes.
        name: Names.
        node: Node of the village.
        district: Index of the district.
        registered: Registered voters.
        vulnerability: 0 low, 1 high, 2 very high.
        access_km: Distance from the middle of the village, km.
        access: How one gets there from the middle of the village.
        special: Whether it is a special station (a prison).
        lat: Latitude, degrees.
        lon: Longitude, degrees.
    """

    code: tuple[str, ...]
    name: tuple[str, ...]
    node: NDArray[np.int64]
    district: NDArray[np.int64]
    registered: NDArray[np.int64]
    vulnerability: NDArray[np.int8]
    access_km: NDArray[np.float64]
    access: tuple[Access, ...]
    special: NDArray[np.bool_]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, eq=False)
class RoadTable:
    """Roads between nodes ``u`` and ``v``, both ways; ``road_class`` indexes ROAD_CLASSES.

    ``prone_to`` names the hazards known on each road; it is empty where none is known on any.
    """

    u: NDArray[np.int64]
    v: NDArray[np.int64]
    km: NDArray[np.float64]
    road_class: NDArray[np.int8]
    prone_to: tuple[tuple[str, ...], ...] = ()

    def hazards(self, road: int) -> tuple[str, ...]:
        """Return the hazards known on a road."""
        return self.prone_to[road] if self.prone_to else ()


@dataclass(frozen=True)
class Base:
    """Where units wait, people are cared for, or an office stands."""

    code: str
    name: str
    agency: BaseAgency
    kind: BaseKind
    node: int
    personnel: int


@dataclass(frozen=True, eq=False)
class Region:
    """One place to vote in.

    ``remarks`` tells what is odd in the tables it was read from, though not wrong: a sentence each. ``outlines`` are,
    for maps, the areas of each district, (n, 2) longitude and latitude each; empty where they are not known.
    """

    title: str
    districts: tuple[District, ...]
    villages: tuple[Village, ...]
    nodes: tuple[Node, ...]
    stations: Stations
    roads: RoadTable
    bases: tuple[Base, ...]
    borders: frozenset[tuple[int, int]]
    remarks: tuple[str, ...] = ()
    outlines: tuple[tuple[NDArray[np.float64], ...], ...] = ()

    def neighbours(self, district: int) -> frozenset[int]:
        """Return the districts that share a border with this one."""
        return self._neighbours[district]

    @cached_property
    def _neighbours(self) -> tuple[frozenset[int], ...]:
        return tuple(
            frozenset(b for a, b in self.borders if a == district)
            | frozenset(a for a, b in self.borders if b == district)
            for district in range(len(self.districts))
        )

    def edge(self, a: int, b: int) -> int | None:
        """Return the road that joins two nodes, None when none does."""
        return self.edges.get((a, b))

    @cached_property
    def turnout_factor(self) -> NDArray[np.float64]:
        """(stations) observed turnout of each station's district over that of the whole region; 1 where unknown.

        Weighted by registered voters its mean is 1: it moves turnout between districts, and keeps that of the region.
        """
        return np.array([d.turnout_factor for d in self.districts], dtype=np.float64)[self.stations.district]

    @cached_property
    def edges(self) -> dict[tuple[int, int], int]:
        """The road that joins each two nodes that one does, in both orders."""
        pairs = zip(self.roads.u.tolist(), self.roads.v.tolist(), strict=True)
        return {key: i for i, (u, v) in enumerate(pairs) for key in ((u, v), (v, u))}
