"""Comparing the strategies of a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.errors import UserError, nearest
from sim.inference.resample import day_weights, difference, interval, probability_below
from sim.inference.source import Source, estimators
from sim.measures.registry import MEASURES
from sim.measures.sample import Floats
from sim.words.language import gettext as _


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a run says about its strategies.

    Attributes:
        measures: strategy, measure, value, low, high, n (things counted).
        differences: strategy, baseline, measure, difference, low, high (pointwise), low_all, high_all (simultaneous
            over the strategies), better (probability that it is better than the baseline on this measure).
        best: strategy, measure, best (probability that it is the best of all).
        baseline: The strategy that differences are taken from.
        confidence: Confidence of the intervals.
        days: Days compared.
        planned: Days that the run is to have; with fewer compared it is partial.
    """

    measures: pd.DataFrame
    differences: pd.DataFrame
    best: pd.DataFrame
    baseline: str
    confidence: float
    days: int
    planned: int


def compare(run: Source, baseline: str | None = None) -> Comparison:
    """Compare a run's strategies on every measure.

    Args:
        run: A run with at least one finished day.
        baseline: The strategy that differences are taken from; the first by default.

    Raises:
        UserError: When no day is finished, or the baseline was not played.
    """
    if not run.finished:
        raise UserError(_("the run has no finished day; there is nothing to compare"))
    first = run.strategies[0] if baseline is None else baseline
    if first not in run.strategies:
        raise UserError(
            _("baseline '{name}' was not played; {hint}").format(name=first, hint=nearest(first, run.strategies))
        )
    settings = run.scenario.run
    weights = day_weights(len(run.finished), settings.resamples, settings.seed)
    rows: dict[str, list[dict[str, object]]] = {"measures": [], "differences": [], "best": []}
    for measure in MEASURES.values():
        samples = estimators(run, measure)
        point = {name: float(s.estimate(np.ones((1, weights.shape[1])))[0]) for name, s in samples.items()}
        drawn = {name: s.estimate(weights) for name, s in samples.items()}
        single = weights.shape[1] == 1
        for name in run.strategies:
            low, high = (np.nan, np.nan) if single else interval(drawn[name], settings.confidence)
            rows["measures"].append(
                {"strategy": name, "measure": measure.name, "value": point[name], "low": low, "high": high,
                 "n": samples[name].n}
            )  # fmt: skip
        rows["differences"] += _differences(
            measure.name, measure.better, first, point, drawn, settings.confidence, single
        )
        rows["best"] += _best(measure.name, measure.better, drawn)
    frames = {name: pd.DataFrame(found) for name, found in rows.items()}
    days, planned = len(run.finished), settings.replications
    return Comparison(**frames, baseline=first, confidence=settings.confidence, days=days, planned=planned)


def _differences(
    measure: str,
    better: str,
    baseline: str,
    point: dict[str, float],
    drawn: dict[str, Floats],
    confidence: float,
    single: bool,
) -> list[dict[str, object]]:
    """Return the paired differences; simultaneous intervals by Bonferroni over the strategies compared."""
    others = [name for name in point if name != baseline]
    wider = 1.0 - (1.0 - confidence) / max(1, len(others))
    rows = []
    for name in others:
        apart = difference(drawn[name], drawn[baseline])
        value = float(difference(np.array([point[name]]), np.array([point[baseline]]))[0])
        low, high = (np.nan, np.nan) if single else interval(apart, confidence)
        low_all, high_all = (np.nan, np.nan) if single else interval(apart, wider)
        below = probability_below(drawn[name], drawn[baseline])
        rows.append(
            {
                "strategy": name,
                "baseline": baseline,
                "measure": measure,
                "difference": value,
                "low": low,
                "high": high,
                "low_all": low_all,
                "high_all": high_all,
                "better": below if better == "lower" else 1.0 - below if better == "higher" else np.nan,
            }
        )
    return rows


def _best(measure: str, better: str, drawn: dict[str, Floats]) -> list[dict[str, object]]:
    """Return how often each strategy is the best in the resamples, ties shared."""
    if better == "none":
        return []
    values = np.array(list(drawn.values()))
    values = np.where(np.isnan(values), np.inf if better == "lower" else -np.inf, values)
    top = values == (values.min(axis=0) if better == "lower" else values.max(axis=0))
    share = (top / top.sum(axis=0)).mean(axis=1)
    return [{"strategy": name, "measure": measure, "best": float(p)} for name, p in zip(drawn, share, strict=True)]
