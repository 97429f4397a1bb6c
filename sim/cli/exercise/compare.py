"""``simulate exercise compare SESSION OTHER``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.exercise.progress import futures_player
from sim.cli.exercise.report import DEFAULT_FUTURES
from sim.cli.given import GivenPath
from sim.cli.say import say
from sim.cli.tables import print_rows, say_text
from sim.text import word


@click.command()
@click.argument("session", type=GivenPath())
@click.argument("other", type=GivenPath())
@click.option(
    "--out", type=GivenPath(), help="Folder for the page; without it 'report', in the first session's folder."
)
@click.option(
    "--futures", type=click.IntRange(0, 10_000), default=DEFAULT_FUTURES, show_default=True,
    help="Futures on which both rooms are put beside the plan and each other; 0: none, and no ranges.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that play them.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(session: Path, other: Path, out: Path | None, futures: int, workers: int, quiet: bool) -> None:
    """Put two rooms on the same day side by side: decisions on one clock, ratings, and ranges on the same futures.

    Both sessions must play the same day of the same run under the same plan; others are refused.
    """
    from sim.exercise.after.contest import check_same_day, contest
    from sim.exercise.after.contest_page import contest_paper
    from sim.exercise.after.contest_table import contest_rows
    from sim.exercise.after.read import read_session
    from sim.exercise.after.write import FOLDER, write_contest
    from sim.words import after as words

    one, two = read_session(session), read_session(other)
    check_same_day(one, two)
    with futures_player(one.scenario, words.PLAYING, futures, workers, quiet) as play:
        made = contest(one, two, play, futures)
    paper = contest_paper(made, f"simulate exercise compare {word(str(session))} {word(str(other))}")
    file = write_contest(made, paper, out or session / FOLDER)
    rows = contest_rows(made)
    if rows is None:
        say_text(made.fault)
    else:
        print_rows(rows)
    say(words.AS_PAGE.format(file=file))
