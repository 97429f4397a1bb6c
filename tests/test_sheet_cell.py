"""A text in a spreadsheet stays a text, whatever it looks like."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from sim.sheet_cell import as_written, fill


@pytest.mark.parametrize("text", ["=1+1", "+62 811", "-5", "@SUM(A1)", "TPS 1", "12", "_x0041_", "a\nb"])
def test_a_text_stays_a_text_and_is_no_formula(text: str) -> None:
    book = Workbook()
    assert book.active is not None
    fill(book.active.cell(1, 1), text)
    out = BytesIO()
    book.save(out)
    sheet = load_workbook(BytesIO(out.getvalue())).active
    assert sheet is not None
    cell = sheet.cell(1, 1)
    assert (as_written(str(cell.value)), cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


def test_a_number_is_a_number() -> None:
    book = Workbook()
    assert book.active is not None
    fill(book.active.cell(1, 1), 12)
    assert (book.active.cell(1, 1).value, book.active.cell(1, 1).data_type) == (12, "n")
