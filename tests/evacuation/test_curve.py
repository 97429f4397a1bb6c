"""The curve of people who are safe."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.evacuation.curve import Curve, curve_of


def test_times_at_which_shares_are_safe() -> None:
    curve = curve_of(np.array([4.0, 1.0, 3.0, 2.0]))
    assert [curve.time_of(share) for share in (0.25, 0.5, 0.51, 1.0)] == [1.0, 2.0, 3.0, 4.0]
    assert curve.last == 4.0 and curve.never == 0
    assert [curve.share_safe(t) for t in (0.9, 1.0, 3.5, 9.0)] == [0.0, 0.25, 0.75, 1.0]


def test_who_is_never_safe_is_counted_and_the_last_never_comes() -> None:
    curve = curve_of(np.array([1.0, np.inf, 2.0]))
    assert (curve.never, curve.last, curve.time_of(0.6)) == (1.0, math.inf, 2.0)


def test_nobody() -> None:
    curve = curve_of(np.empty(0))
    assert (curve.last, curve.never, curve.share_safe(0.0), curve.bottleneck) == (0.0, 0.0, 1.0, None)


def test_many_at_a_time() -> None:
    curve = Curve(np.array([5.0, 6.0]), np.array([30.0, 100.0]), 100.0)
    assert [curve.time_of(share) for share in (0.3, 0.31, 1)] == [5.0, 6.0, 6.0]


@pytest.mark.parametrize(
    ("waited", "named"), [({"a": 1.0, "b": 3.0}, "b"), ({"b": 2.0, "a": 2.0}, "a"), ({"a": 0.0}, None), ({}, None)]
)
def test_the_bottleneck_is_where_most_was_waited(waited: dict[str, float], named: str | None) -> None:
    assert curve_of(np.array([1.0]), waited).bottleneck == named
