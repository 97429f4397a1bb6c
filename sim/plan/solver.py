"""The one way to the solver: a mixed-integer linear program to no gap at all, by HiGHS (``scipy.optimize.milp``)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from sim.errors import UserError
from sim.plan.objective import Floats, Ints
from sim.words.language import gettext as _

SECONDS = 60.0
"""How long one search may take: an assumption, what somebody waits for. The packaged regency takes less than one."""
_OPTIMAL, _LIMIT = 0, 1
"""What ``scipy.optimize.milp`` says of an optimum, and of a limit of time."""


def check_seconds(seconds: float) -> None:
    """Refuse a limit of time that is none.

    Raises:
        UserError: When it is 0 and less, or has no end.
    """
    if not 0.0 < seconds < np.inf:
        raise UserError(_("time limit = {seconds}: seconds, more than 0").format(seconds=seconds))


class Found(NamedTuple):
    """What the solver says.

    Attributes:
        x: (variables) the solution; None when it has found none in time.
        value: What it says that this is worth; 0 when there is none.
        bound: What it says that no solution exceeds; infinite when it knows nothing.
        is_optimal: Whether it says that it is the best.
    """

    x: Floats | None
    value: float
    bound: float
    is_optimal: bool


def maximise(
    gain: Floats, whole: Ints, most: Floats, rows: csr_array, limit: Floats, seconds: float, least: Floats | None = None
) -> Found:
    """Return the x from 0 to ``most`` with ``least <= rows @ x <= limit`` whose ``gain @ x`` is greatest.

    Args:
        gain: (variables) what one of each is worth.
        whole: (variables) 1 where a variable must be a whole number, 0 elsewhere.
        most: (variables) what each may be at most.
        rows: (rows, variables) left side of the constraints.
        limit: (rows) what each row may be at most.
        seconds: How long it may take.
        least: (rows) what each row must be at least; None: anything.

    Raises:
        RuntimeError: When the solver fails; whoever asks makes sure that there is a solution.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # takes a while to load

    found = milp(
        -gain,
        integrality=whole,
        bounds=Bounds(0.0, most),
        constraints=LinearConstraint(rows, -np.inf if least is None else least, limit),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.status not in (_OPTIMAL, _LIMIT):
        raise RuntimeError(f"the solver failed: {found.message}")
    bound = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    if found.x is None:
        return Found(None, 0.0, bound, False)
    return Found(found.x, -float(found.fun), bound, found.status == _OPTIMAL)
