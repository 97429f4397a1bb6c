"""Where and when it is weakest, and why late, on tables small enough to reckon by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.report.brief.weak import late_in_words, least


def test_sums_are_divided_and_not_shares_averaged() -> None:
    """Hour 8: (1 + 9) of (10 + 10); hour 9: (0 + 9) of (1 + 19): its mean of shares is the smaller, its ratio too."""
    key = np.array([480.0, 480.0, 540.0, 540.0])
    assert least(key, np.array([1.0, 9.0, 0.0, 9.0]), np.array([10.0, 10.0, 1.0, 19.0])) == (540.0, 0.45)
    assert least(key, np.array([1.0, 8.0, 0.0, 10.0]), np.array([10.0, 10.0, 1.0, 19.0])) == (480.0, 0.45)


def test_of_equal_ones_it_is_the_first() -> None:
    assert least(np.array([3.0, 1.0, 2.0]), np.zeros(3), np.ones(3)) == (1.0, 0.0)


def causes(**counts: int) -> pd.DataFrame:
    asked = sum(counts.values())
    return pd.DataFrame(
        [(c, n / asked if asked else np.nan, n) for c, n in counts.items()], columns=["cause", "share", "count"]
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            {"in_time": 10, "far": 4, "late_report": 5, "desk_busy": 1, "held_back": 0, "too_few": 0, "road_closed": 0},
            "Late: 50.0 % of 20 incidents that asked for officers. Why, most often: the report came late (25.0 %), "
            "far away (20.0 %), the desk took long (5.0 %).",
        ),
        ({"in_time": 3, "over_before": 1, "far": 0}, "None of 4 incidents that asked for officers was late."),
        ({"in_time": 0, "far": 0}, "No incident asked for officers."),
    ],
)
def test_why_late_tells_the_most_frequent_causes_first(counts: dict[str, int], said: str) -> None:
    assert late_in_words(causes(**counts)) == said


def test_the_more_are_late_the_more_it_says() -> None:
    few, many = (late_in_words(causes(in_time=10, far=n)) for n in (2, 30))
    assert few.startswith("Late: 16.7 % of 12") and many.startswith("Late: 75.0 % of 40")
