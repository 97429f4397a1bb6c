"""A brief that is made by hand, for tests of what a page or a document makes of one."""

from __future__ import annotations

from sim.report.brief.brief import Brief
from sim.report.brief.decision import Cell, Decision, Row


def brief_of(text: str) -> Brief:
    """A brief that says this text everywhere."""
    cells = (Cell(text, text, "better", "▲", "better"),) * 5
    table = Decision(("heading",) * 9, (Row(text, cells, (text,) * 3, True),), (text,))
    pairs, rows = ((text, text),), ((text,) * 7,)
    return Brief(
        (text,), pairs, table, text, text, (text,), text, text, (text,), pairs, text, (text,) * 7, rows, (text,)
    )
