"""``simulate exercise run …``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.say import say


@click.command()
@click.argument("session", type=GivenPath())
@click.option("--port", type=click.IntRange(1, 65_535), default=8765, show_default=True, help="Port of the server.")
def command(session: Path, port: int) -> None:
    """Open the room of a session: a server on this machine."""
    from sim.exercise.room.serve import serve

    serve(session, port, say)
