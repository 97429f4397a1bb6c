"""Comparing strategies on the same days."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd
import pytest

from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.errors import UserError
from sim.inference.compare import compare
from sim.log import TABLES, dtypes
from sim.measures.samples import WHOLE, Samples, take
from sim.measures.sums import Sums
from sim.measures.tables import Tables

DAYS = 60


class Played:
    """A run whose only content is how many votes were lost on each day under each strategy."""

    def __init__(self, lost: dict[str, np.ndarray], *overrides: str) -> None:
        self.scenario: Scenario = load("calm_day", ["strategy=" + ",".join(lost), "run.resamples=400", *overrides])
        self.strategies = list(lost)
        self.finished = list(range(len(next(iter(lost.values())))))
        self.lost = lost

    def table(self, name: str) -> pd.DataFrame:
        columns = {"strategy": np.dtype(object), "replication": np.dtype(np.int64), **dtypes(name)}
        n = len(self.finished) * len(self.lost) if name == "stations" else 0
        data = {
            c: np.array([""] * n, dtype=object) if k.kind == "O" else np.zeros(n, dtype=k) for c, k in columns.items()
        }
        frame = pd.DataFrame(data)
        if n:
            frame["strategy"] = np.repeat(list(self.lost), len(self.finished))
            frame["replication"] = np.tile(self.finished, len(self.lost))
            frame["lost_deterred"] = np.concatenate(list(self.lost.values())).astype(np.int64)
        assert set(frame.columns) == {"strategy", "replication", *dtypes(name)} and name in TABLES
        return frame

    def sums(self, sample: str, by: str = WHOLE) -> dict[tuple[str, str], Sums]:
        return self.samples.sums(sample, by)

    @cached_property
    def samples(self) -> Samples:
        return take(Tables(self.table, 10.0, 420.0, 780.0, 2), self.finished)


def days(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).poisson(300, DAYS) * 1.0


def row(frame: pd.DataFrame, strategy: str, measure: str = "votes_lost") -> pd.Series:
    return frame[(frame["strategy"] == strategy) & (frame["measure"] == measure)].iloc[0]


def test_the_same_plan_twice_differs_by_exactly_nothing() -> None:
    found = row(compare(Played({"minimum_pattern": days(), "even_spread": days()})).differences, "even_spread")
    assert (found["difference"], found["low"], found["high"], found["low_all"], found["high_all"]) == (0, 0, 0, 0, 0)
    assert found["better"] == 0.5


def test_a_paired_difference_is_surer_than_the_values() -> None:
    comparison = compare(Played({"minimum_pattern": days(), "even_spread": days() - 5}))
    apart, value = row(comparison.differences, "even_spread"), row(comparison.measures, "even_spread")
    assert apart["difference"] == pytest.approx(-5)
    assert apart["high"] - apart["low"] < 0.2 * (value["high"] - value["low"])
    assert apart["better"] == 1.0
    assert row(comparison.best, "even_spread")["best"] == 1.0


def test_simultaneous_intervals_are_wider_than_single_ones() -> None:
    lost = {
        name: days(i) for i, name in enumerate(["minimum_pattern", "even_spread", "central_reserve", "risk_weighted"])
    }
    found = row(compare(Played(lost)).differences, "central_reserve")
    assert found["low_all"] < found["low"] < found["high"] < found["high_all"]


def test_confidence_and_resamples_are_heeded() -> None:
    lost = {"minimum_pattern": days(), "even_spread": days(2)}
    narrow, wide = (row(compare(Played(lost, f"run.confidence={c}")).measures, "even_spread") for c in (0.6, 0.99))
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]
    other = row(compare(Played(lost, "run.resamples=150")).measures, "even_spread")
    assert other["value"] == narrow["value"] and other["low"] != narrow["low"]


def test_one_day_gives_no_interval() -> None:
    found = row(compare(Played({"minimum_pattern": days()[:1], "even_spread": days()[:1]})).measures, "even_spread")
    assert np.isnan(found["low"]) and np.isnan(found["high"]) and found["value"] > 0


def test_a_baseline_that_was_not_played_is_refused() -> None:
    run = Played({"minimum_pattern": days(), "even_spread": days()})
    assert compare(run, "even_spread").baseline == "even_spread"
    with pytest.raises(UserError, match="did you mean 'even_spread'"):
        compare(run, "even_spred")


def test_a_run_without_a_day_is_refused() -> None:
    with pytest.raises(UserError, match="no finished day"):
        compare(Played({"minimum_pattern": np.zeros(0)}))
