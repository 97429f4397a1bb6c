"""Small stations whose days can be worked out on paper. Service takes 10 minutes, opening is at 0, closing at 200."""

from __future__ import annotations

import numpy as np
import pytest

from sim.voting.conditions import Conditions, flatten
from sim.voting.engine import StationTable, VoterTimes, follow_voters
from sim.voting.kernel import fates
from sim.voting.rules import Rules
from sim.voting.station import station_voters

INF = np.inf


def play(
    arrivals: list[float],
    conditions: Conditions,
    *,
    stages: int = 1,
    servers: int = 1,
    patience: list[float] | None = None,
    marks: list[float] | None = None,
    returns: list[float] | None = None,
    delay: float = 5.0,
    share: float = 0.5,
    opening: float = 0.0,
    until: float = INF,
) -> tuple[StationTable, VoterTimes]:
    n = len(arrivals)
    voters = station_voters(
        arrivals,
        np.full((stages, n), 10.0),
        patience=patience,
        deterred_mark=marks,
        return_mark=returns,
        return_delay=[delay] * n,
    )
    rules = Rules(np.full(stages, servers), opening, 200.0, share, share)
    return follow_voters(voters, rules, flatten([conditions]), until=until)


def stop(begin: float, end: float) -> Conditions:
    return Conditions().changing(begin, 0.0, 0.0).changing(end, 1.0, 0.0)


def test_who_comes_before_opening_waits_for_it() -> None:
    table, times = play([-30.0, -20.0], Conditions())
    assert times.start[0].tolist() == [0, 10]
    assert table.wait_sum[0] == 60
    assert table.waited_over_30[0] == 0  # 30 minutes each, not over
    assert table.last_voted[0] == 20


def test_half_speed_doubles_the_work_that_is_left() -> None:
    _, times = play([0.0, 1.0], Conditions().changing(5, 0.5, 0.0))
    assert times.finish[0].tolist() == [15, 35]
    assert times.start[0].tolist() == [0, 15]


def test_a_stop_freezes_who_is_served_and_they_finish_after_it() -> None:
    table, times = play([0.0, 1.0], stop(4, 34))
    assert times.finish[0].tolist() == [40, 50]
    assert times.start[0].tolist() == [0, 40]
    assert table.wait_sum[0] == 39


def test_who_comes_during_a_stop_begins_at_its_end() -> None:
    _, times = play([50.0], stop(40, 70))
    assert (times.start[0, 0], times.finish[0, 0]) == (70, 80)


def test_a_stop_runs_through_every_stage() -> None:
    _, times = play([0.0, 0.0], stop(12, 22), stages=2)
    assert times.finish[0].tolist() == [10, 30]
    assert times.start[1].tolist() == [10, 30]
    assert times.finish[1].tolist() == [30, 40]


def test_patience_is_wall_time_and_leaving_frees_nobodys_place() -> None:
    table, times = play([0.0, 1.0, 2.0], stop(4, 34), patience=[INF, 20.0, INF])
    assert times.fate.tolist() == [fates.VOTED, fates.LOST_IMPATIENT, fates.VOTED]
    assert times.left.tolist() == [40, 21, 50]
    assert table.lost_impatient[0] == 1


def test_exactly_patient_enough_is_served() -> None:
    _, times = play([0.0, 0.0], Conditions(), patience=[INF, 10.0])
    assert times.fate.tolist() == [fates.VOTED, fates.VOTED]


def test_patience_counts_in_the_line_before_opening_too() -> None:
    _, times = play([-30.0, -30.0], Conditions(), patience=[30.0, 29.0])
    assert times.fate.tolist() == [fates.VOTED, fates.LOST_IMPATIENT]
    assert times.left[1] == -1


def test_an_evacuation_empties_room_and_line_and_some_come_back() -> None:
    c = stop(15, 65).evacuating(15).all_clear(50)
    table, times = play([0.0, 1.0, 2.0, 3.0], c, returns=[0.1, 0.1, 0.9, 0.2])
    assert times.fate.tolist() == [fates.VOTED, fates.VOTED, fates.LOST_EVACUATED, fates.VOTED]
    assert times.finish[0].tolist()[:2] == [10, 75]  # voter 1 was being served: back at 55, begins anew at 65
    assert times.joined[1] == times.joined[3] == 55
    assert times.start[0, 3] == 75
    assert np.isnan(times.joined[2])
    assert table.wait_sum[0] == (65 - 55) + (75 - 55)  # only the visit in which they voted counts


def test_who_comes_while_it_is_evacuated_is_sent_away_as_well() -> None:
    c = stop(15, 65).evacuating(15).all_clear(50)
    _, times = play([20.0, 30.0, 52.0], c, returns=[0.1, 0.9, 0.9])
    assert times.fate.tolist() == [fates.VOTED, fates.LOST_EVACUATED, fates.VOTED]
    assert times.joined.tolist()[::2] == [55, 52]
    assert times.start[0].tolist()[::2] == [75, 65]


def test_a_return_after_closing_is_too_late() -> None:
    c = stop(15, 199).evacuating(15).all_clear(190)
    assert play([0.0, 20.0], c, returns=[0.1, 0.1], delay=10.0)[0].voted[0] == 2
    table, _ = play([0.0, 20.0], c, returns=[0.1, 0.1], delay=10.5)
    assert (table.voted[0], table.lost_evacuated[0]) == (1, 1)


def test_evacuated_twice() -> None:
    c = stop(15, 40).evacuating(15).all_clear(30).changing(42, 0.0, 0.0).evacuating(42).all_clear(60)
    c = c.changing(70, 1.0, 0.0)
    _, times = play([10.0], c, returns=[0.1])
    assert times.joined[0] == 65  # joined again at 35, sent away at 42 while being served, back at 65
    assert times.finish[0, 0] == 80


def test_the_deterred_come_when_they_would_no_longer_be() -> None:
    c = Conditions().changing(10, 1.0, 0.9).changing(40, 1.0, 0.3).changing(80, 1.0, 0.0)
    _, times = play([20.0] * 4 + [50.0], c, servers=5, marks=[0.95, 0.5, 0.2, 0.5, 0.2], returns=[0.1] * 3 + [0.9, 0.1])
    assert times.fate.tolist() == [fates.VOTED] * 3 + [fates.LOST_DETERRED, fates.VOTED]
    assert times.joined.tolist()[:3] == [20, 45, 85]
    assert times.joined[4] == 85


def test_guards_deter_for_the_whole_day() -> None:
    c = Conditions(deterred=(0.2,)).changing(10, 1.0, 0.6).changing(50, 1.0, 0.2)
    table, times = play([0.0, 20.0, 20.0, 60.0], c, marks=[0.1, 0.4, 0.1, 0.3], returns=[0.1] * 4)
    assert times.fate.tolist() == [fates.LOST_DETERRED, fates.VOTED, fates.LOST_DETERRED, fates.VOTED]
    assert table.lost_deterred[0] == 2


def test_a_deterred_voter_is_not_deterred_twice_but_may_be_sent_away() -> None:
    c = Conditions().changing(10, 1.0, 0.5).changing(20, 1.0, 0.0).changing(24, 1.0, 0.5)
    _, times = play([12.0], c, marks=[0.3], returns=[0.1])
    assert times.joined[0] == 25
    c = Conditions().changing(10, 1.0, 0.5).changing(20, 1.0, 0.0).evacuating(22).all_clear(30)
    _, times = play([12.0], c, marks=[0.3], returns=[0.1])
    assert times.joined[0] == 35


def test_giving_up_defers_everybody_who_is_there_or_still_would_come() -> None:
    c = Conditions().changing(30, 0.0, 0.5).abandoning(60)
    arrivals, marks, returns = [0.0, 25.0, 40.0, 70.0, 80.0], [0.9, 0.9, 0.9, 0.9, 0.1], [0.9] * 5
    table, times = play(arrivals, c, marks=marks, returns=returns)
    assert times.fate.tolist() == [fates.VOTED] + [fates.DEFERRED] * 4  # whoever is afraid at 80 has missed no voting
    assert table.deferred[0] == 4


def test_who_stays_away_from_a_station_that_is_then_given_up_waits_for_the_follow_up_poll_if_he_would_have_come() -> (
    None
):
    away = Conditions().changing(10, 1.0, 0.5)
    marks, returns = [0.3, 0.3, 0.3], [0.1, 0.9, 0.1]
    for c, fate in (
        (away.abandoning(60), fates.DEFERRED),
        (away.changing(80, 1.0, 0.0).abandoning(60), fates.DEFERRED),  # before the all-clear
        (away.changing(198, 1.0, 0.0).abandoning(199), fates.LOST_DETERRED),  # it came too late for him
        (away.abandoning(210), fates.LOST_DETERRED),  # voting was over
        (away, fates.LOST_DETERRED),
    ):
        _, times = play([20.0, 20.0, 55.0], c, marks=marks, returns=returns)
        assert times.fate.tolist() == [fate, fates.LOST_DETERRED, fate], c
    _, times = play([20.0], away.changing(80, 1.0, 0.0).abandoning(60), marks=[0.3], returns=[0.1], until=70)
    assert times.fate.tolist() == [fates.DEFERRED], "it is so at once, and not from when he would have come"


def test_the_evacuated_of_a_station_given_up_before_the_all_clear_wait_for_the_follow_up_poll() -> None:
    c = Conditions().changing(15, 0.0, 0.0).evacuating(15).abandoning(100)
    _, times = play([10.0, 10.0, 30.0, 120.0], c, returns=[0.1, 0.9, 0.9, 0.9])
    assert times.fate.tolist() == [fates.DEFERRED, fates.LOST_EVACUATED, fates.LOST_EVACUATED, fates.DEFERRED]


def test_impatience_before_giving_up_stays_impatience() -> None:
    _, times = play([0.0, 1.0, 2.0], Conditions().changing(5, 0.0, 0.0).abandoning(60), patience=[INF, 10.0, 70.0])
    assert times.fate.tolist() == [fates.DEFERRED, fates.LOST_IMPATIENT, fates.DEFERRED]


@pytest.mark.parametrize(
    ("until", "line", "room", "voted", "away"),
    [
        (-1.0, 1, 0, 0, 3),
        (0.0, 2, 1, 0, 1),
        (9.9, 3, 1, 0, 0),
        (10.0, 2, 1, 1, 0),
        (39.0, 0, 1, 3, 0),
        (40.0, 0, 0, 4, 0),
    ],
)
def test_a_look_in_between_counts_who_is_where(until: float, line: int, room: int, voted: int, away: int) -> None:
    table, _ = play([-5.0, 0.0, 0.0, 5.0], Conditions(), until=until)
    found = (table.in_line[0], table.in_room[0], table.voted[0], table.away[0])
    assert found == (line, room, voted, away)


def test_nobody_due_and_nobody_voted() -> None:
    table, _ = play([], Conditions())
    assert table.due[0] == 0
    assert np.isnan(table.last_voted[0])
    table, _ = play([5.0], Conditions().changing(0, 0.0, 0.0))
    assert table.in_line[0] == 1
    assert np.isnan(table.last_voted[0])


def test_looked_at_before_closing_nobody_willing_is_lost_yet() -> None:
    c = Conditions().changing(15, 0.0, 0.5).evacuating(15)
    table, _ = play([10.0, 10.0, 20.0], c, marks=[0.9, 0.9, 0.1], returns=[0.1, 0.9, 0.1], until=150.0)
    assert (table.away[0], table.lost_evacuated[0], table.lost_deterred[0]) == (2, 1, 0)
    table, _ = play([10.0, 10.0, 20.0], c, marks=[0.9, 0.9, 0.1], returns=[0.1, 0.9, 0.1], until=200.0)
    assert (table.away[0], table.lost_evacuated[0], table.lost_deterred[0]) == (0, 2, 1)
