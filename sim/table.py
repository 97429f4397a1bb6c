"""Reading a CSV table that may come from anybody: within limits, numbers as plain decimals, every error with its place.

An error names the file, the line on which the row begins (as an editor counts lines), the column, the value and what is
allowed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from sim.decimals import PLAIN, is_plain
from sim.errors import UserError, did_you_mean, nearest, quoted, shortened
from sim.files import MOST_TABLE, read_text
from sim.text import TABLE_NAME, Rule
from sim.words.language import gettext as _
from sim.words.language import number

_Value = TypeVar("_Value")
MOST_LINES = 500_000
"""Lines of a table; one of all 435,000 polling stations of Indonesia has fewer."""
MOST_IN_ROW = 64 * 1024
"""Characters of one row, over however many lines; the packaged ones have four hundred at most."""
MOST_COLUMNS = 100
"""Columns of a table; the packaged ones have 24 at most."""
_LINE = re.compile(rf"[^\r\n]{{0,{MOST_IN_ROW + 1}}}(?:\r\n?|\n)?")
_LONGEST_NUMBER = 20
"""Characters of a number in a message."""


class Row:
    """One row of a table, which knows where it stands, and what its texts may be."""

    __slots__ = ("_cells", "_columns", "_rule", "file", "line")

    def __init__(self, file: Path, line: int, columns: Mapping[str, int], cells: list[str], rule: Rule) -> None:
        self.file = file
        self.line = line
        self._columns = columns
        self._cells = cells
        self._rule = rule

    def __contains__(self, column: str) -> bool:
        return column in self._columns

    def cell(self, column: str) -> str:
        """Return what is written, as it is; nothing where there is no such column."""
        return self._cells[self._columns[column]] if column in self._columns else ""

    def error(self, column: str, message: str) -> UserError:
        """Return an error about one value of this row."""
        return UserError(f"{self.place(column)}: {message}")

    def place(self, column: str) -> str:
        """Return where a value of this row stands, for messages."""
        return _("{file}, row {line}, column '{column}'").format(file=self.file, line=self.line, column=column)

    def text(self, column: str) -> str:
        """Return a text that must not be empty; spaces round it do not count."""
        return self._read(column, lambda value: as_text(value, self._rule))

    def number(self, column: str, low: float, high: float) -> float:
        """Return a number between two bounds, both allowed."""
        return self._read(column, lambda value: as_number(value, low, high))

    def above_zero(self, column: str, high: float, hint: str) -> float:
        """Return a number above 0 and at most ``high``; the hint says why there is no 0."""
        return self._read(column, lambda value: as_above_zero(value, high, hint))

    def whole(self, column: str, low: int, high: int) -> int:
        """Return a whole number between two bounds, both allowed."""
        return self._read(column, lambda value: as_whole(value, low, high))

    def choice(self, column: str, known: Mapping[str, int] | Iterable[str]) -> str:
        """Return a text that must be one of the known ones."""
        return self._read(column, lambda value: as_choice(value, known, self._rule))

    def _read(self, column: str, read: Callable[[str], _Value]) -> _Value:
        try:
            return read(self.cell(column))
        except ValueError as error:
            raise self.error(column, str(error)) from None

    def respelt(self, cells: Mapping[str, str]) -> Row:
        """Return the same row with other texts in some of its columns."""
        changed = list(self._cells)
        for column, text in cells.items():
            changed[self._columns[column]] = text
        return Row(self.file, self.line, self._columns, changed, self._rule)


def as_text(value: str, rule: Rule) -> str:
    """Return a text that must not be empty; spaces round it do not count.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    text = value.strip()
    if not text:
        raise ValueError(_("is empty"))
    fault = rule.fault(text)
    if fault:
        raise ValueError(f"{quoted(text)} {fault}")
    return text


def as_number(text: str, low: float, high: float) -> float:
    """Return a number between two bounds, both allowed.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    if not is_plain(text):
        raise ValueError(
            _("{value} is not a number from {low} to {high}; {plain}").format(
                value=quoted(text), low=_bound(low), high=_bound(high), plain=_(PLAIN)
            )
        )
    value = float(text)
    if not low <= value <= high:
        cut = text if len(text) <= _LONGEST_NUMBER else f"{text[:_LONGEST_NUMBER]}…"
        raise ValueError(_("{value} is outside {low} to {high}").format(value=cut, low=_bound(low), high=_bound(high)))
    return value


def as_above_zero(text: str, high: float, hint: str) -> float:
    """Return a number above 0 and at most ``high``; the hint says why there is no 0.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    value = as_number(text, 0, high)
    if value == 0:
        raise ValueError(_("{value:g} is not above 0; {hint}").format(value=value, hint=hint))
    return value


def as_whole(text: str, low: int, high: int) -> int:
    """Return a whole number between two bounds, both allowed.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    value = as_number(text, low, high)
    if value != int(value):
        raise ValueError(_("{value:g} is not a whole number").format(value=value))
    return int(value)


def as_choice(text: str, known: Mapping[str, int] | Iterable[str], rule: Rule) -> str:
    """Return a text that must be one of the known ones.

    Raises:
        ValueError: Offering the nearest.
    """
    value = as_text(text, rule)
    names = known if isinstance(known, Mapping) else list(known)
    if value not in names:
        raise ValueError(_("unknown {value}; {hint}").format(value=quoted(value), hint=nearest(value, names)))
    return value


class Table:
    """A CSV table: its header at once, its rows one by one.

    Attributes:
        file: Its file.
        columns: The position of each column, by its name; spaces round a name do not count.
        text: All that the file holds, without a byte order mark.
    """

    def __init__(
        self, file: Path, rule: Rule = TABLE_NAME, *, semicolons: bool = False, text: str | None = None
    ) -> None:
        """Open a table and read its header.

        Args:
            file: The file.
            rule: What its texts may be.
            semicolons: Whether its values may be parted by semicolons, of which lists in a cell are not made.
            text: What it holds, where that is read already, as from a workbook; the file is its name in messages then.

        Raises:
            UserError: When the file is unreadable, empty or not UTF-8, or a column has no name or one that is taken.
            OSError: Where the system does not let it be read.
        """
        self.file = file
        self._rule = rule
        if text is None:
            text = read_text(file, MOST_TABLE, ".csv")
        if (nul := text.find("\0")) >= 0:
            line = 1 + text.count("\n", 0, nul) + text.count("\r", 0, nul) - text.count("\r\n", 0, nul)
            raise UserError(
                _("{file}, row {line}: cannot be read (a NUL byte: this is no text)").format(file=file, line=line)
            )
        self.text = text
        self._records = _records(file, text, delimiter_of(text) if semicolons else ",")
        header = next(self._records, (0, []))[1]
        self.columns = self._named([name.strip() for name in header])

    def _named(self, names: list[str]) -> dict[str, int]:
        if len(names) > MOST_COLUMNS:
            raise UserError(
                _("{file}: has {count:,} columns; {most} at most are allowed").format(
                    file=self.file, count=len(names), most=MOST_COLUMNS
                )
            )
        columns: dict[str, int] = {}
        for i, name in enumerate(names):
            if not name:
                raise UserError(_("{file}: column {number} has no name").format(file=self.file, number=i + 1))
            if name in columns:
                raise UserError(
                    _("{file}: columns {first} and {second} have the same name").format(
                        file=self.file, first=columns[name] + 1, second=i + 1
                    )
                )
            columns[name] = i
        return columns

    def refuse_missing(self, needed: Collection[str], known: Collection[str]) -> None:
        """Refuse a header that lacks a column.

        One with at least half of the columns is taken for a table of ours with a slip of the pen, and the word in it
        that comes nearest is offered. Any other is somebody else's file, of which nothing is told.

        Args:
            needed: The columns that it must have.
            known: All that it may have.

        Raises:
            UserError: When one is missing.
        """
        missing = [name for name in needed if name not in self.columns]
        if 2 * len(missing) > len(needed):
            raise UserError(
                _(
                    "{file}: not a table of this kind; its first line needs the names of these columns, with "
                    "commas between: {needed}"
                ).format(file=self.file, needed=", ".join(needed))
            )
        if missing:
            others = [shortened(name) for name in self.columns if name not in known]
            names = _(" and ").join(_("column '{name}'").format(name=name) for name in missing)
            lacking = _("{names} is missing") if len(missing) == 1 else _("{names} are missing")
            raise UserError(f"{self.file}: {lacking.format(names=names)}{meant(missing[0], others)}")

    def rows(self) -> Iterator[Row]:
        """Read the rows; lines without anything are passed over.

        Raises:
            UserError: For a row that is longer or shorter than the header, or is no CSV.
        """
        names = list(self.columns)
        for line, cells in self._records:
            row = Row(self.file, line, self.columns, cells, self._rule)
            if len(cells) < len(names):
                raise row.error(
                    names[len(cells)],
                    _("the row is too short: {values} values for {columns} columns").format(
                        values=len(cells), columns=len(names)
                    ),
                )
            if len(cells) > len(names):
                raise row.error(
                    names[-1],
                    _(
                        "the row is too long: {values} values for {columns} columns; a value with a comma in it "
                        "stands in double quotes"
                    ).format(values=len(cells), columns=len(names)),
                )
            yield row


def meant(name: str, known: Iterable[str]) -> str:
    """Return the clause that offers the nearest known name, nothing where none is near."""
    hint = did_you_mean(name, known)
    return f"; {hint}" if hint else ""


def delimiter_of(text: str) -> str:
    """Return what stands between the values of a table: a semicolon where its first line has some and no comma.

    Spreadsheets write it so where a comma is the sign of decimals.
    """
    head = _LINE.match(text)
    first = head[0] if head else ""
    return ";" if ";" in first and "," not in first else ","


def _records(file: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Split a text into rows that are not empty, each with the line on which it begins."""
    lines = _Lines(file, text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        row = lines.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = _("a double quote is opened and never closed") if lines.ended else error
            raise UserError(
                _("{file}, row {row}: cannot be read as CSV ({what})").format(file=file, row=row, what=what)
            ) from error
        if cells:
            yield row, cells


class _Lines:
    """The lines of a text, as long as they are not too many, nor too many characters of one row."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._text = text
        self._at = self._begun_at = 0
        self._line = self._row = 0
        self.ended = False

    def begin_row(self) -> int:
        """Count the characters of a row from here, and return the line on which it begins."""
        self._row, self._begun_at = self._line + 1, self._at
        return self._row

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        found = _LINE.match(self._text, self._at)
        if found is None or not found[0]:
            self.ended = True
            raise StopIteration
        self._at = found.end()
        self._line += 1
        if self._line > MOST_LINES:
            raise UserError(
                _("{file}: cannot be read (it has more than {most:,} lines)").format(file=self._file, most=MOST_LINES)
            )
        if self._at - self._begun_at > MOST_IN_ROW:
            raise UserError(
                _(
                    "{file}, row {row}: cannot be read (it has more than {most:,} characters; is a double "
                    "quote never closed?)"
                ).format(file=self._file, row=self._row, most=MOST_IN_ROW)
            )
        return found[0]


def _bound(value: float) -> str:
    """Write a bound as a reader does, 1,000,000 or 1.000.000; but a fraction as tables have it, 0.5."""
    return number(int(value), ",") if value == int(value) else f"{value:g}"
