"""A region's folder from somebody else: each mistake is refused, or remarked on, with table, row, column and value."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.config.compose import load
from sim.config.region import RegionSettings
from sim.errors import UserError
from sim.region.columns import TABLES
from sim.region.derive import share_registered
from sim.region.load import load_region
from sim.region.region import Region
from sim.region.write import stations_csv
from tests.conftest import SMALL, SMALL_REGION
from tests.test_decimals import ODD

BASE: RegionSettings = load("calm_day", [*SMALL, "strategy=even_spread"]).region
SMALL_ONE = load_region(BASE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))


def read(folder: Path) -> Region:
    return load_region(BASE.model_copy(update={"path": str(folder)}))


def replace(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("bases.csv", "police,headquarters", "police,headquaters", "row 2, column 'kind': unknown 'headquaters'; did you mean 'headquarters'?"),
        ("bases.csv", "police,headquarters", "polise,headquarters", "row 2, column 'agency': unknown 'polise'; did you mean 'police'?"),
        ("bases.csv", "police,headquarters", "police,Headquarters", "column 'kind': unknown 'Headquarters'; did you mean 'headquarters'?"),
        ("bases.csv", "disaster agency,base", "disaster agency,xyz", "unknown 'xyz'; known: ambulance base, base, forward post, headquarters"),
        ("bases.csv", "SEK-CURUP,", "POLRES,", "row 3, column 'code': 'POLRES' stands already in row 2"),
        ("bases.csv", ",30,T1.1", ",3e1,T1.1", "row 2, column 'personnel': '3e1' is not a number from 0 to 100,000"),
        ("villages.csv", "Pasar Barat,ward", "Pasar Barat,wrad", "row 2, column 'kind': unknown 'wrad'; did you mean 'ward'?"),
        ("villages.csv", "15,4,1\n", "15,4,yes\n", "row 2, column 'mobile_signal': 'yes' is not a number from 0 to 1"),
        ("villages.csv", "15,4,1\n", "15,4,2\n", "row 2, column 'mobile_signal': 2 is outside 0 to 1"),
        ("villages.csv", "15,4,1\n", "0,4,1\n", "row 2, column 'area_km2': 0 is not above 0"),
        ("villages.csv", "15,4,1\n", "-15,4,1\n", "row 2, column 'area_km2': -15 is outside 0 to 30,000"),
        ("villages.csv", "15,4,1\n", "15,1001,1\n", "row 2, column 'stations_est': 1001 is outside 0 to 1,000"),
        ("villages.csv", "-1.0,110.0,15", "110.0,-1.0,15", "row 2, column 'lat': 110.0 is outside -90 to 90"),
        ("villages.csv", "-1.0,110.0,15", "-1.0,-110.0,15", "row 2, column 'lon': -110 is more than 5 degrees from the middle of the villages, 110.145"),
        ("villages.csv", "-1.0,110.0,15", "-1.0,1100,15", "row 2, column 'lon': 1100 is outside -180 to 180"),
        ("districts.csv", "-1.0,110.0,60", "-11.0,110.0,60", "row 2, column 'lat': -11 is more than 5 degrees from"),
        ("districts.csv", ",60,3600", ",0,3600", "row 2, column 'area_km2': 0 is not above 0"),
        ("districts.csv", ",3600,", ",0,", "row 2, column 'registered_voters': district Tanjung Barat: 0 registered voters are left for 10 stations"),
        ("districts.csv", ",3600,", ',"3,600",', "row 2, column 'registered_voters': '3,600' is not a number from 0 to 10,000,000"),
        ("districts.csv", "T2,Tanjung", "T1,Tanjung", "row 3, column 'code': 'T1' stands already in row 2"),
        ("outside_nodes.csv", "-1.1,110.0", "-1.1,120.0", "row 2, column 'lon': 120 is more than 5 degrees from"),
        ("roads.csv", "T1.1,T1.2,4.2", "T1.1,T1.1,4.2", "row 2, column 'to_code': 'T1.1': a road joins two different places, once"),
        ("roads.csv", "4.2,town", "1.5,town", "row 2, column 'km': 1.5 km, but its ends are 4.0 km apart in a straight line; at least 2.0 km are needed"),
        ("roads.csv", "4.2,town", "1001,town", "row 2, column 'km': 1001 is outside 0.01 to 1,000"),
        ("roads.csv", "4.2,town", "4.2,twon", "row 2, column 'road_class': unknown 'twon'; did you mean 'town'?"),
        ("borders.csv", "T2,T3", "T2,T1", "row 3, column 'code_b': 'T1': a border parts two different districts, once"),
        ("borders.csv", "T2,T3", "T2,T2", "row 3, column 'code_b': 'T2': a border parts two different districts, once"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_place(folder: Path, file: str, old: str, new: str, says: str) -> None:
    replace(folder, file, old, new)
    said = refused(folder)
    assert says in said
    assert said.startswith(str(folder / file))


@pytest.mark.parametrize("text", ODD, ids=[text[:10] for text in ODD])
def test_a_number_that_is_no_plain_decimal_is_refused(folder: Path, text: str) -> None:
    replace(folder, "roads.csv", "4.2,town", f'"{text}",town')
    said = refused(folder)
    assert said.startswith(f"{folder / 'roads.csv'}, row 2, column 'km': '")
    assert "is not a number from 0.01 to 1,000; a number is written in plain decimals, such as 12, -3 or 0.5" in said


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("districts.csv", "area_km2", "area_km", "column 'area_km2' is missing; did you mean 'area_km'?"),
        ("districts.csv", "lat,lon", "north,east", "column 'lat' and column 'lon' are missing"),
        ("districts.csv", "code,name", "code,code", "columns 1 and 2 have the same name"),
        ("districts.csv", "code,name,lat,lon", "code;name;lat;lon", "column 'code' and column 'name' and column 'lat'"),
        ("roads.csv", "from_code,to_code,km", "a,b,c", "its first line needs the names of these columns, with commas between: from_code, to_code, km, road_class"),
        ("roads.csv", "hill\n", "hill,steep\n", "row 4, column 'road_class': the row is too long: 5 values for 4 columns"),
        ("roads.csv", ",hill\n", "\n", "row 4, column 'road_class': the row is too short: 3 values for 4 columns"),
    ],
)  # fmt: skip
def test_a_header_or_a_row_of_another_length_is_refused(folder: Path, file: str, old: str, new: str, says: str) -> None:
    replace(folder, file, old, new)
    said = refused(folder)
    assert says in said and said.startswith(str(folder / file))


@pytest.mark.parametrize("content", ["root:x:0:0\npassword: secret\n", "secret,code,password\n1,2,3\n", "secret\n", "x" * 70_000, ""])  # fmt: skip
def test_of_a_file_that_is_no_table_of_ours_nothing_is_told(folder: Path, content: str) -> None:
    (folder / "roads.csv").write_text(content)
    said = refused(folder)
    assert said.startswith(str(folder / "roads.csv"))
    told = said.removeprefix(str(folder / "roads.csv"))
    assert not any(word in told for word in ("secret", "password", "root", "xxx"))


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("nowhere.csv")])
def test_a_table_that_may_be_left_out_but_cannot_be_read_is_no_table_left_out(
    folder: Path, make: Callable[[Path], None]
) -> None:
    make(folder / "special_stations.csv")
    assert refused(folder).startswith(str(folder / "special_stations.csv"))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("districts.csv", "sector_base\n", "sector_base,valid_vote_share_2042\n", "column 'valid_vote_share_2042' is not read; did you mean 'valid_vote_share_2024'?"),
        ("districts.csv", "sector_base\n", "sector_base,xyz\n", "column 'xyz' is not read"),
        ("bases.csv", "police,headquarters", "police,office", "there is no police headquarters"),
        ("roads.csv", "4.2,town", "3.5,town", ", row 2, column 'km': 3.5 km, but its ends are 4.0 km apart in a straight line"),
        ("roads.csv", "4.2,town", "42,town", ", row 2, column 'km': 42 km, but its ends are 4.0 km apart in a straight line"),
        ("villages.csv", "-1.04,110.29", "-2.04,110.29", ", row 11, column 'lat': -2.04 lies far aside of the other villages, which are between -1.05 and -0.97"),
        ("districts.csv", "-1.0,110.0,60", "1.0,110.0,60", ", row 2, column 'lat': 1 lies far aside of the other villages"),
    ],
)  # fmt: skip
def test_what_is_odd_is_remarked_and_read(folder: Path, file: str, old: str, new: str, says: str) -> None:
    replace(folder, file, old, new)
    if "not read" in says:
        header, *rows = (folder / file).read_text().splitlines()
        (folder / file).write_text("\n".join([header, *(f"{row},0.5" for row in rows)]) + "\n")
    if "-2.04" in new:
        replace(folder, "roads.csv", "3.9,local", "130,local")
    (remark,) = read(folder).remarks
    assert remark.startswith(str(folder / file)) and says in remark


def test_a_table_of_no_known_name_is_remarked(folder: Path) -> None:
    (folder / "special_station.csv").write_text("village_code,name,registered\n")
    assert read(folder).remarks == (
        f"{folder}: 'special_station.csv' is not read; did you mean 'special_stations.csv'?",
    )


def test_nothing_is_odd_in_the_packaged_region_and_in_that_of_the_tests() -> None:
    assert load_region(load("calm_day", ["strategy=even_spread"]).region).remarks == ()
    assert SMALL_ONE.remarks == ()


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("vulnerability", "hihg", "column 'vulnerability': unknown 'hihg'; did you mean 'high'?"),
        ("special", "no", "column 'special': 'no' is not a number from 0 to 1"),
        ("registered", "0", "column 'registered': 0 is outside 1 to 600"),
        ("registered", "100.5", "column 'registered': 100.5 is not a whole number"),
        ("access", "boat", "column 'access': unknown 'boat'"),
        ("access", "Foot", "column 'access': unknown 'Foot'; did you mean 'foot'?"),
        ("access", "", "column 'access': is empty"),
        ("access_km", "101", "column 'access_km': 101 is outside 0 to 100"),
        ("lat", "1.0", "column 'lat': 1 is 222 km from the middle of its village; 100 km at most are possible"),
        ("lat", "-1.2", None),
    ],
)
def test_a_station_is_read_as_strictly(folder: Path, column: str, value: str, says: str | None) -> None:
    header, first, *rest = stations_csv(SMALL_ONE).splitlines()
    values = first.split(",")
    values[header.split(",").index(column)] = value
    (folder / "stations.csv").write_text("\n".join([header, ",".join(values), *rest]) + "\n")
    if says is None:
        (remark,) = read(folder).remarks
        assert "row 2, column 'lat': -1.2 is 22 km from the middle of its village, though its access_km is" in remark
    else:
        assert f"{folder / 'stations.csv'}, row 2, {says}" in refused(folder)


def test_columns_that_a_table_of_stations_makes_needless_are_read_as_strictly(folder: Path) -> None:
    (folder / "stations.csv").write_text(stations_csv(SMALL_ONE))
    replace(folder, "districts.csv", ",3600,", ",many,")
    assert "row 2, column 'registered_voters': 'many' is not a number" in refused(folder)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("T1.1,Prison,0", "row 2, column 'registered': 0 is outside 1 to 600"),
        ("T1.1,Prison,5\nT1.1,Prison,6", "row 3, column 'name': 'T1.1, Prison' stands already in row 2"),
        ("T3.3,A,600\nT3.3,B,600", "Pasar Lama has no station left for 'A'"),
    ],
)
def test_special_stations_are_read_as_strictly(folder: Path, rows: str, says: str) -> None:
    (folder / "special_stations.csv").write_text(f"village_code,name,registered\n{rows}\n")
    assert says in refused(folder)
    assert refused(folder).startswith(str(folder / "special_stations.csv"))


def test_special_stations_never_leave_a_negative_number_of_voters(folder: Path) -> None:
    (folder / "special_stations.csv").write_text("village_code,name,registered\nT3.1,A,600\nT3.1,B,600\n")
    replace(folder, "districts.csv", ",2400,", ",700,")
    assert "district Tanjung Timur: -500 registered voters are left for 4 stations besides the special" in refused(
        folder
    )


def test_a_region_without_stations_is_refused(folder: Path) -> None:
    text = (folder / "villages.csv").read_text()
    for number in "1234":
        text = text.replace(f",15,{number},", ",15,0,")
    (folder / "villages.csv").write_text(text)
    assert refused(folder) == f"{folder / 'villages.csv'}: column 'stations_est': no village has a station"


def test_a_share_of_voters_is_given_to_every_station_or_to_none() -> None:
    assert share_registered(10, np.ones(3), 600, "x").tolist() == [4, 3, 3]
    for total in (-5, 2):
        with pytest.raises(UserError, match=f"^x: {total} registered voters are left for 3 stations"):
            share_registered(total, np.ones(3), 600, "x")
    with pytest.raises(UserError, match=r"^x: 3 registered voters are so few that one of 3 stations has none"):
        share_registered(3, np.array([10.0, 1.0, 1.0]), 600, "x")


CELLS = st.one_of(
    st.sampled_from([*ODD[:-1], "-1", "0", "1", "2", "1000", "1e9", "T1", "T1.1", "POLRES", "ward", "\0", '"', "a\nb", "x" * 300]),
    st.text(max_size=6),
)  # fmt: skip


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_cell_or_row_is_refused_by_name_or_leaves_a_region(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "region"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SMALL_REGION, folder)
    file = data.draw(st.sampled_from([folder / table.file for table in TABLES if (folder / table.file).exists()]))
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    number = data.draw(st.integers(0, len(rows) - 1))
    how = data.draw(st.sampled_from(["cell", "cell", "cell", "longer", "shorter", "gone", "twice", "empty"]))
    if how == "cell":
        rows[number][data.draw(st.integers(0, len(rows[number]) - 1))] = data.draw(CELLS)
    elif how == "longer":
        rows[number].append(data.draw(CELLS))
    elif how == "shorter":
        rows[number].pop()
    elif how == "gone":
        rows.pop(number)
    elif how == "twice":
        rows.insert(number, rows[number])
    else:
        rows[number] = []
    file.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8", errors="surrogatepass")
    try:
        region = read(folder)
    except UserError as error:
        assert str(folder) in str(error) and ".csv" in str(error)
        return
    assert region.stations.registered.min() > 0
    assert np.isfinite(region.roads.km).all() and (region.roads.km > 0).all()
    assert np.isfinite([*region.stations.lat, *region.stations.lon, *region.turnout_factor]).all()
    assert len(region.stations) == len(set(region.stations.code))
