"""What docs/region.md says works: from `region new` to a finished report of a regency that is not the packaged one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sim.cli import call
from sim.config.packaged import REGIONS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "region.md").read_text(encoding="utf-8")
NAMED = re.findall(
    r"`(mine/[a-z_/]+\.(?:csv|yaml))`[^`]*?(?:`[^`\n]+`[^`]*?)*\n\n```(?:csv|yaml)\n(.*?)```", PAGE, re.S
)
FILES = dict(NAMED)
TYPED = re.findall(r"^\$ simulate (.+)\n((?:(?!\$|```).*\n)*)", PAGE, re.M)
TABLES = ("districts", "villages", "roads", "bases")


def packaged_words() -> set[str]:
    """Return the names and codes of the packaged region that are nobody else's."""
    words = {"Rejang"}
    for table in ("districts", "villages", "bases", "outside_nodes"):
        for line in (REGIONS / "rejang_lebong" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split(",")
            words |= {cells[0], cells[3 if table == "districts" else 2 if table == "villages" else 1]}
    own = " ".join(FILES.values())
    return {word for word in words if len(word) > 5 and re.search(r"[A-Za-z]", word) and word not in own}


def told(said: str, shown: str) -> bool:
    """Return whether what is said is what the page shows; ``[…]`` stands for any lines."""
    parts = [re.escape(part) for part in shown.split("[…]\n")]
    return re.fullmatch("(?:.*\n)*?".join(parts), said) is not None


def filled_in(folder: Path) -> None:
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def test_the_page_has_the_files_that_it_speaks_of() -> None:
    place = {f"mine/place/{name}.csv" for name in TABLES} | {"mine/place/region.yaml"}
    assert set(FILES) == place | {"mine/strategy/ours.yaml", "mine/clash.yaml"}
    assert len(TYPED) == 7


def test_the_whole_way_ends_in_a_report_with_nothing_of_the_packaged_region(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for number, (typed, shown) in enumerate(TYPED):
        if typed.startswith("region import"):
            fill_book(Path("mine/book/region.xlsx"))
        assert call(shlex.split(typed)) == 0, (typed, capsys.readouterr().err)
        out, err = capsys.readouterr()
        if typed.startswith("region import"):
            assert "Warning: the folder had no region.yaml: one to fill in was written" in err
        else:
            assert told(out, shown), (typed, out)
            lacking = err.count("it is never met") + err.count("that force covers no place")
            assert not err or (not typed.startswith("region") and lacking == err.count("\n")), err
        if number == 0:
            filled_in(tmp_path)
    assert Path("mine/place.png").read_bytes().startswith(b"\x89PNG")
    (run,) = Path("mine/runs").iterdir()
    report = (run / "report.html").read_text(encoding="utf-8")
    assert "Two reserves" in report and "Bukit Contoh" in report and "A clash at Muara Contoh" in report
    words = packaged_words()
    assert len(words) > 100
    for file in run.rglob("*"):
        if file.is_file() and file.suffix in (".json", ".jsonl", ".csv", ".html", ".geojson", ".yaml"):
            text = file.read_text(encoding="utf-8")
            there = sorted(word for word in words if word in text)
            assert not there, (file, there)
        elif file.is_file():
            content = file.read_bytes()
            assert not [word for word in words if word.encode() in content], file
    for name in TABLES:
        assert len(Path(f"mine/other/{name}.csv").read_text(encoding="utf-8").splitlines()) > 1


def fill_book(file: Path) -> None:
    """Fill in the workbook as a planner would: numbers as numbers, codes as texts."""
    book = load_workbook(file)
    for name in TABLES:
        text = FILES[f"mine/place/{name}.csv"]
        sign = ";" if ";" in text else ","
        head, *rows = [line.split(sign) for line in text.splitlines()]
        sheet = book[name]
        assert [cell.value for cell in sheet[1]][: len(head)] == head
        for i, row in enumerate(rows, 2):
            for j, value in enumerate(row, 1):
                plain = value.replace(",", ".")
                is_number = re.fullmatch(r"-?\d+(\.\d+)?", plain) and not head[j - 1].endswith("code")
                sheet.cell(i, j, float(plain) if is_number and head[j - 1] != "code" else value)
    book.save(file)


def test_an_imported_region_is_the_one_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.config.compose import load
    from sim.region.load import load_region

    monkeypatch.chdir(tmp_path)
    assert call(["region", "new", "mine/book", "--xlsx"]) == 0
    fill_book(Path("mine/book/region.xlsx"))
    assert call(["region", "import", "mine/book/region.xlsx", "mine/other"]) == 0
    filled_in(tmp_path)
    Path("mine/other/region.yaml").write_text(FILES["mine/place/region.yaml"], encoding="utf-8")
    one, two = (
        load_region(load("calm_day", [f"region.path=mine/{name}", "strategy=even_spread"]).region)
        for name in ("place", "other")
    )
    assert (one.nodes, one.districts, one.bases) == (two.nodes, two.districts, two.bases)
    assert one.stations.code == two.stations.code and one.roads.km.tolist() == two.roads.km.tolist()


def test_readme_names_the_page_and_its_commands_are_on_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("### A region of your own")[2].partition("\n### ")[0]
    typed = re.findall(r"^\$ simulate ([^#\n]+?)\s*(?:#.*)?$", section, re.M)
    assert typed and all(one in [command for command, _ in TYPED] for one in typed), typed
    assert "docs/region.md" in section
