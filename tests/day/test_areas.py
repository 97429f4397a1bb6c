"""Areas are left on a polling day: once the centre knows, by the strategy's plan, on the roads of the day."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.errors import UserError
from sim.experiment.frames import frames
from tests.conftest import QUIET

FLOOD = (
    *QUIET, "run.bound_days=0", "run.check=true",
    "kinds.flood.course.start_km=2", "kinds.flood.course.km_per_hour=2", "kinds.flood.severities.red.from_km=2.2",
    "response.reporting.too_mild=0", "kinds.flood.course.duration={mean_minutes: 900, cv: 0}",
)  # fmt: skip
"""It is red six minutes after its onset, and lasts."""


@cache
def area(*overrides: str, strategy: str = "minimum_pattern") -> pd.Series:
    """Return the row of the one area of a day."""
    world = prepare(load("flood_lowland", [*FLOOD, f"strategy={strategy}", *overrides]))
    table = frames([simulate_day(world, strategy, 0)])["areas"]
    assert len(table) == 1
    return table.iloc[0]


def test_the_order_comes_once_the_centre_knows_and_everybody_is_accounted_for() -> None:
    row = area()
    assert row["due"] == pytest.approx(516.0) and row["ordered"] > row["due"] + 3.0
    assert row["safe"] + row["refused"] + row["left_behind"] == row["people"] > 10_000
    assert row["last_safe"] - row["ordered"] >= row["least_minutes"] > 60.0


def test_the_later_the_report_the_later_the_order() -> None:
    late = [f"response.reporting.{how}={{mean_minutes: 90, cv: 0}}" for how in ("by_phone", "guarded", "no_signal")]
    assert area(*late)["ordered"] > area()["ordered"] + 60.0
    assert area(*late)["most_safe"] > area()["most_safe"] + 30.0


def test_a_strategy_may_have_another_plan_on_the_same_people() -> None:
    own = area("+strategy.evacuation={areas: {flood_lowland: flood_lowland_far}}")
    assert (own["plan"], own["people"], own["refused"]) == ("flood_lowland_far", area()["people"], area()["refused"])
    assert own["half_safe"] > area()["half_safe"] + 10.0, "its shelters are farther away"


def test_roads_that_close_on_the_day_keep_people_back() -> None:
    closed = area('closures=[{between: ["LB Belimbing II", "LB. Bingin Baru"], closed_at: "07:00"}]')
    assert closed["half_safe"] > area()["half_safe"] or closed["most_safe"] > area()["most_safe"]


def test_an_unknown_plan_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"evacuation\.areas\.flood_lowland.*unknown plan 'flood_lowlan'; did you mean"):
        area("+strategy.evacuation={areas: {flood_lowland: flood_lowlan}}")
