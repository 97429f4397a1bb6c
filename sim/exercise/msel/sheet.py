"""Writing a list of injects as a spreadsheet: one row an inject, to be edited, printed on A3, and read back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from sim.exercise.inject import Inject
from sim.exercise.msel.columns import TIMES, Column
from sim.exercise.msel.values import clock_text, elapsed_text, group_text
from sim.sheet_cell import fill, look_like
from sim.text import cells
from sim.words import msel as words
from sim.words import room as names

POINTS = 9
"""Size of the letters; the sheet is printed as large as it is."""
_FONT, _WIDTH_POINTS = "Arial", 10
"""The letters, and the size of those that widths are counted in. Arial, as every office program has it or a twin with
the same widths (Liberation Sans, Arimo): with a wider font in its place, the columns would not fit on two pages."""
WIDTHS = {
    Column.SEQ: 5, Column.SCENARIO_TIME: 9, Column.EXERCISE_TIME: 9, Column.TYPE: 12, Column.GROUP: 16,
    Column.DELIVERY: 10, Column.SENDER: 13, Column.RECIPIENT: 13, Column.TITLE: 22, Column.TEXT: 51,
    Column.EXPECTED_ACTION: 39, Column.DECISION: 34, Column.CONDITION: 24, Column.NOTE: 60, Column.CONTROLLER: 12,
    Column.STATUS: 12, Column.ACTUAL_TIME: 9, Column.OBSERVATION: 44, Column.MODULE: 18, Column.OBJECTIVE: 34,
    Column.LEARNING_POINT: 40, Column.LONGEST_MINUTES: 11, Column.MODEL_EVENT: 26,
}  # fmt: skip
"""In digits of Arial 10, the sheet's own letters. A digit is 1.96 mm wide, so that the 400 mm between the margins of A3
hold 204 of them."""
FIRST_PAGE, SECOND_PAGE = Column.EXPECTED_ACTION, Column.OBSERVATION
"""The last column of each of the two pages that lie side by side; those after them are not printed."""
_MORE_ROWS = 200
"""Rows below the list that are ready to be filled in."""
_LETTERS_A_DIGIT = 1.1 * _WIDTH_POINTS / POINTS
"""Letters of our size in the width of a digit of the sheet's own: a letter of text is a tenth narrower than a digit."""
_CAPITAL = 1.4
"""Width of a capital letter, in letters."""
_LINE_POINTS, _MOST_POINTS = 12.5, 409.0
"""Height of a line; the height beyond which a spreadsheet makes no row."""
_MARGIN_INCHES = 10 / 25.4
_MOST_CHOICES = 255
"""Characters of the choices of a cell, as spreadsheets take them."""
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can say: no clock gets into the file."""
_TEXT_FORMAT = "@"
_TYPED_AS_TEXT = (*TIMES, Column.MODEL_EVENT, Column.MODULE)
"""Columns in which a spreadsheet would make something else of what is typed."""


def written(injects: Sequence[Inject], start: float) -> bytes:
    """Return a list of injects as a workbook, in the language that is spoken; the same list is the same bytes.

    Args:
        injects: The list.
        start: When the exercise starts, minutes after midnight.
    """
    book = Workbook()
    styles: Any = book
    styles._named_styles["Normal"].font = Font(name=_FONT, size=_WIDTH_POINTS)  # which widths are counted in
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = words.SHEET
    for at, column in enumerate(Column, start=1):
        fill(sheet.cell(1, at), column.heading)
        for row, inject in enumerate(injects, start=2):
            _put(sheet.cell(row, at), _shown(inject, column, start))
    _look(sheet, len(injects) + 1)
    _choices(sheet, len(injects) + 1 + _MORE_ROWS)
    _page(sheet, len(injects) + 1)
    book.properties.creator = "Siaga"
    book.properties.created = book.properties.modified = datetime(*_NO_TIME)
    return without_clock(book)


def _put(cell: Any, value: str | int | None) -> None:
    if value is not None and value != "":
        fill(cell, value)


def _shown(inject: Inject, column: Column, start: float) -> str | int | None:
    """Return what stands in a cell."""
    if column is Column.SCENARIO_TIME:
        return None if inject.time is None else clock_text(inject.time)
    if column is Column.EXERCISE_TIME:
        return None if inject.time is None else elapsed_text(inject.time - start)
    if column is Column.ACTUAL_TIME:
        return None if inject.actual_time is None else clock_text(inject.actual_time)
    if column is Column.GROUP:
        return group_text(inject.group)
    if column is Column.TYPE:
        return names.TYPES[inject.type]
    if column is Column.STATUS:
        return names.STATUSES[inject.status]
    value: str | int = getattr(inject, column)
    return value


def _look(sheet: Worksheet, last: int) -> None:
    """Set letters, colours, widths and heights; what is typed into a time or a key stays the text that it is."""
    thin = Side(style="thin", color="BFBFBF")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    told, hidden = PatternFill("solid", fgColor="1F3864"), PatternFill("solid", fgColor="7F6000")
    pale = PatternFill("solid", fgColor="FBF3DC")
    letters, wrapped = Font(name=_FONT, size=POINTS), Alignment(wrap_text=True, vertical="top", horizontal="left")
    for at, column in enumerate(Column, start=1):
        whole: Any = sheet.column_dimensions[get_column_letter(at)]  # for the rows that are not there yet
        whole.width = WIDTHS[column]
        for row in range(last + 1):
            one: Any = sheet.cell(row, at) if row else whole
            if column in _TYPED_AS_TEXT:
                one.number_format = _TEXT_FORMAT
            if row > 1:
                look_like(one, sheet.cell(1, at))
                continue
            one.font, one.alignment = letters, wrapped
            if row:
                one.border = border
            if row and column.is_hidden:
                one.fill = pale
        head = sheet.cell(1, at)
        head.font = Font(name=_FONT, size=POINTS, bold=True, color="FFFFFF")
        head.fill = hidden if column.is_hidden else told
    for row in range(1, last + 1):
        sheet.row_dimensions[row].height = _height(sheet, row)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(Column))}{last}"


def _height(sheet: Worksheet, row: int) -> float:
    """Return the height at which a row shows the whole of its texts, as far as a spreadsheet makes rows so high."""
    lines = max(
        _lines(str(sheet.cell(row, at).value or ""), WIDTHS[column]) for at, column in enumerate(Column, start=1)
    )
    return min(lines * _LINE_POINTS + 3, _MOST_POINTS)


def _lines(text: str, width: float) -> int:
    room = width * _LETTERS_A_DIGIT
    return sum(max(1, math.ceil(_wide(line) / room)) for line in text.split("\n"))


def _wide(line: str) -> float:
    """Return the width of a line in letters."""
    return cells(line) + (_CAPITAL - 1) * sum(map(str.isupper, line))


def _choices(sheet: Worksheet, last: int) -> None:
    """Offer the names that a cell may hold, and say beside others how they are filled in."""
    groups = (*words.GROUPS.values(), *names.PARTIES.values())
    for column, choices in (
        (Column.TYPE, tuple(names.TYPES.values())),
        (Column.STATUS, tuple(names.STATUSES.values())),
        (Column.GROUP, groups),
    ):
        listed = ",".join(choices)
        if len(listed) > _MOST_CHOICES:
            continue
        rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=column is not Column.TYPE)
        rule.showErrorMessage = column is not Column.GROUP  # several parties may stand in one cell
        _apply(sheet, rule, column, last)
    for column in (Column.SCENARIO_TIME, Column.EXERCISE_TIME, Column.MODEL_EVENT, Column.CONDITION):
        _apply(sheet, DataValidation(), column, last)


def _apply(sheet: Worksheet, rule: DataValidation, column: Column, last: int) -> None:
    if column in words.PROMPTS:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.heading[:32], words.PROMPTS[column]
    letter = get_column_letter(list(Column).index(column) + 1)
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)


def _page(sheet: Worksheet, last: int) -> None:
    """Set how it is printed: A3 landscape, as large as it is, two pages side by side, the first column on both."""
    order = list(Column)
    second = order.index(SECOND_PAGE) + 1
    sheet.print_area = f"A1:{get_column_letter(second)}{last}"
    sheet.col_breaks = ColBreak(brk=(Break(id=order.index(FIRST_PAGE) + 1),))
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.scale, sheet.page_setup.pageOrder = 100, "overThenDown"
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN_INCHES
    margins.bottom, margins.header, margins.footer = 1.5 * _MARGIN_INCHES, 0, 0.5 * _MARGIN_INCHES
    foot: Any = sheet.oddFooter
    foot.left.text = words.FOOTER
    foot.right.text = words.PAGE_OF.format(page="&P", pages="&N")


def without_clock(book: Workbook) -> bytes:
    """Return a workbook's bytes with the time of writing taken out of it."""
    first, last = BytesIO(), BytesIO()
    book.save(first)
    made = book.properties.modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    fixed = datetime(*_NO_TIME).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(first) as timed, ZipFile(last, "w", ZIP_DEFLATED) as plain:
        for name in timed.namelist():
            content = timed.read(name)
            content = content.replace(made, fixed) if name == "docProps/core.xml" else content
            plain.writestr(ZipInfo(name, _NO_TIME), content, ZIP_DEFLATED)
    return last.getvalue()
