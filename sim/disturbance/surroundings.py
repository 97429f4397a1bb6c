"""Who lives around a place, how far away, and who of them can come on the roads of the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.config.joining import Neighbours
from sim.region.place import AreaPlace, Place


class Around(Protocol):
    """What a course may ask about the surroundings of its disturbance."""

    def neighbours(self, settings: Neighbours) -> int:
        """Return the people of the neighbourhood who could join."""

    def open_share(self, reach_km: float) -> float:
        """Return the share of those who would travel in that the roads of this moment let through, 0 to 1."""

    def within(self, km: float) -> AreaPlace:
        """Return the area of all villages whose middle is so near, in a straight line."""

    def next_km(self, km: float) -> float:
        """Return the distance of the nearest village beyond this distance, km; infinite when there is none."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The surroundings of one place; see :class:`Around`.

    Attributes:
        place: The place.
        voters: Registered voters of every node, who stand for the people who live there, shape (nodes).
        station_node: Node of every station, shape (stations).
        km: Road distance of every node from the place with every road open, infinite where there is none, km.
        straight_km: The same in a straight line.
        joined: Says of every node whether an open road leads from it to the place now, shape (nodes).
        weighted: Voters of every node, each weighted by how far away they live, for each reach that was asked for so
            far; every disturbance at the place takes from it.
    """

    place: Place
    voters: NDArray[np.int64]
    station_node: NDArray[np.int64]
    km: NDArray[np.float64]
    straight_km: NDArray[np.float64]
    joined: Callable[[], NDArray[np.bool_]]
    weighted: dict[float, NDArray[np.float64]] = field(default_factory=dict)

    def on_roads(self, joined: Callable[[], NDArray[np.bool_]]) -> Surroundings:
        """Return the surroundings of the same place on the roads of a day."""
        return replace(self, joined=joined)

    def neighbours(self, settings: Neighbours) -> int:
        """Return the people of the neighbourhood who could join."""
        return min(settings.most, round(settings.share * float(self._weights(settings.reach_km).sum())))

    def open_share(self, reach_km: float) -> float:
        """Return the share of those who would travel in that the roads of this moment let through, 0 to 1.

        Those who live at the place itself do not travel. Where nobody lives elsewhere, nobody comes.
        """
        weight = np.where(self.km == 0.0, 0.0, self._weights(reach_km))
        whole = float(weight.sum())
        return float(weight[self.joined()].sum()) / whole if whole > 0 else 0.0

    def within(self, km: float) -> AreaPlace:
        """Return the area of all villages whose middle is so near, in a straight line."""
        villages = np.flatnonzero((self.voters > 0) & (self.straight_km <= km))
        stations = np.flatnonzero(np.isin(self.station_node, villages))
        return AreaPlace(
            code=self.place.code,
            name=self.place.name,
            node=self.place.node,
            villages=tuple(villages.tolist()),
            stations=tuple(stations.tolist()),
            district=self.place.district,
        )

    def next_km(self, km: float) -> float:
        """Return the distance of the nearest village beyond this distance, km; infinite when there is none."""
        beyond = self.straight_km[(self.voters > 0) & (self.straight_km > km)]
        return float(beyond.min()) if len(beyond) else float("inf")

    def _weights(self, reach_km: float) -> NDArray[np.float64]:
        """Return the voters of every node, each weighted by exp(-road distance / reach)."""
        from sim import exact  # loads the compiler, which preparing a day does not need

        if reach_km not in self.weighted:
            self.weighted[reach_km] = self.voters * exact.exps(-self.km / reach_km)
        return self.weighted[reach_km]
