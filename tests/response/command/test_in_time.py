"""A need is filled in time: who is near goes even when enough is coming from far."""

from __future__ import annotations

from typing import Any

import pytest

from sim.response.command.at_hand import AtHand
from sim.response.command.reach import reached
from sim.response.ledger import Ledger
from sim.vocabulary import Verdict
from tests.response.command.test_posko import NOBODY, strategy
from tests.response.conftest import Bench, Trouble, line_region


def two_teams(**dispatch: Any) -> tuple[Bench, Trouble]:
    """A team of twelve in the village of two disturbances, and one 38 minutes away; the near one is busy at first."""
    mine = strategy(NOBODY, **dispatch)
    team = {"teams": 1, "size": 12, "vehicle": "car"}
    mine["reserves"] = [{"base": "POLRES", **team}, {"base": "SEK-TIMUR", **team}]
    b = Bench(line_region(), mine, work={"mean_minutes": 5, "cv": 0})
    first = b.begin(b.trouble(7, "s0", presence=12))
    second = b.trouble(6, "s1", presence=12)
    b.at(422.0, lambda: b.begin(second))
    b.at(438.0, first.over.succeed)
    return b, second


def test_who_is_far_away_fills_a_need_unless_it_is_to_be_filled_in_time() -> None:
    b, second = two_teams(in_time_minutes=None)
    b.env.run(600.0)
    assert [when for when, _, _ in second.there] == [pytest.approx(467.0)]

    b, second = two_teams()
    b.env.run(600.0)
    sent = [task for task in b.ledger.tasks if task.goal.incident == "s1"]
    assert [task.unit.spec.name for task in sent] == ["reserve/POLRES/1", "reserve/SEK-TIMUR/1"]
    home = b.ledger.tasks[0].returned
    assert sent[1].ordered == home == pytest.approx(445.0), "as soon as it is home: 22 minutes before the other"
    assert [when for when, _, _ in second.there] == [pytest.approx(453.0), pytest.approx(467.0)]
    assert sent[1].verdicts[Verdict.SENT] == 1


def test_nobody_is_sent_for_one_who_is_there_in_time_or_where_he_would_be_late_himself() -> None:
    for within in (60.0, 5.0):
        b, second = two_teams(in_time_minutes=within)
        b.env.run(600.0)
        assert len(second.there) == 1, within


def test_who_is_too_late_is_asked_again_when_he_may_be_near_enough_or_moves_in_another_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    b, second = two_teams()
    far, near = b.fleet.units
    at_hand, spot, asked = b.posko.dispatcher.at_hand, b.plan.spot(second.place), list[float]()
    within = b.roads.minutes("car", b.fleet.position(far), spot) - 3.0
    way = AtHand._way
    monkeypatch.setattr(AtHand, "_way", lambda self, *rest: asked.append(b.env.now) or way(self, *rest))
    for time in (420.0, 421.0, 422.9, 423.1):
        b.env.run(time) if time > b.env.now else None
        assert not at_hand.within(second, within, 1 << far.index, spot)
    assert asked == [420.0, 423.1], "it stands where it stood, but nobody looked"
    far.motion = near.motion
    assert at_hand.within(second, within, 1 << far.index, spot) and asked[2:] == [423.1]


def test_who_is_on_the_way_is_asked_once_and_is_late_until_he_is_near_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    b, second = two_teams(in_time_minutes=None)
    asked = list[float]()
    left = Ledger.minutes_left
    monkeypatch.setattr(Ledger, "minutes_left", lambda self, task: asked.append(b.env.now) or left(self, task))
    task = b.posko.dispatcher.order(second, b.fleet.units[0])
    late = {}
    for time in (420.0, 430.0, 440.0, 446.0, 452.0):
        b.env.run(time) if time > b.env.now else None
        late[time] = b.env.now < b.posko.dispatcher.at_hand.late_until(task, 15.0)
        assert late[time] == (left(b.ledger, task) > 15.0)
    assert list(late.values()) == [True, True, True, False, False]
    assert asked == [420.0, 430.0], "once it is on the way it is known from when on it is in time"


def test_what_is_reached_in_time_by_hand() -> None:
    b, _ = two_teams()
    moving = [(unit.spec, b.fleet.position(unit)) for unit in b.fleet.units]
    near = [b.unit(name).index for name in ("reserve/POLRES/1", "reserve/SEK-TIMUR/1")]
    # six minutes to get ready, then 10.3 between neighbouring villages and the way from the village to the station
    found = reached(moving, b.plan, b.roads.state, 6 + 12.0)[near]
    assert found.tolist() == [[True] * 4 + [False] * 4, [False] * 4 + [True] * 4]
    assert not reached(moving, b.plan, b.roads.state, 6.0)[near].any()
    assert reached(moving, b.plan, b.roads.state, 60.0)[near].all()
