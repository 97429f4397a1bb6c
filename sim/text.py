"""Text from a user or a stranger's file: what of it is refused, and how it is shown.

Settings (:mod:`sim.config.fields`) and tables (:mod:`sim.region.table`) refuse by a :class:`Rule` what would do harm
where it is shown. Whatever shows text nevertheless passes it through :func:`shown`, for errors quote what was refused,
and folders and command lines are never asked for by a rule.
"""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from textwrap import wrap

from sim.words.language import gettext as _
from sim.words.language import marked

_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000))
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_WHY = (
    (re.compile("\n"), marked("a line break"), marked("it is one line")),
    (re.compile(f"[{_CONTROLS}]"), marked("a control character"), marked("a terminal or a table would obey it")),
    (
        re.compile(f"[{_SURROGATES}]"),
        marked("a lone surrogate"),
        marked("it is half a character and cannot be written"),
    ),
    (
        re.compile(f"[{_DIRECTIONS}]"),
        marked("a direction override"),
        marked("it shows text in another order than it is read"),
    ),
    (
        re.compile(f"[{_NO_CHARACTERS}]"),
        marked("a code that is no character"),
        marked("it cannot stand in a table or page"),
    ),
)
_HARMFUL = re.compile(f"[{_CONTROLS}{_SURROGATES}{_DIRECTIONS}{_NO_CHARACTERS}]")
_HARMFUL_IN_LINES = re.compile(f"(?!\n)[{_CONTROLS}{_SURROGATES}{_DIRECTIONS}{_NO_CHARACTERS}]")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing."""
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula, also where it opens a CSV table."""
ELLIPSIS = "…"


@dataclass(frozen=True)
class Rule:
    """What a text of one kind may be.

    Attributes:
        most: Its greatest length, characters.
        why: Why it may not be longer, in English; it is translated where it is said.
        lines: Whether it may have several lines.
        empty: Whether it may be empty.
        in_tables: Whether it is written into CSV tables, where it must not begin like a formula.
    """

    most: int
    why: str
    lines: bool = False
    empty: bool = False
    in_tables: bool = False

    def fault(self, text: str) -> str | None:
        """Return what is wrong with a text, in words that follow its name and value; None when nothing is."""
        if len(text) <= self.most and text.isascii() and text.isprintable() and text[:1].isalnum():
            return None  # nearly every text, and a region may have a million
        if len(text) > self.most:
            return _("may have {most:,} characters at most, {why}; it has {count:,}").format(
                most=self.most, why=_(self.why), count=len(text)
            )
        found = (_HARMFUL_IN_LINES if self.lines else _HARMFUL).search(text)
        if found:
            what, why = next((what, why) for pattern, what, why in _WHY if pattern.match(found[0]))
            return _("may not hold {what} ({sign}): {why}").format(what=_(what), sign=shown(found[0]), why=_(why))
        if self.in_tables and text.startswith(FORMULA):
            return _("may not begin with '{sign}': a spreadsheet would take it for a formula").format(sign=text[0])
        if not (self.empty and not text) and not any(map(_is_seen, text)):
            return _("must not be empty") if not text else _("may not be blank: there is nothing in it to be seen")
        return None


TITLE = Rule(120, marked("so that it fits a heading"))
"""Titles of scenarios, strategies and kinds."""
DESCRIPTION = Rule(4_000, marked("as it is printed whole"), lines=True, empty=True)
"""Descriptions of scenarios and strategies."""
TABLE_NAME = Rule(100, marked("as names of stations and roads are made of it"), in_tables=True)
"""Names and codes in the tables of a region, and its title."""
STATION_NAME = Rule(220, marked("which is enough for the name of a place and that of its village"), in_tables=True)
"""Names and codes in a region's table of stations: those that are made up have two names in one."""
NAME = Rule(500, marked("which is enough for the longest name that is ever printed"), in_tables=True)
"""What settings call a thing by: a place in any of its forms, a vehicle, a stage."""
LOCATION = Rule(4_095, marked("the longest path that there is"))
"""Files, folders and addresses."""


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK


def shown(text: str, *, lines: bool = False) -> str:
    r"""Return a text as it can be shown to anybody anywhere: what would do harm is written out, as in ``\x1b``.

    Args:
        text: Any text, lone surrogates included.
        lines: Whether it keeps its line breaks (``\n``).
    """
    return written_out(text, lambda character: repr(character)[1:-1], lines=lines)


def written_out(text: str, how: Callable[[str], str], *, lines: bool = False) -> str:
    """Return a text with each character that would do harm written in some other way.

    Args:
        text: Any text.
        how: Returns what stands for a character.
        lines: Whether it keeps its line breaks.
    """
    return (_HARMFUL_IN_LINES if lines else _HARMFUL).sub(lambda found: how(found[0]), text)


def cells(text: str) -> int:
    """Return how many columns a text takes on a terminal: wide characters two, marks and joiners none."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """Return a text of at most so many columns; where its end is left out, an ellipsis stands for it."""
    if cells(text) <= columns:
        return text
    fitting = sum(width < columns for width in accumulate(map(_width, text)))
    return text[:fitting].rstrip(" \u200d") + ELLIPSIS


def squeezed(text: str, most: int) -> str:
    """Return a text of at most so many characters, its middle left out: messages begin and end with what matters."""
    if len(text) <= most:
        return text
    head = (most - len(ELLIPSIS)) // 2
    return text[:head] + ELLIPSIS + text[len(text) - (most - len(ELLIPSIS) - head) :]


def wrapped(text: str, columns: int, most: int) -> str:
    """Return a text on at most so many lines of so many columns; an ellipsis stands for what is left out."""
    one_line = " ".join(text.split())
    width = max(1, columns * len(one_line) // max(cells(one_line), 1))  # wide characters: fewer of them on a line
    lines = wrap(one_line, width)
    if len(lines) > most:
        lines[most - 1 :] = [cut(lines[most - 1] + " " * columns, columns)]
    return "\n".join(lines)


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


def override_value(text: str) -> str:
    r"""Return a text as the value of an override: in quotes, before which ``\\`` is doubled, as Hydra reads it."""
    inside = re.sub(r"(\\*)('|\Z)", lambda found: found[1] * 2 + ("\\'" if found[2] else ""), text)
    return f"'{inside}'"
