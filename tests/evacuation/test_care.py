"""Which vehicle is still needed, and which facility."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sim.evacuation.care import Room, choose_facility, choose_vehicle, intake_minutes, is_able, still_wanted
from sim.triage import Triage

MINOR, DELAYED, IMMEDIATE = Triage.MINOR, Triage.DELAYED, Triage.IMMEDIATE
INF = np.inf


def test_who_is_there_for_the_gravest_is_there_for_all() -> None:
    assert [is_able(IMMEDIATE, t) for t in Triage] == [True, True, True]
    assert [is_able(DELAYED, t) for t in Triage] == [False, True, True]
    assert [is_able(MINOR, t) for t in Triage] == [False, False, True]


@pytest.mark.parametrize(
    ("waiting", "crews", "wanted"),
    [
        ([], [], None),
        ([DELAYED], [], DELAYED),
        ([MINOR, DELAYED, IMMEDIATE], [], IMMEDIATE),
        ([DELAYED], [Room(IMMEDIATE, 1)], None),
        ([DELAYED, DELAYED], [Room(IMMEDIATE, 1)], DELAYED),
        ([DELAYED, DELAYED], [Room(DELAYED, 2)], None),
        ([IMMEDIATE], [Room(DELAYED, 2)], IMMEDIATE),  # it may not carry him
        ([IMMEDIATE, DELAYED], [Room(IMMEDIATE, 2)], DELAYED),  # it leaves at once
        ([DELAYED, IMMEDIATE], [Room(IMMEDIATE, 1), Room(DELAYED, 1)], None),  # the car for whom it may carry
        ([IMMEDIATE, DELAYED, DELAYED], [Room(IMMEDIATE, 2), Room(IMMEDIATE, 1)], None),  # in the small one
        ([DELAYED], [Room(IMMEDIATE, 0)], DELAYED),  # it is about to leave
        ([MINOR, MINOR, MINOR], [Room(DELAYED, 1)], None),  # one crew treats them all
        ([MINOR, DELAYED], [Room(DELAYED, 1)], MINOR),  # its crew leaves with the other
        ([MINOR, DELAYED], [Room(DELAYED, 2)], None),
    ],
)
def test_what_vehicle_is_still_wanted(waiting: list[Triage], crews: list[Room], wanted: Triage | None) -> None:
    assert still_wanted(Counter(waiting), crews) is wanted


@pytest.mark.parametrize(
    ("minutes", "chosen"),
    [
        ([12.0, 4.0, 9.0], 1),
        ([INF, 40.0], 1),
        ([7.0, 3.0, 3.0], 1),  # among equals the first
        ([INF, INF], None),
        ([], None),
    ],
)
def test_the_vehicle_that_is_there_first(minutes: list[float], chosen: int | None) -> None:
    assert choose_vehicle(minutes) == chosen


@pytest.mark.parametrize(
    ("minutes", "intake", "bed", "able", "chosen"),
    [
        ([5.0, 20.0, 10.0], [0, 0, 0], [1, 1, 1], [1, 1, 1], 0),
        ([5.0, 20.0, 10.0], [0, 0, 0], [0, 1, 1], [1, 1, 1], 2),  # the nearest is full
        ([5.0, 20.0, 10.0], [0, 0, 0], [0, 0, 0], [1, 1, 1], 0),  # every one is full: the nearest takes one more
        ([5.0, 20.0, 10.0], [0, 0, 0], [1, 1, 1], [0, 1, 0], 1),  # two are not for him
        ([5.0, 20.0, 10.0], [0, 0, 0], [1, 0, 1], [0, 1, 0], 1),  # rather the right house without a bed
        ([5.0, INF, 10.0], [0, 0, 0], [1, 1, 1], [0, 1, 0], 0),  # the right house is cut off: any
        ([5.0, 20.0, 10.0], [30, 0, 12], [1, 1, 1], [1, 1, 1], 2),  # nearest is not soonest
        ([INF, 20.0, 10.0], [0, 0, 0], [1, 0, 0], [1, 1, 1], 2),  # the free beds are cut off
        ([INF, INF], [0, 0], [1, 1], [1, 1], None),
        ([], [], [], [], None),
    ],
)
def test_where_somebody_is_received_soonest(
    minutes: list[float], intake: list[float], bed: list[int], able: list[int], chosen: int | None
) -> None:
    got = choose_facility(minutes, intake, [*map(bool, bed)], [*map(bool, able)])
    assert got == chosen


@pytest.mark.parametrize(("ahead", "teams", "minutes"), [(0, 1, 0), (1, 1, 10), (3, 4, 0), (4, 4, 2.5), (7, 4, 10)])
def test_minutes_until_one_more_is_received(ahead: int, teams: int, minutes: float) -> None:
    assert intake_minutes(ahead, teams, 10.0) == minutes
