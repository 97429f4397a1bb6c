"""One rule says better, worse and best; nothing else in the report does."""

from __future__ import annotations

import dataclasses
from math import inf, nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES
from sim.report.verdict import SHOWN, Verdict, is_enough, leaders, of_difference, verdicts
from sim.report.wording import number

BETTER, WORSE, ALIKE, SAME = Verdict.BETTER, Verdict.WORSE, Verdict.ALIKE, Verdict.SAME


@pytest.mark.parametrize(
    ("measure", "difference", "said"),
    [
        ("votes_lost", (-80, -140, -20), BETTER),
        ("votes_lost", (80, 20, 140), WORSE),
        ("within_standard", (0.1, 0.02, 0.2), BETTER),
        ("within_standard", (-0.1, -0.2, -0.02), WORSE),
        ("votes_lost", (-80, -140, 0), ALIKE),
        ("votes_lost", (-80, nan, nan), ALIKE),
        ("votes_lost", (nan, nan, nan), Verdict.UNMEASURED),
        ("votes_lost", (0, 0, 0), SAME),
        ("waiting_long", (0.0001, 0.00005, 0.0002), SAME),
        ("waiting_long", (0.0001, 0.00005, 0.0006), WORSE),
        ("arrival_median", (-inf, -inf, -3), BETTER),
        ("arrival_median", (inf, -inf, inf), ALIKE),
    ],
)
def test_better_worse_not_told_apart_the_same(
    measure: str, difference: tuple[float, float, float], said: Verdict
) -> None:
    assert of_difference(measure, *map(float, difference)) is said


@given(
    st.sampled_from(["votes_lost", "within_standard", "untreated_minutes"]),
    st.lists(st.floats(-9, 9), min_size=3, max_size=3),
)
def test_a_plan_is_as_much_better_as_the_other_is_worse(measure: str, found: list[float]) -> None:
    low, value, high = sorted(found)
    mirrored = {BETTER: WORSE, WORSE: BETTER}
    said = of_difference(measure, value, low, high)
    assert of_difference(measure, -value, -high, -low) is mirrored.get(said, said)


@pytest.mark.parametrize("unit", SHOWN)
def test_what_does_not_show_is_half_of_the_last_digit(unit: str) -> None:
    assert number(0.05 if unit == "share" else 5.0, unit) != number(
        (0.05 if unit == "share" else 5.0) + 2.01 * SHOWN[unit], unit
    )


def comparison(days: int = 40, best: float = 0.99, **differences: tuple[float, float, float]) -> Comparison:
    """Plans b and c against a, on votes lost: a pair of numbers a plan."""
    rows = [
        {"strategy": plan, "baseline": "a", "measure": "votes_lost", "difference": v, "low_all": low, "high_all": high}
        for plan, (v, low, high) in differences.items()
    ]
    first = [{"strategy": plan, "measure": "votes_lost", "best": (1 - best) / 2} for plan in "abc"]
    first[1]["best"] = best
    return Comparison(pd.DataFrame(), pd.DataFrame(rows), pd.DataFrame(first), "a", 0.95, days, days)


CLEAR, UNCLEAR, LOST = (-80.0, -140.0, -20.0), (-80.0, -140.0, 20.0), (80.0, 20.0, 140.0)


def test_best_is_who_is_better_and_first_in_nearly_all_resamples() -> None:
    assert leaders(comparison(b=CLEAR, c=UNCLEAR), ["votes_lost"]) == {"votes_lost": "b"}
    assert leaders(comparison(b=UNCLEAR, c=UNCLEAR), ["votes_lost"]) == {}
    assert leaders(comparison(best=0.9, b=CLEAR, c=UNCLEAR), ["votes_lost"]) == {}


def test_the_baseline_is_best_where_all_others_are_worse() -> None:
    def of_baseline(**differences: tuple[float, float, float]) -> dict[str, str]:
        made = comparison(**differences)
        made.best["best"] = [0.99, 0.005, 0.005]
        return leaders(made, ["votes_lost"])

    assert of_baseline(b=LOST, c=LOST) == {"votes_lost": "a"}
    assert of_baseline(b=LOST, c=UNCLEAR) == {}


@pytest.mark.parametrize(("days", "enough"), [(2, False), (29, False), (30, True)])
def test_on_too_few_days_nothing_is_better_and_nothing_best(days: int, enough: bool) -> None:
    made = dataclasses.replace(comparison(b=CLEAR, c=LOST), days=days)
    said = verdicts(made, MEASURES)
    assert is_enough(made) == enough == bool(leaders(made, ["votes_lost"]))
    assert [row["votes_lost"] for row in said.values()] == ([BETTER, WORSE] if enough else [Verdict.TOO_FEW] * 2)
