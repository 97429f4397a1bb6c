"""A clash of two sides as an incident on the clock: what it records, whom evacuation takes away, what ends it."""

from __future__ import annotations

from typing import Any

import pytest
import simpy
from pydantic import ValidationError

from sim.disturbance.courses.path import CrowdState
from sim.disturbance.incident import Incident
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.strength import Strength
from sim.vocabulary import Ending, Origin
from tests.disturbance.courses.test_two_sided import NOBODY, differs, kind
from tests.disturbance.made_up import END, PLACES, Heard, nobody_around


def incident(replication: int = 0, starters: int | None = None, **course: Any) -> Incident:
    env = simpy.Environment(initial_time=600.0)
    begins = Start("s0", "clash", Origin.SCRIPTED, PLACES[3], starters, 0.0)
    return Incident(env, begins, kind(**course), Streams(1, replication), Heard().hooks(), END, nobody_around())


def test_an_incident_tells_of_both_sides_together_and_of_the_largest_second_one() -> None:
    for replication in range(20):
        one = incident(replication)
        one.env.process(one.live(100))
        one.env.run(640.0)
        assert one.state is not None and isinstance(one.state, CrowdState)
        row, state = one.row(), one.state
        assert row.peak_active >= state.active == 8 + row.joined - state.left
        assert row.peak_active >= row.peak_other >= state.other.active
        assert row.peak_other >= 4
    whole = incident(3, starters=30)
    whole.env.process(whole.live(100))
    whole.env.run(END)
    assert whole.row().peak_active > whole.row().peak_other > 15
    assert whole.ending is Ending.FADED


def test_one_crowd_has_no_second_side_in_the_records() -> None:
    alone = incident(**{"other": NOBODY})
    alone.env.process(alone.live(100))
    alone.env.run(END)
    assert (alone.row().peak_other, alone.row().joined > 20) == (0, True)


def test_bystanders_who_are_brought_away_are_of_both_sides() -> None:
    one = incident(own_share=0.25, onlookers=0, other={"onlookers": 0})
    one.env.process(one.live(400))
    one.env.run(601.0)
    before = one.state
    one.withdraw_bystanders(80)  # 40 could have joined, 10 of them the first side
    after = one.state
    assert isinstance(before, CrowdState) and isinstance(after, CrowdState)
    assert before.bystanders - after.bystanders == 40
    assert before.other.bystanders - after.other.bystanders == 30
    one.env.run(610.0)
    one.withdraw_bystanders(10_000)
    assert isinstance(one.state, CrowdState) and (one.state.bystanders, one.state.other.bystanders) == (0, 0)


def test_officers_end_a_clash_on_the_clock_of_an_incident() -> None:
    def ended(officers: int) -> list[float]:
        found = []
        for replication in range(60):
            one = incident(replication, starters=24)
            one.arrive(Strength.of(presence=officers, crowd_control=officers))
            one.env.process(one.live(100))
            one.env.run(END)
            found.append(one.times.ended)
        return found

    assert differs(ended(9), ended(30)) > 3.0


def test_more_injuries_than_a_day_can_follow_are_refused_also_those_of_the_second_side() -> None:
    for change in ({"other": {"onlookers": 900_000}}, {"contact_injuries_per_hour": 900.0}):
        with pytest.raises(ValidationError, match="would be injured an hour"):
            kind(**change)  # type: ignore[arg-type]
