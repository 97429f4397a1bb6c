"""One run in which everything bears an odd name goes its whole way, and every file says those names as they are."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from sim.cli import call
from sim.report import verdict
from tests.conftest import SMALL_REGION

TITLE = r"[/] $\frac{1$ =cmd|'/C calc'!A0 <script> %s {x} {{ 7*7 }} :warning: 🚓 עברית"
STRATEGY = r"=1+1 [/bold] $\alpha$ <b onload='x'> %d {0}"
HIDDEN = "_under [/] $x^2$ _x0041_"
KIND = r"@SUM(A1) [red] $\frac{1$ <img src=x>"
PLACE = r"[/] $\frac{1$ <script> %s {x}"
BASE = r"Polres [/bold] $x$"
FOLDER = "it's [bold] {x} $HOME %s"


def quoted(text: str) -> str:
    """The text in quotes as YAML reads it."""
    return json.dumps(text, ensure_ascii=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a region, a scenario, two strategies and a kind, each with an odd name."""
    home = tmp_path_factory.mktemp("odd")
    shutil.copytree(SMALL_REGION, home / "own" / "place [1]")
    for file, row, name in (("villages", 0, PLACE), ("districts", 0, PLACE), ("bases", 0, BASE)):
        frame = pd.read_csv(home / "own" / "place [1]" / f"{file}.csv", dtype=str)
        frame.loc[row, "name"] = name
        frame.to_csv(home / "own" / "place [1]" / f"{file}.csv", index=False)
    packaged = Path(__file__).parents[2] / "conf"
    for group, source, name, title in (
        ("strategy", "even_spread", "odd", STRATEGY),
        ("strategy", "even_spread", "hidden", HIDDEN),
        ("kinds", "riot", "brawl", KIND),
    ):
        text = (packaged / group / f"{source}.yaml").read_text(encoding="utf-8")
        file = home / "own" / group / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"title: {quoted(title)}\n{re.sub('^title:.*', '', text, flags=re.M)}", encoding="utf-8")
    (home / "own" / "mine.yaml").write_text(
        f"title: {quoted(TITLE)}\ndescription: {quoted(TITLE + chr(10) + TITLE)}\nstrategies: [odd, hidden]\n"
        f'incidents:\n  - {{kind: brawl, onset: "09:40", place: {quoted(f"village {PLACE}")}, starters: 30}}\n'
        f'closures:\n  - {{between: [T1.1, T2.1], closed_at: "08:20", reopened_at: "11:30"}}\n'
        f"region:\n  path: place [1]\n  title: {quoted(PLACE)}\n"
        "  forces: {police: 300, wardens: 60}\n  derive: {very_vulnerable: 2, vulnerable: 3}\n",
        encoding="utf-8",
    )
    return home


def test_odd_names_pass_through_every_face(
    home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setenv("COLUMNS", "20000")
    monkeypatch.setattr(verdict, "LEAST_DAYS", 2)  # so that sentences with the titles are said
    few = ["run.replications=2", "run.workers=1", "run.resamples=100"]
    assert call(["--scenarios", "own", "scenario=mine", *few, "--out", FOLDER]) == 0
    said = capfd.readouterr()
    assert said.err == "", "nobody is warned of anything"
    assert f"\n{TITLE} – {PLACE}, weather dry\n" in said.out
    assert f"Against {STRATEGY}, with {HIDDEN} " in said.out
    (run,) = (home / FOLDER).iterdir()
    assert f"Report: {FOLDER}/{run.name}/report.html\n" in said.out

    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"]["title"] == TITLE
    assert [one["title"] for one in manifest["scenario"]["strategies"]] == [STRATEGY, HIDDEN]
    before = {file: file.read_bytes() for file in [run / "report.html", *(run / "figures").iterdir()]}
    assert call(["report", f"{FOLDER}/{run.name}"]) == 0
    assert capfd.readouterr().out == said.out
    assert {file: file.read_bytes() for file in before} == before, "the run read back says the same"
    page = (run / "report.html").read_text(encoding="utf-8")
    plain = html.unescape(re.sub(r"<[^>]*>", "", page))
    for text in (f"{TITLE} – {PLACE}", f"Against {STRATEGY}, with {HIDDEN} ", f"1 {PLACE}", f"{KIND}"):
        assert text in plain
    assert page.count("<script") == 1 and "<img src=x" not in page and " onload" not in re.sub(r">[^<]*<", "><", page)
    assert "simulate scenario=mine " in plain

    assert call(["exercise", "pack", "--run", f"{FOLDER}/{run.name}", "--out", "pack [b] =1"]) == 0
    said = capfd.readouterr()
    assert said.err == "" and said.out.splitlines()[0] == "pack [b] =1/control/msel.xlsx"
    assert len([file for file in home.glob("pack*/**/*") if file.is_file()]) == 16
    rows = list(load_workbook(home / "pack [b] =1" / "control" / "msel.xlsx").active.iter_rows(min_row=2))
    assert {cell.data_type for row in rows for cell in row} <= {"n", "s", "inlineStr"}, "no formula"
    texts = {str(cell.value) for row in rows for cell in row}
    assert f"{KIND}: it starts" in texts and f"Road closed: village {PLACE} - Pasar Tengah" in texts
    for name in ("control/facilitator_handbook.html", "players/situation_manual.html", "players/floor_map_a3.html"):
        source = (home / "pack [b] =1" / name).read_text(encoding="utf-8")
        assert "<script" not in source and "<img src=x" not in source and PLACE in html.unescape(source)
    assert TITLE in html.unescape(
        source := (home / "pack [b] =1/control/facilitator_handbook.html").read_text(encoding="utf-8")
    )
    assert html.escape(STRATEGY, quote=False).replace("'", "&#39;") in source

    again = home / FOLDER / "[red] *"
    shutil.copytree(run, again)
    assert call(["compare", f"{FOLDER}/{run.name}", str(again)]) == 0
    assert "[red] *" in capfd.readouterr().out


def test_odd_names_are_listed_and_found(
    home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setenv("COLUMNS", "500")
    assert call(["scenarios", "--scenarios", "own"]) == 0
    assert f"mine{' ' * 14}{TITLE}\n" in re.sub(r"mine +", f"mine{' ' * 14}", capfd.readouterr().out)
    assert call(["places", "--scenarios", "own", "scenario=mine", "frac"]) == 0
    listed = capfd.readouterr().out
    assert f"village {PLACE} " in listed and f"TPS 1 {PLACE} " in listed
    assert call(["places", "--scenarios", "own", "scenario=mine", "polres"]) == 0
    assert f" {BASE} " in capfd.readouterr().out
    assert call(["check", "own/mine.yaml"]) == 0
    out = capfd.readouterr().out
    assert out.startswith(f"own/mine.yaml: fine. {TITLE}; 2 strategies in {PLACE}.\n")
    assert re.search(rf" 09:40 +{re.escape(KIND)} +TPS", out)
    assert call(["strategies", "--scenarios", "own", "scenario=mine"]) == 0
    out = capfd.readouterr().out
    assert f"Strategies in {PLACE}" in out and f"{STRATEGY} (odd): One pair" in out
