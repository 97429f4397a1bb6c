"""Reading the tables of a region's folder, with errors that name file, row and column."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.errors import UserError, quoted
from sim.region.columns import TABLES, Columns
from sim.table import Row, Table, meant


class Tables:
    """The tables of one folder.

    Attributes:
        folder: The folder.
        remarks: What is odd in the tables, though not wrong: a sentence each.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remarks: list[str] = []
        names = [table.file for table in TABLES]
        for file in sorted(folder.glob("*.csv")):
            if file.name not in names:
                self.remarks.append(f"{folder}: {quoted(file.name)} is not read{meant(file.name, names)}")

    def file(self, columns: Columns) -> Path:
        """Return the file of a table."""
        return self.folder / columns.file

    def have(self, columns: Columns) -> bool:
        """Return whether the folder has a table, be it one that cannot be read."""
        return self.file(columns).exists() or self.file(columns).is_symlink()

    def rows_if_any(self, columns: Columns) -> list[Row]:
        """Read a table that may be left out.

        Raises:
            UserError: As :meth:`rows`.
        """
        return self.rows(columns) if self.have(columns) else []

    def rows(self, columns: Columns) -> list[Row]:
        """Read a table.

        Raises:
            UserError: When it is missing, unreadable, empty, not UTF-8, lacks a column, or has a row that is longer or
                shorter than its header.
        """
        file = self.file(columns)
        try:
            table = Table(file, columns.rule)
        except FileNotFoundError:
            raise UserError(f"{file}: there is no such file; a region's folder needs it") from None
        except OSError as error:
            raise UserError(f"{file}: cannot be read ({error.strerror})") from error
        table.refuse_missing(columns.needed, columns.known)
        free = [name for name in columns.read if name not in table.columns]
        for name in table.columns:
            if name not in columns.known:
                self.remarks.append(f"{file}: column {quoted(name)} is not read{meant(name, free)}")
        rows = list(table.rows())
        if not rows:
            raise UserError(f"{file}: has no rows")
        return rows


def refuse_duplicates(rows: Iterable[Row], *columns: str) -> None:
    """Refuse a code that stands twice; of several columns, the same in all of them.

    Raises:
        UserError: Naming the second row.
    """
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.text(column) for column in columns)
        if key in seen:
            raise row.error(columns[-1], f"{quoted(', '.join(key))} stands already in row {seen[key]}")
        seen[key] = row.line
