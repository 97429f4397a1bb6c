"""Everything the command prints goes through here: no text of a stranger is obeyed by a terminal, or by rich."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from sim.text import shown, squeezed, written_out

if TYPE_CHECKING:
    from rich.console import Console

_LONGEST_LINE = 1_000
"""Characters of a line of an error, which may quote a whole file."""


def say(*lines: str) -> None:
    r"""Print lines to standard output, one for each text: a break within one is written out, as in ``a\nb``.

    A file may be called so, and could else put words into the program's mouth, as mistakes could
    (:class:`sim.errors.UserError`). Who has several lines to say knows where his own end.
    """
    click.echo("\n".join(map(shown, lines)))


def complain(*lines: str) -> None:
    """Print lines to standard error in the same way; very long ones without their middle."""
    click.echo("\n".join(squeezed(shown(line), _LONGEST_LINE) for line in lines), err=True)


def said_by(error: click.ClickException) -> str:
    """Return an error of click as it words it, quoting what was typed, and how the command is used."""
    said = io.StringIO()
    if isinstance(error, click.UsageError) and error.ctx is not None:
        error.ctx.color = True  # click would take out of an error what colours it; it is to be seen
    error.show(file=said)
    told = said.getvalue().replace(error.message, shown(error.message))  # lines are click's own, not what was typed
    return told.rstrip("\n")


def say_json(answer: Any) -> None:
    """Print one JSON object on one line; what may not be printed as it is, is escaped as JSON does it."""
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    click.echo(written_out(text, lambda character: json.dumps(character)[1:-1]))


def printer(*, err: bool = False, width: int | None = None) -> Console:
    """Return what prints tables: a string is text to it and nothing else, no markup, no emoji, nothing to highlight."""
    from rich.console import Console

    return Console(stderr=err, width=width, markup=False, emoji=False, highlight=False)


def let_print_anything() -> None:
    """Let standard output write out what its encoding lacks, as standard error does, rather than fail."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
