"""``simulate compare RUN RUN …``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.say import printer
from sim.words.language import gettext as _


@click.command()
@click.argument("runs", nargs=-1, required=True, type=GivenPath())
def command(runs: tuple[Path, ...]) -> None:
    """Put finished runs side by side, measure by measure."""
    from sim.errors import UserError
    from sim.experiment.store import read
    from sim.inference.compare import compare
    from sim.report.terminal import print_side_by_side

    opened = [read(path) for path in runs]
    seeds = {run.scenario.run.seed for run in opened}
    if len(seeds) > 1:
        differ = _("these runs have different seeds ({seeds}): their days differ by chance")
        raise UserError(differ.format(seeds=", ".join(map(str, sorted(seeds)))))
    counts = {run.replications for run in opened}
    if len(counts) > 1:
        differ = _("these runs have different numbers of finished days ({counts})")
        raise UserError(differ.format(counts=", ".join(map(str, sorted(counts)))))
    print_side_by_side(printer(), [(run, compare(run)) for run in opened])
