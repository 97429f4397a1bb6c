"""Expected coverage of free units, and what it loses when one of them is away: a pure function of who reaches what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Cover(NamedTuple):
    """Which free units would be where in time.

    A place that k free units cover is served in time with probability ``1 - busy ** k``, each being busy a share
    ``busy`` of the time, independently of the others (Daskin 1983, "A maximum expected covering location model").

    Attributes:
        units: Indices of the units, in the order of the rows.
        reached: (units, places) whether a unit would be at a place in time.
        voters: (places) registered voters of each.
        busy: Share of the time in which a unit is busy, 0 to 1.
    """

    units: tuple[int, ...]
    reached: NDArray[np.bool_]
    voters: NDArray[np.float64]
    busy: float

    def expected(self) -> float:
        """Return the voters who would be served in time, on average."""
        return float(self.voters @ (1.0 - self.busy ** self.reached.sum(axis=0)))

    def missed(self) -> NDArray[np.float64]:
        """Return for each unit the voters by whom expected coverage is less without it."""
        others = np.maximum(self.reached.sum(axis=0) - 1, 0)
        return np.asarray(self.reached @ (self.voters * (1.0 - self.busy) * self.busy**others), dtype=np.float64)

    def without(self, unit: int) -> Cover:
        """Return the cover of the others."""
        if unit not in self.units:
            return self
        row = self.units.index(unit)
        return self._replace(
            units=self.units[:row] + self.units[row + 1 :], reached=np.delete(self.reached, row, axis=0)
        )


def least_missed(cover: Cover, units: Sequence[int]) -> int:
    """Return the unit that is missed least; of equal ones the first. One that covers nothing at all is not missed."""
    missed = dict(zip(cover.units, cover.missed().tolist(), strict=True))
    return min(units, key=lambda unit: missed.get(unit, 0.0))
