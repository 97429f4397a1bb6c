"""``simulate resume RUN``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.show import compared, played, show_comparison
from sim.errors import UserError

if TYPE_CHECKING:
    from sim.config.scenario import Scenario


@click.command()
@click.argument("run", type=GivenPath())
@click.option("--dask", "address", help="The Dask scheduler the run was begun with, if its days shall be sent there.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(run: Path, address: str | None, quiet: bool) -> None:
    """Go on with an interrupted run where it stopped."""
    from sim.experiment.execute import resume
    from sim.experiment.store import read

    scenario = read(run).scenario
    _refuse_unasked(run, scenario, address)
    finished = played(lambda progress: resume(run, progress=progress), scenario, quiet)
    show_comparison(finished, *compared(finished))


def _refuse_unasked(run: Path, scenario: Scenario, address: str | None) -> None:
    """Refuse to send days to a machine that only the run's folder names: it may be a stranger's.

    Raises:
        UserError: Naming the address, and how to say that it is meant.
    """
    named = scenario.run.dask.address if scenario.run.executor == "dask" else None
    if named is not None and named != address:
        raise UserError(
            f"'{run}': its days were played at run.dask.address = '{named}'; to send the rest there, add --dask {named}"
        )
    if address is not None and named is None:
        raise UserError(f"--dask {address}: this run is not played on a Dask cluster that was there already")
