"""One exit whose width is hindered more or less as time goes on: exact for any history of how far it was open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class ExitClock:
    """How many people an exit could have passed by when.

    Told in its own time, people it could have passed, each person takes one unit, whatever happens to the exit.
    """

    def __init__(self) -> None:
        self._minutes = [0.0]
        self._could = [0.0]
        self._rates: list[float] = []

    def go_on(self, minutes: float, rate: float) -> None:
        """Let it pass so many persons a minute for some minutes more."""
        if minutes <= 0:
            return
        if self._rates and self._rates[-1] == rate:
            before = len(self._rates) - 1
            self._minutes[-1] += minutes
            self._could[-1] = self._could[before] + rate * (self._minutes[-1] - self._minutes[before])
        else:
            self._rates.append(rate)
            self._minutes.append(self._minutes[-1] + minutes)
            self._could.append(self._could[-1] + rate * minutes)

    def could(self, minutes: Floats, rate: float) -> Floats:
        """Return how many it could have passed by these times, at this rate from now on."""
        late = np.maximum(minutes - self._minutes[-1], 0.0)
        known = np.interp(minutes, self._minutes, self._could)
        return np.asarray(known + (late * rate if rate else 0.0), dtype=np.float64)

    def when(self, passed: Floats, rate: float) -> Floats:
        """Return when it could have passed so many, at this rate from now on; infinite when never."""
        could, minutes = np.array(self._could), np.array(self._minutes)
        step = np.searchsorted(could, passed, side="left")
        known = step < len(could)
        at = np.clip(step, 1, max(len(could) - 1, 1))
        out = np.full(len(passed), np.inf)
        if self._rates:
            pace = np.array(self._rates)[at - 1]
            with np.errstate(divide="ignore", invalid="ignore"):
                inside = minutes[at - 1] + (passed - could[at - 1]) / pace
            out[known] = np.where(step[known] == 0, 0.0, inside[known])
        if rate:
            out[~known] = minutes[-1] + (passed[~known] - could[-1]) / rate
        return out

    def units(self, arrivals: Floats, rate: float, taken: float) -> Floats:
        """Return, in the exit's own time, when each person is through.

        Args:
            arrivals: At the exit, in order, minutes; infinite for who never comes.
            rate: Persons a minute from now on.
            taken: Its own time at which the last one before them was through.
        """
        came = np.maximum(self.could(arrivals, rate), taken)
        steps = np.arange(len(arrivals), dtype=np.float64)
        return np.asarray(np.maximum.accumulate(came - steps) + steps + 1.0, dtype=np.float64)
