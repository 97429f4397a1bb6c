"""How a command ends where its output cannot go, or it is asked to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli.outcome import Exit, outcome
from sim.errors import Stopped, UserError
from sim.experiment.interrupt import STOPS, watched


def simulate(*args: str, stdout: int = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sim", *args], stdout=stdout, stderr=subprocess.PIPE, check=False, env=os.environ | environment
    )  # fmt: skip


@pytest.mark.parametrize("args", [["scenarios"], ["places"], ["--help"]], ids=" ".join)
def test_where_nobody_reads_on_it_ends_quietly(args: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = simulate(*args, stdout=write)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("args", [["scenarios"], ["places"], ["--help"]], ids=" ".join)
def test_an_output_that_is_full_is_said_in_one_line(args: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = simulate(*args, stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr == b"Error: standard output cannot be written (No space left on device)\n"


@pytest.mark.parametrize("args", [["scenarios"], ["strategies"], ["--help"]], ids=" ".join)
def test_a_terminal_that_lacks_characters_shows_others(args: list[str]) -> None:
    done = simulate(*args, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii() and len(done.stdout) > 100


def test_each_end_has_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    def ended(error: BaseException) -> tuple[int, str]:
        def command() -> None:
            raise error

        code = outcome(command, debug=False)
        return code, capsys.readouterr().err

    assert ended(UserError("mine")) == (Exit.MISTAKE, "Error: mine\n")
    assert ended(MemoryError()) == (Exit.MISTAKE, "Error: memory ran out\n")
    assert ended(Stopped("kept")) == (128 + signal.SIGINT, "kept\n")
    assert ended(KeyboardInterrupt()) == (128 + signal.SIGINT, "Stopped.\n")
    code, said = ended(ValueError("odd"))
    assert code == Exit.OUR_FAULT and said.startswith("This is an error of the program, not yours: ValueError: odd\n")
    assert (outcome(lambda: None, debug=False), outcome(lambda: 5, debug=False)) == (0, 5)


def test_what_a_run_keeps_is_told_with_our_fault(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> None:
        error = ValueError("odd")
        error.add_note("2 days kept")
        raise error

    assert outcome(command, debug=False) == Exit.OUR_FAULT
    assert "ValueError: odd (2 days kept)\n" in capsys.readouterr().err


@pytest.mark.parametrize("number", STOPS)
def test_stopped_while_a_library_makes_another_error_of_it(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> None:
        try:
            os.kill(os.getpid(), number)
        except KeyboardInterrupt:
            raise RuntimeError("a library's own") from None

    with watched(STOPS):
        assert outcome(command, debug=False) == 128 + number
    assert capsys.readouterr().err == "Stopped.\n"
