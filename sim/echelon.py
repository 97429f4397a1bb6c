"""The levels of command that take a report and may call agencies: command passes upward with the stage."""

from __future__ import annotations

from enum import StrEnum


class Echelon(StrEnum):
    """Whose command post has handled a report, or may call an agency."""

    SECTOR = "sector"
    """The chief of the district's police sector post."""
    POSKO = "posko"
    """The regency's joint operations centre."""
