"""Tables and links of a page in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table."""
    cells = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in cells)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def prose(text: str) -> str:
    """Return a docstring as Markdown."""
    return re.sub(r"(?::\w+:)?`{1,2}~?([^`]+)`{1,2}", r"`\1`", text)


def plain(text: str) -> str:
    """Return Markdown as plain text: what is linked, what is quoted, and what is stressed."""
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text.replace("`", "")).replace("*", "")


def link(heading: str, page: str = "") -> str:
    """Return a link to a heading, on this page or another."""
    return f"[{heading}]({page}#{anchor(heading)})"


def anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading: small letters, no marks, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
