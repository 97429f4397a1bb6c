"""The orders as a spreadsheet: totals, a sheet a district, those who wait; A4 landscape, to be printed and filtered.

A text stays a text, also one that looks like a formula; nothing is computed in the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from math import ceil
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from sim.orders.html import facts, heading
from sim.orders.lines import COLUMNS, Cell, Line, lines, of_duties
from sim.orders.orders import Orders
from sim.orders.tables import Grid, budget_lines, others, total_rows
from sim.sheet_cell import fill, look_like
from sim.text import shown
from sim.words import orders as words

_DATES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
"""Characters of a sheet's name; Excel takes no more."""
_WIDTHS = {
    "duty": 18, "officers": 8, "vehicle": 12, "round": 7, "order": 4, "place": 21, "village": 15, "registered": 7,
    "vulnerability": 12, "wardens": 8, "minutes": 7, "there": 7, "reports_to": 13, "phone": 11,
}  # fmt: skip
_GRID_WIDTHS = {
    "totals": (26, 10, 10, 9, 12, 12, 12, 12, 12, 14),
    "reserves": (20, 24, 9, 12, 10, 22, 38, 15),
    "attached": (20, 24, 9, 12, 10, 22, 38, 15),
    "ambulances": (20, 24, 9, 12, 10, 22, 38, 15),
    "houses": (20, 24, 9, 12, 10, 22, 38, 15),
}
"""Characters. A4 landscape takes about 190 of Calibri at the scale below, and 150 of the wider letters that stand in
for it where it is not installed."""
_SCALE, _LEAST_SCALE = 70, 60
"""Percent of the usual size, and how small a sheet may be printed so that it is one page. Not 'fit to page':
spreadsheets ignore page breaks then."""
_LINE_POINTS, _PAGE_POINTS = 14.0, 595.0 - 36.0 - 50.0
"""Height of a line of text, and of what a page takes between its margins (A4 landscape)."""
_FONT, _FILL = "Calibri", 1.05
"""The letters, and how many of them a line has to a character of width, which is that of a digit."""
_SPANS = {"houses": [(1, 2), (3, 3), (4, 4), (5, 7), (8, 8)]}
"""The first and last column of each of a table's own, where it has fewer than the sheet and shares theirs."""
_THOUSANDS = "#,##0"
"""How whole numbers are shown: with the separators of whoever opens the sheet."""
_HEAVY, _LIGHT = Side(style="medium"), Side(style="hair")


def spreadsheet(orders: Orders) -> bytes:
    """Return the orders as a spreadsheet."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    taken: set[str] = set()
    first.title = _sheet_name(words.SHEETS["totals"], taken)
    _totals(first, orders)
    for i, district in enumerate(orders.districts):
        sheet = book.create_sheet(_sheet_name(district.name, taken))
        head = [words.PAGE_OF.format(name=district.name, code=district.code), " · ".join(heading(district, i, orders))]
        _page(sheet, [*head, *orders.rules[:2]], lines(district))
    _others(book.create_sheet(_sheet_name(words.SHEETS["others"], taken)), orders)
    out = BytesIO()
    book.save(out)
    return _without_dates(out.getvalue())


def _without_dates(content: bytes) -> bytes:
    """Return a spreadsheet without the moment at which it was made, so that the same orders are the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            part = made.read(name)
            kept.writestr(ZipInfo(name), _DATES.sub(b"", part) if name == "docProps/core.xml" else part, ZIP_DEFLATED)
    return out.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and no other has: two that differ in their end or case are numbered."""
    plain = _NOT_IN_NAMES.sub(" ", shown(name)).strip(" '") or "-"
    number, found = 1, plain[:_LONGEST_NAME]
    while found.casefold() in taken:
        number += 1
        end = f" ({number})"
        found = plain[: _LONGEST_NAME - len(end)] + end
    taken.add(found.casefold())
    return found


def _page(sheet: Worksheet, head: Sequence[str], rows: Sequence[Line]) -> None:
    """Write the duties of a district: a title, the columns' headings, which stay in sight, and a row for each place."""
    top = _title(sheet, head, len(COLUMNS))
    _headings(sheet, top, words.COLUMNS.values())
    begins = []
    looks: dict[bool, SheetCell | MergedCell] = {}
    for number, line in enumerate(rows, start=top + 1):
        if line.heading:
            fill(sheet.cell(number, 1), line.heading)
            sheet.cell(number, 1).font = _bold(12)
            sheet.row_dimensions[number].height = 1.6 * _LINE_POINTS
            sheet.cell(number, 1).alignment = Alignment(vertical="bottom")
        for column, name in enumerate(COLUMNS, start=1):
            if not line.heading:
                _cell(sheet, number, column, line.cells.get(name, ""), looks, begins=line.begins)
        if line.heading or (line.begins and not rows[number - top - 2].heading):
            begins.append(number)
    _lay_out(sheet, list(_WIDTHS.values()), top, begins)


def _totals(sheet: Worksheet, orders: Orders) -> None:
    grid = total_rows(orders)
    head = [words.TITLE.format(title=orders.title), words.FOR.format(region=orders.region), *facts(orders)]
    top = _title(sheet, [*head, *orders.rules], len(grid.headings))
    last = _rows(sheet, top, grid)
    for column in range(1, len(grid.headings) + 1):
        sheet.cell(last, column).font = _bold()
        sheet.cell(last, column).border = Border(top=_HEAVY)
    made = [words.COMMAND.format(command=orders.command)] if orders.command else []
    for text in [*budget_lines(orders), words.COUNTED, *made]:
        last += 1
        _wide(sheet, last, text, len(grid.headings), _GRID_WIDTHS["totals"])
    _lay_out(sheet, _GRID_WIDTHS["totals"], top, [])


def _others(sheet: Worksheet, orders: Orders) -> None:
    """Write those who wait, a section each, and a page for each section that does not fit below the one before."""
    widths = _GRID_WIDTHS["reserves"]
    notes = {"reserves": words.FIRST_TASKS, "attached": orders.rules[2]}
    top = _title(sheet, [words.SHEETS["others"], words.TITLE.format(title=orders.title)], len(widths)) - 1
    row, begins = top, []
    for grid in others(orders):
        row += 1
        begins.append(row)
        _wide(sheet, row, grid.title, len(widths), widths)
        sheet.cell(row, 1).font = _bold(12)
        if grid.key in notes:
            row += 1
            _wide(sheet, row, notes[grid.key], len(widths), widths)
        row = _rows(sheet, row + 1, grid) + 1
    if orders.outside:
        begins.append(row + 1)
        row = _outside(sheet, row + 1, orders)
    _lay_out(sheet, widths, top, begins)


def _outside(sheet: Worksheet, row: int, orders: Orders) -> int:
    """Write the duties that belong to no district: team, place after place with its minutes, officers, vehicle."""
    columns = ("duty", "place", "officers", "vehicle", "minutes", "there", "reports_to", "phone")
    fill(sheet.cell(row, 1), words.OTHERS["outside"])
    sheet.cell(row, 1).font = _bold(12)
    _headings(sheet, row + 1, (words.COLUMNS[name] for name in columns))
    row += 1
    looks: dict[bool, SheetCell | MergedCell] = {}
    for line in of_duties(orders.outside):
        row += 1
        if line.heading:
            fill(sheet.cell(row, 1), line.heading)
            continue
        for column, name in enumerate(columns, start=1):
            _cell(sheet, row, column, line.cells.get(name, ""), looks, begins=line.begins)
    return row


def _title(sheet: Worksheet, texts: Sequence[str], columns: int) -> int:
    """Write a title and sentences over the whole width; return the row below them."""
    widths = list(_WIDTHS.values()) if columns == len(_WIDTHS) else _GRID_WIDTHS["totals"]
    if columns == len(_GRID_WIDTHS["reserves"]):
        widths = _GRID_WIDTHS["reserves"]
    for number, text in enumerate(texts, start=1):
        _wide(sheet, number, text, columns, widths)
    sheet.cell(1, 1).font = _bold(16)
    sheet.row_dimensions[1].height = 22
    return len(texts) + 1


def _wide(sheet: Worksheet, row: int, text: str, columns: int, widths: Sequence[int]) -> None:
    """Write a sentence over several columns."""
    fill(sheet.cell(row, 1), text)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = _LINE_POINTS * ceil(max(1, len(text)) / (sum(widths) * _FILL))


def _rows(sheet: Worksheet, top: int, grid: Grid) -> int:
    """Write a table; return its last row."""
    spans = _SPANS.get(grid.key) or [(column, column) for column in range(1, len(grid.headings) + 1)]
    for (column, _), text in zip(spans, grid.headings, strict=True):
        _head(sheet, top, column, text)
    looks: dict[bool, SheetCell | MergedCell] = {}
    for number, row in enumerate(grid.rows, start=top + 1):
        for (column, _), value in zip(spans, row, strict=True):
            _cell(sheet, number, column, value, looks, begins=False)
    last = top + len(grid.rows)
    for first, end in spans:
        for number in range(top, last + 1) if end > first else ():
            sheet.merge_cells(start_row=number, end_row=number, start_column=first, end_column=end)
            sheet.row_dimensions[number].height = 2 * _LINE_POINTS
    return last


def _headings(sheet: Worksheet, row: int, texts: Iterable[str]) -> None:
    for column, text in enumerate(texts, start=1):
        _head(sheet, row, column, text)


def _bold(size: int = 11) -> Font:
    return Font(name=_FONT, bold=True, size=size)


def _head(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    fill(cell, text)
    cell.font, cell.fill = _bold(), PatternFill("solid", fgColor="D9D9D9")
    cell.border, cell.alignment = Border(bottom=_HEAVY), Alignment(wrap_text=True, vertical="bottom")


def _cell(
    sheet: Worksheet, row: int, column: int, value: Cell, looks: dict[bool, SheetCell | MergedCell], *, begins: bool
) -> None:
    """Fill a cell; ``looks`` keeps the first of each look of its sheet, which the others have theirs from."""
    cell = sheet.cell(row, column)
    fill(cell, value)
    if isinstance(value, int):
        cell.number_format = _THOUSANDS
    model = looks.setdefault(begins, cell)
    if cell is not model:
        look_like(cell, model)
        return
    cell.border = Border(top=Side(style="thin") if begins else _LIGHT, bottom=_LIGHT, left=_LIGHT, right=_LIGHT)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _lay_out(sheet: Worksheet, widths: Sequence[int], top: int, begins: Sequence[int]) -> None:
    """Set widths, what stays in sight, what is printed, and where pages end: never within what belongs together."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in range(top, sheet.max_row + 1):
        if sheet.row_dimensions[row].height is None:
            sheet.row_dimensions[row].height = _LINE_POINTS * _deep(sheet, row, widths)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{sheet.max_row}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.5
    margins.bottom, margins.footer = 0.7, 0.3
    foot = sheet.oddFooter
    assert foot is not None and foot.left is not None and foot.right is not None
    foot.left.text, foot.right.text = "&A", "&P / &N"
    heights = [sheet.row_dimensions[row].height or _LINE_POINTS for row in range(1, sheet.max_row + 1)]
    sheet.page_setup.scale = scale = fitting(sum(heights))
    for row in breaks(heights, begins, _PAGE_POINTS * 100 / scale, again=heights[top - 1]):
        sheet.row_breaks.append(Break(id=row))


def fitting(height: float) -> int:
    """Return the scale at which so many points are one page, percent; the usual one where they fit, or need several."""
    one_page = int(_PAGE_POINTS * 100 / height)
    return min(_SCALE, one_page) if one_page >= _LEAST_SCALE else _SCALE


def _deep(sheet: Worksheet, row: int, widths: Sequence[int]) -> int:
    """Return how many lines the deepest cell of a row has, as wide as its column is."""
    deep = 1
    for column, width in enumerate(widths, start=1):
        text = str(sheet.cell(row, column).value or "")
        deep = max(deep, sum(max(1, ceil(len(line) / (width * _FILL))) for line in text.split("\n")))
    return deep


def breaks(heights: Sequence[float], begins: Sequence[int], room: float, again: float) -> list[int]:
    """Return the rows after which pages end, so that what begins at a row is not torn where it fits a page.

    Args:
        heights: Height of each row, the first being row 1.
        begins: Rows at which a page may begin, ascending.
        room: Height of a page.
        again: Height of the headings that every further page repeats.
    """
    if not begins:
        return []
    found: list[int] = []
    used, last = sum(heights[: begins[0] - 1]), None
    for row, following in zip(begins, [*begins[1:], len(heights) + 1], strict=True):
        block = sum(heights[row - 1 : following - 1])
        if used + block > room and last is not None:
            found.append(row - 1)
            used = again
        used, last = used + block, row
    return found
