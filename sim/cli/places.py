"""``simulate places``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.say import printer
from sim.text import shown
from sim.words import lists, places
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.region.gazetteer import Gazetteer

_LONGEST = 200
"""Characters that are held against the names there are."""
WIDE = 200
"""Columns where the list does not go to a terminal: no name of it is cut there."""


class PlaceSort(StrEnum):
    """What of a region is listed."""

    AREA = "area"
    BASE = "base"
    STATION = "station"
    ROAD = "road"


def in_region(words: Sequence[str], scenarios: Path | None) -> Gazetteer:
    """Return the names of the region that the settings among these words choose."""
    from sim.config.compose import load
    from sim.region.gazetteer import Gazetteer
    from sim.region.load import load_region

    return Gazetteer(load_region(load(None, [word for word in words if "=" in word], scenarios).region))


@click.command()
@click.argument("words", nargs=-1)
@click.option("--kind", type=click.Choice([str(one) for one in PlaceSort]), multiple=True, help="List only these.")
@click.option("--scenarios", type=GivenPath(), help="A folder with settings of your own, found first.")
def command(words: tuple[str, ...], kind: tuple[str, ...], scenarios: Path | None) -> None:
    """List what can be named in a region: stations, villages, districts, bases, roads.

    Every one of WORDS has to occur in its code, name or kind; a word with = changes a setting (region.path=FOLDER).
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from sim.errors import UserError, shortened
    from sim.region.gazetteer import SORTS
    from sim.region.listing import listing
    from sim.vocabulary import PlaceKind

    gazetteer = in_region(words, scenarios)
    wanted = [word for word in words if "=" not in word]
    found = listing(gazetteer, wanted, [sort for one in kind for sort in SORTS[PlaceKind(one)]] or None)
    title = gazetteer.region.title
    if not found:
        near = gazetteer.nearest_name(" ".join(wanted)[:_LONGEST])
        hint = _("did you mean '{name}'?").format(name=near) if near else lists.WITHOUT
        noun = places.OR.join(places.NOUNS[one] for one in kind) or places.PLACE
        raise UserError(lists.NO_PLACE.format(noun=noun, region=title, name=shortened(" ".join(wanted)), hint=hint))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in lists.PLACES.values():
        table.add_column(column, overflow="fold")
    for one in found:
        table.add_row(*map(shown, (one.kind, one.code, one.name, one.district)))
    printer(width=None if sys.stdout.isatty() else WIDE).print(table)
