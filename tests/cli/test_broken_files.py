"""A file that is broken is in nobody's way but his who names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call

Said = pytest.CaptureFixture[str]
BROKEN = {
    "unread": "title: [\n",
    "unknown": "title: x\nnope: 1\n",
    "binary": b"\xff\xfe",
    "itself": "defaults: [itself]\n",
    "nobody": "defaults: [there_is_none]\n",
}


@pytest.fixture(params=["scenario", "strategy", "kinds", "weather"])
def group(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with a good scenario and a good strategy, and every sort of broken file of one group."""
    monkeypatch.chdir(tmp_path)
    Path("own/strategy").mkdir(parents=True)
    Path("own/good.yaml").write_text("title: Good\nstrategies: [mine]\n", encoding="utf-8")
    Path("own/strategy/mine.yaml").write_text("defaults: [even_spread, _self_]\ntitle: Mine\n", encoding="utf-8")
    folder = Path("own") / ("" if request.param == "scenario" else request.param)
    folder.mkdir(exist_ok=True)
    for name, text in BROKEN.items():
        (folder / f"{name}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "outside.yaml").write_text("title: a secret\n", encoding="utf-8")
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (folder / "dangling.yaml").symlink_to("nothing.yaml")
    (folder / "folder.yaml").mkdir()
    return str(request.param)


def test_it_stops_no_run_and_no_check_that_does_not_name_it(group: str, capsys: Said) -> None:
    for command in (
        ["check", "own/good.yaml"],
        ["check", "own/strategy/mine.yaml"],
        ["strategy", "check", "mine", "--scenarios", "own"],
        ["strategies", "mine", "--scenarios", "own"],
        ["run", "scenario=good", "--scenarios", "own", "--cfg"],
        ["places", "polres", "--scenarios", "own"],
        ["strategy", "new", "ours", "--scenarios", "own"],
        ["scenario", "new", "ours", "--scenarios", "own"],
    ):
        assert call(command) == 0, command
        out, err = capsys.readouterr()
        assert out and "secret" not in out + err and "Traceback" not in err
        assert group == "kinds" or "Warning" not in err
        assert all(line.startswith("Warning: kind '") for line in err.splitlines())


def test_a_list_has_all_others_and_names_it(group: str, capsys: Said) -> None:
    names = [*BROKEN, "link", "dangling", "folder"]
    for what, own in (("scenarios", "Good"), ("strategies", "mine")):
        assert call([what, "--scenarios", "own"]) == 0
        out, err = capsys.readouterr()
        assert own in out and "secret" not in out + err
        if group in ("scenario", "strategy") and what.startswith(group[:5]):
            left = {name for name in names if f"Warning: {group} '{name}' is left out: " in err}
            readable = {"unknown", "itself", "nobody"} if group == "scenario" else set()
            assert left == set(names) - readable


@pytest.mark.parametrize("name", ["unread", "unknown", "link", "dangling"])
def test_who_names_it_is_told(group: str, name: str, capsys: Said) -> None:
    choice = {"kinds": f'incidents=[{{kind: {name}, onset: "09:00", place: Curup}}]'}.get(group, f"{group}={name}")
    assert call(["run", "--scenarios", "own", choice, "--out", "runs"]) == 2
    out, err = capsys.readouterr()
    assert f"{name}.yaml" in err and "secret" not in err and out == "" and not Path("runs").exists()
