"""Making a session: of a finished run, one plan, one day, and a list of injects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree, rmtree

from sim.errors import UserError, cannot_be_written
from sim.exercise.inject import Inject, InjectStatus
from sim.exercise.session.about import PLAYED, About, Secret, played_run, read_about, read_injects, write_about
from sim.exercise.session.life import scheduled
from sim.experiment.again import check_day, check_strategy
from sim.experiment.batch import world_of
from sim.experiment.inputs import DEPLOYMENTS, REGION
from sim.experiment.manifest import MANIFEST, written
from sim.experiment.store import Run, write_atomically
from sim.words.language import gettext as _
from sim.words.language import speaking


def new_session(folder: Path, run: Run, strategy: str, day: int, injects: tuple[Inject, ...], command: str) -> About:
    """Make the folder of a session.

    Args:
        folder: The folder, which must not be there yet.
        run: The finished run.
        strategy: Name of the plan in force.
        day: Number of the day that is played.
        injects: The list; drafts are approved by taking them over.
        command: The command that makes it.

    Raises:
        UserError: For a plan or a day that the run has not, a folder that is there, or one that cannot be made.
    """
    check_strategy(run, strategy)
    check_day(run, day)
    run.check_inputs(REGION, DEPLOYMENTS)
    world = world_of(run.own_scenario)
    about = About(
        siaga=About.program(), name=folder.resolve().name, strategy=strategy, day=day, language=speaking(),
        start=world.start, end=world.end, command=command,
        created=date.today().isoformat(),
    )  # fmt: skip
    _make(folder, about, tuple(map(_approved, injects)), run)
    return about


def session_like(folder: Path, other: Path, command: str) -> About:
    """Make a second session of the same day: same run, plan, day, list and clock as another one, its own PINs and log.

    Args:
        folder: The folder, which must not be there yet.
        other: The folder of the other session.
        command: The command that makes it.

    Raises:
        UserError: When the other is no session, or not as it was written, for a folder that is there, or one that
            cannot be made.
    """
    known = read_about(other)
    run, injects = played_run(other, known), read_injects(other)
    about = known.model_copy(
        update={
            "name": folder.resolve().name, "command": command, "created": date.today().isoformat(),
            "siaga": About.program(), "language": speaking(),
        }
    )  # fmt: skip
    _make(folder, about, injects, run)
    return about


def _make(folder: Path, about: About, injects: tuple[Inject, ...], run: Run) -> None:
    """Make a session's folder, or nothing of it."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise UserError(_("'{folder}' is there already; give the session another name").format(folder=folder)) from None
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    try:
        _copy(run, folder / PLAYED)
        write_about(folder, about, injects, Secret.drawn())
    except BaseException as error:
        rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise cannot_be_written(folder, error) from error
        raise


def _copy(run: Run, folder: Path) -> None:
    for name in (REGION, DEPLOYMENTS):
        copytree(run.path / name, folder / name)
    write_atomically(folder / MANIFEST, written(run.manifest))


def _approved(inject: Inject) -> Inject:
    return replace(inject, status=scheduled(inject)) if inject.status is InjectStatus.DRAFT else inject
