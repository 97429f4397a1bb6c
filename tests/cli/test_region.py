"""``simulate region new``, ``check`` and ``import``: nothing half-written, nothing overwritten, one message a mistake."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib.image
import pytest
from openpyxl import load_workbook

from sim.cli import call
from sim.region.columns import USERS
from sim.region.fresh import write_fresh
from sim.region.template.csv_tables import columns_page
from tests.conftest import SMALL_REGION
from tests.region.test_sheets import book

Said = pytest.CaptureFixture[str]


def run(*args: object) -> int:
    return call([str(arg) for arg in args])


def test_new_writes_every_table_its_page_and_its_settings_and_check_says_what_to_fill_in(
    tmp_path: Path, capsys: Said
) -> None:
    place = tmp_path / "ours"
    assert run("region", "new", place) == 0
    names = {columns.file for columns in USERS} | {"region.yaml", "COLUMNS.md"}
    assert {file.name for file in place.iterdir()} == names
    assert "region.yaml" in capsys.readouterr().out
    assert (place / "COLUMNS.md").read_text(encoding="utf-8") == columns_page()
    assert run("region", "check", place) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith(
        "region.forces.police and region.forces.wardens are missing: how many people the operation has"
    )
    assert len(lines) == 5 and all("the row of the template is still there" in line for line in lines[1:])


@pytest.mark.parametrize("semicolon", [[], ["--semicolon"]])
def test_a_template_has_the_columns_that_its_table_needs(tmp_path: Path, semicolon: list[str]) -> None:
    assert run("region", "new", tmp_path / "ours", *semicolon) == 0
    for columns in USERS:
        head, *rows = (tmp_path / "ours" / columns.file).read_text(encoding="utf-8").splitlines()
        assert tuple(head.split(";" if semicolon else ",")) == columns.needed
        assert len(rows) == columns.needed_by_all


def test_nothing_that_is_there_is_overwritten_and_nothing_is_left_half_written(tmp_path: Path, capsys: Said) -> None:
    place = tmp_path / "ours"
    place.mkdir()
    (place / "roads.csv").write_text("mine")
    assert run("region", "new", place) == 2
    assert capsys.readouterr().err == f"Error: {place / 'roads.csv'}: is there already; nothing is overwritten\n"
    assert [file.name for file in place.iterdir()] == ["roads.csv"] and (place / "roads.csv").read_text() == "mine"
    assert run("region", "new", place / "roads.csv") == 2
    assert "is a file, and a folder is needed" in capsys.readouterr().err


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    written: list[int] = []

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run("region", "new", tmp_path / "a" / "b") == 2
    assert capsys.readouterr().err.endswith("cannot be written (No space left on device)\n")
    assert list(tmp_path.iterdir()) == []


def test_a_stop_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_fresh(tmp_path / "a", {"x": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_check_says_totals_by_district_forces_and_plans_that_fit_and_draws_a_map(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    picture = tmp_path / "map.png"
    assert run("region", "check", SMALL_REGION, "--map", picture) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("Tanjung Contoh: 3 districts, 10 villages, 24 stations, 9,000 registered voters\n")
    rows = {
        line.split("  ")[0].strip(): line.split() for line in out.splitlines() if line.startswith((" Tanj", " all"))
    }
    assert rows["Tanjung Barat"][2:] == ["4", "10", "3,600", "5", "8", "7", "12"]
    assert rows["all"][1:] == ["10", "24", "9,000", "11", "15", "12", "69"]
    assert "Forces: 238 officers, 890 wardens. Attached units: 6. Ambulances: 9. Beds: 108." in out
    assert "Packaged strategies that fit: central_reserve" in out
    pixels = matplotlib.image.imread(picture)
    assert pixels.shape[0] > 300 and pixels.shape[1] > 600 and pixels[:, :, :3].std() > 0.02
    assert run("region", "check", SMALL_REGION, "--map", picture) == 2
    assert "map.png: is there already; nothing is overwritten" in capsys.readouterr().err
    assert run("region", "check", SMALL_REGION, "--map", tmp_path / "map.txt") == 2
    assert "must end in .png, .svg or .pdf" in capsys.readouterr().err


def test_check_says_every_mistake_of_tables_and_settings_at_once(tmp_path: Path, capsys: Said) -> None:
    place = Path(shutil.copytree(SMALL_REGION, tmp_path / "ours"))
    villages = (place / "villages.csv").read_text(encoding="utf-8")
    (place / "villages.csv").write_text(villages.replace("Pasar Barat,ward", "Pasar Barat,wrad", 1), encoding="utf-8")
    settings = (place / "region.yaml").read_text(encoding="utf-8")
    (place / "region.yaml").write_text(settings.replace("police: 238", "police: many", 1), encoding="utf-8")
    assert run("region", "check", place) == 2
    lines = capsys.readouterr().err.splitlines()
    assert (
        len(lines) == 2
        and "region.yaml: region.forces.police = 'many'" in lines[0]
        and "row 2, column 'kind'" in lines[1]
    )


def test_bases_that_the_settings_name_and_the_table_lacks_are_all_said(tmp_path: Path, capsys: Said) -> None:
    place = Path(shutil.copytree(SMALL_REGION, tmp_path / "ours"))
    settings = (place / "region.yaml").read_text(encoding="utf-8")
    changed = settings.replace("base: BRIMOB", "base: BRIMOP").replace("base: RSUD", "base: RSUT")
    (place / "region.yaml").write_text(changed, encoding="utf-8")
    assert run("region", "check", place) == 2
    one, two = capsys.readouterr().err.splitlines()
    assert "response.attached[0].base: unknown base 'BRIMOP' in Tanjung Contoh; did you mean 'Brimob'?" in one
    assert "evacuation.care.facilities[0].base: unknown base 'RSUT'" in two


def test_a_region_without_help_is_fine_and_is_told_so(tmp_path: Path, capsys: Said) -> None:
    place = Path(shutil.copytree(SMALL_REGION, tmp_path / "ours"))
    (place / "region.yaml").write_text("region: {forces: {police: 60, wardens: 48}}\n", encoding="utf-8")
    assert run("region", "check", place) == 0
    out, err = capsys.readouterr()
    assert "ours: 3 districts" in out and "Attached units: 0. Ambulances: 0. Beds: 0." in out
    assert [line.split(":")[1].strip() for line in err.splitlines()] == [
        "response.attached", "evacuation.care.ambulances", "evacuation.care.facilities",
    ]  # fmt: skip


def test_import_writes_tables_that_are_the_same_region_or_nothing(tmp_path: Path, capsys: Said) -> None:
    file, place = tmp_path / "region.xlsx", tmp_path / "ours"
    book().save(file)
    assert run("region", "import", file, place) == 0
    assert "one to fill in was written" in capsys.readouterr().err
    there = {columns.file for columns in USERS if (SMALL_REGION / columns.file).exists()}
    assert {one.name for one in place.iterdir()} == there | {"region.yaml"}
    shutil.copy(SMALL_REGION / "region.yaml", place / "region.yaml")
    assert run("region", "check", place) == 0
    assert "Tanjung Contoh: 3 districts, 10 villages, 24 stations, 9,000 registered voters" in capsys.readouterr().out
    before = {one.name: one.read_bytes() for one in place.iterdir()}
    assert run("region", "import", file, place) == 2
    assert "is there already; nothing is overwritten" in capsys.readouterr().err
    assert {one.name: one.read_bytes() for one in place.iterdir()} == before


def test_an_import_with_a_mistake_writes_nothing(tmp_path: Path, capsys: Said) -> None:
    file, place = tmp_path / "region.xlsx", tmp_path / "ours"
    made = book()
    made["villages"]["E2"] = "=1+1"
    made["bases"]["C2"] = "polise"
    made.save(file)
    assert run("region", "import", file, place) == 2
    one, two = capsys.readouterr().err.splitlines()
    assert "sheet 'villages', row 2, column 'lat': '=1+1' is a formula" in one
    assert "sheet 'bases', row 2, column 'agency': unknown 'polise'; did you mean 'police'?" in two
    assert not place.exists()


def test_a_region_yaml_that_is_there_is_kept_by_an_import(tmp_path: Path) -> None:
    place = tmp_path / "ours"
    assert run("region", "new", place, "--xlsx") == 0
    (place / "region.yaml").write_text("region: {forces: {police: 1, wardens: 1}}\n", encoding="utf-8")
    book().save(place / "region.xlsx")
    assert run("region", "import", place / "region.xlsx", place) == 0
    assert (place / "region.yaml").read_text(encoding="utf-8").startswith("region: {forces: {police: 1")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["region", "check", "nowhere"], "there is no such folder or workbook"),
        (["region", "check", "a.txt"], "a folder with tables of a region is needed, or a workbook"),
        (["region", "import", "a.txt", "x"], "its name must end in .xlsx"),
        (["region", "import", "nowhere.xlsx", "x"], "there is no such folder or workbook"),
        (["region", "check", "a.xlsx"], "it is not a workbook of Excel"),
        (["region", "new", "a.txt"], "is a file, and a folder is needed"),
        (["region", "nwe"], "No such command 'nwe'"),
    ],
)
def test_bad_input_is_one_clear_message(
    tmp_path: Path, args: list[str], says: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "a.xlsx"):
        Path(name).write_text("x")
    assert call(args) == 2
    assert says in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "a.xlsx"]


def test_an_ascii_terminal_is_enough(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for args in (["new", str(tmp_path / "kabupatén")], ["check", str(tmp_path / "kabupatén")]):
        command = [sys.executable, "-m", "sim", "region", *args]
        done = subprocess.run(command, check=False, env=env, capture_output=True, text=True)
        assert done.returncode == (0 if args[0] == "new" else 2) and "Traceback" not in done.stderr, done.stderr


def test_the_workbook_of_the_template_can_be_filled_in_and_opened_again(tmp_path: Path) -> None:
    assert run("region", "new", tmp_path / "ours", "--xlsx") == 0
    made = load_workbook(tmp_path / "ours" / "region.xlsx")
    assert made["villages"]["A2"].number_format == "@", "a code stays a text"
    assert made["villages"]["E2"].value == -1.02
