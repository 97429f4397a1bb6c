"""Where stations are, as units see them: the node of the village, and the minutes from there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.config.response import ResponseSettings
from sim.region.position import Spot
from sim.region.region import Region


def access_minutes(region: Region, response: ResponseSettings) -> NDArray[np.float64]:
    """Return the minutes between each station and the middle of its village."""
    return region.stations.access_km / response.access_speed_kmh * 60.0


def station_spots(region: Region, response: ResponseSettings) -> tuple[Spot, ...]:
    """Return where each station is."""
    pairs = zip(region.stations.node.tolist(), access_minutes(region, response).tolist(), strict=True)
    return tuple(Spot((node,), access, station) for station, (node, access) in enumerate(pairs))
