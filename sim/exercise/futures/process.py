"""One process that computes futures, and the one that comes after it when it dies."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from sim.config.scenario import Scenario
from sim.errors import UserError, said_again
from sim.exercise.futures.play import Future
from sim.exercise.futures.question import Question
from sim.exercise.futures.worker import Failed, Task, serve
from sim.experiment.interrupt import kept_from_children
from sim.words.language import Language
from sim.words.language import gettext as _

TRIES = 2
"""So often some futures are begun before the question is given up, because the process died each time."""
_END_SECONDS = 2.0
_SPAWN = multiprocessing.get_context("spawn")


class Ended(Exception):
    """The process was ended on purpose: nobody waits for what it would have given."""


class Process:
    """A process that prepares the world at once and then plays futures, for one caller after another.

    Args:
        scenario: What is played.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._turn = threading.Lock()
        self._ended = False
        self._warm = _SPAWN.Event()
        self._process, self._pipe = self._begun()

    @property
    def number(self) -> int:
        """Its number."""
        return self._process.pid or 0

    @property
    def is_warm(self) -> bool:
        """Whether it is ready to play."""
        return self._warm.is_set() and self._process.is_alive()

    def _begun(self) -> tuple[BaseProcess, Connection]:
        """Start a process, which prepares the world by itself."""
        mine, its = _SPAWN.Pipe()
        self._warm = _SPAWN.Event()
        process = _SPAWN.Process(target=serve, args=(its, self._warm, os.getpid(), self._scenario), daemon=True)
        with kept_from_children():
            process.start()
        its.close()  # so that reading fails when the process has died
        return process, mine

    def wait(self) -> None:
        """Wait until it is ready.

        Raises:
            UserError: When the scenario cannot be prepared, or it died again and again.
        """
        self._call(None)

    def play(self, question: Question, numbers: range, language: Language) -> list[Future]:
        """Play some futures; another process does it if this one dies.

        Args:
            question: The question.
            numbers: Numbers of the futures.
            language: In which reasons are told.

        Raises:
            UserError: When the question does not fit the day, or it died again and again.
            Ended: When it has been ended.
        """
        return self._call((question, numbers, language))

    def _call(self, task: Task | None) -> list[Future]:
        for _time in range(TRIES):
            with self._turn:
                try:
                    if self._ended:
                        raise Ended
                    self._pipe.send(task)
                    answer: list[Future] | Failed = self._pipe.recv()
                except (EOFError, OSError):
                    if self._ended:
                        raise Ended from None
                    self._replace()
                    continue
            if isinstance(answer, Failed):
                raise said_again(answer.message) if answer.is_users else RuntimeError(answer.message)
            return answer
        raise UserError(
            _(
                "the process that computes futures has died, {times} times in a row; perhaps memory ran out. "
                "It has been started again: ask once more, with fewer programs open"
            ).format(times=TRIES)
        )

    def _replace(self) -> None:
        self._pipe.close()
        self._process.join(_END_SECONDS)
        self._process, self._pipe = self._begun()

    def end(self) -> None:
        """End it, whatever it does."""
        self._ended = True
        self._process.kill()
        self._process.join(_END_SECONDS)
