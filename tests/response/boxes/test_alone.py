"""Boxes that go home by themselves: noted when somebody asks, and the same as if the clock had stopped for each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from math import inf

import numpy as np
import pytest

from sim.clock import later
from sim.day import Day, draw_day
from sim.day.world import World, prepare
from sim.region.route import nowhere_to_go
from sim.response.boxes.alone import Alone
from sim.response.boxes.group import Boxes, Group
from sim.response.boxes.ready import Ready
from tests.conftest import small_scenario
from tests.day.conftest import as_bytes
from tests.response.conftest import Bench, line_region, packaged

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


def played(world: World, number: int, *, as_groups: bool, looks: int) -> tuple[bytes, list[list[Boxes]], Day, int]:
    """A day on which roads close and open and boxes are held, where they were whenever somebody looked, the day, and
    how many left their station without being a group.

    Args:
        as_groups: Whether all are groups from closing on, of which what happens is noted every few minutes.
    """
    day = Day(world, next(iter(world.responses)), number, draw_day(world, number))
    stations, close = range(len(day.plan.stations)), world.scenario.voting.close
    for road, closed, opened in CLOSURES:
        day.env.process(day.roads.close_between(road, closed, opened))
    if as_groups:
        later(day.env, close, lambda _: [day.escort._villages.tracks[station] for station in stations])
        for time in np.arange(close, day.plan.end, 3.1):
            later(day.env, time, lambda _: day.escort._alone.catch_up())
    alone, so = day.escort._alone, set()

    def catch_up(now: float, catch_up: Callable[[float], None] = alone._catch_up_lone) -> None:
        catch_up(now)
        so.update(station for _, station in alone._lone_come)

    alone._catch_up_lone = catch_up  # type: ignore[method-assign]
    seen = []
    for k in range(looks):
        time = close + 7.3 * k
        day.until(time)
        seen.append([day.escort.boxes_at(station, time) for station in stations])
    return as_bytes(day.run()), seen, day, len(so)


@pytest.mark.parametrize("number", range(4))
def test_when_they_left_and_came_home_is_the_same_as_if_the_clock_had_stopped_for_them(
    world: World, number: int
) -> None:
    noted, _, _, lone = played(world, number, as_groups=False, looks=0)
    in_groups, seen, _, none = played(world, number, as_groups=True, looks=50)
    looked_at, also_seen, _, _ = played(world, number, as_groups=False, looks=50)
    assert noted == in_groups == looked_at
    assert seen == also_seen
    assert lone > 2 and none == 0


def test_boxes_were_held_and_roads_were_closed_on_these_days(world: World) -> None:
    held, ways = 0, 0
    for number in range(4):
        _, _, day, _ = played(world, number, as_groups=True, looks=0)
        held += int((day.escort.table()["held_minutes"] > 0).sum())
        ways += sum(len(day.escort._villages.tracks[s].group._legs) > 1 for s in range(len(day.plan.stations)))
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
        noted, _, _, lone = played(world, number, as_groups=False, looks=0)
        in_groups, seen, _, _ = played(world, number, as_groups=True, looks=50)
        looked_at, also_seen, _, _ = played(world, number, as_groups=False, looks=50)
        assert noted == in_groups == looked_at
        assert seen == also_seen
        assert lone > 0, "some have gone so"


class Counted:
    """Stations that count at these times."""

    def __init__(self, when: list[float]) -> None:
        self.when = when

    def ready(self, station: int) -> float:
        return self.when[station]

    def all_ready(self) -> list[float]:
        return self.when


def bench(when: list[float]) -> tuple[Bench, Alone]:
    """Stations that have counted at these times, 2 minutes from villages that are 10 minutes apart; loading takes 5."""
    escort = {**packaged().response.escort.model_dump(), "vehicle": "car"}
    b = Bench(line_region(), start=780.0, escort=escort)
    expected = Ready(b.env, Counted(when), 5.0, b.plan.boxes.access, 780.0, 1700.0, ())
    expected.begin()
    return b, Alone(b.env, b.plan.boxes, b.roads, expected)


def test_those_that_are_no_group_leave_and_come_home_when_somebody_asks() -> None:
    b, alone = bench([794.0, 795.0, 796.0, 797.0, inf, inf, inf, inf])
    alone.go_alone([0, 1, 2, 3, 4])
    alone.go_with_others(1)
    b.env.run(802.0)
    alone.catch_up()
    assert alone.left[0] == 799.0 and alone.ready[0] == 794.0 and alone.left[2] == 801.0
    assert np.isnan(alone.left[1]) and np.isnan(alone.left[3]), "with others, and nothing of this moment is past"
    assert alone.home[0] == 801.0 and np.isnan(alone.home[1:]).all() and alone.lone_under_way() == [2]
    b.env.run(814.0)
    group = alone.group_of(3)
    assert group is not None and not group.has_left, "it has, but nobody has looked"
    alone.have_left(group)
    assert group.has_left and alone.left[3] == 802.0 and group.arrives == 802.0 + 2.0 + 10.0
    alone.catch_up()
    assert alone.home[2] == 801.0 + 2.0 + 10.0
    assert alone.lone_under_way() == [] and list(alone.under_way) == [group]
    home = alone.group_of(2)
    assert home is not None and home.ended and home.arrives == 813.0 and home not in alone.under_way
    assert alone.group_of(1) is None and np.isnan(alone.left[4])


def test_a_group_leaves_when_all_of_it_have_left_and_one_that_may_have_company_does_not_set_out_so() -> None:
    b, alone = bench([795.0, 794.0, 796.0, 799.0, 797.0, 798.0, inf, inf])
    parties, officers = b.plan.boxes.alone, frozenset({0})
    own = Group(parties[b.plan.boxes.party_of[0]], (0,))
    accompanied = Group(dataclasses.replace(parties[b.plan.boxes.party_of[2]], escorts=officers), (2, 3))
    unsure = Group(parties[b.plan.boxes.party_of[4]], (4,))
    for group in (own, accompanied, unsure):
        stations = group.stations
        group.expect([alone.expected.leaves[s] for s in stations], [alone.expected.comes[s] for s in stations])
        alone.will_leave(group)
    alone.may_not_leave(unsure)
    b.env.run(800.0)
    alone.have_left(own)
    assert not own.has_left, "nothing of this moment is past"
    b.env.run(802.0)
    alone.have_left(accompanied)
    assert alone.left[2] == 801.0 and np.isnan(alone.left[3]) and not accompanied.has_left
    b.env.run(812.0)
    alone.have_left(accompanied)
    assert accompanied.has_left and alone.left[3] == 804.0 and accompanied.started == inf
    assert not own.has_left, "only of the one asked for"
    alone.catch_up()
    assert own.started == own.arrives == alone.home[0] == 802.0 and own.ended
    assert not unsure.has_left
    alone.leave(unsure)
    assert unsure.has_left and alone.left[4] == 802.0, "somebody else says when it sets out"


def test_a_group_that_goes_another_way_than_it_set_out_on_is_home_when_somebody_says_so() -> None:
    b, alone = bench([inf, inf, 795.0, inf, inf, inf, inf, inf])
    alone.go_alone([2])
    b.env.run(805.0)
    alone.catch_up()
    group = alone.group_of(2)
    assert group is not None and group.arrives == 812.0
    group.set_out(805.0, nowhere_to_go(group.at(805.0)), b.roads.state)
    b.env.run(900.0)
    alone.catch_up()
    assert not group.ended and np.isnan(alone.home[2])
    alone.hand_over(group, 900.0)
    assert group.ended and alone.home[2] == 900.0 and not alone.under_way
