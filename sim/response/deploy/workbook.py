"""The tables of a strategy by list as the sheets of one workbook (.xlsx), called like the tables.

A sheet is read as the CSV table that it stands for: numbers as plain decimals, texts as they are. What is no plain
value (a formula, a date, merged cells) is refused, as what it stands for is not known.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.config.plan_tables import PlanTable
from sim.decimals import written
from sim.errors import UserError, quoted
from sim.files import MOST_TABLE, open_regular
from sim.table import MOST_COLUMNS, MOST_LINES

if TYPE_CHECKING:
    from openpyxl import Workbook

WORKBOOK = ".xlsx"
"""How the name of a workbook ends."""
_MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes of a workbook's parts, unpacked (assumption): a packed file of nothing but zeros would fill any memory."""
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
        OSError: Where the system does not let it be read.
    """
    book = _opened(file)
    if str(what) not in book.sheetnames:
        there = ", ".join(map(quoted, book.sheetnames))
        raise UserError(f"{file}: has no sheet '{what}'; there are {there}")
    sheet, where = book[str(what)], f"{file}, sheet '{what}'"
    if sheet.merged_cells.ranges:
        areas = ", ".join(sorted(map(str, sheet.merged_cells.ranges))[:3])
        raise UserError(
            f"{where}: merged cells ({areas}): each row needs its own values; unmerge them and fill them in"
        )
    if sheet.max_row > MOST_LINES or sheet.max_column > MOST_COLUMNS:
        raise UserError(f"{where}: has more than {MOST_LINES:,} rows or {MOST_COLUMNS} columns")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    lines = [[_text(cell, where) for cell in row] for row in sheet.iter_rows()]
    columns = max((at + 1 for at, name in enumerate(lines[0]) if name), default=0) if lines else 0
    for line in lines:  # an empty row keeps its line, so that the numbers of the rows are those of the sheet
        if any(line[columns:]):
            raise UserError(f"{where}: a column without a name in its first row holds {quoted(max(line[columns:]))}")
        out.write("\n") if not any(line) else writer.writerow(line[:columns])
    return out.getvalue()


def _opened(file: Path) -> Workbook:
    from openpyxl import load_workbook

    with open_regular(file) as stream:
        content = stream.read(MOST_TABLE + 1)
    if len(content) > MOST_TABLE:
        raise UserError(f"{file}: cannot be read (it has more than {MOST_TABLE:,} bytes)")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size <= _MOST_UNPACKED:
            return load_workbook(io.BytesIO(content))
    except Exception as error:  # whatever a damaged workbook makes openpyxl raise
        raise UserError(f"{file}: cannot be read (it is not a workbook of Excel; save it as .xlsx)") from error
    raise UserError(f"{file}: cannot be read (unpacked it has more than {_MOST_UNPACKED:,} bytes)")


def _text(cell: Any, where: str) -> str:
    """Return what a cell holds as the text of a table, on one line."""
    from sim.sheet_cell import as_written  # with openpyxl, which most readers of tables do without

    value = cell.value
    if value is None:
        return ""
    if cell.data_type not in ("s", "inlineStr", "n"):
        what = {"f": "a formula; put its value there (paste as values)", "e": "an error of the spreadsheet"}
        meant = what.get(cell.data_type, "no text and no number; give the cell the format text and type it again")
        raise UserError(f"{where}, row {cell.row}, column {cell.column_letter}: {quoted(str(value))} is {meant}")
    if isinstance(value, (int, float)):
        return str(int(value)) if value == int(value) else written(value)
    return " ".join(as_written(str(value)).split())
