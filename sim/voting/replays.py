"""Stations that several courses of one day ask about: what one has had played, the others look up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.config.voting import VotingSettings
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import VoterDraws
from sim.voting.engine import ENGINES, StationTable
from sim.voting.rules import rules_of


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
        self._kept: dict[tuple[int, float, Conditions], tuple[StationTable, int]] = {}

    def play(self, stations: Sequence[int], conditions: Sequence[Conditions], until: float) -> StationTable:
        """Return what some stations have done by a moment, each under its own conditions, in their order.

        Args:
            stations: Their indices.
            conditions: What happens to each; only what is before ``until`` matters.
            until: The moment, minutes after midnight.
        """
        if not self._keeps:
            return self._play(stations, conditions, until)
        keys, kept = [(station, until, known) for station, known in zip(stations, conditions, strict=True)], self._kept
        missing = [key for key in dict.fromkeys(keys) if key not in kept]
        if missing or not keys:
            table = self._play([station for station, _, _ in missing], [known for _, _, known in missing], until)
            kept.update((key, (table, row)) for row, key in enumerate(missing))
            if len(missing) == len(keys):
                return table
        found = [kept[key] for key in keys]
        return StationTable(
            np.array([table.counts[row] for table, row in found]),
            np.array([table.wait_sum[row] for table, row in found]),
            np.array([table.priority_wait_sum[row] for table, row in found]),
            np.array([table.last_voted[row] for table, row in found]),
        )

    def _play(self, stations: Sequence[int], conditions: Sequence[Conditions], until: float) -> StationTable:
        return self._engine(self._draws, self._rules, flatten(conditions), np.array(stations, dtype=np.int64), until)
