"""What must move a number, and which way: one setting is changed on the same days, and the measures are compared.

``python -m tests.behaviour.moves`` plays every move on 100 days and prints them as a table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from math import inf, isinf

import numpy as np
import pandas as pd

from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.experiment.frames import frames
from sim.log import DayLog
from sim.measures.registry import MEASURES
from sim.measures.samples import take
from sim.measures.tables import Tables

DAYS = 100
NOBODY = "{police: 0, stations: 1, wardens: 2}"
NO_GUARDS = f"strategy.guards={{rule: pattern, very_high: {NOBODY}, high: {NOBODY}, low: {NOBODY}}}"
ALONE = ("response.attached=[]", "response.sector_patrol_size=0", "strategy.patrols=[]", NO_GUARDS)
"""Nobody but the reserves of the strategy."""
QUIET = ("disturbance.background.rate_per_station_hour=0",)
NO_FOLLOWERS = ("disturbance.spread.followers=0",)


def delays(factor: float) -> tuple[str, ...]:
    """Return reports that take so many times as long as the packaged ones."""
    packaged = {"guarded": 1.5, "by_phone": 5, "no_signal": 20}
    return tuple(
        f"response.reporting.{name}={{mean_minutes: {minutes * factor:g}, cv: 0.5}}"
        for name, minutes in packaged.items()
    )


def reserves(teams: int, base: str = "POLRES") -> tuple[str, ...]:
    """Return so many platoons of 32 at one base and nobody else, whatever they cost."""
    waiting = f"{{base: {base}, teams: {teams}, size: 32, vehicle: truck}}" if teams else ""
    return (*ALONE, "region.forces.police=3000", f"strategy.reserves=[{waiting}]")


class Way(StrEnum):
    """How the measure must compare, read from the first arm to the last."""

    RISES = "rises"
    """By a size that matters from the first to the last, and never falls in between."""
    FALLS = "falls"
    NEVER_RISES = "never rises"
    NEVER_FALLS = "never falls"


@dataclass(frozen=True)
class Move:
    """One thing that is changed step by step, and what it must do.

    Attributes:
        what: What is changed, in words.
        arms: Its steps: a name and the overrides of each.
        ways: How each measure must move over them.
        slack: By so much a measure that must not move in one direction may, where incidents differ between the arms.
        scripted: Whether only the scenario's own disturbances are measured.
    """

    what: str
    arms: tuple[tuple[str, tuple[str, ...]], ...]
    ways: tuple[tuple[str, Way], ...]
    slack: float = 0.0
    scripted: bool = False


MOVES = (
    Move(
        "reports come sooner or later",
        tuple((f"x {f:g}", (*QUIET, *NO_FOLLOWERS, *delays(f))) for f in (0.01, 0.5, 1, 2, 4)),
        (("arrival_median", Way.RISES), ("yellow_force_median", Way.RISES)),
    ),
    Move(
        "it rains",
        (("dry", ("weather=dry", *NO_FOLLOWERS)), ("heavy rain", ("weather=heavy_rain", *NO_FOLLOWERS))),
        (("arrival_median", Way.NEVER_FALLS), ("arrival_common", Way.NEVER_FALLS)),
        slack=0.5,
    ),
    Move(
        "reports are misjudged",
        tuple(
            (f"{100 * s:g} % too mild", (*QUIET, *NO_FOLLOWERS, f"response.reporting.too_mild={s}"))
            for s in (0, 0.5, 1)
        ),
        (("yellow_force_median", Way.RISES),),
    ),
    Move(
        "false reports take desks and units",
        tuple(
            (
                f"{n} an hour",
                (*NO_FOLLOWERS, "response.posko.desks=1", f"response.reporting.false_reports.per_hour={n}"),
            )
            for n in (0, 5, 20)
        ),
        (("arrival_common", Way.RISES), ("km_driven", Way.RISES)),
    ),
    Move(
        "reserves in Curup, nobody else",
        tuple((f"{32 * n} officers", (*QUIET, *NO_FOLLOWERS, *reserves(n))) for n in (0, 2, 64)),
        (("red_force", Way.NEVER_FALLS), ("yellow_force", Way.RISES), ("peak_crowd", Way.FALLS)),
    ),
    Move(
        "reserves near the riot, nobody else",
        (
            ("none", (*QUIET, *reserves(0))),
            ("64 in Curup", (*QUIET, *reserves(2))),
            ("64 in Sindang", (*QUIET, *reserves(2, "SEK-SINDANG"))),
        ),
        (("arrival_median", Way.FALLS), ("peak_crowd", Way.FALLS), ("votes_lost_to_disturbances", Way.FALLS)),
    ),
    Move(
        "officers deter more",
        tuple((f"x {f:g}", (f"disturbance.background.deterrence_per_officer={0.5 * f:g}",)) for f in (0, 1, 4)),
        (("within_standard", Way.NEVER_FALLS), ("incidents_per_day", Way.FALLS)),
        scripted=True,
        slack=0.02,
    ),
    Move(
        "mobilisation takes longer",
        tuple(
            (
                f"x {f:g}",
                (
                    *QUIET,
                    *NO_FOLLOWERS,
                    *(
                        f"response.mobilisation.{role}={{mean_minutes: {minutes * f:g}, cv: 0.4}}"
                        for role, minutes in (("guard", 1), ("patrol", 1), ("reserve", 6))
                    ),
                ),
            )
            for f in (0, 1, 5)
        ),
        (("arrival_median", Way.RISES), ("yellow_force_median", Way.RISES)),
    ),
    Move(
        "there are no officers at all",
        (("packaged", QUIET), ("none", (*QUIET, *reserves(0)))),
        (("arrival_median", Way.RISES), ("unanswered", Way.RISES), ("peak_crowd", Way.RISES)),
    ),
)


@cache
def logs_of(overrides: tuple[str, ...], strategy: str, days: int) -> tuple[DayLog, ...]:
    """Play the riot under one strategy with one setting changed."""
    world = prepare(load("riot_kecamatan3", [f"strategy={strategy}", *overrides]))
    return tuple(simulate_day(world, strategy, day) for day in range(days))


def measured(
    arms: tuple[tuple[str, tuple[str, ...]], ...], strategy: str, days: int, *, scripted: bool
) -> pd.DataFrame:
    """Return every measure (rows) of each arm (columns)."""
    tables: dict[str, list[pd.DataFrame]] = {}
    for name, overrides in arms:
        for table, frame in frames(logs_of(overrides, strategy, days)).items():
            tables.setdefault(table, []).append(frame.assign(strategy=name))
    whole = {table: pd.concat(parts, ignore_index=True) for table, parts in tables.items()}
    kept = {"incidents": _only_scripted(whole["incidents"]) if scripted else whole["incidents"]}
    standard, hours = 10.0, (420.0, 780.0)
    samples = take(Tables((whole | kept).__getitem__, standard, *hours, len(arms)), range(days))
    every = take(Tables(whole.__getitem__, standard, *hours, len(arms)), range(days)) if scripted else samples
    weights = np.ones((1, days))
    found = {}
    for name, measure in MEASURES.items():
        of = every if name == "incidents_per_day" else samples
        sums = of.sums(measure.sample)
        found[name] = {
            arm: float(measure.estimator(sums[arm, ""]).estimate(weights)[0]) if (arm, "") in sums else 0.0
            for arm, _ in arms
        }
    return pd.DataFrame.from_dict(found, orient="index")


def _only_scripted(incidents: pd.DataFrame) -> pd.DataFrame:
    return incidents[incidents["origin"] == "scripted"]


def follows(values: list[float], way: Way, slack: float) -> bool:
    """Say whether numbers move as they must."""
    sign = 1.0 if way in (Way.RISES, Way.NEVER_FALLS) else -1.0
    steps = [_step(a, b) * sign for a, b in pairwise(values)]
    kept = all(step >= -slack for step in steps)
    whole = _step(values[0], values[-1]) * sign
    matters = whole == inf or whole > 0.03 * abs(values[0])
    return kept and (matters or way in (Way.NEVER_RISES, Way.NEVER_FALLS))


def _step(a: float, b: float) -> float:
    return 0.0 if a == b else inf if isinf(b) else -inf if isinf(a) else b - a


def table(strategy: str = "central_reserve", days: int = DAYS, shown: Callable[[str], object] = print) -> None:
    """Print every move as a table in Markdown."""
    shown("| what is changed | measure | must | " + "steps |\n| --- | --- | --- | --- |")
    for move in MOVES:
        found = measured(move.arms, strategy, days, scripted=move.scripted)
        for name, way in move.ways:
            values = [float(found.loc[name, arm]) for arm, _ in move.arms]
            steps = ", ".join(f"{arm}: {value:.4g}" for (arm, _), value in zip(move.arms, values, strict=True))
            moved = "" if follows(values, way, move.slack) else " **does not**"
            shown(f"| {move.what} | {name} | {way}{moved} | {steps.replace('inf', 'never')} |")


if __name__ == "__main__":
    table(days=int(sys.argv[1]) if len(sys.argv) > 1 else DAYS)
