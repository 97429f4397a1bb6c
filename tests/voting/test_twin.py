"""The calm twin that is played when it is asked for is the one that is played at once."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from sim.voting.engine import StationTable
from sim.voting.trouble import Outage, Troubles
from sim.voting.twin import CalmLater, calm_day
from tests.voting.test_polls import VOTING, by_hand, polls
from tests.voting.test_polls_troubles import TWO_STAGES

NAMES = [column.name for column in fields(StationTable)]
DRAWS = by_hand([421.0, 422.0, 700.0], [500.0], [425.0, 426.0, 427.0, 775.0])
GUARDS = np.array([0.0, 0.6, 0.0])
TROUBLES = Troubles(np.array([-np.inf, 510.0, -np.inf]), np.array([2.0, 9.0, 9.0]), (Outage(2, 0, 1, 430.0, 600.0),))


def later(troubles: Troubles | None) -> CalmLater:
    return CalmLater(DRAWS, VOTING, GUARDS, troubles)


def same(one: StationTable, other: StationTable) -> bool:
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in NAMES)


@pytest.mark.parametrize("troubles", [None, TROUBLES], ids=["calm", "troubled"])
@pytest.mark.parametrize("first", [*NAMES, "voted", "due"])
def test_it_is_the_same_whichever_column_is_asked_for_first(troubles: Troubles | None, first: str) -> None:
    twin, at_once = later(troubles), calm_day(DRAWS, VOTING, GUARDS, troubles)
    assert getattr(twin, first).tobytes() == getattr(at_once, first).tobytes()
    assert same(twin, at_once)


@pytest.mark.parametrize("troubles", [None, TROUBLES], ids=["calm", "troubled"])
@pytest.mark.parametrize("stations", [[2], [0, 2], [1], [2, 1, 0], []])
def test_some_rows_are_those_of_the_whole(troubles: Troubles | None, stations: list[int]) -> None:
    twin, at_once, which = later(troubles), calm_day(DRAWS, VOTING, GUARDS, troubles), np.array(stations, dtype=int)
    assert same(twin.rows(which), at_once.rows(which))
    assert same(twin, at_once), "and nothing else has changed"
    assert same(twin.rows(which), at_once.rows(which)), "played in whole it gives the same"


def test_rows_can_be_replaced() -> None:
    twin, at_once = later(None), calm_day(DRAWS, VOTING, GUARDS, None)
    row, which = calm_day(DRAWS, VOTING, GUARDS, TROUBLES).rows(np.array([0])), np.array([0])
    assert same(twin.replaced(which, row), at_once.replaced(which, row))


def test_a_column_that_there_is_not_is_none() -> None:
    with pytest.raises(AttributeError):
        _ = later(None).votes


def test_what_becomes_of_stations_that_something_has_happened_to() -> None:
    p = polls(DRAWS)
    p.env.run(until=421.5)
    p.close(0)
    p.impose(2, "riot", speed=0.0)
    p.env.run(until=600.0)
    p.lift(2, "riot")
    p.env.run(until=700.0)
    told, table = p.touched(), None
    assert told.stations.tolist() == [0, 2]
    p.env.run(until=1799.0)
    table = p.table()
    assert told.voted.tolist() == table["voted"][[0, 2]].tolist()
    assert told.calm_voted.tolist() == table["calm_voted"][[0, 2]].tolist() == [3, 4]
    assert told.abandoned.tolist() == [True, False], "nobody is let in at the last closing: it is foreseen"
    assert told.evacuations.tolist() == [0, 0]


def test_nothing_has_happened_to_any() -> None:
    told = polls(DRAWS, voting=TWO_STAGES.model_copy(update={"stages": VOTING.stages})).touched()
    assert all(len(column) == 0 for column in told)
