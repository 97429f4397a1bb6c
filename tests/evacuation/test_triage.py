"""Sorting, treatment on the spot, staging, vehicles with several places, intake: times reckoned by hand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.care import Injuries
from sim.config.compose import load
from sim.evacuation.casualty import ON_THE_SPOT, CareState
from sim.triage import Triage
from sim.vocabulary import Outcome, Severity
from tests.evacuation.care_bench import EAST, FAR, NEAR, WEST, Care, errands

MINOR, DELAYED, IMMEDIATE = Triage.MINOR, Triage.DELAYED, Triage.IMMEDIATE
CAR = {"base": "POLRES", "carries": "delayed"}


def test_a_mark_is_never_milder_where_it_is_more_severe() -> None:
    care, order = load("calm_day").evacuation.care, list(Triage)
    for mark in np.linspace(0, 0.999, 300).tolist():
        classes = [order.index(care.injuries.at(severity).triage(mark)) for severity in Severity]
        assert all(worse <= milder for milder, worse in pairwise(classes))


def test_the_shares_of_the_classes() -> None:
    shares = Injuries(immediate=0.1, delayed=0.3)
    found = Counter(shares.triage(mark) for mark in (np.arange(1000) / 1000).tolist())
    assert found == {IMMEDIATE: 100, DELAYED: 300, MINOR: 600}


def test_minor_injuries_are_treated_on_the_spot() -> None:
    b = Care("POLRES")
    b.hurt(b.known(1), triage=MINOR)
    (casualty,) = b.run()
    assert casualty.in_care == pytest.approx(420 + 1 + 2 + 5)
    assert casualty.facility == ON_THE_SPOT and casualty.collected != casualty.collected
    assert b.casualties.facilities.free_beds == [40], "nobody has a bed"
    (task,) = errands(b, WEST)
    assert (
        task.outcome is Outcome.DONE and task.released == pytest.approx(428.0) and task.returned == pytest.approx(430.0)
    )


def test_one_crew_treats_all_minor_injuries_of_a_place() -> None:
    b = Care("POLRES", "SEK-TIMUR", triage_minutes=0.5)
    trouble = b.known(1)
    for _ in range(3):
        b.hurt(trouble, triage=MINOR)
    casualties = b.run()
    assert [c.in_care for c in casualties] == [pytest.approx(423 + 1.5 + 5 * i) for i in (1, 2, 3)]
    (recalled,) = errands(b, EAST)  # called before anybody knew how badly they were hurt
    assert recalled.outcome is Outcome.RECALLED and recalled.released != recalled.released


def test_the_gravest_is_fetched_first() -> None:
    b = Care("POLRES")
    trouble = b.known(1)
    b.hurt(trouble, triage=MINOR)
    b.hurt(trouble, triage=DELAYED)
    b.hurt(trouble, triage=IMMEDIATE)
    minor, delayed, immediate = b.run()
    assert immediate.collected == pytest.approx(431.0)
    assert delayed.collected == pytest.approx(immediate.in_care + 1 + 2 + 8)
    assert minor.in_care == pytest.approx(delayed.in_care + 1 + 2 + 5)


def test_sorting_takes_time_for_each_and_only_the_first_crew_does_it() -> None:
    b = Care({"base": "POLRES", "count": 2}, triage_minutes=0.5)
    trouble = b.known(1)
    for _ in range(2):
        b.hurt(trouble)
    casualties = b.run()
    assert [c.sorted_at for c in casualties] == [pytest.approx(424.0)] * 2
    assert [c.collected for c in casualties] == [pytest.approx(432.0)] * 2, "the second crew waits for it"


def test_a_vehicle_with_two_places_fills_them() -> None:
    b = Care({"base": "POLRES", "places": 2}, facilities=({"base": "POLRES", "beds": 40, "intake": 2},))
    trouble = b.known(1)
    for _ in range(3):
        b.hurt(trouble)
    first, second, third = b.run()
    assert (first.collected, second.collected) == (pytest.approx(431.0), pytest.approx(439.0))
    assert first.in_care == second.in_care == pytest.approx(439 + 2 + 10)
    assert third.collected == pytest.approx(451 + 1 + 2 + 8)


def test_whose_life_depends_on_it_does_not_wait_for_another() -> None:
    b = Care({"base": "POLRES", "places": 2})
    trouble = b.known(1)
    b.hurt(trouble, triage=IMMEDIATE)
    b.hurt(trouble)
    immediate, delayed = b.run()
    assert immediate.in_care == pytest.approx(431 + 2 + 10)
    assert delayed.collected == pytest.approx(443 + 1 + 2 + 8)


def test_nobody_aboard_waits_while_minor_injuries_are_treated() -> None:
    b = Care({"base": "POLRES", "places": 2})
    trouble = b.known(1)
    b.hurt(trouble)
    b.hurt(trouble, triage=MINOR)
    delayed, minor = b.run()
    assert delayed.in_care == pytest.approx(431 + 2 + 10) and minor.in_care == pytest.approx(443 + 1 + 2 + 5)


def test_a_car_that_may_not_carry_him_sorts_him_and_an_ambulance_is_called() -> None:
    b = Care(CAR, "SEK-TIMUR", triage_minutes=0.5)
    b.hurt(b.known(1), triage=IMMEDIATE)
    (casualty,) = b.run()
    (car,), (ambulance,) = errands(b, WEST), errands(b, EAST)
    assert (car.ordered, car.arrived, car.outcome) == (420.0, pytest.approx(423.0), Outcome.DONE)
    assert ambulance.ordered == pytest.approx(423.5), "nobody knew before"
    assert casualty.collected == pytest.approx(423.5 + 1 + 30 + 2 + 8)


def test_a_crew_waits_out_of_the_crowd_until_officers_are_there() -> None:
    b = Care("POLRES", staging_from="red")
    trouble = b.known(1)
    trouble.is_calm = False
    b.hurt(trouble)
    b.at(450.0, trouble.calm)
    (casualty,) = b.run()
    (task,) = errands(b, WEST)
    assert task.arrived == pytest.approx(423.0) and casualty.collected == pytest.approx(458.0)


@pytest.mark.parametrize(("staging", "collected"), [(None, 431.0), ("red", 508.0)])
def test_staging_costs_what_it_lasts(staging: str | None, collected: float) -> None:
    b = Care("POLRES", staging_from=staging)
    trouble = b.known(1)
    trouble.is_calm = False
    b.hurt(trouble)
    b.at(500.0, trouble.over.succeed)
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(collected)


@pytest.mark.parametrize(("intake", "second"), [(1, 453.0), (2, 443.0)])
def test_whom_nobody_can_receive_waits_in_the_ambulance(intake: int, second: float) -> None:
    b = Care({"base": "POLRES", "count": 2}, facilities=({"base": "POLRES", "beds": 40, "intake": intake},))
    trouble = b.known(1)
    b.hurt(trouble)
    b.hurt(trouble)
    assert [c.in_care for c in b.run()] == [pytest.approx(443.0), pytest.approx(second)]


def test_the_gravest_is_received_first() -> None:
    b = Care({"base": "POLRES", "count": 3}, facilities=({"base": "POLRES", "beds": 40, "intake": 1},))
    b.hurt(b.known(1, "s0"))
    b.hurt(b.known(1, "s1"), 422.0)
    b.hurt(b.known(1, "s2"), 423.0, IMMEDIATE)
    assert [c.in_care for c in b.run()] == [pytest.approx(443.0), pytest.approx(463.0), pytest.approx(453.0)]


def test_where_many_wait_for_intake_one_drives_farther() -> None:
    houses = ({"base": "POLRES", "beds": 40}, {"base": "KODIM", "beds": 40})
    b = Care({"base": "POLRES", "count": 4}, facilities=houses)
    trouble = b.known(1)
    for _ in range(4):
        b.hurt(trouble)
    b.hurt(trouble, 900.0)
    *first, last = b.run()
    assert Counter(c.facility for c in first) == {"POLRES": 2, "KODIM": 2}
    assert last.facility == "POLRES", "nobody waits there any more"


def test_a_clinic_is_not_for_everybody_but_better_than_none() -> None:
    houses = ({**NEAR, "takes": "delayed"}, FAR)
    b = Care({"base": "POLRES", "count": 2}, facilities=houses)
    b.hurt(b.known(1, "s0"), triage=DELAYED)
    b.hurt(b.known(1, "s1"), triage=IMMEDIATE)
    b.at(600.0, lambda: b.roads.close(1))
    b.hurt(b.known(1, "s2"), 610.0, triage=IMMEDIATE)
    assert [c.facility for c in b.run()] == ["POLRES", "SEK-TIMUR", "POLRES"]


def test_nobody_is_brought_sooner_than_the_least_and_who_finds_everything_ready_just_so() -> None:
    b = Care("POLRES", triage_minutes=0.5)
    trouble = b.known(1, medical=1)
    b.posko.assign(trouble)
    b.hurt(trouble, 500.0)
    b.hurt(trouble, 700.0, MINOR)
    b.at(600.0, lambda: b.posko.assign(trouble))
    for casualty in b.run():
        assert casualty.in_care - casualty.injured == pytest.approx(casualty.least_minutes(0.5))


@settings(max_examples=40, deadline=None)
@given(
    injuries=st.lists(st.tuples(st.integers(0, 7), st.integers(420, 700), st.sampled_from(list(Triage))), max_size=12),
    closed=st.lists(st.tuples(st.integers(0, 2), st.integers(420, 700), st.integers(1, 200)), max_size=3),
    beds=st.integers(0, 3),
    places=st.integers(1, 3),
    car=st.booleans(),
)
def test_everybody_is_somewhere_and_every_bed_comes_back(
    injuries: list[tuple[int, int, Triage]],
    closed: list[tuple[int, int, int]],
    beds: int,
    places: int,
    car: bool,
) -> None:
    houses = (
        {"base": "POLRES", "beds": beds, "intake": 1, "takes": "delayed"},
        {"base": "SEK-TIMUR", "beds": beds, "intake": 2},
    )
    b = Care({**CAR, "places": places}, "SEK-TIMUR", *(["KODIM"] if car else []), facilities=houses, triage_minutes=0.5)
    for station, time, triage in injuries:
        identity = f"s{station}"
        trouble = b.posko.open.get(identity) or b.known(station, identity)
        b.hurt(trouble, float(time), triage)
    for road, begins, lasts in closed:
        b.env.process(b.roads.close_between(road, float(begins), float(begins + lasts)))
    for minute in range(430, 3000, 30):
        b.env.run(minute + 0.3)  # nothing happens just then
        account, all_ = b.casualties.account(), b.casualties.all
        assert sum(account.values()) == len(all_) == sum(1 for _, time, _ in injuries if time <= minute)
        inside = [c for c in all_ if c.facility not in ("", ON_THE_SPOT) and not c.in_care + 240 <= minute]
        taken = Counter(c.facility for c in inside)
        assert b.casualties.facilities.free_beds == [beds - taken["POLRES"], beds - taken["SEK-TIMUR"]]
        coming = Counter(c.facility for c in inside if c.in_care != c.in_care)
        assert b.casualties.facilities.expected == [coming["POLRES"], coming["SEK-TIMUR"]]
    assert account[CareState.IN_CARE] == len(injuries), "roads are open again, so nobody is left"
    for c in all_:
        assert c.in_care - c.injured >= c.least_minutes(0.5) - 1e-9
        assert (c.facility == ON_THE_SPOT) == (c.triage is MINOR)
