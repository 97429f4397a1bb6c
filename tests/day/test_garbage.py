"""Sweeping once: after a day, and only where the collector is on."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Generator

import numpy as np
import pytest
import simpy

from sim.day.day import Day, simulate_day
from sim.day.draws import draw_day
from sim.day.garbage import swept_at_end, take_apart
from sim.day.world import World, prepare
from tests.conftest import small_scenario


@pytest.fixture(autouse=True)
def switched_on() -> Generator[None, None, None]:
    gc.enable()
    yield
    gc.enable()


def test_the_collector_rests_inside_and_is_on_again_after_it_also_after_an_error() -> None:
    with swept_at_end():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), swept_at_end():
        1 / 0  # noqa: B018
    assert gc.isenabled()


def test_who_has_switched_it_off_finds_it_off() -> None:
    gc.disable()
    with swept_at_end():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_nothing_of_a_day_is_left_when_it_is_over(rich_world: World) -> None:
    before = clocks()
    log = simulate_day(rich_world, next(iter(rich_world.responses)), 0)
    assert log.tables and clocks() <= before


def test_the_collector_finds_next_to_nothing_of_a_day_that_is_over(rich_world: World) -> None:
    strategy = next(iter(rich_world.responses))
    simulate_day(rich_world, strategy, 0)  # the world keeps what it has worked out
    draws = draw_day(rich_world, 0)
    for _ in range(10):  # days of other tests, whose processes begin something new when they are found
        gc.collect()
    gc.disable()
    simulate_day(rich_world, strategy, 0, draws)
    assert gc.collect() < 1000


def test_boxes_of_a_day_that_is_taken_apart_are_gone_at_once() -> None:
    world = prepare(small_scenario("strategy.escort=convoy_by_district", "run.bound_days=0"))
    day = Day(world, next(iter(world.responses)), 0, draw_day(world, 0))
    day.run()
    groups = list(map(weakref.ref, day.escort._villages.groups))
    gc.disable()
    try:
        take_apart(day)
        assert groups and not any(group() for group in groups)
    finally:
        gc.enable()


def test_a_day_that_is_taken_apart_leaves_its_log_as_it_was(rich_world: World) -> None:
    strategy = next(iter(rich_world.responses))
    whole, taken = (Day(rich_world, strategy, 0, draw_day(rich_world, 0)) for _ in range(2))
    kept, log = whole.run(), taken.run()
    take_apart(taken)
    for name, table in kept.tables.items():
        for column, values in table.items():
            assert np.array_equal(values, log.tables[name][column], equal_nan=values.dtype.kind == "f"), (name, column)


def clocks() -> set[int]:
    return {id(thing) for thing in gc.get_objects() if isinstance(thing, simpy.Environment)}
