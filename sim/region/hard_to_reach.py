"""Stations that are harder to reach than others, where they are made by rule: which of a village's they are, and where.

They are the last of their village that are no special stations. They stand as far from its middle as is said, in the
direction in which the rule of :mod:`sim.region.derive` has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.config.region import HardToReach
from sim.errors import Mistakes, UserError, nearest, quoted
from sim.region.derive import KM_PER_DEGREE
from sim.region.region import Stations, Village
from sim.vocabulary import Access
from sim.words.language import gettext as _


def make_hard_to_reach(
    stations: Stations, villages: Sequence[Village], listed: Sequence[HardToReach], folder: Path
) -> Stations:
    """Return the stations, of which some are harder to reach.

    Args:
        stations: The stations, all reached by road.
        villages: The villages; the position of each is its node.
        listed: Which are, a line a village.
        folder: Where the region's tables are, for messages.

    Raises:
        UserError: For each village that is unknown, that several have the name of, that stands twice, or that has not
            so many regular stations.
    """
    away, lat, lon, access = stations.access_km.copy(), stations.lat.copy(), stations.lon.copy(), list(stations.access)
    mistakes, seen, table = Mistakes(), set[int](), folder / "villages.csv"
    for number, one in enumerate(listed):
        with mistakes.noted():
            setting = f"region.derive.hard_to_reach[{number}]"
            node = _village(one.village, villages, setting, table)
            if node in seen:
                raise UserError(
                    _("{setting}.village = {value}: stands twice").format(setting=setting, value=quoted(one.village))
                )
            seen.add(node)
            for i in _last(stations, node, one, setting, table):
                lat[i], lon[i] = _farther(villages[node], (lat[i], lon[i]), away[i], one.km)
                away[i], access[i] = one.km, Access(one.access)
    mistakes.refuse()
    return replace(stations, access_km=away, access=tuple(access), lat=lat, lon=lon)


def _village(name: str, villages: Sequence[Village], setting: str, table: Path) -> int:
    """Return the node of the village of a name or code."""
    found = [node for node, v in enumerate(villages) if name.casefold() in (v.code.casefold(), v.name.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        codes = ", ".join(villages[node].code for node in found)
        raise UserError(
            _("{setting}.village = {value}: several have this name; their codes are {codes}").format(
                setting=setting, value=quoted(name), codes=codes
            )
        )
    known = [text for v in villages for text in (v.name, v.code)]
    raise UserError(
        _("{setting}.village: unknown {value} in {table}; {hint}").format(
            setting=setting, value=quoted(name), table=table, hint=nearest(name, known)
        )
    )


def _last(stations: Stations, node: int, one: HardToReach, setting: str, table: Path) -> list[int]:
    """Return the last regular stations of a village, as many as are listed."""
    there: list[int] = np.flatnonzero((stations.node == node) & ~stations.special).tolist()
    if one.stations > len(there):
        raise UserError(
            _("{setting}.stations = {asked}, but {village} has only {there} regular stations in {table}").format(
                setting=setting, asked=one.stations, village=quoted(one.village), there=len(there), table=table
            )
        )
    return there[-one.stations :]


def _farther(village: Village, here: tuple[float, float], km: float, to_km: float) -> tuple[float, float]:
    """Return the latitude and longitude of what is so far from the middle of its village instead, the same way out."""
    if not km:
        return village.lat + to_km / KM_PER_DEGREE, village.lon
    times = to_km / km
    return village.lat + (here[0] - village.lat) * times, village.lon + (here[1] - village.lon) * times
