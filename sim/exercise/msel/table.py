"""A list as it stands in a file, a workbook or a CSV: headings, rows, and what each cell holds. Nothing is executed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, cannot_be_read, quoted
from sim.files import MOST_TABLE, read_text
from sim.table import MOST_COLUMNS, delimiter_of
from sim.words.language import gettext as _
from sim.workbook import WORKBOOK, opened

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_INJECTS = 1_000
"""Rows of a list; the largest exercises have some hundreds (assumption)."""
_MOST_ROWS = 20_000
"""Rows of a sheet that are looked at, empty ones too: a spreadsheet keeps rows that were emptied."""
_HEAD = 20
"""Rows among which the headings are looked for: others' lists have a title above them."""
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character by its number, as workbooks write it."""


@dataclass(frozen=True)
class Broken:
    """A cell of which it is not known what it stands for.

    Attributes:
        why: What it is, in words that follow the place.
    """

    why: str


Value = str | int | float | bool | date | time | timedelta | Broken | None
"""What a cell holds; ``datetime`` is a ``date``."""


@dataclass(frozen=True)
class Line:
    """A row of a list.

    Attributes:
        number: Its number in the file, as a spreadsheet counts, from 1.
        cells: What each of its cells holds.
    """

    number: int
    cells: tuple[Value, ...]

    def at(self, column: int) -> Value:
        """Return what a cell holds, columns counted from 0; a row may be shorter than the headings."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Listed:
    """A list as it stands in a file.

    Attributes:
        head: Number of the row with the headings.
        headings: What heads each column; empty where there is nothing.
        lines: The rows below that are not empty.
        mistakes: What is wrong with the sheet itself, in words that follow the file.
    """

    head: int
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    mistakes: tuple[str, ...] = ()


def listed(file: Path, is_heading: Callable[[str], bool]) -> Listed:
    """Read a list from a file.

    Args:
        file: A workbook (.xlsx) or a CSV table, its values parted by commas or semicolons.
        is_heading: Says whether a text heads a column.

    Raises:
        UserError: When nothing can be read of it.
    """
    ending = file.suffix.lower()
    if ending not in (WORKBOOK, ".csv"):
        raise UserError(
            _("{file}: a list of events is read from a workbook (.xlsx) or a table (.csv); save it as one").format(
                file=file
            )
        )
    found = _of_workbook(file, is_heading) if ending == WORKBOOK else _found(list(_of_csv(file)), is_heading)
    if not found.lines:
        raise UserError(_("{file}: there is no row below the headings").format(file=file))
    if len(found.lines) > MOST_INJECTS:
        raise UserError(
            _("{file}: has {count:,} rows; a list of events has {most:,} at most").format(
                file=file, count=len(found.lines), most=MOST_INJECTS
            )
        )
    return found


def _found(lines: Sequence[Line], is_heading: Callable[[str], bool], mistakes: Sequence[str] = ()) -> Listed:
    """Return the list in some rows: its headings are in the row that has most of them, near the top."""
    full = [line for line in lines if any(map(_holds, line.cells))]
    head = max(full[:_HEAD], key=lambda line: _score(line, is_heading), default=Line(1, ()))
    headings = tuple(str(cell).strip() if isinstance(cell, str | int | float) else "" for cell in head.cells)
    return Listed(head.number, headings, tuple(line for line in full if line.number > head.number), tuple(mistakes))


def _holds(value: Value) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _score(line: Line, is_heading: Callable[[str], bool]) -> int:
    return sum(isinstance(cell, str) and is_heading(cell) for cell in line.cells)


def _of_csv(file: Path) -> Iterator[Line]:
    try:
        text = read_text(file, MOST_TABLE, file.suffix)
    except OSError as error:
        raise cannot_be_read(file, error) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UserError(
                _("{file}, row {row}: cannot be read as CSV ({what})").format(file=file, row=number, what=error)
            ) from error
        if len(cells) > MOST_COLUMNS or number > _MOST_ROWS:
            raise _too_large(file)
        yield Line(number, tuple(cell.replace("\r\n", "\n") for cell in cells))
        number += 1


def _too_large(where: object) -> UserError:
    return UserError(
        _("{where}: has more than {rows:,} rows or {columns} columns; keep the list alone in it").format(
            where=where, rows=_MOST_ROWS, columns=MOST_COLUMNS
        )
    )


def _of_workbook(file: Path, is_heading: Callable[[str], bool]) -> Listed:
    """Return the list of a workbook: the sheet in whose top rows most headings are known."""
    found = [_of_sheet(file, sheet, is_heading) for sheet in opened(file).values()]
    if not found:
        raise UserError(_("{file}: it has no sheet with cells").format(file=file))
    return max(found, key=lambda one: sum(map(is_heading, one.headings)))


def _of_sheet(file: Path, sheet: Worksheet, is_heading: Callable[[str], bool]) -> Listed:
    rows = sheet.iter_rows(max_row=min(sheet.max_row, _MOST_ROWS + 1), max_col=min(sheet.max_column, MOST_COLUMNS + 1))
    lines = [
        Line(number, tuple(map(_value, row)))  # type: ignore[arg-type]
        for number, row in enumerate(rows, start=1)
    ]
    found = _found(lines, is_heading)
    if any(
        line.number > _MOST_ROWS or (len(line.cells) > MOST_COLUMNS and line.at(MOST_COLUMNS) is not None)
        for line in lines
    ):
        raise _too_large(f"{file} ({sheet.title})")
    merged = sorted(str(area) for area in sheet.merged_cells.ranges if area.max_row >= found.head)
    mistakes = [
        _("merged cells ({area}): each row needs its own values; unmerge them and fill in every cell").format(area=area)
        for area in merged
    ]
    return Listed(found.head, found.headings, found.lines, tuple(mistakes))


def _value(cell: Cell) -> Value:
    """Return what a cell holds; a formula or an error is not known, whatever it showed when it was saved."""
    value: Any = cell.value
    if cell.data_type == "f":
        said = quoted(str(getattr(value, "text", value)))
        return Broken(_("{value} is a formula; put its value there (paste as values)").format(value=said))
    if cell.data_type == "e":
        return Broken(_("{value} is an error of the spreadsheet").format(value=quoted(str(value))))
    if isinstance(value, str):
        return _CODE.sub(lambda found: chr(int(found[1], 16)), value).replace("\r\n", "\n")
    if value is None or isinstance(value, int | float | datetime | date | time | timedelta):
        return value
    return str(value)  # letters of several looks, joined
