"""What the worst moment of coverage comes from: exact at both ends, and each part moves as it must."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from sim.day import World, draw_day, prepare, simulate_day
from sim.day.day import Day
from sim.day.fall import Fall, Part, _Undone, fall
from tests.conftest import small_scenario

CALM = (
    "incidents=[]",
    "disturbance.background.rate_per_station_hour=0",
    "response.reporting.false_reports.per_hour=0",
    "region.forces.police=200",
)
BUSY = (*CALM[2:], 'incidents=[{kind: riot, onset: "09:00", place: "Pasar Timur", starters: 40, followers: 2}]')
CLOSED = 'closures=[{between: [Pasar Barat, Air Jernih], closed_at: "08:00", reopened_at: "12:00"}]'


def world(*overrides: str, strategy: str = "central_reserve") -> World:
    return prepare(small_scenario(f"strategy={strategy}", *overrides))


def fallen(of: World, day: int = 0) -> Fall:
    return fall(of, next(iter(of.responses)), day, draw_day(of, day))


def lost(found: Fall, part: Part) -> float:
    return float(found.parts[part].sum()) if part in found.parts else 0.0


@pytest.mark.parametrize("overrides", [CALM, BUSY, (*BUSY, CLOSED)], ids=["calm", "busy", "closed"])
@pytest.mark.parametrize("strategy", ["central_reserve", "dynamic_relocation"])
def test_both_ends_are_those_of_the_table_and_the_parts_are_the_whole(
    overrides: tuple[str, ...], strategy: str
) -> None:
    of = world(*overrides, strategy=strategy)
    for day in range(3):
        found, table = fallen(of, day), simulate_day(of, strategy, day).tables["coverage"]
        times = np.unique(table["time"])
        covered = np.array([table["voters_covered"][table["time"] == time] for time in times])
        worst = int(covered.sum(axis=1).argmin())
        assert (found.start, found.time) == (times[0], times[worst])
        assert np.array_equal(found.at_start, covered[0]) and np.array_equal(found.at_worst, covered[worst])
        assert np.array_equal(found.voters, table["voters"][table["time"] == times[0]])
        assert sum(found.parts.values(), np.zeros(len(found.voters))) == pytest.approx(found.at_start - found.at_worst)
        assert not found.shares or sum(found.shares.values()) == pytest.approx(1.0)
        assert found.district == int((covered[0] - covered[worst]).argmax())


def test_a_part_is_its_mean_effect_over_all_orders() -> None:
    """The same again by going through every order, one after another, in place of the formula."""
    of = world(*BUSY, CLOSED)
    with_parts = Day(of, "central_reserve", 0, draw_day(of, 0))
    with_parts.finish()
    found = fallen(of)
    undone = _Undone(of, "central_reserve", with_parts, found.start, found.time)
    parts = list(found.parts)
    assert len(parts) >= 3, parts
    gained = {part: np.zeros(len(found.voters)) for part in parts}
    orders = list(permutations(parts))
    for order in orders:
        for at, part in enumerate(order):
            gained[part] += undone.without(order[: at + 1]) - undone.without(order[:at])
    for part in parts:
        assert found.parts[part] == pytest.approx(gained[part] / len(orders)), part


def test_where_nothing_happens_nothing_comes_of_incidents_boxes_or_roads() -> None:
    for day in range(3):
        assert set(fallen(world(*CALM), day).parts) <= {Part.REST}


def test_a_riot_takes_units_away_and_more_riots_take_more() -> None:
    three = BUSY[-1].replace("]", "") + (
        ',{kind: riot, onset: "09:00", place: "Pasar Barat", starters: 60, followers: 0},'
        '{kind: riot, onset: "09:00", place: "district 3", starters: 60, followers: 0}]'
    )
    calm, one, more = (
        [fallen(of, day) for day in range(4)] for of in (world(*CALM), world(*BUSY), world(*BUSY[:-1], three))
    )
    by_incidents = [sum(lost(found, Part.INCIDENTS) for found in days) for days in (calm, one, more)]
    assert by_incidents[0] == 0 < by_incidents[1] < by_incidents[2]


def test_a_closed_road_has_its_part_and_darkness_its_own() -> None:
    further = (*CALM, "response.standard_minutes=15")
    shut = 'closures=[{between: [Pasar Barat, Air Jernih], closed_at: "08:00"}]'
    closed, open_roads = fallen(world(*further, shut)), fallen(world(*further))
    assert closed.shares[Part.CLOSED] == pytest.approx(1.0) and Part.SLOW not in closed.parts
    assert closed.time == 480.0 and Part.CLOSED not in open_roads.parts
    night = fallen(world(*further, "response.night={from_time: '10:00', to_time: '20:00'}"))
    assert night.shares[Part.SLOW] == pytest.approx(1.0) and Part.CLOSED not in night.parts
    both = fallen(world(*further, shut, "response.night={from_time: '10:00', to_time: '20:00'}"))
    assert {*both.shares} >= {Part.CLOSED, Part.SLOW}
    assert both.at_worst.sum() <= min(closed.at_worst.sum(), night.at_worst.sum())
