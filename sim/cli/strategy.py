"""``simulate strategy new`` and ``simulate strategy check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.completing import complete_settings, complete_strategies
from sim.cli.given import GivenPath
from sim.cli.own_file import FOLDER, refuse_name, write_new
from sim.cli.say import say
from sim.cli.show import Warnings
from sim.cli.tables import print_rows, say_text
from sim.errors import UserError
from sim.text import shown, word
from sim.vocabulary import Agency, Role
from sim.words import names
from sim.words import own as words
from sim.words.language import gettext as _
from sim.words.language import number

if TYPE_CHECKING:
    from sim.config.plan_tables import PlanTable
    from sim.day.world import World
    from sim.response.deploy.deployment import Deployment
    from sim.response.deploy.spent import Spent


@click.group()
def command() -> None:
    """Make a strategy of your own, and check what it spends."""


@command.command()
@click.argument("name")
@click.argument("overrides", nargs=-1, shell_complete=complete_settings)
@click.option("--from", "origin", default="minimum_pattern", show_default=True,
              shell_complete=complete_strategies, help="The strategy it is made of.")  # fmt: skip
@click.option("--posts", is_flag=True, help="Also write who stands where as tables, which the strategy reads.")
@click.option("--xlsx", is_flag=True, help="Write these tables as the sheets of one workbook, not as CSV.")
@click.option("--scenarios", type=GivenPath(), default=FOLDER, show_default=True, help="Your folder; made if needed.")
def new(name: str, overrides: tuple[str, ...], origin: str, posts: bool, xlsx: bool, scenarios: Path) -> None:
    """Write strategy/NAME.yaml in your folder: every setting, with what it means and may hold.

    OVERRIDES are settings such as region.path=FOLDER: for which place the tables of --posts are written.
    """
    from sim.config.own import in_calm, one_strategy, strategy_text, with_shifts
    from sim.config.packaged import STRATEGIES
    from sim.day.world import prepare

    refuse_name("strategy", STRATEGIES, name)
    if xlsx and not posts:
        raise UserError(words.XLSX_ALONE)
    folder = scenarios / STRATEGIES
    scenario = one_strategy(origin, list(overrides), scenarios if scenarios.is_dir() else None)
    (strategy,) = scenario.strategies
    kept = with_shifts(strategy)
    tables = _tables(prepare(scenario), kept) if posts else {}
    named = {what: f"{name}.xlsx" if xlsx else f"{name}.{what}.csv" for what in tables}
    where = f" --scenarios {word(str(scenarios))}"
    main = folder / f"{name}.yaml"
    files = {main: strategy_text(name, strategy, named, where, folder).encode()}
    if xlsx:
        from sim.response.deploy.workbook import workbook_of

        files[folder / f"{name}.xlsx"] = workbook_of(tables)
    else:
        files |= {folder / named[what]: text.encode() for what, text in tables.items()}
    write_new(files)
    say(words.WRITTEN.format(file=main, origin=origin))
    for what, text in tables.items():
        say(words.TABLE.format(file=folder / named[what], rows=len(text.splitlines()) - 1, what=words.ROWS[what]))
    for what in kept if posts else ():
        say(words.SHIFTS[what])
    typed = " ".join(map(word, overrides))
    said = f"simulate strategy check {name}{where}{' ' if typed else ''}{typed}"
    say(words.CHECK.format(command=said))
    elsewhere = any(override.startswith("region.path=") for override in overrides)
    calm = in_calm(overrides) if elsewhere else []  # packaged scenarios name places of the packaged region
    played = " ".join(["simulate" + where, f"strategy={origin},{name}", *map(word, overrides), *calm])
    say(words.PLAY.format(command=played))


def _tables(world: World, kept: Sequence[PlanTable]) -> dict[PlanTable, str]:
    """Return the tables of the one strategy that have any row, as CSV; none of teams that stay as the settings say."""
    from sim.config.plan_tables import PlanTable
    from sim.response.deploy.listing import table_of

    (deployment,) = world.deployments.values()
    tables = {what: table_of(what, deployment, world.gazetteer) for what in PlanTable if what not in kept}
    return {what: text for what, text in tables.items() if len(text.splitlines()) > 1}


@command.command()
@click.argument("strategy", shell_complete=complete_strategies)
@click.argument("overrides", nargs=-1, shell_complete=complete_settings)
@click.option("--scenarios", type=GivenPath(), default=FOLDER, show_default=True, help="Your folder, looked in first.")
def check(strategy: str, overrides: tuple[str, ...], scenarios: Path) -> None:
    """Say every mistake of a strategy at once, what is odd about it, and what it spends in each district.

    STRATEGY is a name, or a file strategy/NAME.yaml. OVERRIDES are settings such as region.path=FOLDER or
    scenario=NAME: where it is checked. Unless said otherwise that is the packaged region on a calm day.
    """
    from sim.response.deploy.spent import odd_spending, spent_by_district

    name, world = _prepared(strategy, list(overrides), scenarios)
    deployment, region = world.deployments[name], world.region
    spent = spent_by_district(deployment, region)
    Warnings().say([*world.remarks, *odd_spending(deployment, spent, region)])
    title, at = world.scenario.strategy(name).said_title, world.scenario.name
    say_text(words.FINE.format(what=strategy, title=title, scenario=at, region=region.title))
    _print(spent, deployment, world)
    for sentence in world.routine:
        say_text(sentence)


def _prepared(strategy: str, overrides: list[str], scenarios: Path) -> tuple[str, World]:
    """Return a strategy's name, and it made ready to play.

    Raises:
        UserError: For every mistake of its settings, its tables and its places, a line each.
    """
    from sim.config.compose import validated
    from sim.config.half_strategy import HalfStrategy, without_spending
    from sim.config.own import composed_strategy
    from sim.day.world import prepare
    from sim.errors import SeveralMistakes

    name, file, settings = composed_strategy(strategy, overrides, scenarios)
    try:
        scenario = validated(settings)
    except SeveralMistakes as error:
        half = HalfStrategy(settings, error)
        if half.scenario is not None:
            try:
                prepare(half.scenario)
            except UserError as deeper:
                half.lines += without_spending(_lines(deeper, name, file))
        raise SeveralMistakes(half.lines, half.unread) from error
    try:
        return name, prepare(scenario)
    except UserError as error:
        raise SeveralMistakes(_lines(error, name, file)) from error


def _lines(error: UserError, name: str, file: Path) -> list[str]:
    """Return the lines of an error; those about the strategy with its file."""
    from sim.errors import SeveralMistakes

    lines = error.lines if isinstance(error, SeveralMistakes) else (str(error),)
    its = _("strategy '{name}'").format(name=name)
    return [f"{file}: {line}" if line.startswith(its) else line for line in lines]


def _print(spent: Sequence[Spent], deployment: Deployment, world: World) -> None:
    """Print what a strategy spends: a row for each district, then all, the budget, and what is left."""
    from sim.report.fitted import Column, Rows

    first, *others, last = words.COLUMNS
    columns = [Column(first), *(Column(heading, right=True) for heading in others), Column(last, folds=True)]
    cells = [_cells(shown(_district(row, world)), [row]) for row in spent]
    cells.append(_cells(words.TOTAL, spent))
    forces = world.scenario.region.forces
    for what, police, wardens in (
        (words.BUDGET, forces.police, forces.wardens),
        (words.LEFT, deployment.unspent[Agency.POLICE], deployment.unspent[Agency.WARDENS]),
    ):
        cells.append([what, *[""] * 6, number(police, ","), "", number(wardens, ","), ""])
    print_rows(Rows(columns, cells, frozenset({len(spent) - 1}), words.SPENDS.format(name=deployment.strategy)))


def _district(row: Spent, world: World) -> str:
    if row.district is None:
        return words.OUTSIDE
    return world.gazetteer.name_of(world.gazetteer.area_of_district(row.district))


def _vehicle(name: str) -> str:
    return shown(names.called(names.VEHICLE, name))


def _cells(name: str, rows: Sequence[Spent]) -> list[str]:
    """Return the cells of one district, or of all together."""
    roles = [sum(row.officers[role] for row in rows) for role in (Role.GUARD, Role.PATROL, Role.RESERVE)]
    officers, voters = sum(roles), sum(row.registered for row in rows)
    vehicles = sum((row.vehicles for row in rows), Counter[str]())
    return [
        name,
        *(number(sum(each), ",") for each in zip(*((r.stations, r.registered, r.posts) for r in rows), strict=True)),
        *(number(people, ",") for people in (*roles, officers)),
        number(voters / officers, ",.0f") if officers else words.NONE,
        number(sum(row.wardens for row in rows), ","),
        ", ".join(f"{number(many, ',')} {_vehicle(vehicle)}" for vehicle, many in sorted(vehicles.items())),
    ]
