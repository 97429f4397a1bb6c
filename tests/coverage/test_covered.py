"""What is counted of potential response: voters, stations and area by district, and voters by minutes."""

from __future__ import annotations

import numpy as np

from sim.coverage.counted import units
from sim.coverage.covered import covered, everything, spread_of
from sim.coverage.inputs import Places

PLACES = Places(
    node=np.array([0, 1, 1, 0, 1]),
    access=np.zeros(5),
    district=np.array([0, 1, 1, 0, 1]),
    voters=np.array([100, 250, 400, 0, 0]),
    area=np.array([0.0, 0.0, 0.0, 3.5, 20.0]),
    stations=3,
    districts=2,
)
"""Three stations, then two villages."""
MINUTES = np.array([[[10.0, 10.0 + 1e-10, 10.1, 4.0, 11.0], [np.inf, 0.0, 3.0, 12.0, 9.0]]])


def test_within_the_standard_is_up_to_it() -> None:
    found = covered(MINUTES, PLACES, 10.0)
    assert found.voters.tolist() == [[[100, 250], [0, 650]]]
    assert found.stations.tolist() == [[[1, 1], [0, 2]]]
    assert found.area.tolist() == [[[3.5, 0.0], [0.0, 20.0]]]


def test_everything_is_what_is_covered_when_time_does_not_matter() -> None:
    whole = everything(PLACES)
    found = covered(np.zeros((1, 1, 5)), PLACES, 0.0)
    for name in whole._fields:
        assert getattr(found, name)[0, 0].tolist() == getattr(whole, name).tolist()


def test_voters_are_counted_by_half_minutes_rounded_up_and_never_apart() -> None:
    force, minutes, voters = spread_of(MINUTES, PLACES)
    assert force.tolist() == [0] * 5
    assert dict(zip(minutes.tolist(), voters.tolist(), strict=True)) == {
        0.0: 250, 3.0: 400, 10.0: 350, 10.5: 400, np.inf: 100
    }  # fmt: skip


def test_where_nobody_ever_comes_there_is_only_never() -> None:
    force, minutes, voters = spread_of(np.full((2, 3, 5), np.inf), PLACES)
    assert force.tolist() == [0, 1]
    assert minutes.tolist() == [np.inf, np.inf] and voters.tolist() == [2250, 2250]


def test_a_unit_is_free_while_it_waits_and_nobody_holds_it_and_busy_while_it_is_on_duty_and_does_not_wait() -> None:
    idle = np.array([[True, True, False, False], [True, False, False, True], [True, True, True, True]])
    held, off_duty = np.zeros((3, 4), dtype=np.bool_), np.zeros((3, 4), dtype=np.bool_)
    held[0, 1] = off_duty[0, 3] = True
    free, busy = units(idle, held, off_duty, np.array([1, 1, -1]), 2)
    assert free.tolist() == [[0, 2], [0, 0], [0, 0], [0, 1]]
    assert busy.tolist() == [[0, 0], [0, 1], [0, 2], [0, 0]]
