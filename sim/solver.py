"""The one way to the solver: a mixed-integer linear program to no gap at all, by HiGHS (``scipy.optimize.milp``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SECONDS = 60.0
"""How long one search may take: an assumption, what somebody waits for. The packaged regency takes less than one."""
_OPTIMAL, _LIMIT = 0, 1
"""What ``scipy.optimize.milp`` says of an optimum, and of a limit of time or of branches."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
X = TypeVar("X")


def check_seconds(seconds: float) -> None:
    """Refuse a limit of time that is none.

    Raises:
        UserError: When it is 0 and less, or has no end.
    """
    if not 0.0 < seconds < np.inf:
        raise UserError(_("time limit = {seconds}: seconds, more than 0").format(seconds=seconds))


class Found(NamedTuple, Generic[X]):
    """What the solver says.

    Attributes:
        x: The solution: the variables, or what they stand for; None when it has found none within the limit.
        value: What it says that this is worth; 0 when there is none.
        bound: What it says that no solution exceeds; infinite when it knows nothing.
        is_optimal: Whether it says that it is the best.
    """

    x: X | None
    value: float
    bound: float
    is_optimal: bool


def maximise(
    gain: Floats,
    whole: Ints,
    most: Floats,
    rows: csr_array | Floats,
    limit: Floats,
    seconds: float | None = None,
    least: Floats | None = None,
    nodes: int | None = None,
    *,
    simplify: bool = True,
) -> Found[Floats]:
    """Return the x from 0 to ``most`` with ``least <= rows @ x <= limit`` whose ``gain @ x`` is greatest.

    Args:
        gain: (variables) what one of each is worth.
        whole: (variables) 1 where a variable must be a whole number, 0 elsewhere.
        most: (variables) what each may be at most.
        rows: (rows, variables) left side of the constraints.
        limit: (rows) what each row may be at most.
        seconds: How long it may take; None: as long as it takes.
        least: (rows) what each row must be at least; None: anything.
        nodes: After how many branches it stops, which is the same everywhere as a time is not; None: after none.
        simplify: Whether it looks for what can be left out first. Where whoever asks has put together what is alike,
            that finds nothing and takes as long again (``benchmarks/README.md``).

    Raises:
        RuntimeError: When the solver fails; whoever asks makes sure that there is a solution.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # takes a while to load

    limits = {"time_limit": seconds, "node_limit": nodes, "mip_rel_gap": 0.0, "presolve": simplify}
    options: Any = {name: value for name, value in limits.items() if value is not None}
    found = milp(
        -gain,
        integrality=whole,
        bounds=Bounds(0.0, most),
        constraints=LinearConstraint(rows, -np.inf if least is None else least, limit),
        options=options,
    )
    if found.status not in (_OPTIMAL, _LIMIT):
        raise RuntimeError(f"the solver failed: {found.message}")
    bound = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    if found.x is None:
        return Found(None, 0.0, bound, False)
    return Found(found.x, -float(found.fun), bound, found.status == _OPTIMAL)
