"""Reading tables from the sheets of a workbook (.xlsx): one rule for what a cell may hold.

A sheet holds plain values: texts, and numbers as the workbook holds them, whatever they look like there. What a
formula, merged cells, a date or an error stands for is not known, and is refused with sheet, row and column. A number
where a text belongs is a text that the spreadsheet has changed unless it is whole: the code 17.10 becomes 17.1.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.decimals import written
from sim.errors import UserError, quoted
from sim.files import MOST_TABLE, open_regular
from sim.table import MOST_COLUMNS, MOST_LINES
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

WORKBOOK = ".xlsx"
"""How the name of a workbook ends."""
_MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes of a workbook's parts, unpacked (assumption): a packed file of nothing but zeros would fill any memory."""
_SHARED, _TAKEN_OUT = "xl/sharedStrings.xml", b"x005F_"
"""The part of a workbook with the texts of all its cells, and what openpyxl takes out of them."""
_UNDERSCORE = re.compile(rb"(_)x005F_|x005F(?=_)")
"""An underscore by its number; without one before it, it is only text."""
_MOST_MERGED = 5
"""Merged areas that are named."""


def opened(file: Path) -> dict[str, Worksheet]:
    """Open a workbook and return its sheets of cells, by name.

    Raises:
        UserError: When it cannot be read, or is no workbook.
    """
    from openpyxl import load_workbook
    from openpyxl.worksheet.worksheet import Worksheet

    try:
        with open_regular(file) as stream:
            content = stream.read(MOST_TABLE + 1)
    except OSError as error:
        raise UserError(_("{file}: cannot be read ({why})").format(file=file, why=error.strerror)) from error
    if len(content) > MOST_TABLE:
        raise UserError(
            _("{file}: cannot be read (it has more than {most:,} bytes)").format(file=file, most=MOST_TABLE)
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        book = load_workbook(io.BytesIO(_kept(content))) if size <= _MOST_UNPACKED else None
    except Exception as error:  # whatever a damaged workbook makes openpyxl raise
        raise UserError(
            _("{file}: cannot be read (it is not a workbook of Excel; save it as .xlsx)").format(file=file)
        ) from error
    if book is None:
        raise UserError(
            _("{file}: cannot be read (unpacked it has more than {most:,} bytes)").format(
                file=file, most=_MOST_UNPACKED
            )
        )
    return {sheet.title: sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)}


def _kept(content: bytes) -> bytes:
    """Return a workbook whose shared texts openpyxl reads as they are written, as it does those in the cells.

    Of the shared ones it takes out each ``x005F_``, so that ``_x005F_x0041_``, which stands for the text ``_x0041_``,
    could no longer be told from a letter A by its number. What means the same and has none of it is left alone.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if _SHARED not in packed.namelist() or _TAKEN_OUT not in packed.read(_SHARED):
            return content
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as kept:
            for part in packed.infolist():
                text = packed.read(part)
                kept.writestr(part, _UNDERSCORE.sub(_otherwise, text) if part.filename == _SHARED else text)
    return made.getvalue()


def _otherwise(found: re.Match[bytes]) -> bytes:
    """Return an underscore by its number, or the letters ``x005F`` that are only text, in another way."""
    return b"_x005f_" if found[1] else b"x005_x0046_"


def lines(sheet: Worksheet, where: object) -> list[list[Cell]]:
    """Return the cells of a sheet, row by row, the names of its columns first.

    Args:
        sheet: The sheet.
        where: What messages call it.

    Raises:
        UserError: When it has merged cells, or more rows or columns than a table may have.
    """
    merged = sorted(map(str, sheet.merged_cells.ranges))
    if merged:
        shown = ", ".join(merged[:_MOST_MERGED]) + (", …" if len(merged) > _MOST_MERGED else "")
        raise UserError(
            _(
                "{where}: merged cells ({areas}): each row needs its own values; unmerge them and fill in every cell"
            ).format(where=where, areas=shown)
        )
    if sheet.max_row > MOST_LINES:
        raise UserError(
            _("{where}: cannot be read (it has more than {most:,} rows)").format(where=where, most=MOST_LINES)
        )
    if sheet.max_column > MOST_COLUMNS:
        raise UserError(
            _("{where}: has {columns:,} columns; {most} at most are allowed").format(
                where=where, columns=sheet.max_column, most=MOST_COLUMNS
            )
        )
    return [list(row) for row in sheet.iter_rows()]  # type: ignore[arg-type]


def text_of(cell: Cell, *, number: bool) -> str:
    """Return what a cell holds as the text of a table: a number as a plain decimal.

    Args:
        cell: The cell.
        number: Whether its column holds numbers.

    Raises:
        ValueError: When it is no plain value, saying why, in words that follow the place.
    """
    from sim.sheet_cell import as_written  # with openpyxl, which most readers of tables do without

    value: Any = cell.value
    if value is None:
        return ""
    said = quoted(str(value))
    if cell.data_type == "f":
        raise ValueError(_("{value} is a formula; put its value there (paste as values)").format(value=said))
    if cell.data_type == "e":
        raise ValueError(_("{value} is an error of the spreadsheet").format(value=said))
    if isinstance(value, datetime | date | time | timedelta):
        raise ValueError(
            _(
                "{value} is a date or a time; the spreadsheet made it of what was typed: give the cells the format "
                "text and type it again"
            ).format(value=said)
        )
    if isinstance(value, bool):  # what a spreadsheet makes of TRUE; a column of yes and no has 1 and 0
        if number:
            raise ValueError(_("{value} is yes or no where a number is needed").format(value=said))
        return str(int(value))
    if not isinstance(value, int | float):
        return as_written(str(value)).strip()
    if value == int(value) and abs(value) < 2**53:
        return str(int(value))
    if not number:
        raise ValueError(
            _(
                "{value:g} is a number where a text is needed: a code such as 17.10 has lost its last zero; give the "
                "cells the format text and type it again"
            ).format(value=value)
        )
    return written(value)
