"""A day can be played in steps, and looked at between them, and is the same day, byte for byte."""

from __future__ import annotations

import itertools

import pytest

from sim.day import Day
from sim.day.draws import DayDraws
from sim.day.world import World
from sim.log import DayLog
from tests.day.conftest import NAME, as_bytes


def test_the_day_that_is_stepped_here_has_something_of_everything(whole: DayLog) -> None:
    assert all(len(next(iter(columns.values()))) for columns in whole.tables.values()), "no table is empty"
    assert {"scripted", "background"} <= set(whole.tables["incidents"]["origin"])
    assert {"incident", "casualty", "boxes"} <= set(whole.tables["tasks"]["purpose"])


@pytest.mark.parametrize(
    "pauses",
    [
        [615.0],  # 10:15: a riot begins and a road closes at that very moment
        [570.0, 540.0, 690.0],  # the second lies behind and changes nothing
        [0.0, 420.0, 780.0],  # before the day; when it opens; when it closes
        [615.0 + 1e-9, 630.123, 1000.0, 1799.999],
        [5000.0],
        [float(t) for t in range(400, 1800, 7)],
    ],
    ids=["on an event", "backwards", "edges", "just after", "beyond the end", "every seven minutes"],
)
@pytest.mark.parametrize("look", [False, True], ids=["blind", "with a picture"])
def test_playing_on_after_a_pause_gives_the_same_bytes(
    day: Day, whole: DayLog, pauses: list[float], look: bool
) -> None:
    for pause in pauses:
        day.until(pause)
        if look:
            day.picture()
            day.picture()
    assert as_bytes(day.run()) == as_bytes(whole)


def test_a_pause_at_every_moment_at_which_something_happens_changes_nothing(day: Day, whole: DayLog) -> None:
    states, stations = whole.tables["unit_states"], whole.tables["stations"]
    moments = {*states["start"].tolist(), *whole.tables["incidents"]["onset"].tolist(), *stations["counted"].tolist()}
    for moment in sorted(m for m in moments if m == m):
        day.until(moment)
        assert day.env.now == pytest.approx(max(moment, day.world.start))
        day.picture()
    assert as_bytes(day.run()) == as_bytes(whole)


def test_what_happens_at_the_moment_of_a_pause_comes_when_it_is_played_on(day: Day) -> None:
    day.until(615.0)
    assert "s0" not in day.incidents and len(day.roads.closed) == 1, "the landslide of nine o'clock"
    day.until(615.0 + 1e-6)
    assert "s0" in day.incidents and len(day.roads.closed) == 2


def test_the_clock_never_runs_past_the_end(day: Day) -> None:
    for before, after in itertools.pairwise((0.0, 500.0, 300.0, 9999.0)):
        day.until(before)
        now = day.env.now
        day.until(after)
        assert day.env.now == max(now, min(after, day.world.end))


def test_two_days_stepped_in_turns_do_not_touch_each_other(
    rich_world: World, rich_draws: DayDraws, whole: DayLog
) -> None:
    one, other = (Day(rich_world, NAME, 0, rich_draws) for _ in range(2))
    for time in range(420, 1800, 45):
        one.until(float(time))
        other.until(float(time) + 20.0)
    assert as_bytes(one.run()) == as_bytes(other.run()) == as_bytes(whole)
