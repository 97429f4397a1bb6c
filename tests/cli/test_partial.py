"""A run of which some days are missing says so wherever something is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call
from sim.experiment.execute import execute
from sim.experiment.journal import JOURNAL, journal_of
from sim.experiment.store import read
from tests.conftest import small_scenario

SAID = "Partial: 2 of 4 days are finished"
RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 25}]'


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("half")
    more = ("run.replications=4", "run.batch=2", "run.workers=1", "run.resamples=100")
    run = read(execute(small_scenario(RIOT, *more), out=out).path)
    run.begin()
    (run.path / JOURNAL).write_bytes(journal_of(run.batches[:1]))
    return run.path


@pytest.mark.parametrize("command", [["report"], ["why"], ["compare"]], ids=" ".join)
def test_the_terminal_says_so(half: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    runs = [str(half)] * (2 if command == ["compare"] else 1)
    assert call([*command, *runs]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert SAID in out or "partial, 2 of 4 days" in out


def test_the_report_the_playback_and_the_handout_say_so(half: Path, tmp_path: Path) -> None:
    assert call(["report", str(half)]) == call(["playback", str(half)]) == 0
    assert call(["exercise", "pack", "--run", str(half), "--out", str(tmp_path)]) == 0
    (handout,) = tmp_path.rglob("facilitator_handbook.html")
    for page in (half / "report.html", half / "playback.html", handout):
        assert SAID in " ".join(page.read_text(encoding="utf-8").split()), page.name
