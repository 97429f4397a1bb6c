"""Which engine plays a day changes nothing but how long it takes: all that is seen above a station is the same."""

from __future__ import annotations

import numpy as np
import pytest

from sim.day import simulate_day
from sim.day.world import prepare
from sim.errors import UserError
from sim.log import TABLES, DayLog, dtypes
from tests.conftest import small_scenario

RICH = (
    "disturbance.background.rate_per_station_hour=0.1",
    "kinds.riot.severities.yellow.effects=[{effect: shut_door}, {effect: deter, share: 0.6}]",
    'incidents=[{kind: riot, onset: "09:20", place: district 1, starters: 60, followers: 1},'
    '{kind: blackout, onset: "08:00", place: district 2}]',
    'troubles=[{what: out_of_use, place: district 3, stage: booth, servers: 4, from_time: "08:30", to_time: "09:30"}]',
    "voting.turnout_share=0.95",
    "voting.guard_deterrence=0.02",
    "voting.patience={mean_minutes: 40, cv: 0.5}",
    "voting.balking={mean_people: 15, cv: 0.5}",
    "voting.extension.after_interruption=true",
    "voting.trouble.late_opening.share=0.3",
    "voting.trouble.short_ballots={share: 0.3, missing_share: 0.25}",
)
HAPPENED = (
    "lost_deterred", "lost_balked", "lost_impatient", "lost_unsupplied", "lost_evacuated", "evacuations",
    "suspended_minutes", "priority_voted",
)  # fmt: skip


def played(engine: str) -> list[DayLog]:
    world = prepare(small_scenario(*RICH, f"voting.engine={engine}"))
    return [simulate_day(world, "even_spread", day) for day in range(2)]


def test_a_rich_day_has_the_same_log_under_both_engines() -> None:
    """Times agree to 1e-9 minutes, everything else exactly."""
    for ours, plain in zip(played("compiled"), played("reference"), strict=True):
        for table in TABLES:
            for name in dtypes(table):
                a, b = ours.tables[table][name], plain.tables[table][name]
                if a.dtype == np.float64:
                    assert a == pytest.approx(b, abs=1e-9, rel=1e-12, nan_ok=True), f"{table}.{name}"
                else:
                    assert np.array_equal(a, b), f"{table}.{name}"


def test_those_days_have_everything_in_them() -> None:
    """Or the test above would promise less than it says."""
    logs = played("compiled")
    for name in HAPPENED:
        assert sum(log.tables["stations"][name].sum() for log in logs) > 0, name
    closed = np.concatenate([log.tables["stations"]["closed"] for log in logs])
    assert closed.min() < closed.max(), "hours were extended somewhere"


def test_an_engine_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"(?s)voting\.engine.*compild.*compiled"):
        small_scenario("voting.engine=compild")
