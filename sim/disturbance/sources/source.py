"""What the sources of disturbances share: whom they tell, and what they ask of the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sim.disturbance.start import Start

Begin = Callable[[Start], object]
"""Starts an incident now."""


class Stations(Protocol):
    """What a source asks about the stations of the day, at the moment."""

    def crowd(self, station: int) -> int:
        """Return the people at a station."""

    def strength(self, station: int) -> float:
        """Return the officers who stand there, wardens by their effect among them."""
