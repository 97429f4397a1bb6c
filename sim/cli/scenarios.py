"""``simulate scenarios``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath


@click.command()
@click.option("--scenarios", type=GivenPath(), help="A folder of your own scenarios, found first.")
def command(scenarios: Path | None) -> None:
    """List the scenarios that can be played."""
    from sim.config.compose import scenario_names

    names = scenario_names(scenarios)
    width = max(len(name) for name in names)
    for name, title in names.items():
        click.echo(f"{name:{width}s}  {title}")
