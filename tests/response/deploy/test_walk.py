"""Walks: an order that is short, and rows cut into balanced pieces."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.day.world import World
from sim.region.region import Region
from sim.response.deploy.walk import Walk, cut, cut_by_weight, shorten


def length(order: np.ndarray, km: np.ndarray) -> float:
    return float(km[order[:-1], order[1:]].sum())


def line_km(points: list[float]) -> np.ndarray:
    return np.abs(np.subtract.outer(points, points))


def test_places_on_a_line_are_walked_from_end_to_end() -> None:
    order = shorten(np.array([3, 0, 4, 1, 2]), line_km([0, 1, 2, 3, 4]))
    assert order.tolist() in ([0, 1, 2, 3, 4], [4, 3, 2, 1, 0])


def test_a_stretch_walked_backwards_is_turned_round() -> None:
    km = line_km([0, 10, 20, 30, 40, 50])
    assert shorten(np.array([0, 4, 3, 2, 1, 5]), km).tolist() == [0, 1, 2, 3, 4, 5]


def test_a_place_walked_past_is_put_in_between() -> None:
    km = line_km([0, 10, 20, 30, 40, 50])
    assert shorten(np.array([0, 1, 3, 4, 5, 2]), km).tolist() == [0, 1, 2, 3, 4, 5]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_shortened_walk_visits_all_and_is_near_the_best_of_all_orders(points: list[tuple[int, int]]) -> None:
    x, y = np.array(points, dtype=float).T
    km = np.hypot(np.subtract.outer(x, x), np.subtract.outer(y, y))
    start = np.arange(len(points))
    found = shorten(start, km)
    best = min(length(np.array(p), km) for p in permutations(range(len(points))))
    assert sorted(found.tolist()) == start.tolist()
    assert length(found, km) <= length(start, km) + 1e-9
    assert length(found, km) <= 1.3 * best + 1e-9


def test_stations_of_one_village_follow_each_other_by_number(make_line: Callable[..., Region]) -> None:
    region = make_line(4)
    km = line_km([0, 6, 12, 18])
    walk = Walk(region, km, 0)
    assert walk.stations(np.array([7, 2, 0, 3, 6, 1])).tolist() == [0, 1, 2, 3, 6, 7]
    assert walk.stations(np.array([], dtype=np.int64)).size == 0
    assert walk.nodes(np.array([3, 1, 3, 0])).tolist() == [0, 1, 3]


def test_on_the_real_roads_the_walk_beats_the_plain_order_of_codes_by_far(riot_world: World) -> None:
    region, km = riot_world.region, riot_world.network.km()
    villages = np.arange(len(region.villages))
    walked = Walk(region, km, 0).nodes(villages)
    assert sorted(walked.tolist()) == villages.tolist()
    assert length(walked, km) < 0.75 * length(villages, km)


@given(st.integers(0, 500), st.integers(1, 60))
@settings(deadline=None)
def test_pieces_are_balanced_and_leave_nothing_out(total: int, parts: int) -> None:
    pieces = cut(total, parts)
    sizes = [p.stop - p.start for p in pieces]
    assert len(pieces) == parts
    assert sum(sizes) == total
    assert max(sizes) - min(sizes) <= 1
    assert [p.start for p in pieces[1:]] == [p.stop for p in pieces[:-1]]


def test_nothing_is_cut_into_no_pieces() -> None:
    assert cut(0, 0) == []
    assert cut_by_weight(np.zeros(0), 3) == []


def test_pieces_by_weight_by_hand() -> None:
    assert cut_by_weight(np.array([1.0, 1, 1, 1, 4]), 2) == [slice(0, 4), slice(4, 5)]
    assert cut_by_weight(np.array([6.0, 1, 1, 1, 1, 1, 1]), 2) == [slice(0, 1), slice(1, 7)]
    assert cut_by_weight(np.zeros(4), 2) == [slice(0, 2), slice(2, 4)]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.integers(1, 40))
@settings(deadline=None)
def test_pieces_by_weight_are_never_empty(weights: list[float], parts: int) -> None:
    pieces = cut_by_weight(np.array(weights), parts)
    assert len(pieces) == min(parts, len(weights))
    assert all(p.stop > p.start for p in pieces)
    assert [i for p in pieces for i in range(p.start, p.stop)] == list(range(len(weights)))


@pytest.mark.parametrize("parts", [2, 3, 5])
def test_no_piece_is_heavier_than_its_share_by_more_than_one_thing(parts: int) -> None:
    weights = np.random.default_rng(1).uniform(0.5, 2.0, 40)
    shares = [weights[p].sum() for p in cut_by_weight(weights, parts)]
    assert max(shares) <= weights.sum() / parts + 2 * weights.max()
