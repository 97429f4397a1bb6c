"""What deterrence of disturbances that start by themselves does to those of the scenario: nothing but by who is near."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.day.world import World
from sim.log import DayLog
from sim.vocabulary import Origin
from tests.behaviour.moves import NO_FOLLOWERS, QUIET


@cache
def world(per_officer: float, *overrides: str) -> World:
    deters = f"disturbance.background.deterrence_per_officer={per_officer}"
    return prepare(load("riot_kecamatan3", ["strategy=central_reserve", deters, *overrides]))


def played(per_officer: float, day: int, *overrides: str) -> DayLog:
    return simulate_day(world(per_officer, *overrides), "central_reserve", day)


@pytest.mark.parametrize("days", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_where_nothing_starts_by_itself_deterrence_changes_nothing(days: int) -> None:
    for day in range(days):
        none, strong = (played(per_officer, day, *QUIET, *NO_FOLLOWERS).tables for per_officer in (0.0, 2.0))
        for name, table in none.items():
            for column, values in table.items():
                equal_nan = values.dtype.kind == "f"
                assert np.array_equal(values, strong[name][column], equal_nan=equal_nan), (day, name, column)


def test_a_unit_that_another_disturbance_has_brought_near_is_there_sooner() -> None:
    """The one day of a hundred on which less deterrence has officers at the riot within the standard."""
    times = []
    for per_officer in (0.0, 0.5):
        tables = played(per_officer, 87).tables
        (riot,) = np.flatnonzero(tables["incidents"]["origin"] == Origin.SCRIPTED)
        arrived = float(tables["incidents"]["first_on_scene"][riot])
        times.append(arrived - float(tables["incidents"]["reported"][riot]))
        tasks = tables["tasks"]
        (first,) = np.flatnonzero(
            (tasks["incident"] == tables["incidents"]["incident"][riot]) & (tasks["arrived"] == arrived)
        )
        before = (tasks["unit"] == tasks["unit"][first]) & (tasks["released"] == tasks["ordered"][first])
        assert before.any() is np.bool_(per_officer == 0.0), "straight from the clash beside it, or from its post"
    assert times[0] < 10.0 < times[1]
