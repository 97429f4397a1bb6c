"""Where a person of an area that is evacuated is: each is in one of these states at every moment."""

from __future__ import annotations

from enum import IntEnum


class Whereabouts(IntEnum):
    """The states; the numbers are the columns of :attr:`sim.evacuation.area.engine.AreaEvacuation.counts`."""

    INSIDE = 0
    """At home: not warned yet, or not ready."""
    WALKING = 1
    """On foot to the assembly point."""
    WAITING = 2
    """At the assembly point."""
    ABOARD = 3
    """In a bus."""
    ON_THE_WAY = 4
    """In a vehicle of their own."""
    AT_THE_GATE = 5
    """At a shelter that has places for them, not let in yet."""
    SAFE = 6
    """In a shelter."""
    REFUSED = 7
    """Will not leave, or can never be warned."""
    DEAD_END = 8
    """On a road or at a place from which no open road leads to a shelter."""
    WITHOUT_PLACE = 9
    """Out of the area, at a shelter, and every shelter is full."""


MOVING = (Whereabouts.INSIDE, Whereabouts.WALKING, Whereabouts.ON_THE_WAY, Whereabouts.AT_THE_GATE)
"""Who goes on by himself, without a bus."""
