"""Settings are found by words of their paths or meanings, and an unknown one says how."""

from __future__ import annotations

import pytest

from sim.cli import call
from sim.config.reference.settings import every_key

Said = pytest.CaptureFixture[str]


def lines(args: list[str], said: Said) -> list[str]:
    assert call(args) == 0
    out, err = said.readouterr()
    assert err == ""
    return out.splitlines()


def test_a_setting_is_found_with_its_value_unit_limits_and_source(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert lines(["settings", "response.posko.desks"], capsys) == [
        "response.posko.desks = 3",
        "    Reports that can be handled at one time. Unit: desks. Allowed: whole, 1 to 1,000,000. Source: assumption.",
    ]


def test_every_word_has_to_occur_in_the_path_or_the_meaning(capsys: Said) -> None:
    found = [line for line in lines(["settings", "POSKO", "mean_minutes", "alarm"], capsys) if line[0] != " "]
    assert found == ["response.posko.alarm_handling.mean_minutes = 2"]
    assert any(
        line.startswith("voting.guard_deterrence = 0") for line in lines(["settings", "visible", "force"], capsys)
    )


@pytest.mark.parametrize("columns", [60, 75, 120])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(
    columns: int, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    found = lines(["settings", "e"], capsys)
    assert [line for line in found if len(line) > columns and " " in line.strip()] == []
    told = " ".join(" ".join(found).split())
    assert all(" ".join(key.meaning.replace("`", "").replace("*", "").split()) in told for key in every_key())


def test_without_a_word_the_groups_are_listed(capsys: Said) -> None:
    found = lines(["settings"], capsys)
    assert "  response.posko: The joint operations centre." in found
    assert len(found) < 80


def test_what_no_setting_has_is_an_error_with_the_nearest(capsys: Said) -> None:
    assert call(["settings", "deskz"]) == 2
    assert "no setting has 'deskz' in its path or meaning; did you mean 'desks'?" in capsys.readouterr().err


def test_an_unknown_setting_ends_with_the_command_that_finds_one(capsys: Said) -> None:
    assert call(["run", "scenario=calm_day", "response.posko.dessks=3"]) == 2
    err = capsys.readouterr().err
    assert "did you mean 'desks'? 'simulate settings WORD' finds one" in err
