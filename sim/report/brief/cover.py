"""Standards of cover: how soon the first unit and the red force are there in each district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan

import numpy as np

from sim.inference.compare import Comparison
from sim.inference.resample import Floats, day_weights, interval
from sim.inference.source import Source
from sim.measures.sample import Estimator
from sim.measures.sums import Sums, no_sums
from sim.report.wording import number, with_interval
from sim.vocabulary import Force
from sim.words import brief as words

LEAST_RED = 10
"""Red incidents below which no 90th percentile is told (an assumption): of nine it would be the largest."""
SHARE = 0.9
_MOST_RED, _WORST = 2, 3
"""Districts that the brief tells of: with most red incidents, and covered least."""


@dataclass(frozen=True)
class Value:
    """An estimate and its interval; NaN where there is none, infinite for never."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Cover:
    """What one district can count on.

    Attributes:
        district: Its index.
        red: Red incidents that asked for officers, all days together.
        first: Minutes from the onset within which the first officers are at 90 percent of them; NaN for too few.
        force: Minutes from turning red within which 90 percent of them have all that they ask for.
        forced: Share of them that ever get it.
        covered: Share of voters at whose station the first officers could be within the standard time.
        covered_red: The same for the red force.
    """

    district: int
    red: int
    first: Value
    force: Value
    forced: float
    covered: float
    covered_red: float


def covers(run: Source, strategy: str, districts: Sequence[int]) -> list[Cover]:
    """Return what each district can count on under one plan, from all finished days.

    Args:
        run: A run with at least one finished day.
        strategy: The plan.
        districts: Indices of the districts.
    """
    settings, days = run.scenario.run, len(run.finished)
    weights = day_weights(days, settings.resamples, settings.seed)
    samples = ("arrival_red", "red_force", "red_force_share", "coverage_over_day", "coverage_red")
    sums = {name: run.sums(name, "district") for name in samples}
    empty = no_sums(run.finished)

    def of(sample: str, district: int) -> Sums:
        return sums[sample].get((strategy, str(district)), empty)

    def quantile(sample: str, district: int) -> Value:
        return _estimated(of(sample, district).quantile(SHARE), weights, settings.confidence)

    return [
        Cover(
            district=district,
            red=of("arrival_red", district).quantile(SHARE).n,
            first=quantile("arrival_red", district),
            force=quantile("red_force", district),
            forced=_point(of("red_force_share", district).ratio(), days),
            covered=_point(of("coverage_over_day", district).ratio(), days),
            covered_red=_point(of("coverage_red", district).ratio(), days),
        )
        for district in districts
    ]


def _estimated(estimator: Estimator, weights: Floats, confidence: float) -> Value:
    """Return an estimate; of so few things that nobody is told of it, none: resampling costs most of all."""
    if estimator.n < LEAST_RED:
        return Value(nan, nan, nan)
    days = weights.shape[1]
    low, high = (nan, nan) if days == 1 else interval(estimator.estimate(weights), confidence)
    return Value(_point(estimator, days), low, high)


def _point(estimator: Estimator, days: int) -> float:
    return float(estimator.estimate(np.ones((1, days)))[0])


def most_red(made: Sequence[Cover]) -> list[Cover]:
    """Return the districts with most red incidents, of those with enough for a percentile."""
    return sorted((one for one in made if one.red >= LEAST_RED), key=lambda one: -one.red)[:_MOST_RED]


def ends(made: Sequence[Cover]) -> tuple[list[Cover], list[Cover]]:
    """Return the districts that are covered least, the least first, and the one that is covered best."""
    ranked = sorted((one for one in made if isfinite(one.covered)), key=lambda one: (one.covered, one.covered_red))
    return ranked[:-1][:_WORST], ranked[-1:]


def elsewhere_sentence(made: Sequence[Cover], names: Mapping[int, str], standard: str) -> list[str]:
    """Say which districts are covered least and best; nothing of a single one."""
    worst, best = (", ".join(_one(one, names) for one in some) for some in ends(made))
    return [words.COVER["elsewhere"].format(standard=standard, worst=worst, best=best)] if worst else []


def _one(cover: Cover, names: Mapping[int, str]) -> str:
    first, red = number(cover.covered, "share"), number(cover.covered_red, "share")
    return words.COVER["one"].format(district=names[cover.district], first=first, red=red)


def sentence(cover: Cover, names: Mapping[int, str], standard: str) -> str:
    """Return the sentence of one district: of its red incidents, or of what could be where they are too few.

    Args:
        cover: What it can count on.
        names: Names of the districts.
        standard: The standard time in words.
    """
    if cover.red < LEAST_RED:
        return words.COVER["few"].format(
            district=names[cover.district],
            count=cover.red,
            standard=standard,
            first=number(cover.covered, "share"),
            red=number(cover.covered_red, "share"),
        )
    return words.COVER["sentence"].format(
        district=names[cover.district],
        count=cover.red,
        first=_within(cover.first.value, words.COVER["first"], words.COVER["first_never"], cover.forced),
        force=_within(cover.force.value, words.COVER["force"], words.COVER["force_never"], cover.forced),
    )


def region_sentence(comparison: Comparison, strategy: str, region: str) -> str:
    """Return the sentence of the whole region: potential response, which does not ask what happens where.

    Args:
        comparison: The comparison.
        strategy: The plan.
        region: Title of the region.
    """
    rows = comparison.measures[comparison.measures["strategy"] == strategy].set_index("measure")["value"]
    first, red = (float(rows[f"potential_{force}_p90"]) for force in (Force.FIRST, Force.RED))
    text = words.COVER
    return text["region"].format(
        region=region,
        first=_within(first, text["region_first"], text["region_first_never"]),
        force=_within(red, text["region_force"], text["region_force_never"]),
    )


def _within(minutes: float, form: str, never: str, share: float = nan) -> str:
    """Say within which minutes, or that none hold; ``share``: who ever."""
    if isfinite(minutes):
        return form.format(minutes=number(minutes, "minutes"))
    return never.format(share=number(share, "share"))


def cells(cover: Cover, names: Mapping[int, str]) -> tuple[str, ...]:
    """Return the row of one district in the table of all."""
    enough = cover.red >= LEAST_RED
    red = (
        with_interval(cover.first.value, cover.first.low, cover.first.high, "minutes"),
        with_interval(cover.force.value, cover.force.low, cover.force.high, "minutes"),
        number(cover.forced, "share"),
    )
    few = (words.COVER["too_few"],) * 3
    shares = (number(cover.covered, "share"), number(cover.covered_red, "share"))
    return (names[cover.district], f"{cover.red}", *(red if enough else few), *shares)
