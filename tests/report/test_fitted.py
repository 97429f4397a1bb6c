"""A table fits the terminal at every width, and holds all its cells."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from sim.report.fitted import Column, Rows, fitted

COLUMNS = [Column(), *(Column(f"number\n{i}", right=True) for i in range(6)), Column("vehicles", folds=True)]
CELLS = [[f"district {i}", *(f"{i},{j}00" for j in range(6)), f"{i} truck, 12 motorcycle"] for i in range(3)]


@pytest.mark.parametrize("whole", [False, True])
def test_no_line_is_wider_at_any_width(whole: bool) -> None:
    for width in range(24, 201):
        console = Console(file=io.StringIO(), width=width)
        for part in fitted(Rows(COLUMNS, CELLS, whole=whole), width):
            console.print(part)
        assert isinstance(console.file, io.StringIO)
        lines = console.file.getvalue().splitlines()
        assert max(map(len, lines)) <= width, width
        text = " ".join(" ".join(lines).split())
        assert all(cell in text for row in CELLS for cell in row[:-1]) and "…" not in text, width
