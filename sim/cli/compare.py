"""``simulate compare RUN RUN …``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.say import printer, say, say_json


@click.command()
@click.argument("runs", nargs=-1, required=True, type=GivenPath())
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else on standard output.")
@click.option("--html", "page", type=GivenPath(), help="Write the comparison as a page into this file as well.")
def command(runs: tuple[Path, ...], as_json: bool, page: Path | None) -> None:
    """Compare finished runs with the first of them, and plans with each other over all of them.

    Runs are named by what differs between their settings. Where seed, region and voters are the same, they met the
    same days and are compared day by day; where not, it is said.
    """
    from sim.experiment.store import read
    from sim.inference.between import between
    from sim.report.between import answer
    from sim.report.between_page import write_page
    from sim.report.between_tables import print_between
    from sim.words import compare as words

    found = between([read(path) for path in runs])
    if as_json:
        say_json({**answer(found), "page": None if page is None else str(write_page(found, page))})
        return
    print_between(printer(), found)
    say(words.AS_PAGE if page is None else words.PAGE_AT.format(file=write_page(found, page)))
