"""The tables of a strategy by list as the sheets of one workbook (.xlsx), called like the tables.

A sheet is read as the CSV table that it stands for: numbers as plain decimals, texts as they are. What is no plain
value (a formula, a date, merged cells) is refused, as what it stands for is not known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.config.plan_tables import PlanTable
from sim.errors import Mistakes, UserError, quoted
from sim.words.language import gettext as _
from sim.workbook import lines, opened, text_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_NUMBERS = ("officers", "wardens")
"""The columns of these tables that hold numbers."""
_WIDEST = 60
"""Columns of letters of a column of a sheet; longer cells are wrapped."""


def workbook_of(tables: Mapping[PlanTable, str]) -> bytes:
    """Return a workbook with a sheet for each table.

    Args:
        tables: The tables as CSV, with a header.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    from sim.sheet_cell import fill

    book = Workbook()
    del book["Sheet"]
    for what, text in tables.items():
        sheet = book.create_sheet(str(what))
        rows = list(csv.reader(io.StringIO(text)))
        for r, cells in enumerate(rows, 1):
            for c, cell in enumerate(cells, 1):
                made = sheet.cell(r, c)
                is_number = cell.isascii() and cell.isdigit() and cell == str(int(cell))
                fill(made, int(cell) if is_number else cell)
                made.alignment = Alignment(wrap_text=True, vertical="top")
                made.font = Font(bold=r == 1)
        for c, column in enumerate(zip(*rows, strict=True), 1):
            sheet.column_dimensions[get_column_letter(c)].width = min(_WIDEST, 2 + max(map(len, column)))
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_text(file: Path, what: PlanTable) -> str:
    """Return the sheet of a workbook as a CSV table.

    Raises:
        UserError: When the workbook cannot be read, has no such sheet, or a cell whose value is not known.
    """
    sheets = opened(file)
    if what not in sheets:
        there = ", ".join(map(quoted, sheets))
        raise UserError(
            _("{file}: has no sheet '{sheet}'; there are {there}").format(file=file, sheet=what, there=there)
        )
    where = f"{file}, sheet '{what}'"
    rows = lines(sheets[what], where)
    names = ["" if cell.value is None else str(cell.value).strip() for cell in rows[0]] if rows else []
    mistakes, texts = Mistakes(), list[list[str]]()
    for row in rows:
        texts.append([""] * len(names))
        for at, cell in enumerate(row):
            with mistakes.noted():
                texts[-1][at] = _text(cell, names[at], where)
    mistakes.refuse()
    return _csv(texts, where)


def _text(cell: Cell, column: str, where: str) -> str:
    """Return what a cell holds as the text of a table, on one line."""
    try:
        return " ".join(text_of(cell, number=column in _NUMBERS).split())
    except ValueError as error:
        name = quoted(column or cell.column_letter)
        raise UserError(
            _("{where}, row {row}, column {name}: {why}").format(where=where, row=cell.row, name=name, why=error)
        ) from None


def _csv(texts: list[list[str]], where: str) -> str:
    """Return rows as CSV; an empty row keeps its line, so that the numbers of the rows are those of the sheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = max((at + 1 for at, name in enumerate(texts[0]) if name), default=0) if texts else 0
    for line in texts:
        if any(line[columns:]):
            raise UserError(
                _("{where}: a column without a name in its first row holds {value}").format(
                    where=where, value=quoted(max(line[columns:]))
                )
            )
        out.write("\n") if not any(line) else writer.writerow(line[:columns])
    return out.getvalue()
