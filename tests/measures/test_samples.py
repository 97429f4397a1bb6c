"""Samples add up: days measured in parts are the days measured together, in whatever order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.day.world import World
from sim.log import AreaRow, columns
from sim.measures.registry import MEASURES, SAMPLES
from sim.measures.samples import WHOLE, Samples, take
from sim.measures.sums import Sums, no_sums
from sim.measures.tables import Tables


@pytest.fixture(scope="module")
def logs(riot_world: World) -> dict[str, pd.DataFrame]:
    """Three days of the riot under every strategy."""
    from sim.day import simulate_replication
    from sim.experiment.frames import frames

    logs = [log for day in range(3) for log in simulate_replication(riot_world, day)]
    for log in logs:  # nobody is told to leave an area on account of a riot
        row = AreaRow(
            "s0", "ring", 600.0, 610.0, 90, 5, 80, 5, 0, 650.0, 700.0 + log.replication, 720.0, 55.0, "road", 40, 3, 2, 9.0
        )  # fmt: skip
        log.tables["areas"] = columns("areas", [row])
    return frames(logs)


@pytest.fixture(scope="module")
def whole(logs: dict[str, pd.DataFrame]) -> Samples:
    """What is taken of the three days together."""
    return of_days(logs, 0, 1, 2)


def of_days(logs: dict[str, pd.DataFrame], *days: int) -> Samples:
    kept = {name: table[table["replication"].isin(days)] for name, table in logs.items()}
    plans = logs["incidents"]["strategy"].nunique()
    return take(Tables(kept.__getitem__, 10.0, 420.0, 780.0, plans), days)


def equal(one: Sums, other: Sums) -> bool:
    names = ("days", "day", "key", "above", "below")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_parts_in_any_order_are_the_whole(
    logs: dict[str, pd.DataFrame], whole: Samples, order: tuple[int, ...]
) -> None:
    first, second, third = (of_days(logs, day) for day in order)
    together = (first + second) + third
    for sample in SAMPLES.values():
        for by in ((WHOLE,) if sample.whole else ()) + sample.by:
            found, expected = together.sums(sample.name, by), whole.sums(sample.name, by)
            assert list(found) == list(expected)
            assert expected, (sample.name, by)
            assert all(equal(found[key], expected[key]) for key in expected), (sample.name, by)


def test_sums_add_as_samples_do(logs: dict[str, pd.DataFrame], whole: Samples) -> None:
    parts = [of_days(logs, day).sums("closing") for day in (1, 0, 2)]
    for key, expected in whole.sums("closing").items():
        assert equal(parts[0][key] + parts[1][key] + parts[2][key], expected)


def test_a_day_is_counted_once(logs: dict[str, pd.DataFrame]) -> None:
    one, other = of_days(logs, 0, 1), of_days(logs, 1, 2)
    with pytest.raises(ValueError, match="day 1 is in both"):
        _ = one + other
    key = ("even_spread", "")
    with pytest.raises(ValueError, match="day 1 is in both"):
        _ = one.sums("wait")[key] + other.sums("wait")[key]


def test_what_is_broken_down_adds_up_to_the_whole(logs: dict[str, pd.DataFrame]) -> None:
    samples = of_days(logs, 0, 1, 2)
    for name in ("votes_lost", "wait", "closing", "response", "coverage_over_day", "coverage_of_area_red", "busy"):
        by = samples.sums(name, "district")
        for (strategy, _), whole in samples.sums(name).items():
            parts = [part for (of, _), part in by.items() if of == strategy]
            assert sum(part.above.sum() for part in parts) == pytest.approx(whole.above.sum())
            assert sum(part.below.sum() for part in parts) == pytest.approx(whole.below.sum())


def test_the_largest_of_a_day_is_one_row_a_day(logs: dict[str, pd.DataFrame]) -> None:
    found = of_days(logs, 0, 1, 2).sums("largest_crowd")["even_spread", ""]
    incidents = logs["incidents"]
    expected = incidents[incidents["strategy"] == "even_spread"].groupby("replication")["peak_active"].max()
    assert found.day.tolist() == expected.index.tolist() and found.key.tolist() == expected.tolist()
    assert found.above.tolist() == [1.0] * len(expected)


def test_every_measure_has_a_sample_and_every_sample_a_use() -> None:
    used = {measure.sample for measure in MEASURES.values()}
    assert used <= set(SAMPLES)
    assert set(SAMPLES) - used == {"arrival_red", "coverage_by_time", "officers_away", "cause"}, (
        "drawn, told, or in a table"
    )


def test_days_without_anything_count_where_an_average_is_per_day() -> None:
    sums = Sums.of(np.arange(4), np.array([2, 0]), np.array([30.0, 10.0]), np.ones(2), np.zeros(2))
    one = np.ones((1, 4))
    assert sums.mean_per_day().estimate(one)[0] == 10.0
    assert sums.mean().estimate(one)[0] == 20.0
    assert sums.quantile_of_days(0.5).estimate(one)[0] == 0.0
    assert sums.quantile(0.5).estimate(one)[0] == 10.0
    assert np.isnan(no_sums([0, 1]).quantile(0.5).estimate(np.ones((1, 2)))[0])
