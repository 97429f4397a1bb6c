"""What docs/roads.md says works: its files are written, its commands typed, and what it shows is what comes of them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sim.cli import call
from sim.region.road_import import drawn, geojson, importing, openstreetmap
from sim.region.road_import.classes import HIGHWAY, NO_ROAD
from sim.region.road_import.read import READERS

PAGE = (Path(__file__).parents[1] / "docs" / "roads.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`(mine/[a-z_/]+\.(?:csv|geojson))`[^\n]*\n\n```(?:csv|json)\n(.*?)```", PAGE, re.S))
TYPED = re.findall(r"^\$ simulate (.+)\n((?:(?!\$|```).*\n)*)", PAGE, re.M)


def test_its_commands_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(FILES) == {"mine/region/villages.csv", "mine/lines.geojson", "mine/region/roads.csv"}
    table = FILES["mine/region/roads.csv"]
    for name, text in FILES.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        if text != table:
            Path(name).write_text(text, encoding="utf-8")
    first, second = TYPED
    assert call(shlex.split(first[0])) == 0
    said = capsys.readouterr()
    assert said.out == first[1] and said.err == "", "no warning"
    assert Path("mine/region/roads.csv").read_text(encoding="utf-8") == table
    assert call(shlex.split(second[0])) == 0
    assert Path("mine/region/roads.csv").read_text(encoding="utf-8") != table
    assert sorted(path.name for path in Path("mine/region").iterdir()) == ["roads.csv", "villages.csv"]


def test_its_table_of_values_is_the_one_that_is_used() -> None:
    table = PAGE.partition("| `highway` | class |")[2].partition("\n\n")[0].splitlines()[2:]
    told = {value: row.split(" | ")[1].strip(" |") for row in table for value in re.findall(r"`(\w+)`", row)}
    dropped = [value for value, name in told.items() if name.startswith("dropped")]
    assert dropped == list(NO_ROAD)
    assert {value: name for value, name in told.items() if value not in dropped} == HIGHWAY


def test_its_numbers_are_those_of_the_program() -> None:
    for ending in READERS:
        assert f"`{ending}`" in PAGE
    for number in (drawn.MOST_LINES, drawn.MOST_POINTS, importing.MOST_PLACES):
        assert f"{number:,}" in PAGE
    assert f"{geojson.MOST_BYTES // 1024**2} MiB" in PAGE and f"{openstreetmap.MOST_BYTES // 1024**3} GiB" in PAGE
    assert f"`--snap` km ({importing.SNAP_KM:g}, an assumption; {importing.MOST_OPTION_KM:g} at most)" in PAGE
    assert f"`--through` km longer ({importing.THROUGH_KM:g}, an assumption; {importing.MOST_OPTION_KM:g}" in PAGE
