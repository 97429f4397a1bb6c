"""Which pages and parts there are: those of the console, and those of everybody else."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from sim.exercise.room.parts import Page, Part

ROOMS = ("sim.exercise.room.console", "sim.exercise.room.table")
"""Each has a file ``parts`` with ``PARTS`` and ``PAGES``."""
RESERVED = frozenset(
    {"open", "error", "message", "snapshot", "changed", "tick", "progress", "lobby", "notice", "closed"}
)
"""Events that are not those of a part."""


def registered() -> tuple[tuple[Page, ...], tuple[Part, ...]]:
    """Return all pages and all parts.

    Raises:
        ValueError: When two parts have one name, or one has that of an event of another meaning.
    """
    found = [import_module(f"{room}.parts") for room in ROOMS if find_spec(room) is not None]
    pages = tuple(page for one in found for page in one.PAGES)
    parts = tuple(part for one in found for part in one.PARTS)
    names = [part.name for part in parts]
    if len(set(names)) < len(names) or RESERVED & set(names):
        raise ValueError(f"names of parts: {sorted(names)}")
    return pages, parts
