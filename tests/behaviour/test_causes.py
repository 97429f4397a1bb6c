"""Which causes of lateness come to the fore when the thing itself is made worse; in the small regency."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sim.day import simulate_day
from sim.day.world import prepare
from sim.experiment.frames import frames
from sim.measures.causes import USUAL, responses
from sim.vocabulary import Cause
from tests.conftest import small_scenario

MANY = "disturbance.background.rate_per_station_hour=0.1"
DAYS = 4
RIOT = (
    "disturbance.background.rate_per_station_hour=0",
    "disturbance.spread.followers=0",
    'incidents=[{kind: riot, onset: "09:40", place: "Pasar Lama", starters: 20, followers: 0}]',
    "strategy.guards={very_high: {police: 0}, high: {police: 0}, low: {police: 0}}",
    "response.sector_patrol_size=0",
    "response.attached=[]",
    "strategy.patrols=[]",
    "strategy.reserves=[{base: SEK-SINDANG, teams: 2, size: 12, vehicle: car}]",
)
"""A riot in the east whose only help waits in the middle, at the other end of the one road."""
CALM = ("kinds.riot.course.join_per_minute=0", "kinds.riot.severities.red.from_active=500")
"""It stays green."""


def shares(*overrides: str, days: int = DAYS) -> Counter[str]:
    """The share of each cause; every response's parts add up to its wait."""
    world = prepare(small_scenario(*overrides))
    tables = frames([simulate_day(world, "even_spread", day) for day in range(days)])
    found = responses(tables["incidents"], tables["tasks"], tables["forces"], world.scenario.response.standard_minutes)
    assert len(found) >= days
    parts = found[list(USUAL)].to_numpy()
    assert (parts >= 0).all() and np.allclose(parts.sum(axis=1), found["wait"])
    counts = Counter(found["cause"].tolist())
    return Counter({cause: count / len(found) for cause, count in counts.items()})


@pytest.fixture(scope="module")
def plain() -> Counter[str]:
    return shares(MANY)


def test_slow_reports_are_late_reports(plain: Counter[str]) -> None:
    slow = shares(MANY, "response.reporting.by_phone={mean_minutes: 45, cv: 0.3}")
    assert slow[Cause.LATE_REPORT] > plain[Cause.LATE_REPORT] + 0.2


def test_one_desk_that_takes_its_time_is_a_busy_desk(plain: Counter[str]) -> None:
    alone = "response.sector_posts.desks=0"
    one = shares(MANY, alone, "response.posko.desks=1", "response.posko.alarm_handling={mean_minutes: 12, cv: 0.3}")
    assert one[Cause.DESK_BUSY] > plain[Cause.DESK_BUSY] + 0.2


def test_with_few_units_nobody_is_free() -> None:
    twice_as_many = "disturbance.background.rate_per_station_hour=0.2"
    all_stay = "+strategy.retasking={keep_officers: null, eased_minutes: null}"  # who is let go is free
    plain = shares(twice_as_many, all_stay)
    few = shares(
        twice_as_many,
        all_stay,
        "strategy.patrols=[{teams: 1, size: 2, vehicle: motorcycle, districts: by_voters}]",
        "response.sector_patrol_size=0",
    )
    for cause in (Cause.NOBODY_FREE, Cause.FAR):
        assert few[cause] >= plain[cause]
    assert few[Cause.NOBODY_FREE] > plain[Cause.NOBODY_FREE] + 0.1


def test_what_is_held_back_for_something_worse_is_held_back() -> None:
    assert shares(*RIOT)[Cause.HELD_BACK] == 0
    assert (
        shares(*RIOT, *CALM, "strategy.dispatch={policy: hold_reserve, hold_back: 2, within_minutes: 15, busy: 0.3}")[
            Cause.HELD_BACK
        ]
        == 1.0
    )


def test_a_closed_road_is_the_cause_only_while_it_is_closed() -> None:
    closed = 'closures=[{{between: [T2.1, T3.1], closed_at: "09:00", reopened_at: "{}"}}]'
    assert shares(*RIOT)[Cause.ROAD_CLOSED] == 0
    assert shares(*RIOT, closed.format("09:05"))[Cause.ROAD_CLOSED] == 0
    assert shares(*RIOT, closed.format("12:00"))[Cause.ROAD_CLOSED] == 1.0
    under_way = closed.replace("09:00", "09:56").format("13:00")
    assert shares(*RIOT, under_way)[Cause.ROAD_CLOSED] > 0.5


def test_only_the_army_is_left_below_red() -> None:
    army = (
        "strategy.reserves=[]",
        "response.attached=[{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red,"
        " request_delay: 20}]",
    )
    assert shares(*RIOT, *army, *CALM)[Cause.NOT_AGREED] == 1.0
    assert shares(*RIOT, *CALM, "strategy.reserves=[]")[Cause.NOT_ABLE] == 1.0


def test_only_those_are_left_whom_a_sector_post_may_call_which_is_too_slow() -> None:
    army = (
        "response.attached=[{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: green,"
        " request_delay: 0, called_by: [sector]}]",
        "response.sector_posts.alarm_handling={mean_minutes: 300, cv: 0}",
        "strategy.reserves=[]",
    )
    assert shares(*RIOT, *army, *CALM)[Cause.NOT_CALLED] == 1.0
    anybody = army[0].replace("[sector]", "[sector, posko]")
    assert shares(*RIOT, anybody, *army[1:], *CALM)[Cause.NOT_CALLED] == 0.0
