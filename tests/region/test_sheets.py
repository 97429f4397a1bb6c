"""A workbook of a region is read as strictly as its folder, and what a cell only seems to hold is refused."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

from sim.config.compose import load
from sim.errors import SeveralMistakes, UserError
from sim.region.cells import Number
from sim.region.columns import USERS
from sim.region.load import load_region, load_tables
from sim.region.rows import cell_of
from sim.region.sheets import Sheets, csv_rows
from sim.region.template.workbook import workbook_template
from tests.conftest import SMALL, SMALL_REGION

BASE = load("calm_day", [*SMALL, "strategy=even_spread"]).region


def book() -> Workbook:
    """Return the small regency as a workbook with numbers in its cells of numbers."""
    made = Workbook()
    made.remove(made.active)
    for columns in USERS:
        file = SMALL_REGION / columns.file
        if not file.exists():
            continue
        sheet = made.create_sheet(columns.name)
        head, *rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        sheet.append(head)
        cells = [cell_of(columns.row.model_fields[name]) for name in head]
        for row in rows:
            sheet.append([float(x) if isinstance(c, Number) else x for x, c in zip(row, cells, strict=True)])
    return made


def saved(made: Workbook, tmp_path: Path) -> Path:
    file = tmp_path / "region.xlsx"
    made.save(file)
    return file


def lines(file: Path) -> list[str]:
    with pytest.raises(UserError) as error:
        load_tables(Sheets(file), "x", BASE.derive)
    found = error.value.lines if isinstance(error.value, SeveralMistakes) else (str(error.value),)
    return [line.removeprefix(f"{file}, ").removeprefix(f"{file}: ") for line in found]


def test_a_workbook_is_the_same_region_as_the_folder(tmp_path: Path) -> None:
    tables = Sheets(saved(book(), tmp_path))
    one, two = load_region(BASE), load_tables(tables, BASE.title, BASE.derive)
    assert (one.nodes, one.bases, one.districts, one.remarks) == (two.nodes, two.bases, two.districts, two.remarks)
    assert np.array_equal(one.roads.km, two.roads.km) and np.array_equal(one.stations.lat, two.stations.lat)
    for columns in USERS:
        rows = list(csv_rows(tables, columns))
        assert bool(rows) == (SMALL_REGION / columns.file).exists()


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("E2", "=1+1", "sheet 'villages', row 2, column 'lat': '=1+1' is a formula; put its value there (paste as values)"),
        ("H2", dt.datetime(2024, 4, 1), "column 'stations_est': '2024-04-01 00:00:00' is a date or a time; the spreadsheet made it"),
        ("A2", 17.1, "column 'code': 17.1 is a number where a text is needed: a code such as 17.10 has lost its last zero"),
        ("D2", "wrad", "column 'kind': unknown 'wrad'; did you mean 'ward'?"),
        ("G2", "#REF!", "column 'area_km2': '#REF!' is "),
        ("G2", None, "column 'area_km2': '' is not a number"),
        ("G2", "12.500", "column 'area_km2': '12.500' can be read as 12.5 or as 12,500, and no other number of this table tells"),
        ("B2", "T9", "column 'district_code': unknown 'T9'"),
        ("C1", "nama", "its first row lacks the column 'name'; did you mean 'nama'?"),
        ("D1", "code", "columns 1 and 4 have the same name"),
    ],
)  # fmt: skip
def test_what_a_cell_only_seems_to_hold_is_refused(tmp_path: Path, cell: str, value: object, says: str) -> None:
    made = book()
    made["villages"][cell] = value
    said = lines(saved(made, tmp_path))
    assert any(says in line for line in said), said


def test_a_number_typed_as_text_is_read_as_the_other_texts_of_the_sheet_say(tmp_path: Path) -> None:
    made = book()
    made["villages"]["G2"], made["villages"]["G3"] = "15,5", "1.200"
    villages = load_tables(Sheets(saved(made, tmp_path)), "x", BASE.derive).villages
    assert (villages[0].area_km2, villages[1].area_km2) == (15.5, 1200.0)


def merge(made: Workbook) -> None:
    made["roads"].merge_cells("A2:A4")


def drop(made: Workbook) -> None:
    made.remove(made["roads"])
    made["bases"].title = "base"


def swap(made: Workbook) -> None:
    for row in made["villages"].iter_rows(min_row=2):
        row[4].value, row[5].value = row[5].value, row[4].value


def total(made: Workbook) -> None:
    made["districts"].append(["TOTAL", None, None, None, 180, 9000])


def empty(made: Workbook) -> None:
    made["bases"].delete_rows(2, 100)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (merge, "sheet 'roads': merged cells (A2:A4): each row needs its own values; unmerge them and fill in every cell"),
        (drop, "2 sheets are missing: 'roads', 'bases'; there are 'districts', 'villages'"),
        (swap, "so in all 10 rows: the two columns are swapped"),
        (total, "sheet 'districts', row 5, column 'code': 'TOTAL': a row of sums is no row; leave it out"),
        (empty, "sheet 'bases': has no rows"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_sheet_is_one_message(
    tmp_path: Path, change: Callable[[Workbook], None], says: str
) -> None:
    made = book()
    change(made)
    said = lines(saved(made, tmp_path))
    assert sum(says in line for line in said) == 1, said
    assert change is total or len(said) == 1, said


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook", b"\0" * 100])
def test_what_is_no_workbook_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "region.xlsx"
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"region\.xlsx: cannot be read \(it is not a workbook of Excel"):
        Sheets(file)


def test_a_sheet_and_a_column_of_no_known_name_are_remarked(tmp_path: Path) -> None:
    made = book()
    made.create_sheet("special_station")
    made["roads"]["E1"] = "note"
    region = load_tables(Sheets(saved(made, tmp_path)), "x", BASE.derive)
    assert any("sheet 'special_station' is not read; did you mean 'special_stations'?" in r for r in region.remarks)
    assert any("sheet 'roads': column 'note' is not read" in r for r in region.remarks)


def test_the_template_has_a_sheet_a_table_whose_cells_are_checked_and_its_rows_are_said_to_be_replaced(
    tmp_path: Path,
) -> None:
    file = tmp_path / "region.xlsx"
    file.write_bytes(workbook_template())
    made = load_workbook(file)
    assert made.sheetnames == ["columns", *(columns.name for columns in USERS)]
    for columns in USERS:
        sheet = made[columns.name]
        assert [cell.value for cell in sheet[1]] == list(columns.read)
        assert all(cell.comment is not None for cell in sheet[1])
        checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
        assert len(checks) == len(columns.read)
    kinds = {check.formula1 for check in made["roads"].data_validations.dataValidation if check.type == "list"}
    assert '"town,trunk,secondary,hill,local"' in kinds
    said = lines(file)
    assert len(said) == 4 and all(
        "the row of the template is still there; put your own in its place" in x for x in said
    )
