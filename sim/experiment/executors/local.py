"""Processes of this machine."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from time import monotonic, sleep

from joblib.externals.loky.process_executor import BrokenProcessPool, ProcessPoolExecutor

from sim.errors import UserError
from sim.experiment.executors import Work
from sim.experiment.executors.sent import FEWER, in_order
from sim.experiment.interrupt import kept_from_children, leave_to_parent
from sim.experiment.tasks import Played, Task
from sim.words.language import gettext as _

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
"""Each worker has a core of its own."""


_HANDED_ON_SECONDS = 1.0


class Local:
    """Plays tasks in some processes of this machine, each freshly started (not forked).

    Args:
        workers: How many.
    """

    def __init__(self, workers: int) -> None:
        self._count = workers

    def play(self, work: Work, tasks: Iterator[Task]) -> Generator[list[Played], None, None]:
        """Play tasks; two are sent to each worker, so that none waits for the next."""
        workers = [_Worker(work) for _number in range(self._count)]

        def send(task: Task) -> Future[list[Played]]:
            with kept_from_children():  # sending may start processes
                return min(workers, key=_Worker.has_to_do).send(task)

        whole = False
        try:
            yield from in_order(send, tasks, 2 * self._count, BrokenProcessPool)
            whole = True
        finally:
            for worker in workers:
                worker.stop(kill=not whole)


class _Worker:
    """One process, in a pool of its own: a pool of several breaks as a whole when one of them dies.

    Args:
        work: What plays tasks.
    """

    def __init__(self, work: Work) -> None:
        self._given = os.getpid(), work
        self._pool: ProcessPoolExecutor | None = None
        self._sent: list[Future[list[Played]]] = []

    def has_to_do(self) -> int:
        """Return how many tasks it has that have not ended."""
        self._sent = [future for future in self._sent if not future.done()]
        return len(self._sent)

    def send(self, task: Task) -> Future[list[Played]]:
        """Send it a task; a pool whose process has died takes no more, and a new one is made."""
        for _time in range(2):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, initializer=_start, initargs=self._given, env=_ONE_THREAD)
            try:
                self._sent.append(self._pool.submit(_play, task))
            except BrokenProcessPool:
                self.stop(kill=True)
            else:
                return self._sent[-1]
        raise UserError(
            _("workers die as soon as they are started; perhaps memory ran out: {hint}").format(hint=_(FEWER))
        )

    def stop(self, *, kill: bool) -> None:
        """End the process: when it has played what it has, or by killing it."""
        if self._pool is None:
            return
        until = monotonic() + _HANDED_ON_SECONDS
        # killed while its thread hands on what was sent last, the library would print a traceback of its own
        while kill and self._sent and not _is_handed_on(self._sent[-1]) and monotonic() < until:
            sleep(0.001)
        self._pool.shutdown(wait=True, kill_workers=kill)
        self._pool = None


_given: list[Work] = []
"""In a worker: what plays tasks. Sent with every task it would be large, and the library's thread that hands tasks on
would wait for ever for a dead worker to take one: that thread then keeps this process from ending cleanly."""


def _start(parent: int, work: Work) -> None:
    leave_to_parent(parent)
    _given.append(work)


def _play(task: Task) -> list[Played]:
    return _given[-1](task)


def _is_handed_on(future: Future[list[Played]]) -> bool:
    return future.running() or future.done()
