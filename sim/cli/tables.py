"""Tables on standard output, as wide as it is: the terminal's width, or enough where nobody looks on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sim.cli.say import printer

if TYPE_CHECKING:
    from rich.console import Console

    from sim.report.fitted import Rows

WIDE = 200
"""Columns where a list does not go to a terminal: there a row is a line."""


def list_printer(wide: int = WIDE) -> Console:
    """Return what prints lists: as wide as the terminal or ``COLUMNS`` says, else so wide that rows are lines."""
    told = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return printer(width=None if told else wide)


def print_rows(rows: Rows, console: Console | None = None) -> None:
    """Print a table that fits: in several parts, or row by row, where it is too wide."""
    from sim.report.fitted import fitted

    console = console or list_printer()
    for part in fitted(rows, console.width):
        console.print(part)
