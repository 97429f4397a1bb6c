"""The kinds of cell of a region's tables: how each is read, and what may stand in it, for messages and for templates.

A cell is the annotation of a field of a row (:mod:`sim.region.rows`); pydantic reads the field by it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sim.table import as_above_zero, as_choice, as_number, as_text, as_whole
from sim.text import TABLE_NAME, Rule
from sim.words.language import gettext as _


@dataclass(frozen=True)
class Cell(ABC):
    """One kind of cell."""

    @abstractmethod
    def read(self, text: str) -> Any:
        """Return the value of what is written.

        Raises:
            ValueError: Saying what is wrong, in words that follow file, row and column.
        """

    @property
    @abstractmethod
    def allowed(self) -> str:
        """What may be written, in words."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read a field by this cell."""
        return core_schema.no_info_plain_validator_function(self.read)


@dataclass(frozen=True)
class Text(Cell):
    """A code or a name.

    Attributes:
        rule: What it may be.
    """

    rule: Rule = TABLE_NAME

    def read(self, text: str) -> str:
        """Return a text that is not empty."""
        return as_text(text, self.rule)

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return _("text, {most} characters at most").format(most=self.rule.most)


@dataclass(frozen=True)
class Words(Cell):
    """Words with a space between them; none where the cell is empty."""

    def read(self, text: str) -> tuple[str, ...]:
        """Return the words, each once."""
        return tuple(dict.fromkeys(as_text(text, TABLE_NAME).split())) if text.strip() else ()

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return _("words with a space between them, or empty")


@dataclass(frozen=True)
class Reference(Text):
    """The code of a row of another table; whether there is one is seen when all tables are read.

    Attributes:
        tables: Names of the tables that have it, without ending.
    """

    tables: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return _("a code of {tables}").format(tables=_(" or ").join(self.tables))


@dataclass(frozen=True)
class Choice(Cell):
    """One of some words.

    Attributes:
        words: The words.
        rule: What a text there may be at all.
    """

    words: Sequence[str] = ()
    rule: Rule = TABLE_NAME

    def read(self, text: str) -> str:
        """Return one of the words."""
        return as_choice(text, self.words, self.rule)

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return ", ".join(self.words)


@dataclass(frozen=True)
class Number(Cell):
    """A number between two bounds, both allowed.

    Attributes:
        low: The least.
        high: The largest.
    """

    low: float = 0
    high: float = 0

    def read(self, text: str) -> float | None:
        """Return the number; None where it is left out and may be."""
        return as_number(text, self.low, self.high)

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return _("{low:,g} to {high:,.10g}").format(low=self.low, high=self.high)


@dataclass(frozen=True)
class AboveZero(Number):
    """A number above 0.

    Attributes:
        hint: Why there is no 0.
        may_be_empty: Whether it may be left out of a row.
    """

    hint: str = ""
    may_be_empty: bool = False

    def read(self, text: str) -> float | None:
        """Return the number; None where it is left out."""
        if self.may_be_empty and not text.strip():
            return None
        return as_above_zero(text, self.high, _(self.hint))

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        if self.may_be_empty:
            return _("above 0, {high:,.10g} at most, or empty").format(high=self.high)
        return _("above 0, {high:,.10g} at most").format(high=self.high)


@dataclass(frozen=True)
class Whole(Number):
    """A whole number between two bounds, both allowed."""

    def read(self, text: str) -> int:
        """Return the number."""
        return as_whole(text, int(self.low), int(self.high))

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return _("whole number, {low:,} to {high:,}").format(low=int(self.low), high=int(self.high))


@dataclass(frozen=True)
class YesNo(Whole):
    """1 or 0."""

    high: float = 1

    def read(self, text: str) -> bool:
        """Return whether it is 1."""
        return as_whole(text, 0, 1) == 1

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return _("1 or 0")
