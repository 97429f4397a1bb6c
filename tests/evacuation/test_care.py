"""Which ambulance, which bed."""

from __future__ import annotations

import numpy as np
import pytest

from sim.evacuation.care import choose_ambulance, choose_facility


@pytest.mark.parametrize(
    ("minutes", "chosen"),
    [
        ([12.0, 4.0, 9.0], 1),
        ([np.inf, 40.0], 1),
        ([7.0, 3.0, 3.0], 1),  # among equals the first
        ([np.inf, np.inf], None),
        ([], None),
    ],
)
def test_the_ambulance_that_is_there_first(minutes: list[float], chosen: int | None) -> None:
    assert choose_ambulance(np.array(minutes)) == chosen


@pytest.mark.parametrize(
    ("minutes", "free", "chosen"),
    [
        ([5.0, 20.0, 10.0], [1, 1, 1], 0),
        ([5.0, 20.0, 10.0], [0, 1, 1], 2),  # the nearest is full
        ([5.0, 20.0, 10.0], [0, -3, 0], 0),  # every one is full: the nearest takes one more
        ([np.inf, 20.0, 10.0], [9, 0, 0], 2),  # the free beds are cut off
        ([np.inf, 20.0, np.inf], [9, 1, 9], 1),
        ([np.inf, np.inf], [9, 9], None),
        ([], [], None),
    ],
)
def test_the_nearest_free_bed_else_the_nearest(minutes: list[float], free: list[int], chosen: int | None) -> None:
    assert choose_facility(np.array(minutes), np.array(free, dtype=np.int64)) == chosen
