"""``simulate strategy new`` and ``simulate strategy check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.own_file import FOLDER, refuse_name, write_new
from sim.cli.say import say
from sim.words import own as words

if TYPE_CHECKING:
    from sim.config.plan_tables import PlanTable
    from sim.day.world import World


@click.group()
def command() -> None:
    """Make a strategy of your own, and check what it spends."""


@command.command()
@click.argument("name")
@click.argument("overrides", nargs=-1)
@click.option("--from", "origin", default="minimum_pattern", show_default=True, help="The strategy it is made of.")
@click.option("--posts", is_flag=True, help="Also write who stands where as tables, which the strategy reads.")
@click.option("--xlsx", is_flag=True, help="Write these tables as the sheets of one workbook, not as CSV.")
@click.option("--scenarios", type=GivenPath(), default=FOLDER, show_default=True, help="Your folder; made if needed.")
def new(name: str, overrides: tuple[str, ...], origin: str, posts: bool, xlsx: bool, scenarios: Path) -> None:
    """Write strategy/NAME.yaml in your folder: every setting, with what it means and may hold.

    OVERRIDES are settings such as region.path=FOLDER: for which place the tables of --posts are written.
    """
    from sim.config.own import has_shifts, one_strategy, strategy_text
    from sim.config.packaged import STRATEGIES
    from sim.errors import UserError
    from sim.text import word

    refuse_name("strategy", STRATEGIES, name)
    if xlsx and not posts:
        raise UserError(words.XLSX_ALONE)
    folder = scenarios / STRATEGIES
    scenario = one_strategy(origin, list(overrides), scenarios if scenarios.is_dir() else None)
    (strategy,) = scenario.strategies
    tables = _tables(scenario_world(scenario), shifts=has_shifts(strategy)) if posts else {}
    named = {what: f"{name}.xlsx" if xlsx else f"{name}.{what}.csv" for what in tables}
    where = f" --scenarios {word(str(scenarios))}"
    main = folder / f"{name}.yaml"
    files = {main: strategy_text(name, strategy, named, where).encode()}
    if xlsx:
        from sim.response.deploy.workbook import workbook_of

        files[folder / f"{name}.xlsx"] = workbook_of(tables)
    else:
        files |= {folder / named[what]: text.encode() for what, text in tables.items()}
    write_new(files)
    say(words.WRITTEN.format(file=main, origin=origin))
    for what, text in tables.items():
        say(words.TABLE.format(file=folder / named[what], rows=len(text.splitlines()) - 1, what=what.replace("_", " ")))
    if posts and has_shifts(strategy):
        say(words.SHIFTS)
    typed = " ".join(map(word, overrides))
    said = f"simulate strategy check {name}{where}{' ' if typed else ''}{typed}"
    say(words.CHECK.format(command=said))
    say(words.PLAY.format(command=f"simulate{where} strategy={origin},{name}{' ' if typed else ''}{typed}"))


def scenario_world(scenario: object) -> World:
    """Prepare a scenario."""
    from sim.config.scenario import Scenario
    from sim.day.world import prepare

    assert isinstance(scenario, Scenario)
    return prepare(scenario)


def _tables(world: World, *, shifts: bool) -> dict[PlanTable, str]:
    """Return the tables of the one strategy that have any row, as CSV; none of patrols where they have shifts."""
    from sim.config.plan_tables import PlanTable
    from sim.response.deploy.listing import table_of

    (deployment,) = world.deployments.values()
    every = [what for what in PlanTable if not (shifts and what is PlanTable.PATROLS)]
    tables = {what: table_of(what, deployment, world.gazetteer) for what in every}
    return {what: text for what, text in tables.items() if len(text.splitlines()) > 1}
