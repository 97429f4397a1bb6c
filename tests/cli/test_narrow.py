"""Whatever a command prints fits the terminal from 60 columns on: no cell is cut and no line is wider."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import call
from sim.config.packaged import CONF
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.words.language import Language, spoken
from tests.conftest import SMALL, SMALL_REGION, small_scenario

Said = pytest.CaptureFixture[str]
RICH = (*SMALL, "region.forces.police=250")
WIDTHS = (60, 61, 80, 100, 131, 200)
QUICK = {
    "scenarios": ["scenarios"],
    "strategies": ["strategies", *SMALL],
    "strategy check": ["strategy", "check", "central_reserve", *RICH],
    "places": ["places", "Pasar"],
    "bases": ["bases"],
    "kinds": ["kinds"],
    "policies": ["policies"],
    "evacuate": ["evacuate", "school_room"],
    "region check": ["region", "check", str(SMALL_REGION)],
    "check a scenario": ["check", "{mine}/day.yaml", *SMALL],
    "check a strategy": ["check", "{mine}/strategy/plan.yaml", *RICH],
    "check a kind": ["check", "{mine}/kinds/quarrel.yaml", *SMALL],
    "check a region": ["check", str(SMALL_REGION)],
    "why, all": ["why", "{run}"],
    "why, a day": ["why", "{run}", "--replication", "1"],
    "why, one": ["why", "{run}", "--incident", "s0", "--stored"],
    "report": ["report", "{run}"],
    "compare": ["compare", "{run}", "{run}"],
}
SLOW = {
    "one-more": ["one-more", "scenario=calm_day", "strategy=central_reserve", "--days", "1", "--quiet", *RICH],
    "best-placement": ["best-placement", "scenario=calm_day", "strategy=central_reserve", *RICH],
    "evacuate an area": ["evacuate", "--area", "kaba_ring"],
}
_LEFT_WHOLE = re.compile(r"simulate |\S{40,}")
"""In lines that hold these, which one copies as a whole: a command, a path."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Two days under two strategies, with something to tell."""
    folder = tmp_path_factory.mktemp("narrow")
    return execute(
        small_scenario(
            'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 25, followers: 0}]',
            "strategy=even_spread,minimum_pattern",
            "region.forces.police=120",
            f"run.output='{folder}'",
            "run.replications=2",
            "run.workers=1",
            "run.resamples=100",
        )
    )


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario, a strategy and a kind of one's own."""
    folder = tmp_path_factory.mktemp("mine")
    texts = {
        "day.yaml": "title: A day of our own\ndescription: ''\nobjectives: []\nincidents:\n"
        "  - {kind: riot, onset: '09:40', place: Pasar Timur, starters: 25}\n",
        "strategy/plan.yaml": "defaults: [central_reserve, _self_]\ntitle: Plan of our own\n",
        "kinds/quarrel.yaml": (CONF / "kinds" / "brawl.yaml").read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def fits(args: list[str], width: int, capsys: Said) -> str:
    """Say what a command prints; every line of it fits."""
    assert call(args) == 0, capsys.readouterr().err
    out = capsys.readouterr().out
    assert "…" not in out
    wider = [line for line in out.splitlines() if len(line) > width and not _LEFT_WHOLE.search(line)]
    assert not wider, wider
    return " ".join(out.split())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", QUICK)
def test_whatever_a_command_prints_fits_the_terminal(
    name: str, language: Language, run: Run, mine: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.report.write.write", lambda run, comparison: run.path / "report.html")
    args = [arg.format(run=run.path, mine=mine) if "{" in arg else arg for arg in QUICK[name]]
    with spoken(language):
        for width in WIDTHS:
            monkeypatch.setenv("COLUMNS", str(width))
            assert fits(args, width, capsys)


@pytest.mark.parametrize("name", SLOW)
def test_what_takes_longer_fits_the_narrowest(name: str, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert fits(SLOW[name], 60, capsys)


def test_a_list_on_a_narrow_terminal_says_all_that_it_says_on_a_wide_one(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = []
    for width in (60, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        words.append(set(fits(["places", "--kind", "road", *SMALL], width, capsys).split()))
    assert not {word for word in words[1] - words[0] if set(word) != {"─"}}


def test_where_only_ascii_can_be_written_a_table_still_is_one(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    done = subprocess.run([sys.executable, "-m", "sim", "places", "Pasar"], capture_output=True, text=True, env=environ,
                          cwd=tmp_path, timeout=120, check=False)  # fmt: skip
    assert done.returncode == 0 and not done.stderr
    assert done.stdout.isascii() and "Pasar Baru" in done.stdout and "\\u" not in done.stdout
