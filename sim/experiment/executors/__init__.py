"""Where batches of days are played: in this process, in processes of this machine, or on a Dask cluster.

All do the same: they take tasks (some batches, played one after another by one worker) and give results back in the
order of the tasks. What is played does not know where it is, so every executor gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Protocol

from sim.experiment.tasks import Played, Task

if TYPE_CHECKING:
    from sim.config.run import RunSettings

Work = Callable[[Task], list[Played]]
"""Plays a task; it is sent to workers, so it can be pickled."""


class Executor(Protocol):
    """One way to play tasks."""

    def play(self, work: Work, tasks: Iterator[Task]) -> Generator[list[Played], None, None]:
        """Play tasks and give back what each gave, in their order; closing it stops what is still played.

        A worker that dies loses what it was playing; that is played again elsewhere, a few times.

        Raises:
            UserError: When the workers that play a task die again and again, or there is no such cluster.
        """


def executor_of(settings: RunSettings, workers: int) -> Executor:
    """Return the executor that a run asks for.

    Args:
        settings: The run's settings.
        workers: Processes, at least 1.
    """
    if settings.executor == "dask":
        from sim.experiment.executors.cluster import Cluster

        return Cluster(workers, settings.dask.address)
    if workers == 1:
        return Here()
    from sim.experiment.executors.local import Local

    return Local(workers)


class Here:
    """Plays tasks in this process."""

    def play(self, work: Work, tasks: Iterator[Task]) -> Generator[list[Played], None, None]:
        """Play tasks one after another."""
        for task in tasks:
            yield work(task)
