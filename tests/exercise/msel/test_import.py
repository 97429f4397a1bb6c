"""``simulate exercise import``: shows what a list holds, says what is wrong with it, and never writes over a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call
from sim.exercise.msel import read, written
from sim.exercise.msel.preview import MOST_ROWS
from sim.words.language import Language
from tests.exercise.msel.conftest import HEADINGS, LIST, ROW, START, saved

FOREIGN = "No;Waktu;Uraian;Kepada;Unsur;Keterngan\n1;07.30;Satu;posko;semua;pelan\n2;08.05;Dua;posko;TNI;\n"


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "list.xlsx"
    file.write_bytes(written(LIST, START))
    return file


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    file = tmp_path / "theirs.csv"
    file.write_text(FOREIGN)
    return file


def said(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert call(["exercise", "import", *map(str, args)]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert call(["exercise", "import", *map(str, args)]) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(("language", "clock"), [(Language.ENGLISH, "07:10"), (Language.INDONESIAN, "07.10")])
def test_a_list_of_ours_is_shown_on_80_columns(
    own: Path, capsys: pytest.CaptureFixture[str], language: Language, clock: str
) -> None:
    out = said(capsys, own, f"language={language}")
    assert max(len(line) for line in out.splitlines() if str(own) not in line) <= 80
    assert "T+3:16" in out and clock in out and "Kept back" in out and "23" in out
    assert f" --run RUN --msel {own}" in out


def test_a_long_list_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(number, *ROW[1:]) for number in range(1, MOST_ROWS + 6)]
    out = said(capsys, saved(tmp_path / "long.xlsx", [HEADINGS, *rows]))
    assert "… and 5 more." in out and f"Injects: {MOST_ROWS + 5}; no mistake." in out


def test_a_foreign_list_becomes_one_of_ours(foreign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, foreign)
    assert "Waktu (a usual name for it: check)" in out and "Not read: Keterngan." in out
    assert "Perhaps 'Keterngan' is the column 'note'; then add: --map Keterngan=note" in out
    assert "Nothing was written" in out and [*tmp_path.iterdir()] == [foreign]
    ours = tmp_path / "ours.xlsx"
    out = said(capsys, foreign, "--map", "Keterngan=note", "--start", "06.30", "--out", ours, "--yes")
    assert "Keterngan (as --map says)" in out and "Not read" not in out
    found = read(ours)
    assert found.start == START and found.mapped.is_own and found.checked()[0].note == "pelan"
    assert found.checked() == read(foreign, START, ("Keterngan=note",)).checked()


def test_a_list_with_mistakes_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = saved(tmp_path / "list.xlsx", [HEADINGS, ROW, (1, "05:00", "", "evnt", "all", "x", "")])
    ours = tmp_path / "ours.xlsx"
    err = refused(capsys, file, "--start", "06:30", "--out", ours, "--yes")
    assert "row 3, column 'type': unknown 'evnt'" in err and "row 3, column 'scenario time': 05:00 is before" in err
    assert "row 3, column 'seq': 1 is the number of row 2 already" in err and not ours.exists()


def test_nothing_is_written_over_a_file(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = own.read_bytes()
    assert "is there already and is not written over" in refused(capsys, own, "--out", own, "--yes")
    assert own.read_bytes() == before
    assert "its name must end in .xlsx" in refused(capsys, own, "--out", tmp_path / "list.csv", "--yes")
    assert "cannot be written" in refused(capsys, own, "--out", tmp_path / "no" / "list.xlsx", "--yes")


def test_it_asks_before_it_writes(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "ours.xlsx"
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert "there is nobody to be asked" in refused(capsys, own, "--out", ours)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answer in (False, True):
        monkeypatch.setattr("click.confirm", lambda _text, answer=answer: answer)
        out = said(capsys, own, "--out", ours)
        assert ("Written:" in out, "Nothing was written." in out, ours.exists()) == (answer, not answer, answer)


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("--start", "soon"), "--start: 'soon' is not a time of day such as 09:40"),
        (("--map", "Wktu=text"), "no column of the file is headed 'Wktu'; did you mean 'Waktu'?"),
    ],
)
def test_wrong_options(foreign: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], why: str) -> None:
    assert why in refused(capsys, foreign, *args)
