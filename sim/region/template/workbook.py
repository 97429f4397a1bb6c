"""Tables to fill in as one workbook: a sheet a table, each cell checked as it is typed."""

from __future__ import annotations

import io
from typing import Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sim.region.cells import AboveZero, Cell, Choice, Number, Reference, Whole
from sim.region.columns import USERS, Columns
from sim.region.rows import cell_of, unit_of
from sim.region.template.csv_tables import example_row
from sim.words import region as words
from sim.words.language import gettext as _

GUIDE = "columns"
"""The sheet that says what every column means; it is not read."""
_CHECKED_ROWS = 5_000
"""Rows that the spreadsheet checks; more may be filled in."""
_LONGEST_PROMPT = 250
_HEAD, _EXAMPLE = PatternFill("solid", fgColor="DDE6EE"), Font(italic=True, color="808080")
_WIDTH = 18.0


def workbook_template() -> bytes:
    """Return a workbook to fill in: first what every column means, then a sheet for each table."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    guide.title = GUIDE
    _guide(guide)
    for columns in USERS:
        _sheet(book.create_sheet(columns.name), columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _guide(sheet: Worksheet) -> None:
    column, *heads = words.GUIDE_HEADS.values()
    sheet.append([_("sheet"), _("needed"), column, *heads])
    yes, no = _("yes"), _("no")
    for columns in USERS:
        for name, field in columns.row.model_fields.items():
            needed = yes if columns.needed_by_all and field.is_required() else no
            meaning, allowed = _(field.description or ""), cell_of(field).allowed
            sheet.append([columns.name, needed, name, meaning, _(unit_of(field)), allowed])
    for letter, width in zip("ABCDEF", (18, 8, 22, 80, 10, 60), strict=True):
        sheet.column_dimensions[letter].width = float(width)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    sheet.freeze_panes = "A2"


def _sheet(sheet: Worksheet, columns: Columns) -> None:
    for number, name in enumerate(columns.read, 1):
        field = columns.row.model_fields[name]
        letter, cell, unit = get_column_letter(number), cell_of(field), _(unit_of(field))
        head = sheet.cell(1, number, name)
        head.font, head.fill = Font(bold=True), _HEAD
        sentence = words.MEANING_WITH_UNIT if unit else words.MEANING
        meaning = sentence.format(meaning=_(field.description or ""), unit=unit, allowed=cell.allowed)
        head.comment = Comment(meaning, "Siaga", height=120, width=300)
        sheet.column_dimensions[letter].width = max(_WIDTH, len(name) + 3.0)
        if not isinstance(cell, Number):
            sheet.column_dimensions[letter].number_format = "@"  # a code stays as it is typed
        check = _validation(cell)
        check.promptTitle, check.prompt, check.showInputMessage = name, meaning[:_LONGEST_PROMPT], True
        check.errorTitle, check.error, check.showErrorMessage = name, cell.allowed[:_LONGEST_PROMPT], True
        check.allow_blank = True
        check.add(f"{letter}2:{letter}{_CHECKED_ROWS + 1}")
        sheet.add_data_validation(check)
        _typed_as_text(sheet, number, cell)
    if columns.needed_by_all:
        _example(sheet, columns)
    sheet.freeze_panes = "A2"


def _typed_as_text(sheet: Worksheet, number: int, cell: Cell) -> None:
    """Let the cells of a column of texts be texts, so that no spreadsheet makes a number or a date of a code."""
    if isinstance(cell, Number):
        return
    for row in range(2, 502):
        sheet.cell(row, number).number_format = "@"


def _example(sheet: Worksheet, columns: Columns) -> None:
    for number, text in enumerate(example_row(columns), 1):
        cell = cell_of(columns.row.model_fields[columns.needed[number - 1]])
        value: str | float | int = text
        if isinstance(cell, Number):
            value = int(text) if isinstance(cell, Whole) else float(text)
        sheet.cell(2, number, value).font = _EXAMPLE


def _validation(cell: Cell) -> DataValidation:
    """Return what the spreadsheet checks of a cell."""
    match cell:
        case Choice():
            return DataValidation(type="list", formula1=f'"{",".join(cell.words)}"')
        case Reference() if len(cell.tables) == 1:
            return DataValidation(type="list", formula1=f"{cell.tables[0]}!$A$2:$A${_CHECKED_ROWS + 1}")
        case AboveZero():
            return _between("decimal", 0, cell.high)
        case Number():
            return _between("whole" if isinstance(cell, Whole) else "decimal", cell.low, cell.high)
        case _:
            return DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(_longest(cell)))


def _between(what: Literal["whole", "decimal"], low: float, high: float) -> DataValidation:
    return DataValidation(type=what, operator="between", formula1=f"{low:.10g}", formula2=f"{high:.10g}")


def _longest(cell: Cell) -> int:
    return int(getattr(getattr(cell, "rule", None), "most", 200))
