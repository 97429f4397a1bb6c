"""``simulate kinds``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.places import WIDE
from sim.cli.say import printer
from sim.cli.show import Warnings
from sim.text import shown
from sim.words import lists as words


@click.command()
@click.argument("wanted", metavar="[WORD]...", nargs=-1)
@click.option("--scenarios", type=GivenPath(), help="A folder with kinds of your own in kinds/.")
def command(wanted: tuple[str, ...], scenarios: Path | None) -> None:
    """List the kinds of disturbance: where each can happen, how it lives, how bad it can become.

    Every WORD has to occur in its name, its title or where it can happen.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from sim.config.compose import load
    from sim.errors import UserError, nearest, shortened

    scenario = load(None, ["scenario=calm_day"], scenarios)
    Warnings().say(scenario.remarks)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for column in words.KINDS.values():
        table.add_column(column, overflow="fold")
    for name, kind in scenario.kinds.items():
        cells = (name, kind.said_title, ", ".join(kind.places), kind.course.course.replace("_", " "))
        if all(any(word.casefold() in cell.casefold() for cell in cells) for word in wanted):
            table.add_row(*map(shown, cells), ", ".join(severity.word for severity, _ in kind.severities.items()))
    if not table.row_count:
        name = shortened(" ".join(wanted))
        raise UserError(words.NO_KIND.format(name=name, hint=nearest(name, scenario.kinds)))
    printer(width=None if sys.stdout.isatty() else WIDE).print(table)
