"""The day in Python: what names no day, no strategy and no time is the user's mistake, said in one message."""

from __future__ import annotations

import math
from typing import Any

import pytest

import sim
from sim.day import Day, draw_day, prepare
from sim.day import day as days
from sim.day.draws import DayDraws
from sim.day.world import World
from sim.errors import UserError
from tests.conftest import small_scenario


@pytest.mark.parametrize("strategy", ["even_spred", "", None, 3, ["even_spread"]])
def test_an_unknown_strategy_is_refused_before_a_day_is_drawn(
    small_world: World, strategy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "draw_day", lambda *a: 1 // 0)
    with pytest.raises(UserError, match=r"unknown strategy .*(did you mean|known:) '?even_spread"):
        sim.simulate_day(small_world, strategy, 0)


@pytest.mark.parametrize("number", [-1, 1.5, "1", None, True, 2**64])
def test_a_number_of_a_day_or_branch_is_a_whole_one(small_world: World, number: Any) -> None:
    with pytest.raises(UserError, match=r"replication = .*: a whole number from 0 is needed"):
        draw_day(small_world, number)
    with pytest.raises(UserError, match=r"branch = .*: a whole number from 0 is needed"):
        draw_day(small_world, 0, branch=number, fork=600)


@pytest.mark.parametrize("time", ["10:15", None, math.nan])
def test_a_time_of_a_day_is_minutes_after_midnight(small_world: World, time: Any) -> None:
    draws: DayDraws = draw_day(small_world, 0)
    with pytest.raises(UserError, match="minutes after midnight are needed, such as 615 for 10:15"):
        Day(small_world, "even_spread", 0, draws, branch=1, fork=time)
    with pytest.raises(UserError, match="minutes after midnight are needed, such as 615 for 10:15"):
        Day(small_world, "even_spread", 0, draws).until(time)


def test_a_day_of_disturbances_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "MOST_INCIDENTS", 2)
    incident = '{kind: blackout, onset: "08:00", place: district 1}'
    world = prepare(small_scenario(f"incidents=[{','.join([incident] * 3)}]"))
    with pytest.raises(UserError, match="day 0: more than 2 disturbances on one day"):
        sim.simulate_day(world, "even_spread", 0)
