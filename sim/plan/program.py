"""A covering problem as a mixed-integer linear program, and its solution."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array

from sim.plan.classes import Classes
from sim.plan.objective import Floats, Ints
from sim.plan.problem import Flags, Problem
from sim.solver import Found, maximise


class Levels(NamedTuple):
    """Classes that can be covered more often than they are, each once for every unit more that would count there.

    Attributes:
        of: (levels) the class.
        number: (levels) the how-manieth unit it is that covers it.
        gain: (levels) what that unit adds, in units of the demand.
    """

    of: Ints
    number: Ints
    gain: Floats


class Program(NamedTuple):
    """The program: variables are teams at sites, then levels; each team or level is one of so many.

    Attributes:
        kind: (sites that matter) kind of the teams of each variable.
        site: (sites that matter) where they stand.
        most: (sites that matter) how many there can be.
        levels: The levels.
        are_whole: Whether levels have to be told that they are whole; where each adds no more than the one before, they
            are so by themselves.
        rows: Left side of the constraints.
        limit: What each row may be at most.
        given: What is worth something in any case, in units of the demand.
    """

    kind: Ints
    site: Ints
    most: Ints
    levels: Levels
    are_whole: bool
    rows: csr_array
    limit: Floats
    given: float

    @property
    def gain(self) -> Floats:
        """What one of each variable is worth, (variables)."""
        return np.concatenate([np.zeros(len(self.kind)), self.levels.gain])

    @property
    def whole(self) -> Ints:
        """Where a variable must be told that it is a whole number, (variables)."""
        return np.repeat([1, int(self.are_whole)], [len(self.kind), len(self.levels.of)])

    @property
    def upper(self) -> Floats:
        """What each variable may be at most, (variables)."""
        return np.concatenate([self.most.astype(np.float64), np.ones(len(self.levels.of))])


def program(problem: Problem, classes: Classes, levels: Floats) -> Program:
    """Write a problem as a program.

    A level of a class can be reached when as many units cover the class, and only after the level below it: with x the
    teams at sites and z the levels, the sum of z over the levels of a class is at most the sum of x over the sites that
    cover it. That is the maximal covering location problem of Church and ReVelle (1974) with one level, the backup
    coverage of Hogan and ReVelle (1986) with two, and the linear form of Daskin (1983) with all of them.

    Args:
        problem: The problem.
        classes: Its demand.
        levels: What the first, the second, … unit that covers a class adds there.
    """
    reach = np.minimum(problem.teams @ classes.cover.any(axis=1), problem.teams.sum()).astype(np.int64)
    worth = np.concatenate([[0.0], np.cumsum(levels)])
    given = float(classes.weight @ worth[np.minimum(classes.already, len(levels))])
    top = np.minimum(classes.already + reach, np.flatnonzero(levels).max(initial=-1) + 1)
    open_ = np.flatnonzero((top > classes.already) & (classes.weight > 0))
    counts = (top - classes.already)[open_]
    of = np.repeat(np.arange(len(open_)), counts)
    number = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts) + classes.already[open_][of] + 1
    wanted = Levels(open_[of], number, classes.weight[open_][of] * levels[number - 1])
    kind, site = np.nonzero(classes.cover[:, :, open_].any(axis=2) & (problem.teams > 0)[:, None] & (problem.room > 0))
    covers = classes.cover[kind, site][:, open_]
    rises = bool((np.diff(levels) > 0).any())
    rows, limit = _rows(problem, kind, site, covers, of, rises)
    useful = (covers * counts).max(axis=1, initial=0)  # more of a kind at a site add nothing to any class
    most = np.minimum(np.minimum(problem.teams[kind], problem.room[site]), useful)
    return Program(kind, site, most, wanted, rises, rows, limit, given)


def _rows(problem: Problem, kind: Ints, site: Ints, covers: Flags, of: Ints, rises: bool) -> tuple[csr_array, Floats]:
    """Return the constraints: levels by units that cover, levels in order, teams that there are, room that there is."""
    teams, classes, levels = len(kind), covers.shape[1], len(of)
    x, z, ones = np.arange(teams), teams + np.arange(levels), np.ones(levels)
    by, covered = np.nonzero(covers)
    parts = [(covered, by, -np.ones(len(by))), (of, z, ones)]
    limit, start = [np.zeros(classes)], classes
    if rises:
        (second,) = np.nonzero(np.diff(of) == 0)
        row = start + np.arange(len(second))
        parts += [(row, z[second + 1], ones[second]), (row, z[second], -ones[second])]
        limit.append(np.zeros(len(second)))
        start += len(second)
    for part, most in ((kind, problem.teams), (site, problem.room)):
        parts.append((start + part, x, np.ones(teams)))
        limit.append(most.astype(np.float64))
        start += len(most)
    i, j, value = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return coo_array((value, (i, j)), shape=(start, teams + levels)).tocsr(), np.concatenate(limit)


def solve(problem: Problem, made: Program, seconds: float) -> Found[Ints]:
    """Return the best placement, (kinds, sites), what it is worth, and what none exceeds; to no gap at all.

    Args:
        problem: The problem that it was made from.
        made: The program.
        seconds: How long it may take.

    Raises:
        RuntimeError: When the solver fails: there always is a placement, the one of nobody.
    """
    placed = np.zeros(problem.cover.shape[:2], dtype=np.int64)
    teams, levels = len(made.kind), len(made.levels.of)
    if not teams or not levels:
        return Found(placed, made.given, made.given, True)
    found = maximise(made.gain, made.whole, made.upper, made.rows, made.limit, seconds, simplify=False)
    if found.x is None:
        return Found(None, made.given, made.given + found.bound, False)
    placed[made.kind, made.site] = np.rint(found.x[:teams]).astype(np.int64)
    return Found(placed, made.given + found.value, made.given + found.bound, found.is_optimal)
