"""``simulate policies``."""

from __future__ import annotations

import click

from sim.cli.tables import say_text
from sim.words import lists as words
from sim.words.language import gettext as _

_LINE = 100
"""Columns of a line of running text."""


@click.command()
@click.argument("wanted", metavar="[WORD]...", nargs=-1)
def command(wanted: tuple[str, ...]) -> None:
    """List the rules of a strategy: dispatch, relocation, command, guards, escort of the boxes, leaving a station.

    Every WORD has to occur in its name, or in that of what it is a rule of.
    """
    from sim.config.policies import policies
    from sim.errors import UserError, nearest, shortened

    every = policies()
    asked = [word.casefold() for word in wanted]
    found = [one for one in every if all(word in f"{one.group} {one.name}" for word in asked)]
    if not found:
        name = shortened(" ".join(wanted))
        raise UserError(words.NO_POLICY.format(name=name, hint=nearest(name, [one.name for one in every])))
    for group in dict.fromkeys(one.group for one in found):
        say_text(words.POLICIES[group])
        for one in found:
            if one.group == group:
                own = f" ({words.OWN_SETTINGS.format(settings=', '.join(one.settings))})" if one.settings else ""
                text = f"{one.name}: {_(one.sentence).removesuffix('.')}{own}."
                say_text(text, most=_LINE, indent="  ", hanging="    ")
