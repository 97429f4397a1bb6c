"""The compiled engine and the process-per-voter reference are the same station, voter by voter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.config.compose import load
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten, undisturbed
from sim.voting.draws import VoterDraws, draw_voters
from sim.voting.engine import VoterTimes, follow_voters, run_stations
from sim.voting.kernel import fates
from sim.voting.reference import follow_reference, summarise, vote_all
from sim.voting.rules import Rules, rules_of
from sim.voting.station import station_voters

INF = np.inf
QUIET = {"deadline": None, "derandomize": True, "suppress_health_check": [HealthCheck.too_slow]}


@dataclass
class Case:
    draws: VoterDraws
    rules: Rules
    conditions: Conditions
    until: float


@st.composite
def cases(draw: st.DrawFn, cut: bool | None = None) -> Case:
    """A station of up to 40 voters and whatever may happen to it.

    Hypothesis chooses the structure, a seeded generator the times: two things at the very same instant have no order
    that both engines must share.
    """
    g = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, stages = draw(st.integers(0, 40)), draw(st.integers(1, 4))
    servers = np.array(draw(st.lists(st.integers(1, 4), min_size=stages, max_size=stages)), dtype=np.int64)
    opening, closing = 60.0, 60.0 + g.uniform(20, 120)
    draws = station_voters(
        np.sort(g.uniform(40, closing, n)),
        g.exponential(g.uniform(0.5, 6), (stages, n)),
        patience=g.exponential(20, n) if draw(st.booleans()) else None,
        line_limit=g.integers(0, 8, n).astype(float) if draw(st.booleans()) else None,
        priority=g.random(n) < draw(st.sampled_from([0.0, 0.3, 0.7])),
        deterred_mark=g.random(n),
        return_mark=g.random(n),
        return_delay=g.exponential(10, n),
    )
    first = np.array(draw(st.lists(st.booleans(), min_size=stages, max_size=stages)))
    rules = Rules(servers, opening, closing, g.random(), g.random(), first, draw(st.sampled_from([0.0, 0.6])))
    speeds = draw(st.lists(st.sampled_from([0.0, 0.3, 0.8, 1.0, 1.5]), max_size=6))
    shares = [draw(st.sampled_from([0.0, 0.5, 0.9])) for _ in speeds]
    times = np.sort(g.uniform(30, closing + 30, len(speeds))).tolist()
    emptied = np.sort(g.uniform(30, closing + 30, (draw(st.integers(0, 3)), 2)).ravel()).reshape(-1, 2).tolist()
    if emptied and draw(st.booleans()):
        emptied[-1][1] = INF
    few = st.lists(st.sampled_from([0, 0, 1, 2, 9]), max_size=stages).map(tuple)
    conditions = Conditions(
        (-INF, *times),
        (1.0, *speeds),
        (draw(st.sampled_from([0.0, 0.2])), *shares),
        tuple((a, b) for a, b in emptied),
        g.uniform(40, closing + 20) if draw(st.booleans()) and draw(st.booleans()) else INF,
        ((), *(draw(few) if draw(st.booleans()) else () for _ in speeds)),
        opens_at=g.uniform(50, 100) if draw(st.booleans()) else -INF,
        extended=draw(st.sampled_from([0.0, 15.0])),
        ballots=float(draw(st.integers(0, n + 1))) if draw(st.booleans()) and draw(st.booleans()) else INF,
        door_open=(True, *(draw(st.sampled_from([True, True, False])) for _ in speeds)),
    )
    return Case(
        draws, rules, conditions, g.uniform(30, closing + 40) if (draw(st.booleans()) if cut is None else cut) else INF
    )


def compare(a: VoterTimes, b: VoterTimes) -> None:
    assert np.array_equal(a.fate, b.fate)
    for name in ("joined", "start", "finish", "left"):
        np.testing.assert_allclose(getattr(a, name), getattr(b, name), atol=1e-9, rtol=0, err_msg=name)


def agree(case: Case) -> None:
    table, compiled = follow_voters(case.draws, case.rules, flatten([case.conditions]), until=case.until)
    reference = follow_reference(case.draws, case.rules, [case.conditions], case.until)
    compare(compiled, reference)
    slow = summarise(case.draws, reference)
    assert np.array_equal(table.counts, slow.counts)
    np.testing.assert_allclose(table.wait_sum, slow.wait_sum, atol=1e-7)
    np.testing.assert_allclose(table.priority_wait_sum, slow.priority_wait_sum, atol=1e-7)
    np.testing.assert_allclose(table.last_voted, slow.last_voted, atol=1e-9)


def known_by(conditions: Conditions, time: float) -> Conditions:
    """What somebody at this time knows."""
    k = sum(t <= time for t in conditions.times)
    return Conditions(
        conditions.times[:k],
        conditions.speeds[:k],
        conditions.deterred[:k],
        tuple((a, b if b <= time else INF) for a, b in conditions.evacuations if a <= time),
        conditions.abandoned_at if conditions.abandoned_at <= time else INF,
        conditions.out[:k],
        conditions.opens_at,
        conditions.extended,
        conditions.ballots,
        conditions.door_open[:k],
    )


@settings(max_examples=300, **QUIET)
@given(cases())
def test_both_engines_give_every_voter_the_same_day(case: Case) -> None:
    agree(case)


@pytest.mark.slow
@settings(max_examples=6000, **QUIET)
@given(cases())
def test_both_engines_give_every_voter_the_same_day_thousands_of_times(case: Case) -> None:
    agree(case)


@settings(max_examples=150, **QUIET)
@given(cases(cut=True))
def test_a_look_at_some_moment_needs_nothing_that_happens_later(case: Case) -> None:
    all_known, a = follow_voters(case.draws, case.rules, flatten([case.conditions]), until=case.until)
    so_far, b = follow_voters(
        case.draws, case.rules, flatten([known_by(case.conditions, case.until)]), until=case.until
    )
    assert np.array_equal(a.fate, b.fate)
    assert np.array_equal(all_known.counts, so_far.counts)
    for name in ("joined", "start", "finish", "left"):
        assert np.array_equal(getattr(a, name), getattr(b, name), equal_nan=True)


@settings(max_examples=150, **QUIET)
@given(cases(cut=False))
def test_every_voter_has_one_fate_and_a_visit_in_order(case: Case) -> None:
    table, times = follow_voters(case.draws, case.rules, flatten([case.conditions]))
    assert table.due[0] == len(case.draws.arrival)
    assert table.away[0] == 0
    voted = times.fate == fates.VOTED
    assert np.all(times.wait[:, voted] >= -1e-9)
    assert np.all(times.joined[voted] >= case.draws.arrival[voted])
    assert np.all(times.joined[voted] <= case.rules.closing + case.conditions.extended)
    assert np.all(times.start[0, voted] >= case.rules.opening)
    spent = (times.finish - times.start)[:, voted]
    fastest = max(case.conditions.speeds)
    assert np.all(spent >= case.draws.service[:, voted] / max(fastest, 1e-9) - 1e-9)
    assert np.all(times.start[0, voted] - times.joined[voted] <= case.draws.patience[voted] + 1e-9)
    assert voted.sum() <= case.conditions.ballots
    inside = (times.fate == fates.IN_LINE) | (times.fate == fates.IN_ROOM)
    if case.conditions.speeds[-1] > 0 and case.conditions.door_open[-1] and not any(case.conditions.out[-1]):
        assert not inside.any()


@settings(max_examples=100, **QUIET)
@given(cases(cut=False), st.floats(0, 1))
def test_what_comes_before_a_change_is_bit_for_bit_as_without_it(case: Case, where: float) -> None:
    change = 60 + where * (case.rules.closing - 60)
    plain = flatten([Conditions()])
    slowed = flatten([Conditions().changing(change, 0.4, 0.3).evacuating(change + 5)])
    _, a = follow_voters(case.draws, case.rules, plain, until=change)
    _, b = follow_voters(case.draws, case.rules, slowed, until=change)
    assert np.array_equal(a.finish, b.finish, equal_nan=True)
    assert np.array_equal(a.start, b.start, equal_nan=True)


def test_conditions_that_change_nothing_change_no_bit() -> None:
    scenario = load("calm_day", [])
    draws = draw_voters(np.full(5, 500), scenario.voting, scenario.weather, Streams(5, 0))
    rules = rules_of(scenario.voting)
    calm = run_stations(draws, rules, undisturbed(np.zeros(5)))
    touched = Conditions((-INF, 500.0, 600.0), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    same = run_stations(draws, rules, flatten([touched] * 5))
    assert np.array_equal(calm.counts, same.counts)
    assert np.array_equal(calm.wait_sum, same.wait_sum)
    assert np.array_equal(calm.last_voted, same.last_voted)


def test_a_calm_regency_of_the_packaged_settings_agrees_and_any_choice_of_stations_too() -> None:
    scenario = load("calm_day", [])
    draws = draw_voters(np.full(8, 550), scenario.voting, scenario.weather, Streams(2, 1))
    compiled = run_stations(draws, rules_of(scenario.voting), undisturbed(np.zeros(8)))
    reference = vote_all(draws, scenario.voting)
    assert np.array_equal(compiled.counts, reference.counts)
    np.testing.assert_allclose(compiled.wait_sum, reference.wait_sum, rtol=1e-9)
    np.testing.assert_allclose(compiled.last_voted, reference.last_voted, atol=1e-9)
    some = np.array([6, 2])
    part = run_stations(draws, rules_of(scenario.voting), undisturbed(np.zeros(2)), some)
    assert np.array_equal(part.counts, compiled.counts[some])
    assert np.array_equal(part.wait_sum, compiled.wait_sum[some])


def test_several_disturbed_stations_agree() -> None:
    scenario = load("calm_day", ["voting.patience={mean_minutes: 10, cv: 1}"])
    voting = scenario.voting
    draws = draw_voters(np.full(4, 300), voting, scenario.weather, Streams(3, 0))
    conditions = [
        Conditions().changing(500.3, 0.0, 0.6).evacuating(500.3).all_clear(540.7).changing(555.7, 1.0, 0.0),
        Conditions().changing(480.1, 0.5, 0.4).changing(620.9, 1.0, 0.0),
        Conditions(deterred=(0.1,)).changing(700.2, 0.0, 0.1).abandoning(780.0),
        Conditions(),
    ]
    table, compiled = follow_voters(draws, rules_of(voting), flatten(conditions))
    reference = follow_reference(draws, rules_of(voting), conditions)
    compare(compiled, reference)
    assert np.all(table.counts[:3, fates.VOTED] < table.due[:3])
    assert table.lost_evacuated[0] > 0
    assert table.deferred[2] > 0
    assert table.lost_impatient.sum() > 0
