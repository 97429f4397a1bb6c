"""Which polling stations are hard to reach, where that is not public: a stated rule. What it makes is an assumption.

1. They are dealt to their districts in proportion to the regular stations there (largest remainder).
2. In a district they stand in the villages with the largest area, one in each; then a second in each, and so on: the
   last that is no special station.
3. Such a station is ``track_km`` from the middle of its village, or at its edge (the radius of a circle with its area)
   where that is nearer.
4. To the farthest of all one walks, to the others one goes by motorcycle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.config.region import HardToReach
from sim.errors import UserError, nearest, quoted
from sim.region.derive import KM_PER_DEGREE, largest_remainder
from sim.region.region import Stations, Village
from sim.vocabulary import Access
from sim.words.language import gettext as _


def make_hard_to_reach(
    stations: Stations,
    villages: Sequence[Village],
    districts: Mapping[str, int],
    settings: HardToReach,
    folder: Path,
) -> Stations:
    """Return the stations, of which some are reached by motorcycle or on foot only.

    Args:
        stations: The stations, all reached by road.
        villages: The villages.
        districts: The position of each district, by its name and by its code.
        settings: How many, where.
        folder: Where the region's tables are, for messages.

    Raises:
        UserError: For a district that the region does not have, and where there are not so many stations.
    """
    if not settings.stations:
        return stations
    named = settings.districts or districts
    where = sorted({_district(name, districts, folder) for name in named})
    queues = {d: _in_order(stations, villages, d) for d in where}
    there = np.array([len(queues[d]) for d in where], dtype=np.float64)
    if settings.stations > there.sum():
        raise UserError(
            _(
                "region.derive.hard_to_reach: stations = {asked}, but its districts have only {there} regular stations "
                "in {table}"
            ).format(asked=settings.stations, there=int(there.sum()), table=folder / "villages.csv")
        )
    shares = largest_remainder(settings.stations, there).tolist()
    chosen = [i for d, share in zip(where, shares, strict=True) for i in queues[d][:share]]
    away, lat, lon, access = stations.access_km.copy(), stations.lat.copy(), stations.lon.copy(), list(stations.access)
    for i in chosen:
        village = villages[stations.node[i]]
        away[i] = min(settings.track_km, village.radius_km)
        lat[i], lon[i] = _farther(village, (lat[i], lon[i]), stations.access_km[i], away[i])
    for rank, i in enumerate(sorted(chosen, key=lambda i: -away[i])):
        access[i] = Access.FOOT if rank < settings.on_foot else Access.MOTORCYCLE
    return replace(stations, access_km=away, access=tuple(access), lat=lat, lon=lon)


def _district(name: str, districts: Mapping[str, int], folder: Path) -> int:
    known = {key.casefold(): d for key, d in districts.items()}
    if name.casefold() not in known:
        raise UserError(
            _("region.derive.hard_to_reach.districts: unknown {value} in {table}; {hint}").format(
                value=quoted(name), table=folder / "districts.csv", hint=nearest(name, districts)
            )
        )
    return known[name.casefold()]


def _farther(village: Village, here: tuple[float, float], km: float, to_km: float) -> tuple[float, float]:
    """Return the latitude and longitude of what is so far from the middle of its village instead, the same way out."""
    if not km:
        return village.lat + to_km / KM_PER_DEGREE, village.lon
    times = to_km / km
    return village.lat + (here[0] - village.lat) * times, village.lon + (here[1] - village.lon) * times


def _in_order(stations: Stations, villages: Sequence[Village], district: int) -> list[int]:
    """Return the regular stations of a district, one of each village at a time, of the largest first."""
    of_village: dict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero((stations.district == district) & ~stations.special).tolist():
        of_village[int(stations.node[i])].append(i)
    rounds = [
        (turn, -villages[v].area_km2, i)
        for v, members in of_village.items()
        for turn, i in enumerate(reversed(members))
    ]
    return [i for *_rank, i in sorted(rounds)]
