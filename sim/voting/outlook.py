"""What becomes of all stations as far as is known at a moment, and when each will have counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.config.voting import Counting
from sim.voting.conditions import INF
from sim.voting.counting import counting_minutes
from sim.voting.engine import Floats, Ints, StationTable
from sim.voting.life import Life


class Outlook:
    """The day of all stations under the conditions known at a moment, with the work of counting that follows from it.

    Args:
        table: What every station does until the end of the day.
        counting: Setup, and the expected time for each voter.
        factor: (stations) how much longer each takes to count than expected.
        work: (stations) minutes of counting, if they are known; infinite where the line is not served.
    """

    def __init__(self, table: StationTable, counting: Counting, factor: Floats, work: Floats | None = None) -> None:
        self.table = table
        self._counting = counting
        self._factor = factor
        self.work = _work(table, counting, factor) if work is None else work

    def replaced(self, stations: Ints, table: StationTable) -> Outlook:
        """Return the outlook with these stations' rows replaced by those of a table, in that order."""
        work = self.work.copy()
        work[stations] = _work(table, self._counting, self._factor[stations])
        return Outlook(self.table.replaced(stations, table), self._counting, self._factor, work)

    def counted(self, station: int, life: Life) -> float:
        """Return when a station with this life will have counted; infinite where it cannot serve its line."""
        work = self.work.item(station)
        return INF if work == INF else life.conditions.advance(self.begun_at(station, life.closing), work)

    def begun_at(self, station: int, closing: float) -> float:
        """Return when a station begins to count that closes at this time."""
        last = self.table.last_voted.item(station)
        return last if last > closing else closing

    def is_settled(self, station: int, life: Life, since: float, servers: Sequence[int]) -> bool:
        """Return whether the table stays true of a station with this life, whose conditions have changed since a time.

        It does where it had begun to count by then, and worked when it began: nobody waited any more, nobody was to
        come.

        Args:
            station: Which.
            life: Its life, with what has changed.
            since: When its conditions first changed.
            servers: Servers of each stage of a station.
        """
        begun = self.begun_at(station, life.closing)
        return self.work.item(station) < INF and begun < since and life.conditions.works_at(begun, servers)

    def begun(self, closing: Floats) -> Floats:
        """Return when each station begins to count that closes at these times."""
        return np.asarray(np.fmax(closing, self.table.last_voted))

    def all_counted(self, closing: Floats) -> Floats:
        """Return when each station will have counted that works on at normal speed, closing at these times."""
        return self.begun(closing) + self.work


def _work(table: StationTable, counting: Counting, factor: Floats) -> Floats:
    """Return the minutes of counting of each station of a table; infinite where the line is not served."""
    work = counting_minutes(counting, table.voted.astype(np.float64), factor)
    return np.where(table.in_line + table.in_room > 0, INF, work)
