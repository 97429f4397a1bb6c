"""``simulate bases``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.places import WIDE
from sim.cli.say import printer
from sim.text import shown
from sim.words import lists as words
from sim.words.language import gettext as _
from sim.words.language import number


@click.command()
@click.argument("wanted", metavar="[WORD]...", nargs=-1)
@click.option("--scenarios", type=GivenPath(), help="A folder with settings of your own, found first.")
def command(wanted: tuple[str, ...], scenarios: Path | None) -> None:
    """List the bases of a region, where teams can wait, with their people: police, army, clinics, offices.

    Every WORD has to occur in its code, name or kind; a word with = changes a setting (region.path=FOLDER).
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from sim.cli.places import in_region
    from sim.errors import UserError, shortened
    from sim.region.gazetteer import Sort
    from sim.region.listing import listing

    gazetteer = in_region(wanted, scenarios)
    asked = [word for word in wanted if "=" not in word]
    people = {base.code: base.personnel for base in gazetteer.region.bases}
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for key, column in words.BASES.items():
        table.add_column(column, overflow="fold", justify="right" if key == "personnel" else "left")
    for one in listing(gazetteer, asked, (Sort.BASE,)):
        there = people[one.code]
        told = number(there, ",") if there else ""
        table.add_row(*map(shown, (one.code, one.name, one.kind, one.district)), told)
    if not table.row_count:
        near = gazetteer.nearest_name(" ".join(asked), Sort.BASE)
        hint = _("did you mean '{name}'?").format(name=near) if near else words.WITHOUT
        raise UserError(words.NO_BASE.format(region=gazetteer.region.title, name=shortened(" ".join(asked)), hint=hint))
    printer(width=None if sys.stdout.isatty() else WIDE).print(table)
