"""The day is chosen by a rule that anybody can check against the tables; so are the plans."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.experiment.store import Run
from sim.report.chosen_day import DayRule, choose, chosen_day, chosen_plans, ordered_days

FEW = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=30)


def lost(run: Run, strategy: str) -> dict[int, float]:
    table = run.table("stations")
    rows = table[table["strategy"] == strategy]
    votes = rows["calm_voted"] - rows["voted"] - rows["deferred"]
    return {int(day): float(sum_) for day, sum_ in votes.groupby(rows["replication"]).sum().items()}


def test_votes_count_first_then_exposure_then_the_earlier_day() -> None:
    days, votes, exposed = np.array([3, 4, 7, 9]), np.array([5.0, 1.0, 5.0, 1.0]), np.array([2.0, 9.0, 1.0, 9.0])
    assert ordered_days(days, votes, exposed).tolist() == [4, 9, 7, 3]


@given(FEW)
def test_as_many_days_are_no_worse_than_the_median_as_are_no_better(values: list[tuple[int, int]]) -> None:
    days = np.arange(len(values))
    votes, exposed = (np.array(v, dtype=float) for v in zip(*values, strict=True))
    order = ordered_days(days, votes, exposed)
    median, worst = choose(order, DayRule.MEDIAN), choose(order, DayRule.WORST)
    assert sum(votes < votes[median]) <= len(values) / 2 and sum(votes > votes[median]) <= len(values) / 2
    assert votes[worst] == votes.max()
    assert sorted(values)[(len(values) - 1) // 2] == values[median]


@pytest.mark.parametrize("count", range(1, 6))
def test_of_an_even_number_the_better_of_the_two_in_the_middle_is_the_median(count: int) -> None:
    for order in permutations(range(count)):
        assert choose(np.array(order), DayRule.MEDIAN) == order[(count - 1) // 2]


def test_the_median_and_the_worst_day_are_those_of_the_tables(run: Run) -> None:
    votes = lost(run, run.strategies[0])
    median, worst = chosen_day(run, "median"), chosen_day(run, "worst")
    assert (median.rule, worst.rule, median.days) == (DayRule.MEDIAN, DayRule.WORST, 5)
    assert votes[median.day] == median.votes == sorted(votes.values())[2]
    assert votes[worst.day] == worst.votes == worst.most == max(votes.values())
    assert median.least == min(votes.values())


def test_a_day_is_chosen_by_its_number(run: Run) -> None:
    found = chosen_day(run, "3")
    assert (found.day, found.rule, found.votes) == (3, DayRule.NUMBER, lost(run, run.strategies[0])[3])


@pytest.mark.parametrize(("asked", "said"), [("5", "days 0 to 4"), ("-1", "median"), ("mean", "median"), ("²", "median"),
                                            ("9" * 40, "median"), ("", "median")])  # fmt: skip
def test_a_day_that_is_not_there_is_refused(run: Run, asked: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        chosen_day(run, asked)


def test_without_names_the_first_plan_stands_beside_the_other_that_loses_fewest_votes(run: Run) -> None:
    totals = {name: sum(lost(run, name).values()) for name in run.strategies[1:]}
    assert chosen_plans(run, None) == [run.strategies[0], min(totals, key=totals.__getitem__)]


def test_plans_are_chosen_by_name(run: Run) -> None:
    assert chosen_plans(run, ["risk_weighted"]) == ["risk_weighted"]
    assert chosen_plans(run, ["risk_weighted", "even_spread"]) == ["risk_weighted", "even_spread"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["risk_weigted"], "did you mean 'risk_weighted'"),
        (["even_spread", "even_spread"], "two different"),
        (["even_spread", "risk_weighted", "even_spread"], "two different"),
        ([], "one strategy is needed"),
    ],
)
def test_plans_that_cannot_be_shown_are_refused(run: Run, names: list[str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        chosen_plans(run, names)
