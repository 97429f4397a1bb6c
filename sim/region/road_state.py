"""The state of the roads at a moment: which are closed, which are slowed, and whether it is dark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class RoadState(NamedTuple):
    """All that makes the way between two places another one than on a free day: a value, to be compared and kept.

    Attributes:
        closed: Roads that cannot be used.
        slowed: Roads that are slower than else, in order, each with its speed as a share of the speed it has else.
    """

    closed: frozenset[int] = frozenset()
    slowed: tuple[tuple[int, float], ...] = ()

    @classmethod
    def of(cls, closed: frozenset[int] = frozenset(), slowed: Mapping[int, float] | None = None) -> RoadState:
        """Return a state; a factor of 1 slows nothing."""
        kept = [(road, f) for road, f in sorted((slowed or {}).items()) if f != 1.0]
        return cls(closed, tuple(kept))

    def changes(self, roads: frozenset[int]) -> bool:
        """Return whether any of these roads is not as on a free day."""
        return bool(self.closed & roads) or any(road in roads for road, _ in self.slowed)


OPEN = RoadState()
"""A free day: every road is open and as fast as its class, the weather and the vehicle let it be."""
