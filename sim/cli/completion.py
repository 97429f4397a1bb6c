"""``simulate completion SHELL``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = tuple(shell for shell in ("bash", "zsh", "fish", "powershell") if get_completion_class(shell))
"""The shells whose words can be completed; PowerShell's where click knows it."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that completes commands, settings and choices.

    \b
    bash, zsh:   source <(simulate completion bash)
    fish:        simulate completion fish | source
    PowerShell:  simulate completion powershell | Out-String | Invoke-Expression
    """  # noqa: D301  (click's own mark: these lines stay lines)
    import sim.cli.shells  # noqa: F401  (it makes them known)
    from sim.cli import VARIABLE, group
    from sim.cli.say import say

    found = get_completion_class(shell)
    assert found is not None
    say(*found(group, {}, "simulate", VARIABLE).source().rstrip("\n").split("\n"))
