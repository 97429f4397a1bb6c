"""Every packaged number says where it comes from: beside it, above it, at what it is in, or at the head of its file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.config.packaged import CONF
from sim.config.reference import sources
from sim.config.reference.sources import Keys, Written, packaged_files, written_in

TEXT = """\
# A head. All numbers are assumptions; forms elsewhere.
plain: 1
beside: 2        # sourced: a book
longer: 3        # estimate: begins here
                 # and goes on
# Derived from two tables:
# this one and that.
above: 4
group:           # sourced
  inside: 5
  told: 6        # says nothing of whence
  flow: {a: 7, b: [8, 9]}   # assumption
text: >-
  Not a comment: # assumption
  in a text.
after: 10
quoted: "11 # 12"
"""


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Keys, Written]:
    file = tmp_path / "response" / "default.yaml"
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(sources, "CONF", tmp_path)
    return {path[1:]: one for path, one in written_in(file).items() if path[0] == "response"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("plain", "All numbers are assumptions"),
        ("beside", "sourced: a book"),
        ("longer", "estimate: begins here and goes on"),
        ("above", "Derived from two tables: this one and that."),
        ("group.inside", "sourced"),
        ("group.told", "says nothing of whence; sourced"),
        ("group.flow.a", "assumption"),
        ("group.flow.b.1", "assumption"),
        ("after", "All numbers are assumptions"),
        ("quoted", "All numbers are assumptions"),
    ],
)
def test_a_source_is_the_nearest_comment_that_says_one(found: dict[Keys, Written], path: str, expected: str) -> None:
    assert found[tuple(path.split("."))].source == expected


def test_a_text_is_no_comment(found: dict[Keys, Written]) -> None:
    assert found[("after",)].comment == found[("quoted",)].comment == ""
    assert found[("quoted",)].value == "11 # 12"


def _is_number(value: object) -> bool:
    is_clock = isinstance(value, str) and re.fullmatch(r"[0-9]{2}:[0-9]{2}", value) is not None
    return is_clock or (isinstance(value, int | float) and not isinstance(value, bool))


@pytest.mark.parametrize("file", packaged_files(), ids=lambda file: file.relative_to(CONF).as_posix())
def test_a_packaged_number_has_a_source_or_is_called_an_assumption(file: Path) -> None:
    """What a strategy decides is no fact: its numbers are what the plan is."""
    if file.parent.name == "strategy":
        return
    numbers = {".".join(path): one for path, one in written_in(file).items() if _is_number(one.value)}
    assert [path for path, one in numbers.items() if not one.source] == []
