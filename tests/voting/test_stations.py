"""Many stations at once: the same voters as one alone, and sums that fit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sim
from sim.config.compose import load
from sim.errors import UserError
from sim.voting.conditions import Conditions
from sim.voting.station import simulate_station
from sim.voting.stations import simulate_stations

VOTING = load("calm_day").voting


def test_one_of_them_is_the_station_alone() -> None:
    one, many = simulate_station(VOTING, 500, day=3), simulate_stations(VOTING, [500], day=3, follow=True)
    assert many.voters is not None
    pd.testing.assert_frame_equal(many.voters.drop(columns="station"), one.voters)
    assert many.stations["voted"].tolist() == one.table.voted.tolist()


def test_rows_of_voters_add_up_to_rows_of_stations() -> None:
    stop = Conditions().changing(540, 0.0, 0.0).changing(600, 1.0, 0.0)
    found = simulate_stations(VOTING, [480, 300, 560], conditions=[None, stop, None], follow=True)
    assert found.voters is not None
    by_station = found.voters.groupby("station")
    assert by_station.size().tolist() == found.stations["due"].tolist()
    voted = found.voters[found.voters["fate"] == "voted"].groupby("station")
    assert voted.size().tolist() == found.stations["voted"].tolist()
    assert voted["wait"].sum().tolist() == pytest.approx(found.stations["wait_sum"].tolist())
    assert voted["left"].max().tolist() == pytest.approx(found.stations["last_voted"].tolist())


def test_only_the_station_to_which_something_happens_is_another() -> None:
    calm = simulate_stations(VOTING, [480, 300, 560]).stations
    stop = Conditions().changing(540, 0.0, 0.0).changing(600, 1.0, 0.0)
    stopped = simulate_stations(VOTING, [480, 300, 560], conditions=[None, stop, None]).stations
    pd.testing.assert_frame_equal(calm.loc[[0, 2]], stopped.loc[[0, 2]])
    assert stopped["wait_sum"][1] > 3 * calm["wait_sum"][1]


def test_columns_are_described() -> None:
    found = simulate_stations(VOTING, [480, 300], follow=True)
    for frame in (found.stations, found.voters):
        assert (sim.describe(frame)["meaning"] != "").all()


@pytest.mark.parametrize(
    ("registered", "conditions", "says"),
    [
        (["many"], None, "a number of voters is needed"),
        ([-1], None, "whole numbers"),
        ([1.5], None, "whole numbers"),
        ([np.nan], None, "whole numbers"),
        ([10, 20], [None], "1 for 2 stations"),
        ([10_000_000], None, "at most 5,000,000"),
    ],
)
def test_what_cannot_be_played_is_refused(registered: list[float], conditions: list[None] | None, says: str) -> None:
    with pytest.raises(UserError, match=says):
        simulate_stations(VOTING, registered, conditions=conditions)
