"""One station from its settings: every voter has one fate, and what holds on every day."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from typing import Any

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.config.voting import VotingSettings
from sim.errors import UserError
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import draw_voters
from sim.voting.engine import follow_voters, run_stations
from sim.voting.kernel import fates
from sim.voting.rules import rules_of
from sim.voting.station import FATES, simulate_station
from tests.voting.test_station import check_servers, reached

INF = np.inf
CROWDED = ("voting.balking={mean_people: 25, cv: 0.5}", "voting.patience={mean_minutes: 25, cv: 0.5}")
TROUBLED = (
    Conditions(opens_at=452.0, ballots=290)
    .changing(500.0, 1.0, 0.1, (0, 0, 2, 0))
    .changing(570.0, 0.5, 0.2, (0, 0, 0, 0))
    .changing(600.0, 0.0, 0.4, (0, 0, 0, 0))
    .changing(620.0, 1.0, 0.0, (0, 0, 0, 0))
)
"""Late opening, too few ballots, two booths out of use, a slow half hour and twenty minutes of standstill."""


@functools.cache
def packaged(*overrides: str) -> Scenario:
    return load("calm_day", list(overrides))


def crowded() -> VotingSettings:
    return packaged(*CROWDED).voting


def test_every_voter_of_a_troubled_day_has_one_fate() -> None:
    """Balking, leaving and coming back, priority, late opening, booths out of use, short ballots, an evacuation."""
    seen: set[int] = set()
    voting = crowded()
    emptied = TROUBLED.changing(640.0, 0.0, 0.3).evacuating(640.0).all_clear(660.0).changing(675.0, 1.0, 0.0)
    for conditions in (Conditions(), TROUBLED, emptied, emptied.changing(720.0, 0.0, 0.0).abandoning(720.0)):
        for day in range(10):
            one = simulate_station(voting, 620, day=day, conditions=conditions)
            assert one.voters is not None
            assert one.table.counts[0, : fates.N_FATES].sum() == len(one.voters) == one.table.due[0]
            named = one.voters.fate.value_counts()
            for code, name in FATES.items():
                assert one.table.counts[0, code] == named.get(name, 0)
            assert one.table.away[0] == one.table.in_line[0] == one.table.in_room[0] == 0
            assert one.table.voted[0] <= conditions.ballots
            check_rows(one.voters, voting, max(voting.open, conditions.opens_at), conditions)
            seen |= set(np.flatnonzero(one.table.counts[0, : fates.N_FATES]).tolist())
    assert seen == set(FATES) - {fates.AWAY, fates.IN_LINE, fates.IN_ROOM}


def check_rows(voters: Any, voting: VotingSettings, opening: float, conditions: Conditions) -> None:
    """Voters came, were served and left in order, inside the hours."""
    voted = voters[voters.fate == "voted"]
    times = voted[["arrived", "joined", *(f"{s.name} {w}" for s in voting.stages for w in ("start", "finish")), "left"]]
    assert np.all(np.diff(times.to_numpy(), axis=1) >= -1e-9)
    assert times.iloc[:, 2].min() >= opening
    assert voters.joined.max() <= voting.close + conditions.extended
    assert np.all(voted.wait >= -1e-9)
    assert np.all(np.isnan(voters.wait[voters.fate != "voted"]))
    gone = voters[voters.fate.isin(["lost_impatient", "lost_balked", "lost_unsupplied"])]
    assert np.all(gone.left >= gone.joined)
    assert np.all(gone.left[gone.fate == "lost_balked"] == gone.joined[gone.fate == "lost_balked"])


@pytest.mark.parametrize("voting", [packaged().voting, crowded()], ids=["packaged", "crowded"])
@pytest.mark.parametrize("conditions", [Conditions(), TROUBLED], ids=["undisturbed", "troubled"])
@pytest.mark.parametrize("day", range(3))
def test_littles_law_at_every_stage_of_every_day(voting: VotingSettings, conditions: Conditions, day: int) -> None:
    """The people counted by looks between all events, times their length, are the minutes spent by all of them."""
    stages = len(voting.stages)
    draws = draw_voters(np.array([330]), voting, packaged().weather, Streams(4, day))
    rules = dataclasses.replace(rules_of(voting), impatient_return=0.0)
    _, times = follow_voters(draws, rules, flatten([conditions]))
    events = np.concatenate([times.joined, times.left, times.start.ravel(), times.finish.ravel()])
    edges = np.unique(events[~np.isnan(events)])
    line, room = 0.0, 0.0
    for begin, end in itertools.pairwise(edges.tolist()):
        look = run_stations(draws, rules, flatten([conditions]), until=float((begin + end) / 2))
        line += look.in_line[0] * (end - begin)
        room += look.in_room[0] * (end - begin)
    until = np.where(np.isnan(times.start[0]), times.left, times.start[0])
    assert line == pytest.approx(np.nansum(until - times.joined), rel=1e-9)
    assert room == pytest.approx(np.nansum(times.left - times.start[0]), rel=1e-9)
    spent = sum(np.nansum(times.finish[k] - reached(times, k)) for k in range(stages))
    gone = times.fate != fates.VOTED
    assert line + room == pytest.approx(spent + np.nansum((times.left - times.joined)[gone]), rel=1e-9)
    assert fates.VOTED in times.fate
    assert fates.LOST_IMPATIENT in times.fate or conditions is not TROUBLED or voting == packaged().voting
    check_servers(times, rules.servers.tolist())


def test_a_station_from_settings() -> None:
    voting = packaged().voting
    one = simulate_station(voting, 550, seed=3)
    assert one.voters is not None
    stages = [f"{s.name} {what}" for s in voting.stages for what in ("start", "finish")]
    assert list(one.voters) == ["arrived", "group", "priority", "fate", "joined", *stages, "left", "wait"]
    assert set(one.voters.group.cat.categories) == {"roll", "moved_in", "identity_card"}
    assert one.voters.arrived.is_monotonic_increasing
    assert 300 < one.table.voted[0] < 560
    assert one.table.wait_sum[0] == pytest.approx(one.voters.wait.sum())
    assert one.table.priority_voted[0] == (one.voters.priority & one.voters.fate.eq("voted")).sum()
    assert one.closed == max(voting.close, one.voters.left[one.voters.fate == "voted"].max())


def test_the_same_day_again_another_day_and_another_seed() -> None:
    voting = packaged().voting
    first = simulate_station(voting, 500)
    again, tomorrow, other = (simulate_station(voting, 500, seed=s, day=d) for s, d in ((1, 0), (1, 1), (2, 0)))
    assert first.voters is not None
    assert first.voters.equals(again.voters)
    assert not first.voters.equals(tomorrow.voters)
    assert not first.voters.equals(other.voters)


@pytest.mark.parametrize("conditions", [None, TROUBLED])
def test_both_engines_play_the_same_station(conditions: Conditions | None) -> None:
    voting = crowded()
    slow = voting.model_copy(update={"engine": "reference"})
    a, b = (simulate_station(v, 400, conditions=conditions) for v in (voting, slow))
    unseen = simulate_station(slow, 400, conditions=conditions, follow=False)
    assert a.voters is not None
    assert b.voters is not None
    assert unseen.voters is None
    assert a.voters.fate.equals(b.voters.fate)
    for name in a.voters.select_dtypes("float"):
        np.testing.assert_allclose(a.voters[name], b.voters[name], atol=1e-9, rtol=0, err_msg=str(name))
    for table in (b.table, unseen.table):
        assert np.array_equal(a.table.counts, table.counts)
    assert unseen.closed == pytest.approx(a.closed)


def test_so_many_voters_as_wanted() -> None:
    voting = packaged().voting
    for voters in (0, 1, 300, 500):
        one = simulate_station(voting, 500, voters=voters)
        assert one.voters is not None
        assert len(one.voters) == one.table.due[0] == voters
        assert one.voters.group.eq("roll").all()
    assert simulate_station(voting, 0, voters=0).closed == voting.close


def test_rain_keeps_some_at_home() -> None:
    scenario = packaged("weather=heavy_rain")
    dry = [int(simulate_station(scenario.voting, 600, day=d).table.due[0]) for d in range(40)]
    wet = [int(simulate_station(scenario.voting, 600, day=d, weather=scenario.weather).table.due[0]) for d in range(40)]
    assert np.mean(wet) / np.mean(dry) == pytest.approx(scenario.weather.turnout_factor, abs=0.03)


def test_weather_may_be_named() -> None:
    scenario = packaged("weather=heavy_rain")
    named, given = (simulate_station(scenario.voting, 600, weather=w).voters for w in ("heavy_rain", scenario.weather))
    assert named is not None
    assert named.equals(given)


def test_a_poisson_number_of_voters_comes_where_the_settings_say_so() -> None:
    quiet = packaged().voting.model_copy(update={"turnout_spread": 0.0, "turnout_share": 1.0})
    poisson = quiet.model_copy(update={"turnout_count": "poisson"})
    due = [int(simulate_station(poisson, 300, day=day, follow=False).table.due[0]) for day in range(300)]
    mean = 300 * (1.0 + quiet.moved_in.share_of_roll + quiet.identity_card.share_of_roll)
    assert np.mean(due) == pytest.approx(mean, abs=4 * np.sqrt(mean / 300))
    assert np.var(due) == pytest.approx(mean, rel=0.35)
    assert int(simulate_station(poisson, 300, voters=250, follow=False).table.due[0]) == 250


def test_a_station_that_stands_still_for_good_never_closes() -> None:
    voting = packaged().voting
    stopped = Conditions().changing(600.0, 0.0, 0.0)
    for follow in (True, False):
        assert simulate_station(voting, 400, conditions=stopped, follow=follow).closed == INF


@pytest.mark.parametrize(
    ("registered", "kwargs", "said"),
    [
        (-1, {}, "registered.*-1"),
        (10, {"voters": 11}, "voters: 11 .*10 are registered"),
        (10, {"voters": -1}, "voters.*-1"),
        (10, {"voters": 2.5}, "voters.*2.5"),
        (10.5, {}, "registered.*10.5"),
        (10, {"day": -1}, "day.*-1"),
        (10, {"seed": -1}, "seed.*-1"),
        (2**63, {}, "registered must be 5,000,000 or less, not 9,223,372,036,854,775,808"),
        (10, {"seed": 2**64}, "seed must be 18,446,744,073,709,551,615 or less"),
        (10, {"weather": "hevy_rain"}, "weather: unknown 'hevy_rain'; did you mean 'heavy_rain'"),
        (10, {"weather": 0.95}, "weather: settings are needed, like scenario.weather"),
        (10, {"conditions": Conditions(out=((0, 0, 0, 0, 1),))}, "conditions.out: servers of stage 5"),
    ],
)
def test_impossible_numbers_are_refused_by_name(registered: int, kwargs: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        simulate_station(packaged().voting, registered, **kwargs)
