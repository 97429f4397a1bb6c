from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.config.compose import load
from sim.config.distribution import Delay, MeanAndSpread, MeanOnly, Triangular
from sim.config.voting import ArrivalInterval, VotingSettings
from sim.config.weather import WeatherSettings
from sim.errors import UserError
from sim.streams import Streams
from sim.voting.draws import VoterDraws, draw_due, draw_voters
from sim.voting.sampling import arrivals, lognormal_times, profile, service_times

SCENARIO = load("calm_day", [])
VOTING: VotingSettings = SCENARIO.voting
WEATHER: WeatherSettings = SCENARIO.weather
REGISTERED = np.full(60, 480)


def draw(voting: VotingSettings = VOTING, replication: int = 0, registered: np.ndarray = REGISTERED) -> VoterDraws:
    return draw_voters(registered, voting, WEATHER, Streams(1, replication))


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_the_same_day_draws_the_same_numbers_and_another_day_others() -> None:
    a, b, c = draw(), draw(), draw(replication=1)
    for name in VoterDraws.__dataclass_fields__:
        assert np.array_equal(getattr(a, name), getattr(b, name))
    assert not np.array_equal(a.arrival, c.arrival)


def test_shapes_and_order() -> None:
    d = draw()
    n = int(d.first[-1])
    assert d.first.shape == (61,)
    assert d.due.sum() == n == len(d.arrival) == len(d.patience) == len(d.return_delay)
    assert d.service.shape == (4, n)
    assert d.counting_factor.shape == (60,)
    for a, b in zip(d.first[:-1], d.first[1:], strict=True):
        assert np.all(np.diff(d.arrival[a:b]) >= 0)
    assert d.arrival.min() >= min(p.from_time for p in VOTING.arrivals)
    assert d.arrival.max() <= VOTING.close
    assert np.all(d.service > 0)
    assert np.all((d.return_mark >= 0) & (d.return_mark < 1))


def test_nobody_without_registered_voters() -> None:
    d = draw(registered=np.array([0, 3, 0]))
    assert d.due[0] == d.due[2] == 0
    assert d.due[1] <= 3


def test_due_never_exceeds_registered_and_has_the_expected_mean_and_spread() -> None:
    registered = np.full(20000, 500)
    due = draw_due(registered, 0.7, 0.05, Streams(3, 0))
    assert due.max() <= 500
    assert due.mean() / 500 == pytest.approx(0.7, abs=0.0012)
    within, between = 0.7 * 0.3 / 500, 0.05**2
    assert due.std() / 500 == pytest.approx(np.sqrt(between + within), rel=0.02)
    assert draw_due(registered, 1.0, 0.0, Streams(3, 0)).tolist() == registered.tolist()
    assert draw_due(registered, 0.99, 0.5, Streams(3, 0)).max() <= 500


def test_weather_and_expected_share_scale_turnout() -> None:
    registered = np.full(400, 500)
    rain = WEATHER.model_copy(update={"turnout_factor": 0.5})
    dry = draw_voters(registered, VOTING, WEATHER, Streams(1, 0)).due.mean()
    wet = draw_voters(registered, VOTING, rain, Streams(1, 0)).due.mean()
    assert wet / dry == pytest.approx(0.5 / WEATHER.turnout_factor, rel=0.02)
    own = np.where(np.arange(400) < 200, 0.2, 0.8)
    due = draw_voters(registered, VOTING, WEATHER, Streams(1, 0), own).due
    assert due[200:].mean() / due[:200].mean() == pytest.approx(4, rel=0.05)


def test_arrivals_follow_the_profile() -> None:
    pieces = (
        ArrivalInterval(from_time="07:00", to_time="08:00", share=1),
        ArrivalInterval(from_time="10:00", to_time="11:00", share=3),  # nobody between 08:00 and 10:00
    )
    first = np.arange(0, 40001, 100)
    found = arrivals(first, pieces, rng())
    early = found < 500
    assert not np.any((found > 480) & (found < 600))
    assert early.mean() == pytest.approx(0.25, abs=0.011)
    assert stats.kstest(found[early], stats.uniform(420, 60).cdf).pvalue > 1e-3
    assert stats.kstest(found[~early], stats.uniform(600, 60).cdf).pvalue > 1e-3


def test_arrivals_are_uniform_order_statistics() -> None:
    pieces = (ArrivalInterval(from_time="00:00", to_time="01:00", share=1),)
    n, stations = 9, 20000
    u = arrivals(np.arange(0, n * stations + 1, n), pieces, rng(1)).reshape(stations, n) / 60
    for k in (1, 5, 9):
        assert stats.kstest(u[:, k - 1], stats.beta(k, n + 1 - k).cdf).pvalue > 1e-3


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
    out = np.empty(50000)
    service_times(duration, out, rng(2))
    assert stats.kstest(out, law.cdf).pvalue > 1e-3
    assert out.mean() == pytest.approx(duration.mean_minutes, rel=0.03)
    assert np.all(out >= 0)


def test_constant_times_and_delays() -> None:
    out = np.empty(5)
    service_times(MeanOnly(distribution="constant", mean_seconds=90), out, rng())
    assert out.tolist() == [1.5] * 5
    assert lognormal_times(Delay(mean_minutes=30, cv=0), 3, rng()).tolist() == [30.0] * 3
    drawn = lognormal_times(Delay(mean_minutes=30, cv=0.5), 100000, rng(4))
    assert drawn.mean() == pytest.approx(30, rel=0.01)
    assert drawn.std() == pytest.approx(15, rel=0.03)


def test_patience_may_be_endless() -> None:
    assert np.all(np.isinf(draw(VOTING.model_copy(update={"patience": None})).patience))
    assert np.all(np.isfinite(draw(VOTING.model_copy(update={"patience": Delay(mean_minutes=20)})).patience))


def test_more_stages_leave_the_other_draws_alone() -> None:
    a, b = draw(), draw(VOTING.model_copy(update={"stages": VOTING.stages[:2], "patience": None}))
    assert np.array_equal(a.arrival, b.arrival)
    assert np.array_equal(a.service[:2], b.service)
    assert np.array_equal(a.deterred_mark, b.deterred_mark)


def test_bad_input_is_refused() -> None:
    with pytest.raises(UserError, match="station 1 has -3"):
        draw(registered=np.array([5, -3]))
    with pytest.raises(UserError, match="expected_share"):
        draw_voters(REGISTERED, VOTING, WEATHER, Streams(1, 0), np.full(60, 1.2))
