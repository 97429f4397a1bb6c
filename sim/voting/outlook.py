"""What becomes of all stations as far as is known at a moment, and when each will have counted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.config.voting import Counting
from sim.voting.conditions import INF
from sim.voting.counting import counting_minutes
from sim.voting.engine import Ints, StationTable
from sim.voting.life import Life


class Outlook:
    """The day of all stations under the conditions known at a moment, with the work of counting that follows from it.

    Args:
        table: What every station does until the end of the day.
        counting: Setup, and the expected time for each voter.
        factor: (stations) how much longer each takes to count than expected.
    """

    def __init__(self, table: StationTable, counting: Counting, factor: NDArray[np.float64]) -> None:
        self.table = table
        self._counting = counting
        self._factor = factor
        work = counting_minutes(counting, table.voted.astype(np.float64), factor)
        self._work = np.where(table.in_line + table.in_room > 0, INF, work)
        self._work_of: list[float] = self._work.tolist()
        self._last_of: list[float] = table.last_voted.tolist()

    def replaced(self, stations: Ints, table: StationTable) -> Outlook:
        """Return the outlook with these stations' rows replaced by those of a table, in that order."""
        return Outlook(self.table.replaced(stations, table), self._counting, self._factor)

    def counted(self, station: int, life: Life) -> float:
        """Return when a station with this life will have counted; infinite where it cannot serve its line."""
        work, last, closing = self._work_of[station], self._last_of[station], life.closing
        return INF if work == INF else life.conditions.advance(last if last > closing else closing, work)

    def all_counted(self, closing: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return when each station will have counted that works on at normal speed, closing at these times."""
        return np.fmax(closing, self.table.last_voted) + self._work
