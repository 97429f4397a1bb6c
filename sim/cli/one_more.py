"""``simulate one-more``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.completing import complete_settings
from sim.cli.given import GivenPath
from sim.cli.say import printer, say_json
from sim.cli.show import Warnings, progress_bar
from sim.cli.tables import print_rows
from sim.text import shown
from sim.words.language import gettext as _

if TYPE_CHECKING:
    import pandas as pd

    from sim.config.scenario import Scenario
    from sim.report.fitted import Rows

_DAYS = 10
"""Potential response hardly differs from day to day: it does not ask which disturbances happen."""


@click.command()
@click.argument("overrides", nargs=-1, shell_complete=complete_settings)
@click.option("--scenarios", type=GivenPath(), help="A folder of your own scenarios, found first.")
@click.option("--days", type=int, help=f"Days to play; without it run.replications where that is given, else {_DAYS}.")
@click.option("--size", type=int, default=12, show_default=True, help="People in the team.")
@click.option("--vehicle", default="truck", show_default=True, help="What they drive, one of response.vehicles.")
@click.option("--role", type=click.Choice(["reserve", "patrol"]), default="reserve", show_default=True,
              help="What it is there for: it mobilises like one, and a reserve may be held back.")  # fmt: skip
@click.option("--by", type=click.Choice(["first", "yellow", "red"]), default="first", show_default=True,
              help="The force by whose gain bases are put in order.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else on standard output.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(
    overrides: tuple[str, ...], scenarios: Path | None, days: int | None, size: int, vehicle: str, role: str,
    by: str, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Tell where one more team would help most: coverage with a team more at each base of police.

    OVERRIDES are settings such as scenario=calm_day or strategy=central_reserve,forward_reserve. The team stands at its
    base all day and is never sent, so this is the most that it can give.
    """
    from sim.config.compose import expand, load
    from sim.day.fitting import fitting
    from sim.day.one_more import Team
    from sim.errors import UserError
    from sim.experiment.one_more import gains
    from sim.vocabulary import Role

    jobs = expand(overrides)
    if len(jobs) > 1:
        one = _("one-more looks at one scenario; these overrides are a sweep of {count}")
        raise UserError(one.format(count=len(jobs)))
    fixed = [f"run.replications={days}"] if days is not None else []
    scenario = fitting(load(None, [f"run.replications={_DAYS}", *jobs[0], *fixed], scenarios))
    team = Team(size, vehicle, Role(role))
    with progress_bar(scenario, quiet or as_json) as progress:
        found = gains(scenario, team, progress=progress, remark=Warnings().say)
    if as_json:
        say_json(_answer(scenario, team, found))
    else:
        _print(scenario, team, found, by)


def _answer(scenario: Scenario, team: Any, found: pd.DataFrame) -> dict[str, Any]:
    from sim.report.plain import plain

    return {
        "scenario": scenario.name,
        "days": scenario.run.replications,
        "seed": scenario.run.seed,
        "size": team.size,
        "vehicle": team.vehicle,
        "role": str(team.role),
        "gains": plain(found),
    }


def _print(scenario: Scenario, team: Any, found: pd.DataFrame, by: str) -> None:
    """Print a table for each strategy, the base that adds most first."""
    from rich.text import Text

    from sim.report.wording import number
    from sim.words import names
    from sim.words import one_more as words

    console = printer()
    vehicle, role = shown(names.called(names.VEHICLE, team.vehicle)), names.called(names.ROLE, team.role)
    given = words.GIVEN.format(size=team.size, vehicle=vehicle, role=role, days=scenario.run.replications)
    console.print(Text.assemble("\n", (words.TITLE.format(title=shown(scenario.said_title)), "bold")))
    console.print(Text(given))
    for strategy in scenario.strategies:
        console.print(Text.assemble("\n", (shown(strategy.said_title), "bold"), f" ({strategy.name})"))
        print_rows(_table_of(found[found["strategy"] == strategy.name], by), console)
    standard = number(scenario.response.standard_minutes, "votes")
    console.print(Text(words.NOTE.format(standard=standard, planned=words.PLANNED)))


def _table_of(rows: pd.DataFrame, by: str) -> Rows:
    """Return the table of one strategy: as planned, then every base by what it adds."""
    from sim.experiment.one_more import PLANNED
    from sim.report.fitted import Column, Rows
    from sim.report.wording import number, signed
    from sim.words import one_more as words

    headings = [heading for force in words.FORCES.values() for heading in (force, words.MEDIAN)]
    cells = rows.set_index(["base", "force"])
    others = [force for force in words.FORCES if force != by]
    gained = rows.pivot_table(index="base", columns="force", values="gain", sort=False).drop(index=PLANNED)
    order = gained.sort_values([by, *others], ascending=False, kind="stable").index
    lines = []
    for base in (PLANNED, *order):
        line = [shown(base) if base != PLANNED else words.PLANNED]
        for force in words.FORCES:
            row = cells.loc[(base, force)]
            share = number(row["coverage"], "share") if base == PLANNED else signed(row["gain"], "share")
            line += [share, number(row["minutes"], "minutes")]
        lines.append(line)
    columns = [Column(), *(Column(heading, right=True) for heading in headings)]
    return Rows(columns, lines, groups=[2] * len(words.FORCES))
