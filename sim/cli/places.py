"""``simulate places``."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.completing import complete_settings
from sim.cli.given import GivenPath
from sim.cli.tables import print_rows
from sim.text import shown
from sim.words import lists, places
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.region.gazetteer import Gazetteer

_LONGEST = 200
"""Characters that are held against the names there are."""


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
@click.argument("words", nargs=-1, shell_complete=complete_settings)
@click.option("--kind", type=click.Choice([str(one) for one in PlaceSort]), multiple=True, help="List only these.")
@click.option("--scenarios", type=GivenPath(), help="A folder with settings of your own, found first.")
def command(words: tuple[str, ...], kind: tuple[str, ...], scenarios: Path | None) -> None:
    """List what can be named in a region: stations, villages, districts, bases, roads.

    Every one of WORDS has to occur in its code, name or kind; a word with = changes a setting (region.path=FOLDER).
    """
    from sim.errors import UserError, shortened
    from sim.region.gazetteer import SORTS
    from sim.region.listing import listing
    from sim.report.fitted import Column, Rows
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
    columns = [Column(name, folds=key != "code") for key, name in lists.PLACES.items()]
    cells = [[shown(cell) for cell in (one.kind, one.code, one.name, one.district)] for one in found]
    print_rows(Rows(columns, cells, whole=True, called=2))
