"""Duty on a clock of its own: shifts, hand-over, rest, tiredness; times reckoned by hand."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from sim.config.duty import Duty
from sim.response.attendance import attend
from sim.response.duty import Term, ends
from sim.strength import Strength
from sim.vocabulary import Outcome, UnitState, Verdict
from tests.response.command.test_posko import NOBODY, strategy
from tests.response.conftest import Bench, line_region

R1, R2 = "reserve/POLRES/1", "reserve/POLRES/2"


def bench(*shifts: tuple[str, str] | None, **duty: Any) -> Bench:
    """A team at headquarters for each shift; the day starts at 07:00."""
    team = {"base": "POLRES", "teams": 1, "size": 12, "vehicle": "car"}
    reserves = [{**team, **({"shift": {"from_time": s[0], "to_time": s[1]}} if s else {})} for s in shifts]
    return Bench(line_region(), {**strategy(NOBODY, teams=0), "reserves": reserves, "duty": duty})


def test_a_duty_ends_with_the_shift_or_when_it_has_lasted_as_long_as_it_may() -> None:
    long, short = Duty(), Duty(longest_minutes=120.0)
    assert ends(420.0, Term(420.0, inf), long) == inf
    assert ends(420.0, Term(420.0, 480.0), long) == 480.0
    assert ends(420.0, Term(420.0, inf), short) == ends(420.0, Term(420.0, 600.0), short) == 540.0


def test_everybody_is_on_duty_all_day_unless_something_is_said() -> None:
    b = bench(None)
    b.env.run(1000.0)
    assert b.states(R1) == [("free", 420.0, 1000.0)]


def test_a_shift_has_its_hours_and_nobody_is_sent_outside_them() -> None:
    b = bench(("08:00", "09:00"))
    b.at(430.0, lambda: b.begin(b.trouble(0, presence=12)))
    b.env.run(1000.0)
    (task,) = b.ledger.tasks
    assert task.ordered == 480.0, "when its shift began; the report was handled at 437"
    assert b.states(R1)[0] == ("off_duty", 420.0, 480.0)


def test_who_is_off_duty_is_said_to_be_held_back_and_not_to_be_busy() -> None:
    b = bench(("08:00", "09:00"), None)
    trouble = b.begin(b.trouble(0, presence=24))
    b.env.run(440.0)
    (task,) = b.ledger.tasks
    assert task.verdicts[Verdict.HELD_BACK] == 1 and task.verdicts[Verdict.BUSY] == 0
    alone = bench(("08:00", "09:00"))
    trouble = alone.begin(alone.trouble(0, presence=24))
    alone.env.run(440.0)
    assert trouble.why_unsent == [Verdict.HELD_BACK]


def test_at_the_end_of_a_shift_who_waits_goes_off_at_once_and_who_drives_home_when_he_is_there() -> None:
    b = bench(("07:00", "09:00"))
    first = b.begin(b.trouble(7, presence=12))
    b.at(470.0, first.over.succeed)  # works until 500 and is home at 532
    b.env.run(535.0)
    assert b.unit(R1).is_idle
    b.env.run(700.0)
    assert b.states(R1)[-1] == ("off_duty", 540.0, 700.0)
    late = bench(("07:00", "08:40"))  # 520: it drives home
    first = late.begin(late.trouble(7, presence=12))
    late.at(470.0, first.over.succeed)
    late.env.run(700.0)
    assert late.states(R1)[-2:] == [
        ("returning", 500.0, pytest.approx(532.0)),
        ("off_duty", pytest.approx(532.0), 700.0),
    ]


def test_who_is_at_something_hands_over_and_leaves_when_others_have_come() -> None:
    b = bench(("07:00", "08:20"), None)
    b.fleet.hold(b.unit(R2), True)
    trouble = b.begin(b.trouble(7, presence=12))  # the first comes at 465; its shift ends at 500
    b.at(499.0, lambda: b.fleet.hold(b.unit(R2), False))
    b.env.run(700.0)
    first, second = b.ledger.tasks
    assert second.unit.spec.name == R2 and second.ordered == 500.0
    assert first.released == second.arrived == pytest.approx(538.0)
    assert first.outcome is Outcome.DONE and len(trouble.gone) == 1
    assert b.unit(R1).state is UnitState.OFF_DUTY


def test_whose_duty_ends_on_the_way_comes_all_the_same_and_goes_at_once_where_others_are() -> None:
    b = bench(("07:00", "07:30"), None)
    first = b.begin(b.trouble(7, presence=12))  # the first leaves at 433 and comes at 465; its shift ends at 450
    b.env.run(440.0)
    there = attend(b.ledger, b.unit(R2), b.posko.dispatcher.goal(first), first, sent=False)
    b.env.run(700.0)
    task = b.ledger.tasks[0]
    assert there.on_scene and task.outcome is Outcome.RECALLED and task.released != task.released, "it turned round"
    alone = bench(("07:00", "07:30"))
    trouble = alone.begin(alone.trouble(7, presence=12))
    alone.env.run(700.0)
    assert trouble.there[0][0] == pytest.approx(465.0) and not trouble.gone, "there is nobody else"


def test_who_arrives_after_his_duty_and_is_not_needed_leaves_in_the_same_minute() -> None:
    b = bench(("07:00", "07:30"), None)
    trouble = b.begin(b.trouble(7, presence=24))
    b.env.run(426.0)
    attend(b.ledger, b.unit(R2), b.posko.dispatcher.goal(trouble), trouble, sent=False)
    b.at(455.0, lambda: setattr(trouble, "need", Strength.of(presence=12)))  # the first is under way, its shift is over
    b.env.run(700.0)
    late = next(task for task in b.ledger.tasks if task.unit.spec.name == R1)
    assert late.arrived == late.released == pytest.approx(465.0) and late.outcome is Outcome.DONE
    assert trouble.gone == [pytest.approx(465.0)]


def test_without_anybody_who_comes_it_stays_until_it_is_over_or_overtime_is() -> None:
    def released(**duty: Any) -> float:
        b = bench(("07:00", "08:20"), **duty)
        trouble = b.begin(b.trouble(7, presence=12))
        b.at(600.0, trouble.over.succeed)
        b.env.run(700.0)
        return b.ledger.tasks[0].released

    assert released() == 600.0, "and it does not work on"
    assert released(overtime_minutes=30.0) == 530.0
    assert released(overtime_minutes=0.0) == 500.0


def test_after_the_longest_duty_comes_rest_and_then_duty_again() -> None:
    b = bench(None, longest_minutes=120.0, rest_minutes=60.0)
    b.env.run(800.0)
    assert b.states(R1) == [
        ("free", 420.0, 540.0), ("off_duty", 540.0, 600.0), ("free", 600.0, 720.0), ("off_duty", 720.0, 780.0), ("free", 780.0, 800.0),
    ]  # fmt: skip
    off = bench(None, longest_minutes=120.0)
    off.env.run(800.0)
    assert off.states(R1)[-1] == ("off_duty", 540.0, 800.0)


def test_rest_is_counted_from_when_it_was_let_go() -> None:
    b = bench(None, longest_minutes=60.0, rest_minutes=100.0)
    trouble = b.begin(b.trouble(7, presence=12))
    b.at(500.0, trouble.over.succeed)  # its duty ended at 480; it is home at 532
    b.env.run(700.0)
    resting = [(start, end) for state, start, end in b.states(R1) if state == "off_duty"]
    assert resting[0] == (pytest.approx(532.0), pytest.approx(632.0))


@pytest.mark.parametrize(("after", "minutes"), [(None, 6.0), (30.0, 6.0), (17.0, 12.0), (7.0, 12.0)])
def test_who_is_tired_takes_longer_to_get_ready(after: float | None, minutes: float) -> None:
    b = bench(None, **({} if after is None else {"tired_after_minutes": after, "tired_factor": 2.0}))
    b.at(430.0, lambda: b.begin(b.trouble(7, presence=12)))
    b.env.run(700.0)
    (task,) = b.ledger.tasks
    assert task.ordered == 437.0, "17 minutes after its duty began"
    assert task.departed - task.ordered == minutes


def test_duty_may_have_begun_before_the_day() -> None:
    b = bench(None, begins="05:00", longest_minutes=180.0, tired_after_minutes=120.0, tired_factor=2.0)
    b.begin(b.trouble(7, presence=12))
    b.env.run(700.0)
    assert b.ledger.tasks[0].departed - b.ledger.tasks[0].ordered == 12.0
    assert b.unit(R1).ends_duty


def test_who_rests_is_not_tired_any_more() -> None:
    b = bench(None, longest_minutes=60.0, rest_minutes=60.0, tired_after_minutes=30.0, tired_factor=2.0)
    b.at(535.0, lambda: b.begin(b.trouble(7, presence=12)))  # handled at 542; it is on duty again from 540 on
    b.env.run(700.0)
    assert b.ledger.tasks[0].departed - b.ledger.tasks[0].ordered == 6.0
