"""The command refuses bad settings with exit code 2 and one clear message, and writes nothing."""

from __future__ import annotations

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
