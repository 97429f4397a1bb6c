"""The decision table: a worse plan is marked as worse, by a sign and a word."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from sim.inference.compare import Comparison
from sim.report.brief.answer import answer
from sim.report.brief.choice import choose
from sim.report.brief.cost import Cost
from sim.report.brief.decision import MOST_PLANS, Decision, decision
from sim.report.brief.measures import FIVE
from sim.report.verdict import verdicts

COUNTED = ("incidents_per_day",)
COST = Cost(100, 200, 4, 48, 0, 0)


def made(days: int = 60, plans: str = "ab", **differences: tuple[float, float, float]) -> Comparison:
    """Plans against a that differ by so much under each of them."""
    values = [
        {"strategy": plan, "measure": m, "value": 0.5, "low": 0.4, "high": 0.6, "n": 70}
        for plan in plans
        for m in (*FIVE, *COUNTED)
    ]
    rows = [
        {"strategy": plan, "baseline": "a", "measure": m, **dict(zip(("difference", "low_all", "high_all"), differences.get(m, (0.0, 0.0, 0.0)), strict=True))}
        for plan in plans[1:] for m in FIVE
    ]  # fmt: skip
    return Comparison(pd.DataFrame(values), pd.DataFrame(rows), pd.DataFrame(), "a", 0.95, days, days)


def told(comparison: Comparison) -> tuple[Decision, list[tuple[str, str]]]:
    names = list(dict.fromkeys(comparison.measures["strategy"]))
    titles, said = {name: f"Plan {name.upper()}" for name in names}, verdicts(comparison, FIVE)
    choice = choose(said)
    table = decision(comparison, said, dict.fromkeys(names, COST), titles, choice.chosen, "10")
    return table, answer(comparison, choice, said, titles)


BETTER, WORSE = (0.2, 0.1, 0.3), (-0.2, -0.3, -0.1)
MORE = (0.2, 0.1, 0.3)
"""More of what is better the fewer there are."""


@pytest.mark.parametrize(
    ("within", "sign", "word", "named"),
    [(BETTER, "▲", "better", True), (WORSE, "▼", "worse", False), ((-0.2, -0.5, 0.1), "=", "not told apart", False), ((0.0, 0.0, 0.0), "=", "the same", False)],
)  # fmt: skip
def test_the_mark_follows_the_response(within: tuple[float, float, float], sign: str, word: str, named: bool) -> None:
    table, answers = told(made(within_standard_common=within))
    baseline, plan = table.rows
    assert (plan.cells[0].sign, plan.cells[0].word) == (sign, word)
    assert (baseline.title, baseline.cells[0].sign) == ("Plan A (baseline)", "")
    assert plan.chosen == named == answers[0][1].startswith("Plan B. The days speak for it")
    assert any("20 percentage points more of the same incidents" in text for _, text in answers) == named
    assert plan.cost == ("100", "200", "4 (48)")


def test_one_that_is_worse_on_something_is_a_choice_and_no_answer() -> None:
    table, answers = told(made(within_standard_common=BETTER, red_per_day=MORE))
    assert not any(row.chosen for row in table.rows)
    assert answers[0][1].startswith("None but Plan A")
    assert answers[1][1] == (
        "Each of these is a choice, not an answer: Plan B, better on the share reached within the standard, worse on "
        "how many incidents turn red."
    )


def test_several_that_tie_are_all_named() -> None:
    table, answers = told(made(plans="abc", within_standard_common=BETTER))
    assert not any(row.chosen for row in table.rows)
    assert (
        answers[0][1].startswith("Not one alone.")
        and "Plan B (better on" in answers[0][1]
        and "Plan C (" in answers[0][1]
    )


@pytest.mark.parametrize("days", [1, 29])
def test_on_too_few_days_nothing_is_marked_and_no_plan_named(days: int) -> None:
    table, answers = told(made(days=days, within_standard_common=BETTER, red_per_day=MORE))
    marks = {cell.mark for cell in table.rows[1].cells}
    assert marks == {"too_few"} and not any(row.chosen for row in table.rows)
    assert (
        answers[0][1]
        == f"Nothing is concluded from {days} days, and no plan is named. Play at least 30 (run.replications)."
    )
    assert len(answers) == 2, "and on what it rests"
    assert not any(word in text for _, text in answers for word in ("better", "worse", "best"))


def test_few_days_are_said_to_be_few() -> None:
    assert "On only 59 days" in told(made(days=59, within_standard_common=BETTER))[1][2][1]
    assert "On only" not in told(made(days=60, within_standard_common=BETTER))[1][2][1]


def test_one_plan_alone_is_compared_with_nothing() -> None:
    alone = replace(made(plans="a"), differences=pd.DataFrame())
    table, answers = told(alone)
    assert [row.title for row in table.rows] == ["Plan A"] and not table.rows[0].chosen
    assert answers[0][1] == "Only Plan A was played; there is nothing to compare it with."


def test_a_page_has_room_for_some_plans_and_counts_the_rest() -> None:
    many = made(plans="abcdefghijkl")
    table = told(many)[0]
    assert len(table.rows) == MOST_PLANS
    assert table.notes == ("4 more plans, none of which the answer names, stand in the report behind the brief.",)


def test_a_plan_that_is_better_on_more_and_worse_on_something_is_told_beside_the_one_that_is_named() -> None:
    comparison = made(plans="abc", within_standard_common=BETTER)
    rows = comparison.differences.set_index(["strategy", "measure"])
    ends = ["difference", "low_all", "high_all"]
    for measure, values in {
        "within_standard_common": WORSE,
        "red_per_day": WORSE,
        "votes_lost": (-20.0, -30.0, -10.0),
    }.items():
        rows.loc[("c", measure), ends] = values
    table, answers = told(replace(comparison, differences=rows.reset_index()))
    assert answers[0][1].startswith("Plan B.") and [row.chosen for row in table.rows] == [False, True, False]
    (others,) = (text for question, text in answers if question == "What speaks for others")
    assert "Plan C, better on how many incidents turn red and votes lost in all, worse on the share reached" in others
