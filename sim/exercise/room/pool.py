"""The processes that play futures, begun when the room answers and ended with it."""

from __future__ import annotations

import threading
from typing import Any

from sim.errors import UserError
from sim.exercise.futures.ask import ask
from sim.exercise.futures.pool import FuturesPool
from sim.exercise.futures.question import Question
from sim.exercise.room.questions import Told
from sim.exercise.session.room import Room
from sim.words import room_server as words


class Pool:
    """Works out questions.

    Args:
        room: The room whose scenario is played.
        workers: How many processes; 0: no question is answered.
    """

    def __init__(self, room: Room, workers: int) -> None:
        self._scenario, self._workers = room.scenario, workers
        self._pool: FuturesPool | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Begin the processes, which make themselves ready in the background."""
        with self._lock:
            if self._pool is None and self._workers:
                self._pool = FuturesPool(self._scenario, self._workers)

    def answer(self, question: Question, told: Told, unwanted: threading.Event) -> dict[str, Any]:
        """Work out a question, in the thread that calls.

        Raises:
            UserError: When it cannot be answered.
            NotWanted: When it was given up.
        """
        self.begin()
        if self._pool is None:
            raise UserError(words.NO_WORKERS)
        return ask(question, self._pool, told, unwanted).written()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()
