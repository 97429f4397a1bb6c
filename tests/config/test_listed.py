"""What is kept of earlier compositions changes nothing: each is as the first one of a process would be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.config import listed as keeping
from sim.config.compose import composed
from sim.errors import UserError

CHOICES = [
    [],
    ["weather=heavy_rain"],
    ["weather=heavy_rain", "weather=dry"],
    ["scenario=calm_day", "strategy=even_spread", "region.forces.police=260"],
    ["title=Other", "incidents=[]", "run.seed=3"],
    ["~voting.open"],
    ["scenario=landslide_trunk", "objectives=[]"],
]
WRONG = ["run={seed: 4}", "+weather=dry", "~weather", "weather=[dry]", "weather@other=dry", "nowhere/weather=dry"]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    keeping._kept.clear()
    yield
    keeping._kept.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "weather").mkdir()
    (tmp_path / "weather" / "mist.yaml").write_text("name: mist\ndefaults: [dry, _self_]\n")
    (tmp_path / "mine.yaml").write_text("title: Mine\ndefaults: [{override /weather: mist}]\n")
    return tmp_path


def weather(folder: Path, *overrides: str) -> dict[str, object]:
    found: dict[str, object] = composed(["scenario=mine", *overrides], folder).data["weather"]
    return found


def test_what_is_composed_again_is_the_same() -> None:
    first = [composed(one) for one in CHOICES]
    again = [composed(one) for one in CHOICES]
    for one, other in zip(first, again, strict=True):
        assert (one.data, one.names, list(one.data)) == (other.data, other.names, list(other.data))
    assert len({str(one.data) for one in first}) == len(CHOICES) - 1, "the last choice of a group counts"


@pytest.mark.parametrize("override", WRONG)
def test_what_is_refused_is_refused_again(override: str) -> None:
    said = []
    for _ in range(2):
        composed([])
        with pytest.raises(UserError) as refused:
            composed([override])
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_a_file_that_builds_on_another_one_now_is_read_anew(folder: Path) -> None:
    dry = weather(folder)
    (folder / "weather" / "mist.yaml").write_text("name: mist\ndefaults: [heavy_rain, _self_]\n")
    rain = weather(folder)
    assert rain != dry and rain == composed(["weather=heavy_rain"]).data["weather"] | {"name": "mist"}
    (folder / "mine.yaml").write_text("title: Mine\n")
    assert weather(folder) == composed(["weather=dry"]).data["weather"]


def test_a_setting_that_is_edited_counts(folder: Path) -> None:
    before = weather(folder)
    (folder / "weather" / "mist.yaml").write_text("name: fog\ndefaults: [dry, _self_]\n")
    assert weather(folder) == before | {"name": "fog"}


def test_a_file_of_the_users_takes_the_place_of_a_packaged_one_at_once(folder: Path) -> None:
    before = weather(folder, "weather=heavy_rain")
    (folder / "weather" / "heavy_rain.yaml").write_text("name: mine\ndefaults: [mist]\n")
    after = weather(folder, "weather=heavy_rain")
    assert after != before and after == composed(["weather=dry"]).data["weather"] | {"name": "mine"}


def test_a_file_that_leads_back_to_itself_now_is_refused(folder: Path) -> None:
    weather(folder)
    (folder / "weather" / "mist.yaml").write_text("defaults: [mist]\n")
    with pytest.raises(UserError, match="lead back"):
        weather(folder)


def test_what_is_kept_has_a_bound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_MOST_KEPT", 3)
    for seed in range(5):
        composed([f"title={seed}", "strategy=even_spread"])
        assert len(keeping._kept) <= 3
