"""A station's life from its history alone. Open 420 to 780, restart 15 minutes, hours extended by at most 120."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.compose import load
from sim.vocabulary import StationState
from sim.voting.conditions import Conditions
from sim.voting.life import (
    Cause,
    Emptied,
    Happening,
    Hours,
    Imposed,
    Life,
    Lifted,
    after,
    hours_of,
    later,
    life_of,
    together,
)

HOURS = Hours(420.0, 780.0, 15.0, 0.0)
EXTENDED = HOURS._replace(most_extended=120.0)
STOP, SHUT = Cause(speed=0.0), Cause(door_open=False)


def life(*history: Happening, at: float = 1000.0, hours: Hours = HOURS, conditions: Conditions | None = None) -> Life:
    return life_of(history, hours, conditions or Conditions(), at)


def states(*history: Happening, at: tuple[float, ...], counted: float = np.inf) -> list[str]:
    return [life(*history, at=time).state(time, counted) for time in at]


def test_a_quiet_day_goes_from_unopened_to_counted() -> None:
    found = states(at=(419, 420, 779, 780, 850), counted=850)
    assert found == ["unopened", "open", "open", "closed", "counted"]


def test_a_late_opening_is_unopened_until_then() -> None:
    late = Conditions(opens_at=450.0)
    assert life(at=449, conditions=late).state(449) is StationState.UNOPENED
    assert life(at=450, conditions=late).state(450) is StationState.OPEN


@pytest.mark.parametrize(("cause", "named"), [(STOP, "stopped"), (SHUT, "shut")])
def test_a_stop_has_a_state_of_its_own_then_restarts_then_is_open(cause: Cause, named: str) -> None:
    history = (Imposed(500, "riot", cause), Lifted(545, "riot"))
    assert states(*history, at=(499, 500, 544, 545, 559.9, 560)) == [
        "open", named, named, "restarting", "restarting", "open",
    ]  # fmt: skip
    assert life(*history, at=550).serves_at == 560
    assert life(*history, at=560).serves_at is None


def test_an_evacuated_station_is_evacuated_until_the_last_all_clear() -> None:
    history = (Imposed(500, "a", STOP), Emptied(500), Imposed(505, "b", STOP), Lifted(510, "a"), Lifted(520, "b"))
    assert states(*history, at=(500, 515, 520, 535)) == ["evacuated", "evacuated", "restarting", "open"]
    assert life(*history).conditions.evacuations == ((500, 520),)


def test_a_slow_station_is_open() -> None:
    assert states(Imposed(500, "storm", Cause(speed=0.5)), at=(510,)) == ["open"]


def test_with_one_cause_that_stops_the_room_and_one_that_shuts_the_door_it_is_stopped_until_the_first_is_gone() -> None:
    history = (Imposed(500, "door", SHUT), Imposed(505, "riot", STOP), Lifted(510, "riot"), Lifted(520, "door"))
    assert states(*history, at=(501, 506, 511, 521, 535)) == ["shut", "stopped", "shut", "restarting", "open"]
    assert life(*history).suspended_minutes == 535 - 500


def test_stopped_at_the_last_possible_closing_it_is_abandoned_by_the_passing_of_time() -> None:
    stop = Imposed(700, "riot", STOP)
    assert states(stop, at=(779, 780, 800)) == ["stopped", "abandoned", "abandoned"]
    assert life(stop, at=779, hours=EXTENDED).state(779) is StationState.STOPPED
    assert life(stop, at=899, hours=EXTENDED).state(899) is StationState.STOPPED
    assert life(stop, at=900, hours=EXTENDED).state(900) is StationState.ABANDONED
    assert life(stop, at=900, hours=EXTENDED).conditions.abandoned_at == 900


def test_an_all_clear_that_comes_too_late_abandons_at_once() -> None:
    too_late = life(Imposed(700, "riot", STOP), Lifted(766, "riot"), at=770)
    assert (too_late.is_abandoned, too_late.conditions.abandoned_at, too_late.sealed_at) == (True, 766, 766)
    assert not life(Imposed(700, "riot", STOP), Lifted(764, "riot"), at=770).is_abandoned


def test_a_stop_that_begins_after_closing_is_a_pause() -> None:
    history = (Imposed(790, "x", STOP), Lifted(800, "x"))
    assert states(*history, at=(795, 805, 815)) == ["stopped", "restarting", "closed"]


def test_boxes_of_an_abandoned_station_are_sealed_once_nothing_keeps_people_out() -> None:
    history = (Imposed(700, "riot", STOP), Lifted(800, "riot"), Imposed(810, "b", SHUT), Lifted(830, "b"))
    assert [life(*history, at=t).sealed_at for t in (790, 805, 815, 840)] == [None, 800, None, 830]


def test_emptied_after_closing_it_is_abandoned() -> None:
    history = (Imposed(790, "x", STOP), Emptied(790))
    assert states(*history, at=(790,)) == ["abandoned"]


def test_an_empty_station_is_not_emptied_again() -> None:
    history = (Imposed(500, "a", STOP), Emptied(500), Imposed(505, "b", STOP), Emptied(505))
    assert len(life(*history).conditions.evacuations) == 1


def test_hours_are_extended_by_the_union_of_stops_with_their_restarts() -> None:
    """Stopped 450 to 460, again from 465 before the restart at 475, until 480; later 500 to 510."""
    history = (
        Imposed(450, "a", STOP), Lifted(460, "a"), Imposed(465, "b", SHUT), Lifted(480, "b"), Imposed(500, "a", STOP),
        Lifted(510, "a"),
    )  # fmt: skip
    assert life(*history, hours=EXTENDED).closing == 780 + (495 - 450) + (525 - 500)
    assert life(*history).closing == 780
    assert life(*history, hours=EXTENDED._replace(most_extended=50.0)).closing == 830


def test_causes_together() -> None:
    both = together([Cause(0.5, 0.5, True, (1,)), Cause(0.8, 0.5, False, (0, 2))], 0.2)
    assert both == (0.5, 1 - 0.8 * 0.25, False, (1, 2))
    assert together([], 0.2) == Cause(deterred=0.2)


def test_hours_come_from_the_settings() -> None:
    assert hours_of(load("calm_day", []).voting) == (420, 780, 15, 0)
    assert hours_of(load("calm_day", ["voting.extension.after_interruption=true"]).voting).most_extended == 120


# Whatever happens

CAUSES = st.builds(
    Cause,
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from([0.0, 0.4]),
    st.booleans(),
    st.sampled_from([(), (1,), (0, 2)]),
)
WHAT = st.one_of(
    st.tuples(st.just(Imposed), st.sampled_from("abc"), CAUSES),
    st.tuples(st.just(Lifted), st.sampled_from("abc")),
    st.tuples(st.just(Emptied)),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Happening]:
    times = sorted(draw(st.lists(st.integers(400, 950), max_size=14)))
    return [kind(float(time), *rest) for time, (kind, *rest) in zip(times, (draw(WHAT) for _ in times), strict=False)]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(histories(), st.lists(st.floats(400, 1000), max_size=6), st.sampled_from([HOURS, EXTENDED]))
def test_a_life_is_the_same_however_often_it_is_asked_for(history: list, looks: list[float], hours: Hours) -> None:
    """Once at the end, or step by step with looks in between that are thrown away or gone on from."""
    whole = life_of(history, hours, Conditions(), 1000.0)
    stepped = Life(hours, Conditions())
    events = sorted([(h.time, 0, k) for k, h in enumerate(history)] + [(t, 1, k) for k, t in enumerate(looks)])
    for time, is_look, k in events:
        stepped = later(stepped, time) if is_look else after(stepped, history[k])
        assert stepped.state(time) is life_of(
            history[: k + 1] if not is_look else history, hours, Conditions(), time
        ).state(time)
    assert later(stepped, 1000.0) == whole


@settings(max_examples=100, deadline=None, derandomize=True)
@given(histories(), st.sampled_from([HOURS, EXTENDED]))
def test_whatever_happens_states_follow_each_other_as_they_can(history: list, hours: Hours) -> None:
    found = [life_of(history, hours, Conditions(), t / 2).state(t / 2) for t in range(800, 1920)]
    steps = set(pairwise(found))
    for before, then in steps:
        assert before is not StationState.ABANDONED or then is before, "nobody goes on after giving up"
        assert then is not StationState.UNOPENED or before in ("unopened", "restarting")
    end = life_of(history, hours, Conditions(), 1000.0)
    assert 0 <= end.suspended_minutes <= 360
    assert 780 <= end.closing <= hours.last_closing


def test_a_station_that_is_emptied_for_good_is_abandoned_at_once_and_stays_so() -> None:
    history = (Imposed(500, "s0", STOP), Emptied(500, for_good=True), Lifted(520, "s0"))
    assert states(*history, at=(499, 501, 521, 700)) == ["open", "abandoned", "abandoned", "abandoned"]
    assert life(*history).conditions.abandoned_at == 500
    first = (Imposed(500, "s0", STOP), Emptied(500), Emptied(510, for_good=True), Lifted(520, "s0"))
    assert life(*first).conditions.abandoned_at == 510 and len(life(*first).conditions.evacuations) == 1
