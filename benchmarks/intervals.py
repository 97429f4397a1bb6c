"""How often intervals of few days hold what thousands of days say, on the model itself.

python benchmarks/intervals.py RUN [--studies 200] [--resamples 300]

RUN is a finished run of a thousand days or more, at least two strategies; what all of its days say is taken for the
truth. Each study takes some of its days, and makes the intervals of the comparison from them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.store import Run, read
from sim.inference.resample import Floats, difference, interval
from sim.inference.source import estimators
from sim.measures.registry import MEASURES
from sim.words.report import PHRASES

SIZES = (5, 10, 20, 30, 40, 60, 100)
"""Days of a study."""


def study_weights(rng: np.random.Generator, of: int, days: int, resamples: int) -> Floats:
    """Return the weights of one study: its days in the first row, then its resamples; shape (1 + resamples, of)."""
    chosen = rng.choice(of, size=days, replace=False)
    weights = np.zeros((1 + resamples, of))
    weights[0, chosen] = 1.0
    weights[1:, chosen] = rng.multinomial(days, np.full(days, 1.0 / days), size=resamples)
    return weights


def studies(
    run: Run, measure: str, days: int, number: int, resamples: int
) -> Iterator[tuple[str, float, float, float]]:
    """Give the true difference of each strategy from the first, and the simultaneous interval of each study."""
    confidence, (first, *others) = run.scenario.run.confidence, run.strategies
    wider = 1.0 - (1.0 - confidence) / len(others)
    found = estimators(run, MEASURES[measure])
    of = len(run.finished)
    truth = {name: found[name].estimate(np.ones((1, of)))[0] for name in run.strategies}
    rng = np.random.default_rng([days, 7])
    for _ in range(number):
        weights = study_weights(rng, of, days, resamples)
        drawn = {name: found[name].estimate(weights) for name in run.strategies}
        for name in others:
            apart = difference(drawn[name], drawn[first])
            low, high = interval(apart[1:], wider)
            yield name, float(difference(np.array([truth[name]]), np.array([truth[first]]))[0]), low, high


def table(run: Run, number: int, resamples: int) -> pd.DataFrame:
    """Return how often the intervals were right and said something, by measure and number of days."""
    rows = []
    for measure in PHRASES:
        for days in SIZES:
            one = pd.DataFrame(
                studies(run, measure, days, number, resamples), columns=["strategy", "true", "low", "high"]
            )
            one = one[np.isfinite(one["true"]) & one["low"].notna()]
            holds = (one["low"] <= one["true"]) & (one["true"] <= one["high"])
            says = (one["low"] > 0) | (one["high"] < 0)
            wrong = ((one["low"] > 0) & (one["true"] <= 0)) | ((one["high"] < 0) & (one["true"] >= 0))
            rows.append((measure, days, len(one), holds.mean(), says.mean(), wrong.mean(), (says & ~holds).mean()))
    return pd.DataFrame(rows, columns=["measure", "days", "studies", "holds", "says", "wrong_way", "says_and_misses"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--studies", type=int, default=200)
    parser.add_argument("--resamples", type=int, default=300)
    options = parser.parse_args()
    run = read(options.run)
    found = table(run, options.studies, options.resamples)
    print(f"{run.scenario.said_title}: {len(run.finished)} days, {', '.join(run.strategies)}")
    print(f"nominal {run.scenario.run.confidence:.0%}, simultaneous over the strategies")
    for column in ("holds", "says", "wrong_way"):
        by_days = found.pivot_table(index="measure", columns="days", values=column, sort=False)
        print(f"\n{column}\n{by_days.round(3).to_string()}")
    together = found.groupby("days")[["holds", "says", "wrong_way", "says_and_misses"]].mean()
    print(f"\nall measures\n{together.round(3).to_string()}")


if __name__ == "__main__":
    main()
