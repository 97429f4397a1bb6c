"""Whatever shows what a scenario is called says the settings that its title names, in both languages."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

import pytest

from sim.cli import call
from sim.config import told
from sim.config.compose import load
from sim.config.packaged import SCENARIOS
from sim.config.source import read_yaml
from sim.config.titles import scenario_names, titles
from sim.words.language import Language, spoken
from tests.conftest import QUIET, SMALL

Said = pytest.CaptureFixture[str]
NAMES = sorted(file.stem for file in SCENARIOS.glob("*.yaml"))
_MARK = re.compile(rf"\{{({'|'.join(told.SPOKEN_OF)})[\[.]")
TITLE = "title: A riot in {incidents[0].place} at {incidents[0].onset}\n"
MINE = (
    TITLE
    + """description: It begins at {incidents[0].onset}.
objectives: ["Somebody is there before {incidents[0].onset}"]
strategies: [even_spread, risk_weighted]
incidents: [{kind: riot, onset: "09:40", place: district 2, starters: 20}]
"""
)


def own(folder: Path, text: str) -> Path:
    (folder / "own").mkdir()
    (folder / "own" / "mine.yaml").write_text(text, encoding="utf-8")
    return folder / "own"


def test_a_packaged_title_names_a_setting() -> None:
    """Else the tests below look at nothing."""
    assert [name for name in NAMES if _MARK.search(read_yaml(SCENARIOS / f"{name}.yaml")["title"])]


@pytest.mark.parametrize("language", Language)
def test_the_list_calls_every_scenario_what_its_report_calls_it(language: Language, capsys: Said) -> None:
    assert call(["scenarios", f"language={language}"]) == 0
    out, err = capsys.readouterr()
    listed = dict(line.split(maxsplit=1) for line in out.splitlines())
    with spoken(language):
        assert listed == {name: load(name).said_title for name in NAMES} == scenario_names()
    assert err == "" and "{" not in out


@pytest.mark.parametrize(
    ("onset", "title"),
    [
        ('"09:40"', "A riot in district 2 at 09:40"),
        ('"9:40"', "A riot in district 2 at 09:40"),
        ('["09:40", "10:10"]', "A riot in district 2 at 09:40 to 10:10"),
    ],
)
def test_ones_own_is_listed_as_it_is_told_however_its_file_writes_it(tmp_path: Path, onset: str, title: str) -> None:
    folder = own(tmp_path, MINE.replace('"09:40"', onset))
    assert scenario_names(folder)["mine"] == load("mine", (), folder).said_title == title


def test_a_title_that_names_what_its_file_does_not_hold_is_told_too(tmp_path: Path) -> None:
    folder = own(tmp_path, MINE.replace(TITLE, "title: Within {kinds.flood.course.most_km} km\n"))
    assert scenario_names(folder)["mine"] == "Within 0.6 km"
    (folder / "mine.yaml").write_text(MINE.replace("incidents[0].place", "incidents[7].place"), encoding="utf-8")
    assert scenario_names(folder)["mine"] == "A riot in – at 09:40"


def test_a_title_that_names_no_setting_is_left_out_and_said(tmp_path: Path) -> None:
    folder = own(tmp_path, MINE.replace("incidents[0].place", "incidents[0].plaice"))
    found, broken = titles("scenario", folder)
    assert "mine" not in found and set(found) == set(NAMES)
    (said,) = broken
    assert "mine" in said and "did you mean 'place'?" in said


@pytest.mark.parametrize("language", Language)
def test_no_page_and_no_paper_shows_the_marks_of_a_text(
    language: Language, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own(tmp_path, MINE)
    monkeypatch.chdir(tmp_path)
    small = [*SMALL, "region.forces.police=260"]
    few = ["--scenarios", str(folder), *small, *QUIET, "scenario=mine"]
    spoken_in = f"language={language}"
    quick = ["run.replications=2", "run.workers=1", "run.resamples=100"]
    assert call([*few, *quick, spoken_in, "--out", "runs"]) == 0
    (run,) = Path("runs").iterdir()
    for words in (
        ["report", str(run)],
        ["playback", str(run)],
        ["orders", str(run), "--strategy", "even_spread"],
        ["exercise", "pack", "--run", str(run), "--out", "pack"],
        ["exercise", "new", "room", "--run", str(run)],
        ["check", str(folder / "mine.yaml"), *small],
        ["strategies", *few],
        ["scenarios", "--scenarios", str(folder)],
    ):
        assert call([*words, spoken_in]) == 0, words
    out, err = capsys.readouterr()
    assert not _MARK.search(out + err)
    clock = "09.40" if language is Language.INDONESIAN else "09:40"
    assert out.count(f"A riot in district 2 at {clock}") >= 3
    pages = [*tmp_path.glob("runs/**/*.html"), *tmp_path.glob("pack/**/*.html")]
    documents = [*tmp_path.rglob("*.docx"), *tmp_path.rglob("*.xlsx")]
    assert len(pages) >= 5 and len(documents) >= 5
    told_in = set()
    for file in pages:
        text = html.unescape(file.read_text(encoding="utf-8"))
        assert not _MARK.search(text), file
        told_in |= {file.name} if f"A riot in district 2 at {clock}" in text else set()
    assert {"report.html", "facilitator_handbook.html"} <= told_in
    for file in documents:
        with zipfile.ZipFile(file) as parts:
            for part in parts.namelist():
                assert not _MARK.search(parts.read(part).decode("utf-8", "replace")), (file, part)
