"""What is needed to vote is taken: the poll of the station is over for the day, and of no other."""

from __future__ import annotations

import numpy as np

from sim.config.compose import load
from sim.day import prepare, simulate_day
from tests.behaviour.moves import ALONE, QUIET

SEIZURE = (
    *QUIET,
    *ALONE,
    "strategy.reserves=[]",
    "response.reporting.false_reports.per_hour=0",
    'incidents=[{kind: ballot_box_seizure, onset: "10:00", place: Kota Padang, starters: 60, followers: 0}]',
    "run.check=true",
)


def stations(*overrides: str) -> dict[str, np.ndarray]:
    world = prepare(load("calm_day", ["strategy=central_reserve", *SEIZURE, *overrides]))
    return simulate_day(world, "central_reserve", 0).tables["stations"]


def test_a_seizure_that_is_red_ends_the_poll_of_its_station_and_the_boxes_still_come_home() -> None:
    table = stations()
    (gone,) = np.flatnonzero(table["abandoned"])
    assert table["deferred"][gone] > 50 and table["deferred"].sum() == table["deferred"][gone]
    assert 0 < table["voted"][gone] < table["calm_voted"][gone]
    assert np.isfinite(table["boxes_home"][gone]) and table["evacuations"][gone] == 1


def test_where_it_only_evacuates_those_who_come_back_still_vote() -> None:
    only = stations(
        "kinds.ballot_box_seizure.severities.red.effects=[{effect: evacuate}]",
        "kinds.ballot_box_seizure.course.calm_per_minute=2",  # it is soon over
    )
    assert only["abandoned"].sum() == 0 and only["deferred"].sum() == 0
    ended = stations("kinds.ballot_box_seizure.course.calm_per_minute=2")
    assert ended["abandoned"].sum() == 1
    assert ended["voted"].sum() < only["voted"].sum() - 50
