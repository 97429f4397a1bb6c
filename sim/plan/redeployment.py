"""Which teams should wait where from now on, all moves weighed at once: an integer program, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array, csr_array

from sim.errors import UserError
from sim.plan.maximal_covering import ROUNDING
from sim.plan.objective import Floats, Ints
from sim.plan.problem import Flags
from sim.plan.solution import Status
from sim.solver import SECONDS, check_seconds, maximise
from sim.words.language import gettext as _

STAYS = -1
"""The site of a team that is given none."""


@dataclass(frozen=True, eq=False)
class Redeployment:
    """Where each team should wait.

    Attributes:
        site: (teams) the site of each; ``STAYS`` where it is better left out.
        value: Benefits less costs, reckoned from what was given, whatever the solver said.
        bound: No other assignment is worth more.
        status: Whether it is known to be the best.
    """

    site: Ints
    value: float
    bound: float
    status: Status


def redeployment(
    benefit: Sequence[Sequence[float]], cost: ArrayLike, is_free: Sequence[bool], *, seconds: float = SECONDS
) -> Redeployment:
    """Return where teams should wait, so that the benefits of those who wait less the costs of moving are greatest.

    The integer program of Zhang (2012, thesis, University of Auckland, "Simulation optimisation and Markov models for
    dynamic ambulance redeployment"). Teams that are free now are all given a site, their own among them; those that
    will soon be free, such as one at a hospital, are given one only where that is worth its cost; they are reckoned
    with so that nobody is moved to where one of them will be. Nothing is simulated: what a team adds, and what a move
    costs, is for whoever asks to say.

    Args:
        benefit: For each site what the first team there is worth, the second, and so on; as many as the site takes.
        cost: (teams, sites) what it costs to have a team wait there, in the units of the benefit; 0 where it is. Below
            0 where a team is worth more there than others.
        is_free: (teams) whether the team is free now.
        seconds: How long the solver may take.

    Raises:
        UserError: When shapes do not fit, a number is not finite, or the sites do not take all who are free now.
        RuntimeError: When the solver fails, is out of time before it has any answer, or what it says is not so.
    """
    check_seconds(seconds)
    free = np.asarray(is_free, dtype=np.bool_).reshape(-1)
    costs = np.asarray(cost, dtype=np.float64) if len(free) else np.zeros((0, len(benefit)))
    worth = [np.asarray(row, dtype=np.float64) for row in benefit]
    _check(worth, costs, free)
    if not len(free):
        return Redeployment(np.zeros(0, dtype=np.int64), 0.0, 0.0, Status.OPTIMAL)
    of = np.repeat(np.arange(len(worth)), [len(row) for row in worth])
    gain = np.concatenate([-costs.ravel(), *worth])
    rows, least, limit = _rows(free, len(worth), of)
    found = maximise(gain, np.ones(len(gain), dtype=np.int64), np.ones(len(gain)), rows, limit, seconds, least)
    if found.x is None:
        raise RuntimeError(f"no assignment was found in {seconds} seconds")
    given = np.rint(found.x[: costs.size]).astype(np.bool_).reshape(costs.shape)
    site = np.where(given.any(axis=1), given.argmax(axis=1), STAYS)
    value, slack = _value(worth, costs, site), ROUNDING * max(1.0, float(np.abs(gain).sum()))
    if (given.sum(axis=1) > 1).any() or (site[free] == STAYS).any() or abs(value - found.value) > slack:
        raise RuntimeError("the solver's assignment is none, or not worth what it says")
    status = Status.OPTIMAL if found.is_optimal else Status.TIME_LIMIT
    return Redeployment(site, value, value if found.is_optimal else max(value, found.bound), status)


def _check(worth: list[Floats], costs: Floats, free: Flags) -> None:
    if costs.shape != (len(free), len(worth)):
        raise UserError(
            _("cost: its shape is {shape}; {teams} teams and {sites} sites ask for ({teams}, {sites})").format(
                shape=costs.shape, teams=len(free), sites=len(worth)
            )
        )
    if not all(np.isfinite(array).all() for array in (costs, *worth)):
        raise UserError(_("benefit, cost: every number of them is finite"))
    if sum(len(row) for row in worth) < free.sum():
        raise UserError(_("benefit: the sites take fewer teams than are free now"))


def _rows(free: Flags, sites: int, of: Ints) -> tuple[csr_array, Floats, Floats]:
    """Return the constraints, with what each row is at least and at most.

    Every free team is at one site, every other at one at most; at a site are as many as the places that are filled;
    and of these the second only after the first.
    """
    teams, slots = len(free), len(of)
    x, y = np.arange(teams * sites), teams * sites + np.arange(slots)
    team, site = np.divmod(x, sites)
    (later,) = np.nonzero(np.diff(of) == 0)
    row = teams + sites + np.arange(len(later))
    i = np.concatenate([team, teams + site, teams + of, row, row])
    j = np.concatenate([x, x, y, y[later + 1], y[later]])
    value = np.repeat([1.0, 1.0, -1.0, 1.0, -1.0], [len(x), len(x), slots, len(later), len(later)])
    rows = coo_array((value, (i, j)), shape=(teams + sites + len(later), teams * sites + slots)).tocsr()
    least = np.concatenate([free.astype(np.float64), np.zeros(sites), np.full(len(later), -np.inf)])
    limit = np.concatenate([np.ones(teams), np.zeros(sites + len(later))])
    return rows, least, limit


def _value(worth: list[Floats], costs: Floats, site: Ints) -> float:
    many = np.bincount(site[site != STAYS], minlength=len(worth))
    if any(n > len(row) for n, row in zip(many, worth, strict=True)):
        raise RuntimeError("the solver's assignment has more teams at a site than it takes")
    moved = np.flatnonzero(site != STAYS)
    return float(sum(row[:n].sum() for n, row in zip(many, worth, strict=True)) - costs[moved, site[moved]].sum())
