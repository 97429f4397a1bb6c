from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.config.compose import load
from sim.config.distribution import Empirical, MeanAndSpread, MeanOnly
from sim.config.voters import ArrivalInterval
from sim.config.voting import VotingSettings
from sim.config.weather import WeatherSettings
from sim.errors import UserError
from sim.streams import Streams
from sim.voting.draws import VoterDraws, draw_due, draw_voters, expected_shares

SCENARIO = load("calm_day", [])
VOTING: VotingSettings = SCENARIO.voting
WEATHER: WeatherSettings = SCENARIO.weather
REGISTERED = np.full(60, 480)
FIELDS = tuple(VoterDraws.__dataclass_fields__)


def draw(
    voting: VotingSettings = VOTING, replication: int = 0, registered: np.ndarray = REGISTERED, **more: Any
) -> VoterDraws:
    weather = more.pop("weather", WEATHER)
    return draw_voters(registered, voting, weather, Streams(1, replication), **more)


def changed(*path: str, voting: Any = VOTING, **update: Any) -> Any:
    """Return the settings with some in one of their groups changed."""
    if not path:
        return voting.model_copy(update=update)
    inner = changed(*path[1:], voting=getattr(voting, path[0]), **update)
    return voting.model_copy(update={path[0]: inner})


def lognormal_of(minutes: float) -> MeanAndSpread:
    return MeanAndSpread(distribution="lognormal", mean_minutes=minutes, cv=0.5)


def differing(a: VoterDraws, b: VoterDraws) -> set[str]:
    return {name for name in FIELDS if not np.array_equal(getattr(a, name), getattr(b, name))}


def station_of(d: VoterDraws) -> np.ndarray:
    return np.repeat(np.arange(len(d.due)), d.due)


def test_the_same_day_draws_the_same_numbers_and_another_day_others() -> None:
    assert differing(draw(), draw()) == set()
    assert differing(draw(), draw(replication=1)) == set(FIELDS)


def test_shapes_and_order() -> None:
    d = draw()
    n = int(d.first[-1])
    assert d.first.shape == (61,) and d.first[0] == 0
    for name in FIELDS[1:]:
        array = getattr(d, name)
        assert array.shape == {"service": (4, n), "counting_factor": (60,)}.get(name, (n,))
        assert array.dtype == {"priority": np.bool_, "group": np.int8}.get(name, np.float64)
        assert array.flags.c_contiguous
    assert d.due.sum() == n
    for a, b in zip(d.first[:-1], d.first[1:], strict=True):
        assert np.all(np.diff(d.arrival[a:b]) >= 0)
    assert d.arrival.min() >= min(p.from_time for p in VOTING.arrivals)
    assert d.arrival.max() <= VOTING.close
    assert np.all(d.service > 0)
    for mark in (d.deterred_mark, d.return_mark):
        assert stats.kstest(mark, "uniform").pvalue > 1e-3


def test_nobody_without_registered_voters() -> None:
    d = draw(registered=np.array([0, 3, 0]))
    assert d.due[0] == d.due[2] == 0
    assert d.due[1] <= 9
    assert draw(registered=np.array([], dtype=np.int64)).first.tolist() == [0]


def test_due_never_exceeds_registered_and_has_the_expected_mean_and_spread() -> None:
    registered = np.full(20000, 500)
    due = draw_due(registered, 0.7, 0.05, Streams(3, 0))
    assert due.max() <= 500
    assert due.mean() / 500 == pytest.approx(0.7, abs=0.0016)  # 4 standard errors of sqrt(0.05^2 + 0.21 / 500)
    within, between = 0.7 * 0.3 / 500, 0.05**2
    assert due.std() / 500 == pytest.approx(np.sqrt(between + within), rel=0.02)
    assert draw_due(registered, 1.0, 0.0, Streams(3, 0)).tolist() == registered.tolist()
    assert draw_due(registered, 0.99, 0.5, Streams(3, 0)).max() <= 500


@pytest.mark.parametrize(("group", "name"), [(1, "moved_in"), (2, "identity_card")])
def test_late_groups_have_their_number_and_come_evenly_between_their_hours(group, name) -> None:
    setting = getattr(VOTING, name)
    registered = np.full(1000, 500)
    rain = WEATHER.model_copy(update={"turnout_factor": 0.7})
    for weather, factor in ((WEATHER, WEATHER.turnout_factor), (rain, 0.7)):
        d = draw(registered=registered, weather=weather)
        number = np.bincount(station_of(d)[d.group == group], minlength=1000)
        mean, p = 500 * setting.share_of_roll * factor, setting.share_of_roll * factor
        assert number.mean() == pytest.approx(mean, abs=4 * np.sqrt(500 * p * (1 - p) / 1000))
        assert number.var() == pytest.approx(500 * p * (1 - p), rel=0.2)
    came = d.arrival[d.group == group]
    assert stats.kstest(came, stats.uniform(setting.from_time, VOTING.close - setting.from_time).cdf).pvalue > 1e-3


def test_due_counts_all_groups() -> None:
    d = draw()
    on_roll = draw(changed("moved_in", voting=changed("identity_card", share_of_roll=0.0), share_of_roll=0.0))
    assert np.all(on_roll.group == 0)
    assert np.array_equal(np.bincount(station_of(d)[d.group == 0]), on_roll.due)
    assert np.array_equal(d.arrival[d.group == 0], on_roll.arrival)
    assert set(d.group.tolist()) == {0, 1, 2}
    assert d.due.sum() == len(d.group) > on_roll.due.sum()


def test_late_voters_may_outnumber_the_roll() -> None:
    voting = changed("identity_card", voting=changed(turnout_share=0.0, turnout_spread=0.0), share_of_roll=1.0)
    d = draw(voting)
    assert np.all(d.due >= 480)
    assert np.all(d.group > 0)
    for a, b in zip(d.first[:-1], d.first[1:], strict=True):
        assert np.all(np.diff(d.arrival[a:b]) >= 0)


def test_arrivals_follow_the_profile_of_the_settings() -> None:
    d = draw(registered=np.full(200, 500))
    came = d.arrival[d.group == 0]
    counts = [np.sum((came >= p.from_time) & (came < p.to_time)) for p in VOTING.arrivals]
    shares = np.array([p.share for p in VOTING.arrivals])
    assert stats.chisquare(counts, shares / shares.sum() * sum(counts)).pvalue > 1e-3
    assert sum(counts) >= len(came) - 1


def test_weather_scales_turnout() -> None:
    registered = np.full(400, 500)
    rain = WEATHER.model_copy(update={"turnout_factor": 0.5})
    dry, wet = draw(registered=registered).due.mean(), draw(registered=registered, weather=rain).due.mean()
    assert wet / dry == pytest.approx(0.5 / WEATHER.turnout_factor, rel=0.02)


def test_districts_differ_by_their_factors_around_the_share_of_the_region() -> None:
    registered = np.where(np.arange(3000) < 1000, 600, 300)
    factor = np.where(np.arange(3000) < 1000, 0.8, 1.2)  # mean 1 by registered voters
    assert np.average(factor, weights=registered) == 1
    d, alike = draw(registered=registered, district_factor=factor), draw(registered=registered)
    turnout = np.bincount(station_of(d)[d.group == 0], minlength=3000)
    low, high = turnout[:1000].sum() / 600_000, turnout[1000:].sum() / 600_000
    error = 4 * np.sqrt(VOTING.turnout_spread**2 / 1000 + 0.25 / 600_000)
    share = VOTING.turnout_share * WEATHER.turnout_factor
    assert low == pytest.approx(0.8 * share, abs=error)
    assert high == pytest.approx(1.2 * share, abs=error)
    assert turnout.sum() / registered.sum() == pytest.approx(share, abs=error)
    assert np.sum(alike.group == 0) / registered.sum() == pytest.approx(share, abs=error)
    off = draw(changed(turnout_by_district=False), registered=registered, district_factor=factor)
    assert differing(off, alike) == set()


def test_expected_shares_are_cut_and_special_stations_keep_theirs() -> None:
    rain = WEATHER.model_copy(update={"turnout_factor": 0.5})
    special = np.array([False, False, False, True])
    shares = expected_shares(VOTING, rain, np.array([0.0, 1.1, 9.0, 9.0]), special)
    assert shares == pytest.approx([0.0, 0.72 * 0.5 * 1.1, 1.0, 0.85])
    assert expected_shares(VOTING, rain, None, special) == pytest.approx([0.36, 0.36, 0.36, 0.85])


def test_special_stations_differ_and_the_others_do_not_notice() -> None:
    special = np.arange(60) % 10 == 3
    rain = WEATHER.model_copy(update={"turnout_factor": 0.5})
    d, plain = draw(special=special, weather=rain), draw(weather=rain)
    there = special[station_of(d)]
    assert np.all(d.group[there] == 0)
    assert d.arrival[there].min() >= VOTING.special.arrivals[0].from_time
    assert d.arrival[there].max() <= VOTING.special.arrivals[0].to_time
    assert stats.kstest(d.arrival[there], stats.uniform(420, 240).cdf).pvalue > 1e-3
    assert np.all(np.isinf(d.patience[there])) and np.all(np.isinf(d.line_limit[there]))
    assert np.all(np.isfinite(d.patience[~there])) and np.all(np.isfinite(d.line_limit[~there]))
    error = 4 * np.sqrt(VOTING.turnout_spread**2 / 6 + 0.25 / (6 * 480))
    assert d.due[special].mean() / 480 == pytest.approx(VOTING.special.turnout_share, abs=error)
    late = [np.bincount(station_of(x)[x.group > 0], minlength=60)[~special] for x in (d, plain)]
    assert np.array_equal(*late)
    assert late[0].sum() > 0


def test_special_arrivals_and_turnout_are_settings() -> None:
    afternoon = (ArrivalInterval(from_time="12:00", to_time="13:00", share=1),)
    voting = changed("special", turnout_share=0.3, arrivals=afternoon)
    special = np.arange(60) == 3
    d = draw(voting, special=special)
    there = special[station_of(d)]
    assert d.arrival[there].min() >= 720
    assert d.due[3] < 0.7 * draw(special=special).due[3]
    assert differing(draw(voting), draw()) == set()


def test_priority_voters_have_their_share_and_take_longer_where_the_stage_says_so() -> None:
    d, slow = draw(changed("priority", share=0.2)), draw(changed("priority", share=0.0))
    n = len(d.priority)
    assert stats.binomtest(int(d.priority.sum()), n, 0.2).pvalue > 1e-3
    assert not slow.priority.any()
    assert differing(d, slow) == {"priority", "service"}
    for row, stage in enumerate(VOTING.stages):
        ratio = d.service[row] / slow.service[row]
        assert ratio[d.priority] == pytest.approx(stage.priority_factor)
        assert ratio[~d.priority] == pytest.approx(1.0)
    assert [stage.priority_factor for stage in VOTING.stages] == [1.0, 1.0, 2.0, 1.0]
    longer = d.service[0][d.priority], d.service[0][~d.priority]
    assert stats.ks_2samp(*longer).pvalue > 1e-3


def test_patience_and_line_limit_may_be_endless() -> None:
    endless = draw(changed(patience=None, balking=None))
    assert np.all(np.isinf(endless.patience)) and np.all(np.isinf(endless.line_limit))
    assert differing(endless, draw()) == {"patience", "line_limit"}


@pytest.mark.parametrize(
    ("name", "mean", "cv"),
    [
        ("patience", VOTING.patience.mean_minutes, VOTING.patience.cv),
        ("line_limit", VOTING.balking.mean_people, VOTING.balking.cv),
        ("return_delay", VOTING.absence.return_delay.mean_minutes, VOTING.absence.return_delay.cv),
    ],
)
def test_lognormal_draws_have_their_mean_and_spread(name, mean, cv) -> None:
    found = getattr(draw(), name)
    assert found.mean() == pytest.approx(mean, abs=4 * mean * cv / np.sqrt(len(found)))
    sigma = np.sqrt(np.log1p(cv**2))
    assert stats.kstest(found, stats.lognorm(sigma, scale=mean / np.sqrt(1 + cv**2)).cdf).pvalue > 1e-3


def test_purposes_are_independent() -> None:
    d = draw(changed("priority", share=0.5), registered=np.full(100, 500))
    on_roll = d.group == 0
    columns = [*d.service[[0, 1, 3]], *(getattr(d, name) for name in FIELDS[3:] if name != "counting_factor")]
    columns = [c[on_roll] for c in columns if c is not d.group]
    found = stats.spearmanr(np.array(columns), axis=1).statistic
    assert abs(found[np.triu_indices(len(columns), 1)]).max() < 4.5 / np.sqrt(on_roll.sum())


@pytest.mark.parametrize(
    ("voting", "fields"),
    [
        (changed(patience=lognormal_of(20)), {"patience"}),
        (changed("balking", mean_people=5), {"line_limit"}),
        (changed("balking", cv=0.1), {"line_limit"}),
        (changed("absence", return_delay=lognormal_of(3)), {"return_delay"}),
        (changed("counting", cv=0.4), {"counting_factor"}),
        (changed("priority", share=0.3), {"priority", "service"}),
        (changed(arrivals=VOTING.arrivals[:3]), {"arrival", "group"}),
        (changed(close=VOTING.close + 30), {"arrival", "group"}),
        (changed("moved_in", from_time=500.0), {"arrival", "group"}),
        (changed("identity_card", from_time=500.0), {"arrival", "group"}),
        (changed("moved_in", share_of_roll=0.05), set(FIELDS) - {"counting_factor"}),
        (changed("identity_card", share_of_roll=0.05), set(FIELDS) - {"counting_factor"}),
        (changed(turnout_share=0.5), set(FIELDS) - {"counting_factor"}),
        (changed(turnout_spread=0.1), set(FIELDS) - {"counting_factor"}),
    ],
)
def test_each_setting_changes_what_it_is_about_and_nothing_else(voting, fields) -> None:
    assert differing(draw(), draw(voting)) == fields


def test_more_stages_leave_the_other_draws_alone() -> None:
    a, b = draw(), draw(changed(stages=VOTING.stages[:2], patience=None))
    assert differing(a, b) == {"service", "patience"}
    assert np.array_equal(a.service[:2], b.service)


def test_stages_draw_separately_and_by_their_own_distribution() -> None:
    measured = Empirical(distribution="empirical", values=(30, 90))
    first, second, *rest = VOTING.stages
    voting = changed(stages=(first.model_copy(update={"service": measured}), second, *rest))
    a, b = draw(), draw(voting)
    assert np.array_equal(a.service[1:], b.service[1:])
    assert set(b.service[0].tolist()) == {0.5, 1.5}
    exponential = MeanOnly(distribution="exponential", mean_seconds=60)
    alike = draw(changed(stages=tuple(s.model_copy(update={"service": exponential}) for s in (first, second))))
    assert not np.array_equal(alike.service[0], alike.service[1])


@pytest.mark.parametrize(
    ("setting", "law", "field"),
    [
        ("voting.patience", "{distribution: gamma, mean_minutes: 30, cv: 0.5}", "patience"),
        ("voting.balking", "{distribution: triangular, low_people: 5, mode_people: 9, high_people: 40}", "line_limit"),
        ("voting.absence.return_delay", "{distribution: empirical, values: [5, 30], unit: minutes}", "return_delay"),
    ],
)
def test_patience_balking_and_returns_take_any_distribution(setting: str, law: str, field: str) -> None:
    voting = load("calm_day", [f"~{setting}", f"+{setting}={law}"]).voting
    found = getattr(draw(voting), field)
    laws = {
        "patience": stats.gamma(4, scale=30 / 4).cdf,
        "line_limit": stats.triang(4 / 35, 5, 35).cdf,
    }
    assert differing(draw(voting), draw()) == {field}
    if field in laws:
        assert stats.kstest(found, laws[field]).pvalue > 1e-3
    else:
        assert set(found.tolist()) == {5.0, 30.0}


def test_poisson_numbers_of_voters_have_their_mean_for_variance_and_may_exceed_the_roll() -> None:
    registered = np.full(20_000, 400)
    drawn = draw_due(registered, 0.9, 0.0, Streams(3, 0), "poisson")
    assert drawn.mean() == pytest.approx(360, abs=4 * np.sqrt(360 / 20_000))
    assert drawn.var() == pytest.approx(360, rel=0.05)
    assert drawn.max() > 400
    voting = changed(turnout_count="poisson")
    assert differing(draw(voting), draw()) == set(FIELDS) - {"counting_factor"}
    d = draw(changed("moved_in", voting=voting, share_of_roll=0.1), registered=np.full(3000, 500))
    late = np.bincount(station_of(d)[d.group == 1], minlength=3000)
    assert late.var() == pytest.approx(late.mean(), rel=0.1)


def test_a_larger_turnout_lets_the_same_voters_come_and_more() -> None:
    few, more = (draw_due(REGISTERED, share, 0.05, Streams(1, 0)) for share in (0.7, 0.72))
    assert np.all(more >= few)


def test_bad_input_is_refused() -> None:
    with pytest.raises(UserError, match="station 1 has -3"):
        draw(registered=np.array([5, -3]))
    for factor in (np.full(60, -0.1), np.full(60, np.nan), np.full(60, np.inf)):
        with pytest.raises(UserError, match="district_factor: every factor"):
            draw(district_factor=factor)
    with pytest.raises(UserError, match="district_factor: 3 values for 60 stations"):
        draw(district_factor=np.ones(3))
    with pytest.raises(UserError, match="special: 3 values for 60 stations"):
        draw(special=np.zeros(3, dtype=bool))
