"""Completion of commands, settings and choices, asked for by real shells where there are any."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sim.cli import call, group
from sim.cli.completing import complete_settings
from sim.cli.completion import SHELLS

ROOT = Path(__file__).parents[2]


def completed(incomplete: str, typed: tuple[str, ...] = (), folder: Path | None = None) -> list[str]:
    """Return what completes a setting behind others."""
    run = group.get_command(click.Context(group), "run")
    assert run is not None
    context = click.Context(run)
    context.params = {"overrides": typed, "scenarios": folder}
    return complete_settings(context, run.params[0], incomplete)


@pytest.mark.parametrize(
    ("incomplete", "says"),
    [
        ("scenario=riot", ["scenario=riot_kecamatan3"]),
        ("strategy=even_spread,r", ["strategy=even_spread,risk_weighted"]),
        ("weather=", ["weather=dry", "weather=heavy_rain"]),
        ("w", ["weather=", "weather."]),
        ("run.re", ["run.replications=", "run.resamples="]),
        ("run.d", ["run.dask."]),
        ("run.check=t", ["run.check=true"]),
        ("run.seed=", []),
        ("kinds.ri", ["kinds.riot."]),
        ("nothing.", []),
        ("nothing=", []),
        ("region.path=", []),
    ],
)
def test_a_setting_is_completed(incomplete: str, says: list[str]) -> None:
    assert completed(incomplete) == says


def test_a_name_stands_in_a_list_once() -> None:
    found = completed("strategy=even_spread,")
    assert "strategy=even_spread,risk_weighted" in found and "strategy=even_spread,even_spread" not in found


def test_the_settings_of_a_choice_are_those_of_the_one_that_was_typed(tmp_path: Path) -> None:
    (tmp_path / "weather").mkdir()
    (tmp_path / "weather" / "fog.yaml").write_text("name: fog\nsight_m: 20\n", encoding="utf-8")
    (tmp_path / "weather" / "broken.yaml").write_text("{[", encoding="utf-8")
    (tmp_path / "ours.yaml").write_text("title: x", encoding="utf-8")
    assert completed("weather=f", folder=tmp_path) == ["weather=fog"]
    assert completed("scenario=ou", folder=tmp_path) == ["scenario=ours"]
    assert "weather.sight_m=" in completed("weather.", ("weather=fog",), tmp_path)
    assert "weather.sight_m=" not in completed("weather.", (), tmp_path)
    assert completed("weather.", ("weather=broken",), tmp_path) == []
    assert completed("scenario=calm", folder=tmp_path / "nowhere") == ["scenario=calm_day"]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a command ``simulate`` that runs this source."""
    folder = tmp_path_factory.mktemp("bin")
    file = folder / "simulate"
    file.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m sim "$@"\n', encoding="utf-8")
    file.chmod(0o755)
    return folder


def asked(shell: str, script: str, command: Path) -> list[str]:
    """Return what a shell prints of a script, that has the completion loaded."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"there is no {shell} on this machine")
    environ = {**os.environ, "PATH": f"{command}:{os.environ['PATH']}", "HOME": str(command)}
    done = subprocess.run([found, "-c", script], capture_output=True, text=True, env=environ, timeout=120, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout.splitlines()


BASH = """
source <(simulate completion bash)
COMP_LINE={line!r} COMP_POINT={point} COMP_WORDS=({words}) COMP_CWORD={last}
compopt() {{ echo "compopt $*"; }}
_simulate_completion simulate
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("simulate scenario=riot", ["riot_kecamatan3"]),
        ("simulate scenario=", None),
        ("simulate scenario=calm_day strategy=even_spread,r", ["even_spread,risk_weighted"]),
        ("simulate run run.da", ["compopt -o nospace", "run.dask."]),
        ("simulate weath", ["compopt -o nospace", "compopt -o nospace", "weather=", "weather."]),
        ("simulate strategy check c", ["central_reserve"]),
        ("simulate resu", ["resume"]),
    ],
)
def test_bash_is_given_what_stands_behind_the_equals_sign(line: str, says: list[str] | None, command: Path) -> None:
    words = line.replace("=", " = ").split()
    script = BASH.format(line=line, point=len(line), words=" ".join(words), last=len(words) - 1)
    found = asked("bash", script, command)
    assert found == says if says is not None else {"calm_day", "worst_credible_day"} <= set(found)


def test_where_bash_does_not_part_words_at_the_equals_sign_it_is_given_the_whole(command: Path) -> None:
    line = "simulate scenario=riot"
    script = "COMP_WORDBREAKS=' '\n" + BASH.format(line=line, point=len(line), words=line, last=1)
    assert asked("bash", script, command) == ["scenario=riot_kecamatan3"]


ZSH = """
compdef() {{ : }}
compadd() {{ local name=${{@[-1]}}; print -l -- ${{(P)name}} }}
_path_files() {{ print files }}
source <(simulate completion zsh)
words=({line}) CURRENT={last}
_simulate_completion
"""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("simulate scenario=riot", ["scenario=riot_kecamatan3"]),
        ("simulate strategy=even_spread,r", ["strategy=even_spread,risk_weighted"]),
        ("simulate run run.da", ["run.dask."]),
        ("simulate report /", ["files"]),
    ],
)
def test_zsh_is_given_whole_settings(line: str, says: list[str], command: Path) -> None:
    assert asked("zsh", ZSH.format(line=line, last=len(line.split())), command) == says


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("simulate scenario=riot", ["scenario=riot_kecamatan3"]),
        ("simulate strategy=even_spread,r", ["strategy=even_spread,risk_weighted"]),
        ("simulate run run.re", ["run.replications=", "run.resamples="]),
        ("simulate resu", ["resume"]),
    ],
)
def test_fish_is_given_whole_settings_with_their_commas(line: str, says: list[str], command: Path) -> None:
    script = f"simulate completion fish | source\ncomplete --do-complete {line!r}"
    assert asked("fish", script, command) == says


@pytest.mark.skipif("powershell" not in SHELLS, reason="this click does not know PowerShell")
def test_there_is_a_script_for_powershell_where_click_has_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["completion", "powershell"]) == 0
    assert "Register-ArgumentCompleter" in capsys.readouterr().out


def test_an_unknown_shell_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["completion", "tcsh"]) == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in capsys.readouterr().err
