"""Numbers in words: minutes, shares, clock times, never."""

from __future__ import annotations

from math import isinf, isnan

from sim.config.fields import clock_in_words
from sim.words import report as words
from sim.words.language import number as written

_DIGITS = {"votes": 0, "km": 0, "times": 2}
"""Digits behind the point, where it is not one: a measure's value, interval and difference all have as many."""


def number(value: float, unit: str) -> str:
    """Write one value of a unit; never for infinity, a dash where there is nothing."""
    if isnan(value):
        return words.UNDEFINED
    if isinf(value):
        return words.NEVER if value > 0 else f"-{words.NEVER}"
    if unit == "share":
        return f"{written(100 * value, '.1f')} %"
    if unit == "clock":
        return clock_in_words(value)
    return written(value, f",.{_DIGITS.get(unit, 1)}f")


def with_unit(value: float, unit: str) -> str:
    """Write a value with its unit."""
    text, word = number(value, unit), words.UNITS[unit]
    return f"{text} {word}".strip() if text not in (words.NEVER, words.UNDEFINED) else text


def with_interval(value: float, low: float, high: float, unit: str) -> str:
    """Write a value and its interval, as in ``7.4 (6.1 to 9.0)``."""
    if isnan(low) or isnan(high):
        return number(value, unit)
    if low == high == value:
        return number(value, unit)
    return _between(*(number(each, unit) for each in (value, low, high)))


def signed(value: float, unit: str) -> str:
    """Write a difference with its sign; shares in percentage points, clock times in minutes; ∞ where one is never."""
    if isnan(value):
        return words.UNDEFINED
    if isinf(value):
        return "+∞" if value > 0 else "-∞"
    text = written(100 * value, "+.1f") if unit == "share" else written(value, f"+,.{_DIGITS.get(unit, 1)}f")
    return text if text.strip("+-0.,") else text[1:]


def signed_interval(value: float, low: float, high: float, unit: str) -> str:
    """Write a difference and its interval."""
    if value == low == high == 0:
        return "0"
    if isnan(low) or isnan(high):
        return signed(value, unit)
    return _between(*(signed(each, unit) for each in (value, low, high)))


def _between(value: str, low: str, high: str) -> str:
    return words.INTERVAL.format(value=value, low=low, high=high)


def sizes(unit: str, *values: float) -> list[str]:
    """Write the sizes of some differences for a sentence, all with the digits that the finest of them needs."""
    found = [abs(value) * (100 if unit == "share" else 1) for value in values]
    known = [size for size in found if not isinf(size)]
    least = min(known, default=0.0)
    fine = least < 9.95 or max(known) - least < 5
    digits = 2 if least < 0.095 else 1 if fine and unit != "votes" else 0
    return [words.NEVER if isinf(size) else written(size, f",.{digits}f") for size in found]


def amount(size: str, unit: str) -> str:
    """Write the size of a difference with its unit, as a sentence says it."""
    return f"{size} {words.AMOUNTS[unit]}".strip()
