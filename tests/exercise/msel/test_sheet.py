"""The list as a spreadsheet: texts stay texts, names are offered, and it prints so that it can be read."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sim.exercise.inject import HIDDEN
from sim.exercise.msel import written
from sim.exercise.msel.columns import Column
from sim.exercise.msel.sheet import FIRST_PAGE, POINTS, SECOND_PAGE, WIDTHS
from sim.words import msel as words
from sim.words import room as names
from sim.words.language import Language, spoken
from tests.exercise.msel.conftest import LIST, START

ROOM = 204
"""Digits of Arial 10 between the margins of A3 landscape, as LibreOffice prints them (400 mm of 1.96 mm)."""
LEAST_POINTS = 8
AS_WIDE_AS_ARIAL = {"Arial", "Liberation Sans", "Arimo"}


def prints_arial() -> bool:
    """Whether sheets can be printed here, with letters as wide as those that they ask for."""
    if not (shutil.which("soffice") and shutil.which("pdftotext") and shutil.which("fc-match")):
        return False
    found = subprocess.run(["fc-match", "Arial", "family"], check=True, capture_output=True, text=True).stdout
    return found.strip() in AS_WIDE_AS_ARIAL


def sheet_of(content: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.fixture(scope="module")
def sheet() -> Worksheet:
    return sheet_of(written(LIST, START))


def test_no_cell_is_a_formula_and_what_begins_like_one_is_marked(sheet: Worksheet) -> None:
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [str(cell.value)[0] for cell in cells if cell.quotePrefix] == ["=", "+"]


def test_times_are_texts_in_cells_that_keep_them(sheet: Worksheet) -> None:
    at = {column: list(Column).index(column) + 1 for column in Column}
    assert [sheet.cell(row, at[Column.SCENARIO_TIME]).value for row in (2, 3, 4)] == ["07:10", "09:46:30", None]
    assert [sheet.cell(row, at[Column.EXERCISE_TIME]).value for row in (2, 3, 4)] == ["T+0:40", "T+3:16:30", None]
    for column in (Column.SCENARIO_TIME, Column.EXERCISE_TIME, Column.ACTUAL_TIME, Column.MODEL_EVENT):
        assert sheet.cell(2, at[column]).number_format == "@"
        below = sheet.column_dimensions[get_column_letter(at[column])]
        assert below.number_format == "@", "and in the rows that are still empty"


def test_the_same_list_is_the_same_bytes_as_no_clock_gets_into_it() -> None:
    content = written(LIST, START)
    assert written(LIST, START) == content
    with ZipFile(BytesIO(content)) as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}
        said = packed.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4})-", said) == ["1980", "1980"]


@pytest.mark.parametrize("language", Language)
def test_names_are_offered_in_the_language_that_is_spoken(language: Language) -> None:
    with spoken(language):
        sheet = sheet_of(written(LIST, START))
        offered = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation if rule.type == "list"}
        lists = [rule.formula1.strip('"').split(",") for rule in offered.values()]
        assert lists == [
            [*names.TYPES.values()], [*names.STATUSES.values()], [*words.GROUPS.values(), *names.PARTIES.values()]
        ]  # fmt: skip
        assert [cell.value for cell in sheet[1]] == list(words.HEADINGS.values())
    groups = [rule for where, rule in offered.items() if where.startswith("E")]
    assert [rule.showErrorMessage for rule in groups] == [False], "several parties may stand in one cell"


def test_two_pages_of_a3_hold_what_is_printed_at_its_own_size(sheet: Worksheet) -> None:
    order = list(Column)
    first = order[: order.index(FIRST_PAGE) + 1]
    second = [Column.SEQ, *order[order.index(FIRST_PAGE) + 1 : order.index(SECOND_PAGE) + 1]]
    for page in (first, second):
        assert sum(WIDTHS[column] for column in page) <= 0.985 * ROOM
    assert {Column.TEXT, Column.TITLE, Column.EXPECTED_ACTION, Column.SCENARIO_TIME} <= {*first}
    assert {Column.NOTE, Column.STATUS, Column.ACTUAL_TIME, Column.OBSERVATION} <= {*second}
    assert (sheet.page_setup.scale, sheet.page_setup.fitToWidth) == (100, None)
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", sheet.PAPERSIZE_A3)
    assert [brk.id for brk in sheet.col_breaks.brk] == [len(first)]
    assert sheet.print_title_rows == "$1:$1" and sheet.print_title_cols == "$A:$A" and sheet.freeze_panes == "C2"
    assert POINTS >= LEAST_POINTS and {cell.font.size for row in sheet.iter_rows() for cell in row} == {POINTS}


def test_columns_that_players_never_see_have_a_colour_of_their_own(sheet: Worksheet) -> None:
    colours = {
        hidden: {
            sheet.cell(1, at).fill.fgColor.rgb for at, column in enumerate(Column, 1) if (column in HIDDEN) is hidden
        }
        for hidden in (True, False)
    }
    assert [len(each) for each in colours.values()] == [1, 1] and colours[True] != colours[False]


def test_a_row_is_as_high_as_its_longest_text() -> None:
    from dataclasses import replace

    short, long = replace(LIST[0], note="x"), replace(LIST[0], note="word " * 200)
    sheet = sheet_of(written([short, long], START))
    heights = [float(sheet.row_dimensions[row].height or 0) for row in (2, 3)]
    # 1,000 letters, 1.22 of ours in a digit: 14 lines
    lines = 1000 / (WIDTHS[Column.NOTE] * 11 / POINTS)
    assert heights[0] <= 2 * POINTS * 1.5 and heights[1] >= lines * POINTS * 1.2


def test_widths_are_counted_in_a_font_that_every_office_program_has() -> None:
    with ZipFile(BytesIO(written(LIST, START))) as packed:
        styles = packed.read("xl/styles.xml").decode()
    fonts = re.findall(r"<font>.*?</font>", styles)
    normal = re.search(r'<cellStyleXfs[^>]*><xf [^>]*fontId="(\d+)"', styles)
    assert normal and 'val="Arial"' in fonts[int(normal[1])] and '<sz val="10"' in fonts[int(normal[1])]


@pytest.mark.skipif(not prints_arial(), reason="no LibreOffice, no poppler, or nothing as wide as Arial")
def test_printed_it_is_two_pages_with_letters_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(written(LIST, START))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf", "--outdir",
         str(tmp_path), str(tmp_path / "list.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "list.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = boxes.split("<page ")[1:]
    assert len(pages) == 2 and all("1190.55" in page.split("\n")[0] for page in pages), "A3 landscape, side by side"
    for page in pages:
        assert ">seq<" in page, "the number of the inject stands on both"
        tall = [float(b) - float(a) for a, b in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', page)]
        assert tall and min(tall) >= 1.2 * LEAST_POINTS
