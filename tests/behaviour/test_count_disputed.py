"""The disputed count: which stations have not counted by the end of it, and why."""

from __future__ import annotations

import numpy as np

from sim.config.compose import load
from sim.day import prepare, simulate_day
from tests.behaviour.moves import NEVER_PUT_OFF, QUIET

DAYS = 6


def test_only_what_was_stormed_or_is_slowest_has_not_counted_by_the_last_hour() -> None:
    world = prepare(load("count_disputed", ["strategy=minimum_pattern", *QUIET, *NEVER_PUT_OFF, "run.bound_days=0"]))
    voting = world.scenario.voting
    given_up, slow = 0, 0
    for day in range(DAYS):
        tables = simulate_day(world, "minimum_pattern", day).tables
        stations, incidents = tables["stations"], tables["incidents"]
        left, stormed = np.isnan(stations["counted"]), stations["abandoned"] == 1
        assert not (stormed & ~left).any()
        assert stormed.sum() <= (~np.isnan(incidents["red"])).sum(), "a count is given up where a crowd has turned red"
        given_up += stormed.sum()
        slow += (left & ~stormed).sum()
        least = voting.day_end - stations["last_voted"] - voting.counting.setup_minutes
        assert (least[left & ~stormed] / stations["voted"][left & ~stormed] > voting.counting.minutes_per_voter).all()
    assert DAYS / 2 < given_up <= 2 * DAYS
    assert 0 < slow < 3 * DAYS
