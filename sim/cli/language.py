"""``language=id`` on the command line: which language is asked for, and what click itself says in it."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy

import click

from sim.errors import UserError, nearest
from sim.words.language import DOMAIN, FOLDER, VARIABLE, Language, marked, of_environment, spoken
from sim.words.language import gettext as _

SETTING = "language="
_CLICKS = "LANGUAGE"
"""The environment variable from which gettext takes the language of what click says."""


def asked(args: Sequence[str]) -> tuple[Language, list[str]]:
    """Return the language that a command line asks for, else the user's locale, and the line without it.

    Raises:
        UserError: For a language that is not spoken.
    """
    said = [arg.removeprefix(SETTING) for arg in args if arg.startswith(SETTING)]
    rest = [arg for arg in args if not arg.startswith(SETTING)]
    if not said:
        return of_environment(os.environ), rest
    try:
        return Language(said[-1]), rest
    except ValueError:
        hint = nearest(said[-1], Language)
        raise UserError(_("language={name}: is not spoken here; {hint}").format(name=said[-1], hint=hint)) from None


@contextmanager
def speaking_on_the_line(language: Language) -> Iterator[None]:
    """Speak a language inside: the program, click, and the processes that play days."""
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    before, domain = {name: os.environ.get(name) for name in (VARIABLE, _CLICKS)}, gettext.textdomain()
    os.environ.update({VARIABLE: language, _CLICKS: language})
    gettext.textdomain(DOMAIN)
    try:
        with spoken(language):
            yield
    finally:
        gettext.textdomain(domain)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def translated(command: click.Command) -> click.Command:
    """Return a command whose help, and that of its options and subcommands, is in the language that is spoken."""
    new = copy(command)
    new.help = _(command.help) if command.help else command.help
    new.options_metavar = _(marked("[OPTIONS]"))
    new.params = [_parameter(one) for one in command.params]
    if isinstance(new, click.Group):
        new.subcommand_metavar = _(marked("COMMAND [ARGS]..."))
        new.commands = {name: translated(one) for name, one in new.commands.items()}
    return new


def _parameter(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    new = copy(parameter)
    new.help = _(parameter.help)
    return new
