"""Point processes with known laws, by the sources of a day: Hawkes, Borel, and the thinned Poisson process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import exp, factorial

import numpy as np
import pytest
import simpy
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.stats import kstest

from sim.disturbance.incident import Incident
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.sources.hazard import background, draw_candidates, possible
from sim.disturbance.sources.source import BoxesNow
from sim.disturbance.sources.spread import follow
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.vocabulary import Severity
from tests.disturbance.made_up import CLASSES, CLOSE, END, KINDS, OPEN, Answers, Begun, Heard, bare_plan, nobody_around

RATE, BRANCHING, DECAY, LASTS = 1.0, 0.5, 2.0, 100.0
"""Of the Hawkes process: immigrants and decay per minute, followers of each, minutes."""


def z(sample: NDArray[np.float64], expected: float) -> float:
    return float((sample.mean() - expected) / (sample.std(ddof=1) / np.sqrt(len(sample))))


def hawkes_moments(minutes: float) -> tuple[float, float]:
    """Mean and variance of the number from an empty start: the moment equations of intensity and count, integrated."""
    jump = BRANCHING * DECAY

    def change(_: float, y: NDArray[np.float64]) -> list[float]:
        intensity, square, count, product, _squares = y
        return [
            DECAY * RATE + (jump - DECAY) * intensity,
            2 * DECAY * RATE * intensity + 2 * (jump - DECAY) * square + jump**2 * intensity,
            intensity,
            DECAY * RATE * count + (jump - DECAY) * product + square + jump * intensity,
            2 * product + intensity,
        ]

    end = solve_ivp(change, (0.0, minutes), [RATE, RATE**2, 0.0, 0.0, 0.0], rtol=1e-10, atol=1e-10).y[:, -1]
    return float(end[2]), float(end[4] - end[2] ** 2)


def hawkes_plan() -> DisturbancePlan:
    """Riots at a constant rate of one a minute, each with half a follower after half a minute; nobody keeps any down."""
    plan = bare_plan(
        background={
            "rate_per_station_hour": 60.0 * RATE / (30 * 1 + 10 * 3 + 5 * 8), "counting_factor": 1.0,
            "crowding_per_100": 0.0, "crowding_most": 1.0,
        },
        followers=BRANCHING, delay_minutes=1.0 / DECAY,
    )  # fmt: skip
    only = {"riot": KINDS["riot"].model_copy(update={"background_weight": 1.0})}
    return replace(plan, kinds=only, end=OPEN + LASTS)


def hawkes(plan: DisturbancePlan, replication: int) -> list[str]:
    """Return what happened on one day on which everything that starts is red at once."""
    env, streams, at = simpy.Environment(initial_time=OPEN), Streams(8, replication), Answers(100)
    happened: list[str] = []

    def begin(start: Start) -> None:
        happened.append(start.identity)
        incident = Incident(env, start, plan.kinds[start.kind_name], streams, Heard().hooks(), END, nobody_around())
        incident.severity = Severity.RED
        follow(env, plan, incident, streams, at, begin)

    background(env, plan, possible(plan, draw_candidates(plan, streams)), at, begin)
    env.run(OPEN + LASTS)
    return happened


@cache
def hawkes_days() -> list[list[str]]:
    plan = hawkes_plan()
    return [hawkes(plan, replication) for replication in range(250)]


def test_hawkes_numbers_have_their_mean_and_variance() -> None:
    mean, variance = hawkes_moments(LASTS)
    assert mean == pytest.approx(199.0, abs=1e-6)
    later = hawkes_moments(LASTS + 50.0)
    assert (later[1] - variance) / 50.0 == pytest.approx(8.0, rel=1e-4), "rate / (1 - branching)^3"
    number = np.array([len(day) for day in hawkes_days()], dtype=float)
    assert number.std(ddof=1) / np.sqrt(len(number)) < 0.01 * mean
    assert abs(z(number, mean)) < 3.5
    assert abs(z((number - mean) ** 2, variance)) < 3.5


def test_hawkes_clusters_have_the_borel_sizes() -> None:
    # Those of immigrants of the first 80 minutes: in the twenty that follow they come to their end.
    sizes_found: list[int] = []
    for day in hawkes_days():
        own = [name for name in day if "." not in name]
        early = own[: int(0.8 * len(own))]
        families: dict[str, int] = dict.fromkeys(early, 0)
        for name in day:
            family = name.partition(".")[0]
            if family in families:
                families[family] += 1
        sizes_found += families.values()
    sizes = np.array(sizes_found, dtype=float)
    for n, known in enumerate((0.606531, 0.183940, 0.083674, 0.045112, 0.026720), start=1):
        chance = exp(-BRANCHING * n) * (BRANCHING * n) ** (n - 1) / factorial(n)
        assert chance == pytest.approx(known, abs=1e-6)
        assert abs(np.mean(sizes == n) - chance) / np.sqrt(chance * (1 - chance) / len(sizes)) < 3.5
    assert abs(z(sizes, 2.0)) < 3.5
    assert abs(z((sizes - 2.0) ** 2, 4.0)) < 3.5


@dataclass
class Changing:
    """Stations at which people and officers come and go with the time of day, everywhere the same."""

    env: simpy.Environment

    def crowd(self, station: int) -> int:
        return crowd_at(self.env.now)

    def strength(self, station: int) -> float:
        return officers_at(self.env.now)

    def boxes(self, station: int) -> BoxesNow | None:
        return None


def crowd_at(time: float) -> int:
    return 0 if time > 1_500 else int(120 + 100 * np.sin(time / 90.0))


def officers_at(time: float) -> float:
    return 1.5 + 1.5 * float(np.cos(time / 140.0))


def thinned(replication: int, plan: DisturbancePlan) -> tuple[list[float], list[int]]:
    """Return when and in which class of station disturbances start on one day."""
    env = simpy.Environment(initial_time=OPEN)
    begun = Begun(lambda: env.now)
    background(env, plan, possible(plan, draw_candidates(plan, Streams(9, replication))), Changing(env), begun)
    env.run(END)
    return [when for when, _ in begun.starts], [int(CLASSES[s.place.stations[0]]) for _, s in begun.starts]


def test_thinning_gives_the_poisson_process_of_the_hazard_that_changes() -> None:
    # Given their number, the moments of a Poisson process are independent, with the cumulated hazard as distribution;
    # the number of each class of station is Poisson, and that of one class tells nothing of another.
    plan = bare_plan(background={"rate_per_station_hour": 0.03, "counting_factor": 0.4, "boxes_factor": 0.0})
    b = plan.background
    grid = np.linspace(OPEN, END, 400_001)
    factor = [
        0.0 if crowd_at(t) == 0 else (b.counting_factor if t >= CLOSE else 1.0)
        * min(b.crowding_most, 1.0 + b.crowding_per_100 * crowd_at(t) / 100.0)
        * exp(-b.deterrence_per_officer * officers_at(t))
        for t in grid.tolist()
    ]  # fmt: skip
    cumulated = np.concatenate([[0.0], np.cumsum(np.diff(grid) * np.array(factor)[:-1])])
    expected = np.array([30 * 1, 10 * 3, 5 * 8]) * b.rate_per_station_hour / 60.0 * cumulated[-1]
    days = [thinned(replication, plan) for replication in range(400)]
    number = np.array([np.bincount(classes, minlength=3) for _, classes in days], dtype=float)
    for i, mean in enumerate(expected):
        assert abs(number[:, i].mean() - mean) / np.sqrt(mean / len(days)) < 3.5
        assert abs(z((number[:, i] - mean) ** 2, mean)) < 3.5, "the variance of a Poisson number is its mean"
    for i, j in ((0, 1), (0, 2), (1, 2)):
        assert abs(z((number[:, i] - expected[i]) * (number[:, j] - expected[j]), 0.0)) < 3.5
    moments = np.concatenate([times for times, _ in days])
    assert len(moments) > 5_000 and moments.max() < 1_500
    assert kstest(np.interp(moments, grid, cumulated) / cumulated[-1], "uniform").pvalue > 5e-4
    assert kstest((moments - OPEN) / (END - OPEN), "uniform").pvalue < 1e-9, "the hazard does change"
