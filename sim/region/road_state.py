"""The state of the roads at a moment: which are closed, which are slowed, and whether it is dark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class RoadState(NamedTuple):
    """All that makes ways through the roads other than by day with nothing in the way: a value, compared and kept.

    Attributes:
        closed: Roads that cannot be used.
        slowed: Roads that are slower than else, in order, each with its speed as a share of the speed it has else.
        dark: Whether it is night.
    """

    closed: frozenset[int] = frozenset()
    slowed: tuple[tuple[int, float], ...] = ()
    dark: bool = False

    @classmethod
    def of(cls, closed: frozenset[int], slowed: Mapping[int, float], *, dark: bool = False) -> RoadState:
        """Return a state from the factor of each road that is slowed; a factor of 1 slows nothing."""
        return cls(closed, tuple((road, f) for road, f in sorted(slowed.items()) if f != 1.0), dark)

    @property
    def is_fixed(self) -> bool:
        """Whether no road differs from the others of its class: it is day, or night, and nothing else."""
        return not self.closed and not self.slowed

    def changes(self, roads: frozenset[int]) -> bool:
        """Return whether any of these roads is not as it is by day with nothing in the way."""
        if self.dark or not self.closed.isdisjoint(roads):
            return bool(roads)
        return bool(self.slowed) and any(road in roads for road, _ in self.slowed)

    def with_all_open(self) -> RoadState:
        """Return the same without closures."""
        return self._replace(closed=frozenset())


OPEN = RoadState()
"""By day with nothing in the way: every road is as fast as its class, the weather and the vehicle let it be."""
