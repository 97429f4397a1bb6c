"""``simulate scenarios``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath


@click.command()
@click.option("--scenarios", type=GivenPath(), help="A folder of your own scenarios, found first.")
def command(scenarios: Path | None) -> None:
    """List the scenarios that can be played."""
    from sim.cli.show import Warnings
    from sim.cli.tables import say_text
    from sim.config.titles import titles
    from sim.text import TITLE, cut, shown

    names, broken = titles("scenario", scenarios)
    Warnings().say(broken)
    width = max(len(name) for name in names)
    for name, title in names.items():
        say_text(f"{name:{width}s}  {cut(shown(title), TITLE.most)}", hanging=" " * (width + 2))
