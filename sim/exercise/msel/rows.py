"""From a row of a list to an inject, every mistake named by its row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, TypeVar

from sim.decimals import written
from sim.errors import quoted
from sim.exercise.inject import Inject, InjectStatus, InjectType, Party
from sim.exercise.msel.columns import TEXTS, Column
from sim.exercise.msel.mapping import Match
from sim.exercise.msel.table import Broken, Line, Value
from sim.exercise.msel.times import Days, Planned, clock_of, elapsed_of
from sim.exercise.msel.values import read_group, read_status, read_type
from sim.exercise.session.actions import MOST_TEXT
from sim.text import Rule, shown
from sim.words.language import gettext as _
from sim.words.language import marked

MOST_SEQ = 1_000_000
MOST_MINUTES = 1_440
"""Minutes to spend on one inject: no more than a day has."""
_RULE = Rule(MOST_TEXT, marked("as it must fit on a card and a phone"), lines=True, empty=True)
_VISIBLE = Rule(MOST_TEXT, _RULE.why, lines=True)
_Read = TypeVar("_Read")
_DEFAULT = Inject(1, "", (), None, InjectType.INFORMATION, "", "", "", "", "")


@dataclass
class Mistakes:
    """What is wrong in a list.

    Attributes:
        matches: Its columns that are ours.
        found: Sentences by the number of the row, in order.
    """

    matches: Mapping[Column, Match]
    found: list[tuple[int, str]] = field(default_factory=list)

    def note(self, line: int, column: Column | None, why: str) -> None:
        """Note one.

        Args:
            line: Number of the row.
            column: Of which of our columns; None: of the row as a whole.
            why: What is wrong, in words that follow the place.
        """
        if column is None:
            self.found.append((line, _("row {row}: {why}").format(row=line, why=why)))
            return
        heading = self.matches[column].heading if column in self.matches else column.heading
        self.found.append(
            (line, _("row {row}, column '{column}': {why}").format(row=line, column=" ".join(heading.split()), why=why))
        )


@dataclass(frozen=True)
class Draft:
    """What a row says, but for when its inject is due, which depends on the other rows.

    Attributes:
        line: Number of the row.
        seq: Number of its inject; None: it cannot be read.
        inject: It, without its time; None: something is wrong in the row.
        planned: What the row says of its time; None: it cannot be read.
        waits: Whether it waits for a condition, or for an event of the model.
    """

    line: int
    seq: int | None
    inject: Inject | None
    planned: Planned | None
    waits: bool


@dataclass
class Reader:
    """Reads rows.

    Attributes:
        mistakes: What is wrong so far.
        days: The dates that were seen.
    """

    mistakes: Mistakes
    days: Days = field(default_factory=Days)

    def draft(self, line: Line, number: int) -> Draft:
        """Return what a row says.

        Args:
            line: The row.
            number: Number of its inject where the list numbers none.
        """
        start = self._noted()
        planned: Planned | None = Planned(
            self._read(line, Column.SCENARIO_TIME, self._clock), self._read(line, Column.EXERCISE_TIME, elapsed_of)
        )
        planned = planned if self._noted() == start else None
        before = self._noted()
        seq: int | None = self._number(line, Column.SEQ, 1, MOST_SEQ, number)
        seq = seq if self._noted() == before else None
        values: dict[str, Any] = {column.value: self._text(line, column) for column in TEXTS}
        values["longest_minutes"] = self._number(
            line, Column.LONGEST_MINUTES, 0, MOST_MINUTES, _DEFAULT.longest_minutes
        )
        values["type"] = self._type(line)
        values["group"] = self._group(line)
        values["status"] = self._status(line)
        values["actual_time"] = self._read(line, Column.ACTUAL_TIME, self._clock)
        if values["group"] and is_blank(values["text"]) and not self._is_broken(line, Column.TEXT):
            self.mistakes.note(line.number, Column.TEXT, _("is empty; whom it is for would be told nothing"))
        inject = Inject(seq=seq, time=None, **values) if seq is not None and self._noted() == start else None
        waits = any(
            values[column].strip() or self._is_broken(line, column) for column in (Column.CONDITION, Column.MODEL_EVENT)
        )
        return Draft(line.number, seq, inject, planned, waits)

    def _noted(self) -> int:
        return len(self.mistakes.found)

    def _is_broken(self, line: Line, column: Column) -> bool:
        """Say whether a text cannot be read, which has been noted."""
        match = self.mistakes.matches.get(column)
        if match is None:
            return False
        try:
            text_of(line.at(match.at))
        except ValueError:
            return True
        return False

    def _clock(self, value: Value) -> float | None:
        return clock_of(value, self.days)

    def _read(self, line: Line, column: Column, read: Callable[[Value], _Read]) -> _Read | None:
        """Return what a cell holds; None where the list has no such column, or where something is wrong."""
        match = self.mistakes.matches.get(column)
        if match is None:
            return None
        try:
            return read(line.at(match.at))
        except ValueError as error:
            self.mistakes.note(line.number, column, str(error))
            return None

    def _text(self, line: Line, column: Column) -> str:
        return self._read(line, column, text_of) or ""

    def _number(self, line: Line, column: Column, low: int, high: int, otherwise: int) -> int:
        """Return a whole number; the other one where the list has no such column, or only that cell of it is empty."""

        def read(value: Value) -> int:
            if _is_empty(value):
                if column is Column.SEQ:
                    raise ValueError(_("is empty"))
                return otherwise
            return whole_of(value, low, high)

        found = self._read(line, column, read)
        return otherwise if found is None else found

    def _type(self, line: Line) -> InjectType:
        return self._read(line, Column.TYPE, lambda value: read_type(text_of(value))) or InjectType.INFORMATION

    def _group(self, line: Line) -> tuple[Party, ...]:
        return self._read(line, Column.GROUP, lambda value: read_group(text_of(value))) or ()

    def _status(self, line: Line) -> InjectStatus:
        def read(value: Value) -> InjectStatus:
            return InjectStatus.DRAFT if _is_empty(value) else read_status(text_of(value))

        return self._read(line, Column.STATUS, read) or InjectStatus.DRAFT


def _is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def text_of(value: Value) -> str:
    """Return a cell as a text, spaces round it and all; a tab, which no page shows, becomes a space.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    if isinstance(value, Broken):
        raise ValueError(value.why)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else written(value)
    if isinstance(value, date | time | timedelta):
        raise ValueError(
            _(
                "{value} is a date or a time; the spreadsheet made it of what was typed: give the cells the format "
                "text and type it again"
            ).format(value=quoted(str(value)))
        )
    text = value.replace("\t", " ")
    if (fault := _RULE.fault(text)) and not is_blank(text):
        raise ValueError(f"{quoted(text)} {fault}")
    return text


def is_blank(text: str) -> bool:
    """Say whether there is nothing in a text to be seen, and nothing that does harm."""
    return len(text) <= _RULE.most and shown(text, lines=True) == text and _VISIBLE.fault(text) is not None


def whole_of(value: Value, low: int, high: int) -> int:
    """Return a whole number between two bounds, both allowed; a spreadsheet's 3.0 is one.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    if isinstance(value, Broken):
        raise ValueError(value.why)
    number = value
    if isinstance(value, str):
        plain = value.strip().removesuffix(".0")
        number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None
    if isinstance(number, bool) or not isinstance(number, int | float) or not low <= number <= high or number % 1:
        raise ValueError(
            _("{value} is not a whole number from {low:,} to {high:,}").format(
                value=quoted(str(value)), low=low, high=high
            )
        )
    return int(number)
