"""``simulate resume RUN``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.show import compared, played, show_comparison

if TYPE_CHECKING:
    pass


@click.command()
@click.argument("run", type=GivenPath())
@click.option("--address", help="A Dask scheduler to play on, such as tcp://10.0.0.1:8786; without it, this machine.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(run: Path, address: str | None, quiet: bool) -> None:
    """Go on with an interrupted run where it stopped."""
    from sim.experiment.execute import resume
    from sim.experiment.store import read

    finished = played(lambda progress: resume(run, address=address, progress=progress), read(run).scenario, quiet)
    show_comparison(finished, *compared(finished))
