"""What subcommands that play have in common: the progress bar on a terminal, the command as one would type it."""

from __future__ import annotations

import io
import shlex
import sys
from pathlib import Path

import pytest

from sim.cli.show import as_typed, progress_bar
from sim.experiment import execute
from tests.conftest import small_scenario


class Terminal(io.StringIO):
    """A terminal that somebody watches."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("first_time", [True, False])
def test_a_terminal_shows_how_many_days_are_done_and_why_it_takes_long_at_first(
    monkeypatch: pytest.MonkeyPatch, first_time: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(execute, "compiles_first", lambda: first_time)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    scenario = small_scenario("run.replications=7")
    with progress_bar(scenario, quiet=False) as move:
        assert move is not None
        move(0, 7)
        move(3, 7)
    shown = terminal.getvalue()
    assert "3/7" in shown
    assert f"{scenario.title} x 1 strategies" in shown
    assert ("Compiling, once on this machine" in shown) is first_time


@pytest.mark.parametrize("quiet", [True, False])
def test_where_nobody_watches_there_is_no_bar(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    monkeypatch.setattr(sys, "stderr", stream := Terminal() if quiet else io.StringIO())
    with progress_bar(small_scenario(), quiet=quiet) as move:
        assert move is None
    assert stream.getvalue() == ""


def test_the_command_as_typed_can_be_pasted_into_a_shell() -> None:
    overrides = ["scenario=mine", "voting.stages.0.service={distribution: constant, mean_seconds: 60}"]
    typed = as_typed("simulate", overrides, Path("my days"))
    assert shlex.split(typed) == ["simulate", *overrides, "--scenarios", "my days"]
    assert as_typed("simulate", [], None) == "simulate"
