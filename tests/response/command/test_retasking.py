"""Re-tasking: its decisions by themselves, then units on a clock of their own; times reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config.retasking import Retasking
from sim.region.position import Position
from sim.response.command.retasking import Busy, Sent, all_taken, may_be_taken, not_needed, whole_from, works_on
from sim.strength import NOBODY as NONE
from sim.strength import Strength
from sim.vocabulary import Outcome, Severity
from tests.response.command.test_posko import NOBODY, strategy
from tests.response.conftest import Bench, Trouble, line_region

MATRIX = {"taken_for": {"yellow": {"under_way": ["green"]}, "red": {"under_way": ["green", "yellow"], "on_scene": ["green"]}}}  # fmt: skip
GREEN, YELLOW, RED = Severity


def bench(teams: int = 1, **retasking: Any) -> Bench:
    return Bench(line_region(), {**strategy(NOBODY, teams=teams), "retasking": retasking})


@pytest.mark.parametrize(
    ("busy", "taker", "expected"),
    [
        (Busy(GREEN, on_scene=False, is_over=False), YELLOW, True),
        (Busy(GREEN, on_scene=True, is_over=False), YELLOW, False),
        (Busy(GREEN, on_scene=True, is_over=False), RED, True),
        (Busy(YELLOW, on_scene=False, is_over=False), RED, True),
        (Busy(YELLOW, on_scene=True, is_over=False), RED, False),
        (Busy(RED, on_scene=False, is_over=False), RED, False),
        (Busy(GREEN, on_scene=False, is_over=False), GREEN, False),
        (Busy(GREEN, on_scene=True, is_over=True), RED, False),
    ],
)
def test_the_matrix_says_who_is_taken_for_what_from_what(busy: Busy, taker: Severity, expected: bool) -> None:
    assert may_be_taken(busy, taker, Retasking.model_validate(MATRIX)) is expected


def test_nobody_is_taken_from_anything_unless_it_is_said() -> None:
    for severity in Severity:
        for on_scene in (False, True):
            for over in (False, True):
                assert not may_be_taken(Busy(GREEN, on_scene, over), severity, Retasking())


def test_those_who_came_last_go_first_and_all_that_is_asked_for_stays() -> None:
    sent = [Sent(task, Strength.of(presence=10), float(arrives)) for task, arrives in ((1, 30), (2, 10), (3, 20))]
    assert not_needed(sent, NONE, Strength.of(presence=20)) == [1]
    assert not_needed(sent, NONE, Strength.of(presence=21)) == []
    assert not_needed(sent, Strength.of(presence=10), Strength.of(presence=20)) == [1, 3]
    assert not_needed(sent, NONE, NONE) == [1, 3, 2]


def test_who_alone_can_do_what_is_asked_for_stays_even_when_he_came_last() -> None:
    sent = [Sent(1, Strength.of(presence=10), 5.0), Sent(2, Strength.of(presence=10, crowd_control=10), 9.0)]
    assert not_needed(sent, NONE, Strength.of(presence=10, crowd_control=5)) == [1]


def test_nobody_goes_before_all_that_is_asked_for_is_there_but_those_who_would_come_after_it() -> None:
    """A platoon half an hour away alone does all that is asked for; until it is there the team and the pair hold out."""
    team, pair = Sent(1, Strength.of(presence=4), 606.0), Sent(2, Strength.of(presence=2), 598.0)
    platoon, second = (
        Sent(n, Strength.of(presence=38, crowd_control=38), when) for n, when in ((3, 660.0), (4, 690.0))
    )
    need = Strength.of(presence=6, crowd_control=12)
    assert not_needed([team, pair, platoon], NONE, need) == [1, 2], "as if the platoon were there"
    assert not_needed([team, pair, platoon], NONE, need, now=640.0) == []
    assert not_needed([team, pair, platoon], NONE, need, now=660.0) == [1, 2]
    assert not_needed([team, pair, platoon], Strength.of(presence=6), need, now=640.0) == [], "they hold the crowd"
    assert not_needed([team, pair, platoon, second], NONE, need, now=640.0) == [4]
    assert not_needed([team, pair, platoon], NONE, Strength.of(presence=6), now=640.0) == [3]
    cut_off = platoon._replace(arrives=inf)
    assert not_needed([team, pair, cut_off], NONE, need, now=640.0) == []


def test_from_when_on_all_that_is_asked_for_is_there() -> None:
    sent = [Sent(1, Strength.of(presence=4), 606.0), Sent(2, Strength.of(presence=2), 598.0)]
    asked = {number: Strength.of(presence=number) for number in (2, 6, 7)}
    assert [whole_from(sent, NONE, need) for need in asked.values()] == [598.0, 606.0, inf]
    assert [whole_from(sent, Strength.of(presence=4), need) for need in asked.values()] == [-inf, 598.0, 606.0]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.floats(0, 1000)), max_size=8), st.integers(0, 60))
def test_what_is_asked_for_and_was_there_is_there_afterwards(units: list[tuple[int, int, float]], need: int) -> None:
    sent = [Sent(i, Strength.of(presence=a, medical=b), when) for i, (a, b, when) in enumerate(units)]
    asked = Strength.of(presence=need, medical=need // 2)
    gone = not_needed(sent, NONE, asked)
    before, after = (sum((s.strength for s in who), NONE) for who in (sent, [s for s in sent if s.task not in gone]))
    if before.covers(asked):
        assert after.covers(asked)
        assert all(not (after - s.strength).covers(asked) for s in sent if s.task not in gone), "nobody is left over"
    else:
        assert not gone


@pytest.mark.parametrize(("keep", "units"), [(0, 0), (1, 1), (2, 1), (3, 2), (14, 2), (15, 3), (99, 3)])
def test_the_first_of_them_work_on(keep: int, units: int) -> None:
    assert works_on([2, 12, 12], keep) == units


def journey_minutes(b: Bench, start: int, station: int) -> float:
    """Minutes from a village's middle to a station."""
    return b.roads.minutes("car", Position(start), b.plan.stations[station])


def test_on_the_way_home_a_unit_is_sent_on_and_need_not_get_ready_again() -> None:
    def second(b: Bench) -> Any:
        first = b.begin(b.trouble(7, presence=12))
        b.at(470.0, first.over.succeed)  # work until 500, home at 532
        b.at(498.0, lambda: b.begin(b.trouble(4, "s1", presence=12)))  # handled at 505
        b.env.run(700.0)
        return b.ledger.tasks[1]

    sent_on, from_home = second(bench(way_home=True)), second(bench())
    assert (sent_on.ordered, sent_on.departed) == (505.0, 505.0)
    assert from_home.ordered == pytest.approx(532.0) and from_home.departed == pytest.approx(538.0)
    assert sent_on.arrived < 515.0 < from_home.arrived


def test_a_task_on_release_a_unit_is_sent_from_where_it_was() -> None:
    b = bench(way_home=True)
    first = b.begin(b.trouble(7, presence=12))
    b.begin(b.trouble(6, "s1", presence=12))  # there is nobody else
    b.at(470.0, first.over.succeed)
    b.env.run(520.0)
    task = b.ledger.tasks[1]
    assert task.ordered == task.departed == 500.0, "the moment at which its work was done"
    assert task.arrived == pytest.approx(500.0 + 2 * b.plan.stations[7].access)


def other_task(severity: Severity, when: float, **rules: Any) -> tuple[Bench, Trouble, Trouble]:
    """One team, sent to something green; then something worse, which is heard of five minutes later."""
    b = bench(**rules)
    mild = b.begin(b.trouble(7, "s0", GREEN, presence=12))
    bad = b.trouble(2, "s1", severity, presence=12)
    b.at(when, lambda: b.begin(bad))
    b.env.run(600.0)
    return b, mild, bad


def test_a_unit_under_way_is_diverted_to_something_worse() -> None:
    b, mild, bad = other_task(YELLOW, 430.0, **MATRIX)  # it left at 433
    first, second = b.ledger.tasks[:2]
    assert first.outcome is Outcome.DIVERTED and not mild.there
    assert second.ordered == second.departed == 437.0, "it is on the road already"
    assert bad.there[0][0] == pytest.approx(433.0 + journey_minutes(b, 0, 2)), "it was passing there anyway"


def test_a_unit_under_way_goes_on_where_nothing_lets_it_be_taken() -> None:
    for rules in ({}, {"taken_for": {"red": MATRIX["taken_for"]["red"]}}, {"way_home": True}):
        b, mild, bad = other_task(YELLOW, 430.0, **rules)
        assert mild.there and not bad.there and b.ledger.tasks[0].outcome is None


def test_a_unit_on_scene_is_taken_for_red_and_gets_ready_before_it_leaves() -> None:
    b, mild, _ = other_task(RED, 480.0, **MATRIX)  # it came at 465
    first, second = b.ledger.tasks[:2]
    assert first.outcome is Outcome.DIVERTED and mild.gone == [487.0]
    assert (second.ordered, second.departed) == (487.0, 493.0)


def test_on_scene_of_something_green_it_is_not_taken_for_yellow() -> None:
    b, mild, bad = other_task(YELLOW, 480.0, **MATRIX)
    assert not mild.gone and not bad.there and len(b.ledger.tasks) == 1


def test_somebody_else_is_asked_for_where_a_unit_was_taken_away() -> None:
    b = bench(2, **MATRIX, farther_minutes=0)
    b.fleet.hold(b.unit("reserve/POLRES/2"), True)
    mild = b.begin(b.trouble(7, "s0", GREEN, presence=12))
    b.at(430.0, lambda: b.begin(b.trouble(2, "s1", RED, presence=12)))
    b.at(436.5, lambda: b.fleet.hold(b.unit("reserve/POLRES/2"), False))  # nothing tells the centre of it
    b.env.run(600.0)
    assert [(t.goal.incident, t.unit.spec.name[-1]) for t in b.ledger.tasks] == [("s0", "1"), ("s1", "1"), ("s0", "2")]
    assert len(mild.there) == 1


@pytest.mark.parametrize(("farther", "who"), [(0, "1"), (3, "1"), (20, "2")])
def test_who_is_taken_must_be_there_so_much_sooner_than_who_is_free(farther: float, who: str) -> None:
    """The first is under way and two minutes' drive nearer, and ready; the second would be there eight minutes later."""
    b = bench(2, **MATRIX, farther_minutes=farther)
    b.begin(b.trouble(7, "s0", GREEN, presence=12))
    b.at(430.0, lambda: b.begin(b.trouble(2, "s1", RED, presence=12)))
    b.env.run(600.0)
    task = next(task for task in b.ledger.tasks if task.goal.incident == "s1")
    assert task.unit.spec.name == f"reserve/POLRES/{who}"


def test_who_works_on_after_the_end_is_taken_where_that_is_said() -> None:
    def ordered(**rules: Any) -> float:
        b = bench(**rules)
        first = b.begin(b.trouble(7, presence=12))
        b.at(466.0, first.over.succeed)
        b.at(466.0, lambda: b.begin(b.trouble(4, "s1", GREEN, presence=12)))
        b.env.run(700.0)
        return b.ledger.tasks[1].ordered

    assert ordered(taken_for={"green": {"after_end": True}}) == 473.0
    assert ordered() == pytest.approx(528.0), "it works until 496 and drives home"


@pytest.mark.parametrize(("keep", "stay"), [(None, 2), (99, 2), (12, 1), (1, 1), (0, 0)])
def test_after_the_end_only_so_many_officers_work_on(keep: int | None, stay: int) -> None:
    b = bench(2, keep_officers=keep)
    trouble = b.begin(b.trouble(7, presence=24))
    b.at(470.0, trouble.over.succeed)
    b.env.run(700.0)
    released = sorted(task.released for task in b.ledger.tasks)
    assert released == [470.0] * (2 - stay) + [500.0] * stay
    assert all(task.outcome is Outcome.DONE for task in b.ledger.tasks)


def told(b: Bench, trouble: Trouble, severity: Severity, presence: int) -> None:
    """Let an officer say how it is: his report comes at once, a desk takes a minute."""
    trouble.heard_next, trouble.need_next = severity, Strength.of(presence=presence)
    b.posko.update(trouble)


def eased(after: float | None, then: Callable[[Bench, Trouble], object] = lambda *_: None) -> Bench:
    """Two teams at something red, which is yellow from 470 on and needs one then."""
    b = bench(2, eased_minutes=after)
    trouble = b.begin(b.trouble(7, presence=24))
    b.at(470.0, lambda: told(b, trouble, YELLOW, 12))
    then(b, trouble)
    b.env.run(520.0)
    return b


def test_who_is_no_longer_needed_is_let_go_after_a_while() -> None:
    assert [task.released for task in eased(15.0).ledger.tasks] == [pytest.approx(float("nan"), nan_ok=True), 486.0]
    assert [task.outcome for task in eased(15.0).ledger.tasks] == [None, Outcome.DONE]
    assert [task.outcome for task in eased(None).ledger.tasks] == [None, None]
    assert [task.outcome for task in eased(60.0).ledger.tasks] == [None, None]


def test_nobody_is_let_go_when_it_has_become_worse_again() -> None:
    def again(b: Bench, trouble: Trouble) -> None:
        b.at(480.0, lambda: told(b, trouble, RED, 12))  # one team would do

    assert [task.outcome for task in eased(15.0, again).ledger.tasks] == [None, None]


def test_it_is_looked_at_again_until_all_that_is_asked_for_is_there() -> None:
    """Milder, but with a need that the two teams there are too few for: a third is sent, and when it is there one goes."""
    plan = strategy(NOBODY, teams=3)
    plan["reserves"] = [
        {"base": "POLRES", "teams": t, "size": size, "vehicle": "car"} for t, size in ((2, 12), (1, 24))
    ]
    b = Bench(line_region(), {**plan, "retasking": {"eased_minutes": 15}})
    trouble = b.begin(b.trouble(7, presence=24))
    b.at(470.0, lambda: told(b, trouble, YELLOW, 30))
    b.env.run(600.0)
    first, second, third = b.ledger.tasks
    assert (third.ordered, third.arrived) == (471.0, pytest.approx(509.0))
    assert second.released == 516.0, "at 486 and at 501 the third is not there"
    assert first.outcome is third.outcome is None


def test_all_that_somebody_may_be_taken_from_is_what_the_matrix_says_one_by_one() -> None:
    rule = Retasking.model_validate({"taken_for": MATRIX["taken_for"] | {"yellow": {"after_end": True}}})
    every = [Busy(doing, there, over) for doing in Severity for there in (False, True) for over in (False, True)]
    for severity in Severity:
        assert all_taken(severity, rule) == {busy for busy in every if may_be_taken(busy, severity, rule)}
        assert not all_taken(severity, Retasking())
