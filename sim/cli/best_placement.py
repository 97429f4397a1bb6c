"""``simulate best-placement``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.completing import complete_settings
from sim.cli.given import GivenPath
from sim.cli.say import printer, say_json
from sim.cli.show import Warnings
from sim.cli.tables import print_rows
from sim.text import shown
from sim.words.language import gettext as _
from sim.words.language import number as spoken_number

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from sim.config.scenario import Scenario
    from sim.plan.best_placement import Search
    from sim.plan.table import BestPlacements
    from sim.report.fitted import Rows


@click.command()
@click.argument("overrides", nargs=-1, shell_complete=complete_settings)
@click.option("--scenarios", type=GivenPath(), help="A folder of your own scenarios, found first.")
@click.option("--candidates", type=click.Choice(["bases", "villages", "bases_and_villages"]),
              default="bases_and_villages", show_default=True,
              help="Sites that are looked at: bases of police, middles of villages.")  # fmt: skip
@click.option("--per-site", type=int, help="Teams that a site takes; without it all of them.")
@click.option("--busy", type=float, help="Expected coverage too: the share of the time that units are busy, 0 to 1.")
@click.option("--in-order", is_flag=True,
              help="Also in which order to fill the sites when teams come one after the other.")  # fmt: skip
@click.option("--time-limit", type=float, default=60.0, show_default=True, help="Seconds for each search.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else on standard output.")
def command(
    overrides: tuple[str, ...], scenarios: Path | None, candidates: str, per_site: int | None, busy: float | None,
    in_order: bool, time_limit: float, as_json: bool,
) -> None:  # fmt: skip
    """Tell what the same people could cover at best: the maximal covering location problem, solved exactly.

    OVERRIDES are settings such as scenario=calm_day or strategy=central_reserve,forward_reserve. The patrols and
    reserves of each strategy are placed at the best of all sites; guards and everybody else stay. No day is played.
    """
    from sim.config.compose import expand, load
    from sim.day.fitting import fitting
    from sim.errors import UserError
    from sim.plan.best_placement import Search
    from sim.plan.candidates import Candidates
    from sim.plan.table import best_placements

    jobs = expand(overrides)
    if len(jobs) > 1:
        one = _("best-placement looks at one scenario; these overrides are a sweep of {count}")
        raise UserError(one.format(count=len(jobs)))
    search = Search(Candidates(candidates), per_site, busy, time_limit, in_order)
    scenario = fitting(load(None, jobs[0], scenarios))
    found = best_placements(scenario, search, remark=Warnings().say)
    if as_json:
        say_json(_answer(scenario, search, found))
    else:
        _print(scenario, search, found)


def _answer(scenario: Scenario, search: Search, found: BestPlacements) -> dict[str, Any]:
    from sim.report.plain import plain

    return {
        "scenario": scenario.name,
        "standard_minutes": scenario.response.standard_minutes,
        "candidates": str(search.candidates),
        "per_site": search.per_site,
        "busy": search.busy,
        "coverage": plain(found.coverage),
        "sites": plain(found.sites),
        "order": plain(found.order),
        "orders": plain(found.orders),
    }


def _print(scenario: Scenario, search: Search, found: BestPlacements) -> None:
    """Print what each strategy covers and could cover, and where its teams would stand for it."""
    from rich.text import Text

    from sim.report.wording import number
    from sim.words import best_placement as words

    console = printer()
    console.print(Text.assemble("\n", (words.TITLE.format(title=shown(scenario.said_title)), "bold")))
    for strategy in scenario.strategies:
        console.print(Text.assemble("\n", (shown(strategy.said_title), "bold"), f" ({strategy.name})"))
        rows = found.coverage[found.coverage["strategy"] == strategy.name]
        print_rows(_table_of(rows), console)
        for line in _lines(rows, found.sites[found.sites["strategy"] == strategy.name], search):
            console.print(Text(line))
        _print_order(found, strategy.name, search, console)
    standard = spoken_number(scenario.response.standard_minutes, "g")
    busy = "" if search.busy is None else " " + words.EXPECTED.format(busy=number(search.busy, "share"))
    order = " " + words.ORDER_NOTE if search.in_order else ""
    console.print(Text("\n" + words.NOTE.format(standard=standard) + busy + order))


def _print_order(found: BestPlacements, strategy: str, search: Search, console: Console) -> None:
    """Print in which order one strategy's teams would be placed, for each objective; nothing if it is not asked for."""
    from rich.text import Text

    from sim.report.fitted import Column, Rows
    from sim.report.wording import number
    from sim.words import best_placement as words

    coverage = found.coverage[found.coverage["strategy"] == strategy].set_index("objective")
    kinds = len(found.order.loc[found.order["strategy"] == strategy, ["role", "vehicle", "size"]].drop_duplicates())
    for whole in found.orders[found.orders["strategy"] == strategy].to_dict("records"):
        is_here = (found.order["strategy"] == strategy) & (found.order["objective"] == whole["objective"])
        objective, before, cells = words.OBJECTIVES[whole["objective"]], coverage["without"][whole["objective"]], []
        for row in found.order[is_here].to_dict("records"):
            share = number(row["covered"] / coverage["voters"][whole["objective"]], "share")
            covered = f"{number(row['covered'], 'votes')} ({share})"
            cells.append([f"{row['team']}", _site(row, kinds > 1), number(row["covered"] - before, "votes"), covered])
            before = row["covered"]
        console.print(Text("\n" + words.IN_ORDER.format(objective=objective)))
        columns = [Column(words.TEAM, right=True), Column(words.GOES_TO, folds=True)]
        print_rows(Rows([*columns, Column(words.ADDED, right=True), Column(objective, right=True)], cells), console)
        if whole["status"] != "optimal":
            seconds, gap = spoken_number(search.time_limit, "g"), number(whole["gap"], "share")
            bound, mean = number(whole["bound"], "votes"), number(whole["mean"], "votes")
            console.print(Text(words.ORDER_NOT_PROVEN.format(seconds=seconds, bound=bound, mean=mean, gap=gap)))


def _table_of(rows: pd.DataFrame) -> Rows:
    """Return the table of one strategy: a row for each objective."""
    from sim.report.fitted import Column, Rows
    from sim.report.wording import number
    from sim.words import best_placement as words

    headings = (words.WITHOUT, words.PLANNED, words.BEST, words.RATIO)
    lines = []
    for row in rows.to_dict("records"):
        voters = [
            f"{number(row[what], 'votes')} ({number(row[what] / row['voters'], 'share')})"
            for what in ("without", "planned", "best")
        ]
        lines.append([words.OBJECTIVES[row["objective"]], *voters, number(row["ratio"], "share")])
    return Rows([Column(), *(Column(heading, right=True) for heading in headings)], lines)


def _lines(rows: pd.DataFrame, sites: pd.DataFrame, search: Search) -> list[str]:
    """Return what is said below a table: the sites, teams that add nothing, the bound and how near it is."""
    from sim.report.wording import number
    from sim.words import best_placement as words

    if not rows["teams"].iloc[0]:
        return [words.NO_TEAMS]
    lines = []
    kinds = len(sites[["role", "vehicle", "size"]].drop_duplicates())
    for row in rows.to_dict("records"):
        objective = words.OBJECTIVES[row["objective"]]
        here = [_site(site, kinds > 1) for site in sites[sites["objective"] == row["objective"]].to_dict("records")]
        said = [words.SITES.format(objective=objective, sites=", ".join(here) or words.NO_SITES)]
        if row["spare"]:
            said.append(words.SPARE.format(spare=row["spare"], teams=row["teams"]))
        seconds = spoken_number(search.time_limit, "g")
        proof = words.PROVEN if row["status"] == "optimal" else words.NOT_PROVEN
        bound, gap = number(row["bound"], "votes"), number(row["gap"], "share")
        said.append(proof.format(seconds=seconds, objective=objective, bound=bound, gap=gap))
        lines.append(" ".join(said))
    return lines if rows["is_among"].iloc[0] else [*lines, words.NOT_AMONG]


def _site(row: dict[str, Any], with_kind: bool) -> str:
    """Return a site of the best placement, how many teams stand there, and of which kind where there are several."""
    from sim.words import best_placement as words
    from sim.words import names

    site = shown(row["name"])
    if with_kind:
        vehicle = shown(names.called(names.VEHICLE, row["vehicle"]))
        site = words.OF_KIND.format(site=site, size=row["size"], vehicle=vehicle)
    return words.SEVERAL.format(teams=row["teams"], site=site) if row.get("teams", 1) > 1 else site
