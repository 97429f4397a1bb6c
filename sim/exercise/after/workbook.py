"""A session as a workbook: its log, its injects with what became of them, its decisions, its ratings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from sim.config.fields import clock_in_words
from sim.exercise.after.course import decision_row, passage_cells
from sim.exercise.after.findings import told_of
from sim.exercise.after.naming import device
from sim.exercise.after.read import Played
from sim.exercise.after.timeline import Passage
from sim.exercise.inject import Inject
from sim.exercise.msel import written
from sim.exercise.msel.sheet import without_clock
from sim.exercise.session.actions import Rate
from sim.exercise.session.entry import Entry
from sim.exercise.session.state import ratings
from sim.sheet_cell import fill, look_like
from sim.words import after as words

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_CELL = 32_000
"""Characters of a cell; a workbook holds 32,767."""
_WIDE, _NARROW = 60.0, 8.0
_POINTS, _LINE_POINTS, _MOST_POINTS = 10, 14.0, 409.0
"""Size of the letters, height of a line, and the height beyond which a spreadsheet makes no row."""


def workbook(played: Played, passages: Sequence[Passage]) -> bytes:
    """Return a session as a workbook; the same session gives the same bytes.

    Args:
        played: The session.
        passages: How each inject went.
    """
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(written(list(injects(played, passages)), played.about.start)))
    assert book.active is not None
    book.active.title = words.SHEETS["injects"]
    _sheet(book, "log", tuple(words.LOG_COLUMNS.values()), map(_logged, played.entries), first=True)
    _sheet(book, "timeline", _heads(), [_timed(one) for one in passages])
    _sheet(book, "decisions", _decision_heads(), _decided(played))
    _sheet(book, "ratings", tuple(words.RATING_COLUMNS.values()), _rated(played))
    book.active = 0
    return without_clock(book)


def injects(played: Played, passages: Sequence[Passage]) -> Iterable[Inject]:
    """Return the list as it went: with status, actual time and observations, in the order of the numbers."""
    for one in sorted(passages, key=lambda each: each.inject.seq):
        seen = [one.inject.observation, *told_of(played, one.inject.seq)]
        yield replace(
            one.inject, status=one.status, actual_time=one.delivered, observation="\n".join(filter(None, seen))
        )


def _sheet(
    book: Workbook, name: str, heads: tuple[str, ...], rows: Iterable[Sequence[str | int]], *, first: bool = False
) -> Worksheet:
    """Add a sheet: headings that stay in sight, then rows; every text is a text, whatever it looks like.

    On the first, the log, a row is a line high, however long its data are.
    """
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Worksheet = book.create_sheet(words.SHEETS[name], 0 if first else None)
    lines = [heads, *rows]
    widths = [_width(row[at] for row in lines) for at in range(len(heads))]
    for number, row in enumerate(lines, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            fill(cell, value if isinstance(value, int) else value[:_MOST_CELL])
            model = sheet.cell(min(number, 2), 1)
            if cell is not model:
                look_like(cell, model)
                continue
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
            cell.font = Font(name="Calibri", size=_POINTS, bold=number == 1)
        sheet.row_dimensions[number].height = _LINE_POINTS if first else _height(row, widths)
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    return sheet


def _width(values: Iterable[str | int]) -> float:
    """Return the width of a column for its longest line, in letters."""
    longest = max((len(line) for value in values for line in str(value).split("\n")), default=0)
    return min(_WIDE, max(_NARROW, longest + 2))


def _height(row: Sequence[str | int], widths: Sequence[float]) -> float:
    """Return the height of a row in which every wrapped text is seen, points."""
    lines = max(
        sum(1 + int(len(line) // (0.9 * width)) for line in str(value).split("\n"))
        for value, width in zip(row, widths, strict=True)
    )
    return min(_MOST_POINTS, _LINE_POINTS * lines)


def _logged(entry: Entry) -> tuple[str | int, ...]:
    action = entry.action.model_dump(mode="json", exclude={"do"})
    return (
        entry.seq, entry.at, entry.line, clock_in_words(entry.time), entry.by, entry.action.do,
        json.dumps(action, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def _heads() -> tuple[str, ...]:
    return tuple(words.TIMELINE.values())


def _timed(one: Passage) -> tuple[str | int, ...]:
    return (one.inject.seq, *(cell.whole for cell in passage_cells(one)[1:]))


def _decision_heads() -> tuple[str, ...]:
    return tuple(words.DECISION.values())


def _decided(played: Played) -> Iterable[tuple[str | int, ...]]:
    for count, entry in enumerate(played.state.decisions, start=1):
        yield (count, *decision_row(played, played.state, entry))


def _rated(played: Played) -> Iterable[tuple[str | int, ...]]:
    """Give the last rating of each evaluator of each inject: those that the report counts."""
    for number, standing in sorted(played.state.injects.items()):
        for entry in ratings(standing):
            if isinstance(entry.action, Rate):
                yield (
                    entry.seq, number, standing.inject.title, standing.inject.objective,
                    device(played.entries, entry.by), clock_in_words(entry.time), entry.action.rating.value,
                    entry.action.text,
                )  # fmt: skip
