"""How badly somebody is hurt."""

from __future__ import annotations

from enum import StrEnum


class Triage(StrEnum):
    """How soon somebody who is hurt needs care, the gravest first: the classes of simple triage (START)."""

    IMMEDIATE = "immediate"
    DELAYED = "delayed"
    MINOR = "minor"
