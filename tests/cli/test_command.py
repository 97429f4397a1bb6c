"""The command as a user meets it: in a process of its own where that matters, else called as the process calls it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import call
from sim.config.compose import load
from sim.experiment import batch as executing
from sim.experiment.execute import execute
from sim.words.measures import TWIN_HEADING
from tests.conftest import SMALL

QUICK = [*SMALL, "region.forces.police=120", "run.replications=4", "run.batch=2", "run.workers=1", "run.resamples=100"]
GAME = ["scenario=calm_day", "strategy=even_spread,minimum_pattern", *QUICK]
ONE = ["scenario=calm_day", "strategy=minimum_pattern"]


def python(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, cwd=cwd, timeout=180, check=False)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """A run of four days under two strategies, and what it said as JSON, in a process of its own."""
    folder = tmp_path_factory.mktemp("it's runs")
    done = python("-m", "sim", *GAME, "--json", "--out", str(folder), cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return folder, json.loads(done.stdout)


def test_help_imports_nothing_heavy() -> None:
    heavy = (
        "numpy",
        "hydra",
        "pandas",
        "matplotlib",
        "rich",
        "pydantic",
        "scipy",
        "numba",
        "simpy",
        "duckdb",
        "joblib",
    )
    code = (
        "import sys; from sim.cli import call; code = call(['--help']); "
        f"print('LOADED', [m for m in {heavy!r} if m in sys.modules], code)"
    )
    done = python("-c", code)
    assert "LOADED [] 0" in done.stdout
    assert "\n  simulate scenario=riot_kecamatan3  " in done.stdout, "examples keep their lines"


CHECKED = (
    "scenarios/riot_kecamatan3.yaml",
    "conf/strategy/even_spread.yaml",
    "conf/kinds/riot.yaml",
    "sim/region/data/rejang_lebong",
)
"""One of each sort of files that can be checked."""


@pytest.fixture(scope="module")
def loaded_by_checks() -> dict[str, str]:
    """What heavy modules were there after the check of each file, and its code, all in one process of their own."""
    heavy = ("numba", "pandas", "matplotlib", "duckdb", "joblib", "sim.log", "sim.region.route", "sim.coverage.inputs")
    code = (
        "import sys; from sim.cli import call\n"
        f"for file in {CHECKED!r}:\n"
        "    code = call(['check', file])\n"
        f"    print('LOADED', file, [m for m in {heavy!r} if m in sys.modules], code)"
    )
    lines = [line.split(" ", 2) for line in python("-c", code).stdout.splitlines() if line.startswith("LOADED ")]
    return {file: said for _, file, said in lines}


@pytest.mark.parametrize("file", CHECKED)
def test_a_check_compiles_nothing_and_draws_no_figure(file: str, loaded_by_checks: dict[str, str]) -> None:
    assert loaded_by_checks[file] == "[] 0"


@pytest.mark.parametrize("said", [None, "2"])
def test_a_check_leaves_the_environment_as_it_was(said: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if said is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", said)
    before = dict(os.environ)
    assert call(["check", "scenarios/riot_kecamatan3.yaml"]) == 0
    assert call(["check", "scenarios/nowhere.yaml"]) == 2
    assert dict(os.environ) == before


def test_a_check_that_ends_says_nothing_more_than_it_found() -> None:
    done = python("-m", "sim", "check", "scenarios/riot_kecamatan3.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    done = python("-m", "sim", "check", "scenarios/nowhere.yaml")
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.count("\n") == 1


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, sim; print([m for m in ('numpy', 'pandas', 'hydra', 'pydantic') if m in sys.modules])\n"
        "from sim import *\nprint([name for name in sim.__all__ if name not in globals()], dir(sim) == sorted(sim.__all__))"
    )
    assert python("-c", code).stdout.split("\n")[:2] == ["[]", "[] True"]


def test_the_command_alone_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert call([]) == 0
    assert "Usage: simulate" in capsys.readouterr().out


def test_json_is_one_object_and_nothing_else(played: tuple[Path, dict]) -> None:
    folder, answer = played
    chances = [row["best"] for row in answer["best"] if row["measure"] == "coverage_over_day"]
    assert sum(chances) == pytest.approx(1.0)
    assert Path(answer["run"]).parent == folder
    assert answer["command"].startswith("simulate scenario=calm_day ")
    assert answer["days"] == 4
    assert {row["strategy"] for row in answer["measures"]} == {"even_spread", "minimum_pattern"}
    assert answer["conclusion"]
    for table in ("measures", "differences", "best"):
        whose = {row["measure"]: row["incidents"] for row in answer[table]}
        assert whose["within_standard"] == "own" and whose["within_standard_common"] == "common"
        assert whose["votes_lost"] is None
    assert Path(answer["report"]).is_file()
    for figure in ("response", "coverage", "map", "units", "differences", "votes"):
        assert (Path(answer["run"]) / "figures" / f"{figure}.png").read_bytes().startswith(b"\x89PNG")


def test_the_report_stands_alone(played: tuple[Path, dict]) -> None:
    page = Path(played[1]["report"]).read_text(encoding="utf-8")
    assert "data:image/png;base64," in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    for sentence in played[1]["conclusion"]:
        assert sentence.split("'")[0] in page.replace("&#39;", "'")


@pytest.mark.parametrize("width", [80, 120])
def test_a_report_written_again_is_the_same_and_fits_the_terminal(
    played: tuple[Path, dict], width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    page = Path(played[1]["report"])
    before = page.read_bytes()
    assert call(["report", played[1]["run"]]) == 0
    assert page.read_bytes() == before
    out = capsys.readouterr().out
    assert "Coverage, day" in out
    values, _, differences = out.partition("Differences from")
    assert TWIN_HEADING not in values and differences.count(TWIN_HEADING) >= 4
    assert max(len(line) for line in out.splitlines() if not line.startswith(("Report:", "To watch"))) <= width


def test_runs_are_named_by_what_differs_and_paired_where_they_met_the_same_days(
    played: tuple[Path, dict], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def other(*overrides: str) -> str:
        return str(execute(load(None, [*GAME, *overrides]), out=tmp_path).path)

    one = played[1]["run"]
    assert call(["compare", one, other("weather=heavy_rain")]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "minimum_pattern" in out
    assert "weather=heavy_rain and weather=dry met the same days: differences are paired, on 4 days." in out
    assert "Nothing is concluded from 4 days" in out
    assert call(["compare", one, other("run.seed=5", "run.replications=1")]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "run.seed=5 and run.seed=20241127 are not paired: their seeds differ." in out
    assert call(["compare", one, other("run.replications=1")]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "the days that these runs have in common, 1 of them" in out and "Every difference is zero." in out
    assert call(["compare", "--json", "--html", str(tmp_path / "page.html"), one, one]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [run["days_compared"] for run in said["runs"]] == [4, 4] and Path(said["page"]).is_file()
    assert {row["difference"] for row in said["differences"]} <= {0, None}
    assert call(["compare", one]) == 2
    assert "runs to compare: 1" in capsys.readouterr().err


def test_a_sweep_is_one_run_each_named_by_its_own_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    assert call(["weather=dry,heavy_rain", *GAME, "strategy=even_spread", "run.replications=1"]) == 0
    runs = sorted(file for file in (tmp_path / "runs").iterdir() if file.is_dir())
    commands = [json.loads((run / "manifest.json").read_text())["command"] for run in runs]
    assert sorted(re.findall(r"weather=\w+", " ".join(commands))) == ["weather=dry", "weather=heavy_rain"]
    out = capsys.readouterr().out
    summary, _, listed = out.partition("Summary of 2 runs")[2].partition("The 2 runs of this sweep:")
    assert summary.count("  even_spread") == 2 and "weather=dry" in summary and "From onset," in summary
    page = re.search(r"Page: (.*)\n", listed)
    assert page is not None and (tmp_path / page[1]).is_file()
    assert all(command in listed for command in commands)
    assert all(f"runs/{run.name}/report.html" in listed for run in runs)


def test_cfg_prints_settings_and_runs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call([*GAME, "--cfg", "run.seed=77", "--out", "there"]) == 0
    out = capsys.readouterr().out
    assert "seed: 77" in out and "output: there" in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["scenarios"], r"riot_kecamatan3 +A riot"),
        (["strategies"], r"central_reserve +62 +124 +0 +114 +0 +890 +0"),
        (["--version"], "0.1.0"),
        *((["completion", shell], "_SIMULATE_COMPLETE") for shell in ("bash", "zsh", "fish")),
    ],
)
def test_small_commands(command: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(command) == 0
    assert re.search(says, capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("simulate sc", {"scenario", "scenarios", "scenario="}),
        ("simulate re", {"region", "repair", "report", "resume", "region.", "response."}),
    ],
)
def test_commands_and_settings_complete(words: str, offered: set[str]) -> None:
    env = {**os.environ, "_SIMULATE_COMPLETE": "bash_complete", "SIMULATE_LINE": words}
    done = subprocess.run([sys.executable, "-c", "import sim.cli; sim.cli.main()"], capture_output=True, text=True,
                          env=env, timeout=60, check=False)  # fmt: skip
    assert {line.partition(",")[2] for line in done.stdout.split()} == offered


def played_rows(out: str) -> list[list[str]]:
    """Return the cells of the table of what a scenario plays."""
    lines = re.split(r"─ *\n", out)[-1].splitlines()
    return [re.split(r" {2,}", line.strip()) for line in lines if line.strip()]


def test_check_says_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.yaml"
    text = 'title: Mine\nincidents:\n  - {kind: clash, onset: "10:15", place: Pasar PU Tanding}\n'
    file.write_text(text, encoding="utf-8")
    assert call(["check", str(file)]) == 0
    (row,) = played_rows(capsys.readouterr().out)
    assert row[:3] == ["incidents[0]", "10:15", "Clash between supporters"] and row[3].startswith("TPS ")
    file.write_text(text.replace("Tanding", "Tandin"), encoding="utf-8")
    assert call(["check", str(file)]) == 2
    wrong = capsys.readouterr().err
    assert "Pasar PU Tanding" in wrong and "incidents[0].place" in wrong


def test_check_names_places_as_a_scenario_may_write_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.yaml"
    text = (
        "title: Mine\nstrategies: [minimum_pattern]\n"
        'incidents:\n  - {kind: clash, onset: "10:15", place: village Kota Padang}\n'
        '  - {kind: clash, onset: "10:20", place: 17.02.10.2016/01}\n'
        'closures:\n  - {between: [17.02.11.2015, Beringin Tiga], closed_at: "09:00", reopened_at: "10:00"}\n'
    )
    file.write_text(text, encoding="utf-8")
    assert call(["check", str(file)]) == 0
    out = capsys.readouterr().out
    rows = played_rows(out)
    assert rows[2][:4] == ["closures[0]", "09:00 to 10:00", "road closed", "Beringin Tiga - Mojorejo"]
    clashes = [row[3] for row in rows[:2]]
    assert clashes[1] == "TPS 1 Suka Rami (17.02.10.2016/01)", "two villages have this name"
    file.write_text(
        text.replace("village Kota Padang", clashes[0]).replace("17.02.10.2016/01", clashes[1]), encoding="utf-8"
    )
    assert call(["check", str(file)]) == 0
    assert [row[3] for row in played_rows(capsys.readouterr().out)[:2]] == clashes


def test_check_says_between_what_times_and_of_what_places_one_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.yaml"
    text = (
        "title: Mine\nstrategies: [minimum_pattern]\nincidents:\n"
        '  - {kind: riot, onset: ["09:00", "11:00"], among: [kecamatan 3, Mojorejo, Cawang Lama]}\n'
        '  - {kind: clash, onset: ["10:00", "10:30"], place: 17.02.10.2016/01}\n'
        '  - {kind: landslide, onset: "08:15", among: [Mojorejo - Beringin Tiga, Sumber Urip - Sumber Bening]}\n'
    )
    file.write_text(text, encoding="utf-8")
    assert call(["check", str(file)]) == 0
    riot, clash, slide = played_rows(capsys.readouterr().out)
    assert riot[1:3] == ["09:00 to 11:00, drawn", "Riot"]
    said = r"one of (?:district )?Sindang Kelingi \(\d+ stations\), Mojorejo \(\d+ stations\), Cawang"
    assert re.match(said, riot[3])
    assert clash[1:4] == ["10:00 to 10:30, drawn", "Clash between supporters", "TPS 1 Suka Rami (17.02.10.2016/01)"]
    assert slide[1:4] == ["08:15", "Landslide", "one of Beringin Tiga - Mojorejo, Sumber Urip - Sumber Bening"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["places", "Mojorejp"], "did you mean 'Mojorejo'"),
        (["scenario=riot_kecamatn3"], "did you mean 'riot_kecamatan3'"),
        (["scenario=calm_day", "strategy=minimum_patern"], "did you mean 'minimum_pattern'"),
        ([*ONE, "run.replicatons=3"], "did you mean 'replications'"),
        ([*ONE, "voting.close=780"], '"13:00"'),
        ([*ONE, "run.replications=0"], "run.replications = 0"),
        ([*ONE, "voting.close='06:00'"], "close must come after open"),
        ([*ONE, "region.path=nowhere"], "neither a folder nor a packaged region"),
        ([*ONE, "region.forces.police=200"], "spends more than there is"),
        ([*ONE, "region.forces.police=238,200"], "spends more than there is"),
        (
            [*ONE, "strategy.dispatch.policy=neerest"],
            "strategy.dispatch.policy = 'neerest': unknown; did you mean 'nearest'?",
        ),
        ([*ONE, "--scenarios", "nowhere"], "there is no such folder"),
        ([*ONE, "--out", "/dev/null/x"], "cannot be written"),
        ([*ONE, "--frobnicate"], "--frobnicate"),
        (["scenarois"], "did you mean 'simulate scenarios'"),
        (["calm_day"], "simulate scenario=calm_day"),
        (["check", "nowhere.yaml"], "no such file"),
        (["report", "nowhere"], "no such folder"),
        (["resume", "."], "not the folder of a run"),
        (["exercise", "pack", "scenario=calm_day,riot_kecamatan3"], "one scenario"),
        (["completion", "tcsh"], "'tcsh'"),
    ],
)
def test_a_users_mistake_is_one_clear_message(
    tmp_path: Path, args: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(args) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert list(tmp_path.iterdir()) == [], "nothing half-written"


def test_a_mistake_ends_the_process_with_its_code() -> None:
    done = python("-m", "sim", "scenarois")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("debug", [True, False])
def test_our_fault_is_said_to_be_ours(
    debug: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.config.titles.titles", lambda _group, _folder: 1 // 0)
    assert call(["scenarios", *(["--debug"] if debug else [])]) == 1
    said = capsys.readouterr().err
    assert "not yours: ZeroDivisionError" in said
    assert ("Traceback" in said) == debug


@pytest.mark.parametrize("command", [["exercise", "pack"], []])
def test_an_interrupted_command_says_what_is_kept(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(executing, "play_batch", press)
    assert call([*command, *GAME]) == 130
    (run,) = (tmp_path / "runs").iterdir()
    said = capsys.readouterr()
    assert said.err == (
        f"Interrupted: stopped after 0 of 4 days, settings kept in runs/{run.name}. "
        f"Go on with: simulate resume runs/{run.name}\n"
    )
    assert said.out == ""
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert call(["report", f"runs/{run.name}"]) == 2
    assert "no finished day" in capsys.readouterr().err


def test_an_interrupt_while_comparing_says_where_the_days_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.inference.compare.compare", press)
    assert call([*GAME, "run.replications=1", "--out", str(tmp_path)]) == 130
    (run,) = tmp_path.iterdir()
    assert f"the days are kept in {run}" in capsys.readouterr().err
