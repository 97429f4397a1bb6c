"""Desks and teams that take whoever comes one after another: the most urgent first, then in the order of coming."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

import simpy


class Desks:
    """Some desks, each of which takes one at a time.

    Who comes says what he does when he has a desk, or is a process and yields ``take``; he is there until he says
    ``leave``. A process that may be interrupted while it waits needs ``simpy.PriorityResource``. This does the same in
    the same order with one event for each process in place of two, and none for others: a disturbance alone brings half
    a dozen calls.

    Args:
        env: The clock.
        number: How many desks there are.
    """

    def __init__(self, env: simpy.Environment, number: int) -> None:
        self._env = env
        self._free = number
        self._waiting: list[tuple[int, int, Callable[[], object]]] = []
        self._came = 0

    def when_free(self, begin: Callable[[], object], rank: int = 0) -> None:
        """Let somebody begin as soon as he has a desk, which may be now.

        Args:
            begin: What he does then.
            rank: Who waits with a lower one comes first.
        """
        if self._free:
            self._free -= 1
            begin()
        else:
            heappush(self._waiting, (rank, self._came, begin))
            self._came += 1

    def take(self, rank: int = 0) -> simpy.Event:
        """Return the event of having a desk; for the rank see :meth:`when_free`."""
        turn = self._env.event()
        self.when_free(turn.succeed, rank)
        return turn

    def leave(self) -> None:
        """Give a desk back: the next who waits has it."""
        if self._waiting:
            heappop(self._waiting)[-1]()
        else:
            self._free += 1
