"""The levels of command that take a report: command passes upward with the stage."""

from __future__ import annotations

from enum import StrEnum


class Echelon(StrEnum):
    """Who has handled a report."""

    SECTOR = "sector"
    """The chief of the district's police sector post."""
    POSKO = "posko"
    """The regency's joint operations centre."""
