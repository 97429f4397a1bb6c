"""How a table writes its numbers: with a decimal dot, or as Indonesian spreadsheets do, ``1.234,5``.

What one number means is asked of all numbers of the table: ``32.000`` is thirty-two in a table with ``3.5`` in it and
thirty-two thousand in one with ``3,5``. A number that can be read in one way only (``3,5``; ``-3.402`` as a latitude)
speaks for that way, and so do dots in groups of three in a column of whole numbers. Where nothing speaks, or the table
speaks both ways, what can be read in two ways is refused: it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sim.decimals import LONGEST, is_plain
from sim.errors import Mistakes, UserError, quoted
from sim.region.cells import Number, Whole
from sim.table import Row
from sim.words.language import gettext as _
from sim.words.language import marked, number

_COMMA = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,[0-9]+)?")
"""A number with a decimal comma, and dots, if any, between all its thousands."""
_ENGLISH = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
"""What reads as thousands in English; such a comma is refused, but it is no sign of decimals either."""
_TWO_WAYS = marked(
    "{text} can be read as {dot} or as {comma}, and no other number of this table tells which: write {first} or "
    "{second}"
)
_BOTH = marked(
    "{text} can be read as {dot} or as {comma}, and this table has numbers of both ways (rows {a} and {b}): "
    "write {first} or {second}"
)


@dataclass(frozen=True)
class _Seen:
    """A number with a dot or a comma in it.

    Attributes:
        row: Its row.
        column: Its column.
        text: What is written.
        dot: The same, where it can be read with a decimal dot; None where it cannot be.
        comma: The same read with a decimal comma.
        whole: Whether its column holds whole numbers.
    """

    row: Row
    column: str
    text: str
    dot: str | None
    comma: str | None
    whole: bool

    @property
    def two_ways(self) -> bool:
        """Whether it can be read in two ways, with different values."""
        return self.dot is not None and self.comma is not None


def respelt(rows: Sequence[Row], cells: Mapping[str, Number], certain: Collection[tuple[int, str]] = ()) -> list[Row]:
    """Return rows with the numbers of a table in plain decimals.

    What cannot be read as a number at all is left as it is: who reads it says what is wrong.

    Args:
        rows: All rows of one table.
        cells: Its columns of numbers.
        certain: Row and column of numbers that are no text, and so leave nothing to ask and tell nothing.

    Raises:
        UserError: For each number that can be read in two ways where the table does not tell which.
    """
    asked = ((row, name) for row in rows for name in cells if (row.line, name) not in certain)
    seen = [one for row, name in asked if (one := _look(row, name, cells[name])) is not None]
    dots = [one for one in seen if one.dot is not None and one.comma is None]
    commas = [one for one in seen if one.comma is not None and one.dot is None]
    groups = [one for one in seen if one.two_ways and one.whole]
    open_ones = [one for one in seen if one.two_ways]
    if dots and (commas or groups):
        _refuse(open_ones if commas else groups, dots, commas or groups)
    elif not dots and not commas and not groups:
        _refuse(open_ones, [], [])
    with_comma = len(commas) + len(groups) > len(dots) if dots else bool(commas or groups)
    return _changed(rows, seen) if with_comma else list(rows)


def _look(row: Row, column: str, cell: Number) -> _Seen | None:
    """Return a number that has a sign in it which two ways of writing read differently."""
    text = row.cell(column).strip()
    if text.isdigit() or len(text) > LONGEST or not ("." in text or "," in text):
        return None
    written = text.replace(",", "") if _ENGLISH.fullmatch(text) else text
    dot = text if is_plain(written) and _is_meant(written, cell) else None
    plain = text.replace(".", "").replace(",", ".")
    comma = plain if _COMMA.fullmatch(text) and _is_meant(plain, cell) else None
    if dot is None and comma is None:
        return None
    whole = isinstance(cell, Whole)
    return _Seen(row, column, text, dot, comma, whole)


def _is_meant(plain: str, cell: Number) -> bool:
    """Say whether a plain decimal may stand in a cell."""
    value = float(plain)
    return cell.low <= value <= cell.high and not (isinstance(cell, Whole) and value != int(value))


def _refuse(open_ones: Sequence[_Seen], dots: Sequence[_Seen], commas: Sequence[_Seen]) -> None:
    mistakes = Mistakes()
    for one in open_ones:
        with mistakes.noted():
            raise _error(one, dots, commas)
    mistakes.refuse()


def _error(one: _Seen, dots: Sequence[_Seen], commas: Sequence[_Seen]) -> UserError:
    assert one.dot is not None and one.comma is not None
    first, second = float(one.dot.replace(",", "")), float(one.comma)
    read = {"dot": number(first, ",.10g"), "comma": number(second, ",.10g")}
    write = {"first": f"{first:.10g}", "second": f"{second:.10g}"}
    if dots and commas:
        rows = {"a": dots[0].row.line, "b": commas[0].row.line}
        return one.row.error(one.column, _(_BOTH).format(text=quoted(one.text), **read, **write, **rows))
    return one.row.error(one.column, _(_TWO_WAYS).format(text=quoted(one.text), **read, **write))


def _changed(rows: Sequence[Row], seen: Sequence[_Seen]) -> list[Row]:
    """Return the rows with each number that has a decimal comma or dots between thousands as a plain decimal."""
    new: dict[int, dict[str, str]] = {}
    for one in seen:
        if one.comma is not None:
            new.setdefault(one.row.line, {})[one.column] = one.comma
    return [row.respelt(new[row.line]) if row.line in new else row for row in rows]
