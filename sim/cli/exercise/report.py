"""``simulate exercise report SESSION``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.exercise.progress import futures_player
from sim.cli.given import GivenPath
from sim.cli.say import say

DEFAULT_FUTURES = 200


@click.command()
@click.argument("session", type=GivenPath())
@click.option("--out", type=GivenPath(), help="Folder for the report; without it 'report', in the session's folder.")
@click.option(
    "--futures", type=click.IntRange(0, 10_000), default=DEFAULT_FUTURES, show_default=True,
    help="Futures on which the room's decisions are put beside the plan; 0: none, and no ranges.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that play them.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(session: Path, out: Path | None, futures: int, workers: int, quiet: bool) -> None:
    """Write the after-action report of a session: a page, a document to edit, the log, and a workbook.

    The session may be running: the report then says that it is of the exercise so far.
    """
    from sim.exercise.after.compared import worth
    from sim.exercise.after.read import read_session
    from sim.exercise.after.write import FOLDER, write_report
    from sim.words import after as words

    played = read_session(session)
    with futures_player(played.scenario, words.PLAYING, futures, workers, quiet) as play:
        found = worth(played, play, futures)
    for file in write_report(played, found, out or session / FOLDER):
        say(str(file))
