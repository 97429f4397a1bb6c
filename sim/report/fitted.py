"""Tables that fit on a terminal: no cell is cut, whatever its width.

A table that is wider than the terminal first folds its columns of text, between words. What is still too wide is parted
into several tables one under another, each with fewer columns beside the first, or, where a row is read as a whole,
into a block for each row. Whatever is printed is a ``Text``: what a string holds would be taken for markup, by any
console but the command's own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

_GAP, _EDGE = 2, 1
"""Columns of the terminal between two columns of a table, and beside its first and last."""
_NARROWEST = 12
"""Columns of the terminal below which a column of text is not folded, unless its longest word is shorter."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        heading: What stands above it; it may have several lines.
        right: Whether it is set against its right side, as numbers are.
        folds: Whether its texts may be folded between words.
    """

    heading: str = ""
    right: bool = False
    folds: bool = False


Cell = str | Text


@dataclass(frozen=True, eq=False)
class Rows:
    """What a table holds.

    Attributes:
        columns: Its columns; the first says what a row is about, and stands in every part.
        cells: The rows, a cell for each column.
        sections: Numbers of the rows below which a line is drawn.
        title: What stands above it.
        whole: Whether a row is read as a whole: too wide a table becomes a block for each row, not several tables.
        called: Number of the column that a block is headed by.
        groups: How many columns after the first stay together, group by group; those that are left stand alone.
    """

    columns: Sequence[Column]
    cells: Sequence[Sequence[Cell]]
    sections: frozenset[int] = frozenset()
    title: str = ""
    whole: bool = False
    called: int = 0
    groups: Sequence[int] = ()


def fitted(rows: Rows, width: int) -> list[RenderableType]:
    """Return as few tables, one under another, as show every cell whole, each with about as many columns.

    Args:
        rows: What they hold.
        width: Columns of the terminal.

    Returns:
        What is to be printed, the title first where there is one.
    """
    above: list[RenderableType] = [Text(rows.title, "italic")] if rows.title else []
    needs = [_narrowest(rows, at) for at in range(len(rows.columns))]
    parts = _parts(rows, needs, width)
    if not parts or (rows.whole and len(parts) > 1):
        return above + [_block(rows, row, width) for row in rows.cells]
    return above + [_table(rows, part, needs, width, whole=len(parts) == 1) for part in parts]


def _parts(rows: Rows, needs: Sequence[int], width: int) -> list[list[int]]:
    """Return the columns of each table, the first in all of them; none where not even two columns have room."""
    found: list[list[list[int]]] = []
    for most in range(max(1, len(rows.columns) - 1), 0, -1):
        parts: list[list[int]] = [[0]]
        for group in _groups(rows):
            if len(parts[-1]) > 1 and len(parts[-1]) + len(group) > most + 1:
                parts.append([0])
            parts[-1] += group
        if all(_width([needs[at] for at in part]) <= width for part in parts):
            found.append(parts)
    return min(found, key=lambda parts: (len(parts), max(map(len, parts))), default=[])


def _groups(rows: Rows) -> list[list[int]]:
    """Return the columns after the first that stay together."""
    others = iter(range(1, len(rows.columns)))
    found = [list(islice(others, size)) for size in rows.groups]
    return [group for group in found if group] + [[at] for at in others]


def _text(cell: Cell) -> Text:
    return cell if isinstance(cell, Text) else Text(cell)


def _widest(text: Text) -> int:
    """Return the columns that the longest line of a text takes."""
    return max((line.cell_len for line in text.split("\n", allow_blank=True)), default=0)


def _natural(rows: Rows, at: int) -> int:
    """Return the width of a column with every cell on as many lines as it has."""
    return max(map(_widest, map(_text, (rows.columns[at].heading, *(row[at] for row in rows.cells)))))


def _narrowest(rows: Rows, at: int) -> int:
    """Return the least width of a column: as wide as its longest word where it folds and that is not very long."""
    if not rows.columns[at].folds:
        return _natural(rows, at)
    cells = (rows.columns[at].heading, *(row[at] for row in rows.cells))
    words = [Text(word).cell_len for cell in cells for word in _text(cell).plain.split()]
    return min(_natural(rows, at), max(_NARROWEST, *words) if words else 0)


def _width(columns: Collection[int]) -> int:
    """Return the width of a table whose columns have these widths."""
    return sum(columns) + (len(columns) - 1) * _GAP + 2 * _EDGE


def _table(rows: Rows, part: Sequence[int], needs: Sequence[int], width: int, *, whole: bool) -> Table:
    """Return a table of some columns, those of text as narrow as they must be; rows without anything are left out."""
    widths = _shared(rows, part, needs, width)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for at, wide in zip(part, widths, strict=True):
        column = rows.columns[at]
        side = "right" if column.right else "left"
        table.add_column(_text(column.heading), justify=side, width=wide, overflow="fold")  # type: ignore[arg-type]
    for number, row in enumerate(rows.cells):
        cells = [_text(row[at]) for at in part]
        if whole or any(cell.plain for cell in cells[1:]):
            table.add_row(*cells, end_section=number in rows.sections)
    return table


def _shared(rows: Rows, part: Sequence[int], needs: Sequence[int], width: int) -> list[int]:
    """Return the widths of columns: as wide as they are, the widest made narrower until all fit."""
    widths = {at: _natural(rows, at) for at in part}
    while _width(widths.values()) > width:
        spare = [at for at in part if widths[at] > needs[at]]
        widths[max(spare, key=lambda at: widths[at])] -= 1
    return list(widths.values())


def _block(rows: Rows, row: Sequence[Cell], width: int) -> Group:
    """Return one row as lines, a heading and a cell each; cells without anything are left out."""
    others = [_text(cell) for cell in row]
    heads = [" ".join(column.heading.split()) for column in rows.columns]
    heads.pop(rows.called)
    first = others.pop(rows.called).copy()
    said = Table.grid(padding=(0, 2, 0, 0))
    room = min(max((Text(head).cell_len for head in heads), default=0), width // 2)
    said.add_column(width=room, overflow="fold")
    said.add_column(overflow="fold")
    for head, cell in zip(heads, others, strict=True):
        if cell.plain:
            said.add_row(Text(head, "dim"), cell)
    first.stylize("bold")
    first.overflow = "fold"
    return Group("", first, said)
