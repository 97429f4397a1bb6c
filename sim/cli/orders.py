"""``simulate orders``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.completing import complete_settings, complete_strategies
from sim.cli.given import GivenPath
from sim.cli.say import say
from sim.cli.show import Warnings
from sim.text import word
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.config.scenario import Scenario
    from sim.day.world import World


@click.command()
@click.argument("words", nargs=-1, shell_complete=complete_settings)
@click.option("--strategy", shell_complete=complete_strategies, help="The strategy; needed where there are several.")
@click.option("--scenarios", type=GivenPath(), help="A folder of your own scenarios, found first.")
@click.option("--out", type=GivenPath(), help="Folder for the sheets; else 'orders', in the run's folder if it is one.")
def command(words: tuple[str, ...], strategy: str | None, scenarios: Path | None, out: Path | None) -> None:
    """Write the orders of one strategy: who stands where, who waits, who reports to whom.

    WORDS are the folder of a run, or settings such as scenario=calm_day strategy=central_reserve. Written are a
    spreadsheet, a sheet a district, and a page to print. What somebody has edited is not written over.
    """
    from sim.orders.make import orders_of
    from sim.orders.write import write_orders

    run = _run(words)
    if run is None:
        world, folder = _prepared(words, strategy, scenarios), Path("orders")
    else:
        world, folder = _of_run(run, strategy), run / "orders"
    Warnings().say(remark for plan in world.deployments.values() for remark in plan.remarks)
    (name,) = world.deployments
    for file in write_orders(orders_of(world, name, _typed(words, strategy, scenarios)), out or folder):
        say(str(file))


def _run(words: tuple[str, ...]) -> Path | None:
    """Return the folder of the run that is meant; None where settings are given.

    Raises:
        UserError: For a run and settings together, or more than one run.
    """
    from sim.errors import UserError

    runs = [one for one in words if "=" not in one or Path(one).is_dir()]
    if not runs:
        return None
    if len(words) > 1:
        more = next(one for one in words if one != runs[0] or words.count(one) > 1)
        raise UserError(
            _("orders are made of one run, or of settings: '{run}' and '{more}' do not go together").format(
                run=runs[0], more=more
            )
        )
    return Path(runs[0])


def _prepared(words: tuple[str, ...], strategy: str | None, scenarios: Path | None) -> World:
    from sim.config.compose import expand, load
    from sim.day.fitting import prepare_fitting
    from sim.errors import UserError

    jobs = expand(words)
    if len(jobs) > 1:
        raise UserError(_("orders are of one scenario; these overrides are a sweep of {count}").format(count=len(jobs)))
    settings = [*jobs[0], *([f"strategy={strategy}"] if strategy is not None else [])]
    return prepare_fitting(_only(load(None, settings, scenarios), None))


def _of_run(folder: Path, strategy: str | None) -> World:
    """Prepare a run's scenario from the tables in the run's own folder."""
    from sim.experiment.again import check_strategy
    from sim.experiment.store import read
    from sim.orders.played import prepare_played

    run = read(folder)
    if strategy is not None:
        check_strategy(run, strategy)
    return prepare_played(run, _only(run.own_scenario, strategy).strategies[0].name)


def _only(scenario: Scenario, strategy: str | None) -> Scenario:
    """Return a scenario with one strategy.

    Raises:
        UserError: When it has several and none is named.
    """
    from sim.errors import UserError

    names = [one.name for one in scenario.strategies]
    if strategy is None and len(names) > 1:
        raise UserError(
            _("orders are of one strategy: choose one with --strategy ({names})").format(names=", ".join(names))
        )
    kept = tuple(one for one in scenario.strategies if strategy in (None, one.name))
    return scenario.model_copy(update={"strategies": kept})


def _typed(words: tuple[str, ...], strategy: str | None, scenarios: Path | None) -> str:
    """Return the command that makes these orders again."""
    folder = ["--scenarios", str(scenarios)] if scenarios is not None else []
    chosen = ["--strategy", strategy] if strategy is not None else []
    return " ".join(map(word, ["simulate", "orders", *words, *chosen, *folder]))
