"""One station alone: what it takes, what it gives back, and what holds on every path, whatever happens there."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.voting.conditions import Conditions, flatten
from sim.voting.engine import VoterTimes, follow_voters
from sim.voting.kernel import fates
from sim.voting.rules import Rules
from sim.voting.station import FATES, run_station, station_voters

INF = np.inf
QUIET: dict[str, Any] = {"deadline": None, "derandomize": True, "suppress_health_check": [HealthCheck.too_slow]}


# From arrays


def test_one_goes_first_and_nobody_is_broken_off() -> None:
    """Worked by hand: one server, services of 10; the one who goes first comes last and is served second."""
    times = run_station([0, 1, 2], [10, 10, 10], [1], priority=[False, False, True])
    assert times.start[0].tolist() == [0, 20, 10]


def test_they_go_first_only_where_the_stage_says_so() -> None:
    service = [[1, 1, 1, 1], [10, 10, 10, 10]]
    flags = [False, False, False, True]
    entrance = run_station([0, 0.1, 0.2, 0.3], service, [1, 1], priority=flags, priority_stages=[True, False])
    assert entrance.start[0].tolist() == [0, 2, 3, 1]
    assert entrance.start[1].tolist() == [1, 21, 31, 11]
    inside = run_station([0, 0.1, 0.2, 0.3], service, [1, 1], priority=flags, priority_stages=[False, True])
    assert inside.start[0].tolist() == [0, 1, 2, 3]
    assert inside.start[1].tolist() == [1, 21, 31, 11]
    nowhere = run_station([0, 0.1, 0.2, 0.3], service, [1, 1], priority=flags, priority_stages=[False, False])
    assert nowhere.start[1].tolist() == [1, 11, 21, 31]


def test_who_finds_so_many_in_line_goes_away() -> None:
    """Worked by hand: one is served, two wait, the fourth finds two before him; the fifth comes when one is left."""
    times = run_station([0, 1, 2, 3, 11], [10] * 5, [1], line_limit=2)
    assert [FATES[code] for code in times.fate.tolist()] == ["voted", "voted", "voted", "lost_balked", "voted"]
    assert times.left[3] == 3
    assert np.isnan(times.start[0, 3])
    assert times.start[0, 4] == 30


def test_who_goes_first_counts_only_those_who_go_first() -> None:
    times = run_station([0, 1, 2, 3], [10] * 4, [1], line_limit=1, priority=[False, False, True, True])
    assert [FATES[code] for code in times.fate.tolist()] == ["voted", "voted", "voted", "lost_balked"]
    assert times.start[0, 2] == 10


def test_one_value_for_all_is_that_value_for_each() -> None:
    g = np.random.default_rng(2)
    arrivals, service = np.sort(g.uniform(0, 100, 60)), g.exponential(4.0, 60)
    one = run_station(arrivals, service, [1], patience=20, line_limit=6, priority=True)
    each = run_station(
        arrivals, service, [1], patience=np.full(60, 20.0), line_limit=[6] * 60, priority=np.ones(60, bool)
    )
    same(one, each)
    assert set(one.fate.tolist()) == {fates.VOTED, fates.LOST_IMPATIENT, fates.LOST_BALKED}


def test_opening_and_later_closing() -> None:
    times = run_station(
        [-5.0, 3.0, 12.0], [1.0, 1.0, 1.0], [1], opening=2, closing=10, conditions=Conditions(extended=3)
    )
    assert times.start[0].tolist() == [2.0, 3.0, 12.0]


def test_a_look_at_some_moment() -> None:
    times = run_station([0.0, 1.0, 9.0], [[5.0] * 3, [5.0] * 3], [1, 1], until=7)
    assert times.fate.tolist() == [fates.IN_ROOM, fates.IN_ROOM, fates.AWAY]


def test_who_is_deterred_evacuated_or_impatient_goes_and_comes_back_by_his_marks() -> None:
    """Worked by hand: 0 stays away for good, 1 comes at the all-clear, 2 is evacuated for good, 3 and 4 come back."""
    kept = Conditions().changing(0.0, 1.0, 0.5).changing(5.0, 1.0, 0.0)
    times = run_station(
        [1, 2, 6], [1, 1, 1], [1], conditions=kept, deterred_mark=[0.1, 0.2, 0.3], return_mark=[0.9, 0.1, 0.9],
        return_delay=2, deterred_return=0.5,
    )  # fmt: skip
    assert [FATES[code] for code in times.fate.tolist()] == ["lost_deterred", "voted", "voted"]
    assert times.joined[1] == 7
    emptied = Conditions().changing(3.0, 0.0, 0.0).evacuating(3.0).all_clear(8.0).changing(8.0, 1.0, 0.0)
    for share, fate in ((0.0, "lost_evacuated"), (1.0, "voted")):
        marks = {"return_mark": 0.5} if share else {}
        times = run_station([1], [5], [1], conditions=emptied, evacuated_return=share, return_delay=4, **marks)
        assert [FATES[code] for code in times.fate.tolist()] == [fate]
    assert times.start[0, 0] == 12
    again = run_station([0, 1], [10, 1], [1], patience=2, impatient_return=1, return_mark=0.5, return_delay=20)
    assert [FATES[code] for code in again.fate.tolist()] == ["voted", "voted"]
    assert again.start[0, 1] == 23


def test_service_as_a_row_a_voter_is_the_same_turned_round() -> None:
    service = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    same(
        run_station([0, 1, 2], service, [1, 2]),
        run_station([0, 1, 2], np.array(service).T, [1, 2], service_rows="voters"),
    )
    square = [[1.0, 2.0], [3.0, 4.0]]
    by_stage = run_station([0, 9], square, [1, 1], service_rows="stages")
    by_voter = run_station([0, 9], square, [1, 1], service_rows="voters")
    assert by_stage.finish[:, 0].tolist() == [1.0, 4.0]
    assert by_voter.finish[:, 0].tolist() == [1.0, 3.0]


def test_hours_may_be_written_as_times_of_day() -> None:
    times = run_station([400.0, 425.0], [1.0, 1.0], [1], opening="07:00", closing="13:00", until="07:02")
    assert times.start[0, 0] == 420
    assert times.fate.tolist() == [fates.VOTED, fates.AWAY]


def test_nobody_at_all() -> None:
    assert run_station([], [], [1]).wait.shape == (1, 0)
    assert run_station([], np.empty((3, 0)), [1, 1, 1]).wait.shape == (3, 0)


@pytest.mark.parametrize(
    ("kwargs", "named"),
    [
        ({"servers": []}, "stages"),
        ({"servers": [0]}, "servers"),
        ({"servers": [-1]}, "servers"),
        ({"servers": [1.5]}, "servers"),
        ({"servers": ["two"]}, "servers"),
        ({"servers": 1}, "servers"),
        ({"servers": [float("inf")]}, "servers"),
        ({"servers": [1, 1]}, "1 rows for 2 stages"),
        ({"arrivals": [2.0, 1.0]}, "arrivals"),
        ({"arrivals": [1.0, float("nan")]}, "arrivals"),
        ({"arrivals": [1.0, float("inf")]}, "arrivals"),
        ({"arrivals": ["early", "late"]}, "arrivals"),
        ({"arrivals": [[1.0, 2.0]]}, "arrivals"),
        ({"service": [1.0, -1.0]}, "service"),
        ({"service": [1.0, float("nan")]}, "service"),
        ({"service": [1.0, float("inf")]}, "service"),
        ({"service": [[1.0, 1.0], [1.0]]}, "service"),
        ({"service": np.ones((1, 1, 2))}, "service"),
        ({"service": [1.0]}, "1 service times a stage for 2 voters"),
        ({"closing": 0.0}, "close"),
        ({"closing": float("nan")}, "closing: a number of minutes"),
        ({"opening": 9.0, "closing": 8.0}, "close"),
        ({"closing": 1.5}, "after closing"),
        ({"patience": [1.0]}, "patience"),
        ({"patience": [1.0, -2.0]}, "patience"),
        ({"patience": float("nan")}, "patience"),
        ({"line_limit": [1.0]}, "line_limit"),
        ({"line_limit": -1}, "line_limit"),
        ({"priority": [True]}, "priority"),
        ({"priority": [1, 0]}, "priority"),
        ({"priority_stages": [True, False]}, "priority_stages"),
        ({"until": float("nan")}, "until"),
        ({"until": -INF}, "until"),
        ({"opening": float("nan")}, "opening: a number of minutes is needed"),
        ({"opening": -INF}, "opening"),
        ({"opening": "7 o'clock"}, 'opening: a time is written "HH:MM"'),
        ({"closing": datetime.time(13)}, "closing: a number of minutes is needed"),
        ({"opening": True}, "opening"),
        ({"arrivals": np.array(["2024-11-27T07:00", "2024-11-27T07:01"], dtype="datetime64[m]")}, "arrivals: minutes"),
        ({"arrivals": [datetime.datetime(2024, 11, 27, 7), datetime.datetime(2024, 11, 27, 8)]}, "arrivals: minutes"),
        ({"arrivals": pd.to_datetime(["2024-11-27 07:00", "2024-11-27 07:01"])}, "arrivals: minutes"),
        ({"arrivals": ["1", "2"]}, "arrivals: numbers"),
        ({"arrivals": [None, 2.0]}, "arrivals"),
        ({"service": np.array([1, 1], dtype="timedelta64[m]")}, "service: minutes"),
        ({"service": pd.Series(pd.to_timedelta([1, 1], unit="min"))}, "service: minutes"),
        ({"service": [datetime.timedelta(minutes=1)] * 2}, "service: minutes"),
        ({"patience": np.timedelta64(5, "m")}, "patience: minutes"),
        ({"patience": datetime.timedelta(minutes=5)}, "patience: minutes"),
        ({"return_delay": pd.Timedelta("5min")}, "return_delay: minutes"),
        ({"servers": [1, 1], "service": np.ones((2, 2))}, "service: 2 rows of 2 can be read both ways"),
        ({"servers": [1, 1, 1], "service": np.ones((2, 3))}, "service: 2 rows for 3 stages.*service_rows='voters'"),
        ({"service_rows": "voter"}, "service_rows: unknown 'voter'"),
        ({"servers": [10**12]}, "servers: at most 10,000"),
        ({"servers": [10**400]}, "servers"),
        ({"conditions": Conditions(deterred=(0.3,))}, "deterred_mark: needed.*conditions.deterred reaches 0.3"),
        ({"conditions": Conditions(deterred=(0.3,)), "deterred_mark": 1.5}, "deterred_mark: no value may be more"),
        ({"evacuated_return": 0.5}, "return_mark: needed.*evacuated_return"),
        ({"impatient_return": 1.5, "return_mark": 0.5}, "impatient_return: a share between 0 and 1"),
        ({"deterred_return": float("nan")}, "deterred_return"),
        ({"conditions": Conditions(out=((0, 1),))}, "conditions.out: servers of stage 2 .* there are 1 stages"),
    ],
)
def test_bad_input_is_refused_by_name(kwargs: dict[str, Any], named: str) -> None:
    given = {"arrivals": [1.0, 2.0], "service": [1.0, 1.0], "servers": [1], **kwargs}
    with pytest.raises(UserError, match=named):
        run_station(**given)


# What holds on every path


def same(a: VoterTimes, b: VoterTimes, factor: float = 1.0) -> None:
    assert np.array_equal(a.fate, b.fate)
    for name in ("joined", "start", "finish", "left"):
        assert np.array_equal(getattr(a, name) * factor, getattr(b, name), equal_nan=True), name


@st.composite
def days(draw: st.DrawFn) -> dict[str, Any]:
    """Arrays of a station with up to 60 voters; times at random, so that no two things happen at once."""
    g = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, stages = draw(st.integers(0, 60)), draw(st.integers(1, 4))
    return {
        "arrivals": np.sort(g.uniform(0, 100, n)),
        "service": g.exponential(g.uniform(0.5, 6.0), (stages, n)),
        "service_rows": "stages",
        "servers": draw(st.lists(st.integers(1, 5), min_size=stages, max_size=stages)),
    }


@st.composite
def impatient_days(draw: st.DrawFn) -> dict[str, Any]:
    """The same with everything that can make a voter leave or go first."""
    day = draw(days())
    n, g = len(day["arrivals"]), np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    more = {
        "patience": g.exponential(15, n),
        "line_limit": g.integers(1, 12, n),
        "priority": g.random(n) < 0.3,
        "priority_stages": draw(st.lists(st.booleans(), min_size=len(day["servers"]), max_size=len(day["servers"]))),
    }
    return {**day, **{key: value for key, value in more.items() if draw(st.booleans())}}


@settings(max_examples=150, **QUIET)
@given(days())
def test_one_more_server_makes_nobody_begin_later(day: dict[str, Any]) -> None:
    """Kiefer and Wolfowitz (1955): first come, first served, nobody leaves. At the last stage, as it changes no other."""
    *before, last = day["servers"]
    few, more = run_station(**day), run_station(**{**day, "servers": [*before, last + 1]})
    assert np.all(more.start <= few.start + 1e-9)


@settings(max_examples=150, **QUIET)
@given(days(), st.floats(1.0, 3.0))
def test_longer_services_make_nobody_begin_earlier(day: dict[str, Any], factor: float) -> None:
    """At the only stage: every start grows with every service time."""
    one = {**day, "service": day["service"][:1], "servers": day["servers"][:1]}
    longer = {**one, "service": one["service"] * factor}
    assert np.all(run_station(**longer).start >= run_station(**one).start - 1e-9)


@settings(max_examples=150, **QUIET)
@given(impatient_days())
def test_twice_all_times_gives_twice_all_results_to_the_last_bit(day: dict[str, Any]) -> None:
    doubled = {
        key: np.asarray(value) * 2 if key in ("arrivals", "service", "patience") else value
        for key, value in day.items()
    }
    conditions = Conditions().changing(30.0, 0.5, 0.0).changing(50.0, 1.0, 0.0)
    slower = Conditions().changing(60.0, 0.5, 0.0).changing(100.0, 1.0, 0.0)
    same(run_station(**day), run_station(**doubled), 2.0)
    same(
        run_station(**day, opening=10, conditions=conditions),
        run_station(**doubled, opening=20, conditions=slower),
        2.0,
    )


@settings(max_examples=150, **QUIET)
@given(impatient_days())
def test_when_everybody_goes_first_nobody_does(day: dict[str, Any]) -> None:
    everybody, nobody = {**day, "priority": True}, {**day, "priority": False}
    for day in (everybody, nobody):
        day.pop("priority_stages", None)
    same(run_station(**everybody), run_station(**nobody))


@settings(max_examples=150, **QUIET)
@given(impatient_days())
def test_no_server_serves_two_and_nobody_waits_for_a_free_one(day: dict[str, Any]) -> None:
    times = run_station(**day)
    check_servers(times, day["servers"])
    check_no_idleness(times, day["servers"])
    firsts = np.zeros(len(times.fate), bool) if "priority" not in day else day["priority"]
    check_turns(times, firsts, day.get("priority_stages", [True] * len(day["servers"])))


def reached(times: VoterTimes, stage: int) -> np.ndarray:
    """Return when each voter came to the line of a stage."""
    return times.joined if stage == 0 else times.finish[stage - 1]


def check_servers(times: VoterTimes, servers: list[int]) -> None:
    """At no moment are more served than there are servers."""
    for stage, count in enumerate(servers):
        begun = np.sort(times.start[stage][~np.isnan(times.start[stage])])
        ended = np.sort(times.finish[stage][~np.isnan(times.start[stage])])
        serving = np.arange(1, len(begun) + 1) - np.searchsorted(ended, begun, side="right")
        assert serving.max(initial=0) <= count


def check_no_idleness(times: VoterTimes, servers: list[int]) -> None:
    """Who begins later than he came begins when a server is set free, and all are busy until then."""
    for stage, count in enumerate(servers):
        came, start, finish = reached(times, stage), times.start[stage], times.finish[stage]
        for i in np.flatnonzero(start > came):
            busy = np.count_nonzero((start < start[i]) & (finish >= start[i]))
            assert busy >= count
            assert np.any(finish == start[i])


def check_turns(times: VoterTimes, priority: np.ndarray, priority_stages: list[bool]) -> None:
    """Nobody begins before somebody who came before him, waits still, and does not have to stand back."""
    for stage, first in enumerate(priority_stages):
        came, start = reached(times, stage), times.start[stage]
        rank = np.where(priority & first, 0, 1)
        for i in np.flatnonzero(~np.isnan(start)):
            overtaken = (came < came[i]) & (rank <= rank[i]) & (start > start[i])
            assert not overtaken.any()


def test_doubling_every_rate_halves_every_time() -> None:
    g = np.random.default_rng(9)
    arrivals, service = np.sort(g.uniform(0, 100, 80)), g.exponential(2.0, (2, 80))
    same(run_station(arrivals, service, [2, 2]), run_station(arrivals / 2, service / 2, [2, 2]), 0.5)


def test_interruptions_keep_everybody_who_is_inside() -> None:
    g = np.random.default_rng(8)
    arrivals, service = np.sort(g.uniform(0, 300, 250)), g.exponential(1.0, (3, 250))
    c = Conditions().changing(80, 0.0, 0.0).changing(110, 0.6, 0.0).changing(190, 1.0, 0.0)
    voters, rules = station_voters(arrivals, service), Rules(np.array([2, 3, 1]), 0.0, 300.0)
    whole, everyone = follow_voters(voters, rules, flatten([c]))
    for t in np.arange(0.5, 400, 17):
        look, _ = follow_voters(voters, rules, flatten([c]), until=float(t))
        assert look.in_line[0] + look.in_room[0] == np.count_nonzero((everyone.joined <= t) & (everyone.left > t))
    assert whole.voted[0] == 250
