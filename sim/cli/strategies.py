"""``simulate strategies``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.say import printer, say
from sim.cli.show import Warnings
from sim.config.packaged import STRATEGIES
from sim.config.plan_tables import PlanTable
from sim.text import shown
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.day.world import World

COLUMNS = ("posts", "officers\nat posts", "patrol", "reserve", "left", "wardens\nat posts", "left")
"""How many posts, what the officers do, how many are left unspent; the same for wardens, who all stand at stations."""


@click.command()
@click.argument("words", nargs=-1)
@click.option("--scenarios", type=GivenPath(), help="A folder with strategies of your own in strategy/.")
@click.option(
    "--table", type=click.Choice([str(what) for what in PlanTable]), help="Print one table of one strategy as CSV."
)
def command(words: tuple[str, ...], scenarios: Path | None, table: str | None) -> None:
    """List the strategies, and what each spends in a region.

    WORDS are names of strategies (all of them without any) and settings such as region.path=FOLDER. With --table the
    posts, patrols or standing guards of one strategy are printed as a table to edit, which a strategy by list reads.
    """
    from sim.config.compose import load
    from sim.day.fitting import prepare_fitting
    from sim.errors import UserError

    settings = [word for word in words if "=" in word]
    names = [word for word in words if "=" not in word] or _sound(settings, scenarios)
    scenario = load(None, [f"strategy={','.join(names)}", *settings], scenarios)
    if all("=" in word for word in words):  # nobody asked for any of them
        scenario.come_from(replace(scenario.origin, default_strategies=True))
    if table is not None and len(scenario.strategies) > 1:
        one = _("--table {table}: name one strategy: simulate strategies minimum_pattern --table {table}")
        raise UserError(one.format(table=table))
    world = prepare_fitting(scenario)
    Warnings().say(world.scenario.remarks)
    Warnings().say(remark for plan in world.deployments.values() for remark in plan.remarks)
    if table is None:
        _list(world)
    else:
        from sim.response.deploy.listing import table_of

        (deployment,) = world.deployments.values()
        say(table_of(PlanTable(table), deployment, world.gazetteer).rstrip("\n"))


def _sound(settings: list[str], scenarios: Path | None) -> list[str]:
    """Return the strategies that there are; warn of those of the user's own that are broken, which are left out."""
    from sim.config.compose import load
    from sim.config.own import own_choices
    from sim.config.titles import titles
    from sim.day.world import prepare
    from sim.errors import UserError, first_line
    from sim.words import own as words

    names, broken = titles(STRATEGIES, scenarios)
    for name in own_choices(STRATEGIES, scenarios) & names.keys():
        try:
            prepare(load(None, [f"strategy={name}", *settings], scenarios))
        except UserError as error:
            del names[name]
            broken.append(words.LEFT_OUT.format(group=STRATEGIES, name=name, why=first_line(str(error))))
    Warnings().say(sorted(broken))
    return list(names)


def _list(world: World) -> None:
    """Print what each strategy spends, what the routine duty does, and what each strategy is."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    title = shown(_("Strategies in {region}").format(region=world.region.title))
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    for strategy in world.scenario.strategies:
        d = world.deployments[strategy.name]
        table.add_row(
            strategy.name,
            str(len(d.posts)),
            *(str(d.by_role[role]) for role in ("guard", "patrol", "reserve")),
            str(d.unspent["police"]),
            str(d.spent["wardens"]),
            str(d.unspent["wardens"]),
        )
    console = printer()
    console.print(table)
    for sentence in world.routine:
        console.print(Text(sentence))
    for strategy in world.scenario.strategies:
        more = f" ({strategy.name}): {shown(strategy.description, lines=True)}"
        console.print(Text.assemble((shown(strategy.title), "bold"), more))
