"""Slow pressure on voters, on a clock of its own: presence takes its effects away after a lag, and gives them back."""

from __future__ import annotations

from math import isnan

import pytest

from sim.config.distribution import Delay
from sim.config.effects import Deter
from sim.disturbance.courses.slow import Slow
from sim.strength import Strength
from sim.vocabulary import Ending, Severity
from tests.disturbance.test_incident import BEGINS, at, begin, play

LASTS, RESOLVES, LAG = 150.0, 60.0, 15.0
TIMES = {"duration": LASTS, "resolve": RESOLVES, "restore": LAG}
PAIR = Strength.of(presence=2)


def slow(**changes: float):  # type: ignore[no-untyped-def]
    numbers = {name: Delay(mean_minutes=minutes, cv=0) for name, minutes in (TIMES | changes).items()}
    return begin("intimidation", **numbers)


def test_nobody_comes_and_it_lasts_its_whole_time_with_all_its_effects() -> None:
    incident, heard = slow()
    play(incident)
    assert (incident.times.ended, incident.ending) == (BEGINS + LASTS, Ending.EXPIRED)
    assert heard.changes == [] and heard.severities == [Severity.GREEN]


def test_presence_takes_its_effects_away_after_the_lag_and_ends_it_sooner() -> None:
    incident, heard = slow()
    at(incident, BEGINS + 30, lambda: incident.arrive(PAIR))
    at(incident, BEGINS + 50, lambda: seen.extend(incident.effects))
    seen: list[object] = []
    play(incident)
    assert heard.changes == [(BEGINS + 30 + LAG, True)]
    assert not seen and (incident.times.ended, incident.ending) == (BEGINS + 30 + RESOLVES, Ending.RESOLVED)


def test_who_leaves_before_its_end_gives_the_effects_back_at_once() -> None:
    incident, heard = slow(resolve=500)
    at(incident, BEGINS + 30, lambda: incident.arrive(PAIR))
    at(incident, BEGINS + 60, lambda: incident.leave(PAIR))
    at(incident, BEGINS + 61, lambda: seen.extend(incident.effects))
    seen: list[object] = []
    play(incident)
    assert heard.changes == [(BEGINS + 30 + LAG, True), (BEGINS + 60, False)]
    assert isinstance(seen[0], Deter)
    assert incident.times.ended == BEGINS + LASTS


def test_who_stays_for_less_than_the_lag_changes_nothing() -> None:
    incident, heard = slow(resolve=500)
    for came in (10.0, 40.0):
        at(incident, BEGINS + came, lambda: incident.arrive(PAIR))
        at(incident, BEGINS + came + LAG - 1, lambda: incident.leave(PAIR))
    play(incident)
    assert heard.changes == []


def test_a_branch_draws_it_anew_from_the_fork_on_and_not_before() -> None:
    ends = []
    for branch in (0, 1, 2):
        incident, _ = begin("intimidation", branch=branch, fork=BEGINS + 20)
        at(incident, BEGINS + 20, incident.replan)
        play(incident)
        assert isnan(incident.times.ended) or incident.times.ended >= BEGINS + 20
        ends.append(incident.times.ended)
    assert len(set(ends)) == 3


def test_a_branch_draws_the_lag_anew_also_where_its_end_is_certain() -> None:
    eased = set()
    for branch in (0, 1, 2):
        numbers = {"duration": Delay(mean_minutes=150, cv=0), "resolve": Delay(mean_minutes=500, cv=0)}
        lag = Delay(mean_minutes=30, cv=1)
        incident, heard = begin("intimidation", branch=branch, fork=BEGINS + 6, restore=lag, **numbers)
        at(incident, BEGINS + 5, lambda one=incident: one.arrive(PAIR))
        at(incident, BEGINS + 6, incident.replan)
        play(incident)
        eased.add(heard.changes[0][0])
    assert len(eased) == 3


def test_it_thinks_again_only_where_that_makes_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, look = list[float](), Slow._look_around
    monkeypatch.setattr(Slow, "_look_around", lambda self: looks.append(self._life.env.now) or look(self))
    incident, _ = slow(resolve=500)
    at(incident, BEGINS + 10, lambda: incident.arrive(Strength.of(medical=2)))  # the first that it asks for are others
    at(incident, BEGINS + 20, lambda: incident.arrive(PAIR))
    at(incident, BEGINS + 25, lambda: incident.arrive(PAIR))
    at(incident, BEGINS + 60, lambda: incident.leave(PAIR))
    at(incident, BEGINS + 70, lambda: incident.leave(PAIR))
    play(incident)
    assert looks == [BEGINS, BEGINS + 20, BEGINS + 20 + LAG, BEGINS + 70]
