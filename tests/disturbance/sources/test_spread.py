"""Followers of a disturbance: how many, when, where; and the clusters they make."""

from __future__ import annotations

from math import exp, factorial

import numpy as np
import pytest

from sim.disturbance.sources.spread import draw_followers, place_weights, thinning


def test_places_by_hand() -> None:
    # weights 1 x e^0, 3 x e^-1, 8 x e^-2 and the origin itself
    km, weight = np.array([0.0, 0.0, 4.0, 8.0]), np.array([5.0, 1.0, 3.0, 8.0])
    raw = np.array([0.0, 1.0, 3.0 * exp(-1), 8.0 * exp(-2)])
    assert place_weights(km, weight, 4.0, (0,)) == pytest.approx(raw / raw.sum())
    assert (km.tolist(), weight.tolist()) == ([0.0, 0.0, 4.0, 8.0], [5.0, 1.0, 3.0, 8.0])  # left alone


def test_a_station_that_no_road_reaches_gets_none() -> None:
    chances = place_weights(np.array([0.0, np.inf, 3.0]), np.ones(3), 4.0, (0,))
    assert chances.tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(("km", "weight"), [([0.0], [1.0]), ([0.0, np.inf], [1.0, 1.0]), ([0.0, 2.0], [1.0, 0.0])])
def test_without_any_other_place_there_are_no_followers(km: list[float], weight: list[float]) -> None:
    chances = place_weights(np.array(km), np.array(weight), 4.0, (0,))
    assert not chances.any()
    assert len(draw_followers(50.0, 30.0, chances, np.random.default_rng(1)).delay) == 0


def test_number_delay_and_place_have_their_distributions() -> None:
    chances, rng = np.array([0.0, 0.5, 0.2, 0.3]), np.random.default_rng(2)
    drawn = [draw_followers(2.5, 30.0, chances, rng) for _ in range(6_000)]
    number = np.array([len(d.delay) for d in drawn])
    assert abs(number.mean() - 2.5) / np.sqrt(2.5 / len(number)) < 3.5
    assert number.var() == pytest.approx(2.5, rel=0.08)
    delay, place, mark = (np.concatenate([getattr(d, name) for d in drawn]) for name in ("delay", "place", "mark"))
    n = len(delay)
    assert abs(delay.mean() - 30.0) / (30.0 / np.sqrt(n)) < 3.5
    assert abs(np.mean(delay > 30.0) - exp(-1)) / np.sqrt(exp(-1) * (1 - exp(-1)) / n) < 3.5
    share = np.bincount(place, minlength=4) / n
    assert share[0] == 0.0
    assert np.all(np.abs(share - chances)[1:] / np.sqrt(chances * (1 - chances) / n)[1:] < 3.5)
    assert abs(mark.mean() - 0.5) / np.sqrt(1 / 12 / n) < 3.5


def test_a_mean_of_zero_gives_none() -> None:
    assert len(draw_followers(0.0, 30.0, np.array([0.5, 0.5]), np.random.default_rng(3)).place) == 0


def test_thinning_falls_with_the_officers() -> None:
    assert thinning(0.5, 0.0) == 1.0
    assert thinning(0.5, 2.0) == pytest.approx(exp(-1.0))
    assert thinning(0.0, 50.0) == 1.0


def cluster(mean: float, officers: float, rng: np.random.Generator) -> int:
    """Return how many disturbances come of one, over twenty equal stations, itself counted."""
    waiting, size = [0], 0
    while waiting:
        station, size = waiting.pop(), size + 1
        chances = place_weights(np.zeros(20), np.ones(20), 4.0, (station,))
        drawn = draw_followers(mean, 30.0, chances, rng)
        waiting += drawn.place[drawn.mark < thinning(0.5, officers)].tolist()
    return size


def test_clusters_have_the_borel_sizes() -> None:
    # With a mean of one half: P(n) = exp(-n/2) (n/2)^(n-1) / n!, mean 2, variance 4.
    rng = np.random.default_rng(4)
    sizes = np.array([cluster(0.5, 0.0, rng) for _ in range(6_000)])
    for n, known in enumerate((0.606531, 0.183940, 0.083674, 0.045112, 0.026720), start=1):
        p = exp(-n / 2) * (n / 2) ** (n - 1) / factorial(n)
        assert p == pytest.approx(known, abs=1e-6)
        assert abs(np.mean(sizes == n) - p) / np.sqrt(p * (1 - p) / len(sizes)) < 3.5
    assert abs(sizes.mean() - 2.0) / (2.0 / np.sqrt(len(sizes))) < 3.5


def test_officers_everywhere_make_clusters_smaller_as_a_smaller_mean_would() -> None:
    # Thinned Poisson: mean 0.5 exp(-1), so clusters of 1 / (1 - 0.5 exp(-1)).
    rng = np.random.default_rng(5)
    sizes = np.array([cluster(0.5, 2.0, rng) for _ in range(6_000)])
    expected = 1.0 / (1.0 - 0.5 * exp(-1.0))
    assert abs(sizes.mean() - expected) / (sizes.std(ddof=1) / np.sqrt(len(sizes))) < 3.5
