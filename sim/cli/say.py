"""Everything the command prints goes through here: no text of a stranger is obeyed by a terminal, or by rich."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
from typing import TYPE_CHECKING, Any

import click

from sim.text import shown, squeezed, written_out

if TYPE_CHECKING:
    from rich.console import Console

_LONGEST_LINE = 1_000
"""Characters of a line of an error, which may quote a whole file."""


def say(text: str) -> None:
    """Print lines to standard output."""
    click.echo(shown(text, lines=True))


def complain(text: str) -> None:
    """Print lines to standard error; very long ones without their middle."""
    click.echo("\n".join(squeezed(line, _LONGEST_LINE) for line in shown(text, lines=True).split("\n")), err=True)


def complain_of(error: click.ClickException) -> None:
    """Print an error of click, which quotes what was typed, and how the command is used."""
    said = io.StringIO()
    if isinstance(error, click.UsageError) and error.ctx is not None:
        error.ctx.color = True  # click would take out of an error what colours it; it is to be seen
    error.show(file=said)
    complain(said.getvalue().rstrip("\n"))


def say_json(answer: Any) -> None:
    """Print one JSON object on one line; what may not be printed as it is, is escaped as JSON does it."""
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    click.echo(written_out(text, lambda character: json.dumps(character)[1:-1]))


def printer(*, err: bool = False, width: int | None = None) -> Console:
    """Return what prints tables: a string is text to it and nothing else, no markup, no emoji, nothing to highlight."""
    from rich.console import Console

    return Console(stderr=err, width=width, markup=False, emoji=False, highlight=False)


def word(text: str) -> str:
    r"""Return a text as one word of a command line, to be pasted into a shell; ``$'\x1b'`` where it cannot be shown."""
    if shown(text) == text:
        return shlex.quote(text)
    quoted = re.sub(r"[\\']", r"\\\g<0>", text)
    return f"$'{written_out(quoted, _bytes)}'"


def _bytes(character: str) -> str:
    r"""Return a character as a shell writes its bytes, ``\x1b``; a lone surrogate is a byte that is no text."""
    raw = os.fsencode(character) if "\udc80" <= character <= "\udcff" else character.encode(errors="surrogatepass")
    return "".join(f"\\x{byte:02x}" for byte in raw)


def let_print_anything() -> None:
    """Let standard output write out what its encoding lacks, as standard error does, rather than fail."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
