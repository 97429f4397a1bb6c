"""Tables and running text on standard output, as wide as it is: as the terminal, or as long as they are."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING

from sim.cli.say import printer, say
from sim.text import shown

if TYPE_CHECKING:
    from rich.console import Console

    from sim.report.fitted import Rows

WIDE = 200
"""Columns where a list does not go to a terminal: there a row is a line."""


def width() -> int | None:
    """Return the columns of the terminal, or as many as ``COLUMNS`` says; None: nobody looks on."""
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() and int(told) else get_terminal_size().columns if sys.stdout.isatty() else None


def list_printer(wide: int = WIDE) -> Console:
    """Return what prints lists: as wide as the terminal, else so wide that a row is a line."""
    return printer(width=width() or wide)


def say_text(text: str, *, most: int | None = None, indent: str = "", hanging: str = "") -> None:
    """Print a line of running text, folded between words where it is wider than the terminal.

    Args:
        text: The text; a break in it is written out, as :func:`sim.cli.say.say` does.
        most: Columns that are not passed on a wider terminal, and where nobody looks on; None: any number.
        indent: What stands before the first of the lines that it is folded to.
        hanging: What stands before the others.
    """
    wide = min((columns for columns in (width(), most) if columns is not None), default=None)
    if wide is None:
        say(indent + text)
        return
    line = shown(text)
    own = line[: len(line) - len(line.lstrip())]
    first, rest = indent + own, hanging or indent + own + "  " * bool(own)
    say(
        *wrap(
            line.strip(), wide, initial_indent=first, subsequent_indent=rest, break_long_words=False,
            break_on_hyphens=False,
        )
    )  # fmt: skip


def print_rows(rows: Rows, console: Console | None = None) -> None:
    """Print a table that fits: in several parts, or row by row, where it is too wide."""
    from sim.report.fitted import fitted

    console = console or list_printer()
    for part in fitted(rows, console.width):
        console.print(part)
