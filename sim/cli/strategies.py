"""``simulate strategies``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.completing import complete_strategies_and_settings
from sim.cli.given import GivenPath
from sim.cli.say import printer, say
from sim.cli.show import Warnings
from sim.config.packaged import STRATEGIES
from sim.config.plan_tables import PlanTable
from sim.text import shown
from sim.vocabulary import Agency
from sim.words import own
from sim.words.language import gettext as _
from sim.words.language import number

if TYPE_CHECKING:
    from sim.day.world import World

_GROUPS = (1, 4, 2)
"""Columns that stay together: posts, what officers do, what wardens do."""


@click.command()
@click.argument("words", nargs=-1, shell_complete=complete_strategies_and_settings)
@click.option("--scenarios", type=GivenPath(), help="A folder with strategies of your own in strategy/.")
@click.option(
    "--table", type=click.Choice([str(what) for what in PlanTable]), help="Print one table of one strategy as CSV."
)
def command(words: tuple[str, ...], scenarios: Path | None, table: str | None) -> None:
    """List the strategies, and what each spends in a region.

    WORDS are names of strategies (all of them without any) and settings such as region.path=FOLDER. With --table the
    posts, patrols, reserves or standing guards of one strategy are printed as a table to edit, which a strategy by list
    reads.
    """
    from sim.config.compose import load
    from sim.config.own import in_calm
    from sim.day.fitting import prepare_fitting
    from sim.errors import UserError

    settings = [word for word in words if "=" in word]
    names = [word for word in words if "=" not in word] or _sound(settings, scenarios)
    scenario = load(None, [*in_calm(settings), f"strategy={','.join(names)}", *settings], scenarios)
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
        say(*table_of(PlanTable(table), deployment, world.gazetteer).rstrip("\n").split("\n"))


def _sound(settings: list[str], scenarios: Path | None) -> list[str]:
    """Return the strategies that there are; warn of those of the user's own that are broken, which are left out."""
    from sim.config.compose import load
    from sim.config.own import in_calm, own_choices
    from sim.config.titles import titles
    from sim.day.world import prepare
    from sim.errors import UserError, first_line

    names, broken = titles(STRATEGIES, scenarios)
    for name in own_choices(STRATEGIES, scenarios) & names.keys():
        try:
            prepare(load(None, [*in_calm(settings), f"strategy={name}", *settings], scenarios))
        except UserError as error:
            del names[name]
            broken.append(own.LEFT_OUT.format(group=STRATEGIES, name=name, why=first_line(str(error))))
    Warnings().say(sorted(broken))
    return list(names)


def _list(world: World) -> None:
    """Print what each strategy spends, what the routine duty does, and what each strategy is."""
    from rich.text import Text

    from sim.report.fitted import Column, Rows, fitted

    cells = []
    for strategy in world.scenario.strategies:
        d = world.deployments[strategy.name]
        roles = (d.by_role[role] for role in ("guard", "patrol", "reserve"))
        figures = (len(d.posts), *roles, d.unspent[Agency.POLICE], d.spent[Agency.WARDENS], d.unspent[Agency.WARDENS])
        cells.append([strategy.name, *(number(figure, ",") for figure in figures)])
    columns = [Column(), *(Column(heading, right=True) for heading in own.SPENDING.values())]
    title = shown(own.STRATEGIES_IN.format(region=world.region.title))
    console = printer()
    for part in fitted(Rows(columns, cells, title=title, groups=_GROUPS), console.width):
        console.print(part)
    for sentence in world.routine:
        console.print(Text(sentence))
    for strategy in world.scenario.strategies:
        more = f" ({strategy.name}): {shown(_(strategy.description), lines=True)}"
        console.print(Text.assemble((shown(strategy.said_title), "bold"), more))
