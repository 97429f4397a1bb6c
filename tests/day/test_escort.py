"""The boxes' way home on a clock of its own: four villages 10 minutes apart, stations 2 minutes from their middle.

The district Barat (stations 0 to 3) has its office in the first village, Timur (4 to 7) in the third. Loading and
handing over take 5 minutes each; stations have counted when the test says so.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.day.escort import Escort
from sim.region.position import Position
from sim.response.task import Task
from sim.vocabulary import Outcome, UnitState
from tests.response.conftest import Bench, line_region

EIGHT = {"police": 2, "stations": 8, "wardens": 16}
NOBODY = {"police": 0, "stations": 8, "wardens": 16}
PAIR = "guard/low/1"
CLOSE = 780.0
IN_VILLAGE, NEXT_VILLAGE = 2.0 + 2.0, 2.0 + 10.0 + 2.0
FIRST_OFFICE = 5 + IN_VILLAGE + 5 + NEXT_VILLAGE + 5 + IN_VILLAGE + 5 + (2 + 10) + 5
"""From the arrival at the first station until the boxes of Barat are handed over."""
SECOND_OFFICE = FIRST_OFFICE + (20 + 2) + 5 + IN_VILLAGE + 5 + NEXT_VILLAGE + 5 + IN_VILLAGE + 5 + (2 + 10) + 5
"""The same for those of Timur."""


class Counted:
    """Stations of which nothing is known but when they will have counted."""

    def __init__(self, stations: int, when: float) -> None:
        self.when = [when] * stations
        self.listeners: list[Callable[[int], None]] = []

    def ready(self, station: int) -> float:
        return self.when[station]

    def change(self, station: int, when: float) -> None:
        self.when[station] = when
        for listener in self.listeners:
            listener(station)


class Boxes(Bench):
    """The bench with boxes to bring home."""

    def __init__(self, guards: dict[str, int], when: float = 900.0) -> None:
        rule = {"rule": "pattern", "very_high": guards, "high": guards, "low": guards}
        super().__init__(line_region(), {"guards": rule}, start=700.0)
        self.polls = Counted(8, when)
        self.escort = Escort(
            self.env, self.plan, self.region, self.polls, self.fleet, self.ledger, self.roads, CLOSE  # type: ignore[arg-type]
        )  # fmt: skip

    def home(self) -> list[float]:
        return self.escort.boxes_home.tolist()

    def run(self, until: float = 1700.0) -> list[Task]:
        self.env.run(until)
        return self.ledger.tasks


def by_hand(task: Task) -> list[float]:
    """When the boxes of every station are handed over on an undisturbed tour."""
    there = task.ordered + task.shortest
    return [pytest.approx(there + FIRST_OFFICE)] * 4 + [pytest.approx(there + SECOND_OFFICE)] * 4


def test_the_boxes_of_two_districts_go_to_the_office_of_each() -> None:
    b = Boxes(EIGHT)
    assert b.plan.deployment.posts[0].stations == tuple(range(8))
    (task,) = b.run()
    assert task.ordered == task.departed == 900.0 and task.outcome is Outcome.DONE
    assert b.home() == by_hand(task)
    assert b.escort.escorted.tolist() == [1] * 8
    assert task.arrived == task.released == b.home()[7]
    assert task.returned == pytest.approx(b.home()[7] + 20 + 2), "home to its first station"
    unit = b.unit(PAIR)
    assert unit.is_idle and unit.task is None
    states = [(state, end) for state, start, end in b.states(PAIR) if start >= 900.0]
    assert states[0] == ("escorting", pytest.approx(b.home()[7]))
    assert states[1] == ("returning", pytest.approx(task.returned)) and states[2][0] == "post"


def test_nobody_sets_out_before_the_last_of_its_stations_has_counted() -> None:
    b = Boxes(EIGHT)
    b.polls.when[5] = 950.0
    (task,) = b.run()
    assert task.ordered == 950.0


def test_nobody_sets_out_before_closing() -> None:
    (task,) = Boxes(EIGHT, when=720.0).run()
    assert task.ordered == CLOSE


@pytest.mark.parametrize("later", [1000.0, 860.0])
def test_a_station_that_counts_later_or_sooner_moves_the_tour(later: float) -> None:
    b = Boxes(EIGHT, when=850.0)
    b.polls.when[3] = 900.0
    b.at(840.0, lambda: b.polls.change(3, later))
    (task,) = b.run()
    assert task.ordered == later
    assert b.home() == by_hand(task)


def test_stations_that_change_at_the_same_moment_wake_their_pair_once() -> None:
    """As two that are given up at once: after the first the pair is on its way already."""
    b = Boxes(EIGHT)

    def both() -> None:
        for station in range(8):
            b.polls.when[station] = 850.0
        b.polls.change(0, 850.0)
        b.polls.change(1, 850.0)

    b.at(850.0, both)
    (task,) = b.run()
    assert task.ordered == 850.0 and b.home() == by_hand(task)


def test_a_station_that_never_counts_keeps_the_boxes_of_its_post() -> None:
    b = Boxes(EIGHT)
    b.polls.when[2] = np.inf
    assert b.run() == [] and np.all(np.isnan(b.home()))
    again = Boxes(EIGHT)
    again.polls.when[2] = np.inf
    again.at(1000.0, lambda: again.polls.change(2, 1010.0))
    (task,) = again.run()
    assert task.ordered == 1010.0


def test_a_pair_that_is_called_away_is_sent_again_for_what_is_left() -> None:
    b = Boxes(EIGHT)
    b.env.run(900.0)
    b.env.run(900.1)
    first = b.ledger.tasks[0]
    away = first.ordered + first.shortest + FIRST_OFFICE + 11.0  # eleven minutes after it left the first office
    b.at(away, lambda: first.call_off(Outcome.WITHDRAWN))
    first, second = b.run()
    handed = first.ordered + first.shortest + FIRST_OFFICE
    assert b.home()[:4] == [pytest.approx(handed)] * 4
    assert first.outcome is Outcome.WITHDRAWN and np.isnan(first.arrived)
    assert second.ordered == pytest.approx(away + 11 + 2), "from its home, to which it had turned back"
    assert second.shortest == pytest.approx(2 + 20 + 2)
    rest = SECOND_OFFICE - FIRST_OFFICE - (20 + 2)
    assert b.home()[4:] == [pytest.approx(second.ordered + second.shortest + rest)] * 4
    assert second.outcome is Outcome.DONE and b.escort.escorted.tolist() == [1] * 8


def test_boxes_that_were_aboard_when_it_was_called_away_are_collected_again() -> None:
    b = Boxes(EIGHT)
    b.env.run(900.1)
    first = b.ledger.tasks[0]
    b.at(first.ordered + first.shortest + 20.0, lambda: first.call_off(Outcome.DIVERTED))
    first, second = b.run()
    assert second.goal.place == "V0/1", "from the first station on"
    assert b.home() == by_hand(second)


def test_a_pair_that_is_busy_elsewhere_goes_when_it_is_idle_again() -> None:
    b = Boxes(EIGHT)
    trouble = b.trouble(7, presence=2)
    b.at(890.0, lambda: b.posko.order(trouble, b.unit(PAIR)))
    b.at(960.0, trouble.over.succeed)
    incident, boxes = b.run()
    assert incident.released == pytest.approx(990.0)
    assert boxes.ordered == pytest.approx(incident.released if np.isnan(incident.returned) else incident.returned)
    assert b.home() == by_hand(boxes)


def test_a_pair_that_is_held_goes_when_it_is_let_go() -> None:
    b = Boxes(EIGHT)
    unit = b.unit(PAIR)
    unit.is_held = True

    def let_go() -> None:
        unit.is_held = False
        b.fleet.became_idle.fire(unit)

    b.at(1000.0, let_go)
    (task,) = b.run()
    assert task.ordered == 1000.0


def test_a_road_that_closes_makes_the_boxes_wait_and_loses_none() -> None:
    b = Boxes(EIGHT)
    b.at(905.0, lambda: b.roads.close(1))  # between the districts
    b.at(1400.0, lambda: b.roads.open(1))
    (task,) = b.run()
    assert all(home < 1400.0 for home in b.home()[:4]) and all(home > 1400.0 for home in b.home()[4:])
    assert task.outcome is Outcome.DONE and b.escort.escorted.tolist() == [1] * 8


def test_boxes_of_stations_without_a_pair_go_home_by_themselves() -> None:
    b = Boxes(NOBODY)
    b.polls.when[6] = 1000.0
    assert b.run() == []
    to_office = {0: 2.0, 1: 2.0, 2: 12.0, 3: 12.0, 4: 2.0, 5: 2.0, 6: 12.0, 7: 12.0}
    counted = [1000.0 if s == 6 else 900.0 for s in range(8)]
    assert b.home() == [pytest.approx(counted[s] + 5.0 + to_office[s]) for s in range(8)]
    assert b.escort.escorted.tolist() == [0] * 8


def test_what_is_on_its_way_at_the_end_of_the_day_is_handed_over_only_as_far_as_it_came() -> None:
    b = Boxes(EIGHT)
    b.env.run(900.1)
    (task,) = b.ledger.tasks
    b.env.run(task.ordered + task.shortest + FIRST_OFFICE + 1.0)
    b.ledger.close()
    assert np.isfinite(b.home()[:4]).all() and np.isnan(b.home()[4:]).all()
    assert task.outcome is None and b.unit(PAIR).state is UnitState.ESCORTING
    assert b.fleet.position(b.unit(PAIR)) == Position(0, pytest.approx(1.0), 1, pytest.approx(9.0))
