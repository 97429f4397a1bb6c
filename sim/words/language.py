"""In which language a user is spoken to, and the one way from an English text to what is said.

English stands in the code: in the other files of this room, and where an error is raised. Indonesian is a catalogue of
GNU gettext beside it (``id/LC_MESSAGES/siaga.po``), found by the English text, so that titles in packaged files are
found there as well, and a user's own pass through as they are.

    from sim.words import report as words          # constants: ask for them inside of functions only
    words.TITLE.format(days=1200)                  # "1,200 days", or "1.200 hari"

    from sim.words.language import gettext as _    # anywhere else
    raise UserError(_("{file}: cannot be read").format(file=file))
"""

from __future__ import annotations

import gettext as gnu
import os
import string
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

DOMAIN = "siaga"
FOLDER = Path(__file__).parent
VARIABLE = "SIAGA_LANGUAGE"
"""The environment variable that tells the processes of a run, and a user's own shell, which language is spoken."""


class Language(StrEnum):
    """A language that the program speaks, by its code in ISO 639-1."""

    ENGLISH = "en"
    INDONESIAN = "id"


def of_environment(environ: Mapping[str, str]) -> Language:
    """Return the language that an environment asks for: by ``SIAGA_LANGUAGE``, else by the locale of messages."""
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return Language.INDONESIAN if environ[name].lower().startswith("id") else Language.ENGLISH
    return Language.ENGLISH


_spoken: ContextVar[Language | None] = ContextVar("language", default=None)


def speaking() -> Language:
    """Return the language that is spoken now."""
    return _spoken.get() or of_environment(os.environ)


def speak(language: Language) -> None:
    """Speak a language from now on, in this process and those that it starts."""
    os.environ[VARIABLE] = language
    _spoken.set(language)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Speak a language inside, in this context alone."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def gettext(message: str) -> str:
    """Return a text in the language that is spoken; in English where the catalogue lacks it."""
    language = speaking()
    return message if language is Language.ENGLISH else _translated(message, language)


def marked(message: str) -> str:
    """Return a text as it is: it stands here to be gathered, and is translated where it is said."""
    return message


def number(value: float, spec: str) -> str:
    """Write a number as Python's format does, with the separators of the language: ``1,234.5`` or ``1.234,5``."""
    written = format(value, spec)
    return swapped(written)


def swapped(written: str) -> str:
    """Return a number that is written in the English way with the separators of the language."""
    return written if speaking() is Language.ENGLISH else written.translate(_SEPARATORS)


_SEPARATORS = str.maketrans(",.", ".,")


def clock(written: str) -> str:
    """Return a time of day, ``13:05``, as the language writes it: with a point in Indonesian (CLDR, locale ``id``)."""
    return written if speaking() is Language.ENGLISH else written.replace(":", ".")


def day_in_words(day: date) -> str:
    """Return a date as the language writes it: ``27 November 2024``."""
    return f"{day.day} {gettext(MONTHS[day.month - 1])} {day.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Text(str):
    """A text of another language than English, whose ``format`` writes numbers as that language does."""

    __slots__ = ()

    def format(self, *args: Any, **values: Any) -> str:
        """Put values into the text."""
        return _FORMATTER.vformat(self, args, values)


class _Formatter(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        if format_spec and isinstance(value, int | float):
            return number(value, format_spec)
        return super().format_field(value, format_spec)


_FORMATTER = _Formatter()


@cache
def _catalogue(language: Language) -> gnu.NullTranslations:
    return gnu.translation(DOMAIN, FOLDER, [language])


@cache
def _translated(message: str, language: Language) -> Text:
    return Text(_catalogue(language).gettext(message) if message else message)  # the empty one is the file's head


class _Words(ModuleType):
    """A file of words: its constants, asked for from outside, are in the language that is spoken."""

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return value if not name.isupper() or speaking() is Language.ENGLISH else _each(value)


def _each(value: Any) -> Any:
    """Return a constant with each text in it translated; keys of mappings are names and stay."""
    if isinstance(value, str):
        return gettext(value)
    if isinstance(value, dict):
        return {key: _each(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_each, value))
    return value


def translate(module: str) -> None:
    """Let the constants of a file of words be in the language that is spoken; its last line: ``translate(__name__)``.

    Python lets a module be of a class of its own, which sees each name that is asked of it.
    """
    sys.modules[module].__class__ = _Words
