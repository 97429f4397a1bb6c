"""The tables of a region are described once: every column says what it is, and all mistakes are said at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.config.compose import load
from sim.errors import SeveralMistakes, UserError
from sim.region.columns import TABLES, Columns
from sim.region.load import load_region
from sim.region.rows import cell_of, example_of, unit_of
from sim.region.write import stations_csv
from tests.conftest import SMALL, SMALL_REGION

BASE = load("calm_day", [*SMALL, "strategy=even_spread"]).region


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))


def edit(folder: Path, file: str, *pairs: tuple[str, str]) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / file).write_text(text, encoding="utf-8")


def lines(folder: Path) -> list[str]:
    with pytest.raises(UserError) as error:
        load_region(BASE.model_copy(update={"path": str(folder)}))
    found = error.value.lines if isinstance(error.value, SeveralMistakes) else (str(error.value),)
    return [line.removeprefix(f"{folder}/") for line in found]


@pytest.mark.parametrize("columns", TABLES, ids=lambda columns: columns.name)
def test_every_column_has_a_meaning_an_example_that_is_read_and_what_is_allowed(columns: Columns) -> None:
    assert (columns.row.__doc__ or "").strip()
    for name, field in columns.row.model_fields.items():
        assert field.description and field.description.endswith((".", ";")), name
        assert cell_of(field).allowed
        assert cell_of(field).read(example_of(field)) is not None
        assert isinstance(unit_of(field), str)
    columns.row.model_validate({name: example_of(field) for name, field in columns.row.model_fields.items()})


def test_every_mistake_of_every_table_is_said_at_once(folder: Path) -> None:
    edit(
        folder, "villages.csv", ("Pasar Barat,ward", "Pasar Barat,wrad"), ("T1.2,T1,", "T1.2,T9,"), ("15,4,1", "0,4,7")
    )
    edit(folder, "roads.csv", ("T1.1,T1.2,4.2,town", "T1.1,T1.7,x,town"))
    edit(folder, "bases.csv", ("SEK-CURUP,", "POLRES,"))
    edit(folder, "districts.csv", ("3600", "many"))
    said = lines(folder)
    for start in (
        "districts.csv, row 2, column 'registered_voters': 'many' is not a number",
        "villages.csv, row 2, column 'kind': unknown 'wrad'; did you mean 'ward'?",
        "villages.csv, row 2, column 'area_km2': 0 is not above 0",
        "villages.csv, row 2, column 'mobile_signal': 7 is outside 0 to 1",
        "villages.csv, row 3, column 'district_code': unknown 'T9'",
        "roads.csv, row 2, column 'km': 'x' is not a number",
        "roads.csv, row 2, column 'to_code': unknown 'T1.7'",
        "bases.csv, row 3, column 'code': 'POLRES' stands already in row 2",
        "districts.csv, row 2, column 'sector_base': unknown 'SEK-CURUP'",
    ):
        assert sum(line.startswith(start) for line in said) == 1, (start, said)
    assert len(said) == 9


def test_a_code_in_a_row_that_is_wrong_elsewhere_is_known_all_the_same(folder: Path) -> None:
    edit(folder, "villages.csv", ("Pasar Barat,ward", "Pasar Barat,wrad"))
    assert len(lines(folder)) == 1


def test_a_table_that_is_missing_brings_no_other_mistakes(folder: Path) -> None:
    (folder / "bases.csv").unlink()
    (line,) = lines(folder)
    assert line.startswith("bases.csv: there is no such file")


def test_swapped_coordinates_of_a_whole_table_are_one_message(folder: Path) -> None:
    head, *rows = (folder / "villages.csv").read_text(encoding="utf-8").splitlines()
    swapped = head.replace("lat,lon", "lon,lat").replace("lon,lat", "lat,lon")
    cells = [row.split(",") for row in rows]
    for row in cells:
        row[4], row[5] = row[5], row[4]
    (folder / "villages.csv").write_text("\n".join([swapped, *map(",".join, cells)]) + "\n", encoding="utf-8")
    (line,) = lines(folder)
    assert line == (
        "villages.csv, row 2, column 'lat': 110.0 is no latitude, but -1.0 in column 'lon' could be, and so in all 10 "
        "rows: the two columns are swapped"
    )


def test_a_row_of_sums_is_no_row(folder: Path) -> None:
    with (folder / "districts.csv").open("a", encoding="utf-8") as stream:
        stream.write("Jumlah,,,,180,9000,,\n")
    assert lines(folder)[0].startswith("districts.csv, row 5, column 'code': 'Jumlah': a row of sums is no row")


def test_sums_that_do_not_agree_with_the_stations_are_remarked(folder: Path) -> None:
    (folder / "stations.csv").write_text(stations_csv(load_region(BASE)), encoding="utf-8")
    edit(folder, "districts.csv", (",3600,", ",3700,"))
    edit(folder, "villages.csv", ("15,4,1", "15,5,1"))
    one, two = load_region(BASE.model_copy(update={"path": str(folder)})).remarks
    assert "districts.csv, row 2, column 'registered_voters': 3,700, but the stations of district" in one
    assert one.endswith("in stations.csv have 3,600; these count")
    assert "villages.csv, row 2, column 'stations_est': 5, but Pasar Barat has 4 in stations.csv" in two


def test_all_places_that_no_road_leads_to_are_counted(folder: Path) -> None:
    text = (folder / "roads.csv").read_text(encoding="utf-8").splitlines()
    (folder / "roads.csv").write_text("\n".join(text[:3]) + "\n", encoding="utf-8")
    (line,) = lines(folder)
    assert line.startswith("roads.csv: no road leads to ") and line.endswith(" places more")
