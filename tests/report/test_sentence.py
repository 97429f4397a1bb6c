"""The sentence says what the intervals say, and no more."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pandas as pd
import pytest

from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES
from sim.report.sentence import conclude
from sim.words.report import SUBJECTS

TITLES = {"a": "Plan A", "b": "Plan B"}
INF, NAN = float("inf"), float("nan")


def comparison(best: dict[str, float] | None = None, **measures: tuple[float, float, float]) -> Comparison:
    rows = [
        {"strategy": "b", "baseline": "a", "measure": m, "difference": v, "low": lo, "high": hi, "low_all": lo, "high_all": hi,
         "better": 0.5}
        for m, (v, lo, hi) in {**dict.fromkeys(SUBJECTS, (0.0, 0.0, 0.0)), **measures}.items()
    ]  # fmt: skip
    shares = [
        {"strategy": name, "measure": m, "best": p if name == "b" else 1 - p}
        for m, p in {**dict.fromkeys(SUBJECTS, 0.5), **(best or {})}.items()
        for name in TITLES
    ]
    return Comparison(pd.DataFrame(), pd.DataFrame(rows), pd.DataFrame(shares), "a", 0.95, 100, 100)


def test_a_clear_difference_is_stated_with_its_interval() -> None:
    said = conclude(comparison(response_median=(-7.0, -9.2, -4.6)), TITLES)[0]
    assert (
        said
        == "Against Plan A, with Plan B the first officers come 7.0 minutes sooner (median) (95 % interval 4.6 to 9.2)."
    )


def test_the_other_way_is_said_the_other_way() -> None:
    said = conclude(
        comparison(coverage_over_day=(-0.12, -0.2, -0.05), votes_lost_to_disturbances=(80, 20, 140)), TITLES
    )[0]
    assert "coverage over the day is 12.0 percentage points lower (95 % interval 5.0 to 20.0)" in said
    assert "80 votes more a day are lost to disturbances (95 % interval 20 to 140)" in said


def test_votes_that_only_disturbances_cost_are_said_once() -> None:
    votes = (80.0, 20.0, 140.0)
    said = " ".join(conclude(comparison(votes_lost=votes, votes_lost_to_disturbances=votes), TITLES))
    assert "80 votes more a day are lost in all" in said and "to disturbances" not in said
    said = " ".join(conclude(comparison(votes_lost=(90.0, 30.0, 150.0), votes_lost_to_disturbances=votes), TITLES))
    assert "90 votes more a day are lost in all" in said and "80 votes more a day are lost to disturbances" in said


@pytest.mark.parametrize("unclear", [(-7.0, -15.0, 1.0), (-7.0, NAN, NAN), (-5.0, -INF, INF), (1.0, 0.0, 2.0)])
def test_what_is_unclear_is_said_to_be_unclear(unclear: tuple[float, float, float]) -> None:
    said = conclude(comparison(arrival_median=unclear), TITLES)[0]
    assert said == "Against Plan A, with Plan B nothing can be concluded about the first officers' arrival."


def test_what_was_not_measured_is_not_called_unclear() -> None:
    said = conclude(comparison(arrival_median=(NAN, NAN, NAN)), TITLES)[0]
    assert said == "Against Plan A, with Plan B there was nothing to measure for the first officers' arrival."


@pytest.mark.parametrize(
    ("difference", "says"),
    [
        ((-INF, -INF, -3.0), "at least half of the incidents are reached by officers, which otherwise they are not."),
        ((INF, 3.0, INF), "fewer than half of the incidents are ever reached by officers."),
        (
            (-12.0, -INF, -3.0),
            "officers are there 12.0 minutes sooner after the onset (median) (at least 3.0, 95 % confidence).",
        ),
    ],
)
def test_never_is_said_in_words(difference: tuple[float, float, float], says: str) -> None:
    said = conclude(comparison(arrival_median=difference), TITLES)[0]
    assert said == f"Against Plan A, with Plan B {says}"
    assert "inf" not in said


def test_a_difference_that_is_clear_never_shows_an_interval_that_holds_zero() -> None:
    said = conclude(comparison(arrival_median=(10.0, 0.04, 22.0)), TITLES)[0]
    assert "10.00 minutes later after the onset (median) (95 % interval 0.04 to 22.00)" in said


def test_plans_that_never_help_are_named() -> None:
    played = comparison()
    values = pd.DataFrame(
        [
            {"strategy": s, "measure": m, "value": v}
            for s in TITLES
            for m, v in (("response_median", INF), ("arrival_median", 9.0))
        ]
    )
    said = conclude(replace(played, measures=values), TITLES)
    assert "Under Plan A and Plan B fewer than half of the reported incidents are ever reached by officers." in said
    assert not any("of the incidents" in sentence for sentence in said)


def test_a_plan_under_which_nobody_is_ever_reached_is_called_so() -> None:
    never = {"a": 1.0, "b": 0.6}
    values = pd.DataFrame(
        [
            {"strategy": s, "measure": m, "value": v}
            for s in TITLES
            for m, v in (("response_median", INF), ("arrival_median", INF), ("unanswered", never[s]))
        ]
    )
    said = conclude(replace(comparison(), measures=values), TITLES)
    assert "Under Plan A no disturbance is ever reached by officers." in said
    assert "Under Plan B fewer than half of the incidents are ever reached by officers." in said
    assert sum("Plan A" in sentence for sentence in said if sentence.startswith("Under")) == 1


def test_one_day_allows_no_conclusion() -> None:
    assert conclude(replace(comparison(response_median=(-7.0, NAN, NAN)), days=1, planned=1), TITLES) == [
        "One day allows no conclusion; play more of them (run.replications)."
    ]


def test_equal_plans_differ_in_nothing() -> None:
    assert conclude(comparison(), TITLES)[0] == "Against Plan A, with Plan B nothing differs."


def better(*names: str, by: float = 5.0) -> dict[str, tuple[float, float, float]]:
    """Differences by which plan B is clearly better, or with a negative size clearly worse."""
    signed = {name: by if MEASURES[name].better == "higher" else -by for name in names}
    return {name: (size, *sorted((0.8 * size, 1.2 * size))) for name, size in signed.items()}


def test_the_whole() -> None:
    assert conclude(comparison(), TITLES)[-1].startswith("On 100 days no strategy is shown to be the best")
    told = better("response_median") | better("peak_crowd", by=-5.0)
    some = conclude(comparison(best={"response_median": 0.99, "peak_crowd": 0.01}, **told), TITLES)[-1]
    assert (
        some
        == "No strategy is shown best on everything; shown best are Plan B on the first officers' response and Plan A on the size of crowds."
    )
    assert (
        conclude(comparison(best=dict.fromkeys(SUBJECTS, 1.0), **better(*SUBJECTS)), TITLES)[-1]
        == "Plan B is best on every one of these measures."
    )


def test_what_is_the_same_under_all_plans_keeps_nobody_from_being_best_on_everything() -> None:
    told = better(*(name for name in SUBJECTS if name != "exposed_minutes"))
    best = {name: 0.99 for name in told}
    assert conclude(comparison(best=best, **told), TITLES)[-1] == "Plan B is best on every one of these measures."
    unclear = comparison(best=best, **told, exposed_minutes=(-5.0, -9.0, 1.0))
    assert "best on every one" not in conclude(unclear, TITLES)[-1]


def test_nothing_is_best_that_the_intervals_do_not_tell_apart() -> None:
    """The best of all in 99 resamples of 100, and yet not better: that would be two rules, and they contradict."""
    found = conclude(comparison(best={"response_median": 0.99}, response_median=(-7.0, -15.0, 1.0)), TITLES)
    assert found[0].endswith("nothing can be concluded about the first officers' response.")
    assert "no strategy is shown to be the best" in found[-1]


def test_a_difference_that_no_digit_shows_is_none() -> None:
    found = conclude(comparison(best={"waiting_long": 0.01}, waiting_long=(0.0001, 0.00005, 0.0002)), TITLES)
    assert found[0] == "Against Plan A, with Plan B nothing differs."
    assert "no strategy is shown to be the best" in found[-1]


def test_one_strategy_alone() -> None:
    alone = Comparison(pd.DataFrame(), pd.DataFrame(), pd.DataFrame(), "a", 0.95, 12, 12)
    assert conclude(alone, TITLES) == ["Only Plan A was played, on 12 days; there is nothing to compare it with."]


@pytest.mark.parametrize(("days", "warned"), [(30, True), (59, True), (60, False), (100, False)])
def test_few_days_are_said_to_be_few(days: int, warned: bool) -> None:
    found = conclude(dataclasses.replace(comparison(), days=days), TITLES)
    assert any(f"On only {days} days some intervals are too narrow" in said for said in found) == warned


@pytest.mark.parametrize(("days", "concluded"), [(2, False), (29, False), (30, True)])
def test_nothing_is_concluded_from_too_few_days(days: int, concluded: bool) -> None:
    clear = comparison(response_median=(-7.0, -9.2, -4.6), best={"response_median": 1.0})
    found = conclude(dataclasses.replace(clear, days=days, planned=days), TITLES)
    assert any("7.0 minutes sooner" in said for said in found) == concluded
    assert any("best" in said for said in found) == concluded
    if not concluded:
        assert found == [
            f"Nothing is concluded from {days} days: their intervals are wrong too often. Play at least 30 (run.replications)."
        ]


def test_a_partial_run_says_so_first_of_all() -> None:
    partial = "Partial: 100 of 120 days are finished; the rest: simulate resume."
    assert conclude(replace(comparison(), planned=120), TITLES)[0] == partial
    alone = Comparison(pd.DataFrame(), pd.DataFrame(), pd.DataFrame(), "a", 0.95, 1, 2)
    assert conclude(alone, TITLES)[0] == "Partial: 1 of 2 days are finished; the rest: simulate resume."
    assert not any("Partial" in sentence for sentence in conclude(comparison(), TITLES))
