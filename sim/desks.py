"""Desks and teams that take whoever comes one after another: the most urgent first, then in the order of coming."""

from __future__ import annotations

from heapq import heappop, heappush

import simpy


class Desks:
    """Some desks, each of which takes one at a time.

    Who comes yields ``take`` and is then at a desk until he says ``leave``; a process that may be interrupted while it
    waits needs ``simpy.PriorityResource``. This does the same in the same order with one event for each who comes in
    place of two, and nothing sorted: a disturbance alone brings half a dozen calls.

    Args:
        env: The clock.
        number: How many desks there are.
    """

    def __init__(self, env: simpy.Environment, number: int) -> None:
        self._env = env
        self._free = number
        self._waiting: list[tuple[int, int, simpy.Event]] = []
        self._came = 0

    def take(self, rank: int = 0) -> simpy.Event:
        """Return the event of having a desk.

        Args:
            rank: Who waits with a lower one comes first.
        """
        turn = self._env.event()
        if self._free:
            self._free -= 1
            turn.succeed()
        else:
            heappush(self._waiting, (rank, self._came, turn))
            self._came += 1
        return turn

    def leave(self) -> None:
        """Give a desk back: the next who waits has it."""
        if self._waiting:
            heappop(self._waiting)[-1].succeed()
        else:
            self._free += 1
