"""Processes that compute futures: started with the room, warm when they are asked, replaced when one dies."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from sim.config.scenario import Scenario
from sim.errors import UserError
from sim.exercise.futures.play import Future
from sim.exercise.futures.process import Ended, Process
from sim.exercise.futures.question import Question
from sim.experiment.store import read
from sim.words.language import gettext as _
from sim.words.language import speaking

CHUNK = 4
"""Futures that a process plays at most before it tells of them: so often progress is told, and a question can be given
up. The last are fewer at a time, so that no process waits for another for long."""
_LOOK_SECONDS = 0.05
Progress = Callable[[int, int], None]
"""Is told how many futures are done, and of how many."""


class NotWanted(Exception):
    """A question that is no longer wanted was given up."""


class FuturesPool:
    """Processes that live as long as the room.

    They are started at once and prepare the world in the background; who asks before waits for them. They end when the
    pool is closed, or when this process ends, however that came.

    Args:
        source: The run whose scenario is played, on the tables in its folder, or a scenario.
        workers: How many processes, from 1.

    Raises:
        UserError: For a folder that is none of a run, or a number of processes that is none.
    """

    def __init__(self, source: Scenario | Path | str, workers: int = 2) -> None:
        if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
            raise UserError(_("workers = {workers!r}: a whole number from 1 is needed").format(workers=workers))
        scenario = source if isinstance(source, Scenario) else read(source).own_scenario
        self._processes = [Process(scenario) for _number in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def warm(self) -> int:
        """How many of the processes are ready to play."""
        return sum(one.is_warm for one in self._processes)

    @property
    def processes(self) -> list[int]:
        """Numbers of the processes that live now."""
        return [one.number for one in self._processes]

    def wait(self) -> None:
        """Wait until every process is ready.

        Raises:
            UserError: When the scenario cannot be prepared.
        """
        for one in self._processes:
            one.wait()

    def play(
        self, question: Question, progress: Progress | None = None, unwanted: threading.Event | None = None
    ) -> list[Future]:
        """Play every future of a question; several threads may ask at a time.

        Args:
            question: The question.
            progress: Is told how far it is, in the thread that calls.
            unwanted: When it is set, the question is given up.

        Returns:
            The futures in the order of their numbers, whatever the number of processes.

        Raises:
            UserError: When the question does not fit the day, or a process died again and again.
            NotWanted: When it was given up, or the pool was closed.
        """
        parts = iter(chunks(question.futures, len(self._processes)))
        done: queue.SimpleQueue[list[Future] | Exception] = queue.SimpleQueue()
        stop = threading.Event()
        lock = threading.Lock()
        language = speaking()

        def deal(one: Process) -> None:
            while not stop.is_set():
                with lock:
                    part = next(parts, None)
                if part is None:
                    return
                try:
                    done.put(one.play(question, part, language))
                except Ended:
                    done.put(NotWanted())
                    return
                except Exception as error:  # whatever it is, the thread that asked is told
                    done.put(error)
                    return

        for one in self._processes:
            threading.Thread(target=deal, args=(one,), daemon=True).start()
        try:
            return _gathered(question.futures, done, progress, unwanted)
        finally:
            stop.set()

    def close(self) -> None:
        """End the processes; what is played is given up."""
        for one in self._processes:
            one.end()


def chunks(futures: int, processes: int) -> Iterator[range]:
    """Give the numbers of futures, from 1, in the parts in which they are handed to whichever process is free.

    Args:
        futures: How many.
        processes: How many play them.
    """
    first = 1
    while first <= futures:
        most = -(-(futures + 1 - first) // (2 * processes))
        yield range(first, first + min(CHUNK, most))
        first += min(CHUNK, most)


def _gathered(
    futures: int,
    done: queue.SimpleQueue[list[Future] | Exception],
    progress: Progress | None,
    unwanted: threading.Event | None,
) -> list[Future]:
    """Gather what the processes give back, in the order of the futures."""
    found: list[Future] = []
    while len(found) < futures:
        if unwanted is not None and unwanted.is_set():
            raise NotWanted
        try:
            one = done.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        if isinstance(one, Exception):
            raise one
        found += one
        if progress is not None:
            progress(len(found), futures)
    return sorted(found, key=lambda future: future.number)
