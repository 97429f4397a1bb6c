"""The arms of a comparison between runs: each strategy of each run, on the days that its family shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.errors import UserError
from sim.experiment.store import Run
from sim.inference.pairing import families
from sim.inference.resample import Floats, day_weights
from sim.measures.registry import Measure
from sim.measures.sums import Ints, Sums, no_sums
from sim.words.language import gettext as _


@dataclass(frozen=True, eq=False)
class Side:
    """One run of a comparison.

    Attributes:
        name: What it is called here: what differs.
        run: The run.
        family: Number of the family of runs that met the same days; the first run's is 0.
        days: The days that are compared: those that all of its family have finished.
        weights: How often each of them counts in each resample, shape (resamples, days).
    """

    name: str
    run: Run
    family: int
    days: Ints
    weights: Floats


@dataclass(frozen=True, eq=False)
class Arm:
    """One measure of one strategy of one run.

    Attributes:
        value: Its estimate.
        drawn: Its estimate in each resample.
        n: Things counted.
    """

    value: float
    drawn: Floats
    n: int


def sides_of(runs: Sequence[Run], names: Sequence[str]) -> list[Side]:
    """Return the runs with the days that are compared and their resamples, made as the first run says.

    Raises:
        UserError: When a run has no finished day, or runs that met the same days have none in common.
    """
    for run in runs:
        if not run.finished:
            raise UserError(_("'{run}' has no finished day; there is nothing to compare").format(run=run.path))
    settings, family = runs[0].scenario.run, families(runs)
    made: dict[int, tuple[Ints, Floats]] = {}
    for number in dict.fromkeys(family):
        members = [set(run.finished) for run, f in zip(runs, family, strict=True) if f == number]
        days = sorted(set.intersection(*members))
        if not days:
            raise UserError(_("these runs have no finished day in common; there is nothing to compare"))
        weights = day_weights(len(days), settings.resamples, settings.seed, number)
        made[number] = np.array(days, dtype=np.int64), weights
    return [Side(name, run, f, *made[f]) for name, run, f in zip(names, runs, family, strict=True)]


def arms_of(sides: Sequence[Side], measure: Measure) -> dict[tuple[int, str], Arm]:
    """Return one measure of every arm, by the number of the run and the name of the strategy."""
    found = {}
    for i, side in enumerate(sides):
        sums = side.run.sums(measure.sample)
        for strategy in side.run.strategies:
            found[i, strategy] = arm_of(measure, sums.get((strategy, "")), side)
    return found


def arm_of(measure: Measure, sums: Sums | None, side: Side) -> Arm:
    """Return one measure of one strategy of a run.

    Args:
        measure: The measure.
        sums: Its sample; None: nothing happened.
        side: The run.
    """
    sample = measure.estimator(_of_days(sums, side.days))
    value = float(sample.estimate(np.ones((1, len(side.days))))[0])
    return Arm(value, sample.estimate(side.weights), sample.n)


def _of_days(sums: Sums | None, days: Ints) -> Sums:
    """Return the sums of some days alone."""
    if sums is None:
        return no_sums(days.tolist())
    here = np.isin(sums.day, days)
    return Sums(days, *(getattr(sums, name)[here] for name in ("day", "key", "above", "below")))
