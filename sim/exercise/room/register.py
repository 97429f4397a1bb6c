"""Which pages and parts there are: those of the console, and those of everybody else."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from sim.exercise.room.parts import Page, Part

ROOMS = ("sim.exercise.room.console", "sim.exercise.room.table")
"""Each has a file ``parts`` with ``PARTS`` and ``PAGES``."""


def registered() -> tuple[tuple[Page, ...], tuple[Part, ...]]:
    """Return all pages and all parts."""
    found = [import_module(f"{room}.parts") for room in ROOMS if find_spec(room) is not None]
    pages = tuple(page for one in found for page in one.PAGES)
    return pages, tuple(part for one in found for part in one.PARTS)
