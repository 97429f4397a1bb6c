"""Boxes that are held where they are, on the clock of ``test_escort``: stopped and let go, alone and with others."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sim.region.position import Position
from sim.vocabulary import BoxState, Outcome, UnitState
from tests.day.test_convoys import convoys
from tests.day.test_escort import (
    ACCESS,
    BETWEEN,
    CLOSE,
    COUNTED,
    LEFT,
    LOAD,
    NOBODY,
    TO_OFFICE,
    VILLAGES,
    Boxes,
    one_district,
    reserve,
)

ON_THE_ROAD = LEFT + ACCESS + 4.0
RULES = ("crew_and_warden", "pair_each_village", "convoy_by_district", "reserve_escorts")


def held(b: Boxes, begin: float, end: float, *stations: int, cause: str = "b1") -> None:
    b.at(begin, lambda: b.escort.hold(stations, cause))
    b.at(end, lambda: b.escort.release(cause))


@pytest.mark.parametrize("rule", RULES)
def test_boxes_on_the_road_stand_where_they_are_and_are_home_later_by_the_time_held(rule: str) -> None:
    b, free = (Boxes(VILLAGES, rule, strategy=reserve(1)) for _ in range(2))
    held(b, ON_THE_ROAD, ON_THE_ROAD + 37.0, 2)
    b.run()
    free.run()
    later = np.subtract(b.home(), free.home())
    alone = rule in ("crew_and_warden", "convoy_by_district")  # the only reserve is of the other district
    with_it = [2] if alone else [2, 3]
    assert later[with_it] == pytest.approx([37.0] * len(with_it))
    assert np.delete(later, with_it) == pytest.approx(0.0)
    assert [m > 0 for m in b.column("held_minutes")] == [s in with_it for s in range(8)]
    assert b.column("held_minutes")[2] == pytest.approx(37.0)
    for time in (ON_THE_ROAD, ON_THE_ROAD + 20.0, ON_THE_ROAD + 36.9):
        here = b.escort.boxes_at(2, time)
        assert (here.state, here.position) == (
            BoxState.ON_THE_WAY,
            Position(1, pytest.approx(4.0), 0, pytest.approx(6.0)),
        )


def test_boxes_that_walk_to_the_middle_of_their_village_stop_there() -> None:
    for rule, begin in product(("crew_and_warden", "pair_each_village"), (LEFT, LEFT + 0.5, LEFT + ACCESS)):
        b = Boxes(VILLAGES, rule)
        held(b, begin, begin + 30.0, 2)
        b.run()
        assert b.home()[2] == pytest.approx(LEFT + TO_OFFICE[2] + 30.0), (rule, begin)
        if begin == LEFT + 0.5:
            assert b.escort.boxes_at(2, begin + 29.0).position == Position(1, pytest.approx(ACCESS - 0.5))
            assert b.escort.boxes_at(2, begin + 31.0).position == Position(1, pytest.approx(ACCESS - 1.5))


def test_boxes_that_wait_at_their_station_leave_when_they_are_let_go() -> None:
    b = Boxes(NOBODY, "crew_and_warden")
    held(b, COUNTED + 1.0, COUNTED + 50.0, 2)
    held(b, COUNTED + 1.0, COUNTED + 3.0, 4, cause="b2")
    b.run()
    assert b.column("boxes_left")[2] == COUNTED + 50.0 and b.column("boxes_left")[3] == LEFT
    assert b.column("boxes_left")[4] == LEFT, "it was still being loaded"
    assert b.column("held_minutes")[2:6] == [pytest.approx(m) for m in (49.0, 0.0, 2.0, 0.0)]
    assert b.column("unescorted_minutes")[2] == pytest.approx(50.0 + TO_OFFICE[2]), "counted as ever"


def test_a_village_goes_without_its_boxes_that_are_held_and_without_a_station_that_stands_still() -> None:
    b = Boxes(VILLAGES)
    held(b, COUNTED + 1.0, COUNTED + 50.0, 2)
    b.polls.when[5] = np.inf
    held(b, COUNTED + 1.0, COUNTED + 50.0, 5, cause="b2")
    b.at(COUNTED + 50.0, lambda: b.polls.change(5, COUNTED + 60.0))
    b.run()
    assert b.column("boxes_left")[2:6] == [COUNTED + 50.0, LEFT, LEFT, COUNTED + 60.0 + LOAD]
    assert b.home()[3:5] == [pytest.approx(LEFT + TO_OFFICE[3]), pytest.approx(LEFT + TO_OFFICE[4])]
    assert b.column("escorted") == [1] * 8, "the pairs have come back"
    assert b.column("held_minutes")[3] == 0.0 and b.column("held_minutes")[5] == 0.0, "not counted then"


def test_a_village_whose_first_boxes_are_held_has_its_officers_all_the_same() -> None:
    b = Boxes(VILLAGES)
    b.polls.when[3] = 950.0
    held(b, 880.0, 1200.0, 2)  # before they are called for the first of them
    tasks = b.run()
    second = next(t for t in tasks if t.unit.spec.name == "guard/low/2")
    assert second.ordered == pytest.approx(950.0 + LOAD + ACCESS - 15.0) and b.column("escorted")[2:4] == [1, 1]


@pytest.mark.parametrize("which", [2, 3])
def test_boxes_that_are_held_while_they_wait_in_their_village_wait_for_no_others(which: int) -> None:
    b = Boxes(VILLAGES)
    b.polls.when[3] = 930.0
    held(b, 920.0, 980.0, which)
    b.run()
    if which == 2:  # in the middle of the village, with the pair
        assert b.home()[2:4] == [pytest.approx(980.0 + BETWEEN), pytest.approx(935.0 + TO_OFFICE[3])]
        assert b.column("escorted")[2:4] == [1, 0]
    else:  # still at its station
        assert b.home()[2:4] == [pytest.approx(920.0 + BETWEEN), pytest.approx(980.0 + TO_OFFICE[3])]
        assert b.column("escorted")[2:4] == [1, 1], "the pair has come back"
    assert [m > 0 for m in b.column("held_minutes")[2:4]] == [which == 2, which == 3]


def test_two_causes_are_not_added_up_and_both_must_be_over() -> None:
    b = Boxes(VILLAGES)
    held(b, ON_THE_ROAD, ON_THE_ROAD + 20.0, 2)
    held(b, ON_THE_ROAD + 10.0, ON_THE_ROAD + 25.0, 2, cause="b2")
    held(b, ON_THE_ROAD + 12.0, ON_THE_ROAD + 13.0, 3, cause="b3")
    b.run()
    assert b.home()[2] == pytest.approx(LEFT + TO_OFFICE[2] + 25.0)
    assert b.column("held_minutes")[2] == pytest.approx(25.0)


def test_what_is_handed_over_or_was_let_go_long_before_is_not_held() -> None:
    b, free = Boxes(VILLAGES), Boxes(VILLAGES)
    held(b, 710.0, 850.0, 2)
    held(b, LEFT + ACCESS + 1.0, 1200.0, 0, cause="b2")
    b.run()
    free.run()
    assert b.home() == free.home() and b.column("held_minutes") == [0.0] * 8
    late = Boxes(VILLAGES, when=720.0)
    held(late, 710.0, CLOSE + 30.0, 2)
    late.run()
    assert late.column("boxes_left")[2] == CLOSE + 30.0 and late.column("held_minutes")[2] == pytest.approx(90.0)


def test_officers_stand_with_the_boxes_and_go_on_with_them() -> None:
    b = Boxes(VILLAGES)
    held(b, ON_THE_ROAD, ON_THE_ROAD + 30.0, 2)
    b.env.run(ON_THE_ROAD + 15.0)
    unit = b.unit("guard/low/2")
    assert unit.state is UnitState.ESCORTING and b.escort.unit_with(2) is unit
    assert b.fleet.position(unit) == Position(1, pytest.approx(4.0), 0, pytest.approx(6.0))
    b.run()
    assert b.column("escorted") == [1] * 8 and b.escort.unit_with(2) is None
    task = next(t for t in b.ledger.tasks if t.unit is unit)
    assert task.outcome is Outcome.DONE and task.km == pytest.approx(12.0)


def test_officers_come_to_boxes_that_are_held_in_their_village() -> None:
    b = Boxes(NOBODY, "reserve_escorts", strategy=reserve(1))
    for station in (0, 1, 4, 5, 6, 7):
        b.polls.when[station] = np.inf
    unit = b.unit("reserve/SEK-TIMUR/1")
    unit.is_held = True
    held(b, LEFT + ACCESS - 0.5, LEFT + 120.0, 2)

    def let_go() -> None:
        unit.is_held = False
        b.fleet.set_free[unit.spec.role].fire(unit)

    b.at(LEFT + 60.0, let_go)
    b.run()
    assert b.column("escorted")[2:4] == [1, 1]
    assert b.column("unescorted_minutes")[2] == pytest.approx(LOAD + 60.0 + 2 * BETWEEN)


def test_who_is_on_his_way_to_boxes_that_are_stopped_does_not_wait_for_them_in_vain() -> None:
    b = Boxes(NOBODY, "reserve_escorts", region=one_district(), strategy=reserve(1, base="POLRES"))
    for station in range(6):
        b.polls.when[station] = np.inf
    unit = b.unit("reserve/POLRES/1")
    unit.is_held = True

    def let_go() -> None:
        unit.is_held = False
        b.fleet.set_free[unit.spec.role].fire(unit)

    b.at(903.0, let_go)  # would meet them in village 1 at 927
    held(b, 915.0, 1000.0, 6)
    b.run()
    assert b.home()[6] == pytest.approx(937.0 + 85.0)
    at = [b.escort.boxes_at(6, time).officers for time in (950.0, 1011.0, 1013.0)]
    assert at[0] == 0 and at[-1] == 4, "he meets them when they have gone on"


def test_a_convoy_that_is_stopped_keeps_no_village_and_boxes_that_join_a_held_one_wait_with_it() -> None:
    b = convoys("SEK-TIMUR")
    b.polls.when[4:6] = [930.0, 930.0]
    held(b, LEFT + ACCESS + 1.0, 1000.0, 6)
    b.run()
    assert b.home()[4] == pytest.approx(930.0 + LOAD + ACCESS + 2 * BETWEEN)
    assert b.home()[6:] == [pytest.approx(1000.0 + 29.0)] * 2
    joined = convoys("SEK-TIMUR")
    joined.polls.when[4:6] = [930.0, 930.0]
    held(joined, 925.0, 1000.0, 6)  # where the convoy waits, in the middle of village 2
    joined.run()
    assert joined.home()[6:] == [pytest.approx(1000.0 + 2 * BETWEEN)] * 2
    assert joined.home()[4:6] == [pytest.approx(930.0 + LOAD + ACCESS + 2 * BETWEEN)] * 2
    assert [m > 0 for m in joined.column("held_minutes")[4:]] == [False, False, True, True]


def test_boxes_that_are_let_go_take_the_quickest_way_of_that_moment() -> None:
    b = Boxes(VILLAGES)
    held(b, ON_THE_ROAD, ON_THE_ROAD + 30.0, 2)
    b.at(ON_THE_ROAD + 10.0, lambda: b.roads.close(0))
    b.at(ON_THE_ROAD + 60.0, lambda: b.roads.open(0))
    b.run()
    assert b.home()[2] >= ON_THE_ROAD + 60.0 + 6.0 - 1e-6
    slowed = Boxes(VILLAGES)
    held(slowed, ON_THE_ROAD, ON_THE_ROAD + 30.0, 2)
    slowed.at(ON_THE_ROAD + 10.0, lambda: slowed.roads.slow(0, 0.5))
    slowed.run()
    assert slowed.home()[2] == pytest.approx(ON_THE_ROAD + 30.0 + 2 * 6.0), "the rest of the road at half the speed"


@pytest.mark.parametrize("rule", RULES)
def test_nobody_who_is_held_is_home_sooner_and_all_are_released(rule: str) -> None:
    """Any boxes held at any time: the road is the same, so the time that was lost is not made up."""
    rng = np.random.default_rng(7)
    for _ in range(25):
        counted = rng.uniform(800.0, 1000.0, 8).round(1)
        region = one_district() if rng.random() < 0.5 else None
        b, free = (Boxes(VILLAGES, rule, region=region, strategy=reserve(1)) for _ in range(2))
        b.polls.when[:], free.polls.when[:] = counted.tolist(), counted.tolist()
        for cause in range(int(rng.integers(1, 4))):
            begin = float(rng.uniform(780.0, 1040.0))
            held(b, begin, begin + float(rng.uniform(1.0, 90.0)), int(rng.integers(8)), cause=f"b{cause}")
        b.run()
        free.run()
        concerned = np.array(b.column("held_minutes")) > 0
        later = np.subtract(b.home(), free.home())
        assert np.isfinite(b.home()).all()
        assert np.all(later[concerned] > -1e-6), (counted, later, b.column("held_minutes"))
        assert np.all(np.array(b.column("held_minutes")) <= np.subtract(b.home(), counted) + 1e-6)
