"""``simulate resume RUN``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.show import progress_bar, show_comparison


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(run: Path, quiet: bool) -> None:
    """Go on with an interrupted run where it stopped."""
    from sim.experiment.execute import Interrupted, resume
    from sim.experiment.store import read
    from sim.inference.compare import compare
    from sim.report.write import write

    try:
        with progress_bar(read(run).scenario, quiet) as progress:
            finished = resume(run, progress=progress)
    except Interrupted as stopped:
        click.echo(f"Stopped: {stopped}. Go on with: simulate resume {stopped.run.path}", err=True)
        raise click.exceptions.Exit(130) from None
    comparison = compare(finished)
    show_comparison(finished, comparison, write(finished, comparison))
