"""Processes that compute futures: started with the room, warm when they are asked, replaced when one dies."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future as Pending
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from joblib.externals.loky.process_executor import BrokenProcessPool, ProcessPoolExecutor

from sim.config.scenario import Scenario
from sim.errors import UserError
from sim.exercise.futures import worker
from sim.exercise.futures.play import Future
from sim.exercise.futures.question import Question
from sim.experiment.interrupt import kept_from_children
from sim.experiment.store import read
from sim.words.language import gettext as _
from sim.words.language import speaking

CHUNK = 4
"""Futures that a process plays before it tells of them: so often progress is told, and a question can be given up."""
TRIES = 2
"""So often some futures are begun before the question is given up, because the process died each time."""
_LOOK_SECONDS = 0.05
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
_KEEP_MEMORY = ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_")  # read by the C library of Linux
_ENVIRONMENT = {**dict.fromkeys(_ONE_THREAD, "1"), **dict.fromkeys(_KEEP_MEMORY, str(1 << 30))}
"""A process has a core of its own, and keeps the memory of one future for the next: to get it anew, page by page,
costs as much as to fill it."""

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
        self._workers = [_Worker(scenario) for _number in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def warm(self) -> int:
        """How many of the processes are ready to play."""
        return sum(one.is_warm for one in self._workers)

    @property
    def processes(self) -> list[int]:
        """Numbers of the processes that live now."""
        return [number for one in self._workers for number in one.processes]

    def wait(self) -> None:
        """Wait until every process is ready.

        Raises:
            UserError: When the scenario cannot be prepared.
        """
        for one in self._workers:
            one.call(worker.warm)

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
            NotWanted: When it was given up.
        """
        chunks = iter(_chunks(question.futures))
        done: queue.SimpleQueue[list[Future] | Exception] = queue.SimpleQueue()
        stop = threading.Event()
        lock = threading.Lock()
        language = speaking()

        def deal(one: _Worker) -> None:
            while not stop.is_set():
                with lock:
                    chunk = next(chunks, None)
                if chunk is None:
                    return
                try:
                    done.put(one.call(worker.play, question, chunk, language))
                except Exception as error:
                    done.put(error)
                    return

        for one in self._workers:
            threading.Thread(target=deal, args=(one,), daemon=True).start()
        try:
            return _gathered(question.futures, done, progress, unwanted)
        finally:
            stop.set()

    def close(self) -> None:
        """End the processes; what is played is given up."""
        for one in self._workers:
            one.close()


def _chunks(futures: int) -> Iterator[range]:
    for first in range(1, futures + 1, CHUNK):
        yield range(first, min(first + CHUNK, futures + 1))


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


class _Worker:
    """One process, and the one that comes after it when it dies.

    Args:
        scenario: What is played.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._lock = threading.Lock()
        self._closed = False
        self._pool, self._warming = self._begun()

    @property
    def is_warm(self) -> bool:
        """Whether it is ready to play."""
        warming = self._warming
        return warming.done() and warming.exception() is None

    @property
    def processes(self) -> list[int]:
        """Its number, while it lives."""
        return list(self._pool._processes or ())

    def _begun(self) -> tuple[ProcessPoolExecutor, Pending[None]]:
        """Start a process and let it prepare the world."""
        pool = ProcessPoolExecutor(
            1, initializer=worker.start, initargs=(os.getpid(), self._scenario), env=_ENVIRONMENT
        )
        with kept_from_children():
            return pool, pool.submit(worker.warm)

    def call(self, work: Callable[..., Any], *arguments: object) -> Any:
        """Let the process do something and return what it gives; another one does it if it dies.

        Raises:
            UserError: What the work raises; or that the processes die again and again.
        """
        for _time in range(TRIES):
            pool = self._pool
            try:
                return pool.submit(work, *arguments).result()
            except BrokenProcessPool:
                self._replace(pool)
        raise UserError(
            _(
                "the processes that compute futures have died, {times} times in a row; perhaps memory ran out. "
                "They have been started again: ask once more, with fewer programs open"
            ).format(times=TRIES)
        )

    def _replace(self, dead: ProcessPoolExecutor) -> None:
        """Start another process in place of a dead one, unless somebody has done so already."""
        with self._lock:
            if self._closed:
                raise NotWanted
            if self._pool is dead:
                dead.shutdown(wait=False, kill_workers=True)
                self._pool, self._warming = self._begun()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._closed = True
            self._pool.shutdown(wait=True, kill_workers=True)
