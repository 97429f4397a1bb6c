"""A place where something can happen: a station, a base or office, a road, an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sim.vocabulary import PlaceKind


@dataclass(frozen=True)
class StationPlace:
    """A polling station.

    Attributes:
        station: Its index.
        code: Its code.
        name: Its name.
        node: Node of its village.
        access_km: From the middle of the village to it, km.
        district: Index of its district.
    """

    kind: ClassVar[PlaceKind] = PlaceKind.STATION
    station: int
    code: str
    name: str
    node: int
    access_km: float
    district: int | None

    @property
    def nodes(self) -> tuple[int, ...]:
        """Nodes from which one gets there."""
        return (self.node,)

    @property
    def stations(self) -> tuple[int, ...]:
        """Stations that are there."""
        return (self.station,)


@dataclass(frozen=True)
class BasePlace:
    """A base or an office: police, army, hospital, election commission.

    Attributes:
        base: Its index.
        code: Its code.
        name: Its name.
        node: Where it stands.
        district: Index of the district; None outside the region.
    """

    kind: ClassVar[PlaceKind] = PlaceKind.BASE
    access_km: ClassVar[float] = 0.0
    stations: ClassVar[tuple[int, ...]] = ()
    base: int
    code: str
    name: str
    node: int
    district: int | None

    @property
    def nodes(self) -> tuple[int, ...]:
        """Nodes from which one gets there."""
        return (self.node,)


@dataclass(frozen=True)
class RoadPlace:
    """A road between two neighbouring nodes; one gets to it from either end.

    Attributes:
        road: Its index.
        code: The codes of its ends, joined by ``--``.
        name: The names of its ends, joined by `` - ``.
        ends: Its two nodes.
        district: Index of the district of its first end that lies in one; None where neither does.
    """

    kind: ClassVar[PlaceKind] = PlaceKind.ROAD
    access_km: ClassVar[float] = 0.0
    stations: ClassVar[tuple[int, ...]] = ()
    road: int
    code: str
    name: str
    ends: tuple[int, int]
    district: int | None

    @property
    def node(self) -> int:
        """Its first end."""
        return self.ends[0]

    @property
    def nodes(self) -> tuple[int, ...]:
        """Nodes from which one gets there."""
        return self.ends


@dataclass(frozen=True)
class AreaPlace:
    """A village, or a whole district.

    Attributes:
        code: Its code.
        name: Its name.
        node: The village, or the seat of the district: where one goes.
        villages: Its nodes.
        stations: Stations in it.
        district: Index of the district; None for a place outside the region.
    """

    kind: ClassVar[PlaceKind] = PlaceKind.AREA
    access_km: ClassVar[float] = 0.0
    code: str
    name: str
    node: int
    villages: tuple[int, ...]
    stations: tuple[int, ...]
    district: int | None

    @property
    def nodes(self) -> tuple[int, ...]:
        """Nodes from which one gets there."""
        return (self.node,)


Place = StationPlace | BasePlace | RoadPlace | AreaPlace
"""Where something happens."""
