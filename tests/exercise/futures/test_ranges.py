"""Ranges and differences from a few numbers, by hand; what holds for any numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.exercise.futures.measure import NEVER, NOT_ASKED
from sim.exercise.futures.ranges import Difference, Range, difference_of, range_of

VALUES = st.one_of(st.just(NEVER), st.just(NOT_ASKED), st.floats(-600.0, 1800.0))
PAIRS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=60)


def test_eleven_numbers() -> None:
    """Of 0, 1, …, 10 the tenth is 1, the median 5, the nine tenths 9."""
    assert range_of([float(i) for i in range(11)]) == Range(1.0, 5.0, 9.0, 11, 0, 0, 11)


def test_what_never_happens_is_counted_and_left_out_of_the_range() -> None:
    values = [4.0, NEVER, 6.0, NOT_ASKED, -3.0, NEVER]
    told = range_of(values)
    assert (told.happened, told.already, told.never, told.not_asked, told.futures) == (2, 1, 2, 1, 6)
    assert (told.low, told.middle, told.high) == pytest.approx((4.2, 5.0, 5.8))


def test_what_happens_in_none_has_no_range() -> None:
    assert range_of([NEVER, NEVER]) == Range(None, None, None, 0, 0, 2, 2)
    assert range_of([-1.0]) == Range(None, None, None, 0, 1, 0, 1)


def test_never_is_later_than_any_time_and_not_asked_is_before_any() -> None:
    option = [5.0, NEVER, 3.0, NEVER, NOT_ASKED, NOT_ASKED, 2.0]
    plan = [7.0, 900.0, NEVER, NEVER, NEVER, NOT_ASKED, 2.0]
    told = difference_of(option, plan)
    assert (told.less, told.same, told.more) == (3, 3, 1)
    assert told.both == 2 and (told.low, told.middle, told.high) == pytest.approx((-1.8, -1.0, -0.2))


def test_the_range_of_differences_is_of_pairs_and_not_the_difference_of_ranges() -> None:
    told = difference_of([1.0, 3.0, 2.0], [3.0, 1.0, 2.0])
    assert (told.low, told.middle, told.high) == pytest.approx((-1.6, 0.0, 1.6))
    assert (told.less, told.same, told.more) == (1, 1, 1)


@given(PAIRS)
def test_every_future_is_counted_once(pairs: list[tuple[float, float]]) -> None:
    option, plan = (list(one) for one in zip(*pairs, strict=True))
    told, difference = range_of(option), difference_of(option, plan)
    assert told.happened + told.already + told.never + told.not_asked == told.futures == len(pairs)
    assert difference.futures == len(pairs)
    assert difference.both == sum(math.isfinite(a) and math.isfinite(b) for a, b in pairs)
    back = difference_of(plan, option)
    assert (back.less, back.same, back.more) == (difference.more, difference.same, difference.less)


@given(st.lists(VALUES, min_size=1, max_size=60))
def test_against_itself_nothing_differs(values: list[float]) -> None:
    told = difference_of(values, values)
    assert told.same == len(values) and {told.low, told.middle, told.high} <= {0.0, None}


@pytest.mark.parametrize(
    ("low", "middle", "high", "counts"),
    [
        (2.0, 1.0, 3.0, (1, 0, 0, 1)),
        (None, None, None, (1, 0, 0, 1)),
        (1.0, 1.0, 1.0, (0, 0, 0, 1)),
        (1.0, 1.0, 1.0, (2, 0, 0, 1)),
        (1.0, 1.0, 1.0, (1, -1, 0, 1)),
        (1.0, 1.0, math.inf, (1, 0, 0, 1)),
        (1.0, None, 1.0, (1, 0, 0, 1)),
        (1.0, 1.0, 1.0, (1, 0, 0, 20_000)),
    ],
)
def test_what_no_range_can_be_is_refused(
    low: float | None, middle: float | None, high: float | None, counts: tuple[int, int, int, int]
) -> None:
    with pytest.raises(ValidationError):
        Range(low, middle, high, *counts)


def test_what_no_difference_can_be_is_refused() -> None:
    for counts in ((2, 1, 0, 0), (1, -1, 1, 1), (0, 1, 0, 0)):
        with pytest.raises(ValidationError):
            Difference(1.0, 1.0, 1.0, *counts)
