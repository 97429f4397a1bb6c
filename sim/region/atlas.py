"""The places of a region by their position in its tables, and what is near them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from sim.region.place import AreaPlace, BasePlace, Place, RoadPlace, StationPlace
from sim.region.region import Region


class Atlas:
    """The maker of a region's places.

    Args:
        region: The place.
    """

    def __init__(self, region: Region) -> None:
        self.region = region

    def station_place(self, station: int) -> StationPlace:
        """Return the place of a station by its index."""
        s = self.region.stations
        return StationPlace(
            station=station,
            code=s.code[station],
            name=s.name[station],
            node=int(s.node[station]),
            access_km=float(s.access_km[station]),
            district=int(s.district[station]),
        )

    def base_place(self, base: int) -> BasePlace:
        """Return the place of a base by its index."""
        one = self.region.bases[base]
        return BasePlace(base=base, code=one.code, name=one.name, node=one.node, district=self._district_of(one.node))

    def road_place(self, road: int) -> RoadPlace:
        """Return the place of a road by its index."""
        roads, nodes = self.region.roads, self.region.nodes
        ends = int(roads.u[road]), int(roads.v[road])
        districts = [d for d in map(self._district_of, ends) if d is not None]
        return RoadPlace(
            road=road,
            code="--".join(nodes[end].code for end in ends),
            name=" - ".join(nodes[end].name for end in ends),
            ends=ends,
            district=districts[0] if districts else None,
        )

    def area_of_village(self, node: int) -> AreaPlace:
        """Return the area of a village by its node; of a place outside, an area without stations."""
        one = self.region.nodes[node]
        stations = tuple(np.flatnonzero(self.region.stations.node == node).tolist())
        return AreaPlace(
            code=one.code,
            name=one.name,
            node=node,
            villages=(node,),
            stations=stations,
            district=self._district_of(node),
        )

    def area_of_district(self, district: int) -> AreaPlace:
        """Return the area of a district by its index, with its villages and stations."""
        one = self.region.districts[district]
        return AreaPlace(
            code=one.code,
            name=one.name,
            node=one.office_node,
            villages=tuple(i for i, v in enumerate(self.region.villages) if v.district == district),
            stations=tuple(np.flatnonzero(self.region.stations.district == district).tolist()),
            district=district,
        )

    def station_near(self, place: Place) -> StationPlace:
        """Return a station for a place: itself, the largest of the area or at the node, else the nearest by air."""
        s = self.region.stations
        members = np.array(place.stations or np.flatnonzero(np.isin(s.node, place.nodes)), dtype=np.int64)
        if len(members):
            return self.station_place(int(members[np.argmax(s.registered[members])]))
        return self.station_place(int(np.argmin(self._away(place, s.lat, s.lon))))

    def base_near(self, place: Place) -> BasePlace | None:
        """Return the base nearest a place by air; None in a region without bases."""
        at = np.array([base.node for base in self.region.bases], dtype=np.int64)
        lat = np.array([node.lat for node in self.region.nodes])
        lon = np.array([node.lon for node in self.region.nodes])
        away = self._away(place, lat[at], lon[at])
        return self.base_place(int(np.argmin(away))) if len(away) else None

    def roads_at(self, nodes: Collection[int]) -> list[int]:
        """Return the roads with an end at one of these nodes."""
        roads, ends = self.region.roads, list(nodes)
        return np.flatnonzero(np.isin(roads.u, ends) | np.isin(roads.v, ends)).tolist()

    def beside(self, nodes: Collection[int]) -> set[int]:
        """Return the nodes that a road joins to one of these."""
        roads, ends = self.region.roads, list(nodes)
        ahead, back = roads.v[np.isin(roads.u, ends)], roads.u[np.isin(roads.v, ends)]
        return {*ahead.tolist(), *back.tolist()}

    def _away(self, place: Place, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the square of the distance by air to each of some points, in degrees of latitude."""
        node = self.region.nodes[place.node]
        north, east = lat - node.lat, (lon - node.lon) * np.cos(np.radians(node.lat))
        away: NDArray[np.float64] = north**2 + east**2
        return away

    def _district_of(self, node: int) -> int | None:
        return self.region.nodes[node].district
