"""What is sent to workers and comes back: batches of days. Who passes them on need not know how a day is played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

Task = list[range]
"""Batches of days that one worker plays, one after another."""
_LEAST_SECONDS = 1.0
"""A worker that is sent less than this at a time would wait longer than it plays (assumption)."""
_SHARES = 4
"""Each worker is sent at least this many tasks, as long as there are so many batches: then none is left alone long."""


@dataclass(frozen=True)
class Played:
    """A batch that was played.

    Attributes:
        days: Its days.
        files: Content of its files by folder of the run.
        seconds: How long it took.
    """

    days: range
    files: dict[str, bytes]
    seconds: float


class Tasks:
    """Batches put together to tasks that take a second or more, once it is known how long a batch takes.

    Which batches go to a worker together changes nothing in what they give.

    Args:
        batches: The batches to play.
        workers: How many share them.
    """

    def __init__(self, batches: Sequence[range], workers: int) -> None:
        self._left = list(batches)
        self._workers = workers
        self._seconds: float | None = None

    def took(self, seconds: float) -> None:
        """Note how long a batch took."""
        self._seconds = seconds

    def __iter__(self) -> Iterator[Task]:
        """Give tasks until no batch is left."""
        while self._left:
            size = self._size()
            task, self._left = self._left[:size], self._left[size:]
            yield task

    def _size(self) -> int:
        if not self._seconds:
            return 1
        fair = len(self._left) // (_SHARES * self._workers)
        return max(1, min(ceil(_LEAST_SECONDS / self._seconds), fair))
