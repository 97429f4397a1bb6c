"""Playing many days: in parallel, in batches, the same results for any number of workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from importlib.metadata import version
from pathlib import Path

from sim.compiled import is_kept
from sim.config.scenario import Scenario
from sim.coverage.kernel import reached_at
from sim.day.day import simulate_replication
from sim.day.world import prepare
from sim.disturbance.courses.kernel import jump_path
from sim.errors import UserError
from sim.experiment.batch import MODEL, Tasks, play_task, world_of
from sim.experiment.executors import executor_of
from sim.experiment.inputs import REGION
from sim.experiment.interrupt import put_off
from sim.experiment.store import Run, checksums, create, read
from sim.voting.kernel.play import play_stations

Progress = Callable[[int, int], None]
"""Is told how many days are finished, of how many."""


class Interrupted(Exception):
    """The user stopped a run; what was finished is kept.

    Attributes:
        run: The part that is finished.
    """

    def __init__(self, run: Run) -> None:
        days = f"{run.replications} of {run.scenario.run.replications} days"
        super().__init__(f"stopped after {days}, {'kept' if run.replications else 'settings kept'} in {run.path}")
        self.run = run


def execute(
    scenario: Scenario,
    *,
    out: Path | str | None = None,
    workers: int | None = None,
    command: str = "",
    progress: Progress | None = None,
    remark: Callable[[Sequence[str]], None] | None = None,
) -> Run:
    """Play a scenario's days under all its strategies and store them.

    Args:
        scenario: What to play, how often, with which seed, on how many workers, and where to store it.
        out: Folder for runs, instead of ``run.output``.
        workers: Processes, instead of ``run.workers``; 0: one for each core. Results do not depend on it.
        command: The command that asked for it, for the manifest.
        progress: Is told how far it is.
        remark: Is told what is odd in the region's tables, though not wrong, before anything is played.

    Returns:
        The finished run.

    Raises:
        UserError: For a mistake in the scenario that shows only with its region, or a folder that cannot be written.
        Interrupted: When the user stops it; finished batches are kept and the run can be resumed.
    """
    scenario = _instead(scenario, out, workers)
    world = prepare(scenario)  # every mistake of the user shows before a folder is made
    if remark is not None:
        remark(world.region.remarks)
    return _play(lambda: create(world, command), progress)


def _instead(scenario: Scenario, out: Path | str | None, workers: int | None) -> Scenario:
    """Return the scenario with another folder or number of workers."""
    if workers is not None and workers < 0:
        raise UserError(f"workers = {workers}: a number of processes is needed, or 0 for one for each core")
    changed = {"output": str(out) if out is not None else None, "workers": workers}
    settings = scenario.run.model_copy(update={key: value for key, value in changed.items() if value is not None})
    return scenario.model_copy(update={"run": settings})


def resume(path: Path | str, *, progress: Progress | None = None) -> Run:
    """Go on with an interrupted run; it ends identical to one that was never interrupted.

    It is played on the region's tables in its own folder; what has become of those it was begun from does not matter.

    Raises:
        UserError: When the folder is no run, or its tables of the region or the program have changed since.
        Interrupted: When the user stops it again.
    """
    run = read(path)
    now, then = checksums(run.own_scenario), run.manifest["inputs"]
    changed = sorted(name for name in {*now, *then} if now.get(name) != then.get(name))
    if changed:
        raise UserError(f"'{run.path / REGION}': cannot go on, these tables have changed: {', '.join(changed)}")
    begun = {"siaga": run.manifest["siaga"], **run.manifest["libraries"]}
    for name in MODEL:
        if begun.get(name) != version(name):
            raise UserError(
                f"'{run.path}': cannot go on, it was begun with {name} {begun.get(name)} and this is {version(name)}: "
                "its days would not belong together"
            )
    return _play(lambda: run, progress)


def _play(opened: Callable[[], Run], progress: Progress | None) -> Run:
    """Play the days that a run lacks; from the moment its folder is there, its manifest says how it ended."""
    run: Run | None = None
    try:
        with put_off():
            run = opened()
            run.set_state("running")
        _play_batches(run, progress)
        run.set_state("finished")
    except (KeyboardInterrupt, Exception) as stopped:
        if run is None:
            raise
        run.set_state("interrupted")  # also after an error: what is finished is good
        if isinstance(stopped, KeyboardInterrupt):
            raise Interrupted(run) from None
        raise
    return run


def _play_batches(run: Run, progress: Progress | None) -> None:
    """Play what is not finished, batch by batch, and store each as it comes."""
    scenario, done = run.own_scenario, set(run.finished)
    total, batch = scenario.run.replications, scenario.run.batch
    todo = [range(a, min(a + batch, total)) for a in range(0, total, batch) if a not in done]
    if progress is not None:
        progress(run.replications, total)
    if not todo:
        return
    workers = min(scenario.run.workers or available_cores(), len(todo))
    executor = executor_of(scenario.run, workers)
    if workers > 1 and compiles_first():  # once, not in every worker at the same time
        simulate_replication(world_of(scenario), todo[0][0])
    tasks = Tasks(todo, workers)
    with closing(executor.play(partial(play_task, scenario), iter(tasks))) as results:
        for played in results:
            tasks.took(played[-1].seconds)
            for one in played:
                with put_off():
                    run.append(one.days, one.files)
                if progress is not None:
                    progress(run.replications, total)


def compiles_first() -> bool:
    """Return whether the kernels are still to be compiled on this machine, which takes some twenty seconds, once."""
    return not all(is_kept(function) for function in (play_stations, jump_path, reached_at))


def available_cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
