"""The numbers of list items as a user counts them, where items have been left out to look at the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from pydantic import PrivateAttr

from sim.config.fields import Titled
from sim.config.refusal import SettingPath, dotted

CONTEXT = "numbers"
"""Key of a validation context that holds :class:`Numbers`; without it nothing has been left out."""


@dataclass(frozen=True)
class Numbers:
    """Where settings stand that have moved up, since items before them were left out.

    Attributes:
        kept: By path of a list of which items were left out, the numbers that those still there had before.
    """

    kept: Mapping[SettingPath, tuple[int, ...]] = field(default_factory=dict)

    def written(self, path: Sequence[str | int]) -> SettingPath:
        """Return where a setting stands in what the user wrote.

        Args:
            path: Where it stands in what is left.
        """
        return tuple(self._before(tuple(path[:depth]), part) for depth, part in enumerate(path))

    def without(self, items: SettingPath, left_out: Collection[int], count: int) -> Numbers:
        """Return the numbers after items of a list have been left out.

        Args:
            items: Where the list stands.
            left_out: Which of those that are left.
            count: How many there were until then.
        """
        rest = (self._before(items, index) for index in range(count) if index not in left_out)
        return Numbers({**self.kept, items: tuple(int(number) for number in rest)})

    def inside(self, group: SettingPath) -> Numbers:
        """Return the numbers of a group's own lists, as seen from the group."""
        depth = len(group)
        return Numbers({path[depth:]: kept for path, kept in self.kept.items() if path[:depth] == group})

    def _before(self, around: SettingPath, part: str | int) -> str | int:
        kept = self.kept.get(around)
        return part if kept is None or not isinstance(part, int) or part >= len(kept) else kept[part]


ALL = Numbers()
"""Nothing has been left out."""


def numbers_in(context: Any) -> Numbers:
    """Return the numbers that a validation context holds."""
    return context.get(CONTEXT, ALL) if isinstance(context, Mapping) else ALL


class Numbered(Titled):
    """Settings with lists whose items are named by their numbers, also where some of them have been left out."""

    _numbers: Numbers = PrivateAttr(default=ALL)

    def item(self, items: str, number: int) -> str:
        """Return how an item is called by a user: ``incidents[2]``.

        Args:
            items: The list.
            number: Which of those that are left.
        """
        return dotted(self._numbers.written((items, number)))

    def count_by(self, numbers: Numbers) -> Self:
        """Name the items by these numbers from now on, and return the settings."""
        self._numbers = numbers
        return self
