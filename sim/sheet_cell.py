"""One way to put a value into a cell of a spreadsheet, so that no text of a user's ever becomes a formula."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles.cell_style import StyleArray

from sim.text import FORMULA, shown

_UNDERSCORE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What begins a character written by its number in a spreadsheet, and is written so itself where it is only text."""
_ESCAPED = re.compile("_x00(5[Ff]|46)_")
"""An underscore by its number; an F, which :mod:`sim.workbook` writes so where it would be taken for one."""

_LOOK = ("fontId", "fillId", "borderId", "alignmentId")
"""What of a cell's style has nothing to do with what is in it."""


def fill(cell: Cell | MergedCell, value: str | int) -> None:
    """Put a number or a text into a cell; a text stays one, also one like a formula, also when somebody edits it."""
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = _UNDERSCORE.sub("_x005F_", shown(value, lines=True))
    cell.data_type = TYPE_STRING
    cell.quotePrefix = value.startswith(FORMULA)


def look_like(cell: Any, other: Any) -> None:
    """Give a cell the letters, colour, border and alignment of another one of its workbook.

    Each of them set anew is looked for among all that the workbook has, which takes many times as long.
    """
    cell._style = cell._style or StyleArray()
    for part in _LOOK:
        setattr(cell._style, part, getattr(other._style, part))


def as_written(text: str) -> str:
    """Return a text as it was before :func:`fill` put it into a cell; a spreadsheet's own program reads it so too."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
