from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.config.distribution import Empirical, Law, MeanAndSpread, MeanOnly, Triangular
from sim.config.voters import ArrivalInterval
from sim.streams import Streams
from sim.voting.sampling import (
    bits,
    chances,
    lengthen,
    lognormal_times,
    merge,
    ordered_arrivals,
    profile,
    times,
    uniforms,
)

HOUR = (ArrivalInterval(from_time="00:00", to_time="01:00", share=1),)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def all_alike(first: np.ndarray, pieces: tuple[ArrivalInterval, ...], seed: int = 0) -> np.ndarray:
    return ordered_arrivals(first, [profile(pieces)], np.zeros(len(first) - 1, dtype=np.int64), rng(seed))


def test_bits_are_even_and_neighbours_independent() -> None:
    drawn = bits(100_001, rng(5))
    assert len(drawn) == 100_001
    for shift in (0, 8, 16, 24):
        counts = np.bincount((drawn >> shift) & 255, minlength=256)
        assert stats.chisquare(counts).pvalue > 1e-3
    pairs = np.bincount((drawn[:-1] >> 28) * 16 + (drawn[1:] >> 28), minlength=256)
    assert stats.chisquare(pairs).pvalue > 1e-3


def test_uniforms_and_chances() -> None:
    out = np.empty(50_000)
    uniforms(rng(1), out)
    assert stats.kstest(out, "uniform").pvalue > 1e-3
    assert out.min() >= 0 and out.max() < 1
    assert not chances(0.0, 1000, rng()).any()
    assert chances(1.0, 1000, rng()).all()
    assert stats.binomtest(int(chances(0.12, 50_000, rng(2)).sum()), 50_000, 0.12).pvalue > 1e-3


def test_a_larger_chance_only_adds() -> None:
    fewer, more = chances(0.1, 5000, rng(3)), chances(0.3, 5000, rng(3))
    assert np.all(more[fewer])
    assert more.sum() > fewer.sum()


def test_bulk_generators_go_by_name_seed_and_day() -> None:
    first = Streams(1, 0).bulk("a").random(4).tolist()
    assert Streams(1, 0).bulk("a").random(4).tolist() == first
    others = (Streams(1, 0).bulk("b"), Streams(2, 0).bulk("a"), Streams(1, 1).bulk("a"), Streams(1, 0).generator("a"))
    assert all(other.random(4).tolist() != first for other in others)


@pytest.mark.parametrize(
    ("duration", "law"),
    [
        (
            Triangular(distribution="triangular", low_seconds=30, mode_seconds=60, high_seconds=150),
            stats.triang(0.25, 0.5, 2.0),
        ),
        (
            Triangular(distribution="triangular", low_seconds=0, mode_seconds=0, high_seconds=60),
            stats.triang(0.0, 0.0, 1.0),
        ),
        (
            Triangular(distribution="triangular", low_seconds=60, mode_seconds=120, high_seconds=120),
            stats.triang(1.0, 1.0, 1.0),
        ),
        (MeanAndSpread(distribution="gamma", mean_seconds=90, cv=0.5), stats.gamma(4, scale=1.5 / 4)),
        (MeanAndSpread(distribution="gamma", mean_seconds=60, cv=1.5), stats.gamma(1 / 2.25, scale=2.25)),
        (
            MeanAndSpread(distribution="lognormal", mean_seconds=120, cv=0.8),
            stats.lognorm(np.sqrt(np.log(1.64)), scale=2 / np.sqrt(1.64)),
        ),
        (MeanOnly(distribution="exponential", mean_seconds=45), stats.expon(scale=0.75)),
    ],
)
def test_service_times_have_their_distribution(duration, law) -> None:
    n = 50_001  # odd: the last of the pairs is cut
    out = np.empty(n)
    times(duration, out, rng(2))
    assert stats.kstest(out, law.cdf).pvalue > 1e-3
    assert law.mean() == pytest.approx(duration.mean)
    assert out.mean() == pytest.approx(law.mean(), abs=4 * law.std() / np.sqrt(n))
    assert out.std() / out.mean() == pytest.approx(law.std() / law.mean(), rel=0.03)
    assert out.min() >= 0


def test_constant_times() -> None:
    out = np.empty(5)
    times(MeanOnly(distribution="constant", mean_seconds=90), out, rng())
    assert out.tolist() == [1.5] * 5
    for name in ("lognormal", "gamma"):
        for mean, cv in ((30.0, 0.0), (0.0, 0.5)):
            times(MeanAndSpread(distribution=name, mean_minutes=mean, cv=cv), out, rng())
            assert out.tolist() == [mean] * 5


def test_measured_times_come_back_as_often_as_measured() -> None:
    duration = Empirical(distribution="empirical", values=(30, 45, 45, 120))
    out = np.empty(40_000)
    times(duration, out, rng(6))
    found, counts = np.unique(out, return_counts=True)
    assert found.tolist() == [0.5, 0.75, 2.0]
    assert stats.chisquare(counts, [10_000, 20_000, 10_000]).pvalue > 1e-3
    assert out.mean() == pytest.approx(duration.mean, rel=0.02)


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [
        (
            Triangular(distribution="triangular", low_seconds=60, mode_seconds=120, high_seconds=360),
            Triangular(distribution="triangular", low_minutes=1, mode_minutes=2, high_minutes=6),
        ),
        *(
            (
                MeanAndSpread(distribution=name, mean_seconds=120, cv=0.8),
                MeanAndSpread(distribution=name, mean_minutes=2, cv=0.8),
            )
            for name in ("lognormal", "gamma")
        ),
        *(
            (MeanOnly(distribution=name, mean_seconds=120), MeanOnly(distribution=name, mean_minutes=2))
            for name in ("exponential", "constant")
        ),
        (
            Empirical(distribution="empirical", values=(60, 120, 300)),
            Empirical(distribution="empirical", values=(1, 2, 5), unit="minutes"),
        ),
    ],
)
def test_sixty_seconds_are_a_minute(seconds: Law, minutes: Law) -> None:
    drawn = np.empty((2, 99))
    for row, law in zip(drawn, (seconds, minutes), strict=True):
        times(law, row, rng(4))
    assert np.array_equal(*drawn)


@pytest.mark.parametrize("cv", [0.1, 0.7, 1.0, 3.0])
def test_gamma_numbers_of_every_shape(cv: float) -> None:
    out = np.empty(20_000)
    times(MeanAndSpread(distribution="gamma", mean_minutes=5, cv=cv), out, rng(9))
    assert stats.kstest(out, stats.gamma(1 / cv**2, scale=5 * cv**2).cdf).pvalue > 1e-3
    assert np.all(np.abs(np.corrcoef(out[:-1], out[1:])[0, 1]) < 4 / np.sqrt(20_000))


@pytest.mark.parametrize("n", [1, 2, 7])
def test_few_lognormal_numbers(n) -> None:
    drawn = np.array([one_row(n, seed) for seed in range(3000)])
    law = stats.lognorm(np.sqrt(np.log(1.25)), scale=10 / np.sqrt(1.25))
    for column in range(n):
        assert stats.kstest(drawn[:, column], law.cdf).pvalue > 1e-3
    if n > 1:
        assert abs(np.corrcoef(np.log(drawn), rowvar=False)[0, 1:]).max() < 4 / np.sqrt(3000)


def one_row(n: int, seed: int) -> np.ndarray:
    out = np.empty(n)
    lognormal_times(10.0, 0.5, rng(seed), out)
    return out


def test_paired_normal_numbers_are_independent() -> None:
    n = 40_000
    out = np.empty(n)
    lognormal_times(1.0, 1.0, rng(8), out)
    a, b = np.log(out[: n // 2]), np.log(out[n // 2 :])
    sigma = np.sqrt(np.log(2))
    for half in (a, b):
        assert half.mean() == pytest.approx(-(sigma**2) / 2, abs=4 * sigma / np.sqrt(n // 2))
        assert half.std() == pytest.approx(sigma, rel=4 / np.sqrt(n))
    a, b = a - a.mean(), b - b.mean()
    for x, y in ((a, b), (a**2, b**2), (abs(a), b)):
        assert abs(np.corrcoef(x, y)[0, 1]) < 4 / np.sqrt(n // 2)


def test_lengthen_only_those_chosen() -> None:
    out = np.array([1.0, 2.0, 3.0])
    lengthen(out, 2.5, np.array([True, False, True]))
    assert out.tolist() == [2.5, 2.0, 7.5]
    lengthen(out, 1.0, np.array([True, True, True]))
    assert out.tolist() == [2.5, 2.0, 7.5]


def test_arrivals_follow_the_profile() -> None:
    pieces = (
        ArrivalInterval(from_time="07:00", to_time="08:00", share=1),
        ArrivalInterval(from_time="10:00", to_time="11:00", share=3),  # nobody between 08:00 and 10:00
        ArrivalInterval(from_time="11:00", to_time="11:30", share=1),
    )
    found = all_alike(np.arange(0, 40_001, 100), pieces, 4)
    counts = [np.sum((found >= a) & (found <= b)) for a, b in ((420, 480), (600, 660), (660.0001, 690))]
    assert sum(counts) == len(found)
    assert stats.chisquare(counts, [8000, 24_000, 8000]).pvalue > 1e-3
    for a, width in ((420, 60), (600, 60), (660, 30)):
        inside = found[(found >= a) & (found <= a + width)]
        assert stats.kstest(inside, stats.uniform(a, width).cdf).pvalue > 1e-3


def test_arrivals_are_uniform_order_statistics() -> None:
    n, stations = 9, 20_000
    u = all_alike(np.arange(0, n * stations + 1, n), HOUR, 1).reshape(stations, n) / 60
    assert np.all(np.diff(u, axis=1) >= 0)
    for k in (1, 5, 9):
        assert stats.kstest(u[:, k - 1], stats.beta(k, n + 1 - k).cdf).pvalue > 1e-3


def test_neighbouring_stations_share_no_numbers() -> None:
    n, stations = 4, 20_000
    u = all_alike(np.arange(0, n * stations + 1, n), HOUR, 2).reshape(stations, n)
    for first in (u[1:, 0], u[1:, 3]):
        assert abs(stats.spearmanr(u[:-1, -1], first).statistic) < 4 / np.sqrt(stations)


def test_each_station_follows_its_own_profile_and_place() -> None:
    later = (ArrivalInterval(from_time="05:00", to_time="06:00", share=1),)
    first, begin = np.array([0, 30, 30, 70]), np.array([5, 40, 50])
    out = np.full(100, -1.0)
    ordered_arrivals(first, [profile(HOUR), profile(later)], np.array([0, 1, 1]), rng(), begin, out)
    assert np.flatnonzero(out >= 0).tolist() == [*range(5, 35), *range(50, 90)]
    assert out[5:35].max() <= 60 and out[50:90].min() >= 300 and out.max() <= 360


def test_another_profile_elsewhere_leaves_a_station_alone() -> None:
    later = (ArrivalInterval(from_time="05:00", to_time="06:00", share=1),)
    first, both = np.array([0, 30, 70]), [profile(HOUR), profile(later)]
    same = ordered_arrivals(first, both, np.array([0, 0]), rng())
    apart = ordered_arrivals(first, both, np.array([0, 1]), rng())
    assert np.array_equal(same[:30], apart[:30])
    assert apart[30:] == pytest.approx(same[30:] + 300)


def test_profile_orders_its_pieces_and_leaves_out_empty_ones() -> None:
    knot, mass = profile(
        (
            ArrivalInterval(from_time="10:00", to_time="11:00", share=3),
            ArrivalInterval(from_time="08:00", to_time="09:00", share=0),
            ArrivalInterval(from_time="07:00", to_time="08:00", share=1),
        )
    )
    assert knot.tolist() == [420, 480, 600, 660]
    assert mass.tolist() == [0, 0.25, 0.25, 1]


few_times = st.lists(st.integers(0, 12).map(float), max_size=7).map(sorted)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(few_times, few_times, few_times), min_size=1, max_size=4))
def test_merging_is_a_stable_sort(stations) -> None:
    sizes = np.array([[len(group) for group in station] for station in stations])
    first = np.concatenate(([0], np.cumsum(sizes.sum(axis=1))))
    arrival, group = np.full(first[-1], -1.0), np.zeros(first[-1], dtype=np.int8)
    for station, a in zip(stations, first[:-1], strict=True):
        arrival[a : a + len(station[0])] = station[0]
    for code in (1, 2):
        added_first = np.concatenate(([0], np.cumsum(sizes[:, code])))
        added = np.array([time for station in stations for time in station[code]], dtype=float)
        merge(first, sizes[:, :code].sum(axis=1), added_first, added, code, arrival, group)
    for k, station in enumerate(stations):
        wanted = sorted((time, code) for code in range(3) for time in station[code])
        found = slice(first[k], first[k + 1])
        assert list(zip(arrival[found].tolist(), group[found].tolist(), strict=True)) == wanted
