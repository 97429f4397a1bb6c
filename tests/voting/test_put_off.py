"""A poll that is put off by ordinary trouble: who has not voted by then waits for the follow-up poll."""

from __future__ import annotations

import numpy as np
import pytest
import simpy

from sim.vocabulary import StationState
from sim.voting.polls import Polls
from sim.voting.trouble import Outage, Stop, Troubles
from sim.voting.twin import CalmLater, calm_day
from tests.voting.test_polls import VOTING, by_hand, row, script

COMING = [421.0, 431.0, 441.0, 500.0, 700.0]
"""One desk, ten minutes each: the first three have voted at 431, 441 and 451."""


def put_off(time: float, *outages: Outage, engine: str = "compiled") -> Polls:
    voting, draws, guards = VOTING.model_copy(update={"engine": engine}), by_hand(COMING), np.zeros(1)
    troubles = Troubles(np.array([-np.inf]), np.array([np.inf]), outages, (Stop(0, time),))
    calm = calm_day(draws, voting, guards, troubles)
    return Polls(simpy.Environment(400.0), draws, voting, calm, guards, troubles)


@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_who_has_not_voted_when_the_poll_is_stopped_waits_for_the_follow_up_poll(engine: str) -> None:
    p = put_off(445.0, engine=engine)
    script(p)
    found = row(p)
    assert (found["due"], found["voted"], found["deferred"], found["in_line"]) == (5, 2, 3, 0)
    assert (found["abandoned"], found["evacuations"]) == (1, 0), "nobody is sent to safety"
    assert np.isnan(found["counted"])


def test_a_poll_that_is_put_off_at_the_hour_of_opening_takes_no_vote() -> None:
    p = put_off(VOTING.open)
    script(p)
    assert (row(p)["voted"], row(p)["deferred"]) == (0, 5)


def test_no_disturbance_is_blamed_for_it_its_calm_twin_is_put_off_too() -> None:
    p = put_off(445.0)
    script(p)
    assert (row(p)["calm_voted"], row(p)["calm_deferred"]) == (2, 3)
    later = CalmLater(
        by_hand(COMING), VOTING, np.zeros(1), Troubles(np.array([-np.inf]), np.array([np.inf]), (), (Stop(0, 445.0),))
    )
    assert (later.voted.tolist(), later.deferred.tolist()) == ([2], [3])


def test_what_a_disturbance_has_cost_before_is_still_its_own() -> None:
    """From 422 to 430 nobody is served; the station serves again 15 minutes later, as the poll is stopped."""
    p = put_off(445.0)
    script(p, (422.0, lambda: p.impose(0, "riot", speed=0.0)), (430.0, lambda: p.lift(0, "riot")))
    assert row(p)["calm_voted"] == 2
    assert row(p)["voted"] == 0
    assert row(p)["deferred"] == 5


def test_its_crew_and_boxes_leave_at_once_and_nobody_stays_there() -> None:
    p = put_off(445.0)
    p.env.run(until=444.0)
    assert (p.state(0), p.crowd(0)) == (StationState.OPEN, 1)
    p.env.run(until=446.0)
    assert (p.state(0), p.crowd(0), p.ready(0)) == (StationState.ABANDONED, 0, 445.0)


def test_what_keeps_people_out_keeps_the_boxes_there() -> None:
    p = put_off(445.0)
    script(p, (440.0, lambda: p.evacuate(0, "riot")), (470.0, lambda: p.lift(0, "riot")))
    assert p.ready(0) == 470.0
    assert row(p)["abandoned"] == 1


def test_a_station_that_has_been_given_up_is_not_put_off_again() -> None:
    p = put_off(445.0)
    script(p, (435.0, lambda: p.evacuate(0, "riot", for_good=True)))
    assert len(p.history(0)) == 2
    assert (row(p)["voted"], row(p)["deferred"]) == (1, 4)


def test_servers_may_be_out_of_use_before_and_after() -> None:
    p = put_off(500.5, Outage(0, 0, 1, 432.0, 480.0))
    script(p)
    assert (row(p)["voted"], row(p)["calm_voted"], row(p)["deferred"]) == (3, 3, 2)
