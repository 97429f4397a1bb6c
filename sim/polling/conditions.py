"""What a station goes through: its speed and the share of voters kept away, piece by piece, and its evacuations."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

NEVER = float("inf")


@dataclass(eq=False)
class Conditions:
    """The conditions of one station, known so far; the last piece goes on for ever.

    Attributes:
        opening: When it opens; before that its clock stands still.
        base_deterred: Share of voters kept away all day by visible force.
        times: Where each piece begins, minutes after midnight.
        speed: Speed of service in each piece: 1 normal, less than 1 slowed, 0 stopped.
        deterred: Share of voters kept away in each piece.
        evacuated: When it was evacuated, each time.
        resumed: When it began again after each evacuation; infinite while it has not.
        abandoned: When voting was given up; infinite when it was not.
    """

    opening: float
    base_deterred: float = 0.0
    times: list[float] = field(default_factory=list)
    speed: list[float] = field(default_factory=list)
    deterred: list[float] = field(default_factory=list)
    evacuated: list[float] = field(default_factory=list)
    resumed: list[float] = field(default_factory=list)
    abandoned: float = NEVER

    def __post_init__(self) -> None:
        if not self.times:
            self.times, self.speed, self.deterred = [self.opening], [1.0], [self.base_deterred]

    def change(self, time: float, speed: float, deterred: float) -> None:
        """From ``time`` on, let speed and deterred share be these; what was planned for later is forgotten.

        Before opening a station does not serve, whatever its speed.
        """
        keep = bisect_right(self.times, time)
        if keep and self.times[keep - 1] == time:
            keep -= 1
        del self.times[keep:], self.speed[keep:], self.deterred[keep:]
        self.times.append(time)
        self.speed.append(speed)
        self.deterred.append(deterred)

    def arrays(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return times, speeds and deterred shares for the kernel, with no service before opening."""
        times, speed, deterred = [-NEVER], [0.0], [self.base_deterred]
        for i, time in enumerate(self.times):
            later = self.times[i + 1] if i + 1 < len(self.times) else NEVER
            if time < self.opening:
                times.append(time)
                speed.append(0.0)
                deterred.append(self.deterred[i])
                if later > self.opening:
                    times.append(self.opening)
                    speed.append(self.speed[i])
                    deterred.append(self.deterred[i])
            else:
                times.append(time)
                speed.append(self.speed[i])
                deterred.append(self.deterred[i])
        return np.array(times), np.array(speed), np.array(deterred)

    def evacuations(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return when it was evacuated and when it began again, for the kernel."""
        return np.array(self.evacuated, dtype=np.float64), np.array(self.resumed, dtype=np.float64)
