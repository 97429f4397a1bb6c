"""The command refuses bad settings with exit code 2 and one clear message, and writes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.cli import call
from tests.conftest import SMALL

CALM = ["scenario=calm_day", "strategy=minimum_pattern"]


@pytest.mark.parametrize(
    ("setting", "text", "says"),
    [
        ("voting.stages", "[]", "voting.stages = []: must not be empty"),
        (
            "voting.stages",
            "[{name: booth, servers: 2, service: {distribution: gama, mean_seconds: 60, cv: 1}}]",
            "voting.stages[0].service.distribution = 'gama': unknown; did you mean 'gamma'?",
        ),
        ("voting.close", ".inf", "inf: a number is written in plain decimals"),
        ("voting.absence", "[1]", "voting.absence = [1]: a mapping of settings is needed"),
        ("troubles", "[{what: late_opening, place: Mojoreja, opens_at: '08:00'}]", "did you mean 'Mojorejo'?"),
    ],
)
def test_the_command_refuses_it_and_writes_nothing(
    tmp_path: Path,
    setting: str,
    text: str,
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    *groups, key = setting.split(".")
    settings = "".join(f"{group}: {{" for group in groups) + f"{key}: {text}" + "}" * len(groups)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.yaml").write_text(f"title: Mine\nstrategies: [minimum_pattern]\n{settings}\n")
    for command in (
        ["check", "own/mine.yaml"],
        ["--scenarios", "own", "scenario=mine", "--out", "runs"],
        [*CALM, f"{setting}={text.replace('.inf', 'inf')}", "--out", "runs"],
    ):
        assert call(command) == 2
        said = capsys.readouterr()
        assert says in said.err
        assert "Traceback" not in said.err and said.out == ""
        assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine.yaml", "own"], "nothing written"


def test_a_sweep_with_one_bad_value_plays_none_of_its_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call([*CALM, *SMALL, "run.replications=1", "voting.turnout_share=0.7,1.7"]) == 2
    said = capsys.readouterr().err
    assert "override 'voting.turnout_share=1.7': voting.turnout_share = 1.7: must be 1 or less" in said
    assert list(tmp_path.iterdir()) == []


LONG = "x" * 300
"""A name that no file can have."""
EVERYWHERE = ("check", "scenarios", "strategies", "places", "exercise pack", "run")


@pytest.mark.parametrize("folder", ["file", "none", LONG, ""])
@pytest.mark.parametrize("command", [c for c in EVERYWHERE if c != "check"])
def test_a_folder_of_scenarios_that_is_none_is_refused_everywhere(
    tmp_path: Path, command: str, folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    assert call([*command.split(), "--scenarios", folder]) == 2
    said = capsys.readouterr().err
    assert any(
        why in said for why in ("it is not a folder", "there is no such folder", "no file can be called", "empty")
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("command", [c for c in EVERYWHERE if c not in ("check", "scenarios")])
@pytest.mark.parametrize("override", ["scenario=nope", "weather=nope", "a=", "title=${oc.env:HOME}", "~scenario"])
def test_a_bad_override_is_refused_everywhere(
    tmp_path: Path, command: str, override: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call([*command.split(), override]) == 2
    said = capsys.readouterr().err
    assert said.count("Error: ") == 1 and "Traceback" not in said and len(said) < 500
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["pipe", "device", "dangling", "loop", "folder", "none", LONG, ""])
@pytest.mark.parametrize("command", ["check", "report", "resume", "compare"])
def test_what_is_no_file_and_no_run_is_refused(
    tmp_path: Path, command: str, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.yaml")
    Path("device.yaml").symlink_to("/dev/zero")
    Path("dangling.yaml").symlink_to("nowhere.yaml")
    Path("loop.yaml").symlink_to("loop.yaml")
    Path("folder.yaml").mkdir()
    assert call([command, f"{name}.yaml" if name not in (LONG, "") else name]) == 2
    said = capsys.readouterr().err
    assert said.count("Error: ") == 1 and "Traceback" not in said


@pytest.mark.parametrize("out", ["file", "file/below", "/proc/below", LONG, ""])
def test_results_that_cannot_be_written_there_are_refused_before_a_day_is_played(
    tmp_path: Path, out: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("kept")
    assert call(["scenario=calm_day", "strategy=even_spread", *SMALL, "run.replications=1", "--out", out]) == 2
    said = capsys.readouterr().err
    assert ("Invalid value for '--out'" if out in (LONG, "") else "cannot be written") in said
    assert (tmp_path / "file").read_text() == "kept" and len(list(tmp_path.iterdir())) == 1


def test_a_sweep_of_a_million_runs_is_refused_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["run.seed=range(1000000)"]) == 2
    assert "a sweep of 1,000,000 runs" in capsys.readouterr().err
    names = ",".join(["calm_day"] * 1_000)
    assert call([f"scenario={names}", f"run.seed={','.join(map(str, range(1_000)))}"]) == 2
    assert "scenario (1,000) x run.seed (1,000); at most 1,000" in capsys.readouterr().err
