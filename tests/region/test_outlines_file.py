"""Outlines of districts from a file: taken by code or name, drawn on maps, kept with a run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.config.compose import load
from sim.errors import UserError
from sim.region.load import load_region
from sim.region.outline import district_areas, outlines
from sim.region.region import Region
from tests.conftest import SMALL, SMALL_REGION

BASE = load("calm_day", [*SMALL, "strategy=even_spread"]).region
SQUARE = [[109.9, -1.1], [110.1, -1.1], [110.1, -0.9], [109.9, -0.9], [109.9, -1.1]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))


def feature(name: str, corners: Any = SQUARE, kind: str = "Polygon") -> dict[str, Any]:
    shape = [corners] if kind == "Polygon" else [[corners], [corners]]
    return {"type": "Feature", "properties": {"n": 1, "name": name}, "geometry": {"type": kind, "coordinates": shape}}


def read(folder: Path, content: Any) -> Region:
    text = content if isinstance(content, str) else json.dumps({"type": "FeatureCollection", "features": content})
    (folder / "outlines.geojson").write_text(text, encoding="utf-8")
    return load_region(BASE.model_copy(update={"path": str(folder)}))


def test_outlines_are_found_by_code_or_name_however_written(folder: Path) -> None:
    others = [feature("Somewhere"), {"type": "Feature", "properties": None, "geometry": None}]
    region = read(folder, [feature("T1"), feature("TANJUNG  tengah", kind="MultiPolygon"), feature("T3"), *others])
    assert [len(rings) for rings in region.outlines] == [1, 2, 1] and region.remarks == ()
    assert [district for district, _ in district_areas(region)] == [0, 1, 1, 2]
    assert all(np.array_equal(area, np.array(SQUARE)) for _, area in district_areas(region))
    assert len(outlines(region)) == 4


def test_a_district_without_an_outline_keeps_the_cells_of_its_villages(folder: Path) -> None:
    region = read(folder, [feature("T1")])
    (remark,) = region.remarks
    assert remark.endswith("has no outline of 2 of 3 districts (Tanjung Tengah, Tanjung Timur)")
    assert sorted(d for d, _ in district_areas(region)) == [0, 1, 1, 1, 2, 2, 2]


def test_a_district_of_the_same_name_far_away_is_another_one(folder: Path) -> None:
    far = [[x + 10, y] for x, y in SQUARE]
    region = read(folder, [feature("T1", far), feature("T2")])
    assert [len(rings) for rings in region.outlines] == [0, 1, 0]


def test_a_file_of_other_districts_is_remarked_and_draws_nothing(folder: Path) -> None:
    region = read(folder, [feature("Nowhere")])
    (remark,) = region.remarks
    assert (
        "no outline is of a district: one of its properties must be the code of a district in districts.csv" in remark
    )
    assert region.outlines == () and len(district_areas(region)) == 10


def test_without_a_file_there_are_none() -> None:
    assert load_region(BASE).outlines == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("no json", "cannot be read (it is not JSON)"),
        ("[" * 5_000, "cannot be read (it is not JSON)"),
        ("{}", "a FeatureCollection of polygons in longitude and latitude is needed"),
        ([3], "feature 1: a FeatureCollection"),
        ([feature("T1", [[1, 2]])], "feature 1: a FeatureCollection of polygons in longitude and latitude is needed; a ring"),
        ([feature("T1", [["x", 2]] * 4)], "feature 1: a FeatureCollection"),
        ([feature("T1", [[-1.1, 109.9], [-1.1, 110.1], [-0.9, 110.1]])], "longitude comes first in GeoJSON, and here latitude does"),
        ([feature("T1", [[230_000, 9e6], [240_000, 9e6], [240_000, 9.1e6]])], "these are no degrees"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_refused_by_name(folder: Path, content: Any, says: str) -> None:
    with pytest.raises(UserError) as refused:
        read(folder, content)
    assert str(refused.value).startswith(f"{folder / 'outlines.geojson'}: ") and says in str(refused.value)


def test_outlines_change_nothing_but_maps(folder: Path) -> None:
    plain, region = load_region(BASE), read(folder, [feature("T1"), feature("T2"), feature("T3")])
    assert (plain.nodes, plain.bases, plain.districts) == (region.nodes, region.bases, region.districts)
    assert np.array_equal(plain.stations.registered, region.stations.registered)
