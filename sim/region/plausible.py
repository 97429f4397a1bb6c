"""What the tables of a region say together: what cannot be is refused, what is odd is remarked.

- No regency reaches over more than five degrees: what lies farther from the middle of its villages is refused
  (latitude and longitude swapped, a sign lost). A village or a district's seat is odd that lies outside the box round
  the (other) villages by more than the longer side of that box.
- No station is more than 100 km from its village; it is odd where it stands 5 km farther away than its ``access_km``.
- No road is shorter than half the straight line between its ends; one of less than nine tenths is odd, for a village's
  point is rarely its cross-roads, and so is one of more than five times the straight line and 5 km.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.region.derive import KM_PER_DEGREE
from sim.table import Row
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
MOST_ACCESS_KM = 100.0
"""No station is farther from the middle of its village."""
_NEAR_DEGREES = 5.0
_SMALLEST_BOX = 0.2
"""Degrees; a box round villages that is smaller counts as this wide."""
_STATION_SLACK_KM = 5.0
_SHORTEST, _SHORT, _LONG = 0.5, 0.9, 5.0
"""Lengths of a road over the straight line between its ends: refused below, odd below, odd above (and 5 km more)."""
_ROAD_SLACK_KM = 0.5
_DETOUR_KM = 5.0


def check_villages(rows: Sequence[Row], places: Floats, remarks: list[str]) -> None:
    """Refuse a village far from the others, and remark on one that lies aside.

    Args:
        rows: The table.
        places: (villages, 2) latitude and longitude, degrees.
        remarks: Gets a sentence for each that is odd.

    Raises:
        UserError: For the first that is too far.
    """
    refuse_far(rows, places, places)
    if len(rows) > 1:
        ordered = np.sort(places, axis=0)
        low = np.where(places == ordered[0], ordered[1], ordered[0])  # of the others
        high = np.where(places == ordered[-1], ordered[-2], ordered[-1])
        _remark_aside(rows, places, low, high, remarks)


def check_seats(rows: Sequence[Row], places: Floats, villages: Floats, remarks: list[str]) -> None:
    """Refuse a district whose seat is far from all villages, and remark on one that lies aside.

    Raises:
        UserError: For the first that is too far.
    """
    refuse_far(rows, places, villages)
    low, high = (np.broadcast_to(edge, places.shape) for edge in (villages.min(axis=0), villages.max(axis=0)))
    _remark_aside(rows, places, low, high, remarks)


def refuse_far(rows: Sequence[Row], places: Floats, villages: Floats) -> None:
    """Refuse a place far from the middle of the villages: latitude and longitude swapped, or a slip of the pen.

    Raises:
        UserError: For the first.
    """
    middle = np.median(villages, axis=0)
    for i, axis in np.argwhere(np.abs(places - middle) > _NEAR_DEGREES)[:1].tolist():
        raise rows[i].error(
            ("lat", "lon")[axis],
            _("{value} is more than {most} degrees from the middle of the villages, {middle}").format(
                value=f"{places[i, axis]:g}", most=f"{_NEAR_DEGREES:g}", middle=f"{middle[axis]:g}"
            ),
        )


def _remark_aside(rows: Sequence[Row], places: Floats, low: Floats, high: Floats, remarks: list[str]) -> None:
    width = np.maximum((high - low).max(axis=1, keepdims=True), _SMALLEST_BOX)
    for i, axis in np.argwhere((places < low - width) | (places > high + width)).tolist():
        remarks.append(
            _("{place}: {value} lies far aside of the other villages, which are between {low} and {high}").format(
                place=rows[i].place(("lat", "lon")[axis]),
                value=f"{places[i, axis]:g}",
                low=f"{low[i, axis]:g}",
                high=f"{high[i, axis]:g}",
            )
        )


def check_stations(
    rows: Sequence[Row], places: Floats, villages: Floats, access_km: Floats, remarks: list[str]
) -> None:
    """Refuse a station far from its village, and remark on one farther than it says itself.

    Args:
        rows: The table.
        places: (stations, 2) latitude and longitude of each, degrees.
        villages: (stations, 2) those of its village.
        access_km: Its distance from the middle of its village as it is written, km.
        remarks: Gets a sentence for each that is odd.

    Raises:
        UserError: For the first that is too far.
    """
    away = straight_km(places, villages)
    for i in np.flatnonzero(away > access_km + _STATION_SLACK_KM).tolist():
        column = "lat" if abs(places[i, 0] - villages[i, 0]) > abs(places[i, 1] - villages[i, 1]) else "lon"
        value = places[i, 0 if column == "lat" else 1]
        if away[i] > MOST_ACCESS_KM:
            too_far = _("{value} is {away:.0f} km from the middle of its village; {most:g} km at most are possible")
            raise rows[i].error(column, too_far.format(value=f"{value:g}", away=away[i], most=MOST_ACCESS_KM))
        remarks.append(
            _(
                "{place}: {value} is {away:.0f} km from the middle of its village, though its access_km is {access_km}"
            ).format(place=rows[i].place(column), value=f"{value:g}", away=away[i], access_km=f"{access_km[i]:g}")
        )


def check_roads(rows: Sequence[Row], ends: tuple[Floats, Floats], km: Floats, remarks: list[str]) -> None:
    """Refuse a road that is much shorter than the straight line, and remark on one a little shorter or much longer.

    Args:
        rows: The table.
        ends: (roads, 2) latitude and longitude of either end, degrees.
        km: Lengths.
        remarks: Gets a sentence for each that is odd.

    Raises:
        UserError: For the first that is too short.
    """
    straight = straight_km(*ends)
    short = (km < _SHORT * straight) & (straight - km > _ROAD_SLACK_KM)
    long = km > _LONG * straight + _DETOUR_KM
    for i in np.flatnonzero(short | long).tolist():
        if km[i] < _SHORTEST * straight[i]:
            too_short = _(
                "{km} km, but its ends are {straight:.1f} km apart in a straight line; at least {least:.1f} km are "
                "needed"
            )
            least = _SHORTEST * straight[i]
            raise rows[i].error("km", too_short.format(km=f"{km[i]:g}", straight=straight[i], least=least))
        remarks.append(
            _("{place}: {km} km, but its ends are {straight:.1f} km apart in a straight line").format(
                place=rows[i].place("km"), km=f"{km[i]:g}", straight=straight[i]
            )
        )


def straight_km(a: Floats, b: Floats) -> Floats:
    """Return the distances between places, km; good for places of one region."""
    north = a[:, 0] - b[:, 0]
    east = (a[:, 1] - b[:, 1]) * np.cos(np.radians((a[:, 0] + b[:, 0]) / 2))
    return KM_PER_DEGREE * np.hypot(north, east)
