"""The line that a late opening has left: it stands until nobody is in it for a moment."""

from __future__ import annotations

import numpy as np
import pytest

from sim.voting.late import has_stood
from sim.voting.station import run_station


@pytest.mark.parametrize(
    ("now", "stands"),
    [(100.0, True), (105.0, True), (119.9, True), (120.5, False), (131.0, False)],
)
def test_a_line_stands_until_it_has_been_gone_and_another_is_not_the_same(now: float, stands: bool) -> None:
    # Three come before the late opening at 100 and are served ten minutes each; two more at 130.
    came = np.array([90.0, 91.0, 92.0, 130.0, 130.0])
    times = run_station(came, np.full(5, 10.0), [1], opening=100.0, until=now)
    assert has_stood(times, 100.0, now) is stands


def test_who_leaves_the_line_is_no_longer_in_it() -> None:
    came, patient = np.array([90.0, 91.0]), np.array([1000.0, 14.0])
    times = run_station(came, np.full(2, 10.0), [1], opening=100.0, until=109.0, patience=patient)
    assert not has_stood(times, 100.0, 109.0)
    times = run_station(came, np.full(2, 10.0), [1], opening=100.0, until=104.0, patience=patient)
    assert has_stood(times, 100.0, 104.0)


def test_nobody_is_no_line() -> None:
    assert not has_stood(run_station(np.array([50.0]), np.array([1.0]), [1], until=90.0), 60.0, 90.0)
