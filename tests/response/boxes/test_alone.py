"""Boxes that go home by themselves: noted when somebody asks, and the same as if the clock had stopped for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from sim.clock import later
from sim.day import Day, draw_day
from sim.day.world import World, prepare
from sim.response.boxes.group import Boxes, Group
from tests.conftest import small_scenario
from tests.day.conftest import as_bytes

CLOSURES = ((0, 790.0, 840.0), (2, 801.0, 833.0), (5, 870.0, 905.0), (7, 880.0, 2000.0), (9, 790.0, 2000.0))
"""Roads, and from when to when they are closed."""


@pytest.fixture(scope="module")
def world() -> World:
    """Disturbances at boxes are frequent, and hold them."""
    return prepare(
        small_scenario(
            "strategy.escort=crew_and_warden", "disturbance.background.rate_per_station_hour=0.05",
            "disturbance.background.boxes_factor=6", "run.bound_days=0",
        )
    )  # fmt: skip


def played(world: World, number: int, *, on_the_clock: bool, looks: int) -> tuple[bytes, list[list[Boxes]], Day, int]:
    """A day on which roads close and open and boxes are held, where they were whenever somebody looked, the day, and
    how many groups the clock did not stop for when they left.
    """
    day = Day(world, next(iter(world.responses)), number, draw_day(world, number))
    for road, closed, opened in CLOSURES:
        day.env.process(day.roads.close_between(road, closed, opened))
    if on_the_clock:

        def will_leave(group: Group) -> None:
            later(day.env, group.leaves, partial(day.escort._leave, group, group.leaves))

        day.escort._alone.will_leave = will_leave  # type: ignore[method-assign]
    noted = []

    def leave(group: Group, time: float, leave: Callable[[Group, float], bool] = day.escort._alone._leave) -> bool:
        noted.append(group)
        return leave(group, time)

    day.escort._alone._leave = leave  # type: ignore[method-assign]
    seen = []
    for k in range(looks):
        time = world.scenario.voting.close + 7.3 * k
        day.until(time)
        seen.append([day.escort.boxes_at(station, time) for station in range(len(day.plan.stations))])
    return as_bytes(day.run()), seen, day, len(noted)


@pytest.mark.parametrize("number", range(4))
def test_when_they_left_and_came_home_is_the_same_as_if_the_clock_had_stopped_for_them(
    world: World, number: int
) -> None:
    noted, _, _, left = played(world, number, on_the_clock=False, looks=0)
    on_the_clock, seen, day, stopped = played(world, number, on_the_clock=True, looks=50)
    looked_at, also_seen, _, _ = played(world, number, on_the_clock=False, looks=50)
    assert noted == on_the_clock == looked_at
    assert seen == also_seen
    assert left > len(day.plan.stations) / 2 and stopped == 0, "most have left so"


def test_boxes_were_held_and_roads_were_closed_on_these_days(world: World) -> None:
    held, ways = 0, 0
    for number in range(4):
        _, _, day, _ = played(world, number, on_the_clock=False, looks=0)
        held += int((day.escort.table()["held_minutes"] > 0).sum())
        ways += sum(len(day.escort._tracks[s].group._legs) > 1 for s in range(len(day.plan.stations)))
    assert held > 3
    assert ways > 10


@pytest.mark.parametrize("rule", ["pair_each_village", "convoy_by_district", "reserve_escorts"])
def test_so_it_is_where_others_join_them_or_go_with_them(rule: str) -> None:
    world = prepare(
        small_scenario(
            f"strategy.escort={rule}", "disturbance.background.rate_per_station_hour=0.05",
            "disturbance.background.boxes_factor=6", "run.bound_days=0",
        )
    )  # fmt: skip
    for number in range(3):
        noted, _, _, left = played(world, number, on_the_clock=False, looks=0)
        on_the_clock, seen, _, _ = played(world, number, on_the_clock=True, looks=50)
        looked_at, also_seen, _, _ = played(world, number, on_the_clock=False, looks=50)
        assert noted == on_the_clock == looked_at
        assert seen == also_seen
        assert left > 0, "some have left so"
