"""The best of all placements of some teams at a hundred sites: with demand merged into classes, and point by point.

Points and sites lie at random in [0, 30]^2, a site covers what is within 5.5 of it, a point's demand is 1 to 100.
"""

from __future__ import annotations

import argparse
from time import process_time
from typing import NamedTuple

import numpy as np

from sim.plan.classes import Classes, merged
from sim.plan.maximal_covering import maximal_covering
from sim.plan.objective import Model, Objective
from sim.plan.problem import Problem
from sim.plan.program import program, solve
from sim.plan.solution import Solution

SITES, SIDE, RADIUS, MOST_DEMAND = 100, 30.0, 5.5, 100
AIM_SECONDS = 1.0
LIMIT_SECONDS = 300.0


class Timed(NamedTuple):
    """A placement that was found, and what it took, seconds of processor time."""

    found: Solution
    merging: float
    whole: float


def made_up(points: int, teams: int, seed: int) -> Problem:
    """Return a problem that is drawn from a seed."""
    rng = np.random.default_rng(seed)
    where, sites = rng.random((points, 2)) * SIDE, rng.random((SITES, 2)) * SIDE
    near = np.array([np.hypot(*(where - site).T) <= RADIUS for site in sites])
    return Problem.of(rng.integers(1, MOST_DEMAND + 1, points).astype(np.float64), near, teams)


def timed(problem: Problem) -> Timed:
    begin = process_time()
    merged(problem)
    merging, begin = process_time() - begin, process_time()
    found = maximal_covering(problem, seconds=LIMIT_SECONDS)
    return Timed(found, merging, process_time() - begin)


def point_by_point(problem: Problem) -> tuple[float, float]:
    """Return the value of the best placement without merging, and the seconds that it takes."""
    points = len(problem.weight)
    single = Classes(problem.weight, problem.cover, problem.already, np.arange(points, dtype=np.int64))
    begin = process_time()
    levels = Objective(Model.MAXIMAL_COVERING).levels(int(problem.teams.sum()))
    answer = solve(problem, program(problem, single, levels), LIMIT_SECONDS)
    return answer.value, process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, nargs="+", default=[10_000, 100_000], help="points of demand")
    parser.add_argument("--teams", type=int, nargs="+", default=[5, 10], help="teams to be placed")
    parser.add_argument("--seeds", type=int, default=3, help="made-up problems of each size")
    asked = parser.parse_args()
    maximal_covering(made_up(100, 1, 0))  # the solver is loaded once
    for points in asked.points:
        for teams in asked.teams:
            for seed in range(1, asked.seeds + 1):
                took = timed(made_up(points, teams, seed))
                found, verdict = took.found, "met" if took.whole < AIM_SECONDS else "MISSED"
                print(
                    f"{points:,} points, {teams} of {SITES} sites, seed {seed}: {found.classes:,} classes, "
                    f"{found.value:,.0f} covered, {found.status}, gap {found.gap:.2g}; merging {took.merging:.3f} s, "
                    f"all {took.whole:.2f} s   aim: under {AIM_SECONDS:g} s {verdict}"
                )
    problem = made_up(asked.points[0], asked.teams[0], 1)
    ours, (value, seconds) = timed(problem), point_by_point(problem)
    print(f"point by point, {asked.points[0]:,} points, {asked.teams[0]} sites: {value:,.0f} covered, {seconds:.2f} s")
    print(f"  the same as merged {'yes' if round(value) == round(ours.found.value) else 'NO'}")
    print(f"  times as long as merged {seconds / ours.whole:.1f}")


if __name__ == "__main__":
    main()
