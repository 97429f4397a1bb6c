"""Rounds: where a unit stands at any time."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.response.rounds import stop_at, stops_at


def test_a_round_of_three_stops_by_hand() -> None:
    at = [stop_at(t, 400.0, 15.0, 3, 0.0) for t in (400, 414.9, 415, 430, 444.9, 445)]
    assert at == [0, 0, 1, 2, 2, 0]


def test_the_phase_is_the_share_of_the_round_already_walked() -> None:
    assert [stop_at(400.0, 400.0, 15.0, 4, phase) for phase in (0.0, 0.25, 0.5, 0.99)] == [0, 1, 2, 3]
    assert stop_at(400.0 + 7.5, 400.0, 15.0, 4, 0.125) == 1


def test_before_the_rounds_begin_the_same_round_runs_backwards() -> None:
    assert [stop_at(t, 400.0, 15.0, 3, 0.0) for t in (399.9, 385.0, 384.9)] == [2, 2, 1]


def test_each_stop_has_its_share_of_the_time() -> None:
    at = stops_at(np.arange(400.0, 400.0 + 60 * 5, 0.5), 400.0, 15.0, 4, 0.3)
    assert np.bincount(at).tolist() == [150, 150, 150, 150]


@given(st.floats(0, 2000), st.floats(0, 600), st.floats(0.5, 60), st.integers(1, 16), st.floats(0, 0.999))
@settings(deadline=None)
def test_many_times_at_once_give_what_each_gives(
    time: float, start: float, dwell: float, stops: int, phase: float
) -> None:
    at = stop_at(time, start, dwell, stops, phase)
    assert 0 <= at < stops
    assert stops_at(np.array([time]), start, dwell, stops, phase).tolist() == [at]
