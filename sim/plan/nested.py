"""The order in which sites are best filled when teams come one after the other, and nobody who is there is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array, eye_array, hstack, kron, vstack

from sim.errors import UserError
from sim.plan.classes import merged
from sim.plan.maximal_covering import ROUNDING
from sim.plan.objective import Floats, Ints, Model, Objective
from sim.plan.problem import Problem
from sim.plan.program import Program, program
from sim.plan.solution import Status
from sim.solver import SECONDS, Found, check_seconds, maximise
from sim.words.language import gettext as _


class Step(NamedTuple):
    """A team that comes.

    Attributes:
        kind: Its kind.
        site: Where it is placed.
        value: What is covered when it and all before it are there, in units of the demand.
    """

    kind: int
    site: int
    value: float


@dataclass(frozen=True, eq=False)
class Order:
    """An order in which teams are placed.

    Its value is reckoned from the problem's own cover, whatever the solver said.

    Attributes:
        steps: The teams, in the order in which they come; as many as there are and the sites take.
        value: The mean of what is covered with one team, two, and so on, by the weights; in units of the demand.
        bound: No order has a higher mean.
        status: Whether it is known to be the best.
    """

    steps: tuple[Step, ...]
    value: float
    bound: float
    status: Status

    @property
    def gap(self) -> float:
        """By what share of the bound another order could be better, 0 to 1; 0 for the best."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0


def nested_covering(
    problem: Problem,
    objective: Objective | None = None,
    *,
    weights: Sequence[float] | None = None,
    seconds: float = SECONDS,
) -> Order:
    """Return the order of placing the teams in which the weighted mean over 1, 2, … teams of what is covered is best.

    With p teams stand those of p - 1 and one more: the nested maximal covering location problem, as a compliance table
    of ambulances asks for it (Ridler, Mason and Raith 2022, "A simulation and optimisation package for emergency
    medical services", the package JEMSS). It is one program: that of :mod:`sim.plan.program` once for every number of
    teams, and no team of one of them is missing in the next. Where the solver's time is over, whoever covers most next
    goes next, if that is better than what it has found.

    Args:
        problem: What is to be covered, by whom, from where.
        objective: What is covered; None: maximal covering, demand that one unit covers.
        weights: How much it counts what is covered with one team, with two, and so on, such as how often there will be
            so many; only their ratios matter. None: all alike, which is an assumption.
        seconds: How long the solver may take.

    Raises:
        UserError: When the seconds are no time, or the weights do not fit.
        RuntimeError: When the solver fails, or what it says is not so.
    """
    aim = objective or Objective(Model.MAXIMAL_COVERING)
    check_seconds(seconds)
    count = int(min(problem.teams.sum(), problem.room.sum()))
    share = _shares(weights, count)
    greedy = _filled(problem, aim, [])
    if not count:
        value = problem.value(aim, np.zeros(problem.cover.shape[:2], dtype=np.int64))
        return Order((), value, value, Status.OPTIMAL)
    made = program(problem, merged(problem), aim.levels(int(problem.already.max() + problem.teams.sum())))
    most_worth = made.given + float(made.levels.gain.sum())  # every level reached: nothing is worth more
    slack = ROUNDING * max(1.0, most_worth)
    found: Found[Floats] = Found(None, 0.0, 0.0, True)
    orders = [greedy]
    if len(made.kind) and len(made.levels.of):
        found = _solved(made, share, seconds)
        if found.x is not None:
            orders.insert(0, _filled(problem, aim, _in_order(made, found.x, count)))
    means = [float(share @ [step.value for step in steps]) for steps in orders]
    if found.x is not None and means[0] < made.given + found.value - slack:
        raise RuntimeError(f"the solver's order is worth {means[0]}, not {made.given + found.value} as it says")
    if max(means) > made.given + found.bound + slack:
        raise RuntimeError(f"an order is worth {max(means)}, more than the solver says that any is")
    best = int(np.argmax(means))
    bound = max(means[best], min(made.given + found.bound, most_worth))
    is_best = found.is_optimal or bound - means[best] <= slack
    return Order(
        steps=tuple(orders[best]),
        value=means[best],
        bound=means[best] if is_best else bound,
        status=Status.OPTIMAL if is_best else Status.TIME_LIMIT,
    )


def _shares(weights: Sequence[float] | None, count: int) -> Floats:
    """Return the weights, which together are 1."""
    given = np.ones(count) if weights is None else np.asarray(weights, dtype=np.float64)
    if given.shape != (count,):
        raise UserError(
            _("weights: {given} of them for {teams} teams that can be placed").format(given=given.size, teams=count)
        )
    if not (np.isfinite(given).all() and (given >= 0).all() and (given.sum() > 0 or not count)):
        raise UserError(_("weights: each is 0 or more, and finite, and not all are 0"))
    return given / given.sum() if count else given


def _solved(made: Program, share: Floats, seconds: float) -> Found[Floats]:
    """Return what the solver says of all numbers of teams at once."""
    count = len(share)
    rows, limit = _nested(made, count)
    return maximise(
        gain=np.outer(share, made.gain).ravel(),
        whole=np.tile(made.whole, count),
        most=np.tile(made.upper, count),
        rows=rows,
        limit=limit,
        seconds=seconds,
        simplify=False,
    )


def _nested(made: Program, count: int) -> tuple[csr_array, Floats]:
    """Return the constraints: of each number of teams, how many there are, and who is there already stays there."""
    teams, levels = len(made.kind), len(made.levels.of)
    present = hstack([eye_array(teams), coo_array((teams, levels))])
    there = coo_array(np.concatenate([np.ones(teams), np.zeros(levels)])[None])
    later = eye_array(count - 1, count) - eye_array(count - 1, count, k=1)
    rows = vstack([kron(eye_array(count), made.rows), kron(eye_array(count), there), kron(later, present)])
    limit = np.concatenate([np.tile(made.limit, count), np.arange(1, count + 1), np.zeros((count - 1) * teams)])
    return rows.tocsr(), limit


def _in_order(made: Program, x: Floats, count: int) -> list[tuple[int, int]]:
    """Return (kind, site) of the teams of a solution, in the order in which they come."""
    number = np.rint(x.reshape(count, -1)[:, : len(made.kind)]).astype(np.int64)
    more = np.diff(number, axis=0, prepend=0)
    return [
        (int(made.kind[i]), int(made.site[i]))
        for step in more
        for i in np.repeat(np.arange(len(step)), np.maximum(step, 0))
    ]


def _filled(problem: Problem, aim: Objective, first: Sequence[tuple[int, int]]) -> list[Step]:
    """Return an order that begins with some teams; whoever covers most next goes next, until all are placed."""
    placed, times = np.zeros(problem.cover.shape[:2], dtype=np.int64), problem.already.copy()
    steps = list[Step]()
    for number in range(int(min(problem.teams.sum(), problem.room.sum()))):
        if number < len(first):
            kind, site = first[number]
        else:
            kind, site = _next(problem, aim, placed, times)
        placed[kind, site] += 1
        times = times + problem.cover[kind, site]
        steps.append(Step(kind, site, float(problem.weight @ aim.worth(times))))
    if not problem.allows(placed):
        raise RuntimeError("the solver's order has more teams than there are, or more at a site than it takes")
    return steps


def _next(problem: Problem, aim: Objective, placed: Ints, times: Ints) -> tuple[int, int]:
    """Return the kind of team and the site, of those that are left, that add most; the first of several."""
    gain = problem.cover @ (problem.weight * (aim.worth(times + 1) - aim.worth(times)))
    is_left = np.logical_and.outer(placed.sum(axis=1) < problem.teams, placed.sum(axis=0) < problem.room)
    kind, site = divmod(int(np.argmax(np.where(is_left, gain, -1.0))), len(problem.room))
    return kind, site
