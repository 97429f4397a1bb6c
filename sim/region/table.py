"""Reading the tables of a region, with errors that name file, row and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from sim.errors import Mistakes, UserError, quoted
from sim.region.cells import Number
from sim.region.columns import TABLES, Columns
from sim.region.rows import TableRow, cell_of, example_of
from sim.region.spelling import respelt
from sim.table import Row, Table, meant
from sim.words.language import gettext as _

_Kind = TypeVar("_Kind", bound=TableRow)
_TOTALS = ("total", "totals", "sum", "jumlah")
"""What stands in the first column of a row of sums."""


@dataclass(frozen=True)
class Read(Generic[_Kind]):
    """A table as it was read.

    Attributes:
        lines: Its rows as they are written, for messages.
        rows: What they say, in the same order.
    """

    lines: list[Row]
    rows: list[_Kind]


class Tables:
    """The tables of one folder.

    Attributes:
        folder: The folder.
        remarks: What is odd in the tables, though not wrong: a sentence each.
        seen: The rows of each table that was read, by its name; none where it may be left out and is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remarks: list[str] = []
        self.seen: dict[str, list[Row]] = {}
        names = [table.file for table in TABLES]
        for file in sorted(folder.glob("*.csv")):
            if file.name not in names:
                self.remarks.append(
                    _("{folder}: {file} is not read{hint}").format(  # the hint begins with a semicolon, or is empty
                        folder=folder, file=quoted(file.name), hint=meant(file.name, names)
                    )
                )

    def file(self, columns: Columns) -> Path:
        """Return the file of a table, as messages call it."""
        return self.folder / columns.file

    def have(self, columns: Columns) -> bool:
        """Return whether the folder has a table, be it one that cannot be read."""
        file = self.folder / columns.file
        return file.exists() or file.is_symlink()

    def rows_if_any(self, columns: Columns) -> list[Row]:
        """Read a table that may be left out, as it is written.

        Raises:
            UserError: As :meth:`rows`.
        """
        return self.rows(columns) if self.have(columns) else []

    def rows(self, columns: Columns) -> list[Row]:
        """Read a table as it is written; its numbers are plain decimals, however they were written.

        Raises:
            UserError: When it is missing, unreadable, empty, not UTF-8, lacks a column, or has a row that is longer or
                shorter than its header; for each number that can be read in two ways.
        """
        table = self.open(columns)
        table.refuse_missing(columns.needed, columns.known)
        free = [name for name in columns.read if name not in table.columns]
        for name in table.columns:
            if name not in columns.known:
                self.remarks.append(
                    _("{file}: column {name} is not read{hint}").format(
                        file=self.file(columns), name=quoted(name), hint=meant(name, free)
                    )
                )
        rows = list(table.rows())
        if not rows and columns.needed_by_all:
            raise UserError(_("{file}: has no rows").format(file=self.file(columns)))
        return respelt(rows, numbers_of(columns, table.columns))

    def open(self, columns: Columns) -> Table:
        """Open a table and read its header.

        Raises:
            UserError: When it is missing, unreadable, empty or not UTF-8.
        """
        file = self.folder / columns.file
        try:
            return Table(file, columns.rule, semicolons=True)
        except FileNotFoundError:
            raise UserError(_("{file}: there is no such file; a region's folder needs it").format(file=file)) from None
        except OSError as error:
            raise UserError(_("{file}: cannot be read ({why})").format(file=file, why=error.strerror)) from error

    def read(self, columns: Columns, kind: type[_Kind], *, must: bool = False) -> Read[_Kind]:
        """Read a table and what its rows say.

        Args:
            columns: The table; one that may be left out and is not there has no rows.
            kind: What its rows are.
            must: Whether a table that may be left out has to be there.

        Raises:
            UserError: As :meth:`rows`, and for everything that is wrong in any row.
        """
        lines = self.rows(columns) if must or columns.needed_by_all or self.have(columns) else []
        if must and not lines:
            raise UserError(_("{file}: has no rows").format(file=self.file(columns)))
        self.seen[columns.name] = [line for line in lines if not is_of_template(line, kind)]
        refuse_swapped(lines)
        mistakes = Mistakes()
        rows = mistakes.each(lines, lambda _, line: read_row(line, kind))
        mistakes.refuse()
        return Read(lines, list(rows))


def numbers_of(columns: Columns, there: Iterable[str]) -> dict[str, Number]:
    """Return the columns of numbers of a table, among those that are there."""
    cells = {name: cell_of(field) for name, field in columns.row.model_fields.items()}
    return {name: cell for name in there if isinstance(cell := cells.get(name), Number)}


def read_row(line: Row, kind: type[_Kind]) -> _Kind:
    """Return what a row says.

    Raises:
        UserError: For everything that is wrong in it, a line for each column.
    """
    names = [name for name in kind.model_fields if name in line]
    if is_of_template(line, kind):
        raise line.error(names[0], _("the row of the template is still there; put your own in its place"))
    if line.cell(names[0]).strip().casefold() in _TOTALS:
        raise line.error(
            names[0], _("{cell}: a row of sums is no row; leave it out").format(cell=quoted(line.cell(names[0])))
        )
    try:
        return kind.model_validate({name: line.cell(name) for name in names})
    except ValidationError as error:
        mistakes = Mistakes()
        for problem in error.errors(include_url=False):
            with mistakes.noted():
                raise line.error(str(problem["loc"][0]), _message(problem)) from None
        mistakes.refuse()
        raise


def is_of_template(line: Row, kind: type[TableRow]) -> bool:
    """Say whether a row is the one that a table to fill in has to show what is meant."""
    needed = ((name, field) for name, field in kind.model_fields.items() if field.is_required())
    return all(line.cell(name).strip() == example_of(field) for name, field in needed)


def _message(problem: Any) -> str:
    said = problem.get("ctx", {}).get("error")
    return str(said) if said is not None else str(problem["msg"])


def refuse_swapped(lines: list[Row]) -> None:
    """Refuse a table in which latitude stands for longitude and the reverse, with one message for all its rows.

    Raises:
        UserError: When that is so in every one of several rows.
    """
    if len(lines) > 1 and "lat" in lines[0] and "lon" in lines[0] and all(map(_is_swapped, lines)):
        first = lines[0]
        raise first.error(
            "lat",
            _(
                "{lat} is no latitude, but {lon} in column 'lon' could be, and so in all {rows:,} rows: the "
                "two columns are swapped"
            ).format(lat=first.cell("lat"), lon=first.cell("lon"), rows=len(lines)),
        )


def _is_swapped(line: Row) -> bool:
    try:
        lat, lon = abs(float(line.cell("lat"))), abs(float(line.cell("lon")))
    except ValueError:
        return False
    return 90 < lat <= 180 and lon <= 90


def refuse_duplicates(rows: Iterable[Row], *columns: str) -> None:
    """Refuse a code that stands twice; of several columns, the same in all of them.

    Raises:
        UserError: Naming each row after the first.
    """
    seen: dict[tuple[str, ...], int] = {}
    mistakes = Mistakes()
    for row in rows:
        key = tuple(row.cell(column).strip() for column in columns)
        if not all(key):
            continue  # what is empty is said by itself
        with mistakes.noted():
            if key in seen:
                raise row.error(
                    columns[-1],
                    _("{key} stands already in row {row}").format(key=quoted(", ".join(key)), row=seen[key]),
                )
        seen.setdefault(key, row.line)
    mistakes.refuse()
