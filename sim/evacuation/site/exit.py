"""One exit whose width is hindered more or less as time goes on: exact for any history of how far it was open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

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

    def through(self, arrivals: Floats, rate: float, taken: float) -> tuple[Floats, Floats]:
        """Return when each person is through: in the exit's own time, and in minutes; infinite when never.

        Args:
            arrivals: At the exit, in order, minutes; infinite for who never comes.
            rate: Persons a minute from now on.
            taken: Its own time at which the last one before them was through.
        """
        minutes, could, rates = np.array(self._minutes), np.array(self._could), np.array(self._rates)
        units, out = np.empty(len(arrivals)), np.empty(len(arrivals))
        _through(arrivals, minutes, could, rates, rate, taken, units, out)
        return units, out


@compiled
def _could(time: float, minutes: Floats, could: Floats, rate: float) -> float:
    """Return how many an exit could have passed by a time, at this rate after the times that are known."""
    last = len(minutes) - 1
    if time >= minutes[last]:
        return float(could[last] + ((time - minutes[last]) * rate if rate else 0.0))
    j = int(np.searchsorted(minutes, time, side="right")) - 1
    if j < 0:
        return float(could[0])
    if minutes[j] == time:
        return float(could[j])
    return float((could[j + 1] - could[j]) / (minutes[j + 1] - minutes[j]) * (time - minutes[j]) + could[j])


@compiled
def _when(passed: float, minutes: Floats, could: Floats, rates: Floats, rate: float) -> float:
    """Return when it could have passed so many, at this rate after the times that are known; infinite when never."""
    step = int(np.searchsorted(could, passed, side="left"))
    if step == len(could):
        return float(minutes[-1] + (passed - could[-1]) / rate) if rate else np.inf
    if not len(rates):
        return np.inf
    return float(minutes[step - 1] + (passed - could[step - 1]) / rates[step - 1]) if step else 0.0


@compiled
def _through(
    arrivals: Floats,
    minutes: Floats,
    could: Floats,
    rates: Floats,
    rate: float,
    taken: float,
    units: Floats,
    out: Floats,
) -> None:
    """Let people through one after another; see :meth:`ExitClock.through`, whose two answers are written down."""
    most = -np.inf
    for i in range(len(arrivals)):
        most = max(most, max(_could(arrivals[i], minutes, could, rate), taken) - i)
        units[i] = most + i + 1.0
        out[i] = _when(units[i], minutes, could, rates, rate)
