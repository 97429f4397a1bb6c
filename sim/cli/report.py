"""``simulate report RUN``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.show import compared, show_comparison


@click.command()
@click.argument("run", type=GivenPath())
def command(run: Path) -> None:
    """Write a run's report and figures again, and print its comparison."""
    from sim.experiment.store import read

    opened = read(run)
    show_comparison(opened, *compared(opened))
