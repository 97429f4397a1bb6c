"""The command as a user meets it, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import SMALL

QUICK = [*SMALL, "region.forces.police=120", "run.replications=4", "run.batch=2", "run.workers=1", "run.resamples=100"]
COMMAND = [sys.executable, "-m", "sim"]


def simulate(*args: str, cwd: Path | None = None, width: int = 100) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "COLUMNS": str(width), "NO_COLOR": "1"}
    return subprocess.run([*COMMAND, *args], capture_output=True, text=True, cwd=cwd, env=env, timeout=180, check=False)


def quick(*args: str, scenario: str = "calm_day", cwd: Path) -> subprocess.CompletedProcess[str]:
    return simulate(f"scenario={scenario}", "strategy=even_spread,minimum_pattern", *QUICK, *args, cwd=cwd)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """A run of four days under two strategies, and what it said as JSON."""
    folder = tmp_path_factory.mktemp("runs")
    done = quick("--json", "--out", str(folder), cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)


def test_help_imports_nothing_heavy() -> None:
    heavy = ("numpy", "hydra", "pandas", "matplotlib", "rich", "pydantic", "scipy", "numba", "simpy", "duckdb")
    code = (
        "import sys; from sim.cli import call; code = call(['--help']); "
        f"print('LOADED', [m for m in {heavy!r} if m in sys.modules], code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "LOADED [] 0" in done.stdout
    assert "scenario=riot_kecamatan3" in done.stdout


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, sim; print([m for m in ('numpy', 'pandas', 'hydra', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_json_is_one_object_and_nothing_else(played: tuple[Path, dict]) -> None:
    _, answer = played
    assert answer["days"] == 4
    assert {row["strategy"] for row in answer["measures"]} == {"even_spread", "minimum_pattern"}
    assert answer["conclusion"]
    assert Path(answer["report"]).is_file()
    for figure in ("response", "coverage", "map", "units", "differences"):
        assert (Path(answer["run"]) / "figures" / f"{figure}.png").read_bytes().startswith(b"\x89PNG")


def test_the_report_stands_alone(played: tuple[Path, dict]) -> None:
    page = Path(played[1]["report"]).read_text(encoding="utf-8")
    assert "data:image/png;base64," in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    for sentence in played[1]["conclusion"]:
        assert sentence.split("'")[0] in page.replace("&#39;", "'")


def test_a_report_written_again_is_the_same(played: tuple[Path, dict]) -> None:
    page = Path(played[1]["report"])
    before = page.read_bytes()
    done = simulate("report", played[1]["run"])
    assert done.returncode == 0, done.stderr
    assert page.read_bytes() == before
    assert "Coverage, start" in done.stdout


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(played: tuple[Path, dict], width: int) -> None:
    done = simulate("report", played[1]["run"], width=width)
    assert max(len(line) for line in done.stdout.splitlines() if not line.startswith("Report:")) <= width


def test_runs_of_one_seed_can_be_put_side_by_side(played: tuple[Path, dict]) -> None:
    folder, answer = played
    other = json.loads(quick("weather=heavy_rain", "--json", "--out", str(folder), cwd=folder).stdout)
    done = simulate("compare", answer["run"], other["run"])
    assert done.returncode == 0 and "minimum_pattern" in done.stdout
    third = json.loads(quick("run.seed=5", "--json", "--out", str(folder), cwd=folder).stdout)
    refused = simulate("compare", answer["run"], third["run"])
    assert refused.returncode == 2 and "different seeds" in refused.stderr


def test_a_sweep_is_one_run_each(tmp_path: Path) -> None:
    done = quick("weather=dry,heavy_rain", "--json", cwd=tmp_path)
    runs = json.loads(done.stdout)["runs"]
    assert len(runs) == 2 and len({run["run"] for run in runs}) == 2


def test_cfg_prints_settings_and_runs_nothing(tmp_path: Path) -> None:
    done = quick("--cfg", "run.seed=77", cwd=tmp_path)
    assert done.returncode == 0
    assert "seed: 77" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["scenarios"], ["strategies"], ["completion", "bash"], ["--version"]])
def test_small_commands(command: list[str]) -> None:
    done = simulate(*command)
    assert done.returncode == 0, done.stderr
    expected = {"scenarios": "riot_kecamatan3", "strategies": "central_reserve", "completion": "_SIMULATE_COMPLETE"}
    assert expected.get(command[0], "0.1.0") in done.stdout


def test_check_says_what_it_found(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        'title: Mine\nincidents:\n  - {kind: clash, onset: "10:15", place: Pasar PU Tanding}\n', encoding="utf-8"
    )
    done = simulate("check", str(file))
    assert done.returncode == 0 and "10:15 Clash between supporters at TPS" in done.stdout
    file.write_text(
        'title: Mine\nincidents:\n  - {kind: clash, onset: "10:15", place: Pasar PU Tandin}\n', encoding="utf-8"
    )
    wrong = simulate("check", str(file))
    assert wrong.returncode == 2 and "Pasar PU Tanding" in wrong.stderr and "incidents[0].place" in wrong.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["scenario=riot_kecamatn3"], "did you mean 'riot_kecamatan3'"),
        (["scenario=calm_day", "strategy=minimum_patern"], "did you mean 'minimum_pattern'"),
        (["scenario=calm_day", "run.replicatons=3"], "did you mean 'replications'"),
        (["scenario=calm_day", "voting.close=780"], '"13:00"'),
        (["scenario=calm_day", "run.replications=0"], "run.replications = 0"),
        (["scenario=calm_day", "voting.close='06:00'"], "close must come after open"),
        (["scenario=calm_day", "region.path=nowhere"], "neither a folder nor a packaged region"),
        (["scenario=calm_day", "region.forces.police=200"], "spends more than there is"),
        (["scenario=calm_day", "strategy.dispatch.policy=nearest"], "unknown policy 'nearest'"),
        (["scenario=calm_day", "--scenarios", "nowhere"], "there is no such folder"),
        (["scenario=calm_day", "--out", "/dev/null/x"], "cannot be written"),
        (["scenario=calm_day", "--frobnicate"], "--frobnicate"),
        (["scenarois"], "did you mean 'simulate scenarios'"),
        (["calm_day"], "simulate scenario=calm_day"),
        (["check", "nowhere.yaml"], "no such file"),
        (["report", "nowhere"], "no such folder"),
        (["resume", "."], "not the folder of a run"),
        (["completion", "tcsh"], "'tcsh'"),
    ],
)
def test_a_users_mistake_is_one_clear_message(tmp_path: Path, args: list[str], says: str) -> None:
    done = simulate(*args, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == [], "nothing half-written"


def test_our_fault_is_said_to_be_ours() -> None:
    code = (
        "import sys, sim.config.compose as c; from sim.cli import call\n"
        "c.scenario_names = lambda folder: 1 / 0\nsys.exit(call(['scenarios']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "not yours: ZeroDivisionError" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_and_names_what_is_finished(tmp_path: Path, workers: int) -> None:
    args = [*COMMAND, "scenario=calm_day", "strategy=even_spread", *SMALL, "run.replications=100000", "run.batch=1",
            f"run.workers={workers}", "--quiet", "--out", str(tmp_path)]  # fmt: skip
    process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 90
    while (
        not any('"finished": [\n' in f.read_text() for f in tmp_path.glob("*/manifest.json"))
        and time.monotonic() < deadline
    ):
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert re.search(r"Stopped: stopped after \d+ of 100000 days, kept in .*simulate resume", err), err
    assert "Traceback" not in err and out == ""
    (folder,) = tmp_path.iterdir()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["state"] == "interrupted" and manifest["finished"]
    assert not list(folder.rglob("*.tmp"))
