"""A branch's voters: those of the day up to the fork, then those of the branch, whichever stations are needed first."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config.compose import load
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import VoterDraws, draw_voters
from sim.voting.engine import ENGINES
from sim.voting.rules import rules_of
from sim.voting.splice import BranchVoters

SCENARIO = load("calm_day", [])
REGISTERED = np.array([480, 0, 300, 17, 560])
STATIONS = len(REGISTERED)
FORK = 600.0


def drawn(replication: int) -> VoterDraws:
    return draw_voters(REGISTERED, SCENARIO.voting, SCENARIO.weather, Streams(1, replication))


DAY, OTHER = drawn(0), drawn(1)


def plainly(fork: float) -> dict[str, np.ndarray]:
    """The same voters put together a station at a time, with masks."""
    parts: dict[str, list[np.ndarray]] = {}
    for station in range(STATIONS):
        mine, others = (slice(d.first[station], d.first[station + 1]) for d in (DAY, OTHER))
        early, late = DAY.arrival[mine] < fork, OTHER.arrival[others] >= fork
        for name in (f.name for f in fields(VoterDraws) if f.name not in ("first", "counting_factor")):
            before, after = getattr(DAY, name)[..., mine], getattr(OTHER, name)[..., others]
            parts.setdefault(name, []).append(np.concatenate([before[..., early], after[..., late]], axis=-1))
    found = {name: np.concatenate(part, axis=-1) for name, part in parts.items()}
    found["first"] = np.cumsum([0, *(part.size for part in parts["arrival"])])
    return found


def branch(fork: float = FORK) -> BranchVoters:
    return BranchVoters(DAY, OTHER, fork, OTHER.counting_factor)


@pytest.mark.parametrize("fork", [0.0, 431.7, FORK, 779.0, 5000.0, np.inf])
def test_every_voter_is_of_the_course_that_he_arrives_on(fork: float) -> None:
    voters = branch(fork)
    for name, column in plainly(fork).items():
        found = getattr(voters, name)
        assert found.dtype == getattr(DAY, name).dtype and found.tobytes() == column.tobytes(), name
    assert voters.counting_factor is OTHER.counting_factor


@given(st.lists(st.lists(st.integers(0, STATIONS - 1), max_size=4), max_size=4))
def test_the_stations_that_are_needed_are_there_in_any_order(asked: list[list[int]]) -> None:
    voters, whole = branch(), plainly(FORK)
    for stations in asked:
        hand, numbers = voters.at_hand(np.array(stations, dtype=np.int64))
        for station, number in zip(stations, numbers.tolist(), strict=True):
            part = slice(voters.first[station], voters.first[station + 1])
            mine = slice(hand.first[number], hand.first[number + 1])
            assert hand.arrival[mine].tobytes() == whole["arrival"][part].tobytes()
            assert hand.service[:, mine].tobytes() == whole["service"][:, part].tobytes()
    assert voters.group.tobytes() == whole["group"].tobytes()
    assert voters.at_hand(np.array([3]))[0] is voters, "all are there: none is put together again"


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_both_engines_ask_for_the_voters_whom_they_play(engine: str) -> None:
    voters, rules, stations = branch(), rules_of(SCENARIO.voting), np.array([2, 4])
    whole = VoterDraws(counting_factor=OTHER.counting_factor, **plainly(FORK))
    calm = flatten([Conditions()] * 2)
    found, expected = (ENGINES[engine](one, rules, calm, stations, np.inf) for one in (voters, whole))
    assert found.counts.tobytes() == expected.counts.tobytes()
    assert found.wait_sum.tobytes() == expected.wait_sum.tobytes()


def test_some_stations_can_be_taken_out() -> None:
    some = branch().of(np.array([2, 0]))
    whole = plainly(FORK)
    cut = slice(whole["first"][2], whole["first"][3]), slice(whole["first"][0], whole["first"][1])
    assert some.patience.tobytes() == np.concatenate([whole["patience"][part] for part in cut]).tobytes()
