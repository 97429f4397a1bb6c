"""``simulate evacuate``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.cli import call


def test_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["evacuate", "school_room", "--people", "300", "--open", "gate=0.5"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Classroom of a primary school: 300 people leave\n")
    assert "Exits: gate 50 % open, back_gate free" in said
    for words in ("half of them safe", "90 % safe", "95 % safe", "the last one safe", "at the least", "times as long"):
        assert words in said
    assert "Most waited for: gate (" in said


def test_numbers_and_directions(capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for more in ([], ["--blocked", "gate"], ["--blocked", "gate", "--blocked", "back_gate"]):
        assert call(["evacuate", "school_room", "--voters-in-line", "150", "--crew", "9", "--json", *more]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    free, one, none = answers
    assert free["people"] == 192 and free["occupants"]["crew"] == 9
    assert free["minutes"]["1"] < one["minutes"]["1"] and free["least_minutes"] < one["least_minutes"]
    assert free["ratio"] >= 1 and free["never"] == 0
    assert none["minutes"]["1"] is None and none["never"] == 192 and none["least_minutes"] is None


def test_who_never_gets_out_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["evacuate", "tent", "--blocked", "street", "--blocked", "side"]) == 0
    said = capsys.readouterr().out
    assert "100 of them never get out" in said and "never" in said and "at the least" not in said


@pytest.mark.parametrize("name", ["curve.png", "curve.svg"])
def test_the_figure_is_written(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["evacuate", "tent", "--figure", str(tmp_path / name)]) == 0
    assert (tmp_path / name).stat().st_size > 5000
    assert f"Figure: {tmp_path / name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "one layout is needed: office, school_room, tent"),
        (["tnt"], "unknown layout 'tnt'; did you mean 'tent'?"),
        (["none.yaml"], "none.yaml: cannot be read"),
        (["tent", "--blocked", "stret"], "unknown exit 'stret'; did you mean 'street'?"),
        (["tent", "--open", "street=2"], "--open street=2: an opening is EXIT=SHARE"),
        (["tent", "--open", "street"], "an opening is EXIT=SHARE"),
        (["tent", "--people", "-1"], "-1 is not in the range"),
        (["tent", "--people", "1000000"], "people: 1,000,000 are too many for one site"),
        (["tent", "--figure", "x.txt"], "--figure x.txt: its name must end in .png, .svg or .pdf"),
        (["tent", "--figure", "no/such/x.png"], "--figure no/such/x.png: cannot be written"),
    ],
)
def test_mistakes_are_said_in_a_line(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["evacuate", *args]) == 2
    assert said in capsys.readouterr().err
