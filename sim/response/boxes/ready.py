"""When the boxes of every station are to leave it and to be in the middle of their village, as far as is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import inf
from typing import Protocol

import numpy as np
import simpy


class Counts(Protocol):
    """Tells when stations have counted."""

    def ready(self, station: int) -> float:
        """When a station has counted, or is sealed, minutes after midnight; infinite while nobody knows."""

    def all_ready(self) -> Sequence[float]:
        """The same of every station."""


class Ready:
    """What is known of every station's boxes before they leave it; infinite where nobody knows, minutes after midnight.

    Args:
        env: The clock.
        counts: The stations.
        load: Minutes from counted to loaded.
        access: (stations) minutes from each to the middle of its village.
        close: No boxes leave before stations close.
        end: What is to happen after the end of the day is not known.
        held: Stations whose boxes are held: nobody knows for how long.
    """

    def __init__(
        self,
        env: simpy.Environment,
        counts: Counts,
        load: float,
        access: Sequence[float],
        close: float,
        end: float,
        held: Collection[int],
    ) -> None:
        self.env = env
        self.counts = counts
        self.load = load
        self.access = access
        self.close = close
        self.end = end
        self.held = held
        self.counted: list[float] = []
        """When each has counted, or is sealed."""
        self.leaves: list[float] = []
        """When its boxes leave it; when they left it, where they have."""
        self.comes: list[float] = []
        """When they are in the middle of the village."""

    def begin(self) -> None:
        """Look at all stations."""
        counted = np.array(self.counts.all_ready())
        known = np.where(counted < self.end, counted, inf)
        known[list(self.held)] = inf
        leaves = np.maximum(known + self.load, max(self.env.now, self.close))
        self.counted, self.leaves = counted.tolist(), leaves.tolist()
        self.comes = (leaves + np.array(self.access)).tolist()

    def look(self, station: int) -> None:
        """Look at a station again whose boxes have not left it."""
        counted = self.counts.ready(station)
        is_known = counted < self.end and station not in self.held
        self.counted[station] = counted
        self.leaves[station] = max(self.env.now, counted + self.load, self.close) if is_known else inf
        self.comes[station] = self.leaves[station] + self.access[station]
