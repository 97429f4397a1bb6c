"""What the orders say of posts, vehicles and minutes."""

from __future__ import annotations

from math import isinf

from sim.words import names
from sim.words import orders as words
from sim.words.language import number


def vehicle(name: str) -> str:
    """Return what a vehicle is called: the packaged ones in words, others by their own name."""
    return names.called(names.VEHICLE, name)


def post(name: str) -> str:
    """Return what a post is called: by its class in words where it is numbered in one, else by its own name."""
    label, slash, number_in_class = name.partition("/")
    return names.called(names.VULNERABILITY, label) + slash + number_in_class


def whole(minutes: float) -> str:
    """Write minutes, rounded to whole ones."""
    return words.CUT_OFF if isinf(minutes) else number(minutes, ".0f")
