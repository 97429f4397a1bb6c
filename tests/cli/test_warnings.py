"""What is odd though not wrong is said on standard error, a line each, and changes nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sim.cli import call
from sim.cli.show import Warnings
from tests.conftest import SMALL, SMALL_REGION


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    text = (folder / "roads.csv").read_text(encoding="utf-8")
    (folder / "roads.csv").write_text(text.replace("T1.1,T1.2,4.2,", "T1.1,T1.2,42,"), encoding="utf-8")
    return folder


def line(folder: Path) -> str:
    return f"Warning: {folder / 'roads.csv'}, row 2, column 'km': 42 km, but its ends are 4.0 km apart in a straight line\n"


def test_check_warns(odd: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.yaml"
    derive = "{very_vulnerable: 2, vulnerable: 3}"
    file.write_text(
        f"defaults: [calm_day, _self_]\ntitle: Mine\nstrategies: [even_spread]\n"
        f"region: {{path: '{odd}', forces: {{police: 120}}, derive: {derive}}}\n"
    )
    assert call(["check", str(file)]) == 0
    said = capsys.readouterr()
    assert said.err == line(odd)
    assert "fine" in said.out and "Warning" not in said.out


def test_a_folder_is_named_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["region", "new", str(tmp_path / "own\nError: all is lost")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert r"own\nError: all is lost" in said[0] and not any(one.startswith("Error") for one in said)


def test_a_run_warns_and_stores_nothing_of_it(odd: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = [f"region.path={odd}" if override.startswith("region.path") else override for override in SMALL]
    quick = ["run.replications=1", "run.workers=1", "run.resamples=100"]
    job = ["scenario=calm_day", "strategy=even_spread", *small, *quick, "--json", "--out", str(tmp_path / "runs")]
    assert call(job) == 0
    said = capsys.readouterr()
    assert said.err == line(odd)
    assert json.loads(said.out)["days"] == 1
    for file in (tmp_path / "runs").rglob("*"):
        assert not file.is_file() or b"straight line" not in file.read_bytes()


def test_a_strategy_whose_boxes_nobody_can_escort_is_warned_of(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    nobody = ["strategy.escort=reserve_escorts", "strategy.patrols=[]", "response.sector_patrol_size=0"]
    quick = ["run.replications=1", "run.workers=1", "run.resamples=100", "--json", "--out", str(tmp_path / "runs")]
    assert call(["scenario=calm_day", "strategy=even_spread", *SMALL, *nobody, *quick]) == 0
    assert capsys.readouterr().err == (
        "Warning: strategy 'even_spread': escort: reserve_escorts, but there is no patrol and no reserve; "
        "all ballot boxes go home without officers\n"
    )


def test_many_warnings_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    warnings = Warnings()
    warnings.say([f"odd {i}" for i in range(25)])
    warnings.say(["odd 1", "odd 24", "odd 30"])
    said = capsys.readouterr().err.splitlines()
    assert said == [*(f"Warning: odd {i}" for i in range(20)), "Warning: … and 5 more like these", "Warning: odd 30"]


def test_a_warning_is_one_line_whatever_it_names(capsys: pytest.CaptureFixture[str]) -> None:
    Warnings().say(["own\nError: all is lost: not read", "odd"])
    assert capsys.readouterr().err == "Warning: own\\nError: all is lost: not read\nWarning: odd\n"
