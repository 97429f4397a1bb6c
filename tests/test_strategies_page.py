"""What docs/strategies.md says works: its files are written, its commands typed, and what it shows is what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any, get_args

import pytest

from sim.cli import call
from sim.config.command import Command
from sim.config.compose import load
from sim.config.dispatch import Dispatch
from sim.config.duty import Duty
from sim.config.fields import Settings
from sim.config.plan_tables import KNOWN, PlanTable
from sim.config.relocation import Relocation
from sim.config.retasking import Retasking
from sim.day.world import prepare

PAGE = (Path(__file__).parents[1] / "docs" / "strategies.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`(mine/[a-z_/]+\.(?:yaml|csv))`:\n\n```(?:yaml|csv)\n(.*?)```", PAGE, re.S))
TYPED = re.findall(r"^\$ simulate (.+)\n((?:(?!\$|```).*\n)*)", PAGE, re.M)


def test_the_page_has_files_and_commands() -> None:
    own = {"ours.yaml", "patrols.csv", "reserves.csv", "quick.yaml"}
    assert set(FILES) == {"mine/plans.yaml", *(f"mine/strategy/{name}" for name in own)}
    assert len(TYPED) == 8 and sum(bool(shown) for _, shown in TYPED) == 2


def test_its_commands_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    for line, shown in TYPED:
        command, _, out = line.partition(" > ")
        if command.startswith("--scenarios"):
            prepare(load(None, command.split()[2:], Path("mine")))
            continue
        assert call(shlex.split(command)) == 0
        said = capsys.readouterr()
        assert said.err == "", "no warning: every station has its post"
        assert set(map(str.rstrip, shown.splitlines())) <= set(map(str.rstrip, said.out.splitlines()))
        if out:
            Path(out).write_text(said.out, encoding="utf-8")


def test_it_names_every_column_and_no_other() -> None:
    tables = PAGE.partition("### The tables")[2].partition("\n## ")[0]
    rows = [row.split(" | ") for row in tables.splitlines() if row.startswith("| ")]
    named = {word for row in rows[2:] for word in re.findall(r"`([a-z_]+)`", row[1])}
    assert named == {column for what in PlanTable for column in KNOWN[what]}


@pytest.mark.parametrize(("heading", "settings"), [("retasking", Retasking), ("duty", Duty)])
def test_it_tells_every_setting_of_a_group(heading: str, settings: type[Settings]) -> None:
    table = PAGE.partition(f"| `{heading}` |")[2].partition("\n\n")[0].splitlines()[2:]
    assert [name for row in table for name in re.findall(r"`(\w+)`", row.split(" | ")[0])] == list(
        settings.model_fields
    )


@pytest.mark.parametrize(
    ("heading", "union", "key"),
    [
        ("dispatch.policy", Dispatch, "policy"),
        ("relocation.rule", Relocation, "rule"),
        ("command.rule", Command, "rule"),
    ],
)
def test_it_tells_every_rule_with_the_settings_of_its_own(heading: str, union: Any, key: str) -> None:
    table = PAGE.partition(f"| `{heading}` |")[2].partition("\n\n")[0].splitlines()[2:]
    told = {re.findall(r"`(\w+)`", row)[0]: set(re.findall(r"`(\w+)`", row.split(" | ")[-1])) for row in table}
    rules = get_args(get_args(union)[0])
    common = set.intersection(*(set(rule.model_fields) for rule in rules))
    own = {str(get_args(rule.model_fields[key].annotation)[0]): set(rule.model_fields) - common for rule in rules}
    assert told == own
