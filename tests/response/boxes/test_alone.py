"""Boxes that go home by themselves: noted when somebody asks, and the same as if the clock had stopped for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from sim.clock import later
from sim.day import Day, draw_day
from sim.day.world import World, prepare
from sim.region.position import Spot
from sim.region.route import nowhere_to_go
from sim.response.boxes.alone import Alone
from sim.response.boxes.group import Boxes, Group
from sim.response.boxes.holds import Holds
from sim.response.boxes.parties import Party
from tests.conftest import small_scenario
from tests.day.conftest import as_bytes
from tests.response.conftest import Bench, line_region

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

    def leave(group: Group, leave: Callable[[Group], None] = day.escort._alone._leave) -> None:
        noted.append(group)
        leave(group)

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


def a_group(station: int, leaves: float, escorts: frozenset[int] = frozenset()) -> Group:
    group = Group(Party((station,), Spot((2,)), 2.0, Spot((0,)), escorts), (station,))
    group.ready, group.leaves = [leaves - 5.0], leaves
    return group


def test_who_leaves_when_is_noted_later_in_order_of_time_and_who_may_have_company_does_not_set_out_so() -> None:
    b = Bench(line_region(), start=780.0)
    holds = Holds(b.env)
    alone = Alone(b.env, "car", b.roads, holds, 5)
    own, sooner, accompanied, held, unsure = (
        a_group(0, 800.0), a_group(1, 799.0), a_group(2, 801.0, frozenset({0})), a_group(3, 802.0), a_group(4, 803.0),
    )  # fmt: skip
    for group in (own, sooner, accompanied, held, unsure):
        alone.will_leave(group)
    alone.may_not_leave(unsure)
    holds.take([3], "riot")
    b.env.run(800.0)
    alone.have_left(own)
    assert not own.has_left, "nothing of this moment is past"
    alone.catch_up()
    assert sooner.has_left and not own.has_left and list(alone.under_way) == [sooner]
    b.env.run(815.0)
    alone.have_left(accompanied)
    assert accompanied.has_left and accompanied.gathers == 803.0 and not own.has_left, "only of the one asked for"
    alone.catch_up()
    assert list(alone.under_way) == [sooner, own] and own.arrives == 800.0 + 2.0 + 20.0
    assert alone.left[:3] == [800.0, 799.0, 801.0] and alone.ready[:3] == [795.0, 794.0, 796.0]
    assert not held.has_left and not unsure.has_left, "it is held, and it may have to be left behind"
    late = a_group(4, 810.0)
    alone.will_leave(late)
    alone.have_left(late)
    assert list(alone.under_way) == [sooner, own, late] and late.started == 812.0
    own.set_out(815.0, nowhere_to_go(own.at(815.0)), b.roads.state)  # somebody else lets it go on
    b.env.run(900.0)
    alone.catch_up()
    assert sooner.ended and alone.home[1] == 821.0 and not own.ended
    alone.hand_over(own, 900.0)
    assert own.ended and alone.home[0] == 900.0 and alone.home[4] == 832.0 and not alone.under_way
