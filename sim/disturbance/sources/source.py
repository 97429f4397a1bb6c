"""What the sources of disturbances share: whom they tell, and what they ask of the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from sim.disturbance.start import Start
from sim.region.place import Place

Begin = Callable[[Start], object]
"""Starts an incident now."""


class BoxesNow(NamedTuple):
    """A station's ballot boxes that wait, or are on their way.

    Attributes:
        place: Where they are: at the station, in a village, or on a road.
        officers: Officers who go with them; at the station those who stand there, wardens by their effect among them.
    """

    place: Place
    officers: float


class Stations(Protocol):
    """What a source asks about the stations and offices of the day, at the moment."""

    def crowd(self, station: int) -> int:
        """Return the people at a station."""

    def strength(self, station: int) -> float:
        """Return the officers who stand there, wardens by their effect among them."""

    def boxes(self, station: int) -> BoxesNow | None:
        """Return its ballot boxes from counted or sealed until they are handed over; None before and after."""

    def late_line(self, station: int) -> int:
        """Return the people in the line of a station that opens late, while it has stood since the hour; 0 after."""

    def guards(self, office: str) -> int:
        """Return the officers who stand guard at an office, by its code."""
