from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call
from sim.words import exercise
from tests.conftest import SMALL

QUICK = ("exercise", "quick", *SMALL, "strategy=even_spread")


def test_a_card_is_drawn_questions_are_asked_and_the_model_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert call([*QUICK, "--card", "5", "--kind", "riot", "--no-wait"]) == 0
    said = capsys.readouterr().out
    parts = ["CARD 5", "The operations centre hears from", *exercise.STANDING_QUESTIONS, "Card 5: Riot", "votes lost"]
    at = [said.index(part) for part in parts]
    assert at == sorted(at)
    assert "of 200" in said
    again = said.splitlines()[-1]
    assert again.startswith("The same card again: simulate exercise quick ")
    assert again.endswith("--card 5 --kind riot")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--plan", "evenspread"], "plan 'evenspread' is not played by this scenario; did you mean 'even_spread'?"),
        (["--card", "-1"], "card = -1: a whole number from 0"),
        (["--kind", "riots"], "kind 'riots' is unknown; did you mean 'riot'?"),
        (["--cards", "0"], "cards = 0: a whole number from 1 to 100"),
        (["--card", "one"], "'one' is not a valid integer"),
        (["one"], "cannot read the override 'one'"),
        (["weather=dry,heavy_rain"], "a sweep of 2"),
        (["scenario=calm_dya"], "did you mean 'calm_day'?"),
    ],
)
def test_bad_input_is_one_message(typed: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call([*QUICK, *typed]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "Traceback" not in told.err


@pytest.mark.slow  # 200 futures of each card
def test_cards_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "cards.html"
    assert call([*QUICK, "--card", "7", "--cards", "1", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert "Card 7" in out.read_text()
