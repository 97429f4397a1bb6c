"""Coverage: three stations by hand, and the short way against a loop over everything."""

from __future__ import annotations

import numpy as np
import pytest

from sim.coverage.reach import Places, Whereabouts, by_district, reached
from sim.region.position import ELSEWHERE


def places(access: list[float]) -> Places:
    """Three villages in a row with one station each; the last two are one district."""
    return Places(np.array([0, 1, 2]), np.array(access), np.array([0, 1, 1]), np.array([100, 250, 400]), 2)


MINUTES = np.array([[0.0, 7, 14], [7, 0, 7], [14, 7, 0]])


def one_unit(
    node: int,
    *,
    access: float = 0.0,
    ahead: int = ELSEWHERE,
    ahead_minutes: float = 0.0,
    station: int = ELSEWHERE,
    free: bool = True,
) -> Whereabouts:
    columns = (node, access, ahead, ahead_minutes, station, free)
    return Whereabouts(*(np.array([[value]]) for value in columns))


def test_the_way_is_the_units_access_the_road_and_the_stations_access() -> None:
    assert reached(one_unit(0), MINUTES, places([0, 3, 0]), 10.0).tolist() == [[True, True, False]]
    assert reached(one_unit(0), MINUTES, places([0, 3.1, 0]), 10.0).tolist() == [[True, False, False]]
    assert reached(one_unit(0, access=0.5), MINUTES, places([0, 3, 0]), 10.0).tolist() == [[True, False, False]]


def test_a_unit_covers_the_station_where_it_stands_however_far_it_is_from_the_village() -> None:
    alone = one_unit(2, access=30, station=2)
    assert reached(alone, MINUTES, places([0, 0, 30]), 10.0).tolist() == [[False, False, True]]


def test_a_unit_on_the_road_goes_on_or_turns_round() -> None:
    between = one_unit(0, access=3.0, ahead=1, ahead_minutes=4.0)
    assert reached(between, MINUTES, places([0, 0, 0]), 4.0).tolist() == [[True, True, False]]
    assert reached(between, MINUTES, places([0, 0, 0]), 3.5).tolist() == [[True, False, False]]
    assert reached(between, MINUTES, places([0, 0, 0]), 11.0).tolist() == [[True, True, True]]


def test_a_busy_unit_covers_nothing() -> None:
    assert not reached(one_unit(1, station=1, free=False), MINUTES, places([0, 0, 0]), 10.0).any()


def test_without_units_nothing_is_covered() -> None:
    types = (np.int64, np.float64, np.int64, np.float64, np.int64, np.bool_)
    nobody = Whereabouts(*(np.zeros((0, 4), dtype=t) for t in types))
    assert reached(nobody, MINUTES, places([0, 0, 0]), 10.0).shape == (4, 3)
    assert not reached(nobody, MINUTES, places([0, 0, 0]), 10.0).any()


def test_voters_and_stations_are_counted_by_district() -> None:
    covered = np.array([[True, True, False], [False, True, True], [False, False, False]])
    voters, stations = by_district(covered, places([0, 0, 0]))
    assert voters.tolist() == [[100, 250], [0, 650], [0, 0]]
    assert stations.tolist() == [[1, 1], [0, 2], [0, 0]]
    assert voters.dtype == stations.dtype == np.int64


@pytest.mark.parametrize("seed", range(5))
def test_it_says_what_a_loop_over_units_times_and_stations_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    nodes, stations, units, times, standard = 12, 30, 9, 7, 10.0
    minutes = rng.uniform(0, 30, (nodes, nodes))  # not symmetric: from the row to the column
    minutes[rng.random((nodes, nodes)) < 0.1] = np.inf
    np.fill_diagonal(minutes, 0.0)
    where = Places(
        rng.integers(nodes, size=stations), rng.uniform(0, 5, stations), rng.integers(3, size=stations),
        rng.integers(100, 600, stations), 3,
    )  # fmt: skip
    station = np.where(rng.random((units, times)) < 0.5, rng.integers(stations, size=(units, times)), -1)
    node = np.where(station >= 0, where.node[station], rng.integers(nodes, size=(units, times)))
    access = np.where(station >= 0, where.access[station], 0.0)
    moving = (station < 0) & (rng.random((units, times)) < 0.5)
    ahead = np.where(moving, rng.integers(nodes, size=(units, times)), ELSEWHERE)
    left = np.where(moving, rng.uniform(0, 8, (units, times)), 0.0)
    positions = Whereabouts(node, access, ahead, left, station, rng.random((units, times)) < 0.6)
    expected = np.zeros((times, stations), dtype=bool)
    for u in range(units):
        for t in range(times):
            for s in range(stations):
                way = access[u, t] + minutes[node[u, t], where.node[s]] + where.access[s]
                if moving[u, t]:
                    way = min(way, left[u, t] + minutes[ahead[u, t], where.node[s]] + where.access[s])
                near = way <= standard or station[u, t] == s
                expected[t, s] |= near and positions.free[u, t]
    assert 0 < expected.mean() < 1
    assert np.array_equal(reached(positions, minutes, where, standard), expected)
