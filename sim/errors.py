"""The one error a user may see: a mistake of his own, said in one clear message; and his wish to stop."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from sim import text


class UserError(Exception):
    """A mistake in what the user gave: a setting, a file, a place, a folder.

    The command line prints its message and exits with code 2, without a traceback. The message names the
    setting, the value, what is allowed or the nearest name, and the file where there is one.
    """


class Stopped(Exception):
    """The user asked the program to stop, and it has put things in order; the message says what is kept."""


_LONGEST = 200
"""Characters of a name that are held against others: no name has more."""


def shortened(value: str, most: int = 60) -> str:
    """Return a text as an error repeats it: its beginning, on one line, without signs that a terminal would obey.

    Args:
        value: What the user wrote.
        most: Characters of it that are repeated.
    """
    line = text.shown(value[:most])
    return line if len(value) <= most else f"{line}…"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the clause that offers the nearest known name, or lists them all when none is near.

    Args:
        name: What the user wrote.
        known: The names that exist.
    """
    names, name = sorted({str(k) for k in known}), name[:_LONGEST]
    folded = {n.casefold(): n for n in names}
    close = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"known: {listed}" if names else "none are known"


def quoted(value: str) -> str:
    """Return a value from a file for a message: shortened, in quotes."""
    return f"'{shortened(value)}'"
