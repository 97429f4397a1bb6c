"""``simulate completion SHELL``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that completes commands: ``source <(simulate completion bash)``."""
    from sim.cli import group
    from sim.cli.say import say

    found = get_completion_class(shell)
    assert found is not None
    say(found(group, {}, "simulate", "_SIMULATE_COMPLETE").source())
