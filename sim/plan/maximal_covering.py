"""The best of all placements under a coverage model, found exactly: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.errors import UserError
from sim.plan.classes import merged
from sim.plan.objective import Ints, Model, Objective
from sim.plan.problem import Problem
from sim.plan.program import program, solve
from sim.plan.solution import Solution, Status
from sim.solver import SECONDS, Found, check_seconds
from sim.words.language import gettext as _

ROUNDING = 1e-6
"""Share by which the solver's sums may be off: it takes 0.999999 of a team for one."""


def maximal_covering(
    problem: Problem,
    objective: Objective | None = None,
    *,
    seconds: float = SECONDS,
    known: Sequence[Ints] = (),
) -> Solution:
    """Return a placement that covers as much demand as any does.

    Points of equal cover are put together first; the solver is HiGHS (``scipy.optimize.milp``), asked for no gap at
    all. What it answers is not taken from it: whether the placement is allowed, and what it is worth, is reckoned from
    the problem's own cover. Teams that add nothing where they stand are taken away again.

    Args:
        problem: What is to be covered, by whom, from where.
        objective: What is made largest; None: maximal covering, demand that one unit covers.
        seconds: How long the solver may take; after that the best that it has found is returned, and says so.
        known: Placements that are known, (kinds, sites) each; the answer is never worse than one of them.

    Raises:
        UserError: When the seconds are no time, or a known placement is not allowed.
        RuntimeError: When the solver fails, or what it says is not so.
    """
    aim = objective or Objective(Model.MAXIMAL_COVERING)
    check_seconds(seconds)
    if not all(problem.allows(placed) for placed in known):
        raise UserError(_("a known placement has more teams than there are, or more at a site than it takes"))
    classes = merged(problem)
    most = int(problem.already.max() + problem.teams.sum())
    made = program(problem, classes, aim.levels(most))
    answer = solve(problem, made, seconds)
    nobody = np.zeros(problem.cover.shape[:2], dtype=np.int64)
    found = [nobody, *known] if answer.x is None else [answer.x, *known]
    worth = [problem.value(aim, placed) for placed in found]
    most_worth = made.given + float(made.levels.gain.sum())  # every level reached: nothing is worth more
    slack = ROUNDING * max(1.0, most_worth)
    _check(problem, answer, worth, slack)
    best = int(np.argmax(worth))
    bound = max(worth[best], min(answer.bound, most_worth))
    is_best = answer.is_optimal or bound - worth[best] <= slack
    placed = _without_idle(problem, aim, found[best])
    return Solution(
        placed=placed,
        times=problem.times(placed),
        value=worth[best],
        bound=worth[best] if is_best else bound,
        status=Status.OPTIMAL if is_best else Status.TIME_LIMIT,
        classes=len(classes.weight),
        spare=problem.teams - placed.sum(axis=1),
    )


def _check(problem: Problem, answer: Found[Ints], worth: Sequence[float], slack: float) -> None:
    """Refuse what the solver says when the problem's own cover says otherwise."""
    if answer.x is not None and not problem.allows(answer.x):
        raise RuntimeError("the solver's placement has more teams than there are, or more at a site than it takes")
    if answer.x is not None and abs(worth[0] - answer.value) > slack:
        raise RuntimeError(f"the solver's placement is worth {worth[0]}, not {answer.value} as it says")
    if max(worth) > answer.bound + slack:
        raise RuntimeError(
            f"a placement is worth {max(worth)}, more than the {answer.bound} that the solver says none is"
        )


def _without_idle(problem: Problem, objective: Objective, placed: Ints) -> Ints:
    """Return a placement without the teams that add nothing to it, looked at one after the other."""
    left = placed.copy()
    times = problem.times(left)
    value = float(problem.weight @ objective.worth(times))
    for kind, site in zip(*np.nonzero(placed), strict=True):
        while left[kind, site]:
            fewer = times - problem.cover[kind, site]
            if float(problem.weight @ objective.worth(fewer)) < value:
                break
            left[kind, site] -= 1
            times = fewer
    return left
