"""What keeps voters away is kept for all stations together, and is what the life of each would say, to the last bit."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.voting.conditions import INF, Conditions, FlatConditions, at_station, flatten, undisturbed
from sim.voting.deterrence import Deterrence
from sim.voting.life import Cause, Happening, Hours, Imposed, Life, Lifted, after

STATIONS = 4
CALLS = st.lists(
    st.tuples(
        st.integers(0, 3),  # minutes since the call before: several at one time, too
        st.sampled_from("abc"),
        st.lists(st.integers(0, STATIONS - 1), unique=True),
        st.sampled_from([np.nan, 0.0, 0.1, 0.25, 1 / 3, 0.7, 1.0]),
    ),
    max_size=25,
)
WHICH = st.lists(st.integers(0, STATIONS - 1), unique=True)
GUARDS = st.sampled_from([0.0, 0.3])
Call = tuple[int, str, list[int], float]


def calm(guards: float = 0.0) -> FlatConditions:
    late, few = np.array([-INF, 450.0, -INF, -INF]), np.array([INF, INF, 20.0, INF])
    return undisturbed(np.full(STATIONS, guards))._replace(opens_at=late, ballots=few, extended=np.arange(4.0))


def told(calls: list[Call], guards: float = 0.0) -> tuple[Deterrence, list[list[Happening]]]:
    """What was added, and the history of every station that it comes to; the first call at 770."""
    deterrence, histories, time = Deterrence(calm(guards)), [list[Happening]() for _ in range(STATIONS)], 770.0
    for minutes, cause, stations, share in calls:
        time += minutes
        deterrence.add(time, cause, np.array(stations, dtype=np.int64), np.full(len(stations), share))
        for station in stations:
            lifted, imposed = Lifted(time, cause), Imposed(time, cause, Cause(deterred=share))
            histories[station].append(lifted if np.isnan(share) else imposed)
    return deterrence, histories


def lived(station: int, history: list[Happening], guards: float = 0.0) -> Conditions:
    return after(Life(Hours(420.0, 780.0, 15.0, 0.0), at_station(calm(guards), station)), *history).conditions


@settings(deadline=None)
@given(CALLS, WHICH, GUARDS)
def test_conditions_are_those_of_the_lives(calls: list[Call], which: list[int], guards: float) -> None:
    deterrence, histories = told(calls, guards)
    found = deterrence.conditions(np.array(which, dtype=np.int64))
    expected = flatten([lived(station, histories[station], guards) for station in which])
    assert all(a.tobytes() == b.tobytes() for a, b in zip(found, expected, strict=True))
    assert found.out.shape == expected.out.shape


@given(CALLS)
def test_the_history_of_a_station_is_what_was_added_there(calls: list[Call]) -> None:
    deterrence, histories = told(calls)
    assert [deterrence.history(station) for station in range(STATIONS)] == histories
    assert deterrence.length == sum(map(len, histories))


@settings(deadline=None)
@given(CALLS, CALLS)
def test_marks_are_equal_where_conditions_are(calls: list[Call], others: list[Call]) -> None:
    (one, first), (other, second) = told(calls), told(others)
    every = np.arange(STATIONS)
    for station, mine, yours in zip(range(STATIONS), one.marked(every)[0], other.marked(every)[0], strict=True):
        assert (mine == yours) == (lived(station, first[station]) == lived(station, second[station]))
    assert len(set(Deterrence(calm()).marked(every)[0])) == STATIONS, "hours and ballots are among them"


@settings(deadline=None)
@given(CALLS, st.floats(700.0, 800.0), st.floats(0.0, 60.0) | st.just(INF))
def test_work_is_done_when_it_is_in_the_lives(calls: list[Call], begun: float, work: float) -> None:
    deterrence, histories = told(calls)
    done = deterrence.done(np.arange(STATIONS), np.full(STATIONS, begun), np.full(STATIONS, work))
    assert done.tolist() == [lived(station, histories[station]).advance(begun, work) for station in range(STATIONS)]


def test_it_holds_as_much_as_there_is() -> None:
    stations = np.arange(STATIONS)
    calls = [(1, "abc"[turn % 3], stations.tolist(), (turn % 7) / 10) for turn in range(400)]
    deterrence, histories = told(calls)
    assert deterrence.history(3) == histories[3]
    assert deterrence.shares(stations).first.tolist()[1] == len(lived(0, histories[0]).times)
