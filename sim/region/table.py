"""Reading one CSV table of a region's folder, with errors that name file, row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sim.errors import UserError, nearest
from sim.files import MOST_TABLE, read_text
from sim.text import TABLE_NAME, Rule, shown, squeezed

_MOST_SAID = 400
"""Characters of what is said about a value, itself included: somebody may have put a book into a cell."""


class Row:
    """One row of a table, which knows where it stands, and what its texts may be."""

    def __init__(self, file: Path, line: int, values: dict[str, str], rule: Rule = TABLE_NAME) -> None:
        self.file = file
        self.line = line
        self.values = values
        self.rule = rule

    def error(self, column: str, message: str) -> UserError:
        """Return an error about one value of this row."""
        said = shown(squeezed(message, _MOST_SAID))
        return UserError(f"{self.file}, row {self.line}, column '{column}': {said}")

    def text(self, column: str) -> str:
        """Return a text that is not empty and can be shown anywhere."""
        value = self.values[column].strip()
        if not value:
            raise self.error(column, "is empty")
        fault = self.rule.fault(value)
        if fault:
            raise self.error(column, f"'{value}' {fault}")
        return value

    def number(self, column: str, low: float, high: float) -> float:
        """Return a number between two bounds, both allowed."""
        text = self.values[column].strip()
        try:
            value = float(text)
        except ValueError:
            raise self.error(column, f"'{text}' is not a number") from None
        if not low <= value <= high:
            raise self.error(column, f"{text} is outside {low:g} to {high:g}")
        return value

    def whole(self, column: str, low: int, high: int) -> int:
        """Return a whole number between two bounds, both allowed."""
        value = self.number(column, low, high)
        if value != int(value):
            raise self.error(column, f"{value:g} is not a whole number")
        return int(value)

    def choice(self, column: str, known: Mapping[str, int] | Iterable[str]) -> str:
        """Return a text that must be one of the known ones."""
        value = self.text(column)
        names = list(known)
        if value not in names:
            raise self.error(column, f"unknown '{value}'; {nearest(value, names)}")
        return value


def read_table(file: Path, columns: Iterable[str], rule: Rule = TABLE_NAME) -> list[Row]:
    """Read a CSV file that has at least these columns, whose texts obey a rule.

    Raises:
        UserError: When the file is missing, unreadable, empty, not UTF-8, lacks a column, or a row has too few values.
    """
    try:
        stream = io.StringIO(read_text(file, MOST_TABLE, ".csv"), newline="")
        rows = list(_rows(file, csv.DictReader(stream, strict=True), columns, rule))
    except FileNotFoundError:
        raise UserError(f"{file}: there is no such file; a region's folder needs it") from None
    except (OSError, csv.Error) as error:
        raise UserError(f"{file}: cannot be read ({getattr(error, 'strerror', error)})") from error
    if not rows:
        raise UserError(f"{file}: has no rows")
    return rows


def _rows(file: Path, reader: csv.DictReader[str], columns: Iterable[str], rule: Rule) -> Iterator[Row]:
    header = reader.fieldnames or []
    for column in columns:
        if column not in header:
            raise UserError(f"{file}: column '{column}' is missing; {nearest(column, header)}")
    for values in reader:
        row = Row(file, reader.line_num, values, rule)
        short = next((column for column in columns if values[column] is None), None)
        if short is not None:
            raise row.error(short, "the row is too short")
        yield row


def refuse_duplicates(rows: Iterable[Row], column: str) -> None:
    """Refuse a code that stands twice.

    Raises:
        UserError: Naming the second row.
    """
    seen: dict[str, int] = {}
    for row in rows:
        code = row.text(column)
        if code in seen:
            raise row.error(column, f"'{code}' stands already in row {seen[code]}")
        seen[code] = row.line
