"""``simulate kinds``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.show import Warnings
from sim.cli.tables import print_rows
from sim.text import shown
from sim.words import lists as words
from sim.words import names


@click.command()
@click.argument("wanted", metavar="[WORD]...", nargs=-1)
@click.option("--scenarios", type=GivenPath(), help="A folder with kinds of your own in kinds/.")
def command(wanted: tuple[str, ...], scenarios: Path | None) -> None:
    """List the kinds of disturbance: where each can happen, how it lives, how bad it can become, what it leaves behind.

    Every WORD has to occur in its name, its title or where it can happen.
    """
    from sim.config.compose import load
    from sim.errors import UserError, nearest, shortened
    from sim.report.fitted import Column, Rows

    scenario = load(None, ["scenario=calm_day"], scenarios)
    Warnings().say(scenario.remarks)
    rows = []
    for name, kind in scenario.kinds.items():
        places = [names.called(names.PLACE, place) for place in kind.places]
        cells = (name, kind.said_title, ", ".join(places), names.called(names.COURSE, kind.course.course))
        if all(any(word.casefold() in cell.casefold() for cell in cells) for word in wanted):
            severities = [names.called(names.SEVERITY, severity.word) for severity, _ in kind.severities.items()]
            traces = [names.called(names.TRACE, trace) for trace in kind.traces]
            rows.append([*map(shown, cells), ", ".join(severities), ", ".join(traces)])
    if not rows:
        name = shortened(" ".join(wanted))
        raise UserError(words.NO_KIND.format(name=name, hint=nearest(name, scenario.kinds)))
    columns = [Column(heading, folds=key != "name") for key, heading in words.KINDS.items()]
    print_rows(Rows(columns, rows, whole=True))
