"""Comparing the strategies of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from markupsafe import escape

from sim.errors import UserError, nearest
from sim.inference.resample import day_weights, difference, interval, probability_below
from sim.inference.source import Source, estimators
from sim.measures.registry import MEASURES, Measure
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

    def __repr__(self) -> str:
        many = len(dict.fromkeys(self.measures["strategy"]))
        partial = f" of {self.planned}" if self.days < self.planned else ""
        return f"<Comparison: {many} strategies, {self.days}{partial} days, baseline {self.baseline}>"

    def _repr_html_(self) -> str:
        """Show the headline measures, a row each, a column a strategy."""
        names = list(dict.fromkeys(self.measures["strategy"]))
        rows = self.measures[self.measures["measure"].isin([m.name for m in MEASURES.values() if m.headline])]
        table = rows.pivot_table("value", "measure", "strategy", sort=False, dropna=False, observed=False)[names]
        table.insert(0, "unit", [MEASURES[str(name)].unit for name in table.index])
        table.index = pd.Index([MEASURES[str(name)].title for name in table.index], name="measure")
        head = f"<p>{escape(repr(self).strip('<>'))}</p>"
        return head + table.to_html(float_format=lambda value: f"{value:.3g}", na_rep="", border=0)


def compare(run: Source, baseline: str | None = None, measures: Sequence[str] | None = None) -> Comparison:
    """Compare a run's strategies.

    Args:
        run: A run with at least one finished day.
        baseline: The strategy that differences are taken from; the first by default.
        measures: Names of measures; all by default.

    Raises:
        UserError: When no day is finished, the baseline was not played, or a measure is unknown.
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
    for measure in measures_of(measures):
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


def measures_of(names: Sequence[str] | None) -> list[Measure]:
    """Return measures by their names; all of them for None.

    Raises:
        UserError: For an unknown one, with the nearest.
    """
    for name in names or ():
        if name not in MEASURES:
            raise UserError(_("unknown measure '{name}'; {hint}").format(name=name, hint=nearest(name, MEASURES)))
    return list(MEASURES.values()) if names is None else [MEASURES[name] for name in names]


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
