"""What happens to one station during the day: how fast it works, who stays away, when it is emptied or given up."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError

INF = math.inf


@dataclass(frozen=True)
class Conditions:
    """The conditions of one station, piecewise constant in time; times in minutes after midnight.

    Attributes:
        times: When each piece begins, ascending; the first is minus infinity.
        speeds: Speed of all work in the station in each piece: 1 normal, below 1 slowed, 0 stopped.
        deterred: Share of arriving voters who stay away in each piece, 0 to 1.
        evacuations: (emptied at, all-clear at), in order and not overlapping; the all-clear is infinite while unknown.
            Who arrives in between is sent away like those who were inside.
        abandoned_at: When voting was given up for the day; infinite: never.
    """

    times: tuple[float, ...] = (-INF,)
    speeds: tuple[float, ...] = (1.0,)
    deterred: tuple[float, ...] = (0.0,)
    evacuations: tuple[tuple[float, float], ...] = ()
    abandoned_at: float = INF

    def __post_init__(self) -> None:
        if not (len(self.times) == len(self.speeds) == len(self.deterred) and self.times):
            raise UserError("conditions: times, speeds and deterred must have one value for each piece")
        if self.times[0] != -INF or any(b <= a for a, b in pairwise(self.times)):
            raise UserError(f"conditions.times must begin at minus infinity and ascend, not {self.times}")
        if not all(0 <= s < INF for s in self.speeds):
            raise UserError(f"conditions.speeds must be zero or more, not {self.speeds}")
        if not all(0 <= d <= 1 for d in self.deterred):
            raise UserError(f"conditions.deterred must lie between 0 and 1, not {self.deterred}")
        flat = [t for pair in self.evacuations for t in pair]
        if any(not a <= b for a, b in pairwise(flat)):
            raise UserError(f"conditions.evacuations must be in order and not overlap, not {self.evacuations}")

    def changing(self, time: float, speed: float, deterred: float) -> Conditions:
        """Return these conditions with a new piece from ``time`` on; what was planned for later is dropped."""
        keep = max(1, bisect_right(self.times, time) - (time in self.times))
        if self.speeds[keep - 1] == speed and self.deterred[keep - 1] == deterred:
            times, speeds, shares = self.times[:keep], self.speeds[:keep], self.deterred[:keep]
        else:
            times = (*self.times[:keep], time)
            speeds = (*self.speeds[:keep], speed)
            shares = (*self.deterred[:keep], deterred)
        return replace(self, times=times, speeds=speeds, deterred=shares)

    def evacuating(self, time: float) -> Conditions:
        """Return these conditions with everybody sent out at ``time``, the all-clear not yet known."""
        return replace(self, evacuations=(*self.evacuations, (time, INF)))

    def all_clear(self, time: float) -> Conditions:
        """Return these conditions with the evacuation under way, if any, over at ``time``."""
        if not self.evacuations or self.evacuations[-1][1] < INF:
            return self
        return replace(self, evacuations=(*self.evacuations[:-1], (self.evacuations[-1][0], time)))

    def abandoning(self, time: float) -> Conditions:
        """Return these conditions with voting given up at ``time``."""
        return replace(self, abandoned_at=time)

    def stopped_minutes(self, start: float, end: float) -> float:
        """Return how long nothing moved between two times, an abandonment included."""
        stopped = 0.0
        for time, until, speed in zip(self.times, (*self.times[1:], INF), self.speeds, strict=True):
            if speed == 0:
                stopped += max(0.0, min(until, end, self.abandoned_at) - max(time, start))
        return stopped + max(0.0, end - max(start, self.abandoned_at))

    def advance(self, start: float, work: float) -> float:
        """Return when work of so many minutes at normal speed, begun at ``start``, is done; infinite while stopped."""
        piece = bisect_right(self.times, start) - 1
        time = start
        while work > 0:
            until = self.times[piece + 1] if piece + 1 < len(self.times) else INF
            speed = self.speeds[piece]
            if speed > 0 and time + work / speed <= until:
                return time + work / speed
            if until == INF:
                return INF
            work -= speed * (until - time)
            time, piece = until, piece + 1
        return time


class FlatConditions(NamedTuple):
    """The conditions of several stations as arrays; station k owns entries ``first[k]`` to ``first[k + 1]``."""

    first: NDArray[np.int64]
    time: NDArray[np.float64]
    speed: NDArray[np.float64]
    deterred: NDArray[np.float64]
    evacuation_first: NDArray[np.int64]
    evacuated: NDArray[np.float64]
    resumed: NDArray[np.float64]
    abandoned_at: NDArray[np.float64]


def flatten(conditions: Sequence[Conditions]) -> FlatConditions:
    """Return the conditions of several stations as the arrays that the kernel reads."""
    pieces = [0, *(len(c.times) for c in conditions)]
    emptied = [0, *(len(c.evacuations) for c in conditions)]
    pairs = [pair for c in conditions for pair in c.evacuations]
    return FlatConditions(
        first=np.cumsum(pieces),
        time=np.array([t for c in conditions for t in c.times]),
        speed=np.array([s for c in conditions for s in c.speeds]),
        deterred=np.array([d for c in conditions for d in c.deterred]),
        evacuation_first=np.cumsum(emptied),
        evacuated=np.array([e for e, _ in pairs], dtype=np.float64),
        resumed=np.array([r for _, r in pairs], dtype=np.float64),
        abandoned_at=np.array([c.abandoned_at for c in conditions]),
    )


def undisturbed(deterred: NDArray[np.float64]) -> FlatConditions:
    """Return the conditions of stations where nothing happens all day, a share of their voters kept away by guards."""
    n = len(deterred)
    return FlatConditions(
        first=np.arange(n + 1),
        time=np.full(n, -INF),
        speed=np.ones(n),
        deterred=np.ascontiguousarray(deterred, dtype=np.float64),
        evacuation_first=np.zeros(n + 1, dtype=np.int64),
        evacuated=np.empty(0),
        resumed=np.empty(0),
        abandoned_at=np.full(n, INF),
    )
