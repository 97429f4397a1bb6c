"""What the tests of stepped days share: a rich day in the small regency, and its log in bytes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from sim.config.area import AreaPlan
from sim.config.area_plans import packaged_plan
from sim.day import Day, draw_day
from sim.day.draws import DayDraws
from sim.day.world import World, prepare
from sim.log import DayLog
from tests.conftest import small_scenario

RICH = (
    'incidents=[{kind: riot, onset: "10:15", place: "Pasar Timur", starters: 45, followers: 1},'
    '{kind: blackout, onset: "09:30", place: "district 1"},'
    '{kind: landslide, onset: "09:00", place: "T2.1--T2.3"}]',
    'closures=[{between: [T1.1, T2.1], closed_at: "10:15", reopened_at: "11:30"}]',
    "kinds.riot.course.injuries_per_active_hour=0.6",
    "disturbance.background.rate_per_station_hour=0.02",
    "strategy.reserves=[{base: POLRES, teams: 2, size: 6, vehicle: truck}]",
)
"""Something of everything: crowds, injured people, closed roads, lost signals, units of every kind."""
HILLS_ARE_LEFT = (
    "kinds.blackout.severities.green.effects=[{effect: slow, speed: 0.8}, {effect: take_signal}, {effect: leave_area, plan: hills}]",
)
HILLS = {
    "area": {"villages": ["T1.3"]},
    "shelters": [{"at": "T3.1", "places": 5000, "received_per_minute": 60}],
    "buses": [
        {"base": "POLRES", "count": 3, "seats": 30, "vehicle": "truck", "car_units": 2, "ready": {"mean_minutes": 20}}
    ],
    "posts": [
        {"place": "T1.1", "officers": 2, "duty": "traffic"}, {"place": "T1.3", "officers": 2, "duty": "houses"}
    ],
}  # fmt: skip
"""One village is left, its people are brought to the east, and officers direct the traffic and guard houses."""
NAME = "even_spread"


@pytest.fixture(scope="session")
def rich_world() -> World:
    scenario = small_scenario(*RICH, *HILLS_ARE_LEFT)
    plan = packaged_plan("flood_lowland", "plan").model_dump() | HILLS
    evacuation = scenario.evacuation.model_copy(update={"areas": {"hills": AreaPlan.model_validate(plan)}})
    return prepare(scenario.model_copy(update={"evacuation": evacuation}))


@pytest.fixture(scope="session")
def rich_draws(rich_world: World) -> DayDraws:
    return draw_day(rich_world, 0)


@pytest.fixture
def day(rich_world: World, rich_draws: DayDraws) -> Day:
    """The rich day, not begun."""
    return Day(rich_world, NAME, 0, rich_draws)


@pytest.fixture(scope="session")
def whole(rich_world: World, rich_draws: DayDraws) -> DayLog:
    """The rich day, played in one go."""
    return Day(rich_world, NAME, 0, rich_draws).run()


def as_bytes(log: DayLog, tables: Iterable[str] | None = None) -> dict[str, bytes]:
    """Return every column of a log, byte for byte."""
    found = {}
    for table in tables if tables is not None else log.tables:
        for name, column in log.tables[table].items():
            text = column.astype(str) if column.dtype == object else column
            found[f"{table}.{name}"] = np.ascontiguousarray(text).tobytes()
    return found
