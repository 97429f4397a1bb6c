"""A plane on which units and calls can be anywhere: how far it is, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.alone.choices import Metric
from sim.alone.given import above_zero, word_of

Floats = NDArray[np.float64]
MINUTES_AN_HOUR = 60.0


@dataclass(frozen=True)
class Plane:
    """An area without roads: everybody goes straight, or along a grid, from anywhere to anywhere.

    Attributes:
        speed_kmh: Speed once under way, km/h.
        metric: How far it is: ``manhattan`` or ``euclid``.
        acceleration: How fast that speed is reached and left again, km/min per minute; None: at once.
        around_km: Length of the side of a square whose opposite sides are one (a torus), km; None: a plane without end.
    """

    speed_kmh: float
    metric: Metric | str = Metric.MANHATTAN
    acceleration: float | None = None
    around_km: float | None = None

    def __post_init__(self) -> None:
        above_zero("Plane.speed_kmh", self.speed_kmh)
        if self.acceleration is not None:
            above_zero("Plane.acceleration", self.acceleration)
        if self.around_km is not None:
            above_zero("Plane.around_km", self.around_km)
        object.__setattr__(self, "metric", word_of(Metric, "Plane.metric", self.metric))

    def km(self, start: ArrayLike, goal: ArrayLike) -> Floats:
        """Return the distance from points to points, km.

        Args:
            start: Points, km; the last axis has x and y. The other axes of both are matched as numpy does it.
            goal: Points likewise.
        """
        apart = np.abs(np.asarray(start, dtype=np.float64) - np.asarray(goal, dtype=np.float64))
        if self.around_km is not None:
            apart %= self.around_km
            apart = np.minimum(apart, self.around_km - apart)
        if self.metric is Metric.EUCLID:
            return np.asarray(np.hypot(apart[..., 0], apart[..., 1]))
        return np.asarray(apart[..., 0] + apart[..., 1])

    def minutes(self, km: ArrayLike) -> Floats:
        """Return how long it takes to go so far, from standing to standing, minutes.

        With an acceleration a, and v the speed in km/min, a distance d takes ``2 sqrt(d / a)`` where the speed is never
        reached (d <= v^2 / a), else ``v / a + d / v`` (Larson and Odoni 1981, *Urban Operations Research*, equations
        3.88 and 3.89; fitted to fire engines by Kolesar, Walker and Hausner 1975).

        Args:
            km: Distances, km, zero or more.
        """
        d, v = np.asarray(km, dtype=np.float64), self.speed_kmh / MINUTES_AN_HOUR
        if self.acceleration is None:
            return np.asarray(d / v)
        short = 2.0 * np.sqrt(d / self.acceleration)
        return np.where(d <= v * v / self.acceleration, short, v / self.acceleration + d / v)
