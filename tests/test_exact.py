"""The exact functions are accurate; that they give the same bits everywhere is tests/voting/test_same_bytes.py."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special, stats

from sim import exact

RNG = np.random.default_rng(7)
TINY = np.array([5e-324, 1e-310, 2.3e-308])


def units(found: NDArray[Any], wanted: NDArray[np.float64], kind: type = np.float64) -> float:
    """Return the greatest error in units of the last place."""
    return float(np.max(np.abs(found.astype(float) - wanted) / np.spacing(np.abs(wanted).astype(kind)).astype(float)))


@pytest.mark.parametrize(
    ("function", "known", "x"),
    [
        (
            exact.log,
            math.log,
            np.concatenate([10 ** RNG.uniform(-307, 308, 5000), 1 + RNG.normal(0, 1e-3, 5000), TINY]),
        ),
        (exact.exp, math.exp, np.concatenate([RNG.uniform(-707, 709, 5000), RNG.normal(0, 1e-3, 5000)])),
        (exact.log1p, math.log1p, np.concatenate([10 ** RNG.uniform(-20, 20, 5000), -RNG.random(5000)])),
    ],
)
def test_double_precision(function: Callable[[float], float], known: Callable[[float], float], x: Any) -> None:
    found, wanted = (np.array([f(value) for value in x.tolist()]) for f in (function, known))
    assert units(found, wanted) <= 2.0


def test_at_the_edges() -> None:
    inf = math.inf
    assert [exact.log(x) for x in (0.0, 1.0, inf)] == [-inf, 0.0, inf]
    assert [exact.exp(x) for x in (-inf, -709.0, 0.0, 710.0, inf)] == [0.0, 0.0, 1.0, inf, inf]
    assert [exact.log1p(x) for x in (0.0, 1e-300, inf)] == [0.0, 1e-300, inf]
    assert [exact.normal(u) for u in (0.0, 0.5, 1.0)] == [-inf, 0.0, inf]
    assert all(math.isnan(value) for value in (exact.log(-1.0), exact.exp(math.nan), exact.normal(-0.1)))


def test_normal_scores_are_the_inverse_of_the_normal_distribution_function_and_grow() -> None:
    u = np.sort(
        np.concatenate([RNG.random(5000), 10 ** RNG.uniform(-300, -1, 2000), 1 - 10 ** RNG.uniform(-15, -1, 2000)])
    )
    found = np.array([exact.normal(value) for value in u.tolist()])
    assert found == pytest.approx(special.ndtri(u), rel=1e-14, abs=1e-15)
    assert np.all(np.diff(found) >= 0)


def test_single_precision() -> None:
    shares = (RNG.integers(1, 2**24 + 1, 5000) / 2.0**24).astype(np.float32)
    logs = np.array([exact.log32(x) for x in shares])
    assert units(logs[shares < 1], np.log(shares[shares < 1].astype(float)), np.float32) <= 1.0
    assert exact.log32(np.float32(1.0)) == 0.0
    powers = RNG.uniform(-86, 87, 5000).astype(np.float32)
    assert units(np.array([exact.exp32(x) for x in powers]), np.exp(powers.astype(float)), np.float32) <= 1.0
    beyond = [exact.exp32(np.float32(x)) for x in (-1e9, -100.0, 100.0, 1e9)]
    assert beyond == [exact.exp32(np.float32(x)) for x in (-87.0, -87.0, 88.0, 88.0)]


def test_turns_go_round_the_circle() -> None:
    turns = np.concatenate([RNG.integers(0, 2**24, 5000), np.arange(8) * 2**21, np.arange(8) * 2**21 + 2**21 - 1])
    found = np.array([exact.turn32(np.int32(k)) for k in turns])
    angle = 2.0 * np.pi * turns / 2.0**24
    assert np.abs(found - np.column_stack([np.cos(angle), np.sin(angle)])).max() < 1.2e-7


def test_scores_are_standard_normal_and_one_uniform_number_each() -> None:
    drawn = exact.scores(np.random.default_rng(3), 50_000)
    assert stats.kstest(drawn, "norm").pvalue > 1e-3
    rng = np.random.default_rng(3)
    assert [exact.score(rng) for _ in range(5)] == drawn[:5].tolist()


def test_each_number_has_its_power() -> None:
    x = RNG.normal(0, 3, 100)
    out = np.empty(100)
    exact.exp_each(x, out)
    assert out.tolist() == [exact.exp(value) for value in x.tolist()]
