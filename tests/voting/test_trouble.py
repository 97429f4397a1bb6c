from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy import stats

from sim.config.compose import load
from sim.config.distribution import Empirical, MeanOnly
from sim.config.voting import VotingSettings
from sim.streams import Streams
from sim.voting.trouble import Troubles, draw_troubles

VOTING: VotingSettings = load("calm_day", []).voting
STATIONS = 20_000
REGISTERED = np.full(STATIONS, 400)


def with_trouble(**kinds: dict) -> VotingSettings:
    trouble = VOTING.trouble
    changed = {name: getattr(trouble, name).model_copy(update=update) for name, update in kinds.items()}
    return VOTING.model_copy(update={"trouble": trouble.model_copy(update=changed)})


def draw(voting: VotingSettings = VOTING, day: int = 0, registered: np.ndarray = REGISTERED) -> Troubles:
    return draw_troubles(registered, voting, Streams(1, day))


OFTEN = with_trouble(late_opening={"share": 0.3}, out_of_use={"share": 0.2}, short_ballots={"share": 0.4})


def test_each_kind_strikes_its_share_of_stations() -> None:
    drawn = draw(OFTEN)
    for struck, share in (
        (np.isfinite(drawn.opens_at).sum(), 0.3),
        (len(drawn.outages), 0.2),
        ((drawn.ballots < drawn.ballots.max()).sum(), 0.4),
    ):
        assert abs(struck - share * STATIONS) < 4 * np.sqrt(share * (1 - share) * STATIONS)


def test_kinds_strike_independently() -> None:
    drawn = draw(OFTEN)
    out = np.zeros(STATIONS, dtype=bool)
    out[[o.station for o in drawn.outages]] = True
    struck = np.array([np.isfinite(drawn.opens_at), out, drawn.ballots < drawn.ballots.max()])
    assert abs(np.corrcoef(struck)[np.triu_indices(3, 1)]).max() < 4 / np.sqrt(STATIONS)


def test_late_openings_are_lognormal_after_the_hour_of_opening() -> None:
    drawn = draw(OFTEN)
    delay = drawn.opens_at[np.isfinite(drawn.opens_at)] - VOTING.open
    setting = VOTING.trouble.late_opening.delay
    sigma = np.sqrt(np.log1p(setting.cv**2))
    law = stats.lognorm(sigma, scale=setting.mean_minutes * np.exp(-(sigma**2) / 2))
    assert stats.kstest(delay, law.cdf).pvalue > 1e-3
    assert np.all(drawn.opens_at[~np.isfinite(drawn.opens_at)] == -np.inf)


def test_outages_begin_in_polling_hours_and_last_lognormal_minutes() -> None:
    outages = draw(OFTEN).outages
    begin, end = np.array([o.begin for o in outages]), np.array([o.end for o in outages])
    assert stats.kstest(begin, stats.uniform(VOTING.open, VOTING.close - VOTING.open).cdf).pvalue > 1e-3
    setting = VOTING.trouble.out_of_use.duration
    sigma = np.sqrt(np.log1p(setting.cv**2))
    law = stats.lognorm(sigma, scale=setting.mean_minutes * np.exp(-(sigma**2) / 2))
    assert stats.kstest(end - begin, law.cdf).pvalue > 1e-3
    assert [o.station for o in outages] == sorted({o.station for o in outages})


def test_outages_concern_the_stage_and_servers_of_the_setting() -> None:
    voting = with_trouble(out_of_use={"share": 1.0, "stage": VOTING.stages[1].name, "servers": 3})
    assert {(o.stage, o.servers) for o in draw(voting).outages} == {(1, 3)}
    assert {o.stage for o in draw(OFTEN).outages} == {2}


def test_ballots_are_rounded_up() -> None:
    registered = np.array([0, 1, 10, 400, 401])
    plain = VOTING.model_copy(update={"ballots": VOTING.ballots.model_copy(update={"per_registered": 1.1})})
    none_short = plain.model_copy(update={"trouble": with_trouble(short_ballots={"share": 0.0}).trouble})
    assert draw(none_short, registered=registered).ballots.tolist() == [0, 2, 11, 440, 442]
    short = with_trouble(short_ballots={"share": 1.0, "missing_share": 0.25}).trouble
    all_short = plain.model_copy(update={"trouble": short})
    assert draw(all_short, registered=registered).ballots.tolist() == [0, 2, 9, 330, 332]
    most = with_trouble(short_ballots={"share": 1.0, "missing_share": 0.7}).trouble
    assert draw(plain.model_copy(update={"trouble": most}), registered=registered).ballots.tolist() == [
        0,
        1,
        4,
        132,
        133,
    ]
    plain_roll = VOTING.model_copy(update={"ballots": VOTING.ballots.model_copy(update={"per_registered": 1.0})})
    drawn = draw(plain_roll.model_copy(update={"trouble": most}), registered=registered)
    assert drawn.ballots.tolist() == [0, 1, 3, 120, 121]  # (1 - 0.7) times 10 is a hair above 3 in binary


@pytest.mark.parametrize("registered", [np.array([], dtype=np.int64), np.array([300])])
def test_without_trouble_everything_is_as_planned(registered) -> None:
    nothing = {"share": 0.0}
    drawn = draw(with_trouble(late_opening=nothing, out_of_use=nothing, short_ballots=nothing), registered=registered)
    assert drawn.opens_at.tolist() == [-np.inf] * len(registered)
    assert drawn.ballots.tolist() == np.ceil(1.025 * registered).tolist()
    assert drawn.outages == ()


def test_more_trouble_adds_stations_and_leaves_the_others_as_they_were() -> None:
    few = draw(OFTEN)
    more = draw(with_trouble(late_opening={"share": 0.5}, out_of_use={"share": 0.3}, short_ballots={"share": 0.6}))
    late = np.isfinite(few.opens_at)
    assert np.array_equal(few.opens_at[late], more.opens_at[late])
    assert np.isfinite(more.opens_at).sum() > late.sum()
    assert set(few.outages) < set(more.outages)
    assert np.all(more.ballots <= few.ballots) and np.any(more.ballots < few.ballots)


@pytest.mark.parametrize("kind", ["late_opening", "out_of_use", "short_ballots", "put_off"])
def test_one_kind_leaves_the_others_alone(kind) -> None:
    fields = {"late_opening": "opens_at", "out_of_use": "outages", "short_ballots": "ballots", "put_off": "put_off"}
    field, share = fields[kind], "stopped_share" if kind == "put_off" else "share"
    a, b = draw(), draw(with_trouble(**{kind: {share: 0.5}}))
    same = {f.name: np.array_equal(getattr(a, f.name), getattr(b, f.name)) for f in dataclasses.fields(Troubles)}
    assert same == {name: name != field for name in same}


def test_the_same_day_has_the_same_trouble_and_another_day_another() -> None:
    a, b, c = draw(OFTEN), draw(OFTEN), draw(OFTEN, day=1)
    assert a.outages == b.outages and np.array_equal(a.opens_at, b.opens_at) and np.array_equal(a.ballots, b.ballots)
    assert a.outages != c.outages
    assert not np.array_equal(a.opens_at, c.opens_at) and not np.array_equal(a.ballots, c.ballots)


def test_late_openings_and_outages_take_any_distribution() -> None:
    measured = Empirical(distribution="empirical", values=(10, 45), unit="minutes")
    half_hours = MeanOnly(distribution="constant", mean_seconds=1800)
    voting = with_trouble(
        late_opening={"share": 1.0, "delay": measured}, out_of_use={"share": 1.0, "duration": half_hours}
    )
    drawn = draw(voting, registered=np.full(50, 400))
    assert set((drawn.opens_at - voting.open).tolist()) == {10.0, 45.0}
    assert {round(o.end - o.begin, 9) for o in drawn.outages} == {30.0}


def test_polls_are_put_off_at_the_hour_of_opening_or_at_any_time_of_the_polling_hours() -> None:
    drawn = draw(with_trouble(put_off={"later_share": 0.1, "stopped_share": 0.2})).put_off
    assert [one.station for one in drawn] == sorted({one.station for one in drawn}), "each once"
    times = np.array([one.time for one in drawn])
    never_open, stopped = times == VOTING.open, times[times > VOTING.open]
    for struck, share in ((never_open.sum(), 0.1), (len(stopped), 0.9 * 0.2)):
        assert abs(struck - share * STATIONS) < 4 * np.sqrt(share * (1 - share) * STATIONS)
    hours = stats.uniform(VOTING.open, VOTING.close - VOTING.open)
    assert stats.kstest(stopped, hours.cdf).pvalue > 1e-3


def test_a_larger_share_puts_off_more_polls_and_those_as_before_and_none_puts_off_none() -> None:
    few = set(draw(with_trouble(put_off={"later_share": 0.0, "stopped_share": 0.1})).put_off)
    more = set(draw(with_trouble(put_off={"later_share": 0.0, "stopped_share": 0.2})).put_off)
    assert few < more
    assert draw(with_trouble(put_off={"later_share": 0.0, "stopped_share": 0.0})).put_off == ()


def test_the_packaged_shares_are_the_national_counts_of_what_no_disturbance_causes() -> None:
    """In 445 stations: later polls 0.25 less 0.12 stations with a disaster, continued 0.10 and repeat polls 0.15."""
    put_off = VOTING.trouble.put_off
    assert 445 * put_off.later_share == pytest.approx(0.25 - 0.12, abs=0.005)
    assert 445 * put_off.stopped_share == pytest.approx(0.10 + 0.15, abs=0.005)
