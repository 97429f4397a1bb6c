"""Every packaged scenario under every packaged strategy, and with no police at all: what can a plan change?

``python -m tests.behaviour.scenarios [days] > docs/scenarios.md`` plays them all, on 20 days unless told otherwise.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd

from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.config.titles import scenario_names, strategy_names
from sim.day import prepare, simulate_day
from sim.experiment.frames import frames
from sim.log import DayLog
from sim.measures.registry import MEASURES
from sim.measures.samples import take
from sim.measures.tables import Tables
from sim.text import shown
from sim.words.measures import TITLES
from tests.behaviour.moves import ALONE, NEVER_PUT_OFF, QUIET

DAYS = 20
HARM = ("peak_crowd", "injured_per_day", "votes_disturbed")
"""What a plan is there to keep small."""
BESIDES = ("boxes_held", "area_most_safe_median", *HARM)
"""Measures that the terminal does not show of every run, and that some of these scenarios are about."""
HEADLINES = tuple(dict.fromkeys([*(name for name, measure in MEASURES.items() if measure.headline), *BESIDES]))
"""What a page tells of each scenario: all that the terminal compares, and these."""
A_THIRD = 1 / 3
"""So much of the harm without any police must be in a plan's hands, or the page says why it is not."""
NO_POLICE = (
    *ALONE,
    "strategy=minimum_pattern",
    "strategy.reserves=[]",
    "strategy.escort=crew_and_warden",
    "response.standing_guards={election_offices: 0, district_offices: 0, places: []}",
)
OUT_OF_HANDS = {
    "earthquake_noon": "everybody leaves the stations within its reach at once, and comes back when the buildings have been "
    "looked at; officers who come do not change that",
    "flood_lowland": "the water comes and goes by itself; officers and rescuers bring people out of it, which no vote shows",
}
"""Scenarios whose harm no plan changes by a third, and why."""


@cache
def harm(scenario: str, days: int, *overrides: str) -> pd.DataFrame:
    """Return the headline measures (rows) of a scenario under no police at all and under each strategy (columns)."""
    nobody = load(scenario, [*NO_POLICE, *overrides])
    compared = load(scenario, [f"strategy={','.join(strategy_names())}", *overrides])
    logs = [("no police", log) for log in _played(nobody, days)]
    logs += [(log.strategy, log) for log in _played(compared, days)]
    return _measured(logs, compared, days)


def _played(scenario: Scenario, days: int) -> list[DayLog]:
    world = prepare(scenario.model_copy(update={"run": scenario.run.model_copy(update={"bound_days": 0})}))
    return [simulate_day(world, plan.name, day) for plan in scenario.strategies for day in range(days)]


def _measured(logs: list[tuple[str, DayLog]], scenario: Scenario, days: int) -> pd.DataFrame:
    tables: dict[str, list[pd.DataFrame]] = {}
    names = list(dict.fromkeys(name for name, _ in logs))
    for name in names:
        for table, frame in frames([log for one, log in logs if one == name]).items():
            tables.setdefault(table, []).append(frame.assign(strategy=name))
    whole = {table: pd.concat(parts, ignore_index=True) for table, parts in tables.items()}
    standard, voting = scenario.response.standard_minutes, scenario.voting
    samples = take(Tables(whole.__getitem__, standard, voting.open, voting.close, len(names)), range(days))
    weights, found = np.ones((1, days)), {}
    for measure in dict.fromkeys([*HEADLINES[:-1], "votes_lost_to_disturbances", "votes_deferred"]):
        sums = samples.sums(MEASURES[measure].sample)
        estimate = MEASURES[measure].estimator
        nothing = np.nan if MEASURES[measure].unit == "minutes" else 0.0  # of what never happened
        found[measure] = {
            name: float(estimate(sums[name, ""]).estimate(weights)[0]) if (name, "") in sums else nothing
            for name in names
        }
    table = pd.DataFrame.from_dict(found, orient="index")
    table.loc["votes_disturbed"] = table.loc["votes_lost_to_disturbances"] + table.loc["votes_deferred"]
    return table.loc[list(HEADLINES)]


def in_hands(scenario: str, days: int) -> float:
    """Return the largest share of a harm without police that the best of its own plans spares: 1 is all of it.

    Only what the scenario scripts happens on these days: what starts by itself, or puts a poll off, is the same in all
    of them. One that scripts nothing is about what starts by itself.
    """
    table = harm(scenario, days, *(QUIET if scripts(scenario) else ()), *NEVER_PUT_OFF)
    own = [strategy.name for strategy in load(scenario).strategies]
    without, best = table["no police"], table[own].min(axis=1)
    return max((1 - best[name] / without[name] for name in HARM if without[name] > 0), default=0.0)


def scripts(name: str) -> bool:
    """Return whether a scenario writes down anything that happens."""
    scenario = load(name)
    return bool(scenario.incidents or scenario.conditions or scenario.troubles or scenario.closures)


def page(days: int = DAYS, say: Callable[[str], object] = print) -> None:
    """Print the page."""
    say("# Scenarios and strategies\n")
    say(
        f"Each packaged scenario on {days} days under every packaged strategy, and with no police at all: no guards, "
        "no patrols, no reserves, nobody on call. What a scenario compares unless told otherwise is named under it. Votes are those lost to disturbances and those put off to a later poll, a "
        "day. Times are minutes; never is more than half never.\n"
    )
    say(f"Made by `python -m tests.behaviour.scenarios {days}`.\n")
    for name in scenario_names():
        scenario, table = load(name), harm(name, days)
        say(f"## {shown(scenario.said_title)}\n\n`simulate scenario={name}`. {shown(scenario.said_description)}\n")
        if scenario.sources:
            say(f"{shown(scenario.sources)}\n")
        say(f"Compared: {', '.join(strategy.name for strategy in scenario.strategies)}.\n")
        say(f"| | {' | '.join(table.columns)} |\n| --- |{' ---: |' * len(table.columns)}")
        for measure in table.dropna(how="all").index:
            title = TITLES.get(measure, "Votes disturbed or put off")
            say(f"| {title} | {' | '.join(_cell(value) for value in table.loc[measure])} |")
        share = in_hands(name, days)
        why = f": {OUT_OF_HANDS[name]}" if name in OUT_OF_HANDS else ""
        what = "is scripted" if scripts(name) else "starts by itself"
        say(f"\nOf what {what}, the best plan spares {share:.0%} of the harm that it spares most of{why}.\n")


def _cell(value: float) -> str:
    if np.isnan(value):
        return "–"
    return "never" if np.isinf(value) else f"{value:.2f}" if abs(value) < 1 else f"{value:.1f}"


if __name__ == "__main__":
    page(int(sys.argv[1]) if len(sys.argv) > 1 else DAYS)
