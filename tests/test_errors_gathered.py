"""Mistakes of steps that do not depend on each other are gathered and said at once."""

from __future__ import annotations

import pytest

from sim.errors import MOST_SHOWN, Mistakes, SeveralMistakes, UserError, in_lines, said_again


def doubled(i: int, number: int) -> int:
    if number < 0:
        raise UserError(f"numbers[{i}] = {number}")
    return 2 * number


def test_what_is_right_is_made_and_what_is_wrong_is_said_in_order_each_once() -> None:
    mistakes = Mistakes()
    assert mistakes.each([1, -2, 3, -4], doubled) == (2, 6)
    with mistakes.noted():
        raise UserError("numbers[1] = -2")
    with pytest.raises(UserError) as caught:
        mistakes.refuse()
    assert str(caught.value) == "numbers[1] = -2\nnumbers[3] = -4"


def test_without_a_mistake_nothing_is_refused() -> None:
    mistakes = Mistakes()
    assert mistakes.each([1, 2], doubled) == (2, 4)
    mistakes.refuse()


def test_what_is_no_mistake_of_the_user_is_not_kept() -> None:
    with pytest.raises(ZeroDivisionError):
        Mistakes().each([0], lambda _, number: 1 // number)


def test_those_that_are_only_counted_are_still_counted_when_gathered_again() -> None:
    inner, outer = Mistakes(), Mistakes()
    inner.each(range(-MOST_SHOWN - 3, 0), doubled)
    with outer.noted():
        inner.refuse()
    outer.each([-1000, -2000], doubled)
    with pytest.raises(SeveralMistakes) as caught:
        outer.refuse()
    lines = str(caught.value).splitlines()
    assert len(lines) == MOST_SHOWN + 1 and lines[-1] == "… and 5 more"


ODD = "own/\r\nError: x\x1b[31m\u2028"


def test_a_mistake_is_one_line_whatever_a_file_is_called() -> None:
    written = r"own/\r\nError: x\x1b[31m\u2028: cannot be read"
    assert str(UserError(f"{ODD}: cannot be read")) == written
    several = SeveralMistakes([f"{ODD}: cannot be read", "another"])
    assert str(several) == f"{written}\nanother" and several.lines == (written, "another")
    assert str(said_again(f"decision 2: {several}; kept")) == f"decision 2: {written}\nanother; kept"


def test_what_was_not_read_is_counted_with_the_rest() -> None:
    assert in_lines(["a", "a", "b"], unread=1_000) == "a\nb\n… and 1,000 more"
