"""Which plan the days speak for follows from the verdicts alone."""

from __future__ import annotations

import pytest

from sim.report.brief.choice import choose
from sim.report.verdict import Verdict

MARKS = {"+": Verdict.BETTER, "-": Verdict.WORSE, "=": Verdict.ALIKE, "?": Verdict.TOO_FEW}


def chosen(**plans: str) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    said = {plan: {f"m{i}": MARKS[mark] for i, mark in enumerate(marks)} for plan, marks in plans.items()}
    found = choose(said)
    return found.chosen, found.clear, found.trades


@pytest.mark.parametrize(
    ("plans", "found"),
    [
        ({"b": "+===="}, ("b", ("b",), ())),
        ({"b": "+====", "c": "++==="}, ("c", ("c", "b"), ())),
        ({"b": "+====", "c": "=+==="}, (None, ("b", "c"), ())),
        ({"b": "++++-", "c": "=+==="}, ("c", ("c",), ("b",))),
        ({"b": "++++-"}, (None, (), ("b",))),
        ({"b": "-----", "c": "====="}, (None, (), ())),
        ({"b": "?????"}, (None, (), ())),
        ({}, (None, (), ())),
    ],
)
def test_it_is_worse_on_nothing_and_better_on_most(plans: dict[str, str], found: object) -> None:
    assert chosen(**plans) == found


def test_one_measure_that_gets_worse_takes_a_plan_out() -> None:
    assert chosen(b="+====", c="++===")[0] == "c"
    assert chosen(b="+====", c="++==-")[0] == "b"
