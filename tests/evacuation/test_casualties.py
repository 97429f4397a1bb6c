"""The injured are fetched: who is sent, when, and what becomes of it when roads and beds lack."""

from __future__ import annotations

import pytest

from sim.region.position import Position
from sim.vocabulary import Outcome, UnitState
from tests.evacuation.care_bench import EAST, FAR, NEAR, WEST, Care, errands, times


def test_from_the_injury_to_a_bed() -> None:
    b = Care("POLRES", facilities=({"base": "KODIM", "beds": 1},))
    b.hurt(b.known(7))
    (casualty,) = b.run()
    collected = 420 + 1 + 30 + 2 + 8
    assert times(casualty) == (420.0, pytest.approx(collected), pytest.approx(collected + 2 + 20 + 10))
    assert casualty.facility == "KODIM"
    (task,) = errands(b, WEST)
    assert (task.departed, task.arrived) == (421.0, pytest.approx(453.0))
    assert task.released == pytest.approx(casualty.in_care) and task.returned == pytest.approx(casualty.in_care + 10)
    assert task.outcome is Outcome.DONE and task.shortest == pytest.approx(32.0)
    assert task.km == pytest.approx(18 + 12 + 6), "there, into care, and home"
    states = [(state, pytest.approx(end - start)) for state, start, end in b.states(WEST)][:-1]
    assert states == [
        ("mobilising", 1.0),
        ("travelling", 32.0),
        ("on_scene", 8.0),
        ("travelling", 22.0 + 10),  # to the bed, handing over included
        ("returning", 10.0),
    ]


def test_nobody_is_sent_before_the_centre_knows_of_it() -> None:
    b = Care("POLRES")
    trouble = b.begin(b.trouble(1))  # reported after 5 minutes, taken up after 2 more
    b.hurt(trouble)
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(427 + 1 + 2 + 8)


def test_what_is_over_before_it_is_known_leaves_nobody_lying() -> None:
    b = Care("POLRES")
    trouble = b.trouble(1)
    b.hurt(trouble)
    b.at(440.0, trouble.over.succeed)
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(440 + 1 + 2 + 8)


def test_a_casualty_does_not_wait_while_another_ambulance_is_idle() -> None:
    b = Care("SEK-TIMUR", "POLRES", facilities=(FAR,))
    trouble = b.known(7)
    b.hurt(trouble)
    b.hurt(trouble, 421.0)
    first, second = b.run()
    assert first.collected == pytest.approx(420 + 1 + 2 + 8)
    assert second.collected == pytest.approx(421 + 1 + 30 + 2 + 8), "the far one comes at once"
    assert len(errands(b, EAST)) == len(errands(b, WEST)) == 1


def test_an_ambulance_that_stands_by_takes_a_casualty_at_once() -> None:
    b = Care("SEK-TIMUR", "POLRES", facilities=(FAR,))
    trouble = b.known(7, medical=1)
    b.posko.assign(trouble)  # the near one: there at 423
    b.hurt(trouble, 430.0)
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(438.0), "it only has to be loaded"
    (task,) = errands(b, EAST)
    assert task.arrived == 430.0 and task.shortest == 0.0 and not errands(b, WEST)


def test_an_ambulance_on_its_way_to_stand_by_takes_a_casualty_when_it_is_there() -> None:
    b = Care("POLRES")
    trouble = b.known(7, medical=1)
    b.posko.assign(trouble)  # there at 453
    b.hurt(trouble, 440.0)
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(453.0 + 8)


def test_an_ambulance_that_mobilises_to_stand_by_has_no_second_mobilisation() -> None:
    b = Care("POLRES")
    trouble = b.known(7, medical=1)
    b.posko.assign(trouble)
    b.hurt(trouble, 420.4)
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(453.0 + 8)


def test_one_that_stands_by_elsewhere_is_not_taken_from_there() -> None:
    b = Care("SEK-TIMUR", "POLRES", facilities=(FAR,))
    b.posko.assign(b.known(7, medical=1))  # takes the near one
    b.hurt(b.known(6, "s1"), 430.0)
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(430 + 1 + 30 + 2 + 8)
    assert not errands(b, EAST)


def test_an_ambulance_on_its_way_home_turns_round() -> None:
    b = Care("POLRES", facilities=(FAR,))
    trouble = b.known(7)
    b.hurt(trouble)  # handed over in the east at 461 + 2 + 10 = 473; 12 minutes later it is 2 beyond village 2
    b.hurt(trouble, 485.0)
    first, second = b.run()
    assert first.in_care == pytest.approx(473.0)
    assert second.collected == pytest.approx(485 + 12 + 2 + 8)
    assert errands(b, WEST)[1].ordered == 485.0


def test_when_all_are_busy_the_first_that_is_set_free_comes() -> None:
    b = Care("POLRES", "SEK-TIMUR", facilities=(NEAR, FAR))
    b.hurt(b.known(1, "s0"))  # from the west, in care at 420 + 1 + 2 + 8 + 2 + 10 = 443
    b.hurt(b.known(7, "s1"), 425.0)  # from the east, in care at 448
    b.hurt(b.known(7, "s2"), 430.0)
    _, _, third = b.run()
    assert [task.goal.incident for task in errands(b, WEST)] == ["s0", "s2"]
    assert third.collected == pytest.approx(443 + 1 + 30 + 2 + 8), "from its base, where it is when it is free"


def test_of_several_who_wait_each_gets_one_ambulance() -> None:
    b = Care("POLRES")
    trouble = b.known(1)
    for _ in range(3):
        b.hurt(trouble)
    b.run()
    orders = [task.ordered for task in errands(b, WEST)]
    assert orders == [420.0, pytest.approx(443.0), pytest.approx(466.0)], "each when the one before is in care"


def test_an_ambulance_that_is_held_is_not_asked() -> None:
    b = Care("SEK-TIMUR", "POLRES", facilities=(FAR,))
    b.unit(EAST).is_held = True
    b.hurt(b.known(7))
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(420 + 1 + 30 + 2 + 8) and not errands(b, EAST)


def test_who_is_cut_off_waits_for_the_road_to_open() -> None:
    b = Care("POLRES")
    b.roads.close(1)
    b.at(500.0, lambda: b.roads.open(1))
    b.hurt(b.known(7))
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(500 + 1 + 30 + 2 + 8)
    assert len(errands(b, WEST)) == 1


def test_a_road_that_closes_behind_an_ambulance_makes_it_wait_with_who_is_aboard() -> None:
    b = Care("POLRES")
    b.at(455.0, lambda: b.roads.close(1))
    b.at(500.0, lambda: b.roads.open(1))
    b.hurt(b.known(7))
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(461.0)
    assert casualty.in_care == pytest.approx(500 + 2 + 30 + 10), "no facility could be reached before"


def test_a_full_house_sends_the_next_one_farther_until_a_bed_is_given_back() -> None:
    beds = ({"base": "POLRES", "beds": 1}, {"base": "SEK-TIMUR", "beds": 1})
    b = Care("POLRES", facilities=beds, stay={"mean_minutes": 60, "cv": 0})
    trouble = b.known(1)
    for time in (420.0, 480.0, 600.0):
        b.hurt(trouble, time)
    first, second, third = b.run()
    assert first.in_care == pytest.approx(443.0)
    assert [c.facility for c in (first, second, third)] == ["POLRES", "SEK-TIMUR", "POLRES"]
    assert not any(c.without_bed for c in (first, second, third))
    assert second.in_care == pytest.approx(491 + 2 + 30 + 10)
    assert b.casualties.facilities.free_beds == [1, 1], "everybody has gone home by now"


def test_a_bed_is_taken_from_the_choice_of_it_until_the_stay_is_over() -> None:
    b = Care("POLRES", stay={"mean_minutes": 60, "cv": 0}, facilities=({"base": "POLRES", "beds": 2},))
    b.hurt(b.known(1))
    free = {}
    for time in (430.0, 432.0, 443.0 + 59, 443.0 + 61):
        b.at(time, lambda time=time: free.setdefault(time, b.casualties.facilities.free_beds[0]))
    b.run()
    assert list(free.values()) == [2, 1, 1, 2]


def test_with_every_bed_taken_the_nearest_house_takes_him_all_the_same() -> None:
    b = Care("POLRES", facilities=({"base": "POLRES", "beds": 0}, {"base": "SEK-TIMUR", "beds": 0}))
    b.hurt(b.known(1))
    (casualty,) = b.run()
    assert casualty.facility == "POLRES" and casualty.in_care == pytest.approx(443.0)
    assert casualty.without_bed


def test_only_who_has_somebody_aboard_may_not_be_called_off() -> None:
    b = Care("POLRES")
    b.hurt(b.known(1))
    unit = b.unit(WEST)
    assert not b.casualties.carries(unit)
    seen = {}
    for time in (421.5, 425.0, 432.0, 440.0, 444.0):
        b.at(time, lambda time=time: seen.setdefault(time, b.casualties.carries(unit)))
    b.run()
    assert list(seen.values()) == [False, True, True, True, False]
    assert unit.state is UnitState.FREE and b.fleet.position(unit) == Position(0)


def test_an_ambulance_that_is_called_off_on_its_way_leaves_the_casualty_to_the_next() -> None:
    b = Care("SEK-TIMUR", "POLRES", facilities=(FAR,))
    b.hurt(b.known(6))
    b.at(425.0, lambda: b.ledger.tasks[0].call_off(Outcome.WITHDRAWN))
    b.at(424.9, lambda: setattr(b.unit(EAST), "is_held", True))
    (casualty,) = b.run()
    assert [task.outcome for task in b.ledger.tasks] == [Outcome.WITHDRAWN, Outcome.DONE]
    assert casualty.collected == pytest.approx(425 + 1 + 30 + 2 + 8)
