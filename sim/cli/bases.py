"""``simulate bases``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.completing import complete_settings
from sim.cli.given import GivenPath
from sim.cli.tables import print_rows
from sim.text import shown
from sim.words import lists as words
from sim.words.language import gettext as _
from sim.words.language import number


@click.command()
@click.argument("wanted", metavar="[WORD]...", nargs=-1, shell_complete=complete_settings)
@click.option("--scenarios", type=GivenPath(), help="A folder with settings of your own, found first.")
def command(wanted: tuple[str, ...], scenarios: Path | None) -> None:
    """List the bases of a region, where teams can wait, with their people: police, army, clinics, offices.

    Every WORD has to occur in its code, name or kind; a word with = changes a setting (region.path=FOLDER).
    """
    from sim.cli.places import in_region
    from sim.errors import UserError, shortened
    from sim.region.gazetteer import Sort
    from sim.region.listing import listing
    from sim.report.fitted import Column, Rows

    gazetteer = in_region(wanted, scenarios)
    asked = [word for word in wanted if "=" not in word]
    people = {base.code: base.personnel for base in gazetteer.region.bases}
    cells = [
        [
            *map(shown, (one.code, one.name, one.kind, one.district)),
            number(people[one.code], ",") if people[one.code] else "",
        ]
        for one in listing(gazetteer, asked, (Sort.BASE,))
    ]
    if not cells:
        near = gazetteer.nearest_name(" ".join(asked), Sort.BASE)
        hint = _("did you mean '{name}'?").format(name=near) if near else words.WITHOUT
        raise UserError(words.NO_BASE.format(region=gazetteer.region.title, name=shortened(" ".join(asked)), hint=hint))
    columns = [
        Column(name, right=key == "personnel", folds=key not in ("code", "personnel"))
        for key, name in words.BASES.items()
    ]
    print_rows(Rows(columns, cells, whole=True))
