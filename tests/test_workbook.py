"""What a cell of a workbook holds is read by one rule, whichever table it is of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell

from sim.errors import UserError
from sim.words.language import Language, spoken
from sim.workbook import lines, opened, text_of


def cell_with(value: object, folder: Path) -> Cell:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = value
    book.save(folder / "book.xlsx")
    return lines(opened(folder / "book.xlsx")["Sheet"], "book.xlsx")[0][0]


@pytest.mark.parametrize(
    ("value", "number", "says"),
    [
        (12, False, "12"), (12.0, True, "12"), (17.5, True, "17.5"), (1e15, True, "1000000000000000"),
        (" TPS 1 ", False, "TPS 1"), ("_x005F_x0041_", False, "_x0041_"), (True, False, "1"),
    ],
)  # fmt: skip
def test_a_plain_value_is_its_text(value: object, number: bool, says: str, tmp_path: Path) -> None:
    assert text_of(cell_with(value, tmp_path), number=number) == says


@pytest.mark.parametrize(
    ("value", "number", "says"),
    [
        ("=1+1", True, "'=1+1' is a formula; put its value there (paste as values)"),
        ("#REF!", True, "'#REF!' is an error of the spreadsheet"),
        (dt.datetime(2024, 4, 1), False, "is a date or a time"),
        (dt.time(7, 30), True, "'07:30:00' is a date or a time"),
        (17.1, False, "17.1 is a number where a text is needed"),
        (True, True, "'True' is yes or no where a number is needed"),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_what_is_no_plain_value_is_refused(
    value: object, number: bool, says: str, language: Language, tmp_path: Path
) -> None:
    cell = cell_with(value, tmp_path)
    with spoken(language), pytest.raises(ValueError, match=r"\w") as error:
        text_of(cell, number=number)
    assert says in str(error.value) or language is Language.INDONESIAN


def test_merged_cells_are_named_wherever_they_are(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["a", "b"])
    book.active.merge_cells("A2:B3")
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(UserError, match=r"here: merged cells \(A2:B3\): each row needs its own values"):
        lines(opened(tmp_path / "book.xlsx")["Sheet"], "here")


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("_x005F_x0041_", "_x0041_"), ("_x005F_x005F_x005F_x0041_", "_x005F_x0041_"), ("x005F_", "x005F_"),
        ("_x005f_x0041_", "_x0041_"), ("plain", "plain"),
    ],
)  # fmt: skip
def test_a_text_like_a_character_by_its_number_is_read_where_it_is_shared(
    written: str, means: str, tmp_path: Path
) -> None:
    """Excel and LibreOffice keep all texts in one part, of which openpyxl takes out each ``x005F_``."""
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "TEXT"
    book.save(tmp_path / "inline.xlsx")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    spelt = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with ZipFile(tmp_path / "inline.xlsx") as inline, ZipFile(tmp_path / "book.xlsx", "w") as shared:
        for part in inline.namelist():
            content = inline.read(part).decode()
            content = content.replace('t="inlineStr"', 't="s"').replace("<is><t>TEXT</t></is>", "<v>0</v>")
            listed = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
            shared.writestr(part, content.replace("</Types>", listed))
        shared.writestr("xl/sharedStrings.xml", f'<sst xmlns="{spelt}"><si><t>{written}</t></si></sst>')
    assert text_of(opened(tmp_path / "book.xlsx")["Sheet"]["A1"], number=False) == means
