"""What a text may hold, and how one that holds more is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.text import DESCRIPTION, NAME, TABLE_NAME, TITLE, cells, cut, shown, squeezed, wrapped
from tests.nasty import ALLOWED, EVERYTHING, REFUSED


@pytest.mark.parametrize("name", ALLOWED)
def test_a_title_that_can_be_seen_is_let_through_and_shown_as_it_is(name: str) -> None:
    assert TITLE.fault(ALLOWED[name]) is None
    assert shown(ALLOWED[name]) == ALLOWED[name]


@pytest.mark.parametrize("name", REFUSED)
def test_a_title_that_does_harm_is_refused_with_a_reason(name: str) -> None:
    text, why = REFUSED[name]
    said = TITLE.fault(text)
    assert said is not None and why in said
    assert shown(said) == said and len(said) < 200, "the reason itself can be shown"


@pytest.mark.parametrize("name", EVERYTHING)
def test_whatever_is_shown_can_be_written_and_commands_nothing(name: str) -> None:
    for lines in (False, True):
        seen = shown(EVERYTHING[name], lines=lines)
        assert {unicodedata.category(c) for c in seen.replace("\n", "")}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
        seen.encode()
        assert "\u202e" not in seen and "\ufffe" not in seen
        assert lines or "\n" not in seen


def test_what_is_written_out_can_be_told() -> None:
    assert shown("\x1b[31m\ud800\u202e\x9b\n") == r"\x1b[31m\ud800\u202e\x9b\n"
    assert shown("a\n\tb\r", lines=True) == "a\n\\tb\\r"


@given(st.text(st.characters(codec=None)))
def test_a_text_let_through_is_one_that_is_shown_unchanged(text: str) -> None:
    assert TITLE.fault(text) is not None or shown(text) == text
    assert shown(shown(text)) == shown(text)


def test_only_a_description_has_lines_and_may_be_empty() -> None:
    assert DESCRIPTION.fault("one\ntwo\n") is None and DESCRIPTION.fault("") is None
    assert "control character" in str(DESCRIPTION.fault("one\rtwo"))
    assert "blank" in str(DESCRIPTION.fault(" \n "))
    assert "4,000 characters at most" in str(DESCRIPTION.fault("x" * 4_001))
    assert TITLE.fault("") == "must not be empty"


@pytest.mark.parametrize("name", ["formula", "plus", "minus", "at"])
@pytest.mark.parametrize("rule", [TABLE_NAME, NAME])
def test_what_is_written_into_tables_does_not_begin_like_a_formula(name: str, rule: object) -> None:
    assert "a spreadsheet would take it for a formula" in str(rule.fault(ALLOWED[name]))
    assert rule.fault(f"a{ALLOWED[name]}") is None


@pytest.mark.parametrize(
    ("text", "columns", "cut_off"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("ab cd", 4, "ab…"),
        ("選挙の日", 5, "選挙…"),
        ("u\u0308ber", 3, "u\u0308b…"),
    ],
)
def test_a_text_is_cut_by_what_it_takes_on_a_terminal(text: str, columns: int, cut_off: str) -> None:
    assert cut(text, columns) == cut_off
    assert cells(cut_off) <= columns


@given(st.text(st.characters(codec="utf-8")), st.integers(2, 30), st.integers(1, 3))
def test_a_wrapped_text_keeps_to_its_lines(text: str, columns: int, most: int) -> None:
    lines = wrapped(text, columns, most).split("\n")
    assert len(lines) <= most
    if all(cells(character) == 1 for character in text):
        assert all(len(line) <= columns for line in lines)
    if " ".join(text.split()) == text and cells(text) == len(text) <= columns:
        assert lines == [text]


def test_the_end_of_a_long_text_is_left_out_and_the_middle_of_a_message() -> None:
    assert wrapped("w" * 100, 10, 2) == f"{'w' * 10}\n{'w' * 9}…"
    assert wrapped("one two three four", 9, 1) == "one two…"
    assert squeezed("x" * 50, 50) == "x" * 50
    assert squeezed("head" + "x" * 500 + "tail", 11) == "headx…xtail"
