"""The tables that a strategy by list may name, and their columns."""

from __future__ import annotations

from enum import StrEnum


class PlanTable(StrEnum):
    """A table of a strategy by list; the word is also the end of its file's name in a run's folder."""

    POSTS = "posts"
    """Guard posts, a row each."""
    PATROLS = "patrols"
    """Patrols with a route of their own, a row each."""
    RESERVES = "reserves"
    """Teams that wait at a base, a row each."""
    STANDING_GUARDS = "standing_guards"
    """Offices with a standing guard, a row each."""


TEAM = "team"
"""The column with the number or name of a team, or of several: each is at one post, on one patrol or in one reserve."""
NEEDED = {
    PlanTable.POSTS: ("post", "stations", "officers", "wardens"),
    PlanTable.PATROLS: ("patrol", "route", "officers", "vehicle"),
    PlanTable.RESERVES: ("reserve", "base", "officers", "vehicle"),
    PlanTable.STANDING_GUARDS: ("place", "officers"),
}
"""The columns that each table must have."""
KNOWN = {what: columns if what is PlanTable.STANDING_GUARDS else (*columns, TEAM) for what, columns in NEEDED.items()}
"""All that it may have."""
