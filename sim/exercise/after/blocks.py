"""A report as plain blocks: the page and the document to edit are made from the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """How a paragraph stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    MARKED = "marked"
    """Framed: what no reader may overlook."""
    NOTE = "note"


class Mark(StrEnum):
    """How a cell stands out."""

    NONE = ""
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True)
class Cell:
    """A cell: its text, what stands small under it, and its mark."""

    text: str
    small: str = ""
    mark: Mark = Mark.NONE

    @property
    def whole(self) -> str:
        """All of its text."""
        return "\n".join(filter(None, (self.text, self.small)))


@dataclass(frozen=True)
class Heading:
    """A heading: of a section (level 1), which has an anchor, or inside of one."""

    text: str
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph, with what it is called before it."""

    text: str
    label: str = ""
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Listed:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Labels and what is said of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        caption: What it is about, for who cannot see it.
        head: Headings.
        rows: Cells, all rows as long as the head.
        widths: Width of each column, in shares of all.
        numbers: How many of the last columns are numbers, set against the right.
        strong: Numbers of the rows that stand out, from 0.
        to_fill: Whether the rows are empty lines to write on.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    numbers: int = 0
    strong: tuple[int, ...] = ()
    to_fill: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture, and what it shows in words."""

    png: bytes
    words: str


Block = Heading | Text | Listed | Facts | Table | Picture
"""A part of a report."""


@dataclass(frozen=True)
class Paper:
    """A report.

    Attributes:
        title: Its title.
        sub: What it is of, under the title.
        warning: What stands framed on top; empty: nothing.
        contents: What the list of sections is called.
        blocks: Its parts.
        foot: What stands at its end, small.
    """

    title: str
    sub: str
    warning: str
    contents: str
    blocks: tuple[Block, ...]
    foot: str

    @property
    def sections(self) -> list[Heading]:
        """Its sections, for the list of them."""
        return [block for block in self.blocks if isinstance(block, Heading) and block.level == 1 and block.anchor]


def cells(*texts: str | Cell) -> tuple[Cell, ...]:
    """Return a row of a table."""
    return tuple(one if isinstance(one, Cell) else Cell(one) for one in texts)
