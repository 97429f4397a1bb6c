"""A paper of the pack as plain blocks: the page for print and the document to edit are made from the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Look(StrEnum):
    """How a paragraph stands out."""

    PLAIN = "plain"
    SAY = "say"
    """To be read aloud."""
    NOTE = "note"
    """For whoever runs the exercise."""
    SMALL = "small"


@dataclass(frozen=True)
class Heading:
    """A heading of a level from 1; ``new_page``: on a page of its own."""

    text: str
    level: int = 1
    new_page: bool = False


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
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        head: Headings; none: the first column is what the others are about.
        rows: Cells, all rows as long.
        widths: Width of each column, as a share of all; empty: as the text asks for.
        lines: Whether cells are for writing into, and so are high.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    lines: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture: as a page draws it, as a document holds it, and in words."""

    png: bytes
    words: str


@dataclass(frozen=True)
class Card:
    """A card that is cut out: what stands on top, the text, and what stands at the bottom."""

    top: str
    text: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cards:
    """Cards, four to a page."""

    cards: tuple[Card, ...]


Block = Heading | Text | Listed | Table | Picture | Cards
"""A part of a paper."""


@dataclass(frozen=True)
class Paper:
    """A paper.

    Attributes:
        title: Its title.
        sub: What it is, under the title.
        reader: Who may see it: at the top of each page.
        blocks: Its parts.
        is_secret: Whether players must not see it.
        is_wide: Whether it is in landscape.
        has_title_block: Whether the title stands on the page; cards have none.
        foot: What stands at its end, small.
    """

    title: str
    sub: str
    reader: str
    blocks: tuple[Block, ...]
    is_secret: bool = False
    has_title_block: bool = True
    is_wide: bool = False
    foot: str = field(default="")
