"""The one error a user may see: a mistake of his own, said in one clear message; and his wish to stop."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sim import text
from sim.words.language import gettext as _

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class UserError(Exception):
    """A mistake in what the user gave: a setting, a file, a place, a folder.

    The command line prints its message and exits with code 2, without a traceback. The message names the
    setting, the value, what is allowed or the nearest name, and the file where there is one.

    A mistake is one line, whatever somebody has called the file or the setting that it names: what would break or steer
    a line is written out here, for every message. Several are :class:`SeveralMistakes`.

    Args:
        message: What is wrong.
    """

    def __init__(self, message: str) -> None:
        super().__init__(text.shown(message))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it come out of another process as what it was there, whatever its class is made of."""
        return _come_over, (type(self), self.args), self.__dict__


def _come_over(kind: type[UserError], args: tuple[Any, ...]) -> UserError:
    """Return an error with the message it had; what else it holds is set after this."""
    return kind.__new__(kind, *args)


class Stopped(Exception):
    """The user asked the program to stop, and it has put things in order; the message says what is kept."""


MOST_SHOWN = 20
"""Mistakes that are said at a time, a line each; the rest is counted."""


def in_lines(lines: Iterable[str], unread: int = 0) -> str:
    """Return mistakes as one message: each once, a line each, at most MOST_SHOWN of them.

    Args:
        lines: What is wrong.
        unread: How many more mistakes there are of which no line was made.
    """
    each = list(dict.fromkeys(lines))
    more = len(each[MOST_SHOWN:]) + unread
    return "\n".join([*each[:MOST_SHOWN], *([_("… and {more:,} more").format(more=more)] if more else [])])


def first_line(message: str) -> str:
    """Return the first mistake of a message, and how many more it names."""
    first, *more = message.splitlines() or [""]
    return _("{first} (and {more} more)").format(first=first, more=len(more)) if more else first


class SeveralMistakes(UserError):
    """Mistakes that were gathered.

    Attributes:
        lines: All of them that were read, also those that the message only counts.
        unread: How many more there are of which no line was made.
    """

    def __init__(self, lines: Iterable[str], unread: int = 0) -> None:
        self.lines, self.unread = tuple(dict.fromkeys(map(text.shown, lines))), unread
        Exception.__init__(self, in_lines(self.lines, unread))


def said_again(message: str) -> UserError:
    """Return the error of mistakes that another error has said, a line each, with or without more about them."""
    return SeveralMistakes(message.split("\n"))


class Mistakes:
    """Gathers the mistakes of steps that do not depend on each other, so that all are said at once."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Keep a mistake that is made inside, and go on after it."""
        try:
            yield
        except UserError as error:
            self._lines += error.lines if isinstance(error, SeveralMistakes) else [str(error)]

    def each(self, items: Iterable[_Item], make: Callable[[int, _Item], _Made]) -> tuple[_Made, ...]:
        """Return what is made of each item and its number, but for those whose mistakes are kept."""
        made = []
        for i, item in enumerate(items):
            with self.noted():
                made.append(make(i, item))
        return tuple(made)

    def refuse(self) -> None:
        """Say what was kept.

        Raises:
            SeveralMistakes: When there was any.
        """
        if self._lines:
            raise SeveralMistakes(self._lines)


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
    names = sorted({str(k) for k in known})
    near = _near(name, names)
    if near:
        return _offered(near)
    if not names:
        return _("none are known")
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return _("known: {names}").format(names=listed)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the clause that offers the nearest known name, or nothing where none is near.

    Args:
        name: What the user wrote.
        known: The names that exist.
    """
    near = _near(name, sorted({str(k) for k in known}))
    return _offered(near) if near else ""


def nearest_of(name: str, known: Iterable[str], every: str) -> str:
    """Return what :func:`nearest` does, and after it where all that there is can be read.

    Args:
        name: What the user wrote.
        known: The names that exist.
        every: A clause that names the command which lists them.
    """
    names = list(known)
    near = did_you_mean(name, names)
    return f"{near} {every}" if near else f"{nearest(name, names)}; {every}"


def _near(name: str, names: list[str]) -> str | None:
    """Return the name that comes nearest, None where none is near."""
    folded = {n.casefold(): n for n in names}
    close = difflib.get_close_matches(name[:_LONGEST].casefold(), list(folded), n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def _offered(name: str) -> str:
    return _("did you mean '{name}'?").format(name=name)


def cannot_be_read(file: object, error: OSError) -> UserError:
    """Return the error of a file that the system does not let be read."""
    return UserError(_("'{file}': cannot be read ({why})").format(file=file, why=error.strerror or error))


def cannot_be_written(file: object, error: OSError) -> UserError:
    """Return the error of a file or folder that the system does not let be written."""
    return UserError(_("'{file}': cannot be written ({why})").format(file=file, why=error.strerror or error))


def of_strategy(name: str) -> str:
    """Return how a message begins that is about a strategy; by this, others know it again."""
    return _("strategy '{name}'").format(name=name)


def quoted(value: str) -> str:
    """Return a value from a file for a message: shortened, in quotes."""
    return f"'{shortened(value)}'"
