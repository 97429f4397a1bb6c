"""``simulate region …``: tables of one's own region, from empty ones to a region that can be played."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.say import printer, say
from sim.words.language import gettext as _
from sim.words.language import number

if TYPE_CHECKING:
    from sim.day.own_region import CheckedRegion

_BOOK = "region.xlsx"
_SETTINGS = "region.yaml"
_PAGE = "COLUMNS.md"


@click.group()
def command() -> None:
    """A region of your own: tables to fill in, what they hold, what is wrong with them."""


@command.command()
@click.argument("folder", type=GivenPath())
@click.option("--xlsx", is_flag=True, help="One workbook with a sheet a table, in place of CSV tables.")
@click.option("--semicolon", is_flag=True, help="CSV with ; and decimal commas, as spreadsheets in Indonesia read it.")
def new(folder: Path, xlsx: bool, semicolon: bool) -> None:
    """Write the tables of a region to fill in, and its region.yaml, into FOLDER; nothing is overwritten."""
    from sim.region.columns import USERS
    from sim.region.fresh import write_fresh
    from sim.region.template.csv_tables import columns_page, csv_template, settings_template
    from sim.text import TABLE_NAME, word
    from sim.words import region as words

    name = folder.absolute().name
    files = {_SETTINGS: settings_template(name if TABLE_NAME.fault(name) is None else _("own region")).encode()}
    if xlsx:
        from sim.region.template.workbook import workbook_template

        files[_BOOK] = workbook_template()
        said = words.NEXT_NEW_BOOK.format(folder=word(str(folder)), book=word(str(folder / _BOOK)))
    else:
        files |= {columns.file: csv_template(columns, semicolon=semicolon).encode() for columns in USERS}
        files[_PAGE] = columns_page().encode()
        said = words.NEXT_NEW_CSV.format(folder=word(str(folder)))
    write_fresh(folder, files)
    say(words.NEW_FOLDER.format(folder=folder, files=", ".join(files)))
    say(said)


@command.command()
@click.argument("path", type=GivenPath())
@click.option("--map", "picture", type=GivenPath(), help="Draw it as a picture (.png, .svg, .pdf).")
def check(path: Path, picture: Path | None) -> None:
    """Say what a region holds, what is odd, and every mistake, with table, row and column.

    PATH is the folder of its tables, or a workbook of them.
    """
    from sim.cli.show import Warnings
    from sim.day.own_region import check_region
    from sim.errors import UserError
    from sim.region.fresh import refuse_there, write_fresh
    from sim.text import word
    from sim.words import region as words

    if picture is not None:
        if picture.suffix not in (".png", ".svg", ".pdf"):
            raise UserError(words.MAP_SUFFIX.format(file=picture))
        refuse_there(picture.parent, {picture.name: b""})
    checked = check_region(path)
    _show(checked)
    Warnings().say(checked.remarks)
    if picture is not None:
        from sim.report.region_map import region_picture

        write_fresh(picture.parent, {picture.name: region_picture(checked.region, picture.suffix[1:])})
        say(words.MAP.format(file=picture))
    say(words.PLAY.format(folder=word(str(path))) if path.is_dir() else words.FINE)


@command.command(name="import")
@click.argument("path", type=GivenPath())
@click.argument("folder", type=GivenPath())
def import_(path: Path, folder: Path) -> None:
    """Write the sheets of the workbook PATH as CSV tables into FOLDER, if all are right; nothing is overwritten."""
    import csv
    import io

    from sim.cli.show import Warnings
    from sim.day.own_region import BOOK, check_region
    from sim.errors import UserError
    from sim.region.columns import USERS
    from sim.region.fresh import refuse_there, write_fresh
    from sim.region.sheets import csv_rows
    from sim.region.template.csv_tables import settings_template
    from sim.words import region as words

    if path.suffix != BOOK:
        raise UserError(words.NO_BOOK.format(path=path))
    refuse_there(folder, {columns.file: b"" for columns in USERS})
    checked = check_region(path, playable=False)
    files: dict[str, bytes] = {}
    for columns in USERS:
        rows = list(csv_rows(checked.tables, columns))
        if rows:
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows(rows)
            files[columns.file] = out.getvalue().encode()
    has_settings = (folder / _SETTINGS).exists()
    if not has_settings:
        files[_SETTINGS] = settings_template(checked.region.title).encode()
    write_fresh(folder, files)
    _show(checked)
    Warnings().say([*checked.remarks, *([] if has_settings else [words.NO_SETTINGS_FORM])])
    say(words.IMPORTED.format(folder=folder, files=", ".join(files)))


def _show(checked: CheckedRegion) -> None:
    """Print what a region holds, by district."""
    from rich.text import Text

    from sim.cli.tables import print_rows
    from sim.region.summary import totals
    from sim.report.fitted import Column, Rows
    from sim.text import shown
    from sim.words import region as words
    from sim.words.language import number

    rows = totals(checked.region, checked.network)
    every = rows[-1]
    numbers = {"districts": len(rows) - 1, "villages": every.villages, "stations": every.stations}
    counts = {key: _counted(key, n) for key, n in {**numbers, "voters": every.voters}.items()}
    cells = []
    for row in rows:
        figures = (row.villages, row.stations, row.voters, row.police, row.others, row.roads)
        name = shown(row.name) if row.name else words.ALL
        cells.append([name, *(number(n, ",") for n in figures), number(row.farthest_minutes, ".0f")])
    columns = [Column(head, right=i > 0, folds=not i) for i, head in enumerate(words.HEADS)]
    console = printer()
    console.print(Text(words.TITLE.format(title=shown(checked.region.title), **counts)))
    print_rows(Rows(columns, cells, frozenset({len(rows) - 2})), console)
    console.print(Text(words.ROADS_NOTE))
    for fact in _facts(checked):
        console.print(Text(fact))


def _counted(key: str, n: int) -> str:
    from sim.words import region as words

    return words.COUNTS[key][n != 1].format(n=number(n, ","))


def _facts(checked: CheckedRegion) -> list[str]:
    from sim.words import region as words

    facts = [words.MADE_UP] if checked.made_up else []
    if checked.scenario is None:
        return facts
    forces, care = checked.scenario.region.forces, checked.scenario.evacuation.care
    numbers = {
        "police": forces.police,
        "wardens": forces.wardens,
        "attached": sum(one.teams for one in checked.scenario.response.attached),
        "ambulances": sum(one.count for one in care.ambulances),
        "beds": sum(one.beds for one in care.facilities),
    }
    facts.append(words.FORCES.format(**{key: number(n, ",") for key, n in numbers.items()}))
    if checked.tables.folder.is_dir():
        facts.append(words.FIT.format(names=", ".join(checked.fitting)) if checked.fitting else words.NO_FIT)
    return facts
