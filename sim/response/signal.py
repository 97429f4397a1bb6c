"""The mobile signal of each village through the day: there or not from the start, and taken by what goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence


class MobileSignal:
    """Where a telephone works now.

    Args:
        there: Whether each village has a signal on an ordinary day; nodes outside the region have one.
    """

    def __init__(self, there: Sequence[bool]) -> None:
        self._there = there
        self._taken = Counter[int]()

    def works(self, node: int) -> bool:
        """Return whether a telephone works at a node now."""
        return not self._taken[node] and (node >= len(self._there) or self._there[node])

    def take(self, nodes: Iterable[int]) -> None:
        """Take the signal of some nodes away; who takes it must give it back."""
        self._taken.update(nodes)

    def give_back(self, nodes: Iterable[int]) -> None:
        """Give the signal back that one cause has taken."""
        self._taken.subtract(nodes)
