from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.errors import UserError
from sim.voting.conditions import Conditions, flatten, undisturbed, unflatten
from sim.voting.engine import ENGINES
from sim.voting.rules import Rules
from sim.voting.station import run_station, station_voters

INF = math.inf


def test_changing_appends_replaces_and_drops_what_was_planned() -> None:
    c = Conditions().changing(100, 0.0, 0.5).changing(130, 1.0, 0.0)
    assert c.times == (-INF, 100, 130)
    assert c.speeds == (1.0, 0.0, 1.0)
    assert c.deterred == (0.0, 0.5, 0.0)
    again = c.changing(110, 0.8, 0.2)
    assert (again.times, again.speeds) == ((-INF, 100, 110), (1.0, 0.0, 0.8))
    at_once = c.changing(100, 0.5, 0.5)
    assert (at_once.times, at_once.speeds) == ((-INF, 100), (1.0, 0.5))


def test_changing_to_the_same_adds_no_piece() -> None:
    assert Conditions().changing(100, 1.0, 0.0) == Conditions()


def test_all_clear_closes_only_an_open_evacuation() -> None:
    c = Conditions().evacuating(50)
    assert c.evacuations == ((50, INF),)
    assert c.all_clear(70).evacuations == ((50, 70),)
    assert c.all_clear(70).all_clear(90).evacuations == ((50, 70),)
    assert Conditions().all_clear(10) == Conditions()


def test_advance_runs_on_the_stations_own_clock() -> None:
    c = Conditions().changing(100, 0.5, 0).changing(120, 0.0, 0).changing(150, 1.0, 0)
    assert c.advance(90, 5) == 95
    assert c.advance(90, 15) == 110  # 10 at full speed, 5 at half
    assert c.advance(90, 20) == 120
    assert c.advance(90, 21) == 151  # the stop in between does not count
    assert c.advance(125, 0) == 125
    assert Conditions().changing(100, 0.0, 0).advance(90, 10) == 100
    assert Conditions().changing(100, 0.0, 0).advance(90, 11) == INF


def test_stopped_minutes_count_inside_the_window_and_after_giving_up() -> None:
    c = Conditions().changing(100, 0.0, 0).changing(130, 0.5, 0).changing(200, 0.0, 0)
    assert c.stopped_minutes(110, 150) == 20
    assert c.stopped_minutes(90, 220) == 50
    assert c.abandoning(120).stopped_minutes(90, 150) == 50
    assert c.abandoning(10).stopped_minutes(90, 150) == 60


@pytest.mark.parametrize(
    ("kwargs", "named"),
    [
        ({"times": (0.0,)}, "times"),
        ({"times": (-INF, 5.0, 5.0), "speeds": (1.0,) * 3, "deterred": (0.0,) * 3}, "times"),
        ({"speeds": (1.0, 1.0)}, "one value for each piece"),
        ({"speeds": (-0.5,)}, "speeds"),
        ({"speeds": (math.nan,)}, "speeds"),
        ({"deterred": (1.5,)}, "deterred"),
        ({"evacuations": ((5.0, 4.0),)}, "evacuations"),
        ({"evacuations": ((5.0, INF), (6.0, 7.0))}, "evacuations"),
        ({"times": (-INF, math.nan), "speeds": (1.0,) * 2, "deterred": (0.0,) * 2}, "times"),
        ({"times": (-INF, INF), "speeds": (1.0,) * 2, "deterred": (0.0,) * 2}, "times"),
        ({"evacuations": ((math.nan, 7.0),)}, "evacuations"),
        ({"evacuations": ((5.0, math.nan),)}, "evacuations"),
        ({"evacuations": ((-INF, 7.0),)}, "evacuations"),
        ({"abandoned_at": math.nan}, "abandoned_at"),
        ({"abandoned_at": -INF}, "abandoned_at"),
        ({"opens_at": math.nan}, "opens_at"),
        ({"extended": math.nan}, "extended"),
        ({"ballots": math.nan}, "ballots"),
        ({"out": ((math.nan,),)}, "out"),
        ({"out": ((0.5,),)}, "out"),
        ({"out": ((10**30,),)}, "out"),
        ({"door_open": (True, False)}, "one value for each piece"),
        ({"door_open": (math.nan,)}, "door_open"),
    ],
)
def test_impossible_conditions_are_refused(kwargs: dict, named: str) -> None:
    with pytest.raises(UserError, match=named):
        Conditions(**kwargs)


@pytest.mark.parametrize("time", [math.nan, INF, -INF])
def test_nothing_can_change_at_a_time_that_is_none(time: float) -> None:
    """Also where the change would change nothing."""
    with pytest.raises(UserError, match="time"):
        Conditions().changing(time, 1.0, 0.0)
    with pytest.raises(UserError, match="time"):
        Conditions().all_clear(time)
    with pytest.raises(UserError, match="evacuations"):
        Conditions().evacuating(time)


def test_a_day_that_cannot_go_so_is_refused() -> None:
    """Its pieces are not checked again when it is emptied, given up or extended; all else is."""
    emptied = Conditions().evacuating(600)
    for change, named in (
        (lambda: emptied.all_clear(590), "evacuations"),
        (lambda: emptied.all_clear(630).evacuating(620), "evacuations"),
        (lambda: emptied.abandoning(-INF), "abandoned_at"),
        (lambda: emptied.extending(-1), "extended"),
        (lambda: emptied.abandoning("noon"), "numbers"),
    ):
        with pytest.raises(UserError, match=named):
            change()
    assert (emptied.extending(30).extended, emptied.abandoning(700).abandoned_at) == (30, 700)


def test_a_change_of_the_door_is_a_change() -> None:
    c = Conditions().changing(100, 1.0, 0.0, door_open=False).changing(130, 1.0, 0.0)
    assert (c.times, c.door_open) == ((-INF, 100, 130), (True, False, True))
    assert c.stopped_minutes(90, 220) == 30
    assert c.advance(90, 50) == 140, "work inside goes on behind a shut door"
    assert flatten([c, Conditions()]).door_open.tolist() == [True, False, True, True]
    assert unflatten(flatten([c])) == [replace(c, out=((),) * 3)]


@pytest.mark.parametrize("engine", ENGINES)
def test_servers_out_of_use_at_a_stage_that_is_not_there_are_refused(engine: str) -> None:
    voters, rules = station_voters([5.0], np.full((2, 1), 10.0)), Rules(np.array([1, 1]), 0.0, 200.0)
    bad = Conditions().changing(50, 1.0, 0.0, (0, 0, 1))
    with pytest.raises(UserError, match=r"conditions\.out: .* stage 3, but the station has only 2"):
        ENGINES[engine](voters, rules, flatten([bad]), None, INF)
    with pytest.raises(UserError, match=r"stage 3"):
        run_station([5.0], np.full((2, 1), 10.0), [1, 1], conditions=bad)


def test_flatten_lays_stations_end_to_end() -> None:
    flat = flatten([Conditions().changing(100, 0.0, 0.3).evacuating(100).all_clear(120), Conditions().abandoning(90)])
    assert flat.first.tolist() == [0, 2, 3]
    assert flat.speed.tolist() == [1.0, 0.0, 1.0]
    assert flat.deterred.tolist() == [0.0, 0.3, 0.0]
    assert flat.evacuation_first.tolist() == [0, 1, 1]
    assert (flat.evacuated.tolist(), flat.resumed.tolist()) == ([100], [120])
    assert flat.abandoned_at.tolist() == [INF, 90]


def test_undisturbed_is_the_flattening_of_nothing() -> None:
    plain, built = undisturbed(np.array([0.0, 0.25])), flatten([Conditions(), Conditions(deterred=(0.25,))])
    for a, b in zip(plain, built, strict=True):
        assert np.array_equal(a, b)
        assert a.dtype == b.dtype


@pytest.mark.parametrize(
    "given",
    [
        {"opens_at": "10:00"},
        {"abandoned_at": "10:00"},
        {"extended": None},
        {"ballots": "many"},
        {"speeds": ("fast",)},
        {"evacuations": (("10:00", "11:00"),)},
    ],
    ids=lambda given: next(iter(given)),
)
def test_words_where_numbers_are_needed_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="numbers are needed, times as minutes after midnight, such as 615 for 10:15"):
        Conditions(**given)


@pytest.mark.parametrize("given", [{"time": "10:15"}, {"time": None}, {"speed": "slow"}, {"deterred": "all"}])
def test_a_change_in_words_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="numbers are needed, times as minutes after midnight"):
        Conditions().changing(**{"time": 615, "speed": 1, "deterred": 0, **given})


def test_a_station_works_where_it_is_not_stopped_shut_or_without_servers_at_a_stage() -> None:
    c = Conditions().changing(500.0, 0.0, 0.0).changing(510.0, 0.5, 0.4).changing(520.0, 1.0, 0.0, (0, 1))
    c = c.changing(530.0, 1.0, 0.0, (1,)).changing(540.0, 1.0, 0.0, door_open=False)
    times = (400.0, 500.0, 509.0, 510.0, 525.0, 530.0, 540.0)
    assert [c.works_at(t, (2, 1)) for t in times] == [True, False, False, True, False, True, False]
