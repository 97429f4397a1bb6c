"""What the orders say of vehicles and minutes."""

from __future__ import annotations

from math import isinf

from sim.words import names
from sim.words import orders as words
from sim.words.language import number


def vehicle(name: str) -> str:
    """Return what a vehicle is called: the packaged ones in words, others by their own name."""
    return names.called(names.VEHICLE, name)


def whole(minutes: float) -> str:
    """Write minutes, rounded to whole ones."""
    return words.CUT_OFF if isinf(minutes) else number(minutes, ".0f")
