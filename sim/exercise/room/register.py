"""Which pages and parts there are: those of the console, and those of everybody else."""

from __future__ import annotations

from collections.abc import Sequence

from sim.exercise.room.console import parts as console
from sim.exercise.room.parts import Page, Part
from sim.exercise.room.table import parts as table

RESERVED = frozenset(
    {"open", "error", "message", "snapshot", "changed", "tick", "progress", "lobby", "notice", "closed"}
)
"""Events that are not those of a part."""


def registered() -> tuple[tuple[Page, ...], tuple[Part, ...]]:
    """Return all pages and all parts."""
    parts = (*console.PARTS, *table.PARTS)
    check_names([part.name for part in parts])
    return (*console.PAGES, *table.PAGES), parts


def check_names(names: Sequence[str]) -> None:
    """Refuse names of parts that would not tell which part an event is about.

    Raises:
        ValueError: When two parts have one name, or one has that of an event of another meaning.
    """
    if len(set(names)) < len(names) or RESERVED & set(names):
        raise ValueError(f"names of parts must differ from each other and from {sorted(RESERVED)}: {sorted(names)}")
