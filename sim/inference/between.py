"""Comparing runs with each other: by what they differ, on the same days where there are any."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import UserError
from sim.experiment.store import Run
from sim.inference.arms import Arm, Side, arms_of, sides_of
from sim.inference.compare import measures_of
from sim.inference.differing import STRATEGY, differing, leaves_of, names_of
from sim.inference.pairing import Unlike, unlike
from sim.inference.regret import COLUMNS, LARGEST_COLUMNS, regrets
from sim.inference.resample import difference, interval, probability_below
from sim.inference.same import Same, same
from sim.measures.registry import MEASURES, TWINS, Measure
from sim.words.language import gettext as _

HEADLINES = tuple(name for name, measure in MEASURES.items() if measure.headline)
_TOLD = (*HEADLINES, "response_mean")
COMPARED = (*_TOLD, *(TWINS[name] for name in _TOLD if name in TWINS))
"""What runs are compared on: headlines, the mean response, of which a sentence speaks, and their twins."""
_MOST_RUNS = 1_000


@dataclass(frozen=True, eq=False)
class Between:
    """What some runs say about each other.

    Attributes:
        sides: The runs, each with its name and the days that are compared; the first is the one that differences are
            taken from.
        differs: What differs between them: setting, and its value in each run, a column each.
        measures: run, strategy, measure, value, low, high, n (things counted).
        differences: run, baseline (another run), strategy, of (the strategy of the baseline), measure, difference, low,
            high (pointwise), low_all, high_all (for all runs and strategies at once), better (probability of being
            better), paired (whether on the same days).
        regret: scenario (what runs are called without their plans), plan, measure, value, best, regret, low, high: see
            :mod:`sim.inference.regret`. Empty where there is one plan only.
        largest: plan, measure, scenario, regret, low, high, everywhere, least: the largest regret of each plan.
        confidence: Confidence of the intervals.
    """

    sides: list[Side]
    differs: pd.DataFrame
    measures: pd.DataFrame
    differences: pd.DataFrame
    regret: pd.DataFrame
    largest: pd.DataFrame
    confidence: float

    def __repr__(self) -> str:
        return f"<Between: {len(self.sides)} runs, {self.days} days, baseline {self.baseline}>"

    def _repr_html_(self) -> str:
        """Show the measures, a row each, a column a run and strategy."""
        table = self.measures.pivot_table("value", "measure", ["run", "strategy"], sort=False)
        table.index = pd.Index([MEASURES[str(name)].title for name in table.index], name="measure")
        return table.to_html(float_format=lambda value: f"{value:.3g}", na_rep="", border=0)

    @property
    def names(self) -> list[str]:
        """What the runs are called."""
        return [side.name for side in self.sides]

    @property
    def baseline(self) -> str:
        """The run that differences are taken from."""
        return self.sides[0].name

    @property
    def days(self) -> int:
        """The fewest days of any run that are compared."""
        return min(len(side.days) for side in self.sides)

    def why_unpaired(self, side: Side) -> tuple[Unlike, ...]:
        """Return what keeps a run's days from being those of the first; nothing: differences from it are paired."""
        return unlike(side.run, self.sides[0].run)


def between(runs: Sequence[Run], measures: Sequence[str] | None = None) -> Between:
    """Compare runs with the first of them, strategy by strategy, and strategies with each other over all runs.

    Runs of one seed, one region and the same voters met the same days: their differences are paired, on the days that
    all of them have finished. Others are compared by their means, each resampled for itself; intervals are then wider.

    Args:
        runs: Runs with at least one finished day; at least two of them.
        measures: Names of the measures; the headline measures and their twins by default. Twins are over what is
            counted under every plan of the runs that met the days of the first; of one that met others there is none.

    Raises:
        UserError: For fewer than two runs, an unknown measure, a run without a finished day.
    """
    chosen = measures_of(COMPARED if measures is None else measures)
    if not 2 <= len(runs) <= _MOST_RUNS:
        raise UserError(
            _("runs to compare: {runs}; there must be from 2 to {most:,}").format(runs=len(runs), most=_MOST_RUNS)
        )
    found = differing([run.manifest for run in runs])
    sides = sides_of(runs, names_of(runs, found))
    worlds = _worlds(sides, found)
    confidence, days = runs[0].scenario.run.confidence, min(len(side.days) for side in sides)
    rows: dict[str, list[dict[str, Any]]] = {"measures": [], "differences": []}
    lost: list[tuple[pd.DataFrame, pd.DataFrame]] = []
    first, same_in = _same(sides, worlds, [measure for measure in chosen if measure.own])
    for measure in chosen:
        arms = (first.arms(measure) if first else {}) if measure.own else arms_of(sides, measure)
        rows["measures"] += _measures(measure, sides, arms, confidence)
        rows["differences"] += _differences(measure, sides, arms, confidence)
        if measure.better != "none" and any(len(plans) > 1 for plans in worlds.values()):
            of = {world: same_in[world].arms(measure) if measure.own else arms for world in worlds}
            part = {world: {plan: of[world][arm] for plan, arm in plans.items()} for world, plans in worlds.items()}
            lost.append(regrets(part, measure.name, measure.better, confidence, days))
    return Between(
        sides=sides,
        differs=_settings(found, sides),
        measures=pd.DataFrame(rows["measures"]),
        differences=pd.DataFrame(rows["differences"]),
        regret=_joined([one for one, _ in lost], COLUMNS),
        largest=_joined([one for _, one in lost], LARGEST_COLUMNS),
        confidence=confidence,
    )


def _same(
    sides: Sequence[Side], worlds: Mapping[str, Mapping[str, tuple[int, str]]], twins: Sequence[Measure]
) -> tuple[Same | None, dict[str, Same]]:
    """Return twins over the plans of all runs that met the days of the first, and over the plans of each scenario.

    The first are None where no other run met these days.
    """
    paired = tuple(i for i, side in enumerate(sides) if side.family == 0)
    groups = {world: tuple(sorted({i for i, _ in plans.values()})) for world, plans in worlds.items()}
    made = {group: same(sides, group, twins) for group in {paired, *groups.values()}} if twins else {}
    return made.get(paired) if len(paired) > 1 else None, {
        world: made[group] for world, group in groups.items() if made
    }


def _joined(parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(columns))


def _settings(found: Mapping[str, Sequence[Any]], sides: Sequence[Side]) -> pd.DataFrame:
    """Return what differs, a row a setting, a column a run."""
    written = [[v if isinstance(v, str) else json.dumps(v) for v in values] for values in found.values()]
    frame = pd.DataFrame(written, columns=[side.name for side in sides])
    frame.insert(0, "setting", list(found))
    return frame


def _measures(
    measure: Measure, sides: Sequence[Side], arms: Mapping[tuple[int, str], Arm], confidence: float
) -> Iterator[dict[str, Any]]:
    for (i, strategy), arm in arms.items():
        low, high = _ends(arm.drawn, len(sides[i].days), confidence)
        yield {"run": sides[i].name, "strategy": strategy, "measure": measure.name, "value": arm.value, "low": low,
               "high": high, "n": arm.n}  # fmt: skip


def _differences(
    measure: Measure, sides: Sequence[Side], arms: Mapping[tuple[int, str], Arm], confidence: float
) -> Iterator[dict[str, Any]]:
    """Give the differences from the first run; simultaneous intervals by Bonferroni over all of them."""
    matches = [(i, *pair) for i in range(1, len(sides)) for pair in _matches(sides[0].run, sides[i].run)]
    wider = 1.0 - (1.0 - confidence) / max(1, len(matches))
    for i, strategy, of in matches:
        if (i, strategy) not in arms:  # a twin knows none that met other days
            continue
        arm, base = arms[i, strategy], arms[0, of]
        apart = difference(arm.drawn, base.drawn)
        value = float(difference(np.array([arm.value]), np.array([base.value]))[0])
        days = min(len(sides[i].days), len(sides[0].days))
        low, high = _ends(apart, days, confidence)
        low_all, high_all = _ends(apart, days, wider)
        below = probability_below(arm.drawn, base.drawn)
        yield {
            "run": sides[i].name,
            "baseline": sides[0].name,
            "strategy": strategy,
            "of": of,
            "measure": measure.name,
            "difference": value,
            "low": low,
            "high": high,
            "low_all": low_all,
            "high_all": high_all,
            "better": {"lower": below, "higher": 1.0 - below}.get(measure.better, np.nan),
            "paired": sides[i].family == sides[0].family,
        }


def _ends(drawn: Any, days: int, confidence: float) -> tuple[float, float]:
    return (np.nan, np.nan) if days == 1 else interval(drawn, confidence)


def _matches(base: Run, run: Run) -> list[tuple[str, str]]:
    """Return which strategies of a run are held against which of the first: the same, or the only one of each."""
    common = [(name, name) for name in run.strategies if name in base.strategies]
    if common or len(run.strategies) > 1 or len(base.strategies) > 1:
        return common
    return [(run.strategies[0], base.strategies[0])]


def _worlds(sides: Sequence[Side], found: Mapping[str, Sequence[Any]]) -> dict[str, dict[str, tuple[int, str]]]:
    """Return the plans of each scenario, by name: number of the run and name of its strategy.

    Runs that differ in nothing but their strategies are of one scenario, if they met the same days.
    """
    others = {key: values for key, values in found.items() if key.split(".")[0] not in (STRATEGY, "strategies")}
    names = names_of([side.run for side in sides], others) if others else [""] * len(sides)
    known: dict[tuple[int, str], str] = {}
    worlds: dict[str, dict[str, tuple[int, str]]] = {}
    for i, side in enumerate(sides):
        world = known.setdefault((side.family, _without_strategies(side.run)), names[i])
        plans = worlds.setdefault(world, {})
        for strategy in side.run.strategies:
            twin = plans.get(strategy)
            if twin is None:
                plans[strategy] = (i, strategy)
            elif _settings_of(sides[twin[0]].run, strategy) != _settings_of(side.run, strategy):
                plans[f"{strategy} ({side.name})"] = (i, strategy)
    return worlds


def _without_strategies(run: Run) -> str:
    kept = {k: v for k, v in leaves_of(run.manifest["scenario"]).items() if not k.startswith("strategies.")}
    return json.dumps(kept, sort_keys=True)


def _settings_of(run: Run, strategy: str) -> dict[str, Any]:
    begin = f"strategies.{strategy}."
    return {key: value for key, value in leaves_of(run.manifest["scenario"]).items() if key.startswith(begin)}
