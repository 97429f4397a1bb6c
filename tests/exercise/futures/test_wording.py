"""Ranges and differences in words, in both languages; how often it held is always said."""

from __future__ import annotations

import pytest

from sim.exercise.futures.measure import NEVER, NOT_ASKED, Measure
from sim.exercise.futures.ranges import difference_of, range_of
from sim.exercise.futures.wording import difference_in_words, range_in_words
from sim.words.language import Language, spoken

OVER, LOST, LEFT = Measure.OVER, Measure.VOTES_LOST, Measure.STATIONS_EVACUATED


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1000.0, 2000.0, 3000.0], "about 2,000, between 1,200 and 2,800 min"),
        ([7.0, 7.2, 7.4], "7 min"),
        ([7.0, 7.0, NOT_ASKED, -2.0], "7 min; in 2 of 4 futures"),
        ([7.0, NEVER, NEVER], "7 min; in 1 of 3 futures, never in 2"),
        ([NEVER, NOT_ASKED], "never in 1 of 2 futures"),
        ([-3.0, -3.0], "before now"),
        ([NOT_ASKED, NOT_ASKED], "not asked for"),
    ],
)
def test_a_range(values: list[float], said: str) -> None:
    assert range_in_words(range_of(values), OVER) == said


@pytest.mark.parametrize(
    ("option", "plan", "measure", "said"),
    [
        ([5.0, 6.0], [5.0, 6.0], OVER, "the same in each of 2 futures"),
        (
            [5.0, 6.0], [7.5, 8.5], OVER,
            "better in 2, the same in 0, worse in 0 of 2 futures; by about -2.5, between -2.5 and -2.5 min",
        ),
        (
            [1500.0, 7.0], [0.0, 7.0], LOST,
            "better in 0, the same in 1, worse in 1 of 2 futures; by about +750, between +150 and +1,350 votes",
        ),
        (
            [5.0, NEVER], [7.5, 9.0], OVER,
            "better in 1, the same in 0, worse in 1 of 2 futures; by about -2.5, between -2.5 and -2.5 min in the 1 in "
            "which it happens either way",
        ),
        ([NEVER], [9.0], OVER, "better in 0, the same in 0, worse in 1 of 1 futures"),
        (
            [2.0, 1.0], [1.0, 1.0], LEFT,
            "fewer in 0, as many in 1, more in 1 of 2 futures; by about 0, between 0 and +1 stations",
        ),
    ],
)  # fmt: skip
def test_a_difference(option: list[float], plan: list[float], measure: Measure, said: str) -> None:
    assert difference_in_words(difference_of(option, plan), measure) == said


def test_numbers_are_written_as_the_language_writes_them() -> None:
    told = range_of([1000.0, 2000.0, 3000.0])
    with spoken(Language.INDONESIAN):
        assert "2.000" in range_in_words(told, LOST) and "1.200" in range_in_words(told, LOST)
