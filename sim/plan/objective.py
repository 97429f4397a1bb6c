"""What it is worth that so many units would be in time at a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NOTHING = 1e-9
"""A probability that is as good as none beside what the solver's sums are off by."""


class Model(StrEnum):
    """A coverage model."""

    MAXIMAL_COVERING = "maximal_covering"
    """Demand that one unit covers (Church and ReVelle 1974, "The maximal covering location problem")."""
    BACKUP_COVERAGE = "backup_coverage"
    """Demand that a second unit covers as well (Hogan and ReVelle 1986, "Concepts and applications of backup coverage",
    BACOP2 with all the weight on the second cover)."""
    EXPECTED_COVERAGE = "expected_coverage"
    """Demand times the probability that one of those who cover it is free (Daskin 1983, "A maximum expected covering
    location model")."""


@dataclass(frozen=True)
class Objective:
    """What is made as large as it can be: the sum of demand times what the units that cover it are worth there.

    Attributes:
        model: The coverage model.
        busy: Probability that a unit is busy, 0 to 1, each independently of the others; only expected coverage asks it.

    Raises:
        UserError: When ``busy`` is no probability, or is given to a model that does not ask for it.
    """

    model: Model
    busy: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.busy <= 1.0:
            raise UserError(
                _("busy = {busy}: the probability that a unit is busy is from 0 to 1").format(busy=self.busy)
            )
        if self.busy and self.model is not Model.EXPECTED_COVERAGE:
            raise UserError(
                _("busy = {busy}: only '{model}' asks how busy units are").format(
                    busy=self.busy, model=Model.EXPECTED_COVERAGE
                )
            )

    def levels(self, most: int) -> Floats:
        """Return what the first, the second, … unit adds where it covers something, (levels); later ones add nothing.

        The k-th unit adds ``(1 - q) * q ** (k - 1)`` to expected coverage: the sum of the first k is ``1 - q ** k``.
        Those who could add less than a billionth are left out.

        Args:
            most: How many units there are at most.
        """
        match self.model:
            case Model.MAXIMAL_COVERING:
                return np.array([1.0])
            case Model.BACKUP_COVERAGE:
                return np.array([0.0, 1.0])
            case Model.EXPECTED_COVERAGE:
                left = self.busy ** np.arange(most, dtype=np.float64)
                return (1.0 - self.busy) * left[left > _NOTHING]

    def worth(self, times: Ints) -> Floats:
        """Return what it is worth to be covered so many times, 0 to 1; the same shape.

        It is said apart from :meth:`levels`, which the solver is given, so that one is checked by the other.
        """
        match self.model:
            case Model.MAXIMAL_COVERING:
                return (times >= 1).astype(np.float64)
            case Model.BACKUP_COVERAGE:
                return (times >= 2).astype(np.float64)
            case Model.EXPECTED_COVERAGE:
                return np.asarray(1.0 - self.busy ** times.astype(np.float64), dtype=np.float64)
