"""The state of the roads is a value: the same roads make the same state, whatever order they came in."""

from __future__ import annotations

from sim.region.road_state import OPEN, RoadState


def test_the_same_roads_make_the_same_state() -> None:
    one = RoadState.of(frozenset({3, 1}), {5: 0.5, 2: 0.25})
    other = RoadState.of(frozenset({1, 3}), {2: 0.25, 5: 0.5})
    assert one == other and hash(one) == hash(other) and one.slowed == ((2, 0.25), (5, 0.5))
    assert len({one, other, one._replace(dark=True)}) == 2


def test_a_road_slowed_to_its_own_speed_is_not_slowed() -> None:
    assert RoadState.of(frozenset(), {4: 1.0}) == OPEN


def test_it_changes_the_roads_that_it_names_and_at_night_all_of_them() -> None:
    state = RoadState.of(frozenset({1}), {2: 0.5})
    assert state.changes(frozenset({1, 9})) and state.changes(frozenset({2})) and not state.changes(frozenset({3}))
    assert RoadState(dark=True).changes(frozenset({3})) and not RoadState(dark=True).changes(frozenset())
    assert not OPEN.changes(frozenset(range(9)))


def test_without_closures_the_rest_stays() -> None:
    assert RoadState.of(frozenset({1}), {2: 0.5}, dark=True).with_all_open() == RoadState.of(
        frozenset(), {2: 0.5}, dark=True
    )
