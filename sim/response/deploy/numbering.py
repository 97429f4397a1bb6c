"""Numbers for units of one kind, from 1 on."""

from __future__ import annotations

from collections import Counter


class Numbering:
    """Numbers what has one label in the order in which it is asked: ``POLRES/1``, ``POLRES/2``, ``SEK-PUT/1``."""

    def __init__(self) -> None:
        self._given = Counter[str]()

    def next(self, label: str) -> str:
        """Return the label with the next of its numbers."""
        self._given[label] += 1
        return f"{label}/{self._given[label]}"
