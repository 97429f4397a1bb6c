"""Tables with gaps: what may be left out is, what may not is said with its file, row and column."""

from __future__ import annotations

import csv
import re
import shutil
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from sim.config.compose import load
from sim.config.region import RegionSettings
from sim.errors import UserError
from sim.region.load import load_region, read_region
from sim.region.region import Region
from sim.region.write import write_region
from sim.text import shown
from tests.conftest import SMALL, SMALL_REGION
from tests.nasty import ALLOWED, REFUSED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))


@cache
def settings() -> RegionSettings:
    return load("calm_day", [*SMALL, "strategy=even_spread"]).region


def region(folder: Path | str) -> Region:
    return load_region(settings().model_copy(update={"path": str(folder)}))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("villages.csv", ",Air Jernih,", ",,", "row 3, column 'name': is empty"),
        ("roads.csv", "T3.1,T3.2,5.4,hill", "T3.1,T3.2", "the row is too short"),
        ("roads.csv", "T3.1,T3.2,5.4,hill", "T3.2,T3.2,5.4,hill", "a road joins two different places, once"),
        (
            "roads.csv",
            "T3.1,T3.2,5.4,hill",
            "T3.1,T3.2,5.4,hill\nT3.2,T3.1,5.4,hill",
            "a road joins two different places, once",
        ),
    ],
)
def test_a_row_with_a_gap_or_written_twice_is_said(folder: Path, file: str, old: str, new: str, says: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        region(folder)
    assert says in str(caught.value)
    assert file in str(caught.value)


HARMFUL = {"formula": "=1+1", "minus": "-1", "too long": "x" * 101, "cut open": "a\nb"}


@pytest.mark.parametrize("name", [*(n for n, (_, why) in REFUSED.items() if why != "blank"), *HARMFUL])
def test_a_name_that_would_do_harm_where_it_is_shown_is_said_with_its_place(folder: Path, name: str) -> None:
    text = HARMFUL[name] if name in HARMFUL else REFUSED[name][0]
    rows = list(csv.reader((folder / "villages.csv").read_text(encoding="utf-8").splitlines()))
    rows[2][2] = f"a{text}b" if text[0] in "\t\r" else text  # spaces round a value make no difference
    with (folder / "villages.csv").open("w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
        csv.writer(stream).writerows(rows)
    with pytest.raises(UserError) as caught:
        region(folder)
    said = str(caught.value)
    assert "villages.csv" in said and shown(said) == said and len(said) < 700
    if "surrogate" in name or "byte" in name:
        assert "not UTF-8" in said
    elif name == "null":
        assert "a NUL byte: this is no text" in said
    else:
        assert ", column 'name': " in said and ("may not" in said or "characters at most" in said)


@pytest.mark.parametrize(
    ("file", "column", "row"), [("districts", "name", 0), ("bases", "agency", 3), ("bases", "code", 1), ("roads", "road_class", 1),
                                ("outside_nodes", "name", 0), ("villages", "kind", 4), ("region", "title", 0)]
)  # fmt: skip
def test_no_table_of_a_region_takes_such_a_text(folder: Path, file: str, column: str, row: int) -> None:
    write_region(region(folder), folder)
    frame = pd.read_csv(folder / f"{file}.csv", dtype=str)
    frame.loc[row, column] = "\x1b[31m"
    frame.to_csv(folder / f"{file}.csv", index=False)
    with pytest.raises(UserError, match=rf"{file}.csv, row {row + 2}, column '{column}'.*may not hold a control char"):
        read_region(folder)


@pytest.mark.parametrize(
    "name", [n for n in ALLOWED if n not in ("formula", "plus", "minus", "at") and len(ALLOWED[n]) < 90]
)
def test_an_odd_name_is_read_made_into_stations_and_read_back(folder: Path, name: str, tmp_path: Path) -> None:
    for file in ("villages", "bases", "districts"):
        frame = pd.read_csv(folder / f"{file}.csv", dtype=str)
        frame.loc[0, "name"] = ALLOWED[name]
        frame.to_csv(folder / f"{file}.csv", index=False)
    found = region(folder)
    write_region(found, tmp_path / "again")
    again = read_region(tmp_path / "again")
    assert again.villages[0].name == again.bases[0].name == again.districts[0].name == ALLOWED[name]
    assert f"TPS 1 {ALLOWED[name]}" in again.stations.name and again.stations.name == found.stations.name


def test_stations_made_up_of_the_longest_names_can_be_read_back(folder: Path, tmp_path: Path) -> None:
    text = (folder / "villages.csv").read_text(encoding="utf-8").replace("Pasar Barat", "b" * 100)
    (folder / "villages.csv").write_text(text.replace("T1.4,", f"{'c' * 100},"), encoding="utf-8")
    for file in (folder / "roads.csv", folder / "bases.csv"):
        file.write_text(re.sub(r"T1\.4\b", "c" * 100, file.read_text(encoding="utf-8")), encoding="utf-8")
    special = f"village_code,name,registered\nT1.1,{'s' * 100},50\n"
    (folder / "special_stations.csv").write_text(special, encoding="utf-8")
    write_region(region(folder), tmp_path / "again")
    assert f"{'s' * 100} ({'b' * 100})" in read_region(tmp_path / "again").stations.name


def test_a_region_that_is_not_there_offers_the_nearest_packaged_one() -> None:
    with pytest.raises(UserError, match=r"'rejang_lebon' is neither a folder.*did you mean 'rejang_lebong'"):
        region("rejang_lebon")


def test_borders_may_be_left_out(folder: Path) -> None:
    (folder / "borders.csv").unlink()
    assert region(folder).borders == frozenset()
