"""Another country's station is a file of settings: it composes, runs alone as its theory says, and in a region."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.config.compose import load
from sim.config.voting import VotingSettings
from sim.day import simulate_day
from sim.day.world import prepare
from sim.voting.station import simulate_station
from tests.conftest import small_scenario

EVENLY = 'voting.arrivals=[{from_time: "07:00", to_time: "20:00", share: 1}]'


def precinct(*overrides: str) -> VotingSettings:
    return load("calm_day", ["voting=precinct_scanner", *overrides]).voting


def test_it_composes() -> None:
    voting = precinct()
    assert (voting.open, voting.close) == (420.0, 1200.0)
    assert [(stage.name, stage.servers) for stage in voting.stages] == [("check-in", 2), ("booth", 6), ("scanner", 1)]
    assert voting.mean_minutes == (1.5, 5.0, 0.5)
    assert voting.patience is None
    assert voting.balking is None
    assert sum(piece.share for piece in voting.arrivals) == pytest.approx(1.0)


def days(voting: VotingSettings, voters: int, number: int) -> list[pd.DataFrame]:
    found = []
    for day in range(number):
        one = simulate_station(voting, 2000, voters=voters, day=day)
        assert one.voters is not None
        assert one.table.voted[0] == voters == len(one.voters)
        assert one.closed >= voting.close
        found.append(one.voters)
    return found


def test_one_voter_a_minute_waits_as_long_as_in_the_tandem_of_its_theory() -> None:
    """Jackson network in the steady state: 1.928571, 2.937580 and 0.5 minutes; 12.366154 in all with the services.

    After the first three hours of even arrivals, the mean over 200 days lies within one day's deviation of it. The
    number of voters of a day is given, not Poisson, which makes lines a little shorter.
    """
    seen = []
    for voters in days(precinct(EVENLY), 780, 200):
        late = voters[voters.arrived > 600]
        seen.append([
            (late["check-in start"] - late.joined).mean(),
            (late["booth start"] - late["check-in finish"]).mean(),
            (late["scanner start"] - late["booth finish"]).mean(),
            (late.left - late.joined).mean(),
        ])  # fmt: skip
    mean, deviation = np.mean(seen, axis=0), np.std(seen, axis=0, ddof=1)
    exact = np.array([1.928571, 2.937580, 0.5, 12.366154])
    assert np.all(np.abs(mean - exact) < deviation)
    assert np.all(np.abs(mean - exact) < 0.15 * exact)


def test_a_crowded_evening_has_longer_waits_than_a_quiet_morning() -> None:
    voters = pd.concat(days(precinct(), 700, 20))
    evening, quiet = voters[voters.arrived > 1080], voters[voters.arrived.between(580, 700)]
    assert evening.wait.mean() > 5 * quiet.wait.mean()
    assert voters.fate.eq("voted").all()
    assert voters.group.eq("roll").all()
    assert not voters.priority.any()


def test_a_whole_day_of_a_region_with_such_stations_keeps_its_accounts() -> None:
    log = simulate_day(prepare(small_scenario("voting=precinct_scanner")), "even_spread", 0)
    table = log.tables["stations"]
    assert np.all(table["voted"] <= table["due"])
    assert np.nanmax(table["last_voted"]) > 1195
