"""A region that was written as tables is read back the same, to the last bit, without the tables it came from."""

from __future__ import annotations

import csv
import shutil
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.config.compose import load
from sim.config.region import RegionSettings
from sim.errors import UserError
from sim.region.load import load_region, read_region
from sim.region.write import write_region
from sim.text import TABLE_NAME
from sim.vocabulary import Access
from tests.conftest import SMALL, SMALL_REGION


def differences(one: object, two: object) -> list[str]:
    """Names of the fields in which two dataclasses are not equal, arrays to the last bit and in their type."""
    found = []
    for field in fields(one):  # type: ignore[arg-type]
        a, b = getattr(one, field.name), getattr(two, field.name)
        if isinstance(a, np.ndarray):
            if a.dtype != b.dtype or a.shape != b.shape or a.tobytes() != np.ascontiguousarray(b).tobytes():
                found.append(field.name)
        elif hasattr(a, "__dataclass_fields__"):
            found += [f"{field.name}.{name}" for name in differences(a, b)]
        elif a != b:
            found.append(field.name)
    return found


def settings_of(*overrides: str) -> RegionSettings:
    return load("calm_day", ["strategy=even_spread", *overrides]).region


SMALL_ONE = load_region(settings_of(*SMALL))
REGIONS = {
    "packaged": settings_of(),
    "small": settings_of(*SMALL),
    "another seed": settings_of("region.derive.seed=77", "region.title='Kabupaten Contoh, dua'"),
}


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_is_read_back_as_it_was_written(name: str, tmp_path: Path) -> None:
    region = load_region(REGIONS[name])
    write_region(region, tmp_path / "tables")
    assert differences(read_region(tmp_path / "tables"), region) == []
    assert read_region(tmp_path / "tables").turnout_factor.tobytes() == region.turnout_factor.tobytes()


@pytest.mark.parametrize("name", REGIONS)
def test_the_written_tables_are_a_region_folder_like_any_other(name: str, tmp_path: Path) -> None:
    region = load_region(REGIONS[name])
    write_region(region, tmp_path)
    other_rule = REGIONS[name].derive.model_copy(update={"seed": 5, "access_km": 0.1})
    again = load_region(REGIONS[name].model_copy(update={"path": str(tmp_path), "derive": other_rule}))
    assert differences(again, region) == []


def test_writing_what_was_read_gives_the_same_bytes(tmp_path: Path) -> None:
    write_region(SMALL_ONE, tmp_path / "one")
    write_region(read_region(tmp_path / "one"), tmp_path / "two")
    files = sorted(file.name for file in (tmp_path / "one").iterdir())
    assert "stations.csv" in files and "region.csv" in files
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12).map(
    lambda text: text if TABLE_NAME.fault(text) is None else f"n{text}"
)
DEGREES = st.floats(-0.15, 0.15)
"""Of latitude and longitude away from the middle of the small region."""


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_names_and_numbers_come_back_exactly(tmp_path: Path, data: st.DataObject) -> None:
    s, region = SMALL_ONE.stations, SMALL_ONE
    n, villages = len(s), len(region.villages)
    numbers = st.lists(DEGREES, min_size=n, max_size=n)
    away = st.lists(st.floats(0.0, 99.0), min_size=n, max_size=n)
    classes = data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    stations = replace(
        s,
        name=tuple(data.draw(st.lists(NAMES, min_size=n, max_size=n))),
        registered=np.array(data.draw(st.lists(st.integers(1, 600), min_size=n, max_size=n))),
        vulnerability=np.array(classes, dtype=np.int8),
        access_km=np.array(data.draw(away)),
        access=tuple(data.draw(st.lists(st.sampled_from(list(Access)), min_size=n, max_size=n))),
        special=np.array(classes) == 0,
        lat=np.array(data.draw(numbers)) - 1.0,
        lon=np.array(data.draw(numbers)) + 110.15,
    )
    drawn_places = data.draw(st.lists(st.tuples(NAMES, DEGREES, DEGREES), min_size=villages, max_size=villages))
    places = [(name, lat - 1.0, lon + 110.15) for name, lat, lon in drawn_places]
    drawn = replace(
        region,
        title=data.draw(NAMES),
        stations=stations,
        villages=tuple(replace(v, name=p[0], lat=p[1], lon=p[2]) for v, p in zip(region.villages, places, strict=True)),
        nodes=tuple(replace(v, name=p[0], lat=p[1], lon=p[2]) for v, p in zip(region.nodes, places, strict=False))
        + region.nodes[villages:],
        roads=replace(region.roads, km=np.array([data.draw(st.floats(40, 999)) for _ in region.roads.km])),
        districts=tuple(replace(d, turnout_factor=data.draw(st.floats(0.01, 9))) for d in region.districts),
    )
    write_region(drawn, tmp_path)
    assert differences(replace(read_region(tmp_path), remarks=()), drawn) == []


def test_a_region_without_places_outside_or_borders_leaves_none_of_another(tmp_path: Path) -> None:
    write_region(SMALL_ONE, tmp_path)
    inside = len(SMALL_ONE.villages)
    roads = SMALL_ONE.roads
    keep = (roads.u < inside) & (roads.v < inside)
    bare = replace(
        SMALL_ONE,
        nodes=SMALL_ONE.nodes[:inside],
        bases=tuple(base for base in SMALL_ONE.bases if base.node < inside),
        roads=replace(roads, **{name: getattr(roads, name)[keep] for name in ("u", "v", "km", "road_class")}),
        borders=frozenset(),
    )
    write_region(bare, tmp_path)
    assert differences(read_region(tmp_path), bare) == []


def test_special_stations_may_hold_more_than_the_rule_gives_to_others(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    (folder / "special_stations.csv").write_text("village_code,name,registered\nT1.1,Prison,590\n", encoding="utf-8")
    own = settings_of(*SMALL, f"region.path={folder}", "region.derive.most_registered=450")
    region = load_region(own)
    assert region.stations.registered[region.stations.special].tolist() == [590]
    write_region(region, tmp_path / "written")
    again = load_region(own.model_copy(update={"path": str(tmp_path / "written")}))
    assert differences(again, region) == []


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("0", "row 2, column 'turnout_factor': 0 is not above 0"),
        ("", "row 2, column 'turnout_factor': '' is not a number"),
        ("-1", "row 2, column 'turnout_factor': -1 is outside"),
    ],
)
def test_a_turnout_factor_that_is_none_is_refused(tmp_path: Path, value: str, says: str) -> None:
    write_region(SMALL_ONE, tmp_path)
    file = tmp_path / "districts.csv"
    rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
    rows[0]["turnout_factor"] = value
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(UserError) as caught:
        read_region(tmp_path)
    assert says in str(caught.value)


def test_a_folder_that_was_not_written_has_no_title_to_read() -> None:
    with pytest.raises(UserError, match=r"region\.csv: there is no such file"):
        read_region(SMALL_REGION)
