"""Potential response by hand: three villages in a row, seven minutes apart, with a station each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from sim.coverage.asked import who_brings_what
from sim.coverage.inputs import Demands, Places, Rules, Units, Whereabouts
from sim.coverage.potential import potential

INF = np.inf
MINUTES = np.array([[0.0, 7, 14], [7, 0, 7], [14, 7, 0]])
ALARM = 2.0
GREEN, RED = 0, 1


@dataclass(frozen=True)
class One:
    """One unit at one moment."""

    node: int
    ready: float = 1.0
    people: int = 4
    out: float = 0.0
    ahead: int = -1
    left: float = 0.0
    station: int = -1
    free: bool = True
    guard: bool = False
    kept: bool = False
    may: tuple[bool, bool] = (True, True)
    phase: float = -1.0
    period: float = 0.0


def guard(node: int, **more: object) -> One:
    return One(node, **{"people": 2, "guard": True, "may": (False, True)} | more)  # type: ignore[arg-type]


def minutes(
    *units: One,
    need: int = 1,
    severity: int = GREEN,
    access: Sequence[float] = (0, 0, 0),
    own: Sequence[int] = (-1, -1, -1),
    with_own: bool = False,
    within: float = 10.0,
    begins: Sequence[float] = (np.nan, np.nan, np.nan),
    own_alarm: Sequence[float] = (ALARM, ALARM, ALARM),
) -> list[float]:
    """Minutes to the three stations of a force of so many people."""
    places = Places(np.arange(3), np.array(access, float), np.array([0, 1, 1]), np.array([1, 1, 1]), np.zeros(3), 3, 2)

    def column(values: list[object], kind: type) -> np.ndarray:
        return np.array(values, dtype=kind).reshape(-1, 1)

    where = Whereabouts(
        column([u.node for u in units], np.int64), column([u.out for u in units], float),
        column([u.ahead for u in units], np.int64), column([u.left for u in units], float),
        column([u.station for u in units], np.int64), column([u.free for u in units], np.bool_),
        column([u.kept for u in units], np.bool_),
        column([u.phase for u in units], float), np.full((3, 1), INF),
    )  # fmt: skip
    what = Units(
        np.zeros(len(units), dtype=np.int64), np.array([u.ready for u in units], dtype=float),
        np.array([u.guard for u in units], dtype=np.bool_),
        np.array([[u.people for u in units]], dtype=np.int64).reshape(1, -1), np.array(own, dtype=np.int64),
        np.array(begins, dtype=float), np.array([u.period for u in units], dtype=float),
    )  # fmt: skip
    demands = Demands(np.array([0]), np.array([0]), np.array([need]), np.array([severity]), np.array([with_own]))
    may = np.array([[u.may[v] for u in units] for v in (GREEN, RED)], dtype=np.bool_).reshape(2, -1)
    rules = Rules(ALARM, float(within), may, np.array([True, False]), np.array(own_alarm, dtype=float))
    asked = who_brings_what(what, demands, rules)
    return potential(places, where, what, *asked, rules, MINUTES[None], 1)[0, 0].tolist()


def test_it_is_alarm_readiness_the_way_and_the_access() -> None:
    assert minutes(One(0)) == [3, 10, 17]
    assert minutes(One(0, ready=26), access=(1, 0, 0.5)) == [29, 35, 42.5]


def test_nobody_is_never() -> None:
    assert minutes() == [INF] * 3
    assert minutes(One(0, free=False)) == [INF] * 3
    assert minutes(One(0), need=5) == [INF] * 3


def test_units_add_up_in_the_order_in_which_they_arrive() -> None:
    assert minutes(One(0), One(2), need=8) == [17, 10, 17]
    assert minutes(One(0), One(2), One(1), need=8) == [10, 10, 10]
    assert minutes(One(0, people=8), One(2), need=8) == [3, 10, 17]
    assert minutes(One(0, people=8), One(2, people=30), need=9) == [17, 10, 3]


def test_a_unit_between_two_nodes_goes_on_or_turns_round() -> None:
    between = One(0, out=3, ahead=1, left=4)
    assert minutes(between) == [6, 7, 14]
    assert minutes(One(0, out=6, ahead=1, left=1)) == [9, 4, 11]


def test_on_a_closed_road_nothing_is_ahead() -> None:
    assert minutes(One(0, out=6)) == [9, 16, 23]


def test_who_stands_at_a_station_has_no_way_to_it() -> None:
    there = One(1, out=5, station=1)
    assert minutes(there, access=(0, 5, 0)) == [15, 3, 15]


def test_some_wait_for_a_higher_severity_and_are_late_by_their_request() -> None:
    army = One(1, ready=26, people=30, may=(False, True))
    assert minutes(army, One(0), need=5) == [INF] * 3
    assert minutes(army, One(0), need=5, severity=RED) == [35, 28, 35]


def test_who_is_kept_for_something_red_stays_back_below_it() -> None:
    near, far = One(0), One(2, kept=True)
    assert minutes(near, far) == [3, 10, 17]
    assert minutes(near, far, need=8) == [INF] * 3
    assert minutes(near, far, need=8, severity=RED) == [17, 10, 17]
    assert minutes(near, far, One(1)) == [3, 3, 10]


def test_guards_of_other_posts_come_from_near_by_and_only_when_taken() -> None:
    assert minutes(guard(1), severity=GREEN) == [INF] * 3
    assert minutes(guard(1), severity=RED, within=8) == [10, 3, 10]
    assert minutes(guard(1), severity=RED, within=7) == [INF, 3, INF]
    assert minutes(guard(1), severity=RED, within=8, access=(0, 0, 0.5)) == [10, 3, INF]


def test_guards_fill_up_what_teams_lack() -> None:
    team = One(0, people=4)
    assert minutes(team, guard(1), need=6, severity=RED) == [10, 10, 17]
    assert minutes(team, guard(1), guard(1), need=8, severity=RED) == [10, 10, 17]
    assert minutes(team, guard(1), guard(1), need=9, severity=RED) == [INF] * 3
    assert minutes(One(0, people=4, ready=5), One(2, people=4, ready=5), guard(1), need=6, severity=RED) == [10, 14, 10]
    assert minutes(team, guard(1), need=6, severity=RED, access=(3, 0, 0)) == [INF, 10, 17]


def test_the_pair_of_the_post_is_there_at_once_by_order_or_by_its_round() -> None:
    own = (-1, 0, 0)
    standing = guard(1, station=1, out=0.0)
    assert minutes(standing, own=own, with_own=True) == [INF, 0, 10]
    assert minutes(standing, own=own) == [INF] * 3
    walking = guard(1, out=2, ahead=2, left=5, phase=40, period=60)
    assert minutes(walking, own=own, with_own=True) == [INF, 5, 8]
    assert minutes(walking, own=own, with_own=True, begins=(np.nan, 0, 45)) == [INF, 5, 5]
    assert minutes(walking, own=own, with_own=True, begins=(np.nan, 42, 45)) == [INF, 2, 5]
    assert minutes(guard(1, free=False, station=1), own=own, with_own=True) == [INF] * 3
    assert minutes(walking, own=own, with_own=True, own_alarm=(2, 2, 0.5)) == [INF, 5, 6.5]


def test_the_pair_of_the_post_counts_once() -> None:
    own = (-1, 0, -1)
    pair, team = guard(1, station=1), One(0, people=4)
    assert minutes(pair, team, own=own, with_own=True, need=6, severity=RED) == [10, 10, 17]
    assert minutes(pair, team, own=own, with_own=True, need=8, severity=RED) == [INF] * 3
    assert minutes(pair, team, guard(2), own=own, with_own=True, need=8, severity=RED) == [INF, 10, 17]
    assert minutes(pair, own=own, with_own=False, severity=RED) == [10, INF, 10]


@pytest.mark.parametrize("seed", range(6))
def test_lines_that_are_kept_and_put_right_say_what_each_moment_says_alone(seed: int) -> None:
    """Thirty moments at once and each by itself: teams come and go, guards walk."""
    rng = np.random.default_rng(seed)
    nodes, stations, units, moments = 8, 12, 14, 30
    travel = rng.uniform(1, 20, (2, nodes, nodes)).round()
    travel[:, np.arange(nodes), np.arange(nodes)] = 0
    node = rng.integers(nodes, size=(units, 1)).repeat(moments, axis=1)
    moves = rng.random((units, moments)) < 0.1
    node = np.where(moves, rng.integers(nodes, size=node.shape), node)
    is_guard = np.arange(units) % 2 == 0
    at_station = np.where(rng.random((units, moments)) < 0.2, rng.integers(stations, size=node.shape), -1)
    places = Places(
        rng.integers(nodes, size=stations), rng.uniform(0, 4, stations).round(), np.zeros(stations, dtype=np.int64),
        np.ones(stations, dtype=np.int64), np.zeros(stations), stations, 1,
    )  # fmt: skip
    node = np.where(at_station >= 0, places.node[at_station], node)
    where = Whereabouts(
        node, np.where(at_station >= 0, places.access[at_station], 0.0), np.full(node.shape, -1), np.zeros(node.shape),
        at_station, rng.random(node.shape) < 0.9, rng.random(node.shape) < 0.1, np.full(node.shape, -1.0), np.full((stations, moments), INF),
    )  # fmt: skip
    what = Units(
        rng.integers(2, size=units), rng.integers(1, 5, units) * 1.0, is_guard,
        rng.integers(0, 4, (2, units)), np.where(rng.random(stations) < 0.7, rng.integers(0, 7, stations) * 2, -1),
        np.full(stations, np.nan), np.zeros(units),
    )  # fmt: skip
    demands = Demands(
        np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), np.array([1, 9, 4, 2]), np.array([0, 1, 1, 0]),
        np.array([False, True, True, True]),
    )  # fmt: skip
    rules = Rules(
        ALARM,
        11.0,
        np.array([~is_guard, np.ones(units, dtype=np.bool_)]),
        np.array([True, False]),
        rng.uniform(1, ALARM, stations),
    )
    asked = who_brings_what(what, demands, rules)
    together = potential(places, where, what, *asked, rules, travel, 3)
    assert np.isfinite(together).mean() > 0.5
    for t in range(moments):
        alone = potential(places, where.during(slice(t, t + 1)), what, *asked, rules, travel, 3)
        assert np.array_equal(alone[:, 0], together[:, t])
