"""Which boxes are kept where they are, by which causes, and for how long."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.response.boxes.group import Interval, uncovered_minutes

Floats = NDArray[np.float64]


class Holds(dict[int, dict[str, None]]):
    """Boxes that may not go on, by their stations, and what holds them: the last cause that ends lets them go.

    Args:
        env: The clock.
    """

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self._since: dict[int, float] = {}
        self._over: dict[int, list[Interval]] = {}

    def take(self, stations: Iterable[int], cause: str) -> None:
        """Hold the boxes of some stations from now on, by one more cause."""
        for station in stations:
            self._since.setdefault(station, float(self.env.now))
            self.setdefault(station, {})[cause] = None

    def give_back(self, cause: str) -> list[int]:
        """Let a cause hold nothing any more; return the stations whose boxes nothing else holds."""
        concerned = [station for station, causes in self.items() if cause in causes]
        for station in concerned:
            del self[station][cause]
        freed = [station for station in concerned if not self[station]]
        for station in freed:
            del self[station]
            self._over.setdefault(station, []).append((self._since.pop(station), float(self.env.now)))
        return freed

    def any_of(self, stations: Iterable[int]) -> bool:
        """Return whether the boxes of any of these stations are held."""
        return not self.keys().isdisjoint(stations)

    def minutes(self, begins: Floats, ends: Floats) -> Floats:
        """Return for how long each station's boxes were held between two times of it."""
        minutes = np.zeros(len(begins))
        for station in {*self._over, *self._since}:
            minutes[station] = self._minutes(station, float(begins[station]), float(ends[station]))
        return minutes

    def _minutes(self, station: int, begin: float, end: float) -> float:
        held = list(self._over.get(station, ()))
        if station in self._since:
            held.append((self._since[station], float(self.env.now)))
        return end - begin - uncovered_minutes(begin, end, held) if held and begin < end else 0.0
