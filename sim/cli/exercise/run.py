"""``simulate exercise run SESSION``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.say import say


@click.command()
@click.argument("session", type=GivenPath())
@click.option("--port", type=click.IntRange(1, 65_535), default=8765, show_default=True, help="Port of the server.")
@click.option("--network", is_flag=True, help="Let the phones and laptops of the room's network join.")
@click.option("--address", default="", help="Address of this machine in that network; else it is found out.")
@click.option("--no-browser", is_flag=True, help="Do not open the console in a browser.")
@click.option(
    "--workers", type=click.IntRange(0, 64), default=2, show_default=True, help="Processes that work out questions."
)
def command(session: Path, port: int, network: bool, address: str, no_browser: bool, workers: int) -> None:
    """Open the room of a session: a server on this machine."""
    from sim.exercise.room.serve import Where, serve

    serve(session, Where(port, network or bool(address), address, not no_browser, workers), say)
