"""How soon units can be anywhere, on a line of four villages 10 minutes apart: who stands, and who drives."""

from __future__ import annotations

from math import inf
from types import SimpleNamespace
from typing import Any

import pytest
import simpy

from sim.region.position import Motion, Position, Spot, Standing
from sim.region.road_state import OPEN
from sim.region.round import Round
from sim.region.route import nowhere_to_go, way_to
from sim.response.boxes.outsets import Minutes, Outsets
from sim.response.open_roads import OpenRoads
from tests.region.test_route import LINE


class Drive(Round):
    """Drives from the first village to the last, and counts how often it is asked where it is."""

    def __init__(self) -> None:
        start = Position(0)
        super().__init__(way_to(start, Spot((3,)), LINE, "car", OPEN), nowhere_to_go(start), 0.0)
        self.asked = 0

    def at(self, time: float) -> Position:
        self.asked += 1
        return super().at(time)


class Free:
    """A unit as it is asked for: it is free, and moves somehow."""

    task: object = None
    is_held = False
    spec = SimpleNamespace(vehicle="car")

    def __init__(self, motion: Motion) -> None:
        self.motion = motion


def in_time(outsets: Outsets, now: float, units: list[Any], node: int, latest: float) -> list[Any]:
    return [unit for unit, _ in outsets.in_time(now, units, node, latest)]


def minutes_now(outsets: Outsets, unit: Any) -> Minutes:
    outset = outsets.of_free(0.0, unit)
    assert outset is not None and outset.here == unit.motion.at(0.0)
    return outset.minutes


def bench() -> tuple[OpenRoads, Outsets]:
    roads = OpenRoads(simpy.Environment(), LINE)
    return roads, Outsets(roads)


def test_who_is_free_and_can_be_at_a_node_in_time_is_told_in_the_order_asked() -> None:
    _, outsets = bench()
    far, near, as_near, sent, held = units = [Free(Standing(Position(node, 2.0))) for node in (3, 1, 1, 1, 1)]
    sent.task, held.is_held = object(), True
    assert in_time(outsets, 0.0, units, 0, inf) == [far, near, as_near]
    assert in_time(outsets, 0.0, units, 0, 12.5) == [near, as_near]
    assert in_time(outsets, 0.0, units, 0, 11.0) == in_time(outsets, 1.0, units, 0, 12.5) == []
    assert outsets.of_free(0.0, sent) is None and outsets.of_free(0.0, held) is None
    held.is_held = False
    assert in_time(outsets, 0.0, units, 0, 12.5) == [near, as_near, held]


def test_who_drives_is_asked_again_only_where_he_might_be_in_time() -> None:
    _, outsets = bench()
    motion = Drive()
    driver = Free(motion)
    ((_, outset),) = outsets.in_time(0.0, [driver], 3, 30.0)
    assert outset.here == Position(0, 0.0, 1, 10.0)
    assert outset.minutes(3) == pytest.approx(30.0)
    assert in_time(outsets, 14.0, [driver], 0, -1.0) == []
    assert in_time(outsets, 14.0, [driver], 3, 29.0) == []
    assert motion.asked == 1, "he cannot be there, wherever he is by now"
    assert in_time(outsets, 14.0, [driver], 0, 13.9) == []
    assert motion.asked == 2
    ((_, outset),) = outsets.in_time(14.0, [driver], 0, 28.1)
    assert outset.here == Position(1, 4.0, 2, 6.0)
    assert [outset.minutes(node) for node in range(4)] == [pytest.approx(m) for m in (14.0, 4.0, 6.0, 16.0)]
    assert outsets.of_free(14.0, driver) is outset
    assert motion.asked == 2


def test_when_the_roads_change_or_a_unit_moves_otherwise_it_is_worked_out_anew() -> None:
    roads, outsets = bench()
    standing = Free(Standing(Position(0)))
    assert minutes_now(outsets, standing)(2) == pytest.approx(20.0)
    roads.slow(LINE.region.edge(0, 1) or 0, 0.5)
    assert minutes_now(outsets, standing)(2) == pytest.approx(30.0)
    standing.motion = Standing(Position(2))
    assert minutes_now(outsets, standing)(2) == 0.0


def test_who_is_about_to_take_a_road_is_at_its_node() -> None:
    _, outsets = bench()
    at_node, about_to_leave = Free(Standing(Position(1))), Free(Standing(Position(1, 0.0, 2, 10.0)))
    there, from_road = minutes_now(outsets, at_node), minutes_now(outsets, about_to_leave)
    assert [from_road(node) for node in range(4)] == [there(node) for node in range(4)]
