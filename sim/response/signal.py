"""The mobile signal of each village through the day: there or not from the start, and taken by what goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence


class MobileSignal:
    """Where a telephone works now.

    Args:
        there: Whether each village has a signal on an ordinary day; nodes outside the region have one.
    """

    def __init__(self, there: Sequence[bool]) -> None:
        self._there = there
        self._taken = Counter[int]()
        self.heard: Callable[[tuple[int, ...], bool], None] | None = None
        """Somebody who looks on: is told which nodes have lost their signal, or have it again."""

    def works(self, node: int) -> bool:
        """Return whether a telephone works at a node now."""
        return not self._taken[node] and (node >= len(self._there) or self._there[node])

    def take(self, nodes: Iterable[int]) -> None:
        """Take the signal of some nodes away; who takes it must give it back."""
        nodes = tuple(nodes)
        self._taken.update(nodes)
        if self.heard is not None:
            self.heard(nodes, False)

    def give_back(self, nodes: Iterable[int]) -> None:
        """Give the signal back that one cause has taken."""
        nodes = tuple(nodes)
        self._taken.subtract(nodes)
        if self.heard is not None:
            self.heard(tuple(node for node in nodes if self.works(node)), True)
