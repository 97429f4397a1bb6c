"""A Dask cluster: one of one's own on this machine, or one that is there already."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from sim.errors import UserError
from sim.experiment.executors import Work
from sim.experiment.executors.sent import TRIES, Future, in_order
from sim.experiment.interrupt import kept_from_children
from sim.experiment.manifest import versions
from sim.experiment.tasks import Played, Task
from sim.words.language import gettext as _

_CONNECT_SECONDS = 15


class Cluster:
    """Plays tasks on a Dask cluster.

    Its workers need the same program and libraries, and the run's folder (or a copy of it) under the same path, because
    the region's tables are read there. Files come back over the network and are written here.

    Args:
        workers: Processes, where a cluster of one's own is made.
        address: Address of a scheduler, such as ``tcp://10.0.0.1:8786``; None: make a cluster on this machine.
    """

    def __init__(self, workers: int, address: str | None) -> None:
        self._workers = workers
        self._address = address

    def play(self, work: Work, tasks: Iterator[Task]) -> Generator[list[Played], None, None]:
        """Play tasks; two are sent to each worker. Dask itself sends again what a dead worker was playing."""
        dask = _distributed()
        with self._client(dask) as client:
            count = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))

            def send(task: Task) -> Future:
                future: Future = client.submit(work, task, pure=False)
                return future

            try:
                yield from in_order(send, tasks, 2 * count, dead=(), lost=dask.KilledWorker)
            except (CancelledError, dask.comm.CommClosedError) as error:
                raise UserError(_("{setting}: the cluster has ended").format(setting=self._setting)) from error

    @property
    def _setting(self) -> str:
        return f"run.dask.address = '{self._address}'" if self._address else "run.executor = dask"

    @contextmanager
    def _client(self, dask: Any) -> Iterator[Any]:
        """Open a client, and a cluster where there is none; close both, stopping what is still played."""
        settings = import_module("dask").config
        with settings.set({"distributed.scheduler.allowed-failures": TRIES - 1}):
            with kept_from_children():
                own = None if self._address else _own_cluster(dask, self._workers)
            try:
                with self._connected(dask, own) as client:
                    yield client
            finally:
                if own is not None:
                    own.close()

    @contextmanager
    def _connected(self, dask: Any, own: Any) -> Iterator[Any]:
        try:
            client = dask.Client(own or self._address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UserError(
                _("{setting}: no Dask scheduler answers ({error})").format(setting=self._setting, error=error)
            ) from error
        with client:
            here = versions()
            for worker, there in client.run(versions).items():
                other = next((name for name in here if there[name] != here[name]), None)
                if other is not None:
                    raise UserError(
                        _(
                            "{setting}: worker {worker} has {other} {there} and this is {here}: their days would not "
                            "belong together"
                        ).format(
                            setting=self._setting, worker=worker, other=other, there=there[other], here=here[other]
                        )
                    )
            yield client


def _distributed() -> Any:
    """Import the optional library.

    Raises:
        UserError: When it is not installed.
    """
    try:
        return import_module("distributed")
    except ImportError as error:
        raise UserError(_("run.executor = dask: Dask is not installed here; pip install 'siaga[dask]'")) from error


def _own_cluster(dask: Any, workers: int) -> Any:
    """Make a cluster on this machine: processes of one thread, as much memory as they like, no web page."""
    return dask.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        memory_limit=0,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )
