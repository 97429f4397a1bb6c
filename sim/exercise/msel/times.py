"""Times of a list: absolute on the scenario clock, or from the start of the exercise; both must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sim.errors import quoted
from sim.exercise.msel.table import Broken, Value
from sim.exercise.msel.values import checked_clock, clock_text, of_seconds, read_clock, read_elapsed
from sim.words.language import gettext as _

_AGREE_MINUTES = 1.0
"""Two times of an inject that differ by less say the same: most lists have no seconds."""
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Planned:
    """When an inject is due, as its row says.

    Attributes:
        clock: Minutes after midnight; None: its row does not say.
        elapsed: Minutes after the start of the exercise; None: its row does not say.
    """

    clock: float | None
    elapsed: float | None

    @property
    def start(self) -> float | None:
        """When the exercise starts, minutes after midnight, if both are right; None: its row has not both."""
        return None if self.clock is None or self.elapsed is None else self.clock - self.elapsed


def start_of(rows: Iterable[Planned]) -> float | None:
    """Return when the exercise starts by most rows that say so, minutes after midnight; None: none does."""
    starts = Counter(round(row.start * 60) for row in rows if row.start is not None)
    return of_seconds(min(starts, key=lambda start: (-starts[start], start))) if starts else None


def start_differs(rows: Sequence[Planned], start: float) -> float | None:
    """Return the start that all rows agree on, with two of them at least, when it is another; else None."""
    said = [row.start for row in rows if row.start is not None]
    found = start_of(rows)
    if found is None or len(said) < 2 or abs(found - start) < _AGREE_MINUTES:
        return None
    return found if all(abs(each - found) < _AGREE_MINUTES for each in said) else None


def due(row: Planned, start: float | None) -> float | None:
    """Return when an inject is due, minutes after midnight; None: by its condition, or with its event, alone.

    Args:
        row: What its row says.
        start: When the exercise starts, minutes after midnight; None: it is not known.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    if row.clock is None and row.elapsed is None:
        return None
    if start is None:
        if row.clock is None:
            raise ValueError(_("a time from the start, but the start is not known: give it, --start 06:30"))
        return row.clock
    found = start + row.elapsed if row.clock is None and row.elapsed is not None else row.clock
    assert found is not None
    if row.start is not None and abs(row.start - start) >= _AGREE_MINUTES:
        raise ValueError(
            _(
                "the two times contradict each other: {clock} is not {minutes:g} minutes after {start}; "
                "correct one, or empty one"
            ).format(clock=clock_text(found), minutes=row.elapsed, start=clock_text(start))
        )
    if found < start:
        raise ValueError(
            _("{clock} is before the exercise starts at {start}").format(
                clock=clock_text(checked_clock(found, clock_text(max(found, 0.0)))), start=clock_text(start)
            )
        )
    return checked_clock(found, clock_text(found))


@dataclass
class Days:
    """The dates of a list, of which the first is that of the played day.

    Attributes:
        first: It; None: none was seen.
    """

    first: date | None = None

    def minutes(self, day: date) -> float:
        """Return how many minutes a date is after the first."""
        self.first = self.first or day
        return (day - self.first).days * 1440.0


def clock_of(value: Value, days: Days) -> float | None:
    """Return the time of day of a cell, minutes after midnight; None: it is empty.

    A spreadsheet's own value for a time counts: a part of a day, with or without a date. It is taken to the second.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    if value is None or isinstance(value, str):
        return read_clock(value) if value and value.strip() else None
    if isinstance(value, datetime) and value.year > 1900:
        shown = value.isoformat(sep=" ", timespec="minutes")
        return checked_clock(days.minutes(value.date()) + of_seconds(_seconds(value.time())), shown)
    part = _part(value)
    return checked_clock(of_seconds(part), str(value))


def elapsed_of(value: Value) -> float | None:
    """Return the time of a cell from the start of the exercise, minutes; None: it is empty.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    if value is None or isinstance(value, str):
        return read_elapsed(value) if value and value.strip() else None
    return of_seconds(_part(value))


def _part(value: Value) -> int:
    """Return the seconds of a spreadsheet's own value for a time."""
    if isinstance(value, Broken):
        raise ValueError(value.why)
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    if isinstance(value, time):
        return _seconds(value)
    if isinstance(value, datetime) and value.year <= 1900:  # more than a day, counted from the spreadsheet's first
        from openpyxl.utils import datetime as spreadsheet  # with openpyxl, which a table does without

        days: Any = spreadsheet
        return round(float(days.to_excel(value)) * _SECONDS_A_DAY)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        return round(value * _SECONDS_A_DAY)
    raise ValueError(_("{value} is not a time; write it as text, such as 09:40").format(value=quoted(str(value))))


def _seconds(value: time) -> int:
    return value.hour * 3600 + value.minute * 60 + value.second + round(value.microsecond / 1e6)
