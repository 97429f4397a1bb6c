"""What docs/dispatch_alone.md says works: its examples are typed, and what it shows is what they print."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from sim.config.dispatch import DispatchRule

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "dispatch_alone.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```pycon\n(.*?)```", PAGE, re.S)


def test_its_examples_print_what_it_shows() -> None:
    assert len(EXAMPLES) == 7
    page = doctest.DocTestParser().get_doctest("\n".join(EXAMPLES), {}, "dispatch_alone.md", None, 0)
    assert len(page.examples) > 15
    said: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(page, out=said.append).failed == 0, "".join(said)


def test_the_tests_that_it_names_are_there() -> None:
    tests = "\n".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    named = re.findall(r"`(test_[a-z_0-9]+)…?`", PAGE)
    assert len(named) > 6
    assert [name for name in named if f"def {name}" not in tests] == []
    files = re.findall(r"`(tests/[a-z_/]+\.py)`", PAGE)
    assert files and [file for file in files if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize("rule", DispatchRule)
def test_every_rule_is_told_of_where_it_points_to(rule: DispatchRule) -> None:
    assert f"`{rule}`" in (ROOT / "docs" / "strategies.md").read_text(encoding="utf-8")
