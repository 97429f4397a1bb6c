"""Tasks by hand on a line of four villages 10 minutes apart; every delay without spread."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sim.clock import at_once, later
from sim.region.position import Position, Spot
from sim.response.attendance import attend
from sim.response.ledger import Ledger
from sim.response.task import Goal, Task
from sim.vocabulary import Capability, Outcome, Purpose, UnitState, Verdict
from tests.response.conftest import Bench, Trouble, line_region

RESERVE = {"reserves": [{"base": "POLRES", "teams": 2, "size": 12, "vehicle": "car"}]}
R1, R2 = "reserve/POLRES/1", "reserve/POLRES/2"


def bench() -> Bench:
    return Bench(line_region(), RESERVE)


def send(b: Bench, trouble: Trouble, name: str = R1) -> Task:
    goal = Goal(Purpose.INCIDENT, b.plan.spot(trouble.place), trouble.place.code, trouble.identity)
    return attend(b.ledger, b.unit(name), goal, trouble)


def test_a_task_runs_from_the_order_to_the_way_home() -> None:
    b = bench()
    trouble = b.trouble(7, presence=12)
    task = send(b, trouble)
    b.at(480.0, trouble.over.succeed)
    b.env.run(600.0)
    assert (task.ordered, task.departed, task.arrived) == (420.0, 426.0, pytest.approx(426 + 30 + 2))
    assert (task.released, task.returned) == (510.0, pytest.approx(510 + 2 + 30))
    assert (task.outcome, task.km, task.shortest) == (Outcome.DONE, pytest.approx(36.0), pytest.approx(32.0))
    assert (task.goal.place, task.goal.purpose) == ("V3/2", "incident")
    assert [(when, strength[Capability.PRESENCE]) for when, strength, _ in trouble.there] == [
        (pytest.approx(458.0), 12)
    ]
    assert trouble.gone == [], "when it is over nobody has to leave it"
    assert [s for s, _, _ in b.states(R1)] == ["mobilising", "travelling", "on_scene", "returning", "free"]


@pytest.mark.parametrize(
    ("when", "state", "home"),
    [
        (423.0, UnitState.MOBILISING, 423.0),
        (440.0, UnitState.TRAVELLING, 440.0 + 14.0),
        (470.0, UnitState.ON_SCENE, 470.0 + 32.0),
    ],
)
def test_it_can_be_called_off_in_every_state(when: float, state: UnitState, home: float) -> None:
    b = bench()
    trouble = b.trouble(7, presence=12)
    task = send(b, trouble)
    b.env.run(when)
    assert task.unit.state is state
    task.call_off(Outcome.WITHDRAWN)
    task.call_off(Outcome.RECALLED)
    b.env.run(600.0)
    assert task.outcome is Outcome.WITHDRAWN and task.unit.task is None
    idle = [start for s, start, _ in b.states(R1) if s == "free"][-1]
    assert idle == pytest.approx(home)
    assert b.ledger.coming("s0", Capability.PRESENCE) == 0
    assert len(trouble.gone) == (1 if state is UnitState.ON_SCENE else 0)


@pytest.mark.parametrize("there", [False, True])
def test_a_task_is_called_off_in_the_moment_in_which_it_was_given(there: bool) -> None:
    """Who is sent has been told to make ready all the same; who takes it on has been there, and leaves."""
    b = bench()
    trouble = b.trouble(7, presence=12)
    goal = Goal(Purpose.INCIDENT, b.plan.spot(trouble.place), trouble.place.code, trouble.identity)
    task = attend(b.ledger, b.unit(R1), goal, trouble, sent=not there)
    task.call_off(Outcome.WITHDRAWN)
    assert b.unit(R1).task is task and not trouble.there, "it ends in its turn"
    b.env.run(600.0)
    assert task.outcome is Outcome.WITHDRAWN and b.unit(R1).task is None and b.unit(R1).is_idle
    assert np.isnan(task.ready_at) == there and np.isnan(task.departed) == (not there)
    assert [when for when, _, _ in trouble.there] == trouble.gone == [420.0] * there


@pytest.mark.parametrize(
    ("when", "released", "outcome"), [(500.0, 500.0, Outcome.WITHDRAWN), (515.0, 510.0, Outcome.DONE)]
)
def test_who_works_on_after_it_is_over_can_be_called_off_until_he_goes(
    when: float, released: float, outcome: Outcome
) -> None:
    b = bench()
    trouble = b.trouble(7, presence=12)
    task = send(b, trouble)
    b.at(480.0, trouble.over.succeed)
    b.at(when, lambda: task.call_off(Outcome.WITHDRAWN))
    b.env.run(600.0)
    assert (task.released, task.outcome) == (released, outcome)
    assert not trouble.gone and task.returned == pytest.approx(released + 32.0)


def test_a_disturbance_that_was_over_before_it_arrived_is_worked_on_at_once() -> None:
    b = bench()
    trouble = b.trouble(7, presence=12)
    task = send(b, trouble)
    b.at(440.0, trouble.over.succeed)
    b.env.run(600.0)
    assert (task.arrived, task.released) == (pytest.approx(458.0), pytest.approx(488.0)) and not trouble.gone


def test_a_unit_that_is_given_another_task_turns_round_where_it_is() -> None:
    b = bench()
    first = send(b, b.trouble(7, presence=12))
    b.env.run(440.0)  # 14 minutes from home, four beyond the second village
    other = b.trouble(0, identity="s1", presence=12)
    second = send(b, other)
    assert b.ledger.coming("s0", Capability.PRESENCE) == 0 and b.ledger.coming("s1", Capability.PRESENCE) == 12
    b.env.run(600.0)
    assert first.outcome is Outcome.DIVERTED and np.isnan(first.arrived)
    assert second.shortest == pytest.approx(14 + 2) and second.arrived == pytest.approx(440 + 16), (
        "it is on the road already"
    )
    assert [task.number for task in b.ledger.tasks] == [0, 1]


def test_a_unit_on_its_way_home_can_be_sent_from_there() -> None:
    b = bench()
    trouble = b.trouble(7, presence=12)
    first = send(b, trouble)
    b.at(460.0, trouble.over.succeed)
    b.env.run(490.0 + 12.0)  # half-way between the last two villages
    assert b.unit(R1).state is UnitState.RETURNING
    second = send(b, b.trouble(6, identity="s1", presence=12))
    b.env.run(700.0)
    assert np.isnan(first.returned) and first.km == pytest.approx(18 + 6)
    assert second.arrived == pytest.approx(502 + 10 + 2), "it is on the road already"
    states = b.states(R1)
    assert all(end == start for (_, _, end), (_, start, _) in itertools.pairwise(states))


def test_who_has_not_arrived_is_recalled_when_it_is_over() -> None:
    b = bench()
    trouble = b.trouble(7, presence=24)
    there, late = send(b, trouble, R1), None
    b.env.run(450.0)
    late = send(b, trouble, R2)
    b.env.run(460.0)
    assert there.on_scene and late.is_under_way
    trouble.over.succeed()
    b.ledger.recall("s0")
    b.env.run(700.0)
    assert (there.outcome, late.outcome) == (Outcome.DONE, Outcome.RECALLED)


def test_six_units_at_one_place_are_not_released_in_the_same_minute() -> None:
    spread = {"work": {"mean_minutes": 30, "cv": 0.4}}
    b = Bench(
        line_region(),
        {
            "retasking": {"keep_officers": None},
            "reserves": [{"base": "POLRES", "teams": 6, "size": 12, "vehicle": "car"}],
        },
        **spread,
    )
    trouble = b.trouble(1, presence=72)
    tasks = [send(b, trouble, f"reserve/POLRES/{n}") for n in range(1, 7)]
    b.at(450.0, trouble.over.succeed)
    b.env.run(900.0)
    assert len({round(task.released, 3) for task in tasks}) == 6


def test_a_task_whose_way_is_cut_off_says_so() -> None:
    b = bench()
    task = send(b, b.trouble(7, presence=12))
    b.at(441.0, lambda: b.roads.close(1))
    b.env.run(700.0)
    assert task.outcome is Outcome.CUT_OFF and np.isnan(task.arrived)
    assert task.unit.is_idle and b.fleet.position(task.unit) == Position(0)


def test_a_new_position_is_home_from_the_moment_of_arrival() -> None:
    b = bench()
    unit = b.unit(R1)
    task = b.ledger.relocate(unit, Spot((3,)), "SEK-TIMUR")
    b.env.run(500.0)
    assert task.outcome is Outcome.DONE and unit.is_idle and b.fleet.position(unit) == Position(3)
    trouble = b.trouble(0, presence=12)
    send(b, trouble)
    b.at(560.0, trouble.over.succeed)
    b.env.run(800.0)
    assert b.fleet.position(unit) == Position(3), "it goes home to where it was moved"


def test_boxes_and_other_errands_go_the_same_way() -> None:
    b = bench()

    def body(task: Task):
        for node in (1, 0):
            yield from b.ledger.travel(task, Spot((node,)))
            yield b.env.timeout(5.0)
        task.arrived = float(b.env.now)

    task = b.ledger.give(b.unit(R1), Goal(Purpose.BOXES, Spot((1,)), "V1"), body)
    b.env.run(600.0)
    assert task.arrived == pytest.approx(450.0)
    assert (task.goal.purpose, task.outcome, task.km) == ("boxes", Outcome.DONE, pytest.approx(12.0))
    assert [s for s, _, _ in b.states(R1)] == ["travelling", "travelling", "free"]


class Errand:
    """A task that no process carries out: drive to the second village, stay for half an hour, go home."""

    def __init__(self) -> None:
        self.bench = bench()
        self.told: list[tuple[bool, float]] = []
        unit, goal = self.bench.unit(R1), Goal(Purpose.BOXES, Spot((1,)), "V1")
        self.task = self.bench.ledger.set_off(unit, self.bench.fleet.position(unit), goal, self._drove)

    def _drove(self, task: Task, arrived: bool) -> None:
        env, ledger = self.bench.env, self.bench.ledger
        self.told.append((arrived, float(env.now)))
        if not arrived:
            ledger.end(task)
            return
        task.arrived = float(env.now)
        task.stop = lambda: at_once(env, lambda _: ledger.end(task))
        later(env, env.now + 30.0, lambda _: ledger.end(task) if task.is_open else None)


def test_a_task_without_a_process_begins_with_its_departure_and_ends_when_its_owner_says() -> None:
    errand = Errand()
    b, task = errand.bench, errand.task
    assert (task.departed, b.unit(R1).state, b.unit(R1).task) == (420.0, UnitState.TRAVELLING, task), "at once"
    b.env.run(600.0)
    assert errand.told == [(True, 430.0)] and (task.arrived, task.released, task.returned) == (430.0, 460.0, 470.0)
    assert (task.outcome, task.km, task.shortest) == (Outcome.DONE, pytest.approx(12.0), pytest.approx(10.0))
    assert [state for state, _, _ in b.states(R1)] == ["travelling", "returning", "free"]


@pytest.mark.parametrize("when", [420.0, 424.0, 430.0, 445.0])
def test_a_task_without_a_process_is_called_off_once_wherever_it_is(when: float) -> None:
    """On the road it stops there; where it is, its owner's word ends it; for another task the unit is there at once."""
    errand = Errand()
    b, task = errand.bench, errand.task
    b.at(when, lambda: task.call_off(Outcome.RECALLED))
    b.at(when, lambda: task.call_off(Outcome.DIVERTED))
    b.env.run(600.0)
    there = when >= 430.0
    assert task.outcome is Outcome.RECALLED and errand.told == [(there, min(when, 430.0))]
    assert b.unit(R1).task is None and b.fleet.position(b.unit(R1)) == b.unit(R1).home.there.end
    assert task.km == pytest.approx(2 * 0.6 * (min(when, 430.0) - 420.0))
    assert task.released == when if there else np.isnan(task.released)

    diverted = Errand()
    b, trouble = diverted.bench, diverted.bench.trouble(7, presence=12)
    b.at(when, lambda: send(b, trouble))
    b.env.run(600.0)
    assert diverted.task.outcome is Outcome.DIVERTED and len(diverted.told) == 1
    assert b.unit(R1).task is b.ledger.tasks[1] and b.ledger.tasks[1].arrived > when


def test_a_task_keeps_the_verdicts_by_which_it_was_chosen() -> None:
    b = bench()
    trouble = b.trouble(7, presence=12)
    goal = Goal(Purpose.INCIDENT, b.plan.spot(trouble.place), trouble.place.code, "s0")
    task = attend(b.ledger, b.unit(R1), goal, trouble, verdicts={Verdict.BUSY: 3, Verdict.TOO_FAR: 1})
    assert (task.verdicts, task.outcome) == ({Verdict.BUSY: 3, Verdict.TOO_FAR: 1}, None)


def test_a_process_that_fails_is_not_taken_for_a_task_called_off() -> None:
    b = bench()

    def body(_: Task):
        yield b.env.timeout(1.0)
        raise ValueError("a mistake of ours")

    b.ledger.give(b.unit(R1), Goal(Purpose.RELOCATION, Spot((1,)), "V1"), body)
    with pytest.raises(ValueError, match="a mistake of ours"):
        b.env.run(500.0)
    assert isinstance(b.ledger, Ledger)
