"""``simulate exercise …``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.show import progress_bar


@click.group()
def command() -> None:
    """Packs for a tabletop exercise."""


@command.command()
@click.argument("overrides", nargs=-1)
@click.option("--scenarios", type=click.Path(path_type=Path), help="A folder of your own scenarios, found first.")
@click.option(
    "--run", "run_folder", type=click.Path(path_type=Path), help="Use this finished run instead of playing one."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("packs"), show_default=True, help="Folder for packs."
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
def pack(overrides: tuple[str, ...], scenarios: Path | None, run_folder: Path | None, out: Path, quiet: bool) -> None:
    """Write the events list and the handouts of a scenario, with expected times from its simulation."""
    from sim.config.compose import load
    from sim.exercise.pack import write_pack
    from sim.experiment.execute import execute
    from sim.experiment.store import read

    if run_folder is not None:
        run = read(run_folder)
    else:
        scenario = load(None, overrides, scenarios)
        with progress_bar(scenario, quiet) as progress:
            run = execute(scenario, command="simulate exercise pack", progress=progress)
    for file in write_pack(run, out):
        click.echo(str(file))
