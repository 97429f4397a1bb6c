"""Whatever the command prints, no text in it commands the terminal, and none ends it with a traceback."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from rich.table import Table

import sim.cli
from sim.cli import call
from sim.cli.say import complain, let_print_anything, printer, said_by, say, say_json
from sim.cli.show import as_typed, progress_bar
from sim.config.override import read_overrides as parse
from sim.errors import UserError
from sim.experiment import execute
from sim.text import cut, shown, word
from sim.text import override_value as quoted
from tests.cli.test_show import Terminal
from tests.conftest import SMALL, small_scenario
from tests.nasty import ALLOWED, EVERYTHING, HARMFUL, REFUSED

PATHS = {
    **ALLOWED, "quotes": "it's \"here\"", "ends in a backslash": "a\\", "backslash and quote": "a\\'b", "blank": "a b",
    "comma": "a,b=c",
}  # fmt: skip


def test_nothing_else_prints() -> None:
    """One file knows how; a console of rich's own has markup on."""
    files = sorted(Path(sim.cli.__file__).parent.glob("*.py"))
    own = {file.name for file in files if re.search(r"click\.echo|Console\(|(?<!\.)\bprint\(", file.read_text("utf-8"))}
    assert own == {"say.py"}


@pytest.mark.parametrize("name", EVERYTHING)
def test_lines_and_errors_show_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = EVERYTHING[name]
    say(f"title: {text}")
    complain(f"Error: {text} is wrong")
    said = capsys.readouterr()
    assert said.out == f"title: {shown(text)}\n"
    if len(text) < 1000:
        assert said.err == f"Error: {shown(text)} is wrong\n"
    else:
        assert len(said.err) == 1001 and said.err.endswith("xxx is wrong\n")


@pytest.mark.parametrize("name", EVERYTHING)
def test_an_error_of_click_shows_what_was_typed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = EVERYTHING[name]
    with click.Context(sim.cli.group, info_name="simulate") as context:
        complain(said_by(click.UsageError(f"no such command '{text[:500]}'", context)))
    said = capsys.readouterr().err
    assert said.startswith("Usage: simulate")
    assert f"no such command '{shown(text[:500])}'" in said
    assert shown(said, lines=True) == said


@pytest.mark.parametrize("name", EVERYTHING)
def test_json_says_it_whole(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    say_json({EVERYTHING[name]: [EVERYTHING[name]]})
    out = capsys.readouterr().out
    assert shown(out, lines=True) == out and out.count("\n") == 1
    assert json.loads(out) == {EVERYTHING[name]: [EVERYTHING[name]]}


@pytest.mark.parametrize("name", [name for name in EVERYTHING if name not in REFUSED or REFUSED[name][1] != "blank"])
def test_a_table_takes_a_string_for_text(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(EVERYTHING[name])
    table = Table(title=text)
    table.add_column(text)
    table.add_row(text)
    printer(width=20_000).print(table)
    assert capsys.readouterr().out.count(text) == 3


@pytest.mark.parametrize("name", [name for name in EVERYTHING if "\0" not in EVERYTHING[name]])
def test_a_command_as_typed_is_one_that_can_be_shown_and_pasted(name: str) -> None:
    text = EVERYTHING[name]
    typed = as_typed("printf", ["%s", text], None)
    assert shown(typed) == typed
    if name != "lone surrogate":  # what no command line can hold
        done = subprocess.run(["bash", "-c", typed], capture_output=True, check=True, timeout=60)
        assert done.stdout == text.encode(errors="surrogateescape")
    if text in ALLOWED.values():
        assert shlex.split(word(text)) == [text]


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_progress_bar_shows_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(execute, "compiles_first", lambda: False)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    scenario = _SMALL.model_copy(update={"title": EVERYTHING[name]})
    with progress_bar(scenario, quiet=False) as move:
        assert move is not None
        move(1, 2)
    assert f"{cut(shown(EVERYTHING[name]), 40)} x 1 strategies" in terminal.getvalue()


_SMALL = small_scenario("run.replications=2")


@pytest.mark.parametrize("name", PATHS)
def test_a_folder_given_on_the_command_line_is_the_folder_of_the_settings(name: str) -> None:
    (override,) = parse([f"run.output={quoted(PATHS[name])}"])
    assert override.value() == PATHS[name]


@pytest.mark.parametrize("name", EVERYTHING)
def test_an_error_of_the_user_is_shown_and_never_a_traceback(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_group: str, folder: Path | None) -> dict[str, str]:
        raise UserError(f"{folder}: '{EVERYTHING[name]}' is not known")

    monkeypatch.setattr("sim.config.titles.titles", refuse)
    assert call(["scenarios"]) == 2
    said = capsys.readouterr().err
    assert said.endswith("' is not known\n") and shown(said, lines=True) == said


def test_scenarios_are_listed_whatever_they_are_called(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spelt = {"esc": r'"\e]0;x\a\u202e"', "long": "x" * 10_000, "markup": '"[/]"', "list": "[1]", "none": "null"}
    for name, title in spelt.items():
        (tmp_path / f"{name}.yaml").write_text(f"title: {title}\n", encoding="utf-8")
    (tmp_path / "\x1b[31m.yaml").write_text("title: x\n", encoding="utf-8")  # no name that it could be called by
    assert call(["scenarios", "--scenarios", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert r"\x1b]0;x\x07\u202e" in out and "[/]\n" in out and "[31m" not in out
    assert shown(out, lines=True) == out
    assert max(map(len, out.splitlines())) < 200


@pytest.mark.parametrize(
    ("spelt", "says"),
    [
        (r'"\e]0;x\a"', r"title = '\x1b]0;x\x07': may not hold a control character (\x1b)"),
        (r'"\ud800"', "not valid YAML"),
        ('"   "', "title = '   ': may not be blank"),
    ],
)
def test_check_and_run_refuse_a_harmful_title_and_write_nothing(
    tmp_path: Path, spelt: str, says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.yaml").write_text(f"title: {spelt}\nstrategies: [minimum_pattern]\n", encoding="utf-8")
    for command in (["check", "own/mine.yaml"], ["--scenarios", "own", "scenario=mine", *SMALL]):
        assert call(command) == 2
        said = capsys.readouterr()
        assert re.match("Error: .*own/mine.yaml: ", said.err) and says in said.err
        assert said.out == "" and shown(said.err, lines=True) == said.err and len(said.err) < 500
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine.yaml", "own"]


@pytest.mark.parametrize(
    "override",
    [
        "title=\udcff", "+kinds.x\udcff.title=y", "run.output='a\udcff'", f"title={'x' * 10_000}", "scenario=a\x1b",
        "weather='\x1b[31m'", "nokey\x1b=1", "voting.engine='\x1b[31m'", "strategy=a\x1b",
    ],
)  # fmt: skip
def test_an_override_is_refused_and_shown(
    override: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["scenario=calm_day", "strategy=minimum_pattern", override]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("Error: ") and said.out == ""
    assert shown(said.err, lines=True) == said.err and len(said.err) < 1100
    said.err.encode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("argument", sorted(HARMFUL.keys() - {"lone surrogate"}))  # which no command line can hold
def test_a_folder_that_is_not_there_is_named(argument: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = HARMFUL[argument].strip("\0") or "x"
    for command in (["report", text], ["check", text], ["compare", text], [text]):
        if len(text) < 250:
            assert call(command) == 2
            said = capsys.readouterr().err
            assert shown(said, lines=True) == said and "Traceback" not in said


@pytest.mark.parametrize("command", ["", "check", "report", "compare", "places"])
def test_what_was_typed_makes_no_second_message(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call([*command.split(), "a\r\nError: b"]) == 2
    said = capsys.readouterr().err
    assert [line for line in said.split("\n") if "Error: " in line] == [said.rstrip("\n").rpartition("\n")[2]]
    assert r"a\r\nError: b" in said


def test_standard_output_of_another_encoding_writes_out_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    let_print_anything()
    sys.stdout.write("é 🚓")
    sys.stdout.flush()
    assert raw.getvalue() == rb"\xe9 \U0001f693"
