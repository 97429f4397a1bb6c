"""How many people are safe by when, and where they were held up: the answer of every evacuation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """People safe against time.

    Attributes:
        minutes: When people got safe, from the order, in order; shape (steps).
        safe: How many were safe from then on, not falling; shape (steps).
        people: Everybody who was to be brought to safety.
        waited: Person-minutes that were waited before each way, road, bus or door; those without any may be missing.
    """

    minutes: Floats
    safe: Floats
    people: float
    waited: Mapping[str, float] = field(default_factory=dict)

    def share_safe(self, minutes: float) -> float:
        """Return the share of the people who are safe at a time; 1 where there are none."""
        step = int(np.searchsorted(self.minutes, minutes, side="right"))
        return (float(self.safe[step - 1]) if step else 0.0) / self.people if self.people else 1.0

    def time_of(self, share: float) -> float:
        """Return the minutes until a share of the people is safe; infinite when that never comes, 0 for nobody."""
        if not self.people:
            return 0.0
        step = int(np.searchsorted(self.safe, share * self.people * (1.0 - 1e-12), side="left"))
        return float(self.minutes[step]) if step < len(self.minutes) else float("inf")

    @property
    def last(self) -> float:
        """Minutes until the last one is safe; infinite when somebody never is."""
        return self.time_of(1.0)

    @property
    def never(self) -> float:
        """People who are never safe."""
        return self.people - (float(self.safe[-1]) if len(self.safe) else 0.0)

    @property
    def bottleneck(self) -> str | None:
        """Where most person-minutes were waited, among equals the first by name; None when nobody waited."""
        held = [(-minutes, name) for name, minutes in self.waited.items() if minutes > 1e-9]
        return min(held)[1] if held else None


def curve_of(times: Floats, waited: Mapping[str, float] | None = None) -> Curve:
    """Return the curve of people who are safe at these times.

    Args:
        times: Minutes from the order, one for each person, in any order; infinite for who never is.
        waited: See :class:`Curve`.
    """
    reached = np.sort(times[np.isfinite(times)])
    return Curve(reached, np.arange(1.0, len(reached) + 1.0), float(len(times)), dict(waited or {}))
