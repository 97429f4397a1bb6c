"""A region is a folder of tables; whatever is wrong in it is said with file, row and column."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.region import RegionSettings
from sim.errors import UserError
from sim.region.load import load_region
from sim.region.write import stations_csv
from tests.conftest import SMALL, SMALL_REGION


def settings(path: Path, **derive: int | float) -> RegionSettings:
    base = load("calm_day", [*SMALL, "strategy=even_spread"]).region
    changed = base.derive.model_copy(update=derive)
    return base.model_copy(update={"path": str(path), "derive": changed})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))


def edit(folder: Path, file: str, change: Callable[[str], str]) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    (folder / file).write_text(changed, encoding="utf-8")


def test_another_folder_is_another_region() -> None:
    region = load_region(settings(SMALL_REGION))
    assert (len(region.districts), len(region.villages), len(region.stations)) == (3, 10, 24)
    assert region.stations.registered.sum() == 9000
    assert np.bincount(region.stations.vulnerability).tolist() == [19, 3, 2]


def test_the_same_seed_gives_the_same_stations_and_another_seed_others() -> None:
    one, two = load_region(settings(SMALL_REGION)), load_region(settings(SMALL_REGION))
    other = load_region(settings(SMALL_REGION, seed=5))
    assert np.array_equal(one.stations.registered, two.stations.registered)
    assert np.array_equal(one.stations.lat, two.stations.lat)
    assert not np.array_equal(one.stations.registered, other.stations.registered)
    assert other.stations.registered.sum() == 9000


def test_exported_stations_come_back_the_same(folder: Path) -> None:
    derived = load_region(settings(folder))
    (folder / "stations.csv").write_text(stations_csv(derived), encoding="utf-8")
    read = load_region(settings(folder, seed=99))
    for name in ("node", "district", "registered", "vulnerability", "access_km", "special", "lat", "lon"):
        assert np.array_equal(getattr(derived.stations, name), getattr(read.stations, name))
    assert derived.stations.code == read.stations.code


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("villages.csv", "stations_est", "stations", "villages.csv: column 'stations_est' is missing"),
        (
            "villages.csv",
            "T1.2,T1,Air Jernih,village,-0.97",
            "T1.2,T1,Air Jernih,village,north",
            "row 3, column 'lat': 'north'",
        ),
        (
            "villages.csv",
            "T1.2,T1,Air Jernih,village,-0.97",
            "T1.2,T1,Air Jernih,village,-97",
            "row 3, column 'lat': -97 is outside",
        ),
        ("villages.csv", "T1.2,T1,Air Jernih,village,-0.97", "T1.2,T1,Air Jernih,village,-30", "row 3, column 'lat'"),
        ("villages.csv", "T1.2,T1", "T1.1,T1", "row 3, column 'code': 'T1.1' stands already in row 2"),
        ("villages.csv", "T1.2,T1", "T1.2,T9", "row 3, column 'district_code': unknown 'T9'"),
        ("villages.csv", ",village,-0.97,110.02,15,3,1", ",village,-0.97,110.02,15,3.5,1", "3.5 is not a whole number"),
        ("districts.csv", "3600", "-5", "row 2, column 'registered_voters': -5 is outside"),
        ("districts.csv", "3600", "36000", "district Tanjung Barat: 36000 registered voters do not fit"),
        ("districts.csv", "T1.1,SEK-CURUP", "T1.1,SEK-CURAP", "unknown 'SEK-CURAP'; did you mean 'SEK-CURUP'"),
        ("roads.csv", "T3.1,T3.2,5.4,hill\n", "", "roads.csv: no road leads to Hulu Sungai (T3.2)"),
        ("roads.csv", "5.4,hill", "0,hill", "column 'km': 0 is outside"),
        ("roads.csv", "5.4,hill", "5.4,mountain", "column 'road_class': unknown 'mountain'"),
        ("roads.csv", "T3.1,T3.2", "T3.1,T9.9", "column 'to_code': unknown 'T9.9'"),
        ("outside_nodes.csv", "X.KOTA", "T1.2", "row 2, column 'code': 'T1.2' is the code of a village"),
        ("bases.csv", "30,T1.1\nSEK-CURUP", "30,nowhere\nSEK-CURUP", "row 2, column 'node_code': unknown 'nowhere'"),
        ("borders.csv", "T1,T2", "T1,T8", "column 'code_b': unknown 'T8'"),
    ],
)
def test_a_wrong_value_is_said_with_file_row_and_column(folder: Path, file: str, old: str, new: str, says: str) -> None:
    edit(folder, file, lambda text: text.replace(old, new, 1))
    with pytest.raises(UserError) as caught:
        load_region(settings(folder))
    assert says in str(caught.value)


def with_turnout(folder: Path, *shares: str) -> None:
    lines = (folder / "districts.csv").read_text(encoding="utf-8").splitlines()
    rows = [",".join(row) for row in zip(lines, ["valid_vote_share_2024", *shares], strict=True)]
    (folder / "districts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_turnout_of_districts_is_relative_to_the_region(folder: Path) -> None:
    with_turnout(folder, "0.5", "0.6", "0.75")
    region = load_region(settings(folder))
    mean = (0.5 * 3600 + 0.6 * 3000 + 0.75 * 2400) / 9000
    assert [d.turnout_factor for d in region.districts] == pytest.approx([0.5 / mean, 0.6 / mean, 0.75 / mean])
    of_stations = region.turnout_factor
    assert of_stations.dtype == np.float64 and of_stations.shape == (24,)
    assert of_stations[region.stations.district == 2] == pytest.approx(0.75 / mean)
    assert np.average(of_stations, weights=region.stations.registered) == pytest.approx(1.0)


def test_turnout_is_weighted_by_the_voters_of_the_stations_that_are_given(folder: Path) -> None:
    with_turnout(folder, "0.5", "0.6", "0.75")
    (folder / "stations.csv").write_text(stations_csv(load_region(settings(SMALL_REGION))), encoding="utf-8")
    edit(folder, "districts.csv", lambda text: text.replace(",3600,", ",1,"))
    region = load_region(settings(folder))
    assert np.average(region.turnout_factor, weights=region.stations.registered) == pytest.approx(1.0)


@pytest.mark.parametrize("shares", [None, ("0.5", "", "0.75"), ("", "", ""), ("0.5", " ", "0.75")])
def test_unknown_turnout_makes_no_difference(folder: Path, shares: tuple[str, ...] | None) -> None:
    if shares is not None:
        with_turnout(folder, *shares)
    region = load_region(settings(folder))
    assert {d.turnout_factor for d in region.districts} == {1.0}
    assert region.turnout_factor.tolist() == [1.0] * 24


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        (("0.5", "1.2", "0.7"), "row 3, column 'valid_vote_share_2024': 1.2 is outside 0 to 1"),
        (("0.5", "0.6", "-0.1"), "row 4, column 'valid_vote_share_2024': -0.1 is outside 0 to 1"),
        (("0", "0.6", "0.7"), "row 2, column 'valid_vote_share_2024': 0 is not above 0"),
        (("0.5", "nan", "0.7"), "row 3, column 'valid_vote_share_2024': 'nan' is not a number from 0 to 1"),
        (("0.5", "many", ""), "row 3, column 'valid_vote_share_2024': 'many' is not a number"),
    ],
)
def test_a_turnout_that_is_no_share_is_refused(folder: Path, shares: tuple[str, ...], says: str) -> None:
    with_turnout(folder, *shares)
    with pytest.raises(UserError) as caught:
        load_region(settings(folder))
    assert f"{folder / 'districts.csv'}, {says}" in str(caught.value)


def test_a_station_over_the_limit_is_refused(folder: Path) -> None:
    region = load_region(settings(folder))
    (folder / "stations.csv").write_text(stations_csv(region), encoding="utf-8")
    row = stations_csv(region).splitlines()[1].split(",")
    edit(folder, "stations.csv", lambda text: text.replace(",".join(row[:4]), ",".join([*row[:3], "601"]), 1))
    with pytest.raises(UserError, match=r"stations\.csv, row 2, column 'registered': 601 is outside 1 to 600"):
        load_region(settings(folder))


@pytest.mark.parametrize("file", ["districts.csv", "villages.csv", "roads.csv", "bases.csv"])
def test_a_missing_file_is_said(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(UserError, match=rf"{file}: there is no such file"):
        load_region(settings(folder))


def test_an_empty_file_and_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "roads.csv").write_text("from_code,to_code,km,road_class\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"roads\.csv: has no rows"):
        load_region(settings(folder))
    (folder / "roads.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match=r"roads\.csv: cannot be read"):
        load_region(settings(folder))


def test_more_vulnerable_stations_than_stations_are_refused() -> None:
    with pytest.raises(UserError, match="only 24 regular stations"):
        load_region(settings(SMALL_REGION, very_vulnerable=20, vulnerable=10))


def test_hazards_of_villages_and_roads_are_words_and_a_region_may_be_without_them(folder: Path) -> None:
    assert not any(village.prone_to for village in load_region(settings(folder)).villages)
    assert load_region(settings(folder)).roads.prone_to == ()

    def with_hazards(file: str, hazards: list[str]) -> None:
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        hazards += [""] * (len(lines) - 1 - len(hazards))
        written = [f"{line},{cell}" for line, cell in zip(lines, ["prone_to", *hazards], strict=True)]
        (folder / file).write_text("\n".join(written) + "\n", encoding="utf-8")

    with_hazards("villages.csv", ["flood", "", " flood  fire flood"])
    with_hazards("roads.csv", ["", "landslide"])
    region = load_region(settings(folder))
    assert [village.prone_to for village in region.villages[:4]] == [("flood",), (), ("flood", "fire"), ()]
    assert [region.roads.hazards(road) for road in range(3)] == [(), ("landslide",), ()]
