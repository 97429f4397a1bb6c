"""The words of the evacuation of an area: remarks before it, and what came of it."""

from __future__ import annotations

TOO_FEW_PLACES = (
    "The shelters hold {places:,} people and {people:,} are expected to leave: {without:,} will be without a place."
)
NO_BUSES = "{people:,} people have no own transport, and the plan has no bus for them."
NEVER_WARNED = "No channel of warning reaches {places}: whoever lives there stays."
