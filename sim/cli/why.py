"""``simulate why RUN``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.say import say_json
from sim.cli.tables import print_rows, say_text
from sim.text import shown

if TYPE_CHECKING:
    from sim.experiment.store import Run


_LINE = 100
"""Columns of a line of running text."""


@click.command()
@click.argument("run", type=GivenPath())
@click.option("--incident", help="The incident to tell, such as s0; without it, incidents are listed.")
@click.option("--replication", type=int, help="The day, from 0; without it, the latest responses of all days.")
@click.option("--strategy", help="The strategy; without it the first, or every one in the list of all days.")
@click.option("--stored", is_flag=True, help="Tell it from the stored tables; do not play the day again.")
@click.option("--all", "everything", is_flag=True, help="Tell all that happened around it, and all who were not sent.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else on standard output.")
def command(
    run: Path,
    incident: str | None,
    replication: int | None,
    strategy: str | None,
    stored: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """Tell why a response was late, or list the latest."""
    from sim.experiment.again import play_again
    from sim.experiment.store import read
    from sim.report.telling import answer, written
    from sim.report.why import find, first_strategy

    opened = read(run)
    if incident is None:
        _list(opened, replication, strategy, as_json)
        return
    name = first_strategy(opened, strategy)
    found = find(opened, incident, name, replication)
    again = None if stored else play_again(opened, name, found.day, found.stored, incident)
    if as_json:
        say_json(answer(opened, found, name, again))
    else:
        for paragraph in written(opened, found, again, everything=everything):
            say_text(paragraph, most=_LINE)


def _list(run: Run, day: int | None, strategy: str | None, as_json: bool) -> None:
    """List the disturbances of a day, or the latest responses of all days."""
    from sim.experiment.partial import partial_sentences
    from sim.report.telling import list_answer, rows
    from sim.report.why import first_strategy, latest, of_day
    from sim.words import why as words

    if day is None:
        found, everything = latest(run, strategy)
        title = words.LISTS["latest" if everything else "none_at_all"].format(count=len(found), all=everything)
    else:
        name = first_strategy(run, strategy)
        found = of_day(run, name, day)
        title = words.LISTS["day" if len(found) else "none"].format(day=day, strategy=name)
    if as_json:
        say_json({"run": str(run.path), "responses": list_answer(found)})
        return
    cells = rows(run, found)  # before a word is said: a damaged table of places is an error
    for sentence in (*partial_sentences(run.replications, run.scenario.run.replications), title):
        say_text(sentence)
    if len(found):
        _print(cells)


def _print(rows: list[list[str]]) -> None:
    """Print a table whose first row is its heading."""
    from sim.report.fitted import Column, Rows
    from sim.words import why as words

    narrow = ("replication", "incident", "onset")
    columns = [
        Column(heading, right=key == "replication", folds=key not in narrow)
        for key, heading in zip(words.COLUMNS, rows[0], strict=True)
    ]
    print_rows(Rows(columns, [[shown(cell) for cell in row] for row in rows[1:]], whole=True, called=4))
