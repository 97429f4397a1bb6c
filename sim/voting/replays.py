"""Stations that several courses of one day ask about: what one has had played, the others look up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import count, repeat
from typing import NamedTuple

import numpy as np

from sim.config.voting import VotingSettings
from sim.voting.conditions import Conditions, FlatConditions, flatten
from sim.voting.draws import VoterDraws
from sim.voting.engine import COLUMNS, ENGINES, Floats, Ints, StationTable
from sim.voting.kernel.fates import IN_LINE, IN_ROOM, VOTED
from sim.voting.outlook import Outlook
from sim.voting.rules import rules_of


class Votes(NamedTuple):
    """How voting stands at a station: who has voted, who stands in line, who is between desk and way out."""

    voted: int
    in_line: int
    in_room: int


class Counted(NamedTuple):
    """When stations will have counted to which nothing happens.

    Attributes:
        outlook: Their day.
        when: (stations) minutes after midnight.
        ready: The same as plain numbers.
    """

    outlook: Outlook
    when: Floats
    ready: list[float]


class Replays:
    """Plays stations on one day's voters, and keeps what came of them.

    Strategies, and the options of a decision, share the day's voters. Far from where they differ the same station is
    asked about under the same conditions again and again; what comes of it is the same.

    Args:
        draws: The day's voters.
        voting: The settings.
        keeps: Whether anything is kept: it costs memory for every moment at which somebody looks, and is of use only
            where the day is played more than once.
    """

    def __init__(self, draws: VoterDraws, voting: VotingSettings, *, keeps: bool = False) -> None:
        self._draws, self._rules, self._engine, self._keeps = draws, rules_of(voting), ENGINES[voting.engine], keeps
        self._counting = voting.counting
        self._calm: Counted | None = None
        self._kept: dict[tuple[int, float, Hashable], int] = {}  # the row of the table below
        self._table: StationTable | None = None  # filled from above, its last rows to come
        self._rows = 0  # those that are filled
        self._seen: dict[tuple[int, float, Hashable], Votes] = {}

    def play(self, stations: Sequence[int], conditions: Sequence[Conditions], until: float) -> StationTable:
        """Return what some stations have done by a moment, each under its own conditions, in their order.

        Args:
            stations: Their indices.
            conditions: What happens to each; only what is before ``until`` matters.
            until: The moment, minutes after midnight.
        """
        which = np.array(stations, dtype=np.int64)
        return self.play_marked(which, conditions, lambda rows: flatten([conditions[row] for row in rows]), until)

    def play_marked(
        self,
        stations: Ints,
        marks: Sequence[Hashable],
        conditions: Callable[[Sequence[int]], FlatConditions],
        until: float,
    ) -> StationTable:
        """Return what some stations have done by a moment, in their order.

        Args:
            stations: Their indices.
            marks: What tells the conditions of each from all others: equal marks are equal conditions.
            conditions: Gives the conditions of those in some rows of ``stations``; asked only for what is played.
            until: The moment, minutes after midnight.
        """
        if not self._keeps:
            return self._engine(self._draws, self._rules, conditions(range(len(stations))), stations, until)
        keys, kept = list(zip(stations.tolist(), repeat(until), marks, strict=False)), self._kept
        found = list(map(kept.get, keys))  # to hash the conditions of a station takes its time
        missing = [row for row, place in enumerate(found) if place is None]
        if missing or not keys:
            played = self._engine(self._draws, self._rules, conditions(missing), stations[missing], until)
            begin = self._keep(played)
            kept.update(zip([keys[row] for row in missing], count(begin), strict=False))
            if len(missing) == len(keys):
                return played
            new = count(begin)
            found = [next(new) if place is None else place for place in found]
        assert self._table is not None
        return self._table.rows(np.array(found))

    def votes(
        self, station: int, mark: Hashable, conditions: Conditions | Callable[[], FlatConditions], now: float
    ) -> Votes:
        """Return how voting stands at one station at a moment.

        Args:
            station: Its index.
            mark: What tells its conditions from all others.
            conditions: What happens to it, or gives it if it is played.
            now: The moment, minutes after midnight.
        """
        key = (station, now, mark)
        seen = self._seen.get(key)
        if seen is None:
            known = flatten([conditions]) if isinstance(conditions, Conditions) else conditions()
            counts = self._engine(self._draws, self._rules, known, np.array([station]), now).counts[0]
            seen = Votes(counts.item(VOTED), counts.item(IN_LINE), counts.item(IN_ROOM))
            if self._keeps:
                self._seen[key] = seen
        return seen

    def counted(self, calm: StationTable, closing: Floats) -> Counted:
        """Return when stations will have counted to which nothing happens; most strategies share one calm day.

        Args:
            calm: Their day.
            closing: (stations) when they close on it, minutes after midnight.
        """
        if self._calm is None or self._calm.outlook.table is not calm:
            outlook = Outlook(calm, self._counting, self._draws.counting_factor)
            when = outlook.all_counted(closing)
            self._calm = Counted(outlook, when, list(when.tolist()))
        return self._calm

    def _keep(self, played: StationTable) -> int:
        """Write the rows of a table below those that there are; return where they begin."""
        begin, end = self._rows, self._rows + len(played.wait_sum)
        table = self._table if self._table is not None else played.rows(np.empty(0, dtype=np.int64))
        if end > len(table.wait_sum):
            table = table.lengthened(max(end, 2 * begin))
        for name in COLUMNS:
            getattr(table, name)[begin:end] = getattr(played, name)
        self._table, self._rows = table, end
        return begin
