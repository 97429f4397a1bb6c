"""Regret: by hand, against theory, and what becomes of it where the best plan is only the luckiest."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.inference.arms import Arm
from sim.inference.regret import regrets
from sim.inference.resample import day_weights

DAYS, RESAMPLES = 60, 400
WEIGHTS = day_weights(DAYS, RESAMPLES, 1)


def arm(by_day: np.ndarray) -> Arm:
    """The mean over days, and its mean in each resample."""
    return Arm(float(by_day.mean()), WEIGHTS @ by_day / DAYS, DAYS)


def sure(value: float) -> Arm:
    return Arm(value, np.full(RESAMPLES, value), DAYS)


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


def test_by_hand_regret_is_the_distance_from_the_best_plan_of_each_scenario() -> None:
    worlds = {"dry": {"a": sure(3.0), "b": sure(5.0)}, "rain": {"a": sure(9.0), "b": sure(6.0)}}
    table, largest = regrets(worlds, "response_median", "lower", 0.95, DAYS)
    assert rows(table, "scenario", "plan", "best", "regret", "low", "high") == [
        ("dry", "a", "a", 0.0, 0.0, 0.0), ("dry", "b", "a", 2.0, 2.0, 2.0),
        ("rain", "a", "b", 3.0, 3.0, 3.0), ("rain", "b", "b", 0.0, 0.0, 0.0),
    ]  # fmt: skip
    assert rows(largest, "plan", "scenario", "regret", "least") == [("a", "rain", 3.0, False), ("b", "dry", 2.0, True)]


def test_where_higher_is_better_the_best_is_the_highest() -> None:
    table, _ = regrets({"dry": {"a": sure(0.2), "b": sure(0.5)}}, "coverage_over_day", "higher", 0.95, DAYS)
    assert rows(table, "plan", "best") == [("a", "b"), ("b", "b")]
    assert table["regret"].tolist() == pytest.approx([0.3, 0.0])


def test_never_against_a_time_is_regretted_without_end_and_never_against_never_not_at_all() -> None:
    never = sure(np.inf)
    table, _ = regrets(
        {"dry": {"a": never, "b": sure(5.0)}, "rain": {"a": never, "b": never}}, "m", "lower", 0.95, DAYS
    )
    assert table["regret"].tolist() == [np.inf, 0.0, 0.0, 0.0]


def test_nothing_to_measure_is_no_regret_and_no_best() -> None:
    nothing = Arm(float("nan"), np.full(RESAMPLES, np.nan), 0)
    table, largest = regrets({"dry": {"a": nothing, "b": sure(5.0)}}, "m", "lower", 0.95, DAYS)
    assert np.isnan(table["regret"][0]) and table["best"].tolist() == ["b", "b"]
    assert largest["plan"].tolist() == ["b"]


def test_a_plan_that_was_not_played_everywhere_cannot_lose_least_at_worst() -> None:
    worlds = {"dry": {"a": sure(3.0), "b": sure(4.0), "c": sure(1.0)}, "rain": {"a": sure(3.0), "b": sure(4.0)}}
    _, largest = regrets(worlds, "m", "lower", 0.95, DAYS)
    assert rows(largest, "plan", "everywhere", "least") == [("a", True, True), ("b", True, False), ("c", False, False)]


def test_one_day_gives_no_interval() -> None:
    one = {name: Arm(value, np.array([value]), 1) for name, value in (("a", 1.0), ("b", 2.0))}
    table, _ = regrets({"dry": one}, "m", "lower", 0.95, 1)
    assert table["regret"].tolist() == [0.0, 1.0] and table[["low", "high"]].isna().all(axis=None)


def test_of_plans_that_are_all_alike_none_is_shown_to_lose() -> None:
    """The luckiest of six alike leads by more than a standard error; the interval of every regret still holds zero."""
    shown = 0
    for study in range(60):
        rng = np.random.default_rng(study)
        worlds = {"dry": {f"p{i}": arm(rng.normal(100, 10, DAYS)) for i in range(6)}}
        table, _ = regrets(worlds, "m", "lower", 0.95, DAYS)
        shown += bool((table["low"] > 0).any())
        assert table["regret"].max() > 1.0, "the plain regret is biased: in truth it is zero"
    assert shown <= 7  # of 60 studies one in twenty may be wrong: at most 7 in 98 of 100 such counts


def test_the_interval_holds_the_true_regret() -> None:
    """Three plans in two scenarios: true regrets 0, 4, 8 in one and 6, 0, 2 in the other, noise of a day 10."""
    truth = {"dry": (100.0, 104.0, 108.0), "rain": (106.0, 100.0, 102.0)}
    held = 0
    for study in range(60):
        rng = np.random.default_rng(1_000 + study)
        shared = rng.normal(0, 20, DAYS)  # what all plans meet on the same day: pairing takes it away
        worlds = {
            world: {f"p{i}": arm(mean + shared + rng.normal(0, 10, DAYS)) for i, mean in enumerate(means)}
            for world, means in truth.items()
        }
        table, _ = regrets(worlds, "m", "lower", 0.95, DAYS)
        true = np.concatenate([np.array(means) - min(means) for means in truth.values()])
        held += bool(((table["low"] <= true) & (true <= table["high"])).all())
    assert held >= 53


def test_a_worse_plan_is_shown_to_lose_and_more_days_make_it_surer() -> None:
    rng = np.random.default_rng(3)
    good, bad = rng.normal(100, 10, DAYS), rng.normal(110, 10, DAYS)
    table, largest = regrets({"dry": {"good": arm(good), "bad": arm(bad)}}, "m", "lower", 0.95, DAYS)
    bad_row = table[table["plan"] == "bad"].iloc[0]
    assert 0 < bad_row["low"] < bad_row["regret"] < bad_row["high"]
    assert largest["least"].tolist() == [True, False]
    assert bad_row["regret"] == pytest.approx(bad.mean() - good.mean())
