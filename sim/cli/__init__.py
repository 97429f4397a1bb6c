"""The command ``simulate``: click owns the command line, each subcommand is a thin shell over the API.

Only click is imported here; a subcommand is imported when it is called, so that ``simulate --help`` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from sim.cli.language import asked, speaking_on_the_line, translated
from sim.cli.outcome import outcome
from sim.errors import UserError
from sim.experiment.interrupt import STOPS, watched
from sim.words.language import gettext as _

COMMANDS = {
    "run": "Play a scenario under its strategies and compare them.",
    "scenarios": "List the scenarios that can be played.",
    "strategies": "List the strategies, and what each spends.",
    "strategy": "Make a strategy of your own, and check what it spends.",
    "scenario": "Make a scenario of your own.",
    "places": "List the places that can be named.",
    "region": "A region of your own: tables to fill in, what they hold, what is wrong.",
    "bases": "List the bases, where teams can wait.",
    "kinds": "List the kinds of disturbance.",
    "settings": "Find a setting: what it means, its value, what is allowed.",
    "policies": "List the rules of dispatch, relocation, command and escort.",
    "roads": "Make a table of roads of a GeoJSON file or an OpenStreetMap extract.",
    "check": "Check a scenario, a strategy, a kind or a region.",
    "compare": "Put finished runs side by side.",
    "playback": "Show one day of a run on the map, minute by minute.",
    "report": "Write a run's report again.",
    "why": "Tell why a response was late.",
    "one-more": "Tell where one more team would help most.",
    "best-placement": "Tell what the same people could cover at best.",
    "evacuate": "Tell how soon everybody at a site or in an area is safe.",
    "orders": "Write the orders of one strategy: who stands where.",
    "resume": "Go on with an interrupted run.",
    "repair": "Play again what is damaged of a run.",
    "exercise": "Tabletop exercises: papers, the room, the report.",
    "completion": "Print the shell completion script.",
}
"""Every subcommand and its help."""


VARIABLE = "_SIMULATE_COMPLETE"
"""The environment variable by which a shell asks what completes a word."""


class Simulate(click.Group):
    """The group: imports subcommands when they are called; overrides without a subcommand mean ``run``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the subcommands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        return translated(import_module(f"sim.cli.{cmd_name.replace('-', '_')}").command)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Complete a subcommand, or a setting: the first may be left out."""
        from sim.cli.completing import complete_settings

        run = self.get_command(ctx, "run")
        assert run is not None
        settings = complete_settings(ctx, run.params[0], incomplete)
        return [*super().shell_complete(ctx, incomplete), *(CompletionItem(one) for one in settings)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(text)) for name, text in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let ``simulate scenario=…`` mean ``simulate run scenario=…``."""
        own = (*COMMANDS, "--help", "-h", "--version")
        if args and args[0] not in own and ("=" in args[0] or args[0].startswith("-")):
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a subcommand; for an unknown one, offer the nearest."""
        if args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS, n=1)
            unknown = (
                _("no such command '{name}'; did you mean 'simulate {near}'?")
                if near
                else _("no such command '{name}'; to play a scenario: simulate scenario={name}")
            )
            raise click.UsageError(unknown.format(name=args[0], near="".join(near)), ctx)
        return super().resolve_command(ctx, args)


HELP = """Simulate the security of a polling day.

\b
simulate scenario=riot_kecamatan3                     play a scenario under its strategies
simulate scenario=landslide_trunk weather=heavy_rain  change any setting
simulate scenario=calm_day,riot_kecamatan3            a comma list is a sweep
simulate scenario=riot_kecamatan3 --cfg               print all settings, run nothing
simulate scenario=riot_kecamatan3 language=id         dalam bahasa Indonesia; so for any command
simulate run --help                                   options of a run
"""


@click.group(cls=Simulate, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="siaga", prog_name="simulate")
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error of the program.")
def group() -> None:
    """Hold the subcommands."""


_FEW_SWEEPS = 100_000
"""New objects after which the collector looks for garbage. What is loaded at the start stays, and left alone the
collector looks through it dozens of times: a tenth of ``simulate check``."""
_NO_SWEEP = 200_000
"""The same for ``simulate check``, whose 130,000 objects nearly all stay to its end."""


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 our fault, 2 the user's mistake, 128 and its number after a signal."""
    given = sys.argv[1:] if args is None else args
    checks = given[:1] == ["check"]
    gc.set_threshold(_NO_SWEEP if checks else _FEW_SWEEPS)
    code = call(given)
    if checks:
        gc.freeze()  # it ends with all that it loaded; of the others, DuckDB counts what is left of it at the end
    sys.exit(code)


def call(args: list[str]) -> int:
    """Run the command line and return the exit code."""
    debug = "--debug" in args or bool(os.environ.get("SIAGA_DEBUG"))
    if VARIABLE in os.environ:
        import_module("sim.cli.shells")
    args = [arg for arg in args if arg != "--debug"]  # it may stand anywhere
    with watched(STOPS):
        try:
            language, args = asked(args)
        except UserError as mistake:
            return outcome(partial(_refuse, mistake), debug)
        with speaking_on_the_line(language):
            return outcome(
                lambda: translated(group).main(args=args or ["--help"], prog_name="simulate", standalone_mode=False),
                debug,
            )


def _refuse(mistake: UserError) -> NoReturn:
    raise mistake
