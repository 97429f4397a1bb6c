"""Tables to fill in as CSV files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from sim.decimals import is_plain
from sim.region.cells import Number
from sim.region.columns import USERS, Columns
from sim.region.rows import cell_of, example_of, unit_of
from sim.words import region as words
from sim.words.language import gettext as _

_HERE = Path(__file__).parent
_TITLE = "TITLE"


def example_row(columns: Columns) -> list[str]:
    """Return the row of a template: one value for each column that is needed."""
    return [example_of(columns.row.model_fields[name]) for name in columns.needed]


def csv_template(columns: Columns, *, semicolon: bool) -> str:
    """Return a table to fill in: its header, and below it, where the table is needed, one row to be replaced.

    Args:
        columns: The table.
        semicolon: Whether it is written as spreadsheets in Indonesia read it: ``;`` and decimal commas.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if semicolon else ",", lineterminator="\n")
    writer.writerow(columns.needed)
    if columns.needed_by_all:
        writer.writerow([_spelt(columns, name, semicolon) for name in columns.needed])
    return out.getvalue()


def _spelt(columns: Columns, name: str, semicolon: bool) -> str:
    field = columns.row.model_fields[name]
    text, is_number = example_of(field), isinstance(cell_of(field), Number)
    return text.replace(".", ",") if semicolon and is_number and is_plain(text) else text


def settings_template(title: str) -> str:
    """Return a ``region.yaml`` to fill in.

    Args:
        title: What the region is called.
    """
    text = (_HERE / "region.yaml").read_text(encoding="utf-8")
    quoted = title.replace("'", "''")
    return text.replace(_TITLE, f"'{quoted}'", 1)


def columns_page() -> str:
    """Return a page in Markdown with every column of every table: meaning, unit, what is allowed."""
    parts = [words.COLUMNS]
    for columns in USERS:
        needed = words.NEEDED if columns.needed_by_all else words.MAY_BE_EMPTY
        parts += [f"\n## {columns.file} ({needed})", "", words.TABLES[columns.name], "", _head()]
        for name, field in columns.row.model_fields.items():
            meaning, unit = _(field.description or ""), _(unit_of(field))
            optional = meaning if field.is_required() else words.LEFT_OUT.format(meaning=meaning)
            parts.append(f"| {name} | {optional} | {unit} | {cell_of(field).allowed} |")
    return "\n".join(parts) + "\n"


def _head() -> str:
    return f"| {' | '.join(words.GUIDE_HEADS.values())} |\n| --- | --- | --- | --- |"
