"""Tables on the terminal: every column is shown whole, in as few tables as fit."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from sim.report.terminal import HEADLINES, side_by_side

HEADINGS = [f"strategy\nnumber {i}" for i in range(7)]
ROWS = {m: [Text(f"value {m[:3]}{i}\nlow{i}–high{i}") for i in range(7)] for m in HEADLINES}


def printed(width: int) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=width)
    tables = side_by_side(console, HEADINGS, ROWS)
    console.print(*tables, sep="")
    assert isinstance(console.file, io.StringIO)
    return len(tables), console.file.getvalue()


@pytest.mark.parametrize(("width", "tables"), [(200, 1), (80, 2), (60, 3), (34, 7)])
def test_nothing_is_cut(width: int, tables: int) -> None:
    many, text = printed(width)
    assert many == tables
    assert max(map(len, text.splitlines())) <= width
    for m, cells in ROWS.items():
        for i, cell in enumerate(cells):
            assert cell.plain.splitlines()[0] in text and f"low{i}–high{i}" in text, (m, i)


def test_each_has_about_as_many_columns() -> None:
    _, text = printed(60)
    numbers = [line.count("number") for line in text.splitlines() if "number" in line]
    assert numbers == [3, 3, 1]


def test_on_a_terminal_too_narrow_for_one_column_each_has_its_own_table() -> None:
    many, text = printed(12)
    assert many == 7 and "…" in text
