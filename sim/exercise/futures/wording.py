"""Ranges and differences in a sentence, in the language that is spoken: never one number without how often it held."""

from __future__ import annotations

from sim.exercise.futures.measure import Measure, Unit
from sim.exercise.futures.ranges import Difference, Range
from sim.words import futures as words
from sim.words.language import number


def range_in_words(told: Range, measure: Measure) -> str:
    """Return a range with its unit, and in how many futures it happens where that is not in all."""
    if told.low is None or told.middle is None or told.high is None:
        if told.never:
            return words.NEVER.format(never=told.never, futures=told.futures)
        return words.ALREADY if told.already else words.NOT_ASKED
    low, middle, high = (number(value, ",.0f") for value in (told.low, told.middle, told.high))
    pattern = words.ONE_VALUE if low == high else words.RANGE
    text = pattern.format(low=low, middle=middle, high=high, unit=words.UNITS[measure.unit])
    if told.happened == told.futures:
        return text
    some = words.IN_SOME_NEVER if told.never else words.IN_SOME
    return some.format(range=text, happened=told.happened, futures=told.futures, never=told.never)


def difference_in_words(told: Difference, measure: Measure) -> str:
    """Return in how many futures an option is better, the same, worse, and by how much."""
    if told.same == told.futures:
        return words.SAME.format(futures=told.futures)
    pattern = words.LESS if measure.less_is_better is None else words.BETTER
    shares = pattern.format(less=told.less, same=told.same, more=told.more, futures=told.futures)
    if told.low is None or told.middle is None or told.high is None:
        return shares
    low, middle, high = (_signed(value, measure.unit) for value in (told.low, told.middle, told.high))
    by = words.BY if told.both == told.futures else words.BY_SOME
    unit = words.UNITS[measure.unit]
    return by.format(shares=shares, low=low, middle=middle, high=high, unit=unit, both=told.both)


def _signed(value: float, unit: Unit) -> str:
    """Write a difference with its sign, of minutes with a digit behind the point; one that is nothing has none."""
    digits = 1 if unit is Unit.MINUTES else 0
    rounded = round(value, digits)
    return number(rounded, f"+,.{digits}f") if rounded else number(0.0, f".{digits}f")
