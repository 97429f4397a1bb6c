"""``simulate strategies``."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.given import GivenPath
from sim.cli.say import printer
from sim.text import shown

COLUMNS = ("posts", "officers\nat posts", "patrol", "reserve", "left", "wardens\nat posts", "left")
"""How many posts, what the officers do, how many are left unspent; the same for wardens, who all stand at stations."""


@click.command()
@click.argument("overrides", nargs=-1)
@click.option("--scenarios", type=GivenPath(), help="A folder with strategies of your own in strategy/.")
def command(overrides: tuple[str, ...], scenarios: Path | None) -> None:
    """List the strategies, and what each spends in a region (OVERRIDES such as region.path=FOLDER)."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from sim.config.compose import load, strategy_names
    from sim.day.world import prepare

    names = strategy_names(scenarios)
    world = prepare(load(None, [f"strategy={','.join(names)}", *overrides], scenarios))
    table = Table(title=shown(f"Strategies in {world.region.title}"), box=SIMPLE_HEAD, pad_edge=False)
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
    console.print(Text(world.routine.sentence))
    for strategy in world.scenario.strategies:
        more = f" ({strategy.name}): {shown(strategy.description, lines=True)}"
        console.print(Text.assemble((shown(strategy.title), "bold"), more))
