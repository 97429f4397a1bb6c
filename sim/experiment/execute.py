"""Playing many days: in parallel, in batches, the same results for any number of workers."""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed, parallel_config
from joblib.externals.loky import get_reusable_executor

from sim.config.scenario import Scenario
from sim.day import simulate_replication
from sim.errors import UserError
from sim.experiment.store import Run, checksums, create, frames, read
from sim.log import DayLog
from sim.world import World, prepare

Progress = Callable[[int, int], None]
"""Is told how many days are finished, of how many."""


class Interrupted(Exception):
    """The user stopped a run; what was finished is kept."""

    def __init__(self, run: Run) -> None:
        super().__init__(
            f"stopped after {run.replications} of {run.scenario.run.replications} days, kept in {run.path}"
        )
        self.run = run


def execute(scenario: Scenario, *, command: str = "", progress: Progress | None = None) -> Run:
    """Play a scenario's days under all its strategies and store them.

    Args:
        scenario: What to play, how often, with which seed, on how many workers, and where to store it.
        command: The command that asked for it, for the manifest.
        progress: Is told how far it is.

    Returns:
        The finished run.

    Raises:
        UserError: For a mistake in the scenario that shows only with its region, or a folder that cannot be written.
        Interrupted: When the user stops it; finished batches are kept and the run can be resumed.
    """
    prepare(scenario)  # every mistake of the user shows before a folder is made
    return _play(create(scenario, command), progress)


def resume(path: Path | str, *, progress: Progress | None = None) -> Run:
    """Go on with an interrupted run; it ends identical to one that was never interrupted.

    Raises:
        UserError: When the folder is no run, or an input has changed since.
        Interrupted: When the user stops it again.
    """
    run = read(path)
    now, then = checksums(run.scenario), run.manifest["inputs"]
    changed = sorted(name for name in {*now, *then} if now.get(name) != then.get(name))
    if changed:
        raise UserError(f"'{run.path}': cannot go on, these tables of the region have changed: {', '.join(changed)}")
    return _play(run, progress)


def _play(run: Run, progress: Progress | None) -> Run:
    scenario = run.scenario
    done, total = set(run.finished), scenario.run.replications
    starts = range(0, total, scenario.run.batch)
    todo = [range(a, min(a + scenario.run.batch, total)) for a in starts if a not in done]
    run.set_state("running")
    try:
        if progress is not None:
            progress(run.replications, total)
        with closing(_batches(scenario, todo)) as batches:
            for days, tables in batches:
                with _undisturbed():
                    run.append(days, tables)
                if progress is not None:
                    progress(run.replications, total)
    except KeyboardInterrupt:
        run.set_state("interrupted")
        raise Interrupted(run) from None
    run.set_state("finished")
    return run


def _batches(scenario: Scenario, todo: list[range]) -> Generator[tuple[range, dict[str, pd.DataFrame]], None, None]:
    """Play batches and give them back in order, as they are finished."""
    workers = min(scenario.run.workers or available_cores(), max(1, len(todo)))
    if workers == 1:
        for days in todo:
            yield days, play_batch(scenario, days)
        return
    with parallel_config(backend="loky", inner_max_num_threads=1):
        pool = Parallel(n_jobs=workers, return_as="generator", pre_dispatch=2 * workers)
        results = pool(delayed(_in_worker)(scenario, days) for days in todo)
        try:
            yield from zip(todo, results, strict=True)
        finally:
            with warnings.catch_warnings():  # that results are left unused when the user stops is as it should be
                warnings.simplefilter("ignore", UserWarning)
                results.close()
            # idle workers would keep their memory while the days are compared
            get_reusable_executor().shutdown(wait=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off Ctrl-C until what is being written is on disk; outside the main thread there is nothing to put off."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def available_cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_worker(scenario: Scenario, days: range) -> dict[str, pd.DataFrame]:
    """Play a batch in a worker process, which leaves Ctrl-C to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return play_batch(scenario, days)


def play_batch(scenario: Scenario, days: range) -> dict[str, pd.DataFrame]:
    """Play some days under every strategy and return their tables."""
    world = _prepared(scenario.model_dump_json())(scenario)
    logs: list[DayLog] = []
    for day in days:
        logs.extend(simulate_replication(world, day))
    return frames(logs)


@lru_cache(maxsize=2)
def _prepared(_settings: str) -> Callable[[Scenario], World]:
    """Return a function that prepares a scenario the first time only; one for each composition of settings."""
    worlds: list[World] = []

    def once(scenario: Scenario) -> World:
        if not worlds:
            worlds.append(prepare(scenario))
        return worlds[0]

    return once
