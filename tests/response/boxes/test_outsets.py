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
from sim.response.boxes.outsets import Outsets
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


def unit(index: int, motion: Motion) -> Any:
    return SimpleNamespace(index=index, motion=motion, spec=SimpleNamespace(vehicle="car"))


def bench() -> tuple[simpy.Environment, OpenRoads, Outsets]:
    env = simpy.Environment()
    roads = OpenRoads(env, LINE)
    return env, roads, Outsets(env, roads)


def test_of_several_at_the_same_time_the_first_of_them_is_sent_and_nobody_who_is_too_late() -> None:
    _, _, outsets = bench()
    far, near, as_near = (unit(i, Standing(Position(node, 2.0))) for i, node in enumerate((3, 1, 1)))
    assert outsets.first([far, near, as_near], 0, inf) == (near, pytest.approx(12.0))
    assert outsets.first([far, near, as_near], 0, 11.0) is None
    assert outsets.may_be_at([far, near, as_near], 0, 12.5) == [near, as_near]


def test_who_drives_is_asked_again_only_where_he_might_be_in_time() -> None:
    env, _, outsets = bench()
    motion = Drive()
    driver = unit(0, motion)
    assert outsets.first([driver], 3, inf) == (driver, pytest.approx(30.0))
    env.run(14.0)
    assert outsets.may_be_at([driver], 0, -1.0) == []
    assert outsets.first([driver], 3, 29.0) is None
    assert motion.asked == 1
    minutes = outsets.minutes(driver)
    assert motion.asked == 2
    assert [minutes(node) for node in range(4)] == [pytest.approx(m) for m in (14.0, 4.0, 6.0, 16.0)]


def test_when_the_roads_change_or_a_unit_moves_otherwise_it_is_worked_out_anew() -> None:
    _, roads, outsets = bench()
    standing = unit(0, Standing(Position(0)))
    assert outsets.minutes(standing)(2) == pytest.approx(20.0)
    roads.slow(LINE.region.edge(0, 1) or 0, 0.5)
    assert outsets.minutes(standing)(2) == pytest.approx(30.0)
    standing.motion = Standing(Position(2))
    assert outsets.minutes(standing)(2) == 0.0
