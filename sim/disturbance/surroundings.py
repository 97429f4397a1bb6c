"""Who lives around a place, how far away, and who of them can come on the roads of the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

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


class Weighted(NamedTuple):
    """The people around a place, each weighted by exp(-road distance / reach).

    Attributes:
        people: All of them.
        travelling: Those of every node who would travel in: at the place itself nobody does, shape (nodes).
        travellers: All of these.
    """

    people: float
    travelling: NDArray[np.float64]
    travellers: float


@dataclass(eq=False)
class Surroundings:
    """The surroundings of one place; see :class:`Around`.

    Attributes:
        place: The place.
        voters: Registered voters of every node, who stand for the people who live there, shape (nodes).
        station_node: Node of every station, shape (stations).
        km: Road distance of every node from the place with every road open, infinite where there is none, km.
        straight_km: The same in a straight line.
        joined: Says of every node whether an open road leads from it to the place now, shape (nodes).
        weighted: What was worked out for each reach that was asked for so far; every disturbance at the place takes
            from it.
        open_shares: For each reach, whom the roads let through when it was asked for last, and the share. As weighted.
        areas: The area within each distance that was asked for so far: few, as areas grow village by village. As
            weighted.
    """

    place: Place
    voters: NDArray[np.int64]
    station_node: NDArray[np.int64]
    km: NDArray[np.float64]
    straight_km: NDArray[np.float64]
    joined: Callable[[], NDArray[np.bool_]]
    weighted: dict[float, Weighted] = field(default_factory=dict)
    open_shares: dict[float, tuple[NDArray[np.bool_], float]] = field(default_factory=dict)
    areas: dict[float, AreaPlace] = field(default_factory=dict)

    def on_roads(self, joined: Callable[[], NDArray[np.bool_]]) -> Surroundings:
        """Return the surroundings of the same place on the roads of a day."""
        return Surroundings(
            self.place, self.voters, self.station_node, self.km, self.straight_km, joined, self.weighted,
            self.open_shares, self.areas,
        )  # fmt: skip

    def neighbours(self, settings: Neighbours) -> int:
        """Return the people of the neighbourhood who could join."""
        return min(settings.most, round(settings.share * self._weighted(settings.reach_km).people))

    def open_share(self, reach_km: float) -> float:
        """Return the share of those who would travel in that the roads of this moment let through, 0 to 1.

        Those who live at the place itself do not travel. Where nobody lives elsewhere, nobody comes.
        """
        joined, known = self.joined(), self.open_shares.get(reach_km)
        if known is None or known[0] is not joined:
            weighted = self._weighted(reach_km)
            whole = weighted.travellers
            share = float(weighted.travelling[joined].sum()) / whole if whole > 0 else 0.0
            known = self.open_shares[reach_km] = joined, share
        return known[1]

    def within(self, km: float) -> AreaPlace:
        """Return the area of all villages whose middle is so near, in a straight line."""
        known = self.areas.get(km)
        if known is None:
            known = self.areas[km] = self._within(km)
        return known

    def _within(self, km: float) -> AreaPlace:
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

    def _weighted(self, reach_km: float) -> Weighted:
        """Return the voters of the nodes, who stand for the people, weighted."""
        known = self.weighted.get(reach_km)
        if known is None:
            from sim import exact  # loads the compiler, which preparing a day does not need

            weights = self.voters * exact.exps(-self.km / reach_km)
            travelling = np.where(self.km == 0.0, 0.0, weights)
            known = Weighted(float(weights.sum()), travelling, float(travelling.sum()))
            self.weighted[reach_km] = known
        return known
