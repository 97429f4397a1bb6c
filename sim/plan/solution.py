"""A placement that was found, and how good it is known to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.plan.objective import Ints


class Status(StrEnum):
    """What is known of a placement."""

    OPTIMAL = "optimal"
    """No other is better by more than a millionth of the demand, which is as exact as the solver reckons."""
    TIME_LIMIT = "time_limit"
    """The time was over: the best that was found so far, and there may be a better one."""


@dataclass(frozen=True, eq=False)
class Solution:
    """A placement.

    Its value is reckoned from the problem's own cover, whatever the solver said.

    Attributes:
        placed: (kinds, sites) how many teams of each kind stand at each site.
        times: (points) how many units cover each point, those in any case among them.
        value: What it is worth, in units of the demand.
        bound: No placement is worth more than this.
        status: Whether it is known to be the best.
        classes: How many classes of demand were told apart.
        spare: (kinds) teams that are not placed: nothing more is covered with them from any site where they would stand
            beside the others.
    """

    placed: Ints
    times: Ints
    value: float
    bound: float
    status: Status
    classes: int
    spare: Ints

    @property
    def gap(self) -> float:
        """By what share of the bound a better placement could be better, 0 to 1; 0 for the best."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0
