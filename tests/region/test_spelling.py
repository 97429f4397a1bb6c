"""Numbers as Indonesian spreadsheets write them are read right, or refused where they may mean two things."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config.compose import load
from sim.errors import UserError
from sim.region.cells import Number, Whole
from sim.region.load import load_region
from sim.region.spelling import respelt
from sim.table import Row, delimiter_of
from sim.text import TABLE_NAME
from tests.conftest import SMALL, SMALL_REGION

CELLS = {"km": Number(0.01, 100_000), "lat": Number(-90, 90), "people": Whole(0, 10_000_000)}


def table(*rows: tuple[str, str, str]) -> list[Row]:
    columns = {name: i for i, name in enumerate(CELLS)}
    return [Row(Path("t.csv"), i, columns, list(cells), TABLE_NAME) for i, cells in enumerate(rows, 2)]


def read(*rows: tuple[str, str, str]) -> list[tuple[str, ...]]:
    return [tuple(row.cell(name) for name in CELLS) for row in respelt(table(*rows), CELLS)]


def refused(*rows: tuple[str, str, str]) -> list[str]:
    with pytest.raises(UserError) as error:
        read(*rows)
    return str(error.value).splitlines()


@pytest.mark.parametrize(
    ("rows", "means"),
    [
        ([("3,5", "-1,02", "12")], [("3.5", "-1.02", "12")]),
        ([("32.000", "-1,02", "12")], [("32000", "-1.02", "12")]),
        ([("32.000", "-1.02", "12")], [("32.000", "-1.02", "12")]),
        ([("1.234,5", "0", "3.600")], [("1234.5", "0", "3600")]),
        ([("32", "0", "32.000"), ("7", "0", "5")], [("32", "0", "32000"), ("7", "0", "5")]),
        ([("32.000", "0", "1.234.567")], [("32000", "0", "1234567")]),
        ([("0.660", "-3.402", "12")], [("0.660", "-3.402", "12")]),
        ([("3.660", "-3.402", "12")], [("3.660", "-3.402", "12")]),
    ],
)  # fmt: skip
def test_what_the_table_as_a_whole_says_is_taken(
    rows: list[tuple[str, str, str]], means: list[tuple[str, ...]]
) -> None:
    assert read(*rows) == means


def test_what_may_mean_two_things_is_refused_with_what_to_write() -> None:
    assert refused(("32.000", "1", "12")) == [
        "t.csv, row 2, column 'km': '32.000' can be read as 32 or as 32,000, and no other number of this table tells "
        "which: write 32 or 32000"
    ]
    assert refused(("5", "-1", "12"), ("32,000", "1", "12"))[0].startswith("t.csv, row 3, column 'km': '32,000' can be")


def test_a_whole_number_with_dots_beside_decimal_dots_is_refused() -> None:
    (line,) = refused(("4.25", "-1.02", "32.000"))
    assert "'32.000' can be read as 32 or as 32,000, and this table has numbers of both ways" in line


def test_a_comma_beside_decimal_dots_stays_as_it_is_and_is_refused_when_it_is_read() -> None:
    assert read(("3,5", "-1.02", "1"), ("4.5", "-1.03", "2"))[0][0] == "3,5"
    assert read(("4.5", "-1.02", "3,600"))[0][2] == "3,600", "as English writes thousands"


@given(st.lists(st.tuples(st.floats(0.01, 99_999), st.floats(-90, 90), st.integers(0, 9_999_999)), min_size=1))
def test_what_a_spreadsheet_in_indonesia_writes_comes_back_or_is_refused(rows: list[tuple[float, float, int]]) -> None:
    def indonesian(text: str) -> str:
        return text.translate(str.maketrans(",.", ".,"))

    written = [(indonesian(f"{a:,.2f}"), indonesian(f"{b:.3f}"), indonesian(f"{c:,}")) for a, b, c in rows]
    try:
        found = read(*written)
    except UserError:
        return
    for (a, b, c), (km, lat, people) in zip(rows, found, strict=True):
        assert float(km) == float(f"{a:.2f}") and float(lat) == float(f"{b:.3f}") and int(people) == c


@pytest.mark.parametrize(("head", "sign"), [("a;b\n", ";"), ("a,b\n", ","), ("a\n", ","), ("a;b,c\n", ","), ("", ",")])
def test_the_sign_between_values_is_that_of_the_first_line(head: str, sign: str) -> None:
    assert delimiter_of(head) == sign


def test_a_region_with_semicolons_and_decimal_commas_is_the_same_region(tmp_path: Path) -> None:
    base = load("calm_day", [*SMALL, "strategy=even_spread"]).region
    folder = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    for file in folder.glob("*.csv"):
        rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
        for row in rows[1:]:
            for i, name in enumerate(rows[0]):
                if name in ("lat", "lon", "km", "area_km2"):
                    row[i] = row[i].replace(".", ",")
                elif name == "registered_voters":
                    row[i] = f"{int(row[i]):,}".replace(",", ".")
        file.write_text("\ufeff" + "\r\n".join(";".join(row) for row in rows) + "\r\n", encoding="utf-8")
    plain, other = load_region(base), load_region(base.model_copy(update={"path": str(folder)}))
    assert (other.nodes, other.bases, other.remarks) == (plain.nodes, plain.bases, ())
    assert np.array_equal(other.roads.km, plain.roads.km)
    assert np.array_equal(other.stations.registered, plain.stations.registered)
