"""Demand that the same teams cover from the same sites, put together: it is covered or not covered as one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.plan.objective import Floats, Ints
from sim.plan.problem import Flags, Problem


class Classes(NamedTuple):
    """Classes of demand points that no placement tells apart.

    Attributes:
        weight: (classes) demand of all its points together.
        cover: (kinds, sites, classes) whether a team of a kind covers it from a site.
        already: (classes) how many units cover it in any case.
        of: (points) the class of each point.
    """

    weight: Floats
    cover: Flags
    already: Ints
    of: Ints


def merged(problem: Problem) -> Classes:
    """Put points together that are covered from the same sites, and equally often in any case."""
    kinds, sites, points = problem.cover.shape
    sets = np.packbits(problem.cover.reshape(kinds * sites, points), axis=0).T
    often = problem.already.astype("<i8")[:, None].view(np.uint8)
    rows = np.ascontiguousarray(np.hstack([sets, often]))
    as_one = rows.view(np.dtype((np.void, rows.shape[1]))).reshape(-1)  # bytes compared at once, not one by one
    _, first, of = np.unique(as_one, return_index=True, return_inverse=True)
    of = of.astype(np.int64)
    return Classes(
        weight=np.bincount(of, problem.weight, len(first)).astype(np.float64),
        cover=problem.cover[:, :, first],
        already=problem.already[first],
        of=of,
    )
