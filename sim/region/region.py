"""The place: districts, villages, stations, bases and roads, and how a place is found by its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError, nearest

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
    """A village or ward; its position in the region's tuple is its node."""

    code: str
    name: str
    district: int
    kind: str
    lat: float
    lon: float
    area_km2: float
    signal: bool


@dataclass(frozen=True)
class Node:
    """A node of the road graph: a village, or a place outside (``district`` -1)."""

    code: str
    name: str
    lat: float
    lon: float
    district: int


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
    special: NDArray[np.bool_]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, eq=False)
class Roads:
    """Roads between nodes ``u`` and ``v``, both ways; ``road_class`` indexes ROAD_CLASSES."""

    u: NDArray[np.int64]
    v: NDArray[np.int64]
    km: NDArray[np.float64]
    road_class: NDArray[np.int8]


@dataclass(frozen=True)
class Base:
    """Where units wait, people are cared for, or an office stands."""

    code: str
    name: str
    agency: str
    kind: str
    node: int
    personnel: int


@dataclass(frozen=True)
class Place:
    """A place that somebody named: ``kind`` is station, village, district, base or node; ``index`` its position."""

    kind: str
    index: int
    node: int


@dataclass(frozen=True, eq=False)
class Region:
    """One place to vote in."""

    title: str
    districts: tuple[District, ...]
    villages: tuple[Village, ...]
    nodes: tuple[Node, ...]
    stations: Stations
    roads: Roads
    bases: tuple[Base, ...]
    borders: frozenset[tuple[int, int]]

    def neighbours(self, district: int) -> frozenset[int]:
        """Return the districts that share a border with this one."""
        return frozenset(b for a, b in self.borders if a == district) | frozenset(
            a for a, b in self.borders if b == district
        )

    def base(self, code: str, setting: str = "base") -> Base:
        """Return the base of this code.

        Raises:
            UserError: When there is none, with the nearest code.
        """
        found = self._bases.get(code)
        if found is None:
            raise UserError(f"{setting}: unknown base '{code}' in {self.title}; {nearest(code, self._bases)}")
        return found

    def edge(self, a: int, b: int) -> int | None:
        """Return the road that joins two nodes, None when none does."""
        return self._edges.get((a, b))

    def resolve(self, place: str, setting: str) -> Place:
        """Find a place by code or by name.

        Codes first, then ``district NAME``, ``village NAME``, ``kecamatan 3`` or ``district 3`` (its number), then
        the bare name, a district before a village.

        Raises:
            UserError: When there is no such place (with the nearest name), or several.
        """
        key = place.strip().casefold()
        found = self._places.get(key, [])
        if not found:
            raise UserError(f"{setting}: unknown place '{place}' in {self.title}; {nearest(place, self._names)}")
        if len(found) > 1:
            codes = ", ".join(self.nodes[p.node].code for p in found)
            raise UserError(f"{setting}: '{place}' is the name of several places; use a code: {codes}")
        return found[0]

    def station_at(self, place: Place) -> int:
        """Return a station for a place: itself, else the largest of the village or district, else the nearest."""
        if place.kind == "station":
            return place.index
        s = self.stations
        if place.kind == "district":
            members = np.flatnonzero(s.district == place.index)
        else:
            members = np.flatnonzero(s.node == place.node)
        if len(members):
            return int(members[np.argmax(s.registered[members])])
        node = self.nodes[place.node]
        away = (s.lat - node.lat) ** 2 + ((s.lon - node.lon) * np.cos(np.radians(node.lat))) ** 2
        return int(np.argmin(away))

    @cached_property
    def turnout_factor(self) -> NDArray[np.float64]:
        """(stations) observed turnout of each station's district over that of the whole region; 1 where unknown.

        Weighted by registered voters its mean is 1: it moves turnout between districts, and keeps that of the region.
        """
        return np.array([d.turnout_factor for d in self.districts], dtype=np.float64)[self.stations.district]

    @cached_property
    def _bases(self) -> dict[str, Base]:
        return {base.code: base for base in self.bases}

    @cached_property
    def _edges(self) -> dict[tuple[int, int], int]:
        pairs = zip(self.roads.u.tolist(), self.roads.v.tolist(), strict=True)
        return {key: i for i, (u, v) in enumerate(pairs) for key in ((u, v), (v, u))}

    @cached_property
    def _names(self) -> list[str]:
        return [d.name for d in self.districts] + [n.name for n in self.nodes] + [b.code for b in self.bases]

    @cached_property
    def _places(self) -> dict[str, list[Place]]:
        """Every way to name a place, case folded; where ways collide, the earlier sort of name wins."""
        districts = [(d, Place("district", d.index, d.office_node)) for d in self.districts]
        nodes = [(n, Place("village" if i < len(self.villages) else "node", i, i)) for i, n in enumerate(self.nodes)]
        bases = [(b, Place("base", i, b.node)) for i, b in enumerate(self.bases)]
        codes = [(d.code, p) for d, p in districts] + [(n.code, p) for n, p in nodes] + [(b.code, p) for b, p in bases]
        codes += [(code, Place("station", i, int(self.stations.node[i]))) for i, code in enumerate(self.stations.code)]
        explicit = [(f"district {d.name}", p) for d, p in districts] + [(f"village {n.name}", p) for n, p in nodes]
        numbers = [(f"{word} {d.number}", p) for word in ("kecamatan", "district") for d, p in districts]
        found: dict[str, list[Place]] = {}
        for ways in (
            codes,
            explicit,
            numbers,
            [(d.name, p) for d, p in districts],
            [(n.name, p) for n, p in nodes],
            [(b.name, p) for b, p in bases],
        ):
            new: dict[str, list[Place]] = {}
            for name, place in ways:
                new.setdefault(name.casefold(), []).append(place)
            found = new | found
        return found
