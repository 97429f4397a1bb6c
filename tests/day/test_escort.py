"""The boxes' way home on a clock of its own: four villages 10 minutes apart, stations 2 minutes from their middle.

The district Barat (stations 0 to 3, villages 0 and 1) has its office in the first village, Timur (4 to 7, villages 2
and 3) in the third. Loading takes 5 minutes; stations have counted when the test says so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.day.escort import Escort
from sim.region.position import Position, at
from sim.region.region import Region
from sim.response.fleet import Unit
from sim.response.task import Task
from sim.vocabulary import BoxState, Outcome, Purpose, UnitState
from tests.response.conftest import Bench, line_region

VILLAGES = {"police": 2, "stations": 2, "wardens": 4}
ONE_PAIR = {"police": 2, "stations": 8, "wardens": 16}
NOBODY = {"police": 0, "stations": 8, "wardens": 16}
PAIR = "guard/low/1"
CLOSE, COUNTED = 780.0, 900.0
LOAD, ACCESS, BETWEEN = 5.0, 2.0, 10.0
LEFT = COUNTED + LOAD
TO_OFFICE = [ACCESS] * 2 + [ACCESS + BETWEEN] * 2 + [ACCESS] * 2 + [ACCESS + BETWEEN] * 2
ESCORT = {"vehicle": "car", "load_minutes": LOAD, "notice_minutes": 15.0, "wait_minutes": 0.0, "gather_minutes": 60.0}


class Counted:
    """Stations of which nothing is known but when they will have counted."""

    def __init__(self, stations: int, when: float) -> None:
        self.when = [when] * stations
        self.listeners: list[Callable[[int], None]] = []

    def ready(self, station: int) -> float:
        return self.when[station]

    def all_ready(self) -> list[float]:
        return list(self.when)

    def is_before_count(self, station: int, time: float) -> bool:
        return False  # whether anything has happened there is not known

    def change(self, station: int, when: float) -> None:
        self.when[station] = when
        for listener in self.listeners:
            listener(station)


class Boxes(Bench):
    """The bench with boxes to bring home."""

    def __init__(
        self,
        guards: dict[str, int],
        rule: str = "pair_each_village",
        when: float = COUNTED,
        strategy: dict[str, Any] | None = None,
        region: Region | None = None,
        **escort: Any,
    ) -> None:
        pattern = {"rule": "pattern", "very_high": guards, "high": guards, "low": guards}
        mine = {"guards": pattern, "escort": rule, **(strategy or {})}
        super().__init__(region or line_region(), mine, 700.0, escort={**ESCORT, **escort})
        self.polls = Counted(8, when)
        self.escort = Escort(
            self.env, self.plan, self.region, self.polls, self.fleet, self.ledger, self.roads, CLOSE  # type: ignore[arg-type]
        )  # fmt: skip

    def column(self, name: str) -> list[float]:
        return self.escort.table()[name].tolist()  # type: ignore[no-any-return]

    def home(self) -> list[float]:
        return self.column("boxes_home")

    def run(self, until: float = 1700.0) -> list[Task]:
        self.env.run(until)
        return self.ledger.tasks


def reserve(teams: int, base: str = "SEK-TIMUR") -> dict[str, Any]:
    return {"reserves": [{"base": base, "teams": teams, "size": 4, "vehicle": "car"}]}


def one_district() -> Region:
    """The four villages in one district, whose office is in the first."""
    region = line_region()
    return dataclasses.replace(
        region,
        stations=dataclasses.replace(region.stations, district=np.zeros(8, dtype=np.int64)),
        nodes=tuple(dataclasses.replace(node, district=0) for node in region.nodes),
        villages=tuple(dataclasses.replace(village, district=0) for village in region.villages),
    )


def test_with_crew_and_warden_each_leaves_when_it_is_loaded() -> None:
    b = Boxes(VILLAGES, "crew_and_warden")
    b.polls.when[6] = 1000.0
    assert b.run() == [], "no officers, though every village has a pair"
    counted = [1000.0 if s == 6 else COUNTED for s in range(8)]
    assert b.column("boxes_left") == [c + LOAD for c in counted]
    assert b.home() == [pytest.approx(c + LOAD + way) for c, way in zip(counted, TO_OFFICE, strict=True)]
    assert b.column("escorted") == [0] * 8


def test_a_village_goes_together_with_its_pair_which_is_there_before() -> None:
    b = Boxes(VILLAGES)
    b.polls.when[3] = 950.0
    tasks = b.run()
    assert len(tasks) == 4 and {t.goal.purpose for t in tasks} == {Purpose.BOXES}
    assert {t.outcome for t in tasks} == {Outcome.DONE}
    left = [LEFT, LEFT, LEFT, 955.0, LEFT, LEFT, LEFT, LEFT]
    goes = [*left[:2], 955.0, *left[3:]]
    assert b.column("boxes_left") == left, "each when it is loaded: they wait in the middle of the village"
    assert b.home() == [pytest.approx(a + way) for a, way in zip(goes, TO_OFFICE, strict=True)]
    assert b.column("escorted") == [1] * 8 and b.column("unescorted_minutes")[2] == 0.0
    waits = b.escort.boxes_at(2, 940.0)
    assert (waits.state, waits.position, waits.officers) == (BoxState.WAITING, Position(1), 2)
    second = next(t for t in tasks if t.unit.spec.name == "guard/low/2")
    assert second.ordered == pytest.approx(LEFT + ACCESS - 15.0), "a quarter of an hour before the first of them come"
    assert second.released == pytest.approx(b.home()[2]) and second.km == pytest.approx(6.0 + 6.0), "there and back"


@pytest.mark.parametrize(("gather", "together"), [(0.0, False), (49.9, False), (50.0, True), (300.0, True)])
def test_boxes_wait_with_officers_for_others_as_long_as_they_are_told_and_no_longer(
    gather: float, together: bool
) -> None:
    b, nobody = Boxes(VILLAGES, gather_minutes=gather), Boxes(NOBODY, gather_minutes=gather)
    b.polls.when[3] = nobody.polls.when[3] = 950.0
    b.run()
    nobody.run()
    assert nobody.home()[2] == pytest.approx(LEFT + TO_OFFICE[2]), "nobody waits without officers"
    assert b.home()[3] == nobody.home()[3] == pytest.approx(955.0 + TO_OFFICE[3]), "the last are never later"
    assert b.home()[2] == pytest.approx((955.0 if together else LEFT) + TO_OFFICE[2])
    assert b.column("escorted")[2:4] == [together, True]
    assert b.column("unescorted_minutes")[2] <= nobody.column("unescorted_minutes")[2]


def test_boxes_that_come_before_their_officers_go_on_by_themselves_and_the_last_have_them() -> None:
    b, nobody = Boxes(VILLAGES), Boxes(NOBODY)
    b.polls.when[3] = nobody.polls.when[3] = 950.0
    unit = b.unit("guard/low/2")
    unit.is_held = True
    b.at(LEFT + ACCESS + 20.0, lambda: let_go(b, unit))
    b.run()
    nobody.run()
    assert b.home() == nobody.home() and b.column("escorted")[2:4] == [0, 1]


def test_boxes_whose_officers_are_called_away_while_they_wait_go_on_at_once() -> None:
    b = Boxes(VILLAGES)
    b.polls.when[3] = 950.0
    trouble = b.trouble(0, presence=2)
    b.at(930.0, lambda: b.posko.order(trouble, b.unit("guard/low/2")))
    b.at(1000.0, trouble.over.succeed)
    b.run()
    assert b.home()[2] == pytest.approx(930.0 + BETWEEN) and b.home()[3] == pytest.approx(955.0 + TO_OFFICE[3])
    assert b.column("escorted")[2:4] == [0, 0]
    assert b.column("unescorted_minutes")[2] == pytest.approx(BETWEEN)
    assert [b.escort.boxes_at(2, time).officers for time in (929.0, 931.0)] == [2, 0]


def test_nobody_leaves_before_closing() -> None:
    b = Boxes(NOBODY, "crew_and_warden", when=720.0)
    b.run()
    assert b.column("boxes_left") == [CLOSE] * 8, "they were loaded long ago"


@pytest.mark.parametrize(("later", "goes"), [(1000.0, 850.0), (860.0, 860.0), (840.0, 850.0)])
def test_a_station_that_counts_later_or_sooner_moves_its_village(later: float, goes: float) -> None:
    b = Boxes(VILLAGES, when=850.0)
    b.polls.when[3] = 900.0
    b.at(830.0, lambda: b.polls.change(3, later))
    b.run()
    assert b.column("boxes_left")[2:4] == [855.0, later + LOAD]
    assert b.home()[2] == pytest.approx(goes + LOAD + TO_OFFICE[2]), "it waits for an hour, but for no longer"
    assert b.home()[3] == pytest.approx(max(later, goes) + LOAD + TO_OFFICE[3])
    assert b.column("escorted")[3] == 1


@pytest.mark.parametrize(("later", "waits"), [(950.0, True), (970.0, False)])
def test_boxes_wait_for_a_station_that_is_late_when_they_are_there_already(later: float, waits: bool) -> None:
    b = Boxes(VILLAGES)
    b.polls.when[1] = 930.0
    b.at(LEFT + ACCESS + 3.0, lambda: b.polls.change(1, later))
    b.run()
    goes = later if waits else COUNTED + 3.0  # when it hears of it
    assert b.column("boxes_left")[:2] == [LEFT, later + LOAD]
    assert b.home()[0] == pytest.approx(goes + LOAD + ACCESS)
    assert b.home()[1] == pytest.approx(later + LOAD + ACCESS) and b.column("escorted")[:2] == [1, 1]


def test_a_station_that_changes_at_the_moment_its_village_would_go_is_waited_for() -> None:
    b = Boxes(VILLAGES)
    b.at(LEFT, lambda: b.polls.change(1, 950.0))
    b.run()
    assert b.column("boxes_left")[:2] == [LEFT, 955.0] and b.home()[:2] == [955.0 + ACCESS] * 2


def test_stations_that_stand_still_keep_nobody_and_go_when_they_are_ready() -> None:
    b = Boxes(VILLAGES)
    b.polls.when[2] = np.inf
    b.at(1000.0, lambda: b.polls.change(2, 1010.0))
    b.run()
    assert b.column("boxes_left")[2:4] == [1015.0, LEFT]
    assert b.column("escorted") == [1] * 8, "the pair has come back"
    never = Boxes(VILLAGES)
    never.polls.when[2] = np.inf
    never.run()
    assert np.isnan(never.column("boxes_left")[2]) and np.isfinite(never.home()[3])
    assert never.column("escorted")[2] == 0 and never.column("unescorted_minutes")[2] == 0.0


def test_a_station_that_its_village_has_gone_without_may_change_again_and_again() -> None:
    b = Boxes(VILLAGES)
    b.polls.when[2] = np.inf
    for time, when in ((1000.0, 1010.0), (1005.0, np.inf), (1030.0, 1060.0), (1040.0, 1080.0)):
        b.at(time, lambda when=when: b.polls.change(2, when))
    b.run()
    assert b.column("boxes_left")[2:4] == [1085.0, LEFT]
    assert b.home()[2] == pytest.approx(1085.0 + TO_OFFICE[2]) and b.column("escorted")[2] == 1


def test_a_pair_of_many_villages_goes_with_some_and_none_is_later_for_it() -> None:
    alone, one = Boxes(NOBODY), Boxes(ONE_PAIR)
    alone.run()
    one.run()
    assert one.home() == alone.home()
    assert 2 <= sum(one.column("escorted")) < 8
    assert alone.column("escorted") == [0] * 8
    assert sum(one.column("unescorted_minutes")) < sum(alone.column("unescorted_minutes"))


def test_who_is_not_in_time_meets_the_boxes_where_he_can_be_before_them() -> None:
    b = Boxes(NOBODY, "reserve_escorts", region=one_district(), strategy=reserve(1, base="POLRES"))
    for station in range(6):
        b.polls.when[station] = np.inf
    unit = b.unit("reserve/POLRES/1")  # in village 0; the boxes set out from village 3 at 907
    unit.is_held = True
    b.at(903.0, lambda: let_go(b, unit))
    (task,) = b.run()
    assert task.goal.place == "V1" and task.arrived == 927.0, "in village 2 he could not have been before 917"
    assert b.home()[6] == pytest.approx(937.0) and b.column("escorted")[6] == 0, "not the whole way"
    assert [b.escort.boxes_at(6, time).officers for time in (926.0, 928.0)] == [0, 4]
    assert b.column("unescorted_minutes")[6] == pytest.approx(LOAD + ACCESS + 2 * BETWEEN)


def test_nobody_is_sent_behind_boxes_that_he_cannot_overtake() -> None:
    b = Boxes(NOBODY, "reserve_escorts", strategy=reserve(1))
    for station in (0, 1, 2, 3, 4, 5):
        b.polls.when[station] = np.inf
    unit = b.unit("reserve/SEK-TIMUR/1")
    unit.is_held = True
    b.at(LEFT + ACCESS + 1.0, lambda: let_go(b, unit))
    assert b.run() == [] and np.isfinite(b.home()[6])


def let_go(b: Boxes, unit: Unit) -> None:
    unit.is_held = False
    b.fleet.set_free[unit.spec.role].fire(unit)
    b.fleet.became_idle.fire(unit)


def test_of_units_that_are_free_at_the_same_moment_each_is_asked_by_boxes_that_wait() -> None:
    b = Boxes(NOBODY, "reserve_escorts", strategy=reserve(3), wait_minutes=60.0)
    units = [b.unit(f"reserve/SEK-TIMUR/{k}") for k in (1, 2, 3)]
    for unit in units:
        unit.is_held = True
    b.at(LEFT + ACCESS + 1.0, lambda: [let_go(b, unit) for unit in units])
    assert {task.unit for task in b.run() if task.ordered == LEFT + ACCESS + 1.0} == set(units)


def test_a_pair_that_is_called_away_leaves_the_boxes_to_go_on_without_it() -> None:
    b = Boxes(VILLAGES)
    trouble = b.trouble(0, presence=2)
    b.at(LEFT + ACCESS + 4.0, lambda: b.posko.order(trouble, b.unit("guard/low/2")))
    b.at(1000.0, trouble.over.succeed)
    tasks = b.run()
    alone = Boxes(NOBODY)
    alone.run()
    assert b.home() == alone.home()
    task = next(t for t in tasks if t.unit.spec.name == "guard/low/2")
    assert task.outcome is Outcome.DIVERTED and task.released == LEFT + ACCESS + 4.0
    assert b.column("escorted") == [1, 1, 0, 0, 1, 1, 1, 1]
    assert b.column("unescorted_minutes")[2] >= BETWEEN - 4.0
    incident = next(t for t in tasks if t.goal.purpose is Purpose.INCIDENT)
    assert incident.shortest == pytest.approx(6.0 + 2.0), "from where it was on the road"
    during = b.escort.boxes_at(2, LEFT + ACCESS + 3.0), b.escort.boxes_at(2, LEFT + ACCESS + 5.0)
    assert [x.officers for x in during] == [2, 0]


def test_a_pair_with_an_incident_does_not_keep_the_boxes() -> None:
    b = Boxes(VILLAGES)
    trouble = b.trouble(7, presence=2)
    b.at(890.0, lambda: b.posko.order(trouble, b.unit("guard/low/2")))
    b.at(1200.0, trouble.over.succeed)
    b.run()
    assert b.home()[2] == pytest.approx(LEFT + TO_OFFICE[2]) and b.column("escorted")[2:4] == [0, 0]


@pytest.mark.parametrize(("wait", "goes", "escorted"), [(0.0, 0.0, 0), (10.0, 10.0, 0), (40.0, 33.0, 1)])
def test_boxes_wait_for_a_pair_as_long_as_they_are_told_and_no_longer(wait: float, goes: float, escorted: int) -> None:
    b = Boxes(VILLAGES, wait_minutes=wait)
    unit = b.unit("guard/low/2")
    unit.is_held = True
    b.at(LEFT + ACCESS + 33.0, lambda: let_go(b, unit))
    b.run()
    assert b.column("escorted")[2] == escorted
    late = b.home()[2] - (LEFT + TO_OFFICE[2])
    assert goes - 1e-6 <= late <= (wait if not escorted else goes + ACCESS) + 1e-6
    nobody = Boxes(NOBODY, wait_minutes=wait)
    nobody.run()
    assert nobody.home()[2] == pytest.approx(LEFT + TO_OFFICE[2]), "nobody waits where nobody can come"


def test_a_road_that_closes_makes_the_boxes_wait_and_loses_none() -> None:
    b = Boxes(VILLAGES)
    b.at(LEFT + ACCESS + 3.0, lambda: b.roads.close(0))  # between villages 0 and 1
    b.at(1400.0, lambda: b.roads.open(0))
    b.run()
    assert all(home > 1400.0 for home in b.home()[2:4]) and all(home < 1000.0 for home in b.home()[4:])
    assert b.column("escorted") == [1] * 8
    assert b.escort.boxes_at(2, 1200.0).officers == 2


def test_boxes_are_somewhere_at_every_moment() -> None:
    b = Boxes(VILLAGES, "crew_and_warden")
    spot = at(b.plan.stations[2], b.roads.network, b.plan.boxes.settings.vehicle)
    b.run()
    seen = [b.escort.boxes_at(2, time) for time in (COUNTED - 1, COUNTED + 1, LEFT + 0.5, LEFT + 5.0, LEFT + 12.5)]
    states = [BoxState.IN_USE, BoxState.WAITING, BoxState.ON_THE_WAY, BoxState.ON_THE_WAY, BoxState.HANDED_OVER]
    assert [s.state for s in seen] == states
    assert seen[0].position == seen[1].position == spot
    assert seen[2].position == Position(1, pytest.approx(1.5))
    assert seen[3].position == Position(1, pytest.approx(3.0), 0, pytest.approx(7.0))
    assert seen[4].position == Position(0) and seen[4].officers == 0


def test_minutes_without_officers_are_those_in_which_nobody_stands_there_or_goes_along() -> None:
    b = Boxes({"police": 2, "stations": 1, "wardens": 2}, "crew_and_warden")  # a pair at every station
    b.run()
    assert b.escort.boxes_at(2, COUNTED + 1).officers == 2 and b.escort.boxes_at(2, LEFT + 1).officers == 0
    assert b.column("unescorted_minutes") == [pytest.approx(way) for way in TO_OFFICE], "the wait is guarded"
    nobody = Boxes(NOBODY, "crew_and_warden")
    nobody.run()
    assert nobody.column("unescorted_minutes") == [pytest.approx(LOAD + way) for way in TO_OFFICE]


def test_what_is_on_its_way_at_the_end_of_the_day_is_handed_over_only_as_far_as_it_came() -> None:
    b = Boxes(VILLAGES)
    b.env.run(LEFT + ACCESS + 4.0)
    b.escort.close()
    assert np.isfinite(b.home()[:2]).all() and np.isnan(b.home()[2:4]).all()
    unit = b.unit("guard/low/2")
    assert unit.state is UnitState.ESCORTING and unit.task is not None and unit.task.outcome is None
    assert b.fleet.position(unit) == Position(1, pytest.approx(4.0), 0, pytest.approx(6.0))
    assert unit.task.km == pytest.approx(2.4)


def test_a_rule_without_anybody_to_escort_says_so() -> None:
    assert "strategy 'mine'" in Boxes(NOBODY, "reserve_escorts").plan.boxes.remarks[0]
    assert "no patrol and no reserve" in Boxes(NOBODY, "reserve_escorts").plan.boxes.remarks[0]
    assert Boxes(NOBODY, "crew_and_warden").plan.boxes.remarks == ()
    assert Boxes(NOBODY, "reserve_escorts", strategy=reserve(1)).plan.boxes.remarks == ()


def test_officers_whose_vehicle_is_slower_than_the_boxes_do_not_go_with_them() -> None:
    slow = {"reserves": [{"base": "SEK-TIMUR", "teams": 1, "size": 4, "vehicle": "truck"}]}
    b = Boxes(NOBODY, "reserve_escorts", strategy=slow)
    assert b.run() == [] and b.column("escorted") == [0] * 8
    (remark,) = b.plan.boxes.remarks
    assert "slower than that of the boxes (response.escort.vehicle)" in remark
    by_truck = Boxes(NOBODY, "reserve_escorts", strategy=slow, vehicle="truck")
    by_truck.run()
    assert sum(by_truck.column("escorted")) > 0 and by_truck.plan.boxes.remarks == ()


def test_who_goes_with_slower_boxes_is_on_the_road_at_their_pace_and_in_his_own_minutes() -> None:
    b = Boxes(NOBODY, "reserve_escorts", strategy=reserve(1), vehicle="truck")  # a car, with trucks at 0.8 of its speed
    b.env.run(LEFT + ACCESS + 5.0)
    unit = b.unit("reserve/SEK-TIMUR/1")
    assert unit.state is UnitState.ESCORTING
    assert b.escort.boxes_at(6, b.env.now).position == Position(3, pytest.approx(5.0), 2, pytest.approx(7.5))
    assert b.fleet.position(unit) == Position(3, pytest.approx(4.0), 2, pytest.approx(6.0))
