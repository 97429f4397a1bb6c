"""``simulate strategies``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("overrides", nargs=-1)
@click.option("--scenarios", type=click.Path(path_type=Path), help="A folder with strategies of your own in strategy/.")
def command(overrides: tuple[str, ...], scenarios: Path | None) -> None:
    """List the strategies, and what each spends in a region (OVERRIDES such as region.path=FOLDER)."""
    from rich.console import Console
    from rich.table import Table

    from sim.config.compose import load, strategy_names
    from sim.world import prepare

    names = strategy_names(scenarios)
    world = prepare(load(None, [f"strategy={','.join(names)}", *overrides], scenarios))
    table = Table(title=f"Strategies in {world.region.title}")
    table.add_column("strategy", no_wrap=True)
    for column in ("guards", "patrol", "reserve", "unspent", "wardens", "posts"):
        table.add_column(column, justify="right")
    for strategy in world.scenario.strategies:
        d = world.deployments[strategy.name]
        table.add_row(
            strategy.name,
            *(str(d.by_role[role]) for role in ("guard", "patrol", "reserve")),
            str(d.unspent["police"]),
            str(d.spent["wardens"]),
            str(len(d.posts)),
        )
    console = Console()
    console.print(table)
    for strategy in world.scenario.strategies:
        console.print(f"[bold]{strategy.title}[/bold] ({strategy.name}): {strategy.description}")
