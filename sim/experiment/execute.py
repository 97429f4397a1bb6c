"""Playing many days: in parallel, in batches, the same results for any number of workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from sim.compiled import is_kept
from sim.config.run import DaskSettings, RunSettings
from sim.config.scenario import Scenario
from sim.coverage.kernel import potential_minutes
from sim.day.day import simulate_replication
from sim.day.fitting import prepare_fitting
from sim.disturbance.courses.kernel import jump_path
from sim.errors import UserError, said_again
from sim.experiment.batch import play_task, world_of
from sim.experiment.executors import executor_of
from sim.experiment.executors.sent import FEWER
from sim.experiment.hold import held
from sim.experiment.inputs import DEPLOYMENTS, REGION
from sim.experiment.interrupt import check, is_asked, put_off, watched
from sim.experiment.journal import planned_batches
from sim.experiment.manifest import State, begun_with, versions
from sim.experiment.store import Run, create, read
from sim.experiment.tasks import Tasks
from sim.text import word
from sim.voting.kernel.play import play_stations
from sim.words.language import gettext as _

Progress = Callable[[int, int], None]
"""Is told how many days are finished, of how many."""


class Interrupted(Exception):
    """The user stopped a run; what was finished is kept.

    Attributes:
        run: The part that is finished.
    """

    def __init__(self, run: Run) -> None:
        super().__init__(_kept(run))
        self.run = run


def _kept(run: Run) -> str:
    """Say what is kept of a run that was stopped, and how it goes on."""
    kept = (
        _("stopped after {done} of {planned} days, kept in {run}. Go on with: simulate resume {again}")
        if run.replications
        else _("stopped after {done} of {planned} days, settings kept in {run}. Go on with: simulate resume {again}")
    )
    planned, again = run.scenario.run.replications, word(str(run.path))
    return kept.format(done=run.replications, planned=planned, run=run.path, again=again)


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
    world = prepare_fitting(scenario)  # every mistake of the user shows before a folder is made
    if remark is not None:
        remark(world.remarks)
    with ExitStack() as holding:

        def begun() -> Run:
            run = create(world, command)
            holding.enter_context(held(run.path))
            return run

        return play_rest(begun, progress)


def _instead(scenario: Scenario, out: Path | str | None, workers: int | None) -> Scenario:
    """Return the scenario with another folder or number of workers."""
    if workers is not None and workers < 0:
        raise UserError(
            _("workers = {workers}: a number of processes is needed, or 0 for one for each core").format(
                workers=workers
            )
        )
    changed = {"output": str(out) if out is not None else None, "workers": workers}
    settings = scenario.run.model_copy(update={key: value for key, value in changed.items() if value is not None})
    return scenario.model_copy(update={"run": settings})


def resume(path: Path | str, *, address: str | None = None, progress: Progress | None = None) -> Run:
    """Go on with an interrupted run; it ends identical to one that was never interrupted.

    It is played on the region's tables in its own folder; what has become of those it was begun from does not matter.

    Args:
        path: Its folder.
        address: Address of a Dask scheduler to play on; None: this machine. The address that the run was begun with is
            not used: its folder may come from anybody, and a scheduler decides what its clients run.
        progress: Is told how far it is.

    Raises:
        UserError: When the folder is no run, is being played, is damaged, or the program has changed since.
        Interrupted: When the user stops it again.
    """
    with held_run(path) as run:
        must_fit(run)
        run.check_parts()
        return play_rest(lambda: run, progress, executor_elsewhere(address))


@contextmanager
def held_run(path: Path | str) -> Iterator[Run]:
    """Open a run's folder that nobody else plays, and hold it.

    Raises:
        UserError: When the folder is no run, is damaged, or another process plays it.
    """
    read(path)  # so that no lock is left in a folder that is not one of a run
    with held(Path(path)):
        yield read(path)  # meanwhile somebody may have finished days


def must_fit(run: Run) -> None:
    """Check that days played now would belong to a run's other days.

    Raises:
        UserError: When what the run is played on is not what was written, or it was begun with another program.
    """
    run.check_inputs(REGION, DEPLOYMENTS)
    changed = changed_since(run)
    if changed is not None:
        raise UserError(
            _("'{path}': cannot go on, {changed}: its days would not belong together").format(
                path=run.path, changed=changed
            )
        )


def changed_since(run: Run) -> str | None:
    """Return what is another program than the one that a run was begun with, in words; None: it is the same."""
    now, then = versions(), begun_with(run.manifest)
    other = next((name for name in now if now[name] != then[name]), None)
    if other == "program":
        return _(
            "the program's source has been changed since it was begun (siaga {version}, but another checksum of its "
            "files)"
        ).format(version=then["siaga"])
    if other is None:
        return None
    return _("it was begun with {what} {then} and this is {now}").format(
        what=other, then=_(then[other]), now=now[other]
    )


def executor_elsewhere(address: str | None) -> dict[str, object]:
    """Return the settings with which a run from elsewhere goes on: here, or on a cluster that the user names."""
    return {"executor": "dask" if address else "local", "dask": DaskSettings(address=address)}


def play_rest(opened: Callable[[], Run], progress: Progress | None, where: Mapping[str, object] | None = None) -> Run:
    """Play the days that a run lacks; from the moment its folder is there, its manifest says how it ended.

    Args:
        opened: Opens the run.
        progress: Is told how far it is.
        where: Settings of the run that say where its days are played, in place of its own.
    """
    run: Run | None = None
    with watched():
        try:
            with put_off():
                run = opened()
                run.begin()
            _play_batches(run, run.scenario.run.model_copy(update=where), progress)
            run.end(State.FINISHED)
        except (KeyboardInterrupt, Exception) as stopped:
            if run is None:
                raise
            _note_interrupted(run)
            if is_asked() or isinstance(stopped, KeyboardInterrupt):  # a library may have made another error of it
                raise Interrupted(run) from None
            if isinstance(stopped, MemoryError):
                raise UserError(_("memory ran out: {hint}; {kept}").format(hint=_(FEWER), kept=_kept(run))) from stopped
            if isinstance(stopped, UserError):
                raise said_again(f"{stopped}; {_kept(run)}") from stopped
            stopped.add_note(_kept(run))
            raise
    return run


def _note_interrupted(run: Run) -> None:
    """Note that a run is not whole; where the disk is full, that it is still being played must do: nobody holds it."""
    with suppress(UserError):
        run.end(State.INTERRUPTED)


def _play_batches(run: Run, settings: RunSettings, progress: Progress | None) -> None:
    """Play what is not finished, batch by batch, as the settings say, and store each as it comes."""
    scenario, done = run.own_scenario, set(run.finished)
    total, batch = settings.replications, settings.batch
    todo = [days for days in planned_batches(total, batch) if days.start not in done]
    if progress is not None:
        progress(run.replications, total)
    if not todo:
        return
    workers = min(settings.workers or available_cores(), len(todo))
    executor = executor_of(settings, workers)
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
            check()  # one that a process of the day has caught, and that was lost with it


def compiles_first() -> bool:
    """Return whether the kernels are still to be compiled on this machine, which takes some twenty seconds, once."""
    return not all(is_kept(function) for function in (play_stations, jump_path, potential_minutes))


def available_cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
