"""``simulate repair RUN``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.say import say
from sim.cli.show import compared, played, show_comparison
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.experiment.execute import Progress
    from sim.experiment.store import Run


@click.command()
@click.argument("run", type=GivenPath())
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(run: Path, quiet: bool) -> None:
    """Find what is damaged of a run, and play that again."""
    from sim.experiment.manifest import read_manifest
    from sim.experiment.repair import repair
    from sim.experiment.store import Run

    found: list[str] = []

    def play(progress: Progress | None) -> Run:
        finished, damaged = repair(run, progress=progress)
        found.extend(damaged)
        return finished

    finished = played(play, Run(run, read_manifest(run)).scenario, quiet)
    for one in found or [_("Nothing was damaged.")]:
        say(one)
    show_comparison(finished, *compared(finished))
