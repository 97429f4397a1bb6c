"""Numbers are plain decimals: read exactly as they are written, or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.decimals import LONGEST, is_plain, looks_like_number, written

ODD = [
    "NaN", "nan", "inf", "-inf", "1e308", "1_000", "٣", "１２", " 12", "12 ", "1,5", "0x10", "+5", "010", "00", ".5", "5.",
    "--5", "1.2.3", "", "-", "1:30", "0b11", "0o17", "5 000", "5'000", "1\n", "²", "9" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=[text[:10] for text in ODD])
def test_what_is_no_plain_decimal(text: str) -> None:
    assert not is_plain(text)


@pytest.mark.parametrize("text", ["0", "-0", "12", "-3.5", "0.5", "1.50", "9" * LONGEST])
def test_what_is_one(text: str) -> None:
    assert is_plain(text)


DECIMALS = st.from_regex(r"-?[0-9]{1,25}(\.[0-9]{1,25})?", fullmatch=True)


@given(st.one_of(DECIMALS, st.text("0123456789.-+_eExXbo٣,: ", max_size=12)))
@settings(max_examples=100, deadline=None)
def test_a_plain_decimal_is_read_alike_by_python_and_by_hand(text: str) -> None:
    if not is_plain(text):
        assert not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text)
        return
    whole, _, part = text.lstrip("-").partition(".")
    by_hand = sum(int(digit) * 10**i for i, digit in enumerate(reversed(whole + part)))
    assert abs(float(text)) == by_hand / 10 ** len(part)
    assert (float(text) < 0) == (text.startswith("-") and by_hand > 0)


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=100, deadline=None)
def test_every_finite_number_is_written_as_one_and_read_back_the_same(value: float) -> None:
    text = written(value)
    assert is_plain(text) and "." in text
    assert float(text).hex() == value.hex()


@pytest.mark.parametrize("text", ["0x1F", "0X1f", "0b11", "0o17", "010", "1_000", "1__0", "+5", ".5", "5.", "1e5", "-1E-5", ".inf", "-.INF", ".NaN", "٣", "9" * 5000])  # fmt: skip
def test_what_another_program_reads_as_a_number(text: str) -> None:
    assert looks_like_number(text)


@pytest.mark.parametrize("text", ["Curup", "inf", "nan", "17.02.06.1004", "2024-11-27", "5km", "T1.2", "1:30", "", "a" * 5000, "1,5"])  # fmt: skip
def test_what_is_a_text_to_every_program(text: str) -> None:
    assert not looks_like_number(text)
