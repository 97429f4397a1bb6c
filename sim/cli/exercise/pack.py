"""``simulate exercise pack …``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.say import say
from sim.cli.show import as_typed, played
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.experiment.store import Run


@click.command()
@click.argument("overrides", nargs=-1)
@click.option("--scenarios", type=GivenPath(), help="A folder of your own scenarios, found first.")
@click.option("--run", "run_folder", type=GivenPath(), help="Use this finished run instead of playing one.")
@click.option("--plan", help="Name of the strategy in force; the run's first unless given.")
@click.option("--day", default="median", show_default=True, help="The day played: median, worst, or its number.")
@click.option("--out", type=GivenPath(), default=Path("packs"), show_default=True, help="Folder for packs.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(
    overrides: tuple[str, ...],
    scenarios: Path | None,
    run_folder: Path | None,
    plan: str | None,
    day: str,
    out: Path,
    quiet: bool,
) -> None:
    """Write an exercise's papers: of one plan in force, and of one day, whose events become injects.

    Pages for print and documents to edit, in a folder for each side: players, what is released card by card, the
    control team, evaluators. Nothing that was edited is written over.
    """
    from sim.exercise.pack.write import write_pack
    from sim.experiment.store import read

    run = read(run_folder) if run_folder is not None else _play(overrides, scenarios, quiet)
    for file in write_pack(run, out, strategy=plan, day=day):
        say(str(file))


def _play(overrides: tuple[str, ...], scenarios: Path | None, quiet: bool) -> Run:
    """Play the one scenario of a pack."""
    from sim.config.compose import expand, load
    from sim.errors import UserError
    from sim.experiment.execute import execute

    jobs = expand(overrides)
    if len(jobs) > 1:
        raise UserError(
            _("an exercise has one scenario; these overrides are a sweep of {count}").format(count=len(jobs))
        )
    scenario = load(None, jobs[0], scenarios)
    typed = as_typed("simulate exercise pack", jobs[0], scenarios)
    return played(lambda progress: execute(scenario, command=typed, progress=progress), scenario, quiet)
