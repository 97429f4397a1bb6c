"""Who should wait elsewhere: by hand, and against trying every move."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.response.command.cover import Cover
from sim.response.command.relocation import best_move, who_moves_up

VOTERS = np.array([1000.0, 100.0, 400.0])
SITES = np.eye(3, dtype=np.bool_)


def test_the_second_of_two_at_one_place_fills_the_worst_gap() -> None:
    cover = Cover((4, 7), np.array([[1, 0, 0], [1, 0, 0]], dtype=np.bool_), VOTERS, 0.5)
    minutes = {4: [0.0, 5.0, 20.0], 7: [0.0, 5.0, 15.0]}
    move = best_move(cover, {4: SITES, 7: SITES}, minutes, 30.0)
    assert move is None or move.gain == pytest.approx(0.5 * 400 - 0.25 * 1000), "250 lost for 200 won"
    assert move is None
    rarely = cover._replace(busy=0.1)
    move = best_move(rarely, {4: SITES, 7: SITES}, minutes, 30.0)
    assert move is not None and (move.unit, move.base) == (7, 2), "both would do: the one who is nearer"
    assert move.gain == pytest.approx(0.9 * 400 - 0.09 * 1000)
    assert best_move(rarely, {4: SITES, 7: SITES}, minutes, 10.0) is None, "a hundred voters are not worth it"


@given(st.integers(0, 10_000), st.floats(0.0, 1.0))
@settings(deadline=None, max_examples=60)
def test_no_other_move_adds_more(seed: int, busy: float) -> None:
    rng = np.random.default_rng(seed)
    reached, sites = rng.random((3, 6)) < 0.4, rng.random((4, 6)) < 0.4
    cover = Cover((0, 1, 2), reached, rng.integers(0, 500, 6).astype(float), busy)
    minutes = {unit: rng.uniform(0, 60, 4).tolist() for unit in cover.units}
    move = best_move(cover, dict.fromkeys(cover.units, sites), minutes, 40.0)
    gains = []
    for unit in cover.units:
        for base in range(4):
            if minutes[unit][base] <= 40.0:
                moved = reached.copy()
                moved[unit] = sites[base]
                gains.append(cover._replace(reached=moved).expected() - cover.expected())
    most = max(gains, default=0.0)
    if move is None:
        assert most <= 1e-9
    else:
        assert move.gain == pytest.approx(most)
        assert minutes[move.unit][move.base] <= 40.0


def test_who_moves_up_by_hand() -> None:
    assert who_moves_up([30.0, 50.0], {1: 20.0, 2: 35.0}, 10.0, 60.0) == 1
    assert who_moves_up([30.0, 10.0], {1: 20.0}, 10.0, 60.0) is None, "one waits as near as that already"
    assert who_moves_up([30.0], {1: 20.0}, 10.0, 15.0) is None, "too far"
    assert who_moves_up([], {}, 10.0, inf) is None
