"""``simulate scenario new``: a scenario of one's own is made of any packaged one, and its texts follow its settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call
from sim.config.compose import load
from sim.config.packaged import SCENARIOS
from sim.config.source import read_yaml

Said = pytest.CaptureFixture[str]
NAMES = sorted(file.stem for file in SCENARIOS.glob("*.yaml"))


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_scenario_that_it_is_made_of(name: str, capsys: Said) -> None:
    assert call(["scenario", "new", "ours", "--from", name]) == 0
    assert capsys.readouterr().err == ""
    same = {"name", "title"}
    assert load("ours", (), "mine").model_dump(exclude=same) == load(name).model_dump(exclude=same)


def test_every_part_of_it_has_a_comment_and_its_texts_name_its_settings() -> None:
    assert call(["scenario", "new", "ours", "--from", "worst_credible_day"]) == 0
    text = Path("mine/ours.yaml").read_text(encoding="utf-8")
    parts = ("title", "description", "sources", "objectives", "defaults", "strategies", "incidents", "conditions",
             "closures", "slow_stretches", "troubles")  # fmt: skip
    assert [line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()] == list(parts)
    for key in parts:
        before, found, _ = text.partition(f"\n{key}:")
        assert found and before.splitlines()[-1].startswith("# ")
    assert "{incidents[0].onset}" in read_yaml(Path("mine/ours.yaml"))["description"]
    Path("mine/ours.yaml").write_text(text.replace("'08:15', place: Mojorejo", "'06:45', place: Mojorejo"))
    told = load("ours", (), "mine").said_description
    assert told.startswith("At 06:45 a slope comes down on the road Mojorejo - Beringin Tiga, and at 08:15 another on ")


def test_its_words_name_commands_that_work(capsys: Said) -> None:
    assert call(["scenario", "new", "ours"]) == 0
    check, play = (line.partition(":")[2].split()[1:] for line in capsys.readouterr().out.splitlines()[1:])
    assert call(check) == 0 and call([*play, "--cfg"]) == 0
    assert "title: Ours" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["a/b"], "scenario new 'a/b': a name has letters, digits"),
        (["calm_day"], "there is a packaged scenario of this name"),
        (["ours", "--from", "calm_dey"], "unknown scenario 'calm_dey'; did you mean 'calm_day'?"),
        (["there"], "mine/there.yaml: is there already, and nothing is overwritten"),
        (["linked"], "mine/linked.yaml: is there already"),
    ],
)
def test_a_mistake_is_one_clear_message_and_nothing_is_written(args: list[str], says: str, capsys: Said) -> None:
    Path("mine").mkdir()
    Path("mine/there.yaml").write_text("edited", encoding="utf-8")
    Path("mine/linked.yaml").symlink_to("elsewhere.yaml")
    assert call(["scenario", "new", *args]) == 2
    out, err = capsys.readouterr()
    assert says in err and out == "" and "Traceback" not in err
    assert sorted(file.name for file in Path("mine").iterdir()) == ["linked.yaml", "there.yaml"]
    assert Path("mine/there.yaml").read_text(encoding="utf-8") == "edited"


def test_a_folder_that_cannot_be_written_is_said(capsys: Said) -> None:
    Path("mine").write_text("a file", encoding="utf-8")
    assert call(["scenario", "new", "ours"]) == 2
    assert "mine: cannot be written (File exists)" in capsys.readouterr().err
