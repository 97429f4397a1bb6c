"""``simulate report RUN``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.show import show_comparison


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
def command(run: Path) -> None:
    """Write a run's report and figures again, and print its comparison."""
    from sim.experiment.store import read
    from sim.inference.compare import compare
    from sim.report.write import write

    opened = read(run)
    comparison = compare(opened)
    show_comparison(opened, comparison, write(opened, comparison))
