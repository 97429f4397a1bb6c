"""``simulate exercise …``: papers for a tabletop exercise, its room, and its report."""

from __future__ import annotations

from importlib import import_module

import click

from sim.cli.language import translated
from sim.words.language import gettext as _

COMMANDS = {
    "pack": ("pack", "Write an exercise's papers, of one plan and one day of a scenario."),
    "new": ("new", "Make a session: the day that a room will play."),
    "run": ("run", "Open the room of a session: a server on this machine."),
    "import": ("take_in", "Read a list of events from a spreadsheet, and say what it holds."),
    "report": ("report", "Write the after-action report of a session."),
    "compare": ("compare", "Put two rooms on the same day side by side."),
    "quick": ("quick", "Draw a card: an incident at a place, five questions, and the model's answer."),
}
"""Every subcommand: its file in this room, and its help."""


class Exercise(click.Group):
    """The group: imports subcommands when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the subcommands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        return translated(import_module(f"sim.cli.exercise.{COMMANDS[cmd_name][0]}").command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(text)) for name, (_file, text) in COMMANDS.items()])


@click.group(cls=Exercise)
def command() -> None:
    """Tabletop exercises: papers, the room, the report."""
