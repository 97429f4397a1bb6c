"""The events that injects wait for, and moments after them."""

from __future__ import annotations

import pytest

from sim.exercise.inject import due_by_event, event_and_delay, some_time_after


@pytest.mark.parametrize(
    ("written", "event", "minutes"),
    [
        ("incident/s0/reported", "incident/s0/reported", 0.0),
        ("incident/s0/reported+8", "incident/s0/reported", 8.0),
        ("road/A + B/closed", "road/A + B/closed", 0.0),
        ("road/A+B/closed+15", "road/A+B/closed", 15.0),
        ("+8", "", 8.0),
        ("x+", "x+", 0.0),
        ("x+1e9", "x+1e9", 0.0),
        ("x+99999", "x+99999", 0.0),
    ],
)
def test_a_moment_after_an_event(written: str, event: str, minutes: float) -> None:
    assert event_and_delay(written) == (event, minutes)


def test_it_is_due_so_long_after_the_event_and_never_without_it() -> None:
    happened = {"incident/s0/reported": 583.5}
    assert due_by_event(some_time_after("incident/s0/reported", 8.0), happened) == 591.5
    assert due_by_event("incident/s0/reported", happened) == 583.5
    assert due_by_event("incident/s1/reported+8", happened) is None
