"""The packaged scenarios with an area compare plans that differ: strategies have their own."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from sim.config.compose import load
from sim.day import draw_day, prepare, simulate_day
from sim.experiment.frames import frames
from tests.conftest import QUIET

PAIRS = [
    ("kaba_alert", "minimum_pattern", "forward_reserve", ("kaba_ring", "kaba_ring_staged")),
    ("kaba_alert", "minimum_pattern", "joint_command", ("kaba_ring", "kaba_ring_more_trucks")),
    ("flood_lowland", "minimum_pattern", "forward_reserve", ("flood_lowland", "flood_lowland_far")),
]


@cache
def areas(scenario: str) -> pd.DataFrame:
    """Return the areas of one quiet day under each strategy."""
    world = prepare(load(scenario, [*QUIET, "run.bound_days=0", "run.check=true"]))
    draws = draw_day(world, 0)
    return frames([simulate_day(world, name, 0, draws) for name in world.responses])["areas"].set_index("strategy")


@pytest.mark.parametrize(("scenario", "one", "other", "plans"), PAIRS)
def test_two_strategies_have_plans_that_differ(scenario: str, one: str, other: str, plans: tuple[str, str]) -> None:
    a, b = areas(scenario).loc[one], areas(scenario).loc[other]
    assert (a["plan"], b["plan"]) == plans
    assert (a["people"], a["refused"]) == (b["people"], b["refused"]), "they are compared on the same people"
    assert abs(a["last_safe"] - b["last_safe"]) > 30 or abs(a["half_safe"] - b["half_safe"]) > 30


def test_posts_and_votes_of_the_packaged_plans_are_counted() -> None:
    kaba, flood = areas("kaba_alert"), areas("flood_lowland")
    assert (kaba["votes_caught"] > 3_000).all() and (flood["votes_caught"] > 100).all()
    assert (kaba["posts"] == 6).all() and (flood["posts"] == 4).all()
    assert (kaba["posts_manned"] >= 1).all()


def test_ring_by_ring_fewer_votes_are_caught() -> None:
    kaba = areas("kaba_alert")["votes_caught"]
    assert kaba["forward_reserve"] < kaba["minimum_pattern"]
