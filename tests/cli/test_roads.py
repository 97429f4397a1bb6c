"""``simulate roads``: what it writes is a region's table of roads; what it refuses leaves nothing behind."""

from __future__ import annotations

import csv
import inspect
import shutil
from pathlib import Path

import click
import pytest

from sim.cli import call
from sim.cli.roads import command
from sim.config.compose import load
from sim.region.load import PACKAGED, load_region, read_region
from sim.region.road_import import importing
from sim.region.write import write_region
from tests.conftest import SMALL, SMALL_REGION
from tests.region.road_import.drawings import feature, geojson


def straight_roads(folder: Path) -> str:
    """Return the roads of a region as a map on which each is a straight line."""
    places = {}
    for name in ("villages.csv", "outside_nodes.csv"):
        with (folder / name).open(encoding="utf-8") as stream:
            places |= {row["code"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(stream)}
    with (folder / "roads.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return geojson([feature(row["road_class"], [places[row["from_code"]], places[row["to_code"]]]) for row in rows])


def _pairs(table: Path) -> set[tuple[frozenset[str], str]]:
    with table.open(encoding="utf-8") as stream:
        return {(frozenset((row["from_code"], row["to_code"])), row["road_class"]) for row in csv.DictReader(stream)}


@pytest.mark.parametrize("name", ["rejang_lebong", str(SMALL_REGION)])
def test_the_roads_of_a_region_drawn_as_a_map_give_the_same_roads(name: str, tmp_path: Path) -> None:
    folder = PACKAGED / name
    lines, out = tmp_path / "lines.geojson", tmp_path / "roads.csv"
    lines.write_text(straight_roads(folder), encoding="utf-8")
    assert call(["roads", str(lines), "--region", name, "--out", str(out), "--through", "0"]) == 0
    assert _pairs(out) == _pairs(folder / "roads.csv")


def test_the_table_is_one_that_a_region_is_read_with(tmp_path: Path) -> None:
    write_region(load_region(load("calm_day", [*SMALL, "strategy=even_spread"]).region), tmp_path / "region")
    lines, out = tmp_path / "lines.geojson", tmp_path / "region" / "roads.csv"
    lines.write_text(straight_roads(SMALL_REGION), encoding="utf-8")
    before = read_region(tmp_path / "region")
    assert call(["roads", str(lines), "--region", str(tmp_path / "region"), "--out", str(out), "--overwrite"]) == 0
    region = read_region(tmp_path / "region")
    assert len(region.roads.km) > 10 and region.remarks == before.remarks
    assert (region.roads.km < before.roads.km.max()).all() and region.villages == before.villages


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL_REGION, tmp_path / "region")
    (tmp_path / "lines.geojson").write_text(straight_roads(SMALL_REGION), encoding="utf-8")
    (tmp_path / "paths.geojson").write_text(geojson([feature("path", [(-1, 110), (-1, 110.1)])]), encoding="utf-8")
    (tmp_path / "far.geojson").write_text(geojson([feature("primary", [(40, 10), (40, 10.1)])]), encoding="utf-8")
    (tmp_path / "old.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("nowhere.csv")
    (tmp_path / "none").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["lines.geojson", "--region", "region"], "Missing option '--out'"),
        (["lines.geojson", "--out", "new.csv"], "Missing option '--region'"),
        (["lines.geojson", "--region", "regio", "--out", "new.csv"], "--region: 'regio' is neither a folder nor a packaged region"),
        (["lines.geojson", "--region", "none", "--out", "new.csv"], "villages.csv: there is no such file; a region's folder needs it"),
        (["lines.geojson", "--region", "region", "--out", "old.csv"], "--out old.csv: is there already; --overwrite replaces it"),
        (["lines.geojson", "--region", "region", "--out", "link.csv"], "--out link.csv: is there already"),
        (["lines.geojson", "--region", "region", "--out", "new.txt"], "--out new.txt: its name must end in .csv"),
        (["lines.geojson", "--region", "region", "--out", "missing/new.csv"], "--out missing/new.csv: cannot be written (No such file"),
        (["none.geojson", "--region", "region", "--out", "new.csv"], "none.geojson: cannot be read (No such file or directory)"),
        (["lines.geojson", "--region", "region", "--out", "new.csv", "--snap", "51"], "--snap 51: is not a number from 0 to 50 km"),
        (["lines.geojson", "--region", "region", "--out", "new.csv", "--snap", "nan"], "--snap nan: is not a number from 0 to 50 km"),
        (["lines.geojson", "--region", "region", "--out", "new.csv", "--through", "-1"], "--through -1: is not a number from 0 to 50 km"),
        (["lines.geojson", "--region", "region", "--out", "new.csv", "--class", "path"], "--class path: a rule is VALUE=CLASS"),
        (["lines.geojson", "--region", "region", "--out", "new.csv", "--class", "path=trnk"], "--class path=trnk: unknown class 'trnk'; did you mean 'trunk'?"),
        (["lines.geojson", "--region", "region", "--out", "new.csv", "--class", "a=hill", "--class", "a=local"], "--class a=local: 'a' has a rule already"),
        (["lines.geojson", "--region", "region", "--out", "new.csv", "--property", "kelas"], "no line in it has the property 'kelas' (12 lines without it"),
        (["paths.geojson", "--region", "region", "--out", "new.csv"], "no line in it is a road; 'highway' is 'path'; --class VALUE=CLASS says"),
        (["far.geojson", "--region", "region", "--out", "new.csv"], "far.geojson: no village is reached by a road: the nearest is"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_clear_message_and_nothing_is_written(
    args: list[str], says: str, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(own.iterdir())
    assert call(["roads", *args]) == 2
    said = capsys.readouterr()
    assert says in said.err and "Traceback" not in said.err and said.err.count("Error: ") == 1
    assert sorted(own.iterdir()) == before and Path("old.csv").read_text(encoding="utf-8") == "mine"


def test_what_is_cut_off_is_a_warning_and_the_rest_is_written(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "few.geojson").write_text(geojson([feature("primary", [(-1.0, 110.0), (-0.97, 110.02)])]), encoding="utf-8")
    assert call(["roads", "few.geojson", "--region", "region", "--out", "old.csv", "--overwrite", "--snap", "0.1"]) == 0
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert lines[0].startswith("Warning: Bukit Kapur (T1.3): no road within 0.1 km; a region whose places are not all")
    assert "old.csv: 1 road, " in said.out
    assert Path("old.csv").read_text(encoding="utf-8").startswith("from_code,to_code,km,road_class\nT1.1,T1.2,4.0")
    shutil.copy("old.csv", "region/roads.csv")
    assert call(["places", f"region.path={own / 'region'}"]) == 2
    assert "roads.csv: no road leads to" in capsys.readouterr().err


def test_the_quickest_way_is_asked_for(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ends = [(-1.0, 110.0), (-0.97, 110.02)]
    bent = [ends[0], (-0.98, 110.0), ends[1]]
    (own / "two.geojson").write_text(geojson([feature("track", ends), feature("trunk", bent)]), encoding="utf-8")
    typed = ["roads", "two.geojson", "--region", "region", "--snap", "0.1", "--out"]
    assert call([*typed, "short.csv"]) == call([*typed, "quick.csv", "--quickest"]) == 0
    assert "take at most as much longer than the quickest" in capsys.readouterr().out
    classes = [
        Path(name).read_text(encoding="utf-8").splitlines()[1].split(",")[3] for name in ("short.csv", "quick.csv")
    ]
    assert classes == ["local", "trunk"]


def test_a_place_to_snap_to_and_a_way_through_are_those_of_the_api() -> None:
    defaults = {param.name: param.default for param in command.params if isinstance(param, click.Option)}
    assert (defaults["snap"], defaults["through"]) == (importing.SNAP_KM, importing.THROUGH_KM)
    assert defaults["key"] == inspect.signature(importing.ImportSettings).parameters["key"].default
