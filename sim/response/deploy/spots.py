"""Where stations are, as units see them: the node of the village, and the minutes from there."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sim.config.response import AccessSpeeds, ResponseSettings
from sim.region.position import Spot
from sim.region.region import Region
from sim.vocabulary import Access

_KNOWN: WeakKeyDictionary[Region, dict[AccessSpeeds, tuple[Spot, ...]]] = WeakKeyDictionary()
"""Of each region that is still in use: its stations at the speeds that were asked about; all strategies ask."""


def station_spots(region: Region, response: ResponseSettings) -> tuple[Spot, ...]:
    """Return where each station is.

    To a station that only motorcycles reach the people of any other vehicle walk; to one that is reached on foot
    everybody does.
    """
    known = _KNOWN.setdefault(region, {})
    speed = response.access_speed_kmh
    if speed not in known:
        known[speed] = _spots(region, speed)
    return known[speed]


def _spots(region: Region, speed: AccessSpeeds) -> tuple[Spot, ...]:
    stations = region.stations
    by_way = {way: (stations.access_km / getattr(speed, way) * 60.0).tolist() for way in Access}
    rows = zip(stations.node.tolist(), stations.access, strict=True)
    return tuple(
        Spot((node,), by_way[way][i], i, by_way[Access.FOOT][i] if way is Access.MOTORCYCLE else None)
        for i, (node, way) in enumerate(rows)
    )
