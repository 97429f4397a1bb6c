"""Standards of cover: the percentile of each district's red incidents, or what could be where they are few."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf, isnan, nan
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.measures.sums import Sums
from sim.report.brief.cover import LEAST_RED, Cover, Value, cells, covers, ends, most_red, sentence

NAMES = {0: "Barat", 1: "Timur", 2: "Utara", 3: "Selatan", 4: "Tengah"}
NONE = Value(nan, nan, nan)
FEW = Cover(0, 2, NONE, NONE, 0.5, 0.25, 0.02)
MANY = Cover(1, 40, Value(14.04, 12, 16), Value(41, 35, inf), 0.95, 0.8, 0.1)


@dataclass
class Days:
    """A run of so many days with the samples that are asked for."""

    days: int
    made: dict[str, dict[tuple[str, str], Sums]] = field(default_factory=dict)
    scenario: Any = field(
        default_factory=lambda: SimpleNamespace(run=SimpleNamespace(resamples=200, seed=1, confidence=0.95))
    )

    @property
    def finished(self) -> list[int]:
        return list(range(self.days))

    def sums(self, sample: str, by: str) -> dict[tuple[str, str], Sums]:
        assert by == "district"
        return self.made.get(sample, {})

    def add(self, sample: str, district: int, day: list[int], key: list[float], below: float = 0.0) -> None:
        ones = np.ones(len(day))
        sums = Sums.of(np.arange(self.days), np.array(day), np.array(key), ones, below * ones)
        self.made.setdefault(sample, {})["b", str(district)] = sums


def test_nine_of_ten_are_within_and_never_counts_as_never() -> None:
    run = Days(10)
    run.add("arrival_red", 0, list(range(10)), [float(i) for i in range(1, 11)])
    run.add("red_force", 0, list(range(10)), [*[20.0] * 8, inf, inf])
    run.add("arrival_red", 1, list(range(9)), [1.0] * 9)
    run.add("red_force_share", 0, list(range(10)), [0.0] * 10, below=2.0)
    first, second, third = covers(run, "b", [0, 1, 2])  # type: ignore[arg-type]
    assert (first.red, first.first.value, first.force.value, first.forced) == (10, 9.0, inf, 0.5)
    assert first.first.low <= 9.0 <= first.first.high
    assert (second.red, third.red) == (9, 0) and isnan(second.first.value) and isnan(third.covered)


def test_another_plans_incidents_are_not_looked_at() -> None:
    run = Days(10)
    run.add("arrival_red", 0, list(range(10)), [5.0] * 10)
    assert covers(run, "a", [0])[0].red == 0  # type: ignore[arg-type]


def test_slower_arrivals_make_the_standard_longer() -> None:
    def first(minutes: float) -> float:
        run = Days(10)
        run.add("arrival_red", 0, list(range(10)), [minutes] * 10)
        return covers(run, "b", [0])[0].first.value  # type: ignore[arg-type]

    assert first(25.0) - first(10.0) == pytest.approx(15.0)


@pytest.mark.parametrize(
    ("cover", "said"),
    [
        (
            MANY,
            "Timur: for 90 percent of red incidents (40) the first unit arrives within 14.0 min of the onset, and the "
            "force within 41.0 min of turning red.",
        ),
        (
            replace(MANY, first=Value(inf, 3, inf), force=Value(inf, 3, inf), forced=0.62),
            "Timur: for 90 percent of red incidents (40) no time holds for the first unit: too many are never reached, "
            "and no time holds for the force: 62.0 % of them ever get it.",
        ),
        (
            FEW,
            "Barat: too few red incidents for a percentile (2); the first unit could be at the stations of 25.0 % of the "
            "voters within 10 min of a report, the red force at those of 2.0 %.",
        ),
    ],
)
def test_the_sentence(cover: Cover, said: str) -> None:
    assert sentence(cover, NAMES, "10") == said
    assert ("percentile" in said) == (cells(cover, NAMES)[2] == "too few")


def test_no_percentile_is_told_of_nine() -> None:
    nine, ten = replace(MANY, red=LEAST_RED - 1), replace(MANY, red=LEAST_RED)
    assert "too few" in sentence(nine, NAMES, "10") and "within 14.0 min" in sentence(ten, NAMES, "10")
    assert cells(nine, NAMES)[2:5] == ("too few",) * 3
    assert cells(ten, NAMES)[2:5] == ("14.0 (12.0 to 16.0)", "41.0 (35.0 to never)", "95.0 %")


def test_told_of_are_most_red_the_least_covered_and_the_best() -> None:
    made = [replace(FEW, district=i, covered=share) for i, share in enumerate([0.4, 0.1, 0.3, nan, 0.9])]
    worst, best = ends(made)
    assert ([one.district for one in worst], [one.district for one in best]) == ([1, 2, 0], [4])
    assert ends(made[:1]) == ([], made[:1]) and most_red(made) == []
    assert [
        one.district for one in most_red([replace(MANY, district=i, red=r) for i, r in enumerate([10, 30, 9, 20])])
    ] == [1, 3]
