"""The processes that play futures, begun when the room answers and ended with it."""

from __future__ import annotations

import threading
from typing import Any

from sim.exercise.futures.ask import ask
from sim.exercise.futures.pool import FuturesPool
from sim.exercise.futures.question import Question
from sim.exercise.room.questions import Told
from sim.exercise.session.room import Room


class Pool:
    """Works out questions.

    Args:
        room: The room whose scenario is played.
    """

    def __init__(self, room: Room) -> None:
        self._scenario = room.scenario
        self._pool: FuturesPool | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Begin the processes, which make themselves ready in the background."""
        with self._lock:
            if self._pool is None:
                self._pool = FuturesPool(self._scenario)

    def answer(self, question: Question, told: Told, unwanted: threading.Event) -> dict[str, Any]:
        """Work out a question, in the thread that calls.

        Raises:
            UserError: When it cannot be answered.
            NotWanted: When it was given up.
        """
        self.begin()
        assert self._pool is not None
        return ask(question, self._pool, told, unwanted).written()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()
