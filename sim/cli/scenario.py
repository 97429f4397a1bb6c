"""``simulate scenario new``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.own_file import FOLDER, refuse_name, write_new
from sim.cli.say import say
from sim.words import own as words


@click.group()
def command() -> None:
    """Make a scenario of your own."""


@command.command()
@click.argument("name")
@click.option("--from", "origin", default="riot_kecamatan3", show_default=True, help="The scenario it is made of.")
@click.option("--scenarios", type=GivenPath(), default=FOLDER, show_default=True, help="Your folder; made if needed.")
def new(name: str, origin: str, scenarios: Path) -> None:
    """Write NAME.yaml in your folder: what happens on the day, with what each setting means and may hold."""
    from sim.config.own import scenario_text
    from sim.text import word

    refuse_name("scenario", "scenario", name)
    file = scenarios / f"{name}.yaml"
    text = scenario_text(name, origin, file, scenarios if scenarios.is_dir() else None)
    write_new({file: text.encode()})
    say(words.WRITTEN.format(file=file, origin=origin))
    say(words.CHECK.format(command=f"simulate check {word(str(file))}"))
    say(words.PLAY.format(command=f"simulate --scenarios {word(str(scenarios))} scenario={name}"))
