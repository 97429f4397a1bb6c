"""The command of the packaged strategies: a need is filled in time, and who is no longer needed is let go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.titles import strategy_names
from sim.log import Columns, DayLog
from sim.vocabulary import Role
from tests.behaviour.moves import logs_of, measured

PACKAGED: tuple[str, ...] = ()
ANY_TIME = ("strategy.dispatch.in_time_minutes=null",)
NOBODY_GOES = ("strategy.retasking.keep_officers=null", "strategy.retasking.eased_minutes=null")
FEW = 8
"""Days on which it is seen soon, under one strategy."""


def called(tasks: Columns) -> np.ndarray:
    """Return which tasks sent people to a disturbance, ambulances apart."""
    return (tasks["incident"] != "") & (tasks["role"] != Role.AMBULANCE)


def sent(days: Sequence[DayLog]) -> int:
    """Return how many people were sent to disturbances."""
    return sum(int(day.tables["tasks"]["strength"][called(day.tables["tasks"])].sum()) for day in days)


def on_scene(days: Sequence[DayLog]) -> tuple[float, float]:
    """Return people-minutes at disturbances, and those of them that are after the end."""
    whole = after = 0.0
    for day in days:
        tasks, incidents = day.tables["tasks"], day.tables["incidents"]
        ends = dict(zip(incidents["incident"].tolist(), incidents["ended"].tolist(), strict=True))
        there = called(tasks) & np.isfinite(tasks["released"]) & np.isin(tasks["incident"], list(ends))
        people, arrived, released = (tasks[name][there] for name in ("strength", "arrived", "released"))
        ended = np.nan_to_num([ends[name] for name in tasks["incident"][there]], nan=np.inf)
        whole += float((people * (released - arrived)).sum())
        after += float((people * np.maximum(0.0, released - np.maximum(arrived, ended))).sum())
    return whole, after


@cache
def share_after_the_end(strategy: str, days: int, *overrides: str) -> float:
    whole, after = on_scene(logs_of(overrides, strategy, days))
    return after / whole


def compared(strategy: str, days: int, other: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """Return every measure with something taken away, and as it is packaged."""
    found = measured((("without", other), ("packaged", PACKAGED)), strategy, days, scripted=False)
    return {name: (float(row["without"]), float(row["packaged"])) for name, row in found.iterrows()}


@pytest.mark.parametrize("name", strategy_names())
def test_every_packaged_strategy_fills_a_need_in_time_and_lets_go_who_is_not_needed(name: str) -> None:
    (plan,) = load("riot_kecamatan3", [f"strategy={name}"]).strategies
    assert plan.dispatch.in_time_minutes and plan.retasking.keep_officers and plan.retasking.eased_minutes
    (plan,) = load("riot_kecamatan3", [f"strategy={name}", *ANY_TIME, *NOBODY_GOES]).strategies
    assert plan.dispatch.in_time_minutes is plan.retasking.keep_officers is plan.retasking.eased_minutes is None


def test_a_pair_that_is_near_goes_even_when_a_platoon_is_coming_from_far() -> None:
    """The first day under the central reserve: the platoon needs 74 minutes, and a pair is 12 minutes away."""
    far, near = (_sent_to_the_riot(logs_of(more, "central_reserve", 1)[0]) for more in (ANY_TIME, PACKAGED))
    assert max(far.values()) > 60.0 and near["reserve/POLRES/1"] == pytest.approx(far["reserve/POLRES/1"])
    assert set(far) < set(near)
    assert 10.0 < near["guard/very_high/8"] < 13.0


def _sent_to_the_riot(day: DayLog) -> dict[str, float]:
    """Return the minutes from the order to the arrival of the first order of each unit sent to the scripted riot."""
    tasks = day.tables["tasks"]
    mine = called(tasks) & (tasks["incident"] == "s0") & np.isfinite(tasks["arrived"])
    minutes = tasks["arrived"] - tasks["ordered"]
    return dict(zip(tasks["unit"][mine].tolist()[::-1], minutes[mine].tolist()[::-1], strict=True))
