"""``simulate playback RUN``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.say import say


@click.command()
@click.argument("run", type=GivenPath())
@click.option("--strategies", help="One strategy, or two with a comma between; else the first and the best other.")
@click.option("--day", default="median", show_default=True, help="The day: median, worst, or its number, from 0.")
def command(run: Path, strategies: str | None, day: str) -> None:
    """Show one day of a run on the map, minute by minute, two plans side by side."""
    from sim.experiment.store import read
    from sim.playback.page import rule_sentence
    from sim.playback.write import play, save
    from sim.words import playback as words

    opened = read(run)
    titles = {one.name: one.said_title for one in opened.scenario.strategies}
    names = None if strategies is None else [name.strip() for name in strategies.split(",")]
    played = play(opened, names, day)
    file = save(played)
    say(rule_sentence(played.chosen, titles[opened.strategies[0]]))
    shown = [titles[one.strategy] for one in played.recordings]
    if names is None and len(shown) > 1:
        say(words.SAYS["default_plans"].format(first=shown[0], best=shown[1]))
    else:
        say(words.SAYS["plans"].format(strategies=", ".join(shown)))
    say(words.SAYS["replayed"])
    say(words.SAYS["written"].format(file=file, size=file.stat().st_size / 1e6))
