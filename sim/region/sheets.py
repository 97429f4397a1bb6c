"""The tables of a region as the sheets of one workbook (.xlsx): read as strictly as the folder of CSV tables.

Numbers are taken as the workbook holds them, whatever they look like there; a number that was typed as text is read as
in a CSV table. A formula, merged cells, a date or an error in a cell is refused: what it stands for is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import Mistakes, UserError, nearest, quoted
from sim.region.cells import Number
from sim.region.columns import USERS, Columns
from sim.region.spelling import respelt
from sim.region.table import Tables, numbers_of
from sim.region.template.workbook import GUIDE
from sim.table import Row, meant
from sim.words.language import gettext as _
from sim.workbook import lines, opened, text_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell

_Typed = tuple[int, str]


class Sheets(Tables):
    """The tables of one workbook; each is a sheet called like the table, without ending.

    Args:
        path: The workbook.

    Raises:
        UserError: When it cannot be read, is no workbook, or lacks a sheet that every region has.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._sheets = opened(path)
        names = [columns.name for columns in USERS]
        for name in self._sheets:
            if name not in (*names, GUIDE):
                self.remarks.append(
                    _("{path}: sheet {name} is not read{hint}").format(
                        path=path, name=quoted(name), hint=meant(name, names)
                    )
                )
        missing = [f"'{c.name}'" for c in USERS if c.needed_by_all and c.name not in self._sheets]
        if missing:
            there = ", ".join(map(quoted, self._sheets)) or _("none")
            one = _("{path}: {count} sheet is missing: {missing}; there are {there}")
            several = _("{path}: {count} sheets are missing: {missing}; there are {there}")
            said = one if len(missing) == 1 else several
            raise UserError(said.format(path=path, count=len(missing), missing=", ".join(missing), there=there))

    def file(self, columns: Columns) -> Path:
        """Return the sheet of a table, as messages call it."""
        return Path(f"{self.folder}, sheet '{columns.name}'")

    def have(self, columns: Columns) -> bool:
        """Return whether the workbook has a sheet of a table."""
        return columns.name in self._sheets

    def rows(self, columns: Columns) -> list[Row]:
        """Read a sheet as it is written; its numbers are plain decimals.

        Raises:
            UserError: When it lacks a column, has none without a name, or has cells whose values are not known.
        """
        sheet, where = self._sheets[columns.name], self.file(columns)
        head, *below = lines(sheet, where) or [[]]
        there = _named(head, where)
        missing = [name for name in columns.needed if name not in there]
        if missing:
            others = [name for name in there if name not in columns.known]
            hint = f"; {nearest(missing[0], others)}" if others else ""
            raise UserError(
                _("{where}: its first row lacks the column {columns}{hint}").format(
                    where=where, columns=_(" and ").join(map(quoted, missing)), hint=hint
                )
            )
        free = [name for name in columns.read if name not in there]
        for name in there:
            if name not in columns.known:
                self.remarks.append(
                    _("{file}: column {name} is not read{hint}").format(
                        file=where, name=quoted(name), hint=meant(name, free)
                    )
                )
        return self._respelt(columns, there, below, where)

    def _respelt(self, columns: Columns, there: dict[str, int], below: list[list[SheetCell]], where: Path) -> list[Row]:
        """Return the rows as texts, with plain numbers."""
        numbers = numbers_of(columns, there)
        read = {name: at for name, at in there.items() if name in columns.read}
        mistakes, typed = Mistakes(), set[_Typed]()
        rows = []
        for number, cells in enumerate(below, 2):
            texts = [""] * (1 + max(there.values()))
            row = Row(where, number, there, texts, columns.rule)
            for name, at in read.items():
                if at < len(cells):
                    with mistakes.noted():
                        texts[at] = _text(cells[at], row, name, numbers.get(name))
                        if not isinstance(cells[at].value, str):
                            typed.add((number, name))
            if any(texts):
                rows.append(row)
        mistakes.refuse()
        for name in columns.optional:  # a column of the template that nobody has filled in
            if name in there and not any(row.cell(name) for row in rows):
                del there[name]
        if not rows and columns.needed_by_all:
            raise UserError(_("{file}: has no rows").format(file=where))
        return respelt(rows, numbers, typed)


def _named(head: list[SheetCell], where: Path) -> dict[str, int]:
    """Return the position of each column by its name; columns without a name are passed over."""
    there: dict[str, int] = {}
    for at, cell in enumerate(head):
        name = "" if cell.value is None else str(cell.value).strip()
        if name in there:
            raise UserError(
                _("{where}: columns {a} and {b} have the same name").format(where=where, a=there[name] + 1, b=at + 1)
            )
        if name:
            there[name] = at
    return there


def _text(cell: SheetCell, row: Row, column: str, number: Number | None) -> str:
    """Return what a cell holds as the text of a table.

    Raises:
        UserError: When it is no plain value.
    """
    try:
        return text_of(cell, number=number is not None)
    except ValueError as error:
        raise row.error(column, str(error)) from None


def csv_rows(tables: Tables, columns: Columns) -> Iterator[list[str]]:
    """Give the header and the rows of a table that was read, as a CSV table has them; nothing where there are none."""
    rows = tables.seen.get(columns.name) or []
    if rows:
        names = [name for name in columns.read if name in rows[0]]
        yield names
        for row in rows:
            yield [row.cell(name).strip() for name in names]
