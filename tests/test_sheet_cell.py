"""A text in a spreadsheet stays a text, whatever it looks like."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from sim.sheet_cell import as_written, fill, look_like


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


@pytest.mark.parametrize("text", ["", "=1+1", "x"])
def test_a_cell_that_looks_like_another_keeps_what_it_holds(text: str) -> None:
    book = Workbook()
    assert book.active is not None
    model, cell = book.active.cell(1, 1), book.active.cell(2, 1)
    model.font, model.alignment, model.border = Font(bold=True), Alignment(wrap_text=True), Border(top=Side("thin"))
    model.fill, model.number_format = PatternFill("solid", fgColor="D9D9D9"), "0.00"
    if text:
        fill(cell, text)
    look_like(cell, model)
    for part in ("font", "alignment", "border", "fill"):
        assert repr(getattr(cell, part)) == repr(getattr(model, part))
    assert (cell.number_format, bool(cell.quotePrefix)) == ("General", text.startswith("="))
    assert cell.value == (text or None)
