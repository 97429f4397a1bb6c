"""Writing the playback of a run: one page beside its report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.day.draws import draw_day
from sim.errors import UserError
from sim.experiment.batch import world_of
from sim.experiment.inputs import DEPLOYMENTS, REGION
from sim.experiment.store import Run, write_atomically
from sim.playback.page import Played, html
from sim.playback.record import recorded
from sim.report.chosen_day import DayRule, chosen_day, chosen_plans
from sim.text import word
from sim.words.language import gettext as _

FILE = "playback.html"


def play(run: Run, strategies: Sequence[str] | None = None, day: str = DayRule.MEDIAN) -> Played:
    """Play one day of a run again under one plan or two, and watch it.

    Args:
        run: The run.
        strategies: Names of the strategies; None: the first, and the best of the others.
        day: ``median``, ``worst``, or the number of a day.

    Raises:
        UserError: When there is no such strategy or day, or it does not come out as it was stored.
    """
    chosen, names = chosen_day(run, day), chosen_plans(run, strategies)
    run.check_inputs(REGION, DEPLOYMENTS)
    world = world_of(run.own_scenario)
    draws = draw_day(world, chosen.day)
    recordings = tuple(recorded(run, world, name, chosen.day, draws) for name in names)
    return Played(run, world, chosen, recordings, command_of(run, names if strategies is not None else None, day))


def command_of(run: Run, strategies: Sequence[str] | None, day: str) -> str:
    """Return the command that writes a playback again."""
    chosen = ["--strategies", ",".join(strategies)] if strategies is not None else []
    of_day = ["--day", day] if day != DayRule.MEDIAN else []
    return " ".join(map(word, ["simulate", "playback", str(run.path), *chosen, *of_day]))


def write_playback(run: Run, strategies: Sequence[str] | None = None, day: str = DayRule.MEDIAN) -> Path:
    """Write the playback of a run into its folder and return its path.

    Raises:
        UserError: As :func:`play`, and when the folder cannot be written.
    """
    return save(play(run, strategies, day))


def save(played: Played) -> Path:
    """Write a playback into the folder of its run and return its path.

    Raises:
        UserError: When the folder cannot be written.
    """
    file = played.run.path / FILE
    try:
        write_atomically(file, html(played).encode())
    except OSError as error:
        raise UserError(
            _("'{file}': cannot be written ({why})").format(file=file, why=error.strerror or error)
        ) from error
    return file
