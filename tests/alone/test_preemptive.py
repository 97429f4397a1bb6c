"""Units that are taken from milder calls for worse ones: section 1.3 of the verification cases, and days by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.alone.choices import Priority
from sim.errors import UserError
from tests.alone.accept import EXPONENTIAL, accept, runs
from tests.alone.test_engines_agree import TIMES, layout
from tests.alone.test_line import LENGTHS, PRIORITIES, by_severity

PREEMPTIVE: dict[str, Any] = {"priority": Priority.PREEMPTIVE}


@LENGTHS
def test_m_m_1_preemptive_resume(hours: float, precision: float) -> None:
    """M/M/1, .2 red and .6 green calls a minute, mean service 1, resumed: times in system 1.25 and 6.25."""
    found = runs(40, units=1, **PRIORITIES, **PREEMPTIVE, hours=1.5 * hours, warm_up_hours=10)
    accept([by_severity(run, "red") for run in found], 1.25, precision)
    accept([by_severity(run, "green") for run in found], 6.25, precision)


@LENGTHS
def test_m_m_1_without_priorities(hours: float, precision: float) -> None:
    """The same calls as they come: 1 / (1 - .8) = 5 minutes for both."""
    found = runs(40, units=1, **PRIORITIES, priority="none", hours=1.5 * hours, warm_up_hours=10)
    for severity in ("red", "green"):
        accept([by_severity(run, severity) for run in found], 5.0, precision)


@LENGTHS
def test_m_m_3_preemptive_resume(hours: float, precision: float) -> None:
    """Kleinrock's conservation law: one mean service for all, so priorities leave all calls' mean time as it was.

    That is M/M/3 with 1.2 calls a minute of 2 minutes: 4.157303 (section 1.1). Red calls see none but red ones: M/M/3
    with .4 a minute, 2 + C / (3 / 2 - .4) with Erlang's C (3 units, load .8) of .051966.
    """
    share = {"red": 1 / 3, "green": 2 / 3}
    service = {**EXPONENTIAL, "mean_minutes": 2}
    found = runs(
        40, units=3, rates=[72], severity=share, service=service, **PREEMPTIVE, hours=1.5 * hours, warm_up_hours=10
    )
    accept([float((run.played.released - run.asked.came)[run.counted].mean()) for run in found], 4.157303, precision)
    load, units = 0.8, 3
    lost = 1.0
    for k in range(1, units + 1):
        lost = load * lost / (k + load * lost)
    waits = lost / (1 - load / units * (1 - lost))
    accept([by_severity(run, "red") for run in found], 2 + waits / (units / 2 - 0.4), precision)


def hand(**given: Any) -> sim.DispatchResult:
    """Two places six minutes apart; the station lies at the first, and one unit waits there."""
    town = {"units": {"A": "near"}, "places": ["near", "far"], "travel": [[0, 6], [6, 0]], **PREEMPTIVE}
    return sim.simulate_dispatch(**{**town, **given})


def test_a_unit_is_taken_by_hand() -> None:
    """A green call far off from 0: there at 6, 20 minutes of work; red near at 10, worked on from 16 to 21."""
    run = hand(times=[0, 10], at=["far", "near"], severity=["green", "red"], service=[20.0, 5.0])
    turns = run.played.turns
    assert turns.call.tolist() == [0, 1, 0]
    assert turns.ordered.tolist() == [0, 10, 21] and turns.arrived.tolist() == [6, 16, 27]
    assert turns.released.tolist() == [10, 21, 43], "16 of 20 minutes were left"
    assert turns.free.tolist() == [10, 21, 49]
    assert run.calls["taken"].tolist() == [1, 0]
    assert run.calls["wait"].tolist() == [0, 0] and run.calls["response"].tolist() == [6, 6]
    assert run.calls["released"].tolist() == [43, 21]
    assert run.units["workload"].tolist() == [1.0] and run.units["calls"].tolist() == [3]
    states = run.states()
    assert states["share"] @ states["waiting"] == pytest.approx(11 / 49), "the green call waits from 10 to 21"


def test_who_is_under_way_is_not_taken_before_he_is_there() -> None:
    run = hand(times=[0, 3], at=["far", "near"], severity=["green", "red"], service=[20.0, 5.0])
    assert run.played.turns.ordered.tolist() == [0, 6, 17], "at the green call he is told of the red one"
    assert run.played.turns.released.tolist() == [6, 17, 43]


def test_nobody_is_taken_where_somebody_is_free_or_from_what_is_as_bad() -> None:
    calls = {"times": [0, 10], "at": ["far", "near"], "service": [20.0, 5.0]}
    two = hand(**calls, severity=["green", "red"], units={"A": "far", "B": "near"})
    alike = hand(**calls, severity=["red", "red"])
    for run in (two, alike):
        assert run.calls["taken"].tolist() == [0, 0]
    assert alike.played.ordered.tolist() == [0, 32]


def test_the_mildest_is_left_and_of_those_the_rule_chooses() -> None:
    """At 10 three units work; the yellow call is nearest, and of the green ones the rule sends the nearer."""
    ways = np.array([[0, 1, 5, 9], [1, 0, 5, 9], [5, 5, 0, 9], [9, 9, 9, 0]])
    given = {
        "times": [0, 0, 0, 10], "at": [1, 2, 3, 0], "severity": ["yellow", "green", "green", "red"],
        "service": [60.0, 60.0, 60.0, 1.0], "travel": ways, "places": list("abcd"),
    }  # fmt: skip
    run = hand(**given, units={"A": "b", "B": "c", "C": "d"})
    assert run.calls["unit"].iloc[3] == "B" and run.calls["taken"].tolist() == [0, 1, 0, 0]
    farther = hand(**given, units={"A": "b", "B": "c", "C": "d"}, preference=[["C"], ["A"], ["B"], ["C"]])
    assert farther.calls["unit"].iloc[3] == "C"


def test_who_is_left_takes_from_what_is_milder_still() -> None:
    given = {"times": [0, 0, 10], "at": ["near", "near", "near"], "severity": ["yellow", "green", "red"]}
    run = hand(**given, service=[30.0, 30.0, 5.0], units={"A": "near"}, travel=np.zeros((2, 2)))
    assert run.played.turns.call.tolist() == [0, 2, 0, 1], "yellow before green, red before both"
    both = hand(
        times=[0, 0, 10, 11], at=["near"] * 4, severity=["yellow", "green", "red", "red"],
        service=[30.0, 30.0, 50.0, 5.0], units={"A": "near", "B": "near"}, travel=np.zeros((2, 2)),
    )  # fmt: skip
    assert both.played.turns.call.tolist() == [0, 1, 2, 3, 0, 1]
    assert both.calls["taken"].tolist() == [1, 1, 0, 0]


def test_the_work_of_every_call_is_done_once_in_many_cities() -> None:
    rng = np.random.default_rng(11)
    taken = 0
    for kind in ("square", "plane", "points"):
        for rule in ("nearest", "tiered", "fewest_units", "preparedness", "own_sector_first"):
            for _ in range(4):
                given = layout(rng, kind, rule) | {"when_busy": "queued"}
                run = sim.simulate_dispatch(**given, **PREEMPTIVE)
                turns, service = run.played.turns, np.array(run.asked.service)
                done = np.bincount(turns.call, (turns.released - turns.arrived) / service[turns.unit, turns.call])
                served = np.unique(turns.call)
                np.testing.assert_allclose(done[served], 1.0)
                taken += int(run.calls["taken"].sum())
                for unit in range(len(run.city.teams)):
                    mine = turns.unit == unit
                    assert (turns.ordered[mine][1:] >= turns.free[mine][:-1] - 1e-9).all(), "one call at a time"
    assert taken > 50


def test_of_calls_that_are_alike_nobody_is_taken_and_all_is_as_without_preemption() -> None:
    rng = np.random.default_rng(12)
    for kind in ("square", "plane", "points"):
        for rule in ("nearest", "preparedness", "hold_reserve", "fixed_preference"):
            if rule != "fixed_preference" or kind != "plane":
                given = layout(rng, kind, rule) | {"when_busy": "queued", "severity": "yellow"}
                usual = sim.simulate_dispatch(**given)
                for priority in ("preemptive", "none"):
                    other = sim.simulate_dispatch(**given, priority=priority)
                    assert other.played.unit.tolist() == usual.played.unit.tolist()
                    for name in TIMES:
                        np.testing.assert_allclose(getattr(other.played, name), getattr(usual.played, name), atol=1e-9)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"when_busy": "lost"}, "calls that are left must be able to wait"),
        ({"engine": "posko"}, "preemptive is played by events"),
        ({"engine": "posko", "priority": "none"}, "none is played by events"),
        ({"priority": "first"}, "priority"),
        ({"units": 2, "travel": [[0, 6], [6, 0]]}, "needs the way from one call to the next"),
        ({"units": 1, "travel": [[1.0]], "places": None, "at": None}, "needs the way from one call to the next"),
    ],
)
def test_what_cannot_be_played_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        hand(**{"times": [0], "at": ["near"], **given})
