"""Lists of events as people have them: written by this program, typed by others, in workbooks and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from sim.exercise.inject import EVERYBODY, Inject, InjectStatus, InjectType, Party
from sim.exercise.msel import Found, read

START = 390.0
HEADINGS = ("seq", "scenario time", "exercise time", "type", "group", "text", "condition")
ROW = (1, "07:30", "", "event", "all", "A message", "")

LIST = (
    Inject(
        1, "1 Opening", EVERYBODY, 430.0, InjectType.ADMIN, "spoken", "control", "posko", "Opening", "Stations open.",
        note="Say it slowly.", expected_action="Everybody reports.", objective="lead", learning_point="One picture",
        controller="control 1",
    ),
    Inject(
        2, "2 Riot", (Party.ARMY, Party.POLICE), 586.5, InjectType.EVENT, "phone", "caller", "posko", "Riot",
        "=1+1\nA crowd.", longest_minutes=15, decision="Who goes?", model_event="incident/s0/reported",
        status=InjectStatus.DELIVERED, actual_time=590.25, observation="+ done in time",
    ),
    Inject(
        3, "2 Riot", (), None, InjectType.CONTINGENCY, "radio", "officers", "control", "Kept back", "",
        condition="if nobody asks for the army", status=InjectStatus.APPROVED,
    ),
)  # fmt: skip
"""A list with something in every column."""


def saved(file: Path, rows: Sequence[Sequence[object]], merged: str = "") -> Path:
    """Write rows into a workbook as a spreadsheet's own program would."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    book.save(file)
    return file


@pytest.fixture
def of_rows(tmp_path: Path) -> Callable[..., Found]:
    """Read rows of a workbook below the headings; the first that is given is only the values that differ from ROW."""

    def found(*rows: dict[str, object], start: float | None = START, headings: Sequence[str] = HEADINGS) -> Found:
        usual = dict(zip(HEADINGS, ROW, strict=True))
        cells = [
            [({**usual, "seq": number} | row).get(heading) for heading in headings]
            for number, row in enumerate(rows, start=1)
        ]
        return read(saved(tmp_path / "list.xlsx", [headings, *cells]), start)

    return found
