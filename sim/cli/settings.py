"""``simulate settings``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from sim.cli.say import say
from sim.text import shown
from sim.words import settings as words
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.config.reference.settings import Key

_NARROWEST = 60
"""Columns below which lines are no longer made shorter."""
_PLACES = 3
"""Paths of a setting that stands at many which are written out."""


@click.command()
@click.argument("wanted", metavar="[WORD]...", nargs=-1)
def command(wanted: tuple[str, ...]) -> None:
    """Find a setting: what it means, its packaged value, its unit, what is allowed, and where the value comes from.

    Every WORD has to occur in its path, such as response.posko.desks, or in its meaning. Without one, the groups are
    listed.
    """
    from sim.config.reference.settings import every_key
    from sim.errors import UserError, nearest, shortened

    if not wanted:
        _say_groups()
        return
    asked = [word.casefold() for word in wanted]
    found = {key: paths for key in every_key() if (paths := _matching(key, asked))}
    if not found:
        name = shortened(" ".join(wanted))
        keys = sorted({path.rpartition(".")[2] for key in every_key() for path in key.path})
        raise UserError(words.NO_SETTING.format(name=name, hint=nearest(name, keys)))
    for key, paths in found.items():
        _say(paths, key)


def _matching(key: Key, asked: Sequence[str]) -> list[str]:
    """Return the paths of a setting for which every word occurs in the path or in the meaning."""
    meaning = f"{key.meaning} {_meaning(key)}".casefold()
    return [path for path in key.path if all(word in path.casefold() or word in meaning for word in asked)]


def _meaning(key: Key) -> str:
    """Return what a setting means, in the language that is spoken."""
    from sim.config.reference.markdown import plain

    meaning = plain(key.meaning)
    name, its_tag, _end = meaning.partition(": it is this one")
    return words.ITS_TAG.format(name=name) if its_tag else _(meaning)


def _say(paths: Sequence[str], key: Key) -> None:
    from sim.config.reference.markdown import plain
    from sim.config.reference.settings import value_at

    for path in paths[:_PLACES]:
        value = value_at(path) or ("" if key.is_needed else plain(key.default))
        text = words.VALUE if value else words.NEEDED if key.is_needed else words.GROUP
        _say_filled(text.format(path=path, value=value), 0)
    if len(paths) > _PLACES:
        _say_filled(words.MORE.format(count=len(paths) - _PLACES), 0)
    _say_filled(" ".join(_told(key)), 4)


def _told(key: Key) -> Iterator[str]:
    from sim.config.reference.markdown import plain
    from sim.config.reference.settings import SEVERAL

    yield _meaning(key)
    if key.unit:
        yield words.UNIT.format(unit=words.UNITS.get(key.unit, key.unit))
    yield words.ALLOWED.format(allowed=plain(key.allowed))
    if key.source and key.source != SEVERAL:
        yield words.SOURCE.format(source=key.source.rstrip("."))


def _say_groups() -> None:
    from sim.config.reference.markdown import plain
    from sim.config.reference.settings import main_groups

    _say_filled(words.ALL, 0)
    for path, sentence in main_groups().items():
        _say_filled(f"{path}: {_(plain(sentence))}", 2)


def _say_filled(text: str, indent: int) -> None:
    """Print a text over lines as wide as the terminal; what is longer than a line, and one word, stays whole."""
    from shutil import get_terminal_size
    from textwrap import wrap

    width = max(get_terminal_size((100, 24)).columns, _NARROWEST)
    first, more = " " * indent, " " * (indent if indent == 4 else indent + 4)
    lines = wrap(
        shown(text), width, initial_indent=first, subsequent_indent=more, break_on_hyphens=False, break_long_words=False
    )
    say(*lines)
